"""`recommender calibrate`: refit what is fitted."""

from __future__ import annotations

import argparse

from recommender.commands.shared import ANSWERED, Commands, catalog_option


def add(commands: Commands) -> None:
    parser = commands.add_parser("calibrate", help="refit what is fitted, print the errors on what was held out")
    catalog_option(parser)
    parser.set_defaults(run=_calibrate)


def _calibrate(given: argparse.Namespace) -> int:
    import importlib.util

    from recommender.catalog.loading import shipped_folder
    from recommender.errors import MissingExtra

    if importlib.util.find_spec("sklearn") is None:
        raise MissingExtra("Calibration", "ml")
    from recommender.evidence.calibrate import calibrate, write_calibration

    folder = given.catalog or shipped_folder()
    report = calibrate(folder)
    for path in write_calibration(report, folder):
        print(f"written: {path.name}")
    print("\n".join(report.lines))
    return ANSWERED
