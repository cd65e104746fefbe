"""A list's price against the catalog's: confirm, append, fill, or open a review. A price is never overwritten.

Which list wins is settled when a price enters (see `catalog/SOURCES.md`); after that only the list it came from moves it.
Another list can confirm it, add what it lacks, or disagree: then the old price stays and the disagreement is written down.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from recommender.catalog.upkeep.aliases import Aliases
from recommender.catalog.upkeep.changes import Change, Edit, Origin, shown
from recommender.catalog.upkeep.gates import Offered, allowed_reason, amounts, refusal
from recommender.catalog.upkeep.listing import TOKEN_PRICES, UNIT_PRICES, Facts, ListedPrice
from recommender.domain.record import record
from recommender.domain.records import Model, Offer, Price

PRICE_TOLERANCE = 0.005
COMPARED = (*TOKEN_PRICES, *UNIT_PRICES, "batch_multiplier", "regional_uplift")
DECISIVE = ("input_usd_per_mtok", "output_usd_per_mtok", *UNIT_PRICES)
FILLED = ("cache_read_usd_per_mtok", "cache_write_usd_per_mtok", "batch_multiplier", "regional_uplift")
PAID_FOR_INPUT = frozenset(("embedding", "reranker", "moderation"))  # a list's output price for them is a placeholder
OTHER_TOKENS = frozenset(("image_generation",))  # a list's output price may be of text tokens, ours is of picture tokens
SURCHARGE = 1.1  # of processing inside a region, where a list gives that price for the plain one
WORDS = {"input_usd_per_mtok": "input", "output_usd_per_mtok": "output"}


@record
class Place:
    """Where an offer stands: its provider, file and order in it."""

    provider: str
    order: int
    offer: Offer
    model: Model

    @property
    def file(self) -> str:
        return f"offers/{self.provider}.yaml"

    @property
    def record(self) -> str:
        return f"{self.provider}/{self.offer.model}"

    def path(self, *rest: str | int) -> tuple[str | int, ...]:
        return ("offers", self.order, *rest)


def judged_prices(place: Place, listed: tuple[ListedPrice, ...], origin: Origin, aliases: Aliases) -> Iterator[Change]:
    """Every change that a list's prices of one offer ask for."""
    now, later = _in_force(_comparable(listed, place.model.type), origin.as_of)
    if now is not None:
        order, held = _held(place.offer.prices, origin.as_of)
        yield from _judged(place, order, held, now, origin, aliases)
    last = place.offer.prices[-1]
    for one in later:  # each is announced on top of what stands in the file, so they do not depend on each other
        is_comparable = any(name in one.prices and name in amounts(last) for name in DECISIVE)
        if one.since is not None and one.since > last.since and is_comparable:
            entry = _entry(last, one, origin)
            yield _appended(place, entry, one, origin, aliases, "a change announced for that day")
    yield from _retirement(place, listed, origin)


def _comparable(listed: tuple[ListedPrice, ...], model_type: str) -> tuple[ListedPrice, ...]:
    """The prices without an output price that is of another kind than ours."""
    if model_type not in PAID_FOR_INPUT | OTHER_TOKENS:
        return listed
    kept = [{name: value for name, value in one.prices.items() if name != "output_usd_per_mtok"} for one in listed]
    return tuple(replace(one, prices=prices) for one, prices in zip(listed, kept, strict=True))


def _in_force(listed: tuple[ListedPrice, ...], day: datetime.date) -> tuple[ListedPrice | None, list[ListedPrice]]:
    """The price that holds on a day, and those announced for later: in the order of their days, the last of each day."""
    by_day = {one.since or datetime.date.min: one for one in listed}
    dated = [by_day[since] for since in sorted(by_day)]
    begun = [one for one in dated if one.since is None or one.since <= day]
    return (begun[-1] if begun else None), dated[len(begun) :]


def _held(prices: tuple[Price, ...], day: datetime.date) -> tuple[int, Price]:
    """The price that holds on a day; the first one where the copy is older than all."""
    begun = [order for order, price in enumerate(prices) if price.since <= day]
    order = begun[-1] if begun else 0
    return order, prices[order]


def _judged(place: Place, order: int, held: Price, now: ListedPrice, origin: Origin, aliases: Aliases) -> Iterator[Change]:
    differs, same, lacking = _compared(held, now.prices, is_own=held.source == origin.source)
    reason = refusal(_offered(place, held, now, aliases))
    if differs and _is_known(held.note, origin.source, _named({name: differs[name] for name in DECISIVE if name in differs})):
        return
    if held.status == "override":
        if differs:
            yield _row("kept", place, held, differs, held.note or "")
    elif reason is not None:
        if differs or not same:
            yield _row("refused", place, held, now.prices, reason)
    elif differs:
        yield from _difference(place, order, held, now, differs, origin)
    elif same:
        yield from _agreement(place, order, held, lacking, origin)


def _compared(held: Price, listed: Facts, is_own: bool) -> tuple[Facts, Facts, Facts]:
    """What the list says otherwise, what it says too, and what it alone says. Steps only where ours are from it too."""
    ours = amounts(held)
    differs = {
        name: listed[name] for name in COMPARED if name in listed and name in ours and not _near(ours[name], listed[name])
    }
    same = {name: listed[name] for name in DECISIVE if name in listed and name in ours and name not in differs}
    lacking = {
        name: listed[name] for name in FILLED if listed.get(name) and name not in ours and _is_sound(name, listed[name], held)
    }
    if is_own and "tiers" in listed and not _same_steps(_tiers(held), listed["tiers"]):
        differs["tiers"] = listed["tiers"]
    return differs, same, lacking


def _is_sound(name: str, value: float, held: Price) -> bool:
    """Not a cache price above our own input price, not even by another list's rounding."""
    return name != "cache_read_usd_per_mtok" or held.input_usd_per_mtok is None or value <= held.input_usd_per_mtok


def _same_steps(ours: tuple[Facts, ...], theirs: tuple[Facts, ...]) -> bool:
    """Whether two scales have the same lengths, and near prices wherever both state one."""
    if [one["above_input_tokens"] for one in ours] != [one["above_input_tokens"] for one in theirs]:
        return False
    return all(
        _near(mine[name], yours[name]) for mine, yours in zip(ours, theirs, strict=True) for name in mine if name in yours
    )


def _near(ours: float, theirs: float) -> bool:
    return abs(ours - theirs) <= PRICE_TOLERANCE * max(ours, theirs)


def _offered(place: Place, held: Price | None, now: ListedPrice, aliases: Aliases) -> Offered:
    return Offered(
        prices=now.prices,
        held=amounts(held) if held else {},
        model_type=place.model.type,
        is_free=bool(held and held.is_free),
        allowed=allowed_reason(aliases.allowed_dear, place.provider, place.offer.model),
        wrong=aliases.wrong.get(now.name),
    )


def _difference(place: Place, order: int, held: Price, now: ListedPrice, differs: Facts, origin: Origin) -> Iterator[Change]:
    entry = _entry(held, now, origin)
    appended = (
        (Edit(place.file, place.path("prices"), entry, "append"),) if entry["since"] > place.offer.prices[-1].since else ()
    )
    if held.source == origin.source and origin.as_of > held.as_of and appended:
        yield Change(
            "append", place.file, place.record, "prices", _part(held, differs), differs, f"since {entry['since']}", appended
        )
        return
    why = f"{origin.source} has {_named(differs)}: {_cause(held, differs, origin)}"
    is_decisive = any(name in differs for name in DECISIVE)
    if held.status == "single" and held.source != origin.source and is_decisive:
        status = Edit(place.file, place.path("prices", order, "status"), "conflict")
        note = Edit(place.file, place.path("prices", order, "note"), _joined(held.note, why))
        yield Change("conflict", place.file, place.record, "prices", _part(held, differs), differs, why, (status, note))
    elif held.status != "agreed" or origin.as_of > held.as_of:
        yield Change("review", place.file, place.record, "prices", _part(held, differs), differs, why, appended)


def _cause(held: Price, differs: Facts, origin: Origin) -> str:
    """Why two lists may differ, as far as it can be told from them."""
    if held.source == origin.source:
        return "the same copy, read otherwise: a step, an hour of the day or a kind of token"
    ours = amounts(held)
    ratios = [value / ours[name] for name, value in differs.items() if ours.get(name)]
    if ratios and all(_near(ratio, SURCHARGE) for ratio in ratios):
        return "it lists the in-region surcharge of 10 %"
    if ratios and all(_near(ratio, 1 / SURCHARGE) for ratio in ratios):
        return "ours is the in-region price, 10 % above the plain one"
    if origin.as_of < held.as_of:
        return f"its copy is older ({origin.as_of} against {held.as_of}), so a change in between is likely; ours is the newer"
    return "cause not found; ours is kept until somebody reads the seller's page"


def _agreement(place: Place, order: int, held: Price, lacking: Facts, origin: Origin) -> Iterator[Change]:
    if held.source != origin.source and held.status == "single":
        edit = Edit(place.file, place.path("prices", order, "status"), "agreed")
        yield Change("confirm", place.file, place.record, "prices", held.source, origin.source, "", (edit,))
    if lacking:
        edits = tuple(Edit(place.file, place.path("prices", order, name), value) for name, value in lacking.items())
        if held.source != origin.source:
            said = f"{', '.join(WORDS.get(name, name) for name in lacking)} from {origin.source} ({origin.as_of})"
            edits += (Edit(place.file, place.path("prices", order, "note"), _joined(held.note, said)),)
        yield Change("fill", place.file, place.record, "prices", None, lacking, "the rest of the price agrees", edits)


def _entry(held: Price, now: ListedPrice, origin: Origin) -> Facts:
    """The next dated price: what the list states, and what it is silent about as it was."""
    stated = {name: value for name, value in now.prices.items() if name in COMPARED}
    tiers: Any = now.prices.get("tiers", () if "input_usd_per_mtok" in stated else _tiers(held))
    since = now.since if now.since and now.since > held.since else origin.as_of
    entry: Facts = {"since": since, **amounts(held), **stated}
    if tiers:
        entry["tiers"] = tiers
    elif held.tiers:
        entry["note"] = f"{origin.source} has no prices of long inputs from this day on"
    return {**entry, "source": origin.source, "as_of": origin.as_of}


def _tiers(held: Price) -> tuple[Facts, ...]:
    return tuple(tier.model_dump(exclude_none=True) for tier in held.tiers)


def _appended(place: Place, entry: Facts, one: ListedPrice, origin: Origin, aliases: Aliases, why: str) -> Change:
    last = place.offer.prices[-1]
    reason = refusal(_offered(place, last, one, aliases))
    if reason is not None or last.status == "override":
        return _row("refused" if reason else "kept", place, last, one.prices, reason or last.note or "")
    edit = Edit(place.file, place.path("prices"), entry, "append")
    return Change("append", place.file, place.record, "prices", amounts(last), one.prices, f"{why}: {entry['since']}", (edit,))


def _retirement(place: Place, listed: tuple[ListedPrice, ...], origin: Origin) -> Iterator[Change]:
    """A day of retirement that was unknown is filled in; once known, only a person moves it."""
    day = next((one.facts["retires"] for one in listed if one.facts.get("retires")), None)
    ours = place.offer.retires or place.model.retired
    if day is None or ours == day or "latest" in listed[-1].name:
        return
    edit = Edit(place.file, place.path("retires"), day)
    if ours is None:
        state = "retired" if day <= origin.as_of else "will be retired"
        yield Change("fill", place.file, place.record, "retires", None, day, f"{state} according to {origin.source}", (edit,))
    else:
        yield Change("review", place.file, place.record, "retires", ours, day, f"{origin.source} has {day}", (edit,))


def _row(verdict: Any, place: Place, held: Price, new: Facts, why: str) -> Change:
    stated = {name: value for name, value in new.items() if name in COMPARED}
    return Change(verdict, place.file, place.record, "prices", _part(held, stated), stated, why, ())


def _part(held: Price, names: Facts) -> Facts:
    ours = amounts(held)
    return {name: ours.get(name) for name in names if name in COMPARED} | ({"tiers": _tiers(held)} if "tiers" in names else {})


def _named(differs: Facts) -> str:
    return ", ".join(f"{shown(value)} for {WORDS.get(name, name)}" for name, value in differs.items())


def _is_known(note: str | None, source: str, words: str) -> bool:
    """Whether the entry's note already names what the other list has for what is paid most."""
    return note is not None and f"{source} has" in note and words in note


def _joined(note: str | None, more: str) -> str:
    return f"{note}; {more}" if note else more
