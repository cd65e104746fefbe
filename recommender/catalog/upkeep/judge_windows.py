"""What a list says a seller takes of a model at once, against the model's own window: only what is smaller is kept with the offer.

A window that is new waits for a person: the list may have it of another variant. After that only the list it came from moves it;
another list can confirm it, or disagree: then the old one stays and the disagreement is written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recommender.catalog.upkeep.changes import Change, Edit, Origin
from recommender.catalog.upkeep.judge_facts import TEXT_OUT, WINDOW_SHARE, moved_too_far
from recommender.catalog.upkeep.judge_prices import Place
from recommender.catalog.upkeep.listing import Facts
from recommender.domain.records import Model, Window


def judged_window(place: Place, facts: Facts, origin: Origin) -> Iterator[Change]:
    """The change that a list's window of one offer asks for, if any."""
    own, held = place.model.context_tokens, place.offer.window
    listed = listed_window(facts, place.model)
    if own is None or listed is None or place.model.type not in TEXT_OUT:
        return
    if held is not None and _near(held.context_tokens, listed):
        yield from _agreement(place, held, origin)
    elif held is not None:
        yield from _difference(place, held, listed, origin)
    elif listed < own and not _near(own, listed):
        yield _row("review", place, listed, f"less than the model's own {own}", _written(place, listed, origin))


def listed_window(facts: Facts, model: Model) -> int | None:
    """How much a list's row says is taken at once, input and answer together; None where it does not tell. [tokens]

    A longest input is the whole window under another name, unless it is the model's own longest input, or what its longest answer
    leaves of its window.
    """
    stated: int | None = facts.get("context_tokens")
    longest: int | None = facts.get("max_input_tokens")
    if stated is not None or longest is None or model.context_tokens is None:
        return stated or longest
    answer = facts.get("max_output_tokens")
    if answer == longest:  # the list has the window on both sides
        return longest
    if answer is not None and answer == model.max_output_tokens and _near(longest + answer, model.context_tokens):
        return model.context_tokens
    return None if model.max_input_tokens and _near(longest, model.max_input_tokens) else longest


def _near(one: int, other: int) -> bool:
    """Lists round: 128000 and 131072 are one window."""
    return abs(one - other) <= WINDOW_SHARE * max(one, other)


def _agreement(place: Place, held: Window, origin: Origin) -> Iterator[Change]:
    if held.status == "single" and held.source != origin.source:
        edit = _edit(place, "status", "agreed")
        yield _row("confirm", place, held.context_tokens, f"{held.source} and {origin.source}", (edit,))


def _difference(place: Place, held: Window, listed: int, origin: Origin) -> Iterator[Change]:
    said = f"{origin.source} has {listed}"
    if said in (held.note or ""):
        return
    if held.status == "override":
        yield _row("kept", place, listed, held.note or "", ())
    elif held.source == origin.source:
        far = moved_too_far(held.context_tokens, listed)
        moves = origin.as_of > held.as_of and held.status == "single" and far is None
        why = far or f"{held.as_of} to {origin.as_of}"
        yield _row("update" if moves else "review", place, listed, why, _written(place, listed, origin))
    elif held.status == "single":
        edits = (_edit(place, "status", "conflict"), _edit(place, "note", f"{held.note}; {said}" if held.note else said))
        yield _row("conflict", place, listed, said, edits)
    elif origin.as_of > held.as_of:
        yield _row("review", place, listed, said, _written(place, listed, origin))


def _written(place: Place, listed: int, origin: Origin) -> tuple[Edit, ...]:
    window = {"context_tokens": listed, "source": origin.source, "as_of": origin.as_of}
    return (Edit(place.file, place.path("window"), window),)


def _edit(place: Place, name: str, value: Any) -> Edit:
    return Edit(place.file, place.path("window", name), value)


def _row(verdict: Any, place: Place, new: int, why: str, edits: tuple[Edit, ...]) -> Change:
    held = place.offer.window
    return Change(verdict, place.file, place.record, "window", held.context_tokens if held else None, new, why, edits)
