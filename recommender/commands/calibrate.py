"""`recommender calibrate`: refit what is fitted; with a table of one's own, into an overlay."""

from __future__ import annotations

import argparse
from pathlib import Path

from recommender.commands.shared import ANSWERED, Commands, catalog_option


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
    from recommender.evidence.calibrate import calibrate, write_calibration

    folder = given.catalog or shipped_folder()
    if not (folder / "benchmarks").is_dir() or not (folder / "evidence").is_dir():
        raise InputError([Fault(str(folder), "holds no benchmarks and evidence to fit", "name a catalog folder")])
    if given.table is not None:
        _import(given.table, folder, given.into)
    report = calibrate(folder, overlays=(given.into,) if given.into else ())
    for path in write_calibration(report, given.into or folder):
        print(f"written: {path.name}")
    print("\n".join(report.lines))
    return ANSWERED


def _import(table: Path, folder: Path, overlay: Path) -> None:
    """A table's scores as benchmark files of an overlay."""
    from recommender.catalog.library import read_library
    from recommender.errors import Fault, InputError
    from recommender.evidence.bring_your_own import imported_records, write_overlay

    try:
        text = table.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError([Fault(str(table), f"cannot be read: {error}", "give a CSV file in UTF-8")]) from None
    for path in write_overlay(imported_records(text, table.name, read_library((folder,)).benchmarks), overlay):
        print(f"written: benchmarks/{path.name}")
