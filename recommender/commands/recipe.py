"""`recommender recipe`: what is needed to tune, to deploy and to judge an option, as files."""

from __future__ import annotations

import argparse
from pathlib import Path

from recommender.commands.shared import ANSWERED, Commands, catalog_option


def add(commands: Commands) -> None:
    parser = commands.add_parser("recipe", help="files to tune, deploy and judge an option")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("option", metavar="OPTION", help="an option's id, or strategy/model")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder that is not there yet")
    catalog_option(parser)
    parser.set_defaults(run=_recipe)


def _recipe(given: argparse.Namespace) -> int:
    from recommender.catalog.loading import load_catalog
    from recommender.catalog.requests import read_requirements
    from recommender.recipes.writing import recipe, write

    files = recipe(read_requirements(given.file), given.option, load_catalog(given.catalog))
    write(files, given.out)
    print("\n".join(f"written: {given.out / path}" for path in files))
    return ANSWERED
