"""Between the form's widgets and requirements, both ways. Works on any mapping, so that it can be tested without a form.

What is left empty is not sent: unknown, never zero. Requirements that the form has no question for are kept aside and sent along.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from recommender_form.asking import units
from recommender_form.asking.fields import FIELDS, Field

State = Mapping[str, Any]
TASK, INPUTS, OUTPUTS = "ask.task", "ask.modalities.input", "ask.modalities.output"
MACHINE, IS_WISH, PACE = "ask.machine", "ask.boundary_is_wish", "ask.pace"
VOLUME, VOLUME_UNIT, PER_USER = "ask.volume", "ask.volume.unit", "ask.per_user"
BEYOND = "beyond"
FAST_ENOUGH, QUICK = "fast_enough", "quick"
YES, NO = "yes", "no"


def each_of(state: State, usual: Callable[[str | None], units.Each]) -> units.Each:
    """What one request holds: stated, or usual for the task."""
    normal = usual(state.get(TASK))

    def size(path: str, default: float | None) -> float | None:
        return state.get(f"ask.workload.{path}") or default

    return units.Each(
        audio_minutes=size("audio_minutes", normal.audio_minutes),
        pages=size("pages", normal.pages),
        characters=size("characters", normal.characters),
        per_user_and_day=state.get(PER_USER) or normal.per_user_and_day,
    )


def requirements_of(
    state: State, usual: Callable[[str | None], units.Each], wait: Callable[[str | None], tuple[float, float] | None]
) -> dict[str, Any]:
    """The requirements that the answers make."""
    given: dict[str, Any] = {}
    _put(given, "task", state.get(TASK))
    if state.get(TASK) is None:
        _put(given, "modalities.input", list(state.get(INPUTS) or ()))
        _put(given, "modalities.output", list(state.get(OUTPUTS) or ()))
    for field in FIELDS:
        _put(given, field.path, stated(field, state))
    _put(given, "hardware.owned", list(units.machines(state.get(MACHINE) or "")))
    if state.get(IS_WISH) and state.get("ask.privacy.boundary"):
        _put(given, "privacy.boundary_is", "wish")
    limits = wait(state.get(TASK))
    if state.get(PACE) and limits and "p95_ms" not in given.get("latency", {}):
        _put(given, "latency.p95_ms", limits[0] if state[PACE] == QUICK else limits[1])
    amount = state.get(VOLUME)
    if amount is not None:
        for name, value in units.workload_of(amount, state.get(VOLUME_UNIT) or "per_day", each_of(state, usual)).items():
            _put(given, f"workload.{name}", value)
    return _merged(given, state.get(BEYOND) or {})


def stated(field: Field, state: State) -> Any:
    """What one question was answered with, in the engine's unit; None where it was not."""
    value = state.get(field.key)
    if value is None or value == "" or value == []:
        return None
    if field.kind == "truth":
        return value == YES
    if field.kind == "quantity":
        unit = state.get(field.unit_key) or field.units[0][0]
        return float(value) * dict(field.units)[unit]
    if field.kind == "many":
        return [str(one).strip().lower() for one in value if str(one).strip()]
    return value.strip() or None if isinstance(value, str) else value


def _put(given: dict[str, Any], path: str, value: Any) -> None:
    if value is None or value == []:
        return
    *folders, last = path.split(".")
    for name in folders:
        given = given.setdefault(name, {})
    given[last] = value


def _merged(given: dict[str, Any], beyond: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in beyond.items():
        given[name] = _merged(given.get(name, {}), value) if isinstance(value, Mapping) and name != "preferences" else value
    return given


def state_of(requirements: Mapping[str, Any]) -> dict[str, Any]:
    """Every widget's value for given requirements; a question that they do not answer is emptied."""
    left = _copy(requirements)
    state: dict[str, Any] = {TASK: _take(left, "task")}
    state[INPUTS] = list(_take(left, "modalities.input") or ())
    state[OUTPUTS] = list(_take(left, "modalities.output") or ())
    state[MACHINE] = units.machines_text(_take(left, "hardware.owned") or ())
    state[IS_WISH] = _take(left, "privacy.boundary_is") == "wish"
    state[PACE] = None
    state |= _volume(left)
    for field in FIELDS:
        state |= _widgets(field, left)
    state[BEYOND] = {name: value for name, value in left.items() if value not in ({}, [], None)}
    return state


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copy(inner) for name, inner in value.items()}
    return [_copy(one) for one in value] if isinstance(value, list | tuple) else value


def _take(left: dict[str, Any], path: str) -> Any:
    """The value at a path, taken out."""
    *folders, last = path.split(".")
    for name in folders:
        left = left.get(name) or {}
    return left.pop(last, None) if isinstance(left, dict) else None


def _volume(left: dict[str, Any]) -> dict[str, Any]:
    """How much, as one amount with a unit; the mode of work is asked apart where the unit does not say it."""
    workload = left.get("workload") or {}
    mode = workload.get("mode")
    for name, unit, own_mode in (
        ("concurrent_streams", units.LIVE, "streaming"),
        ("total_requests", units.ONCE, "one_off"),
    ):
        if workload.get(name) is not None and mode == own_mode and workload.get("requests_per_month") is None:
            workload.pop("mode")
            return {VOLUME: float(workload.pop(name)), VOLUME_UNIT: unit, PER_USER: None}
    found = workload.pop("requests_per_month", None)
    return {VOLUME: None if found is None else float(found), VOLUME_UNIT: "per_month", PER_USER: None}


def _widgets(field: Field, left: dict[str, Any]) -> dict[str, Any]:
    value = _take(left, field.path)
    if field.kind == "truth":
        return {field.key: None if value is None else (YES if value else NO)}
    if field.kind == "quantity":
        if value is None:
            return {field.key: None, field.unit_key: field.units[0][0]}
        amount, unit = units.best_unit(float(value), dict(field.units))
        return {field.key: amount, field.unit_key: unit}
    if field.kind == "many":
        return {field.key: list(value or ())}
    if field.kind == "number":
        return {field.key: None if value is None else float(value)}
    return _choice(field, value, left)


def _choice(field: Field, value: Any, left: dict[str, Any]) -> dict[str, Any]:
    """A choice, unless the value is one that no option stands for: that is kept aside."""
    if field.kind == "choice" and value is not None and value not in field.options:
        _put(left, field.path, value)
        return {field.key: None}
    return {field.key: value or ("" if field.kind == "text" else None)}


def with_change(requirements: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The same requirements with one field set, or taken away where the value is None."""
    found = _copy(requirements)
    _take(found, path)
    _put(found, path, value)
    return dict(found)


def count_stated(theme: str, state: State) -> int:
    """How many questions of a theme are answered."""
    own = sum(1 for field in FIELDS if field.theme == theme and stated(field, state) is not None)
    return own + (theme == "volume" and state.get(VOLUME) is not None) + (theme == "limits" and state.get(PACE) is not None)
