"""One recipe of every kind, made once for all tests of recipes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from recipe_files import QUESTIONS

from recommender import Catalog, Option, Recommendation, Requirements, recommend
from recommender.recipes.writing import rendered


@pytest.fixture(scope="session")
def made(catalog: Catalog) -> list[tuple[Option, dict[str, str]]]:
    """One recipe per (strategy, hosting, type of model) that the questions bring, and one of every model that is tuned by its kind."""
    library = catalog.library()
    seen: dict[tuple[str, ...], tuple[Option, dict[str, str]]] = {}
    for question in QUESTIONS:
        needs = Requirements.model_validate(question)
        answer = recommend(needs, catalog, draws=0, detail="answer", alternatives=250)
        for option in (answer.winner, *answer.alternatives):
            if option is None:
                continue
            key: tuple[str, ...] = (option.strategy.id, option.deployment.hosting, option.model.type)
            if option.strategy.id == "finetune_specialist":
                key = (*key, str(question["task"]), option.model.id)
            if key not in seen:
                seen[key] = (option, rendered(needs, option, _short(answer), catalog, library))
    return list(seen.values())


def _short(answer: Recommendation) -> Recommendation:
    return answer.model_copy(update={"alternatives": answer.alternatives[:30]})
