"""Requirements held against the catalog: names in `exclude`, `only`, `hardware.owned` and of benchmarks that mean nothing are an error,
never a silent pass, and told beside what else is wrong. So is a slip of the pen in `incumbent.provider`."""

from __future__ import annotations

import difflib
import fnmatch
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from recommender.catalog.requests import REQUIREMENTS, judged_request, plain_document
from recommender.catalog.strict_yaml import Document
from recommender.decision.incumbent import names_a_provider
from recommender.decision.machine_names import owned_machine
from recommender.domain.codes import REGION_CODES
from recommender.domain.columns import Columns
from recommender.domain.requirements import BenchmarkBar, Incumbent, Requirements
from recommender.errors import Fault, InputError

SEE_MODELS = "see `recommender catalog show`"
WELL_KNOWN = ("arena-text", "mmlu", "mteb-retrieval", "open-asr-short")
WILD = frozenset("*?[")
SLIP = 0.8  # how alike two names are of which one is the other mistyped: openia and openai, not ideogram and deepgram
WITH_NAMES = ("exclude", "only", "privacy", "quality", "hardware", "incumbent")  # parts that hold names, each judged by itself


def requirements_for(given: Requirements | dict[str, Any] | Document, columns: Columns) -> Requirements:
    """Requirements held against their record and against the catalog's names.

    Raises:
        InputError: with every fault of both, so that a word that is none hides no name that is none.
    """
    if isinstance(given, Requirements):
        faults = unknown_names(given, columns)
        if faults:
            raise InputError(faults)
        return given
    found = judged_request(given if isinstance(given, Document) else plain_document(REQUIREMENTS, given))
    faults = (*found.faults, *_names_in_what_is_right(found.rest.value, columns))
    if faults:
        raise InputError(faults)
    needs: Requirements = found.record
    return needs


def _names_in_what_is_right(value: dict[str, Any], columns: Columns) -> list[Fault]:
    """The names of each part that can be read, whatever is wrong with the others; names hang on no task."""
    found: list[Fault] = []
    for field in WITH_NAMES:
        try:
            part = Requirements.model_validate({"task": "chat", field: value.get(field)})
        except ValidationError:  # told already
            continue
        found += unknown_names(part, columns)
    return found


def unknown_names(requirements: Requirements, columns: Columns) -> tuple[Fault, ...]:
    """A fault for every name that matches nothing in the catalog."""
    known = (
        *columns.models.ids,
        *columns.offers.provider_ids,
        *dict.fromkeys(columns.rentals.providers),
        *(strategy.id for strategy in columns.strategies),
        *dict.fromkeys(columns.models.licences),
    )
    lowered = {name.lower(): name for name in known}
    found = []
    for field in ("exclude", "only"):
        for place, pattern in enumerate(getattr(requirements, field) or ()):
            if not any(fnmatch.fnmatchcase(name, pattern) for name in lowered):
                found.append(_fault(f"requirements.{field}.{place}", pattern, lowered))
    found += _regions(requirements)
    found += _benchmark(requirements.quality.bar, columns)
    found += _provider_of_today(requirements.incumbent, columns)
    for place, item in enumerate(requirements.hardware.owned or ()):
        if owned_machine(columns.hardware, item.accelerator)[0] is None:
            names = {name.lower(): name for name in columns.hardware.ids}
            fault = _fault(f"requirements.hardware.owned.{place}.accelerator", item.accelerator, names)
            found.append(replace(fault, remedy=f"{fault.remedy} Several of one kind are written as its name and `count`."))
    return tuple(found)


def _regions(requirements: Requirements) -> list[Fault]:
    """Regions are codes; a word like `europe`, or two letters that are no region's, would bar everything without a word."""
    return [
        Fault(f"requirements.privacy.residency.{place}", f"'{region}' is not a region", "write two letters: eu, us, uk, ch, jp")
        for place, region in enumerate(requirements.privacy.residency or ())
        if region not in REGION_CODES
    ]


def _provider_of_today(stated: Incumbent | None, columns: Columns) -> list[Fault]:
    """A provider of what runs today that is another one mistyped. Any other that the catalog lacks is somebody's vendor all the same."""
    if stated is None or stated.provider is None or names_a_provider(columns, stated):
        return []
    known = (*columns.offers.provider_ids, *dict.fromkeys(columns.rentals.providers))
    close = difflib.get_close_matches(stated.provider.lower(), known, n=1, cutoff=SLIP)
    what = f"'{stated.provider}' is not in the catalog"
    return [Fault("requirements.incumbent.provider", what, f"did you mean '{one}'?") for one in close]


def _benchmark(bar: object, columns: Columns) -> list[Fault]:
    """A benchmark that nobody knows, or a most where more is better."""
    if not isinstance(bar, BenchmarkBar):
        return []
    if bar.benchmark not in columns.benchmarks:
        return [_no_benchmark(bar.benchmark, columns)]
    if bar.at_most is None or bar.benchmark in columns.error_rates:
        return []
    what = f"is no bar on '{bar.benchmark}', where more is better"
    return [
        Fault(
            "requirements.quality.bar.at_most", what, "write at_least; at_most is for words wrong in 100, as open-asr-short has"
        )
    ]


def _no_benchmark(name: str, columns: Columns) -> Fault:
    """What `catalog show` lists are models; of what bars are held against, a few are named here. One file beside them holds no scores."""
    fault = _fault("requirements.quality.bar.benchmark", name, {one: one for one in columns.benchmarks})
    if fault.remedy != SEE_MODELS:
        return fault
    some = ", ".join(one for one in WELL_KNOWN if one in columns.benchmarks)
    such = f", such as {some}" if some else ""
    what = f"'{name}' is no benchmark with scores in the catalog"
    return replace(
        fault, what=what, remedy=f"name one of those in catalog/benchmarks{such}; or a level: draft, good, high, best"
    )


def _fault(where: str, pattern: str, known: dict[str, str]) -> Fault:
    close = difflib.get_close_matches(pattern, known, n=1, cutoff=0.5)
    hint = f"did you mean '{known[close[0]]}'?" if close else SEE_MODELS
    what = "matches nothing in the catalog" if WILD & set(pattern) else "is not in the catalog"
    return Fault(where, f"'{pattern}' {what}", hint)
