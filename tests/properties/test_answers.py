"""What any such engine must hold to, over generated requirements."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as some

sys.path.insert(0, str(Path(__file__).parent))

import answers
from answers import KNOWING, SUPERVISED, TUNED, options, pairs, with_field
from requirements import needs

from recommender import Catalog, Recommendation, load_catalog

CATALOG: Catalog = load_catalog()


def answered(given_needs: dict[str, Any], alternatives: int = 150) -> Recommendation:
    return answers.answered(given_needs, CATALOG, alternatives)


def fitting(given_needs: dict[str, Any]) -> set[tuple[str, str]]:
    return answers.fitting(given_needs, CATALOG)


@given(needs(), some.sampled_from([0.05, 0.3, 0.9]))
def test_a_tighter_budget_only_takes_away(given_needs: dict[str, Any], factor: float) -> None:
    budget = 2000.0
    loose = fitting(with_field(given_needs, "budget.monthly_usd", budget))
    tight = answered(with_field(given_needs, "budget.monthly_usd", budget * factor))
    assert pairs(tight) <= loose
    for option in options(tight):
        assert (option.estimates["monthly_cost_usd"].mid or 0.0) <= budget * factor + 1e-6


@given(needs(), some.sampled_from([0.1, 0.5]))
def test_a_tighter_time_limit_holds(given_needs: dict[str, Any], factor: float) -> None:
    tight = answered(with_field(given_needs, "latency.p95_ms", 4000.0 * factor))
    for option in options(tight):
        assert option.estimates["latency_p95_ms"].mid is not None
        assert option.estimates["latency_p95_ms"].mid <= 4000.0 * factor + 1e-6


@given(needs())
def test_own_premises_keep_everything_in(given_needs: dict[str, Any]) -> None:
    answer = answered(with_field(given_needs, "privacy.boundary", "on_premises"))
    for option in (*options(answer), *answer.if_confirmed):
        assert option.deployment.hosting in ("self_host", "edge")
        assert all(part.deployment.hosting in ("self_host", "edge") for part in option.components)


@given(needs())
def test_without_labels_nothing_is_tuned(given_needs: dict[str, Any]) -> None:
    bare = with_field(with_field(given_needs, "data.labelled_examples", 0.0), "data.labels_obtainable", False)
    assert not SUPERVISED & {strategy for strategy, _ in fitting(bare)}


@given(needs(("classification", "extraction", "translation", "summarization")), some.sampled_from([3, 20, 500]))
def test_more_labels_never_hurt_tuning(given_needs: dict[str, Any], factor: int) -> None:
    few = answered(with_field(given_needs, "data.labelled_examples", 200.0), alternatives=0)
    many = answered(with_field(given_needs, "data.labelled_examples", 200.0 * factor), alternatives=0)
    for strategy in TUNED:
        before = [one.score for one in few.by_strategy if one.strategy == strategy and one.score is not None]
        after = [one.score for one in many.by_strategy if one.strategy == strategy and one.score is not None]
        assert not before or max(after) >= max(before) - 1e-9


@given(needs(("question_answering", "chat")), some.sampled_from(["daily", "hourly"]))
def test_changing_knowledge_is_looked_up(given_needs: dict[str, Any], updates: str) -> None:
    moving = with_field(with_field(given_needs, "knowledge.updates", updates), "knowledge.documents", 2000.0)
    assert {strategy for strategy, _ in fitting(moving)} <= KNOWING


@given(needs(("tabular_prediction",)))
def test_tables_never_go_to_a_language_model(given_needs: dict[str, Any]) -> None:
    answer = answered(with_field(given_needs, "data.labelled_examples", 5000.0))
    assert {option.model.type for option in options(answer)} <= {"linear", "gbdt", "tabular", "rules"}


@given(needs(("question_answering",)), some.sampled_from([1e4, 1e6, 1e8]))
def test_a_large_corpus_is_never_pasted_into_the_prompt(given_needs: dict[str, Any], tokens: float) -> None:
    small = answered(with_field(given_needs, "knowledge.tokens", tokens), alternatives=0)
    large = answered(with_field(given_needs, "knowledge.tokens", tokens * 100), alternatives=0)
    if small.winner and small.winner.strategy.id == "rag" and large.winner:
        assert large.winner.strategy.id != "long_context"
    huge = answered(with_field(given_needs, "knowledge.tokens", 1e9), alternatives=0)
    assert huge.winner is None or huge.winner.strategy.id != "long_context"


@given(needs())
def test_a_higher_bar_only_takes_away(given_needs: dict[str, Any]) -> None:
    good = fitting(with_field(given_needs, "quality.bar", "good"))
    high = answered(with_field(given_needs, "quality.bar", "high"))
    assert pairs(high) <= good
    for option in options(high):
        assert option.estimates["quality"].mid is not None


@given(needs())
def test_words_and_case_change_nothing(given_needs: dict[str, Any]) -> None:
    shouted = {**given_needs, "task": given_needs["task"].upper(), "name": "X", "notes": "=1+1 <b>"}
    assert answered(shouted, 3).model_dump_json() == answered(given_needs, 3).model_dump_json()


@given(needs())
def test_removing_the_winner_promotes_the_next(given_needs: dict[str, Any]) -> None:
    before = answered(given_needs, 20)
    assume(before.winner is not None and before.winner.strategy.id != "train_from_scratch")
    assert before.winner is not None
    gone = before.winner.model.id
    after = answered({**given_needs, "exclude": [gone]}, 60)  # cascades on another large model may come in between
    uses = {
        option.id for option in before.alternatives if gone in [option.model.id, *(part.model.id for part in option.components)]
    }
    expected = [
        option.id for option in before.alternatives[:20] if option.id not in uses
    ]  # beyond: the best by another strategy
    cascades = {option.id for option in (*options(before), *options(after)) if option.strategy.id == "cascade"}
    found = [option.id for option in options(after) if option.id not in cascades]
    kept = [one for one in expected if one not in cascades]
    assert found[: len(kept)] == kept or not kept


@given(needs())
def test_nothing_below_the_winner_is_better_in_everything(given_needs: dict[str, Any]) -> None:
    answer = answered(given_needs)
    assume(answer.winner is not None and answer.winner.estimates["quality"].mid is not None)
    assert answer.winner is not None
    names = ("first_year_cost_usd", "monthly_cost_usd", "latency_p95_ms", "build_days", "upkeep_days_per_month")
    top = answer.winner
    for option in answer.alternatives:
        mine = [top.estimates[name].mid for name in names]
        theirs = [option.estimates[name].mid for name in names]
        if None in mine or None in theirs or option.estimates["quality"].mid is None:
            continue
        better = all(b < a for a, b in zip(mine, theirs, strict=True))  # type: ignore[operator]
        safer = option.score.parts["risk"] >= top.score.parts["risk"]
        as_good = option.estimates["quality"].mid >= (top.estimates["quality"].mid or 0.0)
        assert not (better and safer and as_good)
