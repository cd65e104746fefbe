"""The generated schemas are current, and an answer keeps to its own."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from recommender import Catalog, recommend
from recommender.catalog.requests import read_yaml_file
from recommender.catalog.schemas import SHAPES, schema_text


@pytest.mark.parametrize("name", SHAPES)
def test_a_schema_is_current(name: str, root: Path) -> None:
    assert (root / "catalog" / "schema" / f"{name}.json").read_text(encoding="utf-8") == schema_text(name)


def test_an_answer_keeps_to_its_schema(catalog: Catalog) -> None:
    answer = recommend({"task": "summarization"}, catalog, draws=20)
    validator = jsonschema.Draft202012Validator(json.loads(schema_text("recommendation")))
    assert list(validator.iter_errors(answer.model_dump(mode="json"))) == []


@pytest.mark.parametrize("name", ["hospital-transcription", "shop-support", "bank-labels"])
def test_the_examples_keep_to_their_schema(name: str, root: Path) -> None:
    document = read_yaml_file(root / "examples" / f"{name}.yaml")
    validator = jsonschema.Draft202012Validator(json.loads(schema_text("requirements")))
    assert list(validator.iter_errors(document.value)) == []
