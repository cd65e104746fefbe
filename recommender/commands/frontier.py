"""`recommender frontier`: what cannot be had at once."""

from __future__ import annotations

import argparse

from recommender.commands.shared import ANSWERED, NOTHING_FITS, Commands, requirements_options


def add(commands: Commands) -> None:
    parser = commands.add_parser("frontier", help="the options that no other beats over two or three criteria")
    requirements_options(parser)
    parser.add_argument(
        "--over",
        default="quality,cost,latency",
        metavar="CRITERIA",
        help="two or three of quality,cost,invoices,latency,effort,risk,carbon (default: %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="everything as JSON")
    parser.set_defaults(run=_frontier)


def _frontier(given: argparse.Namespace) -> int:
    from recommender.catalog.loading import load_catalog
    from recommender.catalog.requests import read_requirements
    from recommender.trade_offs import frontier, text

    needs = read_requirements(given.file, tuple(given.set))
    found = frontier(needs, given.over.split(","), load_catalog(given.catalog, given.overlay), as_of=given.as_of)
    print(found.model_dump_json(indent=2) if given.json else text(found))
    return ANSWERED if found.options else NOTHING_FITS
