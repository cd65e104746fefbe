"""`recommender validate`: estimates against measured rows."""

from __future__ import annotations

import argparse
from pathlib import Path

from recommender.commands.shared import ANSWERED, Commands, catalog_option, tell


def add(commands: Commands) -> None:
    parser = commands.add_parser("validate", help="estimates against measured rows: error, bias, coverage of the interval")
    parser.add_argument("quantity", metavar="QUANTITY", help="tpot, ttft, throughput, energy, local_speed, training_hours, ...")
    parser.add_argument("table", type=Path, metavar="TABLE.csv")
    parser.add_argument("--json", action="store_true")
    catalog_option(parser)
    parser.set_defaults(run=_validate)


def _validate(given: argparse.Namespace) -> int:
    import json

    from recommender.catalog.loading import load_catalog
    from recommender.catalog.measurements import read_table
    from recommender.validation.quantities import quantity_named, report_text, validated
    from recommender.validation.table import Table

    quantity_named(given.quantity)  # a wrong word is told before a file is read
    header, rows = read_table(given.table)
    result = validated(given.quantity, Table.of(str(given.table), header, rows), load_catalog(given.catalog).columns)
    if given.json:
        print(json.dumps(result.as_json(), indent=2, sort_keys=True))
    else:
        tell(report_text(result))
    return ANSWERED
