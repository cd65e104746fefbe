"""What is past its age: prices, terms, licences, measurements. A list of what to look at again, never an error."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from recommender.catalog.library import Library
from recommender.catalog.strict_yaml import read_document, read_for_judging
from recommender.catalog.validation import validated
from recommender.domain.catalog_record import Record
from recommender.domain.record import record
from recommender.domain.records import FreeAmount, Model, Offer, Provider
from recommender.errors import CatalogError, Fault, InputError

KINDS = (
    "token_prices", "other_prices", "hardware_rentals", "hardware_purchases", "privacy_terms", "licences", "speeds",
    "fine_tuning", "model_facts", "lists", "benchmarks", "retirements",
)  # fmt: skip


class Age(Record):
    """How many days a kind of fact may count as fresh, and why. For `retirements`: how many days before the end to say so."""

    days: Annotated[int, Field(gt=0, le=3650)]
    because: str
    status: Literal["measured", "assumed"]


@record
class Dated:
    """One fact with its day: `day` is None where nobody noted one."""

    kind: str
    name: str
    day: datetime.date | None
    source: str


def read_ages(folder: Path) -> dict[str, Age]:
    """The ages in a catalog folder's `ages.yaml`.

    Raises:
        InputError: with every fault of the file; every kind needs its age, and nothing else may stand there.
    """
    path = folder / "ages.yaml"
    if not path.is_file():
        raise InputError([Fault(str(path), "the file is missing", "copy the shipped one")])
    document = read_for_judging(path.read_bytes(), f"{folder.name}/ages.yaml")
    ages, faults = validated(document, dict[str, Age])
    given = document.value if isinstance(document.value, dict) else {}
    lacking = [Fault(document.name, f"'{kind}' has no age", "add it") for kind in KINDS if kind not in given]
    extra = [Fault(document.where((kind,)), f"'{kind}' is not a kind of fact", f"use one of {', '.join(KINDS)}")
             for kind in given if kind not in KINDS]  # fmt: skip
    if faults or lacking or extra:
        raise CatalogError([*faults, *lacking, *extra])
    found: dict[str, Age] = ages
    return found


def dated_facts(library: Library, folder: Path) -> Iterator[Dated]:
    """Every fact of the catalog that ages, with its day. What is retired is of no interest any more."""
    day = library.edition.as_of
    for name, provider in library.providers.items():
        yield from _of_provider(name, provider)
        for offer in provider.offers:
            if not _is_gone(offer, library.models.get(offer.model), day):
                yield from _of_offer(f"{name}/{offer.model}", offer)
    for name, model in library.models.items():
        if not (model.retired and model.retired <= day):
            yield from _of_model(name, model)
    yield from _of_machines(library)
    for name, licence in library.licences.items():
        yield Dated("licences", name, licence.checked, licence.source)
    for name, source in library.sources.items():
        yield Dated("lists", name, source.retrieved, name)
    yield from _of_benchmarks(folder)


def _is_gone(offer: Offer, model: Model | None, day: datetime.date) -> bool:
    ends = offer.retires or (model.retired if model else None)
    return ends is not None and ends <= day


def _of_provider(name: str, provider: Provider) -> Iterator[Dated]:
    terms = provider.privacy
    yield Dated("privacy_terms", name, terms.checked, terms.source or "not read")
    yield from _of_free_amounts(name, provider.free)


def _of_offer(name: str, offer: Offer) -> Iterator[Dated]:
    if offer.prices:
        price = offer.prices[-1]
        kind = "other_prices" if price.input_usd_per_mtok is None else "token_prices"
        yield Dated(kind, name, price.as_of, price.source)
    yield from _of_free_amounts(name, offer.free)
    if offer.speed:
        yield Dated("speeds", name, offer.speed.as_of, offer.speed.source)
    if offer.window:
        yield Dated("model_facts", f"{name}, window", offer.window.as_of, offer.window.source)
    if offer.fine_tuning:
        yield Dated("fine_tuning", name, offer.fine_tuning.as_of, offer.fine_tuning.source)
        if offer.fine_tuning.ends:
            yield Dated("retirements", f"{name}, hosted fine-tuning", offer.fine_tuning.ends, offer.fine_tuning.source)
    if offer.retires:
        yield Dated("retirements", name, offer.retires, "announced")


def _of_free_amounts(name: str, amounts: tuple[FreeAmount, ...]) -> Iterator[Dated]:
    """The last one; what it replaced is history."""
    if amounts:
        yield Dated("other_prices", f"{name}, free amount", amounts[-1].as_of, amounts[-1].source)


def _of_model(name: str, model: Model) -> Iterator[Dated]:
    oldest = min((one for one in model.provenance.values()), key=lambda one: one.as_of)
    yield Dated("model_facts", name, oldest.as_of, oldest.source)
    if model.retired:
        yield Dated("retirements", name, model.retired, "announced")


def _of_machines(library: Library) -> Iterator[Dated]:
    for vendor in library.hardware.values():
        for machine in vendor.accelerators:
            newest = {(one.provider, one.regions): one for one in machine.rentals}
            for (provider, _), rental in newest.items():
                yield Dated("hardware_rentals", f"{machine.id} at {provider}", rental.since, rental.source)
                for one in rental.commitments:
                    yield Dated(
                        "hardware_rentals", f"{machine.id} at {provider} for {12 * one.years} months", one.since, one.source
                    )
            if machine.purchases:
                yield Dated("hardware_purchases", machine.id, machine.purchases[-1].since, machine.purchases[-1].source)


def _of_benchmarks(folder: Path) -> Iterator[Dated]:
    for path in sorted((folder / "benchmarks").glob("*.yaml")):
        value = read_document(path.read_bytes(), f"{folder.name}/benchmarks/{path.name}").value
        source = value.get("source") if isinstance(value, dict) else None
        if isinstance(source, dict):
            yield Dated("benchmarks", path.stem, source.get("retrieved"), str(source.get("id", "")))


def stale_text(library: Library, folder: Path, day: datetime.date, show_all: bool) -> str:
    """The report as of a day: per kind how many are past their age, and which, the oldest first."""
    ages = read_ages(folder)
    by_kind: dict[str, list[Dated]] = {kind: [] for kind in KINDS}
    for fact in dated_facts(library, folder):
        by_kind[fact.kind].append(fact)
    lines = [f"As of {day}:"]
    for kind, facts in by_kind.items():
        lines += (
            _ending(facts, ages[kind], day, show_all)
            if kind == "retirements"
            else _aged(kind, facts, ages[kind], day, show_all)
        )
    return "\n".join(lines)


def _aged(kind: str, facts: list[Dated], age: Age, day: datetime.date, show_all: bool) -> list[str]:
    old = [fact for fact in facts if fact.day and (day - fact.day).days > age.days]
    undated = [fact for fact in facts if fact.day is None]
    head = f"{kind.replace('_', ' ')}: {len(old)} of {len(facts)} older than {age.days} days"
    head += f", {len(undated)} never checked" if undated else ""
    rows = [f"{fact.name}: {fact.day} ({fact.source})" for fact in sorted(old, key=lambda fact: (str(fact.day), fact.name))]
    rows += [f"{fact.name}: never checked" for fact in undated]
    return ["", f"{head}.  {age.because if rows else ''}".rstrip(), *_listed(rows, show_all)]


def _ending(facts: list[Dated], age: Age, day: datetime.date, show_all: bool) -> list[str]:
    ends = [fact for fact in facts if fact.day and 0 < (fact.day - day).days <= age.days]
    rows = [f"{fact.name}: ends {fact.day}" for fact in sorted(ends, key=lambda fact: (str(fact.day), fact.name))]
    return ["", f"retirements: {len(rows)} within {age.days} days.", *_listed(rows, show_all)]


FIRST_FEW = 8


def _listed(rows: list[str], show_all: bool) -> list[str]:
    shown = rows if show_all else rows[:FIRST_FEW]
    more = [f"  and {len(rows) - len(shown)} more (--all)"] if len(rows) > len(shown) else []
    return [f"  {row}" for row in shown] + more
