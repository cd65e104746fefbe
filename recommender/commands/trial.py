"""`recommender trial`: measure candidates on one's own examples, and write what was measured as evidence."""

from __future__ import annotations

import argparse
from pathlib import Path

from recommender.commands.shared import ANSWERED, Commands, catalog_option


def add(commands: Commands) -> None:
    parser = commands.add_parser("trial", help="measure candidates on one's own examples")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("examples", type=Path, metavar="EXAMPLES", help="CSV, JSONL or Parquet: input, expected, context")
    parser.add_argument("--out", type=Path, metavar="EVIDENCE.json", help="write what was measured, for recommend --evidence")
    parser.add_argument("--seed", type=int, default=0, help="of the order of examples and of the folds")
    catalog_option(parser)
    parser.set_defaults(run=_trial)


def _trial(given: argparse.Namespace) -> int:
    from recommender.trial.running import run

    print(run(given))
    return ANSWERED
