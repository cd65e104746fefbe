"""The panel of questions: what people know first, the rest folded by theme."""

from __future__ import annotations

import streamlit as st

from recommender import InputError
from recommender.catalog.requests import requirements_in
from recommender.catalog.strict_yaml import read_for_judging
from recommender.errors import Fault
from recommender_form import facts
from recommender_form.asking import session, state, units
from recommender_form.asking.fields import FIELDS, MODALITIES, THEMES, Field
from recommender_form.asking.templates import TEMPLATES
from recommender_form.asking.widgets import ask
from recommender_form.figures import duration, number
from recommender_form.markup import plain
from recommender_form.words import or_plain, say, under

MOST_FILE_BYTES = 200_000
UPLOAD, FILE_FAULTS = "upload", "file_faults"


def show() -> None:
    """Every question."""
    st.selectbox(
        say("ask.template.label"),
        list(TEMPLATES),
        index=None,
        format_func=lambda name: say(f"template.{name}"),
        placeholder=say("ask.template.placeholder"),
        key="template",
        on_change=_use_template,
    )
    with st.container(border=True):
        _first()
    st.caption(f"{say('ask.more')} {_said()}")
    for theme in THEMES:
        _theme(theme)
    _kept_aside()
    with st.container(horizontal=True):
        st.button(say("ask.clear"), on_click=session.load, args=({"task": "chat"},), key="clear")
        _open_file()


def _use_template() -> None:
    name = st.session_state.get("template")
    if name:
        session.load(TEMPLATES[name])


def _first() -> None:
    tasks = under("task")
    st.selectbox(
        say("ask.task.label"),
        tasks,
        index=None,
        format_func=lambda task: say(f"task.{task}"),
        placeholder=say("ask.task.placeholder"),
        key=state.TASK,
    )
    if st.session_state.get(state.TASK) is None:
        for key, name in ((state.INPUTS, "input"), (state.OUTPUTS, "output")):
            label = say(f"ask.modalities.{name}.label")
            st.multiselect(label, MODALITIES, format_func=lambda one: say(f"modality.{one}"), key=key)
    _ask(*(field for field in FIELDS if field.theme == "first" and field.path == "privacy.boundary"))
    if st.session_state.get("ask.privacy.boundary") not in (None, "any_cloud"):
        st.checkbox(say("ask.boundary_is_wish.label"), key=state.IS_WISH, help=say("ask.boundary_is_wish.help"))
    st.text_input(
        say("ask.machine.label"),
        max_chars=200,
        key=state.MACHINE,
        help=say("ask.machine.help"),
        placeholder=say("ask.machine.placeholder"),
    )
    _ask(*(field for field in FIELDS if field.theme == "first" and field.path != "privacy.boundary"))


def _ask(*fields: Field) -> None:
    """Questions that make sense for the task, and those that are answered all the same."""
    task = st.session_state.get(state.TASK)
    for field in fields:
        if field.is_asked_for(task) or state.stated(field, st.session_state) is not None:
            ask(field)


def _said() -> str:
    """How many questions are answered under which theme: a folded theme does not show it."""
    counts = ((theme, state.count_stated(theme, st.session_state)) for theme in THEMES)
    said = [say("ask.stated", theme=say(f"theme.{theme}"), count=count) for theme, count in counts if count]
    return say("ask.said", themes=", ".join(said)) if said else ""


def _theme(theme: str) -> None:
    fields = tuple(field for field in FIELDS if field.theme == theme)
    task = st.session_state.get(state.TASK)
    if not state.count_stated(theme, st.session_state) and not any(field.is_asked_for(task) for field in fields):
        return
    folded = st.expander(say(f"theme.{theme}"), key=f"theme.{theme}", on_change="rerun")
    if folded.open:  # what is folded away is not drawn: it costs every change of the form nothing
        with folded:
            _questions(theme, fields)


def _questions(theme: str, fields: tuple[Field, ...]) -> None:
    if theme == "volume":
        _volume()
    if theme == "limits":
        _pace()
    _ask(*fields)


def settle_unit() -> None:
    """A unit of volume that makes sense for the task: before anything is decided, wherever the questions are drawn."""
    options = units.volume_units(state.each_of(st.session_state, facts.usual))
    if st.session_state.get(state.VOLUME_UNIT) not in options:
        st.session_state[state.VOLUME_UNIT] = options[0] if st.session_state.get(state.VOLUME) is None else "per_month"


def _volume() -> None:
    each = state.each_of(st.session_state, facts.usual)
    options = units.volume_units(each)
    amount, unit = st.columns([2, 3], vertical_alignment="bottom")
    amount.number_input(
        say("ask.volume.label"),
        min_value=0.0,
        max_value=1e12,
        value=None,
        step=1.0,
        format="%.10g",
        placeholder=say("ask.placeholder"),
        key=state.VOLUME,
        help=say("ask.volume.help"),
    )
    unit.selectbox(
        say("ask.unit", label=say("ask.volume.label")),
        options,
        format_func=lambda one: say(f"ask.volume.units.{one}"),
        key=state.VOLUME_UNIT,
        label_visibility="collapsed",
    )
    if st.session_state.get(state.VOLUME_UNIT) == units.USERS:
        label, hint = say("ask.per_user.label"), say("ask.per_user.help")
        st.number_input(label, min_value=0.0, value=None, step=1.0, format="%.10g", key=state.PER_USER, help=hint)
    value = st.session_state.get(state.VOLUME)
    if value is not None:
        st.caption(volume_echo(value, st.session_state[state.VOLUME_UNIT], each))


def volume_echo(amount: float, unit: str, each: units.Each) -> str:
    """What an amount in people's own unit means, said back."""
    if unit == units.LIVE:
        return say("ask.volume.echo_live", streams=number(amount, 4))
    if unit == units.ONCE:
        return say("ask.volume.echo_once", items=number(amount, 4))
    requests = number(units.requests_per_month(amount, unit, each), 3)
    if unit == units.USERS:
        return say("ask.volume.echo_users", requests=requests, per_user=number(each.per_user_and_day))
    for table, size, words in (
        (units.AUDIO_MINUTES_PER_MONTH, each.audio_minutes, "minutes_each"),
        (units.PAGES_PER_MONTH, each.pages, "pages_each"),
        (units.CHARACTERS_PER_MONTH, each.characters, "characters_each"),
    ):
        if unit in table:
            return say("ask.volume.echo_each", requests=requests, size=say(f"ask.volume.{words}", amount=number(size)))
    return say("ask.volume.echo", requests=requests)


def _pace() -> None:
    st.segmented_control(
        say("ask.pace.label"),
        (state.FAST_ENOUGH, state.QUICK),
        format_func=lambda one: say(f"ask.pace.options.{one}"),
        key=state.PACE,
        help=say("ask.pace.help"),
    )
    pace, limits = st.session_state.get(state.PACE), facts.usual_wait_ms(st.session_state.get(state.TASK))
    if pace and limits:
        limit = limits[0] if pace == state.QUICK else limits[1]
        word = say(f"ask.pace.options.{pace}").lower()
        st.caption(say("ask.pace.echo", limit=duration(limit), word=word))


def _kept_aside() -> None:
    beyond = st.session_state.get(state.BEYOND)
    if beyond:
        with st.container(border=True):
            st.caption(say("ask.kept_aside"))
            st.markdown(
                "\n".join(f"- {or_plain(f'requirement.{name}', name)}: {plain(value)}" for name, value in beyond.items())
            )
            st.button(say("ask.drop_kept"), on_click=_drop_kept)


def _drop_kept() -> None:
    st.session_state[state.BEYOND] = {}


def _open_file() -> None:
    with st.popover(say("ask.open")):
        st.caption(say("ask.open_help"))
        st.file_uploader(
            say("ask.open"),
            type=["yaml", "yml"],
            key=UPLOAD,
            label_visibility="collapsed",
            max_upload_size=1,
            on_change=_opened,
        )
    for fault in st.session_state.get(FILE_FAULTS) or ():
        st.error(plain(fault))


def _opened() -> None:
    """A file was chosen, or taken away again."""
    st.session_state[FILE_FAULTS] = ()
    given = st.session_state.get(UPLOAD)
    if given is None:
        return
    try:
        session.load(requirements_in_file(given.getvalue(), given.name))
    except InputError as error:
        st.session_state[FILE_FAULTS] = tuple(str(fault) for fault in error.faults)


def requirements_in_file(raw: bytes, name: str) -> dict[str, object]:
    """The requirements of a file, read strictly.

    Raises:
        InputError: with every fault found.
    """
    if len(raw) > MOST_FILE_BYTES:
        raise InputError([Fault(name, f"the file has {len(raw):,} bytes", f"at most {MOST_FILE_BYTES:,} are read")])
    needs = requirements_in(read_for_judging(raw, name))
    return dict(needs.model_dump(mode="json", exclude_unset=True))
