"""A model's card: facts with sources, licence in plain words, offers and terms, price history, benchmarks, tuning, code."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from recommender.domain.records import Model
from recommender.domain.words import GRADES
from recommender_form import facts, frame, routes
from recommender_form.catalogue import card
from recommender_form.catalogue.code import snippets
from recommender_form.figures import number
from recommender_form.markup import plain
from recommender_form.showing.sentences import shown
from recommender_form.words import or_plain, say

LAST = "card.last"
TABS = ("facts", "offers", "quality", "run")


def show() -> None:
    """The page of the model that the address names."""
    library = facts.library()
    name = st.query_params.get("id") or st.session_state.get(LAST)
    model = library.models.get(name or "")
    if name is None or model is None:
        frame.head(say("card.title"), say("card.which") if name is None else say("card.no_such"))
        routes.link("catalog", say("card.back"))
        return
    st.session_state[LAST] = name
    frame.head(plain(model.name), _lead(name, model))
    _badges(model)
    tabs = dict(zip(TABS, st.tabs([say(f"card.tab_{tab}") for tab in TABS], key="card_tabs", on_change="rerun"), strict=True))
    opened = next((tab for tab, place in tabs.items() if place.open), TABS[0])
    with tabs[opened]:
        {"facts": _facts, "offers": _offers, "quality": _quality, "run": _run}[opened](name, model)
    with st.container(horizontal=True):
        routes.link("catalog", say("card.back"))
        routes.link("compare", say("card.compare"), models=[name])


def _lead(name: str, model: Model) -> str:
    use = shown(model.card.intended_use) if model.card.intended_use else ""
    return f"`{name}` {use}" if "`" not in name else use


def _badges(model: Model) -> None:
    today = facts.catalog().columns.as_of
    with st.container(horizontal=True, gap="small"):
        st.badge(or_plain(f"type.{model.type}", model.type), color="blue")
        st.badge(or_plain(f"weights.{model.weights}", model.weights), color="green" if model.weights == "open" else "gray")
        if model.retired:
            key = "card.retired" if model.retired <= today else "card.retires"
            st.badge(say(key, day=model.retired.isoformat()), color="red", icon=":material/warning:")


def _facts(name: str, model: Model) -> None:
    library = facts.library()
    if model.card.limits:
        st.warning(shown(model.card.limits), icon=":material/warning:")
    _licence(model)
    st.subheader(say("card.tab_facts"), anchor=False)
    rows = [{key: plain(value) for key, value in row.items()} for row in card.fact_rows(model, library)]
    st.table(rows, border="horizontal", hide_index=True, alt=say("card.tab_facts"))
    if model.card.training_data:
        st.markdown(f"**{say('card.training_data')}** {shown(model.card.training_data)}")
    if model.card.derived_from:
        st.markdown(f"**{say('card.derived_from')}** {plain(model.card.derived_from)}")


def _licence(model: Model) -> None:
    licence = facts.library().licences.get(model.licence)
    if licence is None:
        st.markdown(say("card.licence_unknown", licence=plain(model.licence)))
        return
    may = {True: "card.commercial_yes", False: "card.commercial_no", None: "card.commercial_unknown"}[licence.commercial_use]
    with st.container(border=True):
        st.markdown(f"**{say('card.licence')}: {plain(licence.name)}.** {say(may)} {shown(licence.conditions)}")
        if licence.url and licence.url.startswith("https://"):
            st.link_button(say("card.licence_text"), licence.url)


def _offers(name: str, model: Model) -> None:
    offers = card.offers_of(name, facts.library())
    today = facts.catalog().columns.as_of
    if not offers:
        st.info(say("card.no_offers"))
    else:
        rows = [card.offer_row(provider, offer, today) for _, provider, offer in offers]
        st.dataframe(rows, placeholder="", hide_index=True, alt=say("card.tab_offers"))
        st.caption(say("card.offers_note"))
        _terms(offers)
    _history(card.price_points(offers))


def _terms(offers: list[Any]) -> None:
    """Where the terms on data were read."""
    read = {provider_id: (provider, card.terms_of(provider, offer)) for provider_id, provider, offer in offers}
    pages = [(provider, terms) for provider, terms in read.values() if terms.url and terms.url.startswith("https://")]
    if pages:
        with st.expander(say("card.terms")):
            for provider, terms in pages:
                note = f" {shown(terms.note)}" if terms.note else ""
                st.markdown(f"**{plain(provider.name)}:**{note}")
                st.link_button(say("card.terms_page", provider=provider.name), str(terms.url))


def _history(points: list[dict[str, Any]]) -> None:
    st.subheader(say("card.history"), anchor=False)
    if not points:
        st.markdown(say("card.no_history"))
        return
    chart = alt.Chart(alt.Data(values=points)).mark_line(interpolate="step-after", point=True).encode(
        x=alt.X("since:T", title=say("card.since")),
        y=alt.Y("price:Q", title="USD"),
        color=alt.Color("provider:N", legend=alt.Legend(title=None, orient="bottom")),
        strokeDash=alt.StrokeDash("unit:N", legend=alt.Legend(title=None, orient="bottom")),
        tooltip=["provider:N", "since:T", "price:Q", "unit:N"],
    )  # fmt: skip
    text = say("card.history_text", count=len(points), providers=len({point["provider"] for point in points}))
    st.altair_chart(chart.properties(height=260), width="stretch", alt=text)
    with st.expander(say("as_table")):
        rows = [{key: plain(value) for key, value in point.items()} for point in points]
        st.table(rows, border="horizontal", hide_index=True, alt=say("card.history"))


def _quality(name: str, model: Model) -> None:
    rows = quality_rows(name)
    st.markdown(say("card.quality_lead"))
    if rows:
        st.dataframe(rows, placeholder="", hide_index=True, alt=say("card.tab_quality"))
    else:
        st.info(say("card.no_quality"))
    st.subheader(say("card.scores"), anchor=False)
    scores = score_rows(name)
    if scores:
        st.dataframe(scores, placeholder="", hide_index=True, alt=say("card.scores"))
    else:
        st.info(say("card.no_scores"))


def quality_rows(name: str) -> list[dict[str, str]]:
    """What is known of a model's quality at every task."""
    columns = facts.catalog().columns
    place, quality = columns.models.ids.index(name), columns.quality
    rows = []
    for row, task in enumerate(columns.tasks):
        mid = float(quality.mid[row, place])
        if mid == mid:  # not NaN: known
            low, high = float(quality.low[row, place]), float(quality.high[row, place])
            rows.append(
                {
                    say("card.task"): or_plain(f"task.{task}", task),
                    say("estimate.quality"): number(mid),
                    say("source.range"): say("span", low=number(low), high=number(high)),
                    say("compare.grade"): say(f"grade.{GRADES[int(quality.grades[row, place])]}"),
                    say("source.sources"): quality.sources[row][place],
                }
            )
    return rows


def score_rows(name: str) -> list[dict[str, Any]]:
    """Every published score of a model, newest first, with its credit."""
    found = [
        {
            say("benchmarks.benchmark"): table.name,
            say("benchmarks.variant"): score.variant,
            say("benchmarks.score"): score.value,
            say("benchmarks.unit"): table.unit,
            say("card.date"): score.day,
            say("benchmarks.by"): say("benchmarks.vendor") if table.is_vendor_reported else say("benchmarks.third_party"),
            say("card.source"): table.source,
        }
        for table in facts.benchmarks().values()
        for score in table.scores
        if score.model == name
    ]
    return sorted(found, key=lambda row: str(row[say("card.date")]), reverse=True)


def _run(name: str, model: Model) -> None:
    offers = card.offers_of(name, facts.library())
    st.subheader(say("card.tune"), anchor=False)
    ways = [say(f"card.ways.{way}") for way in model.card.tunable_with or ()]
    st.markdown(say("card.tunable", ways=", ".join(ways)) if ways else say("card.tunable_unknown"))
    tuning = card.tuning_rows(offers)
    if tuning:
        st.table([{key: plain(value) for key, value in row.items()} for row in tuning], hide_index=True, alt=say("card.tune"))
    memory = card.memory_rows(model)
    if memory:
        st.subheader(say("card.deploy"), anchor=False)
        st.markdown(say("card.deploy_note"))
        st.table(memory, border="horizontal", hide_index=True, alt=say("card.deploy"))
    st.subheader(say("card.code"), anchor=False)
    api_ids = {one: offer.api_id for one, provider, offer in offers if provider.api == "openai_compatible" and offer.api_id}
    found = snippets(model, api_ids)
    if not found:
        st.markdown(say("card.no_code"))
    for tool, (language, code) in found.items():
        st.markdown(f"**{tool}**")
        st.code(code, language=language, wrap_lines=True)
    st.caption(say("card.code_note"))
