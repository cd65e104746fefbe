"""`recommender compare`: options side by side."""

from __future__ import annotations

import argparse

from recommender.commands.shared import ANSWERED, NOTHING_FITS, Commands, requirements_options, tell_of_days_to_come


def add(commands: Commands) -> None:
    parser = commands.add_parser("compare", help="options side by side: ids, strategies, models, or strategy/model")
    requirements_options(parser)
    parser.add_argument("options", nargs="+", metavar="OPTION")
    parser.add_argument("--json", action="store_true", help="the whole comparison as JSON")
    parser.set_defaults(run=_compare)


def _compare(given: argparse.Namespace) -> int:
    from recommender.catalog.loading import load_catalog
    from recommender.catalog.requests import read_requirements
    from recommender.comparing import compare
    from recommender.errors import Fault, InputError
    from recommender.explanation.comparison import text

    if len(given.options) < 2:
        raise InputError([Fault("compare", "one option is no comparison", "name two or more")])
    needs = read_requirements(given.file, tuple(given.set))
    catalog = load_catalog(given.catalog, given.overlay)
    tell_of_days_to_come(given.as_of, catalog)
    found = compare(needs, given.options, catalog, as_of=given.as_of)
    print(found.model_dump_json(indent=2) if given.json else text(found))
    return ANSWERED if any(one.option for one in found.compared) else NOTHING_FITS
