"""What pages of facts read beside the library: benchmark tables with their credit, and a catalog with other assumptions."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from recommender.catalog.loading import Catalog
from recommender.catalog.strict_yaml import read_document
from recommender.domain.record import record
from recommender.errors import Fault, InputError


@record
class BenchmarkScore:
    """One published score, in the benchmark's own unit."""

    model: str
    variant: str
    value: float
    day: datetime.date


@record
class BenchmarkTable:
    """A benchmark, who to credit for it, and its scores, best first."""

    id: str
    name: str
    measures: str
    unit: str
    higher_is_better: bool
    is_vendor_reported: bool
    noise_floor: float
    source: str
    url: str | None
    licence: str
    retrieved: datetime.date
    scores: tuple[BenchmarkScore, ...]


def benchmark_tables(catalog: Catalog) -> dict[str, BenchmarkTable]:
    """Every benchmark of a catalog's folders by id; an overlay's replaces one of the same id.

    Raises:
        InputError: when a file cannot be read as a benchmark.
    """
    found: dict[str, BenchmarkTable] = {}
    for folder in catalog.folders:
        for path in sorted((folder / "benchmarks").glob("*.yaml")):
            value = read_document(path.read_bytes(), path.name).value
            if value.get("kind") != "facts":
                found[value["id"]] = _table(path.name, value)
    return found


def _table(name: str, value: Mapping[str, Any]) -> BenchmarkTable:
    try:
        source = value["source"]
        scores = (BenchmarkScore(str(row[0]), str(row[1]), float(row[2]), row[3]) for row in value["scores"])
        return BenchmarkTable(
            id=value["id"],
            name=value["name"],
            measures=value["measures"],
            unit=value["unit"],
            higher_is_better=value["higher_is_better"],
            is_vendor_reported=value["reported_by"] == "vendor",
            noise_floor=float(value["noise_floor"]),
            source=source["title"],
            url=source.get("url"),
            licence=source["licence"],
            retrieved=source["retrieved"],
            scores=tuple(sorted(scores, key=lambda one: one.value, reverse=value["higher_is_better"])),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise InputError([Fault(name, f"not a benchmark: {error}", "compare with a neighbouring file")]) from None


def with_assumptions(catalog: Catalog, middles: Mapping[str, float]) -> Catalog:
    """The same facts with other middle values of some assumptions; a range that no longer holds the middle is widened.

    Raises:
        InputError: with a fault for every name that is no assumption and every value that is no quantity.
    """
    known = catalog.columns.assumptions
    faults = [Fault(name, "is not an assumption of this catalog") for name in middles if name not in known]
    faults += [Fault(name, f"{value} is not a quantity") for name, value in middles.items() if not 0 <= value < 1e15]
    if faults:
        raise InputError(faults)
    changed = {
        name: replace(known[name], low=min(known[name].low, value), mid=value, high=max(known[name].high, value))
        for name, value in middles.items()
    }
    return replace(catalog, columns=replace(catalog.columns, assumptions={**known, **changed}), kept={})
