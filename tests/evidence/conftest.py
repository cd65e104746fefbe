"""The shipped calibration and records, read once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

CATALOG = Path(__file__).parents[2] / "catalog"


def read(path: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


def records(folder: str) -> dict[str, Mapping[str, Any]]:
    return {path.name: read(path) for path in sorted((CATALOG / folder).glob("*.yaml"))}


@pytest.fixture(scope="session")
def quality() -> Mapping[str, Any]:
    return read(CATALOG / "calibration" / "quality.yaml")


@pytest.fixture(scope="session")
def strategy() -> Mapping[str, Any]:
    return read(CATALOG / "calibration" / "strategy.yaml")


@pytest.fixture(scope="session")
def benchmark_records() -> dict[str, Mapping[str, Any]]:
    return records("benchmarks")


@pytest.fixture(scope="session")
def evidence_records() -> dict[str, Mapping[str, Any]]:
    return records("evidence")
