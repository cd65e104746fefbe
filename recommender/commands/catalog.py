"""`recommender catalog`: check, show."""

from __future__ import annotations

import argparse
import sys

from recommender.commands.shared import ANSWERED, NOTHING_FITS, Commands, catalog_option


def add(commands: Commands) -> None:
    parser = commands.add_parser("catalog", help="check or show the catalog")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    check = actions.add_parser("check", help="every fault of every file")
    catalog_option(check)
    check.set_defaults(run=_check)
    show = actions.add_parser("show", help="list models, or one model's facts")
    show.add_argument("name", nargs="?", metavar="ID")
    catalog_option(show)
    show.set_defaults(run=_show)


def _check(given: argparse.Namespace) -> int:
    from recommender.catalog.report import checked, coverage

    faults, library = checked(given.catalog)
    for fault in faults:
        print(fault, file=sys.stderr)
    if library is None or faults:
        return NOTHING_FITS
    print(coverage(library))
    return ANSWERED


def _show(given: argparse.Namespace) -> int:
    from recommender.catalog.report import listing, model_facts

    print(model_facts(given.catalog, given.name) if given.name else listing(given.catalog))
    return ANSWERED
