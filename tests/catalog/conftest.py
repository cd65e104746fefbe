"""A small catalog to break, to lay things over and to renew: the shipped one with two models and one provider."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def small_catalog(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped catalog with two models and one provider, so that each mistake is read in milliseconds."""
    folder = tmp_path_factory.mktemp("small") / "catalog"
    ignored = shutil.ignore_patterns("models", "offers", "aliases", "benchmarks", "evidence", "calibration", "*.md", "schema")
    shutil.copytree(root / "catalog", folder, ignore=ignored)
    for kept in ("models/classical/linear.yaml", "models/openai/gpt-5.4-mini.yaml"):
        (folder / kept).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / "catalog" / kept, folder / kept)
    (folder / "offers").mkdir()
    (folder / "offers" / "example.yaml").write_text(OFFER, encoding="utf-8")
    return folder


OFFER = """name: Example
kind: host
checked: 2026-11-20
offers:
  - model: openai/gpt-5.4-mini
    prices:
      - {since: 2026-03-17, input_usd_per_mtok: 0.75, output_usd_per_mtok: 4.5, source: litellm, as_of: 2026-11-12}
"""


@pytest.fixture
def own_catalog(small_catalog: Path, tmp_path: Path) -> Path:
    """The small catalog as one's own folder, free to change."""
    folder = tmp_path / "catalog"
    shutil.copytree(small_catalog, folder)
    return folder
