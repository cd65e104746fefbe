"""One recipe of every kind, made once for all tests of recipes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(1, str(Path(__file__).parent.parent / "trial"))

from recipe_files import made_from

from recommender import Catalog, Option
from recommender.catalog.library import Library


@pytest.fixture(scope="session")
def library(catalog: Catalog) -> Library:
    """The catalog's records, read once."""
    return catalog.library()


@pytest.fixture(scope="session")
def made(catalog: Catalog, library: Library) -> list[tuple[Option, dict[str, str]]]:
    """Every recipe of `made_from`."""
    return made_from(catalog, library)
