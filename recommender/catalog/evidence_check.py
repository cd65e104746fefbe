"""Whether the records that are only read when fitting keep to their shape: studies, and what the fits wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from recommender.catalog import evidence_shapes
from recommender.catalog.library import Library
from recommender.catalog.strict_yaml import Document, read_document, read_for_judging
from recommender.catalog.validation import validated
from recommender.errors import Fault, InputError
from recommender.evidence.calibrate import records_digest

CALIBRATIONS: dict[str, Any] = {
    "measured": evidence_shapes.MeasuredCalibration,
    "physics": evidence_shapes.PhysicsCalibration,
    "quality": evidence_shapes.QualityCalibration,
    "shapes": evidence_shapes.ShapesCalibration,
    "strategy": evidence_shapes.StrategyCalibration,
}

FITTED = ("quality", "strategy")  # by `recommender calibrate`


def evidence_faults(library: Library, folders: Iterable[Path]) -> Iterator[Fault]:
    """Every fault of the calibrations of a library, and of the studies in its folders."""
    for name, document in library.documents.items():
        top, _, rest = name.partition("/")
        if top == "calibration":
            yield from _faults(top, rest.removesuffix(".yaml"), document)
    yield from _faults_of_files(folders, ("evidence",))


def evidence_faults_beside(found: Sequence[Fault], folders: Iterable[Path]) -> Iterator[Fault]:
    """The same where the library could not be read, without what was found already."""
    told = set(found)
    return (fault for fault in _faults_of_files(folders, ("calibration", "evidence")) if fault not in told)


def _faults_of_files(folders: Iterable[Path], tops: Sequence[str]) -> Iterator[Fault]:
    files = (path for folder in folders for top in tops for path in sorted((folder / top).glob("*.yaml")))
    for path in (one for one in files if one.is_file()):
        try:
            document = read_for_judging(path.read_bytes(), path.relative_to(path.parents[2]).as_posix())
        except InputError as error:
            yield from error.faults
        except OSError:
            continue  # told where the folder is read
        else:
            yield from _faults(path.parent.name, path.stem, document)


def stale_calibrations(folders: Sequence[Path]) -> Iterator[Fault]:
    """Fitted files whose digest is not that of today's records: of the catalog itself, and of an overlay on the catalog.

    Args:
        folders: the catalog, then its overlays. One without fitted files uses those below it.
    """
    for order, folder in enumerate(folders):
        records = (folders[0], folder) if order else (folder,)
        remedy = "run `recommender calibrate" + (" --import TABLE.csv --into` this folder again" if order else "`")
        for path in (folder / "calibration" / f"{name}.yaml" for name in FITTED):
            told = _digest_in(path)
            if told is not None and told[0] != records_digest(*records):
                yield Fault(told[1], "benchmarks/ or evidence/ changed since this was fitted", remedy)


def _digest_in(path: Path) -> tuple[object, str] | None:
    """The digest that a fitted file carries, and where; None where there is no file, or one whose faults are told elsewhere."""
    try:
        document = read_document(path.read_bytes(), path.relative_to(path.parents[2]).as_posix())
    except (FileNotFoundError, InputError):
        return None
    held = document.value if isinstance(document.value, dict) else {}
    return (held["digest"], document.where(("digest",))) if "digest" in held else None


def _faults(top: str, stem: str, document: Document) -> tuple[Fault, ...]:
    shape = _shape(top, stem, document)
    if shape is None:
        return document.misreadings
    record, faults = validated(document, shape)
    return (*faults, *_miscounted(record, document)) if shape is evidence_shapes.Comparisons and record else faults


def _miscounted(study: evidence_shapes.Comparisons, document: Document) -> Iterator[Fault]:
    """Rows with more examples of one class than of all. A student's examples carry no labels: per class counts its teacher's."""
    for order, row in enumerate(study.comparisons):
        strategy, examples, per_class = row[2], row[6], row[7]
        if strategy != "distillation" and examples is not None and per_class is not None and per_class > examples:
            what = f"{per_class:g} examples per class are more than the {examples:g} of all classes"
            yield Fault(document.where(("comparisons", order)), what, "examples come first, then how many of them per class")


def _shape(top: str, stem: str, document: Document) -> Any:
    """The shape by the folder and the kind that a file says it is of."""
    kind = document.value.get("kind") if isinstance(document.value, dict) else None
    if top == "evidence":
        return evidence_shapes.Quantisation if kind == "quantisation" else evidence_shapes.Comparisons
    return CALIBRATIONS.get(stem)
