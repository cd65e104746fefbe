"""Names of an overlay that would end a text and run as code: they stay names."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from recipe_files import files

from recommender import Catalog, Option, Requirements, recommend
from recommender.catalog.library import Library
from recommender.recipes import names
from recommender.recipes.writing import rendered

HOSTILE = 'X"""; print("RUN"); """ {print(1)} `id` $(id) \\ \n\u2028import os'
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"task": "tabular_prediction", "data": {"labelled_examples": 9000, "features": 20}},
    {"task": "classification", "data": {"labelled_examples": 4000, "classes": 8}, "knowledge": {"tokens": 80_000}},
)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: str(one["task"]))
def test_a_hostile_name_is_no_code_in_any_file(question: dict[str, Any], catalog: Catalog, library: Library) -> None:
    needs = Requirements.model_validate(question)
    answer = recommend(needs, catalog, draws=0, detail="answer", alternatives=60)
    seen: dict[tuple[str, str], Option] = {}
    for option in (answer.winner, *answer.alternatives):
        if option is not None:
            seen.setdefault((option.strategy.id, option.deployment.hosting), option)
    for option in seen.values():
        told = rendered(needs, _hostile(option), answer, catalog, library)
        for _, path, text in files([(option, told)], ".py"):
            calls = {ast.unparse(one) for one in ast.walk(ast.parse(text, path)) if isinstance(one, ast.Call)}
            assert not any("RUN" in call or call == "print(1)" for call in calls), path
            assert '"""; print' not in text and "{print(1)}" not in text, path
        assert not any(line.startswith("import os") for line in told["README.md"].splitlines())
    assert len(seen) >= 2


def _hostile(option: Option) -> Option:
    model = option.model.model_copy(update={"name": HOSTILE})
    return option.model_copy(update={"model": model, "id": f"{option.id}{HOSTILE}"})


def test_every_name_is_made_plain_and_sentences_stay() -> None:
    option = {
        "id": HOSTILE,
        "strategy": {"id": "rag"},
        "model": {"id": HOSTILE},
        "deployment": {"provider": HOSTILE, "count": 2},
    }
    values = {"option": {**option, "components": [{"model": {"name": HOSTILE}}], "cautions": ['It\'s "new".']}, "rival": None}
    found = names.with_plain_names({**values, "repository": HOSTILE, "embedding_repository": "a/b-1.5:x", "embedding_id": None})
    plain = names.plain_name(HOSTILE)
    assert not set(plain) & set("\"'`\\{}$\n\u2028")
    assert found["option"]["deployment"] == {"provider": plain, "count": 2} and found["repository"] == plain
    assert found["option"]["components"] == [{"model": {"name": plain}}]
    assert found["option"]["cautions"] == ['It\'s "new".'] and found["embedding_repository"] == "a/b-1.5:x"
