"""`recommender recipe`: what is needed to tune, to deploy and to judge an option, as files."""

from __future__ import annotations

import argparse
from pathlib import Path

from recommender.commands.shared import (
    ANSWERED,
    Commands,
    evidence_option,
    measured_in,
    question_of,
    requirements_options,
    tell,
)


def add(commands: Commands) -> None:
    parser = commands.add_parser("recipe", help="files to tune, deploy and judge an option")
    requirements_options(parser)
    parser.add_argument("option", metavar="OPTION", help="an option's id, or strategy/model")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder that is not there yet")
    evidence_option(parser)
    parser.set_defaults(run=_recipe)


def _recipe(given: argparse.Namespace) -> int:
    from recommender.catalog.requests import told_at_lines_of
    from recommender.engine import as_a_day, with_evidence
    from recommender.recipes.writing import recipe, write

    document, catalog, needs = question_of(given)
    facts = with_evidence(catalog.as_of(as_a_day(given.as_of)), measured_in(given.evidence), needs)
    with told_at_lines_of(document):
        files = recipe(needs, given.option, facts)
    write(files, given.out)
    tell("\n".join(f"written: {given.out / path}" for path in files))
    return ANSWERED
