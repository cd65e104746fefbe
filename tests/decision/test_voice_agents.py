"""Voice agents: one that answers from documents or records has an answer, with all that stands beside the model."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, recommend

PARTS_AROUND = {"speech input", "speech output"}


@pytest.mark.parametrize(
    ("knowledge", "strategy", "roles"),
    [
        ({}, "zero_shot", PARTS_AROUND),
        ({"documents": 500}, "rag", PARTS_AROUND | {"embedding"}),
        ({"documents": 500, "updates": "daily", "citations": True}, "rag", PARTS_AROUND | {"embedding"}),
        ({"source": "database", "query": "aggregate"}, "tool_agent", PARTS_AROUND),
    ],
)
@pytest.mark.parametrize("boundary", ["any_cloud", "on_premises"])
def test_a_voice_agent_may_answer_from_what_it_looks_up(
    knowledge: dict[str, Any], strategy: str, roles: set[str], boundary: str, catalog: Catalog
) -> None:
    needs = {"task": "speech_to_speech", "knowledge": knowledge, "privacy": {"boundary": boundary}}
    winner = recommend(needs, catalog, detail="answer", draws=0).winner
    assert winner is not None
    assert strategy == "zero_shot" or winner.strategy.id == strategy
    assert {one.role for one in winner.components} >= roles - {"embedding"}
    assert ("embedding" in {one.role for one in winner.components}) is (winner.strategy.id == "rag")


def test_looking_up_takes_time_and_work_on_top_of_speaking(catalog: Catalog) -> None:
    def of(strategy: str, knowledge: dict[str, Any]) -> Any:
        needs = {"task": "speech_to_speech", "knowledge": knowledge, "only": [strategy]}
        winner = recommend(needs, catalog, detail="answer", draws=0).winner
        assert winner is not None
        return winner.estimates

    plain, looked_up, agent = of("zero_shot", {}), of("rag", {"documents": 500}), of("tool_agent", {"documents": 500})
    for name in ("first_token_p95_ms", "build_days"):
        assert plain[name].mid < looked_up[name].mid < agent[name].mid
