"""What is known of the models of an imported table: without it the fit takes a model of this autumn for one of long ago.

The facts that the fit reads were gathered for the models of the shipped benchmarks. A table of one's own names others, mostly newer
ones, which the catalog describes; so their facts go into the overlay beside their scores.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from recommender.catalog.compile_quality import EPOCH, model_facts
from recommender.domain.records import Model
from recommender.evidence.bring_your_own import FACTS, models_of
from recommender.evidence.layers import Records, merged
from recommender.evidence.prior import LAB_OF

TESTED_AFTER = datetime.timedelta(days=60)
"""How long before its first score a model without a known release is taken to have been released: assumed, as nine of ten models of
2026 in the shipped benchmarks had their first score within 68 days, half within 24."""
APART_BY_TYPE = {"translation": "translators", "moderation": "guards"}
"""Types that the fit sets apart, as if of a few labs (prior.STAND_APART)."""
SOURCE = (
    "release, maker and size as the catalog has them; a model whose release it does not have counts as released "
    f"{TESTED_AFTER.days} days before its first score"
)


def with_facts(imported: Records, models: Mapping[str, Model], below: Records) -> dict[str, Mapping[str, Any]]:
    """The imported records, and a record of facts of those of their models that no facts told so far place in time.

    Args:
        imported: benchmark records of a table, by file name.
        models: the records of the catalog and of the overlay, by id.
        below: the benchmark records of both, by name without its ending. Facts of earlier imports stay, unless the catalog tells them now.
    """
    earlier = below.get(FACTS, {})
    told = dict(_told({name: record for name, record in below.items() if name != FACTS}))
    first = _first_days(merged([below, imported]))
    found = {name: row for name, row in earlier.get("models", {}).items() if "released" not in told.get(name, {})}
    for name in models_of(imported):
        before = told.get(name, {})
        row = {**_known(name, models), **before}
        if not before:
            row.setdefault("released", first[name] - TESTED_AFTER)
        if "released" in row and "released" not in before:
            found[name] = row
    if not found:
        return dict(imported)
    days = [row[3] for record in imported.values() for row in record["scores"]]
    source = {
        "id": FACTS, "title": SOURCE, "url": "", "licence": "user's own copy",
        "retrieved": max([*days, *([earlier["source"]["retrieved"]] if earlier else [])]),
    }  # fmt: skip
    return {
        **imported,
        f"{FACTS}.yaml": {"id": FACTS, "kind": "facts", "source": source, "models": dict(sorted(found.items()))},
    }


def _told(records: Records) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for record in records.values():
        if record.get("kind") == "facts":
            for name, facts in record["models"].items():
                yield name, {word: value for word, value in facts.items() if value is not None}


def _first_days(records: Records) -> dict[str, datetime.date]:
    """The day of the earliest score of each model."""
    found: dict[str, datetime.date] = {}
    for record in records.values():
        for name, _, _, day in record.get("scores", ()):
            found[name] = min(day, found.get(name, day))
    return found


def _known(name: str, models: Mapping[str, Model]) -> dict[str, Any]:
    """A model's facts as the engine reads them of a model without scores, so that a score moves it from where it stood."""
    if name not in models:
        return {"lab": "other", "open": False, "reasons": False}
    facts = model_facts(models, (name,))
    folder = facts.labs[0]
    row: dict[str, Any] = {"lab": APART_BY_TYPE.get(models[name].type, LAB_OF.get(folder, folder))}
    if np.isfinite(facts.released[0]):
        row["released"] = EPOCH + datetime.timedelta(days=int(facts.released[0]))
    if np.isfinite(facts.parameters_b[0]):
        row |= {"params_b": float(facts.parameters_b[0]), "active_b": float(facts.active_b[0])}
    return {**row, "open": bool(facts.is_open[0]), "reasons": bool(facts.reasons[0] >= 1)}
