"""`recommender frontier`: what cannot be had at once."""

from __future__ import annotations

import argparse

from recommender.commands.shared import (
    ANSWERED,
    NOTHING_FITS,
    Commands,
    requirements_options,
    tell,
    tell_of_bans,
    tell_of_days_to_come,
)


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
    from recommender.catalog.requests import read_request, told_at_lines_of
    from recommender.explanation.named import requirements_for
    from recommender.trade_offs import frontier, text

    document = read_request(given.file, tuple(given.set))
    catalog = load_catalog(given.catalog, given.overlay)
    with told_at_lines_of(document):
        needs = requirements_for(document, catalog.columns)
    tell_of_days_to_come(given.as_of, catalog)
    tell_of_bans(catalog)
    with told_at_lines_of(document):
        found = frontier(needs, given.over.split(","), catalog, as_of=given.as_of)
    if given.json:
        print(found.model_dump_json(indent=2))
    else:
        tell(text(found))
    return ANSWERED if found.options else NOTHING_FITS
