"""What runs today and cannot be compared: the answer says why, and nothing that is not so."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, recommend
from recommender.domain.requirements import Incumbent
from recommender.explanation.today import not_compared

UNSAID = "You did not say which model runs today, so staying could not be compared."
LACKING = "What runs today ('{}') is not in the catalog, so staying could not be compared."
UNFIT = "What runs today ('{}') does not meet what you asked for"


@pytest.mark.parametrize(
    "stated, said",
    [
        ({"monthly_usd": 5000}, UNSAID),
        ({"strategy": "zero_shot"}, UNSAID),
        ({"provider": "openai", "monthly_usd": 5000}, UNSAID),
        ({"provider": "nowhere"}, LACKING.format("nowhere")),
        ({"model": "openai/gpt-5", "provider": "nowhere"}, LACKING.format("nowhere")),
        ({"model": "no such thing", "provider": "openai"}, LACKING.format("no such thing")),
        ({"strategy": "rules"}, UNFIT.format("rules")),
        ({"model": "openai/gpt-5", "provider": "cohere"}, UNFIT.format("openai/gpt-5")),
    ],
)
def test_why_staying_could_not_be_compared(stated: dict[str, Any], said: str, catalog: Catalog) -> None:
    winner = recommend({"task": "chat", "incumbent": stated}, catalog, draws=0, detail="answer").winner
    assert winner is not None
    found = [one for one in winner.unknowns if "today" in one]
    assert len(found) == 1 and found[0].startswith(said)
    assert (found[0] in not_compared(Incumbent.model_validate(stated))) is (said == UNSAID or "is not in the catalog" in said)
