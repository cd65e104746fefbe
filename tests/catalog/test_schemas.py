"""The generated schemas are current, every file of the catalog names its own and keeps to it, and so does an answer."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from recommender import Catalog, recommend
from recommender.catalog.requests import read_yaml_file
from recommender.catalog.schemas import SHAPES, schema_text
from recommender.catalog.strict_yaml import read_document

CATALOG = Path(__file__).parents[2] / "catalog"
FILES = sorted(CATALOG.rglob("*.yaml"))
FIRST_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
SCHEMAS_BY_PLACE = {
    "aliases": "aliases", "assumptions": "assumptions", "benchmarks": "benchmark", "evidence": "evidence",
    "hardware": "hardware", "models": "model", "offers": "provider", "rules": "rules", "strategies": "strategy",
}  # fmt: skip


def schema_of(path: Path) -> str:
    """The schema that a file of the catalog must name."""
    top = path.relative_to(CATALOG).parts[0]
    return f"calibration-{path.stem}" if top == "calibration" else SCHEMAS_BY_PLACE.get(top, path.stem)


def plain(value: Any) -> Any:
    """A value as JSON has it: days as text."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.mark.parametrize("name", SHAPES)
def test_a_schema_is_current(name: str) -> None:
    assert (CATALOG / "schema" / f"{name}.json").read_text(encoding="utf-8") == schema_text(name)


def test_there_are_no_other_schemas() -> None:
    assert {path.stem for path in (CATALOG / "schema").iterdir()} == set(SHAPES)


def test_the_first_line_of_every_file_names_its_schema() -> None:
    assert len(FILES) > 900
    for path in FILES:
        first = FIRST_LINE.match(path.read_text(encoding="utf-8"))
        assert first is not None, path
        assert (path.parent / first[1]).resolve() == CATALOG / "schema" / f"{schema_of(path)}.json", path


@pytest.mark.parametrize("kind", sorted({schema_of(path) for path in FILES}))
def test_every_file_keeps_to_its_schema(kind: str) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema_text(kind)))
    mine = [path for path in FILES if schema_of(path) == kind]
    for path in mine[:: max(1, len(mine) // 100)]:  # a hundred of the many models; the reader checks them all
        value = plain(read_document(path.read_bytes(), path.name).value)
        assert [error.message for error in validator.iter_errors(value)] == [], path


def test_an_answer_keeps_to_its_schema(catalog: Catalog) -> None:
    answer = recommend({"task": "summarization"}, catalog, draws=20)
    validator = jsonschema.Draft202012Validator(json.loads(schema_text("recommendation")))
    assert list(validator.iter_errors(answer.model_dump(mode="json"))) == []


@pytest.mark.parametrize("name", ["hospital-transcription", "shop-support", "bank-labels"])
def test_the_examples_keep_to_their_schema(name: str, root: Path) -> None:
    document = read_yaml_file(root / "examples" / f"{name}.yaml")
    validator = jsonschema.Draft202012Validator(json.loads(schema_text("requirements")))
    assert list(validator.iter_errors(document.value)) == []
