"""Catalog: search, filter and sort every model; open its card, or put a few side by side."""

from __future__ import annotations

from typing import Any

import streamlit as st

from recommender_form import facts, frame, routes
from recommender_form.asking.fields import MODALITIES
from recommender_form.catalogue.index import COLLECTIONS, Filters, Row, matching, rows
from recommender_form.figures import number
from recommender_form.words import or_plain, say, under

TABLE, CARD = "catalog_table", "catalog_card"
MOST_COMPARED = 4
KEEP = "find."


def show() -> None:
    """The page."""
    frame.head(say("catalog.title"), say("catalog.lead", models=len(rows()), offers=_offers()))
    found = matching(rows(), filters())
    st.markdown(say("catalog.found", count=len(found)))
    if not found:
        st.info(say("catalog.none"))
        return
    st.caption(say("catalog.hint"))
    chosen = st.dataframe(
        [_cells(row) for row in found],
        placeholder="",
        hide_index=True,
        height=520,
        column_config=_columns(),
        selection_mode="multi-row",
        on_select="rerun",
        key=f"{TABLE}.{hash(tuple(row.id for row in found))}",  # another list: another selection
        alt=say("catalog.title"),
    )
    picked = [found[place].id for place in chosen["selection"]["rows"] if place < len(found)]
    _open(found, picked)


def _offers() -> int:
    return sum(len(provider.offers) for provider in facts.library().providers.values())


def _open(found: tuple[Row, ...], picked: list[str]) -> None:
    """What can be done with the rows that were picked; a list for those who use no mouse."""
    names = {row.id: f"{row.name} ({row.id})" for row in found}
    one, two = st.columns([3, 2], vertical_alignment="bottom")
    with one:
        st.selectbox(
            say("catalog.open"), list(names), index=None, format_func=lambda name: names.get(name, name), key=CARD,
            placeholder=say("catalog.open_placeholder"),
        )  # fmt: skip
    chosen = st.session_state.get(CARD)
    if chosen in names:
        picked = [chosen]
    with two:
        if len(picked) == 1:
            routes.link("model", say("catalog.open_card", name=names[picked[0]].split(" (")[0]), id=picked[0])
        elif 2 <= len(picked) <= MOST_COMPARED:
            routes.link("compare", say("catalog.compare", count=len(picked)), models=picked)
        elif picked:
            st.caption(say("catalog.too_many", most=MOST_COMPARED))


def filters() -> Filters:
    """The filters, drawn and read."""
    _touch()
    text, task, kind = st.columns([2, 2, 2])
    wanted = {
        "text": text.text_input(say("catalog.search"), key="find.text", type="search", max_chars=100) or "",
        "tasks": _many(task, "catalog.task", under("task"), "task", "find.tasks"),
        "types": _many(kind, "catalog.type", under("type"), "type", "find.types"),
    }
    weights, modality, collection = st.columns([2, 2, 2])
    with weights:
        wanted["weights"] = st.selectbox(
            say("catalog.weights"), ("open", "proprietary"), index=None, format_func=lambda one: say(f"weights.{one}"),
            key="find.weights", placeholder=say("catalog.any"),
        )  # fmt: skip
    wanted["modalities"] = _many(modality, "catalog.modality", MODALITIES, "modality", "find.modalities")
    wanted["collections"] = _many(collection, "catalog.collection", COLLECTIONS, "collection", "find.collections")
    folded = st.expander(say("catalog.more"), key="catalog.more", on_change="rerun")
    if folded.open:
        with folded:
            _more()
    return Filters(**wanted, **_more_values())


def _touch() -> None:
    """A filter's value is forgotten while another page is shown, unless touched."""
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith(KEEP)]:
        st.session_state[key] = st.session_state[key]


def _more() -> None:
    one, two, three = st.columns(3)
    licences = {row.licence: row.licence_name for row in rows()}
    providers = {name: provider.name for name, provider in facts.library().providers.items()}
    any_word = say("catalog.any")
    one.multiselect(
        say("catalog.licence"), sorted(licences, key=lambda name: licences[name].lower()), format_func=lambda name: licences.get(name, name),
        key="find.licences", placeholder=any_word,
    )  # fmt: skip
    two.multiselect(
        say("catalog.provider"), sorted(providers, key=lambda name: providers[name].lower()),
        format_func=lambda name: providers.get(name, name), key="find.providers", placeholder=any_word,
    )  # fmt: skip
    regions = sorted({region for row in rows() for region in row.regions})
    three.multiselect(
        say("catalog.region"),
        regions,
        format_func=lambda one: or_plain(f"region.{one}", one),
        key="find.regions",
        placeholder=any_word,
    )
    certificates = sorted({certificate for row in rows() for certificate in row.certifications})
    one.multiselect(
        say("catalog.certification"), certificates, format_func=lambda one: or_plain(f"certification.{one}", one),
        key="find.certifications", placeholder=any_word,
    )  # fmt: skip
    two.number_input(
        say("catalog.price"), min_value=0.0, value=None, step=0.1, format="%g", key="find.price", placeholder=any_word
    )
    three.number_input(
        say("catalog.context"), min_value=0.0, value=None, step=1000.0, format="%.10g", key="find.context", placeholder=any_word
    )
    one.checkbox(say("catalog.commercial"), key="find.commercial")


def _more_values() -> dict[str, Any]:
    """Values of the folded filters: they hold while folded."""
    state = st.session_state
    return {
        "licences": tuple(state.get("find.licences") or ()),
        "providers": tuple(state.get("find.providers") or ()),
        "regions": tuple(state.get("find.regions") or ()),
        "certifications": tuple(state.get("find.certifications") or ()),
        "most_usd_per_mtok": state.get("find.price"),
        "least_context": state.get("find.context"),
        "commercial_only": bool(state.get("find.commercial")),
    }


def _many(place: Any, label: str, options: tuple[str, ...], group: str, key: str) -> tuple[str, ...]:
    return tuple(
        place.multiselect(
            say(label),
            options,
            format_func=lambda one: or_plain(f"{group}.{one}", one),
            key=key,
            placeholder=say("catalog.any"),
        )
    )


def _cells(row: Row) -> dict[str, Any]:
    other = ", ".join(f"{number(value)} {say(f'price_unit.{unit}')}" for unit, value in row.other_price)
    return {
        "name": row.name,
        "maker": row.maker,
        "type": or_plain(f"type.{row.type}", row.type),
        "weights": or_plain(f"weights.{row.weights}", row.weights),
        "licence": row.licence_name,
        "input": row.input_usd_per_mtok,
        "output": row.output_usd_per_mtok,
        "other": other,
        "context": row.context_tokens,
        "size": row.parameters_b,
        "offers": len(row.providers),
        "released": row.released,
        "id": row.id,
    }


def _columns() -> dict[str, Any]:
    """Headings and formats; an unknown number is an empty cell, sorted last."""
    config = st.column_config
    return {
        "name": config.TextColumn(say("catalog.name"), pinned=True, width="medium"),
        "maker": config.TextColumn(say("catalog.maker")),
        "type": config.TextColumn(say("catalog.type")),
        "weights": config.TextColumn(say("catalog.weights")),
        "licence": config.TextColumn(say("catalog.licence")),
        "input": config.NumberColumn(say("catalog.input"), format="%.2f", help=say("catalog.price_help")),
        "output": config.NumberColumn(say("catalog.output"), format="%.2f", help=say("catalog.price_help")),
        "other": config.TextColumn(say("catalog.other_price")),
        "context": config.NumberColumn(say("catalog.context_short"), format="localized"),
        "size": config.NumberColumn(say("catalog.size"), format="%.3g"),
        "offers": config.NumberColumn(say("catalog.offers"), format="%d"),
        "released": config.DateColumn(say("catalog.released")),
        "id": config.TextColumn(say("catalog.id")),
    }
