"""`recommender cases`: hit and violation rates on recorded decisions."""

from __future__ import annotations

import argparse
from pathlib import Path

from recommender.commands.shared import ANSWERED, Commands, catalog_option, tell


def add(commands: Commands) -> None:
    parser = commands.add_parser("cases", help="hit and violation rates on recorded decisions")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    catalog_option(parser)
    parser.set_defaults(run=_cases)


def _cases(given: argparse.Namespace) -> int:
    import json

    from recommender.cases import judged, read_cases, summary_text
    from recommender.catalog.loading import load_catalog

    result = judged(read_cases(given.file), load_catalog(given.catalog))
    if given.json:
        print(json.dumps(result, indent=2, sort_keys=True))
    else:
        tell(summary_text(result))
    return ANSWERED
