"""What no single file can know: ids that lead nowhere, rules that read nothing; models, offers and benchmarks have files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recommender.catalog.benchmark_checks import benchmark_faults
from recommender.catalog.fault_words import dangling, line_of, silent
from recommender.catalog.library import Library
from recommender.catalog.model_checks import model_faults
from recommender.catalog.offer_checks import offer_faults, region_faults
from recommender.catalog.validation import suggestion
from recommender.domain.facts import CASE_FACTS, CONDITIONS, FACTS
from recommender.domain.machine_records import Rental
from recommender.domain.method import Rule
from recommender.domain.words import STRATEGIES, TASKS
from recommender.errors import Fault


def cross_file_faults(library: Library) -> tuple[Fault, ...]:
    """Every fault that shows only when files are read together."""
    found = [
        *_models(library), *offer_faults(library), *_hardware(library), *_method(library), *_rules(library),
        *benchmark_faults(library),
    ]  # fmt: skip
    return tuple(sorted(found))


def _models(library: Library) -> Iterator[Fault]:
    yield from model_faults(library)
    for name, model in library.models.items():
        yield from _provenance(library, f"models/{name}.yaml", ("provenance",), model.provenance, type(model).model_fields)


def _provenance(library: Library, file: str, path: tuple[str | int, ...], found: Any, fields: Any) -> Iterator[Fault]:
    for field, provenance in found.items():
        where = line_of(library, file, *path, field)
        if field != "default" and field.split(".")[0] not in fields:
            yield Fault(where, f"'{field}' is not a field", suggestion(field, fields))
        if provenance.source not in library.sources:
            yield dangling(where, "source", provenance.source, library.sources)
        yield from silent(where, "a fact", provenance)


def _hardware(library: Library) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, vendor in library.hardware.items():
        file = f"hardware/{name}.yaml"
        for place, machine in enumerate(vendor.accelerators):
            where = line_of(library, file, "accelerators", place, "id")
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
                    yield dangling(where, "source", source, library.sources)
            for order, rental in enumerate(machine.rentals):
                where = line_of(library, file, "accelerators", place, "rentals", order)
                yield from region_faults(where, rental.regions)
                yield from _commitments(where, rental)


def _commitments(where: str, rental: Rental) -> Iterator[Fault]:
    for one in rental.commitments:
        if one.usd_per_hour > rental.usd_per_hour:
            yield Fault(where, f"{one.years} years of it cost more by the hour than a single one", "check the two prices")


def _method(library: Library) -> Iterator[Fault]:
    yield from _languages(library)
    for task in library.tasks:
        if task not in TASKS:
            yield dangling(line_of(library, "tasks.yaml", task), "task", task, TASKS)
    for task in TASKS:
        if task not in library.tasks:
            yield Fault("catalog/tasks.yaml", f"task '{task}' is missing", "add it")
    for name, strategy in library.strategies.items():
        if name != strategy.id or name not in STRATEGIES:
            yield Fault(line_of(library, f"strategies/{name}.yaml", "id"), f"the file is called '{name}'", "use the same id")


def _languages(library: Library) -> Iterator[Fault]:
    """A code belongs to one language."""
    seen = {code: code for code in library.languages}
    for code, language in library.languages.items():
        for other in language.also:
            if other in seen:
                where = line_of(library, "languages.yaml", code, "also")
                yield Fault(where, f"'{other}' is a code of '{seen[other]}' too", "keep it at one language")
            seen[other] = code


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
