"""Whether the records that are only read when fitting keep to their shape: benchmarks, studies, and what the fits wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from recommender.catalog import evidence_shapes
from recommender.catalog.library import Library
from recommender.catalog.strict_yaml import Document, read_document
from recommender.catalog.validation import validated
from recommender.errors import Fault, InputError

CALIBRATIONS: dict[str, Any] = {
    "measured": evidence_shapes.MeasuredCalibration,
    "physics": evidence_shapes.PhysicsCalibration,
    "quality": evidence_shapes.QualityCalibration,
    "shapes": evidence_shapes.ShapesCalibration,
    "strategy": evidence_shapes.StrategyCalibration,
}


def evidence_faults(library: Library, folders: Iterable[Path]) -> Iterator[Fault]:
    """Every fault of the benchmarks and calibrations of a library, and of the studies in its folders."""
    for name, document in library.documents.items():
        top, _, rest = name.partition("/")
        if top in ("benchmarks", "calibration"):
            yield from _faults(top, rest.removesuffix(".yaml"), document)
    for path in (path for folder in folders for path in sorted((folder / "evidence").glob("*.yaml"))):
        try:
            document = read_document(path.read_bytes(), path.relative_to(path.parents[2]).as_posix())
        except InputError as error:
            yield from error.faults
            continue
        yield from _faults("evidence", path.stem, document)


def _faults(top: str, stem: str, document: Document) -> tuple[Fault, ...]:
    shape = _shape(top, stem, document)
    return () if shape is None else validated(document, shape)[1]


def _shape(top: str, stem: str, document: Document) -> Any:
    """The shape by the folder and the kind that a file says it is of."""
    kind = document.value.get("kind") if isinstance(document.value, dict) else None
    if top == "benchmarks":
        return evidence_shapes.ScoredModels if kind == "facts" else evidence_shapes.Scores
    if top == "evidence":
        return evidence_shapes.Quantisation if kind == "quantisation" else evidence_shapes.Comparisons
    return CALIBRATIONS.get(stem)
