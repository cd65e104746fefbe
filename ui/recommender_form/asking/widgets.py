"""One question as a widget. Its value lives in the session under the field's key; here it is only drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from recommender_form import facts
from recommender_form.asking.fields import Field
from recommender_form.asking.state import NO, YES
from recommender_form.figures import number
from recommender_form.words import known, or_plain, say, under

MOST_TEXT = 2000
MOST_NAME = 200


def ask(field: Field) -> None:
    """Draw a question."""
    drawn: dict[str, Callable[[Field], object]] = {
        "choice": _choice,
        "many": _many,
        "truth": _truth,
        "number": _number,
        "quantity": _quantity,
        "names": _model_name,
        "text": _text,
    }
    drawn[field.kind](field)


def label(field: Field) -> str:
    """A question's label."""
    return say(f"{field.words}.label")


def help_of(field: Field) -> str | None:
    """A question's help, where it has one."""
    key = f"{field.words}.help"
    return say(key) if known(key) else None


def option_word(field: Field, option: str) -> str:
    """One option as people say it."""
    return or_plain(f"{field.group}.{option}" if field.group else f"{field.words}.options.{option}", option)


def _choice(field: Field) -> None:
    st.selectbox(
        label(field),
        field.options,
        index=None,
        format_func=lambda option: option_word(field, option),
        placeholder=say("ask.placeholder"),
        key=field.key,
        help=help_of(field),
    )


def _many(field: Field) -> None:
    takes_new = field.group in ("name", "language", "region")
    placeholder = f"{field.words}.placeholder"
    st.multiselect(
        label(field),
        _options(field),
        format_func=lambda option: option_word(field, option),
        accept_new_options=takes_new,
        placeholder=say(placeholder) if known(placeholder) else say("ask.placeholder"),
        key=field.key,
        help=help_of(field),
    )


def _options(field: Field) -> tuple[str, ...]:
    """The options, with those that were typed in by hand."""
    fixed = under("language") if field.group == "language" else field.options
    own = tuple(one for one in st.session_state.get(field.key) or () if one not in fixed)
    return (*fixed, *own)


def _truth(field: Field) -> None:
    st.segmented_control(label(field), (YES, NO), format_func=lambda one: say(f"ask.{one}"), key=field.key, help=help_of(field))


def _number(field: Field) -> None:
    st.number_input(
        label(field),
        min_value=float(field.least),
        max_value=float(field.most),
        value=None,
        step=0.1 if field.most <= 1 else 1.0,
        format="%g" if field.most <= 1 else "%.10g",
        placeholder=say("ask.placeholder"),
        key=field.key,
        help=help_of(field),
    )


def _quantity(field: Field) -> None:
    amount, unit = st.columns([3, 2], vertical_alignment="bottom")
    with amount:
        _number(field)
    units = dict(field.units)
    with unit:
        st.selectbox(
            say("ask.unit", label=label(field)),
            list(units),
            format_func=lambda one: say(f"unit.{one}"),
            key=field.unit_key,
            label_visibility="collapsed",
        )
    value, chosen = st.session_state.get(field.key), st.session_state.get(field.unit_key)
    if value and chosen in units and "tokens" in units and chosen != "tokens":
        st.caption(say("ask.tokens_echo", tokens=number(value * units[chosen])))


def _model_name(field: Field) -> None:
    names: dict[str, Any] = facts.model_names()
    own = st.session_state.get(field.key)
    st.selectbox(
        label(field),
        [*names, own] if own and own not in names else list(names),
        index=None,
        format_func=lambda one: names.get(one, one),
        accept_new_options=True,
        placeholder=say(f"{field.words}.placeholder"),
        key=field.key,
        help=help_of(field),
    )


def _text(field: Field) -> None:
    if field.path in ("notes", "incumbent.problem"):
        st.text_area(label(field), max_chars=MOST_TEXT, key=field.key, help=help_of(field), height=90)
    else:
        st.text_input(label(field), max_chars=MOST_NAME, key=field.key, help=help_of(field))
