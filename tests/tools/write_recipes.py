"""Recipes of every kind into a folder, for `held_to_tools.py` and `run_recipes.py`: python tests/tools/write_recipes.py FOLDER.

Every recipe that the tests make, every option of the shipped examples, and one recipe for each strategy, hosting and type of model that a
task brings, asked with and without labels. Recipes of the same files are written once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "recipes"))

from recipe_files import made_from

from recommender import Catalog, Option, Requirements, recommend
from recommender.catalog.loading import load_catalog
from recommender.recipes.writing import rendered

HEARD = ("tune/", "serve/", "hosted/", "classical/")  # what the tools read; the rest names the option and would never be alike
MOST = 1000


def swept(catalog: Catalog) -> Iterator[dict[str, str]]:
    """The recipes of the examples and of every task."""
    for path in sorted((HERE.parents[1] / "examples").glob("*.yaml")):
        yield from recipes_of(yaml.safe_load(path.read_text(encoding="utf-8")), catalog, every=True)
    for task in catalog.columns.tasks:
        spoken = {"languages": ["en"], "target_languages": ["de"]} if task == "translation" else {}
        for data in ({}, {"labelled_examples": 20_000, "labelled_hours": 200, "features": 20}):
            yield from recipes_of({"task": task, "data": data, **spoken}, catalog, every=False)


def recipes_of(question: dict[str, Any], catalog: Catalog, *, every: bool) -> Iterator[dict[str, str]]:
    """The recipes of a question's options: every one, or one for each strategy, hosting and type of model."""
    needs, library = Requirements.model_validate(question), catalog.library()
    answer = recommend(needs, catalog, draws=0, detail="answer", alternatives=MOST)
    options = [one for one in (answer.winner, *answer.alternatives) if one is not None]
    kinds: dict[Any, Option] = {}
    for one in options:
        kinds.setdefault(one.id if every else (one.strategy.id, one.deployment.hosting, one.model.type), one)
    short = answer.model_copy(update={"alternatives": answer.alternatives[:30]})
    yield from (rendered(needs, one, short, catalog, library) for one in kinds.values())


def main(folder: Path) -> None:
    catalog, seen = load_catalog(), set()
    for files in (*(files for _, files in made_from(catalog, catalog.library())), *swept(catalog)):
        read = tuple(text for path, text in files.items() if path.startswith(HEARD))
        if not read or read in seen:
            continue
        seen.add(read)
        for path, text in files.items():
            target = folder / f"{len(seen):04d}" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    print(f"{len(seen)} recipes written to {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
