"""No strategy is filler: each wins a story of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from recommender import Catalog, recommend
from recommender.domain.words import STRATEGIES

STORIES = yaml.safe_load((Path(__file__).parent / "cases" / "stories.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("story", STORIES, ids=[story["strategy"] for story in STORIES])
def test_a_strategy_wins_its_story(story: dict[str, Any], catalog: Catalog) -> None:
    winner = recommend(story["needs"], catalog, detail="answer", draws=0).winner
    assert winner is not None
    assert winner.strategy.id == story["strategy"]


def test_every_strategy_has_a_story() -> None:
    assert {story["strategy"] for story in STORIES} == set(STRATEGIES)
