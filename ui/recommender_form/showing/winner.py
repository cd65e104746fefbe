"""The winner's card: what, why, what it costs, how long it takes, how good it is, how sure that is."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from recommender import Option, Recommendation
from recommender.explanation.report import near_tie
from recommender_form import routes
from recommender_form.figures import money_span, number, score, share
from recommender_form.markup import plain
from recommender_form.showing import naming, recipes
from recommender_form.showing.sentences import listed, shown
from recommender_form.showing.translation import translated
from recommender_form.words import language, or_plain, say

STATUS_LOOK = {
    "recommended": ("green", ":material/check_circle:"),
    "needs_answers": ("orange", ":material/help:"),
    "nothing_fits": ("red", ":material/block:"),
}
GRADE_LOOK = {"measured": "green", "self_reported": "orange", "predicted": "orange", "none": "red"}
METRICS = ("monthly_cost_usd", "first_year_cost_usd", "latency_p95_ms", "quality")


def status(answer: Recommendation) -> None:
    """What kind of answer this is."""
    color, icon = STATUS_LOOK[answer.status]
    st.badge(say(f"status.{answer.status}"), icon=icon, color=color)  # type: ignore[arg-type]


def show(answer: Recommendation) -> DeltaGenerator | None:
    """What the winner is and its numbers; returns its card, which `details` fills further. None where nothing won."""
    option = answer.winner
    if option is None:
        return None
    card = st.container(border=True, key="winner")
    with card:
        _headline(option, answer)
        _metrics(option)
    return card


def _headline(option: Option, answer: Recommendation) -> None:
    """Always two elements: one more or less would move the numbers below, and the old ones would linger beside the new."""
    st.subheader(plain(option.model.name), anchor=False)
    said = [
        f"**{plain(naming.strategy(option.strategy.id))}**, {plain(naming.where(option))}",
        " ".join(_badges(option, answer)),
    ]
    if option.components:
        parts = ", ".join(
            f"{plain(or_plain(f'role.{one.role}', one.role))}: {plain(one.model.name)}" for one in option.components
        )
        said.append(say("answer.with_components", parts=parts))
    said += [shown(one) for one in near_tie(option)]
    if option.reasons:
        said.append(shown(option.reasons[0]))
    st.markdown("\n\n".join(said), help=_badges_help(option))


def _badges(option: Option, answer: Recommendation) -> list[str]:
    """Short marks in colour; one piece of Markdown, since each element of its own would slow every change."""
    grade = option.estimates["quality"].grade or "none"
    confidence = answer.confidence.share if answer.confidence else None
    marks = [
        ("blue", or_plain(f"type.{option.model.type}", option.model.type)),
        ("gray", or_plain(f"weights.{option.model.weights}", option.model.weights)),
        *([("violet", say("answer.stays"))] if option.is_incumbent else []),
        *([("orange", say("answer.near_tie"))] if near_tie(option) else []),
        *([("green", say("answer.on_frontier"))] if option.on_frontier else []),
        (GRADE_LOOK[grade], say("answer.graded", grade=naming.grade(option))),
        ("gray", say("answer.confidence", share=share(confidence))),
    ]
    return [f":{color}-badge[{plain(text)}]" for color, text in marks]


def _badges_help(option: Option) -> str:
    said = [say("answer.confidence_help"), *([say("answer.on_frontier_help")] if option.on_frontier else [])]
    return "\n\n".join(said)


def _metrics(option: Option) -> None:
    for pair in (METRICS[:2], METRICS[2:]):
        for column, name in zip(st.columns(2), pair, strict=True):
            column.metric(
                naming.label(option, name),
                naming.estimate(option, name),
                delta=naming.range_words(option, name),
                delta_color="off",
                delta_arrow="off",
                help=_help(option, name),
                border=True,
            )


def _help(option: Option, name: str) -> str:
    one = option.estimates[name]
    basis = say(f"basis.{one.basis}")
    sources = ", ".join(one.sources) or say("unknown")
    return say("answer.basis", basis=basis, sources=plain(sources))


@st.fragment
def details(option: Option) -> None:
    """Why, the bill, what to mind, what next, where numbers come from; only the open tab is drawn."""
    names = ("why", "bill", "mind", "next", "sources")
    tabs = st.tabs([say(f"answer.tab_{name}") for name in names], key="winner_tabs", on_change="rerun")
    name, tab = next(((name, tab) for name, tab in zip(names, tabs, strict=True) if tab.open), (names[0], tabs[0]))
    with tab:
        if name == "why":
            st.markdown(listed(option.reasons[1:]))
            _break_even(option)
            _links(option)
        elif name == "next":
            st.markdown(listed(option.next_steps) or say("nothing"))
            recipes.show(option)
        else:
            {"bill": bill, "mind": mind, "sources": sources}[name](option)


def _break_even(option: Option) -> None:
    point = option.break_even
    if point is not None:
        hosting = say(f"hosting.{point.cheaper_above}")
        against = naming.reference(point.against)
        amount = number(point.requests_per_month)
        st.markdown(say("answer.break_even", amount=amount, hosting=plain(hosting), against=plain(against)))


def _links(option: Option) -> None:
    """Short pages on the words used."""
    with st.container(horizontal=True):
        for topic in topics(option):
            routes.link("explain", say(f"topic.{topic}.title"), topic=topic)
        routes.link("model", say("answer.model_card"), id=option.model.id)


def topics(option: Option) -> tuple[str, ...]:
    """Which explanations an option's words lead to."""
    families = {"prompting": "strategies", "rag": "strategies", "fine_tune": "strategies", "train": "strategies"}
    found = [families.get(option.strategy.family, "strategies")]
    if option.model.architecture in ("encoder", "decoder", "encoder_decoder"):
        found.append("shapes")
    found += ["service_or_model", "open_or_proprietary"]
    return tuple(found)


def bill(option: Option) -> None:
    """Every line of money; invoices and people's time apart."""
    rows = [
        {
            say("bill.item"): plain(shown_label(line.label)),
            say("bill.amount"): naming.money(line.mid),
            say("bill.range"): money_span(line.low, line.high),
            say("bill.when"): say("when.one_time" if option.is_one_off else f"when.{line.when}"),
            say("bill.kind"): say(f"kind.{line.kind}"),
        }
        for line in option.bill
    ]
    if rows:
        st.table(rows, border="horizontal", hide_index=True, alt=say("bill.title"))
    st.caption(say("bill.note"))


def shown_label(label: str) -> str:
    """A bill's label in the visitor's language."""
    said = None if language() == "en" else translated(label, language())
    return or_plain(f"bill_label.{label}", said or label)


def mind(option: Option) -> None:
    """What to mind, and what is not known."""
    if option.cautions:
        st.markdown(f"**{say('answer.cautions')}**\n\n{listed(option.cautions)}")
    if option.unknowns:
        st.markdown(f"**{say('answer.unknowns')}**\n\n{listed(option.unknowns)}")
    if not option.cautions and not option.unknowns:
        st.markdown(say("nothing"))


def sources(option: Option) -> None:
    """Every number with its range, what it is, and where it comes from."""
    rows = [
        {
            say("source.what"): naming.label(option, name),
            say("source.value"): naming.estimate(option, name),
            say("source.range"): naming.interval(option, name),
            say("source.basis"): say(f"basis.{one.basis}"),
            say("source.sources"): plain(", ".join(one.sources)) or say("unknown"),
        }
        for name, one in option.estimates.items()
    ]
    st.table(rows, border="horizontal", hide_index=True, alt=say("answer.tab_sources"))
    parts = [
        {say("score.criterion"): or_plain(f"criterion.{name}", name), say("score.points"): score(part)}
        for name, part in option.score.parts.items()
    ]
    st.markdown(say("score.note", total=score(option.score.total)))
    st.table(parts, border="horizontal", hide_index=True, alt=say("score.title"))
