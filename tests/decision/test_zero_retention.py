"""Zero retention that has to be switched on is told as a condition, never as a plain yes."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, Requirements, recommend
from recommender.recipes.writing import option_named, rendered

WISH: dict[str, Any] = {"task": "chat", "privacy": {"zero_retention": True}}
SET_IT = "keeps nothing only once you have set it so"


def _options(catalog: Catalog, needs: dict[str, Any]) -> list[Option]:
    answer = recommend(needs, catalog, draws=0, alternatives=20)
    return [one for one in (answer.winner, *answer.alternatives) if one is not None]


def _is_told(option: Option) -> bool:
    return any(SET_IT in one for one in option.cautions)


@pytest.mark.parametrize("provider, is_told", [("aws-bedrock", True), ("cortecs", True), ("groq", True), ("perplexity", False)])
def test_a_service_that_keeps_nothing_only_if_set_so_says_it(provider: str, is_told: bool, catalog: Catalog) -> None:
    found = _options(catalog, {**WISH, "only": [provider]})
    assert found and all(_is_told(one) is is_told for one in found)


def test_nothing_is_told_of_it_where_nobody_asked_or_on_own_machines(catalog: Catalog) -> None:
    assert not any(_is_told(one) for one in _options(catalog, {"task": "chat", "only": ["aws-bedrock"]}))
    own = _options(catalog, {**WISH, "privacy": {"zero_retention": True, "boundary": "on_premises"}})
    assert own and not any(_is_told(one) for one in own)


def test_the_checklist_carries_the_note_of_how_to_set_it(catalog: Catalog) -> None:
    made = {}
    for name, privacy in (("asked", WISH["privacy"]), ("not asked", {})):
        needs = Requirements.model_validate({**WISH, "privacy": privacy, "only": ["aws-bedrock"]})
        option = option_named(needs, "zero_shot", catalog)
        answer = recommend(needs, catalog, draws=0, alternatives=30)
        made[name] = rendered(needs, option, answer, catalog, catalog.library())["data-protection.md"]
    assert "Set data_retention_mode to none" in made["asked"]
    assert "data_retention_mode" not in made["not asked"]
    assert made["asked"].count("\n- ") == made["not asked"].count("\n- ") + 1
