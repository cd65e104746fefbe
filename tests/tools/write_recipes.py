"""Recipes of every kind into a folder, for `held_to_tools.py`: python tests/tools/write_recipes.py FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "recipes"))

from recipe_files import made_from

from recommender.catalog.loading import load_catalog

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for number, (_, files) in enumerate(made_from(load_catalog())):
        for path, text in files.items():
            target = folder / f"{number:03d}" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
