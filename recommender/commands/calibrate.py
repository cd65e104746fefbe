"""`recommender calibrate`: refit what is fitted; with a table of one's own, into an overlay."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from recommender.commands.shared import ANSWERED, Commands, catalog_option, tell

if TYPE_CHECKING:
    from recommender.evidence.calibrate import CalibrationReport

MOST_TABLE_BYTES = 20_000_000


def add(commands: Commands) -> None:
    parser = commands.add_parser("calibrate", help="refit what is fitted, print the errors on what was held out")
    catalog_option(parser)
    parser.add_argument("--import", dest="table", type=Path, metavar="TABLE.csv", help="scores you hold a copy of")
    parser.add_argument("--into", type=Path, metavar="DIR", help="the overlay folder that takes them and the new calibration")
    parser.set_defaults(run=_calibrate)


def _calibrate(given: argparse.Namespace) -> int:
    import importlib.util

    from recommender.catalog.loading import shipped_folder
    from recommender.errors import Fault, InputError, MissingExtra

    if (given.table is None) != (given.into is None):
        raise InputError([Fault("calibrate", "--import and --into belong together", "give the table and the overlay folder")])
    if importlib.util.find_spec("sklearn") is None:
        raise MissingExtra("Calibration", "ml")
    from recommender.evidence.calibrate import calibrate
    from recommender.whole_files import write_all

    folder = given.catalog or shipped_folder()
    if not (folder / "benchmarks").is_dir() or not (folder / "evidence").is_dir():
        raise InputError([Fault(str(folder), "holds no benchmarks and evidence to fit", "name a catalog folder")])
    imported, told = _imported(given.table, folder, given.into) if given.table is not None else ({}, ())
    report = _calibrated_with(imported, folder, given.into) if imported else calibrate(folder)
    # the fits first: their digest is of all records, so fits without the records show in `catalog check`, and records without fits do not
    for path in write_all(given.into or folder, {**report.files, **imported}):
        tell(f"written: {path.relative_to(given.into or folder).as_posix()}")
    notes = told if imported else (f"note: {one}" for one in report.notes)
    tell("\n".join((*report.lines, *notes)))
    return ANSWERED


def _imported(table: Path, folder: Path, overlay: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """A table's scores as benchmark files of an overlay, by name below it, with what is known of its models; and what to say of it."""
    from recommender.catalog.imported_facts import with_facts
    from recommender.catalog.library import read_library
    from recommender.catalog.user_files import bytes_of
    from recommender.errors import Fault, InputError
    from recommender.evidence.bring_your_own import imported_records, overlay_texts, remarks

    if overlay.exists() and not overlay.is_dir():
        raise InputError([Fault(str(overlay), "is no folder", "name the overlay's folder, or one that is not there yet")])
    try:
        text = bytes_of(table, MOST_TABLE_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([Fault(str(table), "is not UTF-8 text", "give a CSV file in UTF-8")]) from None
    shipped = read_library((folder,))
    imported = imported_records(text, table.name, shipped.benchmarks)
    both = read_library((folder, overlay)) if overlay.is_dir() else shipped
    models = {**shipped.models, **both.models}  # one that the overlay bans is a model of the catalog still
    return overlay_texts(with_facts(imported, models, both.benchmarks)), remarks(imported, shipped.benchmarks, models)


def _calibrated_with(imported: Mapping[str, str], folder: Path, overlay: Path) -> CalibrationReport:
    """The fit as it will be once the imported scores stand in their overlay; nothing is written yet."""
    from recommender.evidence.calibrate import calibrated, record_files

    laid_in = {**record_files(overlay), **{name: text.encode() for name, text in imported.items()}}
    return calibrated([record_files(folder), laid_in])
