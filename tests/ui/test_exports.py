"""What is taken along: the same answer as every other door gives, and nothing that a program would run."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from recommender_form import deciding
from recommender_form.asking import panel
from recommender_form.asking.templates import TEMPLATES
from recommender_form.showing import exports, naming

from recommender import Catalog, Recommendation, recommend

CASES = ("support_chatbot", "ticket_routing", "medical_transcription")


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, catalog: Catalog) -> tuple[dict[str, Any], Recommendation]:
    wanted = {**TEMPLATES[request.param], "name": "=cmd|' /C calc'!A0 <script>alert(1)</script>"}
    return wanted, recommend(wanted, catalog, alternatives=deciding.ALTERNATIVES, draws=deciding.DRAWS)


def text_of(case: tuple[dict[str, Any], Recommendation], key: str) -> str:
    wanted, answer = case
    return exports.files(answer, wanted)[key][2]()


def test_the_form_joins_both_halves_of_an_answer_to_the_whole(
    case: tuple[dict[str, Any], Recommendation], catalog: Catalog
) -> None:
    wanted, answer = case
    quick = recommend(wanted, catalog, detail="answer", alternatives=deciding.ALTERNATIVES, draws=deciding.DRAWS)
    found = recommend(wanted, catalog, detail="full", draws=deciding.draws_of_a_search(quick), alternatives=1)
    joined = quick.model_copy(update={name: getattr(found, name) for name in deciding.SEARCHED})
    assert joined.model_dump_json() == answer.model_dump_json()


def test_a_search_draws_again_for_a_near_tie_alone(catalog: Catalog) -> None:
    tied: dict[str, Any] = {"task": "extraction", "data": {"labelled_examples": 3_000}}
    clear = {"task": "summarization", "workload": {"requests_per_month": 1_000}}
    quick = [recommend(wanted, catalog, detail="answer", draws=deciding.DRAWS) for wanted in (tied, clear)]
    assert [deciding.draws_of_a_search(one) for one in quick] == [deciding.DRAWS, 0]
    whole = recommend(tied, catalog, draws=deciding.draws_of_a_search(quick[0]), alternatives=1)
    assert whole.pilot == recommend(tied, catalog).pilot != recommend(tied, catalog, draws=0).pilot


def test_json_is_the_answer_itself(case: tuple[dict[str, Any], Recommendation]) -> None:
    assert json.loads(text_of(case, "json")) == case[1].model_dump(mode="json")


def test_yaml_asks_the_same_question_again(case: tuple[dict[str, Any], Recommendation], catalog: Catalog) -> None:
    again = panel.requirements_in_file(text_of(case, "yaml").encode(), "requirements.yaml")
    answer = recommend(again, catalog, alternatives=deciding.ALTERNATIVES, draws=deciding.DRAWS)
    assert answer.model_dump_json() == case[1].model_dump_json()


def test_csv_has_a_row_per_option_and_no_formula(case: tuple[dict[str, Any], Recommendation]) -> None:
    rows = list(csv.reader(io.StringIO(text_of(case, "csv"))))
    options = [option for option in (case[1].winner, *case[1].alternatives) if option is not None]
    assert [row[1] for row in rows[1:]] == [option.id for option in options]
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


def test_pages_name_the_winner_and_hold_no_script(case: tuple[dict[str, Any], Recommendation]) -> None:
    assert case[1].winner is not None
    for key in ("md", "html"):
        assert case[1].winner.model.name in text_of(case, key)
    assert "<script" not in text_of(case, "html")


def test_the_form_tells_a_stated_quality_as_the_teams_own() -> None:
    today = {"model": "openai/gpt-5.4-mini", "strategy": "zero_shot", "provider": "openai", "quality": 97.0}
    winner = recommend({"task": "chat", "incumbent": today}, draws=0).winner
    assert winner is not None and winner.is_incumbent
    assert naming.grade(winner) == "as you state it"


def test_a_wait_that_a_batch_tariff_promises_is_no_time_of_the_model() -> None:
    workload = {"requests_per_month": 400, "input_tokens": 40000, "mode": "batch"}
    needs = {"task": "translation", "target_languages": ["de"], "workload": workload}
    winner = recommend(needs, detail="answer", draws=0).winner
    assert winner is not None
    said = [naming.estimate(winner, "latency_p95_ms"), naming.interval(winner, "latency_p95_ms")]
    assert said == ["a day", "a day"] and naming.range_words(winner, "latency_p95_ms") == "promised by the batch tariff"
    at_once = winner.model_copy(update={"waits_a_day": False})
    assert naming.estimate(at_once, "latency_p95_ms").endswith(" min")
    assert naming.range_words(winner, "quality") == naming.range_words(at_once, "quality")
