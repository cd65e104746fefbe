"""Stories across industries and modalities: the winner is what their argument says it must be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from recommender import Catalog, recommend

FOLDER = Path(__file__).parent / "cases" / "scenarios"
STORIES = [story for path in sorted(FOLDER.glob("*.yaml")) for story in yaml.safe_load(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("story", STORIES, ids=[story["name"] for story in STORIES])
def test_a_story_ends_as_its_argument_says(story: dict[str, Any], catalog: Catalog) -> None:
    winner, expect = recommend(story["needs"], catalog, detail="answer").winner, story["expect"]
    assert winner is not None
    assert winner.strategy.id in expect.get("strategies", [winner.strategy.id])
    assert winner.model.type in expect.get("types", [winner.model.type])
    assert winner.deployment.hosting in expect.get("hosting", [winner.deployment.hosting])
    told = " ".join(winner.reasons)
    assert [words for words in expect.get("reasons", []) if words not in told] == []


def test_there_are_twenty_stories_each_with_an_argument() -> None:
    assert len(STORIES) >= 20
    assert len({story["industry"] for story in STORIES}) >= 10
    assert all(len(story["argument"].split()) > 8 for story in STORIES)
