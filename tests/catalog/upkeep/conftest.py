"""What the tests of upkeep share: a copy of a list that says what a test wants it to say, and a sync of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recommender.cli import main

ALIASES = """providers:
  example: {sellers: [example]}
offers:
  example: {openai/gpt-5.4-mini: mini}
"""
GENAI_ALIASES = ALIASES
LITELLM_ALIASES = ALIASES.replace("sellers: [example]", "sellers: [example], prefixes: [example/]").replace(
    ": mini", ": example/mini"
)

Run = Callable[..., str]


@pytest.fixture
def syncable(own_catalog: Path) -> Path:
    """The small catalog, with names for two lists."""
    (own_catalog / "aliases").mkdir()
    (own_catalog / "aliases" / "genai-prices.yaml").write_text(GENAI_ALIASES, encoding="utf-8")
    (own_catalog / "aliases" / "models-dev.yaml").write_text(ALIASES, encoding="utf-8")
    (own_catalog / "aliases" / "litellm.yaml").write_text(LITELLM_ALIASES, encoding="utf-8")
    return own_catalog


@pytest.fixture
def offers(syncable: Path) -> Path:
    """The provider's file."""
    return syncable / "offers" / "example.yaml"


@pytest.fixture
def run(syncable: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Sync a value as a copy of a list and give what was printed."""

    def sync(source: str, value: Any, *options: str, as_of: str = "2026-11-20") -> str:
        copy = tmp_path / f"copy_{as_of}.json"
        copy.write_text(json.dumps(value, allow_nan=True), encoding="utf-8")
        assert main(["catalog", "sync", source, str(copy), "--catalog", str(syncable), *options]) == 0
        return capsys.readouterr().out

    return sync
