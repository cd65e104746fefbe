"""Voice agents: one that answers from documents or records has an answer, with all that stands beside the model."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, compare, recommend

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


@pytest.mark.parametrize(
    ("tag", "boundary"), [("ar", "on_premises"), ("ja", "own_tenant"), ("lt", "any_cloud"), ("gd", "on_premises")]
)
def test_what_hears_and_speaks_beside_a_model_knows_the_language(tag: str, boundary: str, catalog: Catalog) -> None:
    """Parakeet hears 25 European languages: it was to stand beside a model that answers in Arabic."""
    needs = {"task": "speech_to_speech", "languages": [tag], "privacy": {"boundary": boundary}}
    answer, models = recommend(needs, catalog, detail="full", draws=0, alternatives=30), catalog.library().models
    options = [one for one in (answer.winner, *answer.alternatives) if one is not None]
    beside = [(option, part.model) for option in options for part in option.components if part.role in PARTS_AROUND]
    assert beside
    for option, part in beside:
        known = models[part.id].languages or ()
        doubt = f"Whether {part.name} beside it knows the languages you need is not known: ask its maker."
        assert tag in known or ("multilingual" in known and doubt in option.cautions), (option.id, part.id)


def test_looking_up_takes_time_and_work_on_top_of_speaking(catalog: Catalog) -> None:
    def of(strategy: str, knowledge: dict[str, Any]) -> Any:
        needs, name = {"task": "speech_to_speech", "knowledge": knowledge}, f"{strategy}/openai/gpt-6-luna/aws-bedrock"
        return compare(needs, [name], catalog, draws=0).compared[0].option.estimates

    plain, looked_up, agent = of("zero_shot", {}), of("rag", {"documents": 500}), of("tool_agent", {"documents": 500})
    for name in ("first_token_p95_ms", "build_days"):
        assert plain[name].mid < looked_up[name].mid < agent[name].mid
