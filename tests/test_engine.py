"""The contract of an answer: every field, the same bytes, limits kept, unknowns never winning."""

from __future__ import annotations

import json
import math

import pytest

import recommender
from recommender import Catalog, InputError, Requirements, recommend
from recommender.domain.recommendation import ESTIMATE_NAMES

SHOP = {
    "task": "chat",
    "knowledge": {"documents": 300, "updates": "weekly"},
    "workload": {"requests_per_month": 6000},
    "budget": {"monthly_usd": 200},
    "latency": {"first_token_p95_ms": 2000},
}


def test_the_same_question_gives_the_same_bytes(catalog: Catalog) -> None:
    assert recommend(SHOP, catalog).model_dump_json() == recommend(SHOP, catalog).model_dump_json()


def test_free_text_and_order_of_fields_change_nothing(catalog: Catalog) -> None:
    backwards = dict(reversed(list(SHOP.items()))) | {"name": "Shop", "notes": "call me", "task": "Chat"}
    assert recommend(backwards, catalog).model_dump_json() == recommend(SHOP, catalog).model_dump_json()


def test_every_estimate_is_there_and_in_order(catalog: Catalog) -> None:
    answer = recommend(SHOP, catalog, draws=50)
    for option in (answer.winner, *answer.alternatives, *answer.if_confirmed):
        assert option is not None
        assert tuple(option.estimates) == ESTIMATE_NAMES
        for estimate in option.estimates.values():
            if estimate.mid is None:
                assert estimate.low is None and estimate.high is None and estimate.basis == "unknown"
            else:
                assert estimate.low is not None and estimate.high is not None
                assert estimate.low <= estimate.mid <= estimate.high


def test_contributions_add_up_to_the_score(catalog: Catalog) -> None:
    answer = recommend(SHOP, catalog, detail="answer")
    for option in (answer.winner, *answer.alternatives):
        assert option is not None
        assert math.isclose(sum(option.score.parts.values()), option.score.total, abs_tol=1e-5)


def test_options_come_best_first_and_one_per_strategy_and_model(catalog: Catalog) -> None:
    answer = recommend(SHOP, catalog, detail="answer", alternatives=30)
    options = [answer.winner, *answer.alternatives]
    totals = [option.score.total for option in options if option]
    assert totals == sorted(totals, reverse=True)
    pairs = [(option.strategy.id, option.model.id) for option in options if option]
    assert len(set(pairs)) == len(pairs)
    assert [option.rank for option in options if option] == list(range(1, len(options) + 1))


def test_stated_limits_hold_for_everything_shown(catalog: Catalog) -> None:
    answer = recommend(SHOP, catalog, detail="answer", alternatives=50)
    for option in (answer.winner, *answer.alternatives):
        assert option is not None
        assert (option.estimates["monthly_cost_usd"].mid or math.inf) <= 200
        assert (option.estimates["first_token_p95_ms"].mid or math.inf) <= 2000


def test_the_bill_adds_up_to_the_invoices(catalog: Catalog) -> None:
    option = recommend(SHOP, catalog, detail="answer").winner
    assert option is not None
    monthly = sum(line.mid for line in option.bill if line.when == "monthly" and line.kind == "invoice")
    assert option.estimates["monthly_cost_usd"].mid == pytest.approx(monthly, abs=0.03)


def test_on_premises_nothing_on_the_path_leaves(catalog: Catalog) -> None:
    for task in ("question_answering", "speech_to_text", "extraction", "speech_to_speech"):
        answer = recommend({"task": task, "privacy": {"boundary": "on_premises"}}, catalog, detail="answer", alternatives=50)
        assert answer.winner is not None
        for option in (answer.winner, *answer.alternatives, *answer.if_confirmed):
            places = {option.deployment.place, *(part.deployment.place for part in option.components)}
            assert places <= {"own_site", "device"}


def test_regulated_alone_does_not_forbid_hosted_services(catalog: Catalog) -> None:
    answer = recommend({"task": "chat", "privacy": {"sensitivity": "regulated"}}, catalog, detail="answer", alternatives=50)
    assert answer.winner is not None
    assert "api" in {option.deployment.hosting for option in (answer.winner, *answer.alternatives)}


def test_unknown_privacy_fails_closed_and_says_what_to_ask(catalog: Catalog) -> None:
    needs = {"task": "chat", "privacy": {"certifications": ["fedramp"], "zero_retention": True}}
    answer = recommend(needs, catalog, detail="answer", alternatives=20)
    for option in answer.alternatives:
        assert option.deployment.place in ("own_site", "device")
    assert answer.if_confirmed and all(option.ask for option in answer.if_confirmed)


def test_no_labels_and_none_to_be_had_rule_out_learning(catalog: Catalog) -> None:
    needs = {"task": "classification", "data": {"labelled_examples": 0, "labels_obtainable": False}}
    answer = recommend(needs, catalog, detail="answer", alternatives=50)
    learning = {"finetune_encoder", "finetune_llm", "classical_ml", "distillation", "few_shot", "finetune_specialist"}
    assert not learning & {option.strategy.id for option in (answer.winner, *answer.alternatives) if option}


def test_a_tight_limit_rules_out_remote_language_models(catalog: Catalog) -> None:
    needs = {"task": "classification", "latency": {"p95_ms": 50}, "data": {"labelled_examples": 5000}}
    answer = recommend(needs, catalog, detail="answer", alternatives=50)
    for option in (answer.winner, *answer.alternatives):
        assert option is not None
        assert not (option.deployment.hosting == "api" and option.model.type == "decoder_llm")


def test_impossible_wishes_are_named_and_a_relaxation_works(catalog: Catalog) -> None:
    needs = {"task": "chat", "budget": {"monthly_usd": 0.01}, "latency": {"p95_ms": 1}, "privacy": {"boundary": "on_premises"}}
    answer = recommend(needs, catalog)
    assert answer.status == "nothing_fits" and answer.winner is None
    assert answer.binding and answer.relaxations
    for relaxation in answer.relaxations:
        relaxed = json.loads(json.dumps(needs))
        for change in relaxation.changes:
            folder, field = change.requirement.split(".")
            relaxed[folder][field] = change.to_value
        again = recommend(relaxed, catalog, detail="answer")
        assert again.winner is not None and again.winner.id == relaxation.winner.id


FAST_BEST = {
    "task": "extraction",
    "workload": {"requests_per_month": 2_000_000},
    "latency": {"p95_ms": 200},
    "quality": {"bar": "best"},
    "budget": {"monthly_usd": 300},
}


def test_where_more_labelled_examples_would_do_the_fewest_are_named(catalog: Catalog) -> None:
    def winner(labels: float) -> str | None:
        found = recommend({**FAST_BEST, "data": {"labelled_examples": labels}}, catalog, detail="answer", draws=0).winner
        return None if found is None else found.id

    answer = recommend({**FAST_BEST, "data": {"labelled_examples": 50}}, catalog)
    assert set(answer.binding) == {"quality.bar", "data.labelled_examples"}
    more = [one for one in answer.relaxations if [change.requirement for change in one.changes] == ["data.labelled_examples"]]
    assert [(one.changes[0].from_value, one.changes[0].to_value) for one in more] == [(50, 10_000)]
    assert winner(10_000) == more[0].winner.id
    assert winner(5_000) is None, "the next smaller number does not do"


def test_a_tipping_point_is_true_when_executed(catalog: Catalog) -> None:
    answer = recommend(SHOP, catalog, draws=0)
    assert answer.tipping_points
    for point in answer.tipping_points:
        folder, field = point.requirement.split(".")
        moved = json.loads(json.dumps(SHOP))
        moved.setdefault(folder, {})[field] = point.to_value
        again = recommend(moved, catalog, detail="answer", draws=0)
        assert again.winner is not None and again.winner.id == point.winner.id


def test_modalities_without_a_task_ask_for_the_task(catalog: Catalog) -> None:
    answer = recommend({"modalities": {"input": ["audio"], "output": ["text"]}}, catalog)
    assert answer.status == "needs_answers"
    assert answer.open_questions[0].requirement == "task"


def test_two_facts_are_enough_and_the_next_question_is_named(catalog: Catalog) -> None:
    answer = recommend({"task": "classification", "languages": ["en"]}, catalog)
    assert answer.winner is not None and answer.open_questions
    assert answer.open_questions[0].requirement in {
        "data.labelled_examples",
        "workload.requests_per_month",
        "latency.p95_ms",
        "privacy.boundary",
    }
    assert {one.name for one in answer.assumed} >= {"data.labelled_examples", "workload.requests_per_month"}


def test_answer_alone_leaves_the_searches_out(catalog: Catalog) -> None:
    answer = recommend(SHOP, catalog, detail="answer", draws=0)
    assert (answer.tipping_points, answer.relaxations, answer.open_questions, answer.pilot) == ((), (), (), None)
    assert answer.winner is not None and answer.winner.win_share is None


@pytest.mark.parametrize(
    "needs, words",
    [
        ({"task": "chat", "exclude": ["gpt-99"]}, "'gpt-99' is not in the catalog"),
        ({"task": "chat", "hardware": {"owned": [{"accelerator": "warp core"}]}}, "'warp core' is not in the catalog"),
        ({"task": "chat", "hardware": {"owned": [{"accelerator": "mac -5gb"}]}}, "'mac -5gb' is not in the catalog"),
        ({"task": "chat", "hardware": {"owned": [{"accelerator": "cpu-64"}]}}, "'cpu-64' is not in the catalog"),
        ({"task": "chatt"}, "did you mean 'chat'?"),
        ({"task": "chat", "budget": {"monthly_usd": math.nan}}, "budget.monthly_usd"),
        ({"task": "chat", "budget": {"monthly_usd": math.inf}}, "budget.monthly_usd"),
        ({"task": "chat", "budget": {"monthly_usd": -1}}, "greater than or equal to 0"),
        ({"task": "chat", "workload": {"requests_per_month": 1e30}}, "less than or equal"),
        ({"task": "chat", "workload": {"requests_per_month": True}}, "must be a number"),
        ({"task": "chat", "bugdet": {}}, "'bugdet' is not a field; did you mean 'budget'?"),
        ({}, "give a task, or modalities"),
    ],
)
def test_wrong_requirements_are_one_clear_fault(needs: dict[str, object], words: str, catalog: Catalog) -> None:
    with pytest.raises(InputError) as caught:
        recommend(needs, catalog)
    assert words in str(caught.value)
    assert len(caught.value.faults) == 1


def test_names_that_are_none_are_told_in_one_order(catalog: Catalog) -> None:
    """As the parts stand in the documentation, whatever order Python's sets have in this process."""
    wish = {
        "task": "chta",
        "incumbent": {"provider": "openia"},
        "hardware": {"owned": [{"accelerator": "rtx 99"}]},
        "only": ["gtp-5"],
        "exclude": ["openia/*"],
    }
    with pytest.raises(InputError) as caught:
        recommend(wish, catalog)
    told = [fault.where.removeprefix("requirements.").partition(".")[0] for fault in caught.value.faults]
    assert told[1:] == ["exclude", "only", "hardware", "incumbent"]


def test_excluding_the_winner_promotes_the_next(catalog: Catalog) -> None:
    before = recommend(SHOP, catalog, detail="answer", alternatives=40)
    assert before.winner is not None
    gone = before.winner.model.id
    after = recommend(SHOP | {"exclude": [gone]}, catalog, detail="answer", alternatives=40)
    expected = [option.id for option in before.alternatives if option.model.id != gone]
    assert after.winner is not None
    assert [after.winner.id, *(option.id for option in after.alternatives)][: len(expected)] == expected


def test_the_best_by_another_strategy_is_among_the_alternatives(catalog: Catalog) -> None:
    """The first six take one strategy here; the seventh that is shown is the best of all others, wherever it stands."""
    needs = {"task": "extraction", "data": {"labelled_examples": 1500}}
    answer = recommend(needs, catalog, detail="answer", draws=0)
    further = recommend(needs, catalog, detail="answer", draws=0, alternatives=300)
    assert answer.winner is not None
    others = [one.id for one in further.alternatives if one.strategy.id != answer.winner.strategy.id]
    shown = [one for one in answer.alternatives if one.strategy.id != answer.winner.strategy.id]
    assert others and shown and shown[0].id == others[0]
    assert [one.score.total for one in answer.alternatives] == sorted(
        (one.score.total for one in answer.alternatives), reverse=True
    )


def test_everything_public_is_listed() -> None:
    assert recommender.__all__ == sorted(recommender.__all__)
    assert all(hasattr(recommender, name) for name in recommender.__all__)
    assert Requirements.model_validate(SHOP).task == "chat"


def test_people_who_cost_nothing_and_no_volume_are_still_answered(catalog: Catalog) -> None:
    needs = {"task": "chat", "workload": {"requests_per_month": 0}, "team": {"day_rate_usd": 0}, "budget": {"monthly_usd": 10}}
    answer = recommend(needs, catalog, draws=10)
    assert answer.winner is not None and math.isfinite(answer.winner.score.total)


def test_a_bar_on_a_named_benchmark_lets_through_only_what_reaches_it(catalog: Catalog) -> None:
    answer = recommend({"task": "speech_to_text", "quality": {"bar": {"benchmark": "open-asr-short", "at_most": 7}}}, catalog)
    scores = catalog.columns.benchmarks["open-asr-short"]
    shown = [one for one in (answer.winner, *answer.alternatives) if one is not None]
    assert shown and all(scores[one.model.id] >= 93.0 for one in shown)
    assert any(one.rule == "meets-the-benchmark-bar" and one.verdict == "unknown" for one in answer.excluded)


def test_a_benchmark_nobody_knows_is_a_fault(catalog: Catalog) -> None:
    with pytest.raises(InputError, match="did you mean 'open-asr-short'"):
        recommend({"task": "speech_to_text", "quality": {"bar": {"benchmark": "open-asr-shrt", "at_least": 1}}}, catalog)


def test_an_answer_on_devices_that_nobody_spoke_of_asks_for_them_first(catalog: Catalog) -> None:
    poor = {"task": "summarization", "workload": {"requests_per_month": 3_000_000}, "budget": {"monthly_usd": 30}}
    found = recommend(poor, catalog, draws=0)
    assert found.winner is not None and found.winner.deployment.place == "device"
    first = found.open_questions[0]
    assert first.requirement == "hardware.device_memory_gb" and first.why.endswith(
        "If not all of them have one, nothing would fit."
    )
    assert found.status == "needs_answers"
    without = recommend({**poor, "hardware": {"device_memory_gb": 0.0}}, catalog, draws=0, detail="answer")
    assert without.winner is None, "what the question says holds when it is answered"
    spoken_of = recommend({**poor, "hardware": {"device_memory_gb": 8.0}}, catalog, draws=0)
    assert all(one.requirement != "hardware.device_memory_gb" for one in spoken_of.open_questions)


def test_a_chatbot_of_which_nobody_said_whether_it_must_act_is_asked(catalog: Catalog) -> None:
    needs = {"task": "chat", "knowledge": {"documents": 300}, "workload": {"requests_per_month": 6000}}
    asked = {one.requirement: one for one in recommend(needs, catalog, draws=0).open_questions}
    assert asked["capabilities"].values == (["tool_calling"],) and "a model that calls your tools" in asked["capabilities"].why
    acting = recommend({**needs, "capabilities": ["tool_calling"]}, catalog, draws=0)
    assert acting.winner is not None and acting.winner.strategy.id == "tool_agent"
    assert all(one.requirement != "capabilities" for one in acting.open_questions)
    told = recommend({**needs, "capabilities": ["structured_output"]}, catalog, draws=0)
    assert all(one.requirement != "capabilities" for one in told.open_questions), "who lists what it must do was asked already"


@pytest.mark.parametrize("options", ["zero_shot", [], ["  "]])
def test_a_comparison_of_no_list_is_refused(options: list[str], catalog: Catalog) -> None:
    with pytest.raises(InputError, match="not a list of names"):
        recommender.compare({"task": "summarization"}, options, catalog)


def test_nothing_is_built_on_what_ends_within_half_a_year(catalog: Catalog) -> None:
    # The maker retires tts-1 on 2027-01-06, six weeks after the catalog's day.
    voice = {"task": "text_to_speech", "only": ["openai/tts-1"]}
    found = recommend(voice, catalog, draws=0, detail="answer")
    assert found.winner is None
    assert "is-still-offered" in [one.rule for one in found.excluded]
    once = {**voice, "workload": {"total_requests": 500, "mode": "one_off"}}
    assert recommend(once, catalog, draws=0, detail="answer").winner is not None, "work that is done once is done by then"


@pytest.mark.parametrize("catalog_given", ["catalog", {}, 3])
def test_what_is_no_loaded_catalog_is_told_as_such(catalog_given: object) -> None:
    with pytest.raises(InputError, match="not a loaded catalog; give what load_catalog"):
        recommend(SHOP, catalog_given)  # type: ignore[arg-type]


@pytest.mark.parametrize("overlay", [None, 3, {}])
def test_an_overlay_that_is_no_path_is_told_as_such(overlay: object) -> None:
    with pytest.raises(recommender.CatalogError, match="is not the name of a folder; give a path"):
        recommender.load_catalog(overlays=[overlay])  # type: ignore[list-item]
