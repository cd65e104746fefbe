"""JSON Schemas of every kind of file and of an answer, generated from the records: editors complete and warn by them.

`python -m recommender.catalog.schemas` writes them and `docs/requirements.md` anew; tests fail when they are not current.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from recommender.catalog import evidence_shapes
from recommender.catalog.bans import Ban
from recommender.catalog.requirement_page import described, page_text
from recommender.catalog.upkeep.aliases import Aliases
from recommender.catalog.upkeep.stale import Age
from recommender.domain.machine_records import HardwareVendor
from recommender.domain.method import Assumption, Edition, LanguageSpec, Profile, Rule, StrategySpec, TaskSpec
from recommender.domain.recommendation import Recommendation
from recommender.domain.records import Licence, Model, Provider, Source
from recommender.domain.requirements import Requirements
from recommender.whole_files import write_whole

SHAPES: dict[str, Any] = {
    "ages": dict[str, Age],
    "aliases": Aliases,
    "assumptions": dict[str, Assumption],
    "bans": tuple[Ban, ...],
    "benchmark": evidence_shapes.BenchmarkFile,
    "calibration-measured": evidence_shapes.MeasuredCalibration,
    "calibration-physics": evidence_shapes.PhysicsCalibration,
    "calibration-quality": evidence_shapes.QualityCalibration,
    "calibration-shapes": evidence_shapes.ShapesCalibration,
    "calibration-strategy": evidence_shapes.StrategyCalibration,
    "catalog": Edition,
    "evidence": evidence_shapes.EvidenceFile,
    "hardware": HardwareVendor,
    "languages": dict[str, LanguageSpec],
    "licences": dict[str, Licence],
    "model": Model,
    "profiles": dict[str, Profile],
    "provider": Provider,
    "recommendation": Recommendation,
    "requirements": Requirements,
    "rules": tuple[Rule, ...],
    "sources": dict[str, Source],
    "strategy": StrategySpec,
    "tasks": dict[str, TaskSpec],
}


def schema_text(name: str) -> str:
    """One schema as it stands in its file."""
    schema = TypeAdapter(SHAPES[name]).json_schema()
    return json.dumps(described(schema) if name == "requirements" else schema, indent=1, sort_keys=True) + "\n"


def write_schemas(folder: Path) -> None:
    """Every schema, each moved into place whole."""
    for name in SHAPES:
        write_whole(folder / f"{name}.json", schema_text(name))


def write_page(docs: Path) -> None:
    """The page on the requirements file, moved into place whole."""
    write_whole(docs / "requirements.md", page_text())


if __name__ == "__main__":
    from recommender.catalog.loading import shipped_folder

    write_schemas(shipped_folder() / "schema")
    write_page(shipped_folder().parent / "docs")
