"""The shipped catalog's records and their documents, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.catalog.library import Library, read_library


@pytest.fixture(scope="session")
def library(root: Path) -> Library:
    return read_library((root / "catalog",))
