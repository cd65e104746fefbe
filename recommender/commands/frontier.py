"""`recommender frontier`: what cannot be had at once."""

from __future__ import annotations

import argparse

from recommender.commands.shared import (
    ANSWERED,
    NOTHING_FITS,
    Commands,
    question_of,
    requirements_options,
    tell,
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
    from recommender.catalog.requests import told_at_lines_of
    from recommender.trade_offs import frontier, text

    document, catalog, needs = question_of(given)
    with told_at_lines_of(document):
        found = frontier(needs, given.over.split(","), catalog, as_of=given.as_of)
    if given.json:
        print(found.model_dump_json(indent=2))
    else:
        tell(text(found))
    return ANSWERED if found.options else NOTHING_FITS
