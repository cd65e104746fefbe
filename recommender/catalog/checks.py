"""What no single file can know: ids that lead nowhere, rules that read nothing, prices out of all proportion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recommender.catalog.library import Library
from recommender.catalog.strict_yaml import Path
from recommender.catalog.validation import suggestion
from recommender.domain.facts import CASE_FACTS, CONDITIONS, FACTS
from recommender.domain.machine_records import Rental
from recommender.domain.method import Rule
from recommender.domain.records import FreeAmount, HostedTuning, Model, Price, Provenance, Provider
from recommender.domain.words import STRATEGIES, TASKS
from recommender.errors import Fault

MOST_INPUT_USD = 60.0
MOST_OUTPUT_USD = 200.0
PARTS = (("max_input_tokens", "context_tokens"), ("active_parameters_b", "parameters_b"))


def cross_file_faults(library: Library) -> tuple[Fault, ...]:
    """Every fault that shows only when files are read together."""
    found = [*_models(library), *_offers(library), *_hardware(library), *_method(library), *_rules(library)]
    return tuple(sorted(found))


def _where(library: Library, file: str, *path: str | int) -> str:
    document = library.documents.get(file)
    return document.where(Path(path)) if document else f"catalog/{file}"


def _dangling(where: str, kind: str, name: str, known: Any) -> Fault:
    return Fault(where, f"{kind} '{name}' is not in the catalog", suggestion(name, known))


def _models(library: Library) -> Iterator[Fault]:
    for name, model in library.models.items():
        file = f"models/{name}.yaml"
        if model.licence not in library.licences:
            yield _dangling(_where(library, file, "licence"), "licence", model.licence, library.licences)
        for field in ("successor",):
            other = getattr(model, field)
            if other and other not in library.models:
                yield _dangling(_where(library, file, field), "model", other, library.models)
        yield from _provenance(library, file, ("provenance",), model.provenance, type(model).model_fields)
        yield from _contradictions(library, file, model)


def _contradictions(library: Library, file: str, model: Model) -> Iterator[Fault]:
    """Facts that cannot both be true."""
    for part, whole in PARTS:
        small, large = getattr(model, part), getattr(model, whole)
        if small is not None and large is not None and small > large:
            yield Fault(_where(library, file, part), f"{part} {small} is above {whole} {large}", "check the two")
    for field in model.provenance:
        whole, _, task = field.partition(".")
        if whole == "tasks" and task and task not in model.tasks:
            where = _where(library, file, "provenance", field)
            yield Fault(
                where, f"the file gives a source for '{task}', which is not among its tasks", suggestion(task, model.tasks)
            )
    for word in sorted(set(model.capabilities) & set(model.lacks)):
        where = _where(library, file, "lacks")
        yield Fault(where, f"'{word}' stands under capabilities and under lacks", "keep one")


def _provenance(library: Library, file: str, path: tuple[str | int, ...], found: Any, fields: Any) -> Iterator[Fault]:
    for field, provenance in found.items():
        where = _where(library, file, *path, field)
        if field != "default" and field.split(".")[0] not in fields:
            yield Fault(where, f"'{field}' is not a field", suggestion(field, fields))
        if provenance.source not in library.sources:
            yield _dangling(where, "source", provenance.source, library.sources)
        yield from _silent(where, "a fact", provenance)


def _silent(where: str, what: str, record: Provenance | Price | HostedTuning) -> Iterator[Fault]:
    """A conflict or a correction that does not say why is worth nothing to the next reader."""
    if record.status in ("conflict", "override") and not record.note:
        yield Fault(where, f"{what} with status '{record.status}' has no note", "say what the other source has and why")


def _offers(library: Library) -> Iterator[Fault]:
    for name, provider in library.providers.items():
        file = f"offers/{name}.yaml"
        yield from _free(library, file, (), provider.free)
        seen: set[str] = set()
        for place, offer in enumerate(provider.offers):
            where = _where(library, file, "offers", place, "model")
            yield from _free(library, file, ("offers", place), offer.free)
            if offer.model not in library.models:
                yield _dangling(where, "model", offer.model, library.models)
            if offer.model in seen:
                yield Fault(where, f"'{offer.model}' is offered twice", "keep one")
            seen.add(offer.model)
            if not offer.prices:
                yield Fault(where, f"the offer of '{offer.model}' has no price", "leave the offer out")
            yield from _prices(library, provider, file, place)
            if offer.fine_tuning is not None:
                yield from _silent(_where(library, file, "offers", place, "fine_tuning"), "a tuning price", offer.fine_tuning)


def _prices(library: Library, provider: Provider, file: str, place: int) -> Iterator[Fault]:
    prices = provider.offers[place].prices
    for order, price in enumerate(prices):
        where = _where(library, file, "offers", place, "prices", order)
        if price.source not in library.sources:
            yield _dangling(where, "source", price.source, library.sources)
        if order and price.since <= prices[order - 1].since:
            yield Fault(where, "prices are not in the order of their dates", "append the newest last")
        yield from _proportions(where, price)
        yield from _silent(where, "a price", price)


def _free(library: Library, file: str, path: tuple[str | int, ...], amounts: tuple[FreeAmount, ...]) -> Iterator[Fault]:
    for order, amount in enumerate(amounts):
        where = _where(library, file, *path, "free", order)
        if amount.source not in library.sources:
            yield _dangling(where, "source", amount.source, library.sources)
        if order and amount.since <= amounts[order - 1].since:
            yield Fault(where, "free amounts are not in the order of their dates", "append the newest last")


def _proportions(where: str, price: Price) -> Iterator[Fault]:
    """Sanity gates: what is outside has been a mistake of the source in every case seen."""
    asked, answered = price.input_usd_per_mtok, price.output_usd_per_mtok
    is_allowed = price.status == "override"
    if asked is not None and asked > MOST_INPUT_USD and not is_allowed:
        yield Fault(
            where, f"input at {asked} USD per million tokens is above {MOST_INPUT_USD}", "check it, then mark it override"
        )
    if answered is not None and answered > MOST_OUTPUT_USD and not is_allowed:
        yield Fault(
            where, f"output at {answered} USD per million tokens is above {MOST_OUTPUT_USD}", "check it, then mark it override"
        )
    if asked and price.cache_read_usd_per_mtok is not None and price.cache_read_usd_per_mtok > asked:
        yield Fault(where, "reading the cache costs more than plain input", "check the two prices")
    if asked == 0 and not answered and not price.is_free:
        yield Fault(where, "the price is zero", "leave it out if unknown, or say is_free: true")


def _hardware(library: Library) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, vendor in library.hardware.items():
        file = f"hardware/{name}.yaml"
        for place, machine in enumerate(vendor.accelerators):
            where = _where(library, file, "accelerators", place, "id")
            if machine.id in seen:
                yield Fault(where, f"accelerator '{machine.id}' stands in {seen[machine.id]} too", "keep one")
            seen[machine.id] = file
            path = ("accelerators", place, "provenance")
            yield from _provenance(library, file, path, machine.provenance, type(machine).model_fields)
            committed = [one for rental in machine.rentals for one in rental.commitments]
            sources = [
                *(one.source for one in machine.rentals), *(one.source for one in machine.purchases), *(one.source for one in committed),
            ]  # fmt: skip
            for source in sources:
                if source not in library.sources:
                    yield _dangling(where, "source", source, library.sources)
            for order, rental in enumerate(machine.rentals):
                yield from _commitments(_where(library, file, "accelerators", place, "rentals", order), rental)


def _commitments(where: str, rental: Rental) -> Iterator[Fault]:
    for one in rental.commitments:
        if one.usd_per_hour > rental.usd_per_hour:
            yield Fault(where, f"{one.years} years of it cost more by the hour than a single one", "check the two prices")


def _method(library: Library) -> Iterator[Fault]:
    for task in library.tasks:
        if task not in TASKS:
            yield _dangling(_where(library, "tasks.yaml", task), "task", task, TASKS)
    for task in TASKS:
        if task not in library.tasks:
            yield Fault("catalog/tasks.yaml", f"task '{task}' is missing", "add it")
    for name, strategy in library.strategies.items():
        if name != strategy.id or name not in STRATEGIES:
            yield Fault(_where(library, f"strategies/{name}.yaml", "id"), f"the file is called '{name}'", "use the same id")


HELD_BY_RULES = (
    "case.boundary", "requirements.privacy.residency", "requirements.privacy.certifications", "requirements.privacy.no_training",
    "requirements.privacy.zero_retention", "requirements.privacy.sensitivity", "requirements.licence.open_weights",
    "requirements.licence.commercial_use", "requirements.modalities.input", "requirements.modalities.output",
    "requirements.capabilities", "requirements.languages", "requirements.budget.monthly_usd", "requirements.budget.one_time_usd",
    "requirements.latency.p95_ms", "requirements.latency.first_token_p95_ms", "case.names_only", "candidate.named_in_exclude",
)  # fmt: skip


def _rules(library: Library) -> Iterator[Fault]:
    yield from _unheld(library)
    seen: set[str] = set()
    for file, document in library.documents.items():
        if not file.startswith("rules/"):
            continue
        for place, raw in enumerate(document.value):
            rule = next((one for one in library.rules if one.id == raw.get("id")), None)
            if rule is None:
                continue
            where = document.where((place,))
            if rule.id in seen:
                yield Fault(where, f"rule '{rule.id}' is given twice", "keep one")
            seen.add(rule.id)
            yield from _conditions(where, rule)


def _unheld(library: Library) -> Iterator[Fault]:
    """Limits that a request may set and no rule holds: they would be dropped without a word."""
    read = {
        word
        for rule in library.rules
        for name, tests in (*rule.when.items(), *rule.require.items())
        for word in (name, *tests.values())
        if isinstance(word, str)
    }
    for fact in HELD_BY_RULES:
        if fact not in read:
            yield Fault(
                "catalog/rules", f"no rule reads '{fact}', so what is asked of it would be dropped", "copy the shipped rules/"
            )


def _conditions(where: str, rule: Rule) -> Iterator[Fault]:
    for part in (rule.when, rule.require):
        for fact, tests in part.items():
            if fact not in FACTS:
                yield Fault(where, f"rule '{rule.id}' reads '{fact}', which is not a fact", suggestion(fact, FACTS))
                continue
            yield from _tests(where, rule, fact, tests)
    if any(fact in CASE_FACTS or fact.startswith("requirements.") for fact in rule.require):
        yield Fault(where, f"rule '{rule.id}' requires something of the request itself", "put it under 'when'")


def _tests(where: str, rule: Rule, fact: str, tests: dict[str, Any]) -> Iterator[Fault]:
    known = CONDITIONS[FACTS[fact]]
    for word, operand in tests.items():
        if word not in known:
            yield Fault(where, f"rule '{rule.id}': '{word}' is not a condition for '{fact}'", f"use one of {', '.join(known)}")
        if isinstance(operand, str) and "." in operand and operand not in FACTS:
            yield Fault(where, f"rule '{rule.id}' compares with '{operand}', which is not a fact", suggestion(operand, FACTS))
