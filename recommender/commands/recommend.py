"""`recommender recommend`: answer a requirements file."""

from __future__ import annotations

import argparse
from pathlib import Path

from recommender.commands.shared import ANSWERED, NOTHING_FITS, Commands, catalog_option


def add(commands: Commands) -> None:
    parser = commands.add_parser("recommend", help="answer a requirements file")
    parser.add_argument("file", type=Path, metavar="FILE")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="the whole answer as JSON")
    shape.add_argument("--markdown", action="store_true", help="a report in Markdown")
    parser.add_argument("--brief", action="store_true", help="the answer alone: no searches for what would change it")
    catalog_option(parser)
    parser.add_argument("--as-of", metavar="DATE", help="prices of that day, YYYY-MM-DD")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="set one requirement")
    parser.set_defaults(run=_recommend)


def _recommend(given: argparse.Namespace) -> int:
    import gc

    gc.disable()  # one answer leaves little garbage, and looking for it would cost a twentieth of the time
    from recommender.catalog.loading import load_catalog
    from recommender.catalog.requests import read_requirements
    from recommender.engine import recommend

    requirements = read_requirements(given.file, tuple(given.set))
    catalog = load_catalog(given.catalog)
    if given.brief:
        answer = recommend(requirements, catalog, as_of=given.as_of, detail="answer", draws=0)
    else:
        answer = recommend(requirements, catalog, as_of=given.as_of)
    if given.json:
        print(answer.model_dump_json(indent=None if given.brief else 2))
    else:
        from recommender.explanation import report

        if given.markdown:
            print(report.markdown(answer), end="")
        else:
            print(report.brief(answer) if given.brief else report.text(answer))
    return NOTHING_FITS if answer.status == "nothing_fits" else ANSWERED
