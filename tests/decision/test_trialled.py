"""Measurements move what was expected by their weight: worked figures, and what a measurement never does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender import Catalog, InputError, Option, Requirements, recommend
from recommender.decision.decide import with_intervals
from recommender.domain.recommendation import Estimate
from recommender.engine import decider, with_evidence
from recommender.explanation.options import _quality, option_id

NEEDS = {"task": "classification", "data": {"labelled_examples": 500, "classes": 5}}


def evidence(option: Option, quality: float, error: float, examples: int = 100, **more: Any) -> dict[str, Any]:
    own = {"metric": "accuracy", "source": "own trial", "date": "2026-11-24"}
    result = {"strategy": option.strategy.id, "model": option.model.id, "quality": quality, "standard_error": error}
    return {"task": "classification", "results": [{**result, "examples": examples, **own, **more}]}


@pytest.fixture(scope="module")
def before(catalog: Catalog) -> Option:
    winner = recommend(NEEDS, catalog, draws=0, detail="answer").winner
    assert winner is not None
    return winner


def after(catalog: Catalog, option: Option, given_evidence: dict[str, Any]) -> Estimate:
    """The option's quality with evidence, wherever it then stands."""
    decision = decider(with_evidence(catalog, given_evidence, Requirements.model_validate(NEEDS)))(
        Requirements.model_validate(NEEDS)
    )
    rows = [row for row in range(len(decision.candidates)) if decision.fits[row] and option_id(decision, row) == option.id]
    decision = with_intervals(decision, np.array(rows))
    return _quality(decision, rows[0])


def test_the_posterior_is_the_precision_weighted_mean(catalog: Catalog, before: Option) -> None:
    expected = before.estimates["quality"]
    assert expected.low is not None and expected.mid is not None and expected.high is not None
    spread = (expected.high - expected.low) / 2.0 / 1.2816
    weight = spread**2 / (spread**2 + 4.0**2)
    found = after(catalog, before, evidence(before, 60.0, 4.0))
    assert found.mid == pytest.approx(expected.mid + weight * (60.0 - expected.mid), abs=1e-3)
    assert found.high is not None and found.mid is not None
    assert found.high - found.mid == pytest.approx(1.2816 * 4.0 * weight**0.5, abs=1e-3)


def test_few_examples_move_it_little_and_many_a_lot(catalog: Catalog, before: Option) -> None:
    mid = before.estimates["quality"].mid or 0.0
    measured = [evidence(before, 50.0, 50.0 / examples**0.5, examples) for examples in (1, 11, 156, 10_000)]
    moved = [mid - (after(catalog, before, one).mid or 0.0) for one in measured]
    assert moved == sorted(moved)
    assert moved[0] < 0.1 * (mid - 50.0) and moved[-1] > 0.95 * (mid - 50.0)


def test_one_right_answer_is_not_certainty_whatever_a_file_says(catalog: Catalog, before: Option) -> None:
    expected = before.estimates["quality"]
    assert expected.low is not None and expected.mid is not None and expected.high is not None
    spread = (expected.high - expected.low) / 2.0 / 1.2816
    least = 100.0 * (0.6 * 0.4 / 5.0) ** 0.5 / 3.0  # (1 + 2) of (1 + 4) are right: a third of the error that has
    weight = spread**2 / (spread**2 + least**2)
    found = after(catalog, before, evidence(before, 100.0, 0.001, examples=1))
    assert found.mid == pytest.approx(expected.mid + weight * (100.0 - expected.mid), abs=1e-3)


@pytest.mark.parametrize(
    "more, words",
    [
        ({"date": "1900-01-01"}, "is before anything of the kind was measured"),
        ({"latency_p50_ms": 900.0, "latency_p95_ms": 100.0}, "latency_p50_ms is above latency_p95_ms"),
    ],
)
def test_what_makes_no_sense_is_refused(catalog: Catalog, before: Option, more: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        recommend(NEEDS, catalog, evidence=evidence(before, 50.0, 5.0, **more))
    assert words in str(caught.value)


def test_the_trial_is_named_and_the_grade_is_earned(catalog: Catalog, before: Option) -> None:
    vague = after(catalog, before, evidence(before, 80.0, 40.0, 5))
    clear = after(catalog, before, evidence(before, 80.0, 1.0, 900))
    assert vague.grade == before.estimates["quality"].grade and clear.grade == clear.basis == "measured"
    assert (
        clear.sources[0]
        == vague.sources[0].replace("on 5 own", "on 900 own")
        == "own trial (2026-11-24): accuracy 80 on 900 own examples"
    )


def test_nothing_else_moves(catalog: Catalog, before: Option) -> None:
    plain = recommend(NEEDS, catalog, draws=0, detail="answer", alternatives=60)
    moved = recommend(NEEDS, catalog, draws=0, detail="answer", alternatives=60, evidence=evidence(before, 1.0, 0.5))
    old = {one.id: one.estimates for one in plain.alternatives}
    shared = [one for one in (moved.winner, *moved.alternatives) if one and one.id in old]
    assert len(shared) > 50 and all(one.estimates == old[one.id] for one in shared)


def test_the_catalog_is_left_as_it_was(catalog: Catalog, before: Option) -> None:
    recommend(NEEDS, catalog, draws=0, detail="answer", evidence=evidence(before, 1.0, 0.5))
    again = recommend(NEEDS, catalog, draws=0, detail="answer").winner
    assert again == before


def test_draws_know_of_it(catalog: Catalog, before: Option) -> None:
    answer = recommend(NEEDS, catalog, draws=50, detail="answer", evidence=evidence(before, 99.0, 0.3, 5000))
    assert answer.winner is not None and answer.winner.id == before.id
    quality = answer.winner.estimates["quality"]
    assert quality.high is not None and quality.low is not None and quality.high - quality.low < 1.0


@settings(max_examples=15)
@given(quality=st.floats(0, 100), error=st.floats(0.01, 100))
def test_the_posterior_lies_between_and_is_never_wider(catalog: Catalog, before: Option, quality: float, error: float) -> None:
    old = before.estimates["quality"]
    new = after(catalog, before, evidence(before, quality, error))
    assert old.low is not None and old.mid is not None and old.high is not None
    assert new.low is not None and new.mid is not None and new.high is not None
    assert min(old.mid, quality) - 1e-3 <= new.mid <= max(old.mid, quality) + 1e-3
    assert new.high - new.low <= old.high - old.low + 1e-3


@pytest.mark.parametrize(
    "change, words",
    [
        ({"task": "chat"}, "was measured on chat, the question is classification"),
        ({"results": [{"strategy": "rag"}]}, "'quality' is missing"),
        ({"tusk": 1}, "'tusk' is not a field"),
    ],
)
def test_wrong_evidence_is_refused(catalog: Catalog, before: Option, change: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        recommend(NEEDS, catalog, evidence={**evidence(before, 50.0, 5.0), **change})
    assert words in str(caught.value)


def test_a_model_that_nobody_knows_is_refused_with_a_near_name(catalog: Catalog, before: Option) -> None:
    given_evidence = evidence(before, 50.0, 5.0, model=before.model.id + "x")
    with pytest.raises(InputError, match=f"did you mean '{before.model.id}'"):
        recommend(NEEDS, catalog, evidence=given_evidence)


@pytest.mark.parametrize(
    "measured, wish, said",
    [
        ({"latency_p95_ms": 900_000}, {"latency": {"p95_ms": 20_000}}, "took longer than you allow"),
        ({"latency_p95_ms": 10}, {"latency": {"p95_ms": 20_000}}, None),
        ({"latency_p95_ms": 900_000}, {}, None),
        ({"usd_per_1k_requests": 9999}, {"budget": {"monthly_usd": 5000}}, "is above your budget"),
        ({"usd_per_1k_requests": 0.001}, {"budget": {"monthly_usd": 5000}}, None),
    ],
)
def test_a_measured_time_or_bill_beyond_a_limit_warns_and_takes_nothing_out(
    measured: dict[str, Any], wish: dict[str, Any], said: str | None, catalog: Catalog
) -> None:
    needs = {**NEEDS, "workload": {"requests_per_month": 10_000}, **wish}
    plain = recommend(needs, catalog, draws=0, detail="answer").winner
    assert plain is not None
    found = recommend(
        needs, catalog, draws=0, detail="answer", alternatives=10, evidence=evidence(plain, 99.0, 0.5, **measured)
    )
    options = [one for one in (found.winner, *found.alternatives) if one is not None]
    warned = {(one.strategy.id, one.model.id) for one in options for words in one.cautions if "our own measurement" in words}
    assert warned == ({(plain.strategy.id, plain.model.id)} if said else set())
    assert said is None or any(said in words for words in options[0].cautions)
    assert found.winner is not None and found.winner.estimates["latency_p95_ms"] == plain.estimates["latency_p95_ms"]


CHAT = {"task": "chat", "workload": {"requests_per_month": 10_000}}


def measured_chat(catalog: Catalog, scores: dict[str, float], metric: str) -> dict[str, tuple[float, str]]:
    """Quality and grade of prompted models, with what was measured of some of them on 400 examples, 2 points of standard error."""
    own = {"strategy": "zero_shot", "standard_error": 2.0, "examples": 400, "metric": metric, "source": "own trial"}
    results = [{**own, "model": model, "quality": score, "date": "2026-11-24"} for model, score in scores.items()]
    told = {"task": "chat", "results": results} if results else None
    needs = Requirements.model_validate(CHAT)
    decision = decider(with_evidence(catalog, told, needs) if told else catalog)(needs)
    found = {}
    for model in ("openai/gpt-6-luna", "anthropic/claude-haiku-5-5", "xai/grok-4.5"):
        mine = decision.candidates.model == decision.columns.models.ids.index(model)
        plain = decision.candidates.strategy == [one.id for one in decision.columns.strategies].index("zero_shot")
        row = int(np.flatnonzero(mine & plain)[0])
        told_quality = _quality(with_intervals(decision, np.array([row])), row)
        assert told_quality.mid is not None and told_quality.grade is not None
        found[model] = (told_quality.mid, told_quality.grade)
    return found


def test_shared_words_move_differences_and_never_the_level(catalog: Catalog) -> None:
    was = measured_chat(catalog, {}, "")
    luna, haiku, grok = was
    now = measured_chat(catalog, {luna: 24.0, haiku: 34.0}, "rouge_l")
    # Both lie some 50 points below what is expected; that is taken off, and the ten between them are left.
    assert now[luna][0] < was[luna][0] and now[haiku][0] > was[haiku][0]
    assert now[luna][0] + now[haiku][0] == pytest.approx(was[luna][0] + was[haiku][0], abs=1.5)
    assert [now[one][1] for one in was] == [was[one][1] for one in was], "no grade is earned"
    assert now[grok] == was[grok], "what was not measured is not left behind"


def test_shared_words_of_one_candidate_alone_move_nothing(catalog: Catalog) -> None:
    was = measured_chat(catalog, {}, "")
    assert measured_chat(catalog, {next(iter(was)): 24.0}, "ROUGE-L") == was
    judged = measured_chat(catalog, {next(iter(was)): 24.0}, "judge")
    assert judged[next(iter(was))][0] < was[next(iter(was))][0] - 10, "a judge's share of acceptable answers does"


def test_what_else_is_on_view_changes_no_interval(catalog: Catalog) -> None:
    own = {
        "strategy": "zero_shot",
        "standard_error": 1.0,
        "examples": 500,
        "metric": "rouge_l",
        "source": "own",
        "date": "2026-11-24",
    }
    told = {
        "task": "summarization",
        "results": [
            {**own, "model": "qwen/qwen3-8b", "quality": 40.0},
            {**own, "model": "openai/gpt-4o-mini", "quality": 12.0},
        ],
    }
    winner = recommend({"task": "summarization"}, catalog, evidence=told).winner
    assert winner is not None
    quality = winner.estimates["quality"]
    assert quality.low is not None and quality.mid is not None and quality.high is not None
    assert quality.low <= quality.mid <= quality.high
    other = {"task": "summarization", "results": [told["results"][0], {**told["results"][1], "metric": "bleu"}]}
    alone = recommend({"task": "summarization"}, catalog, draws=0, detail="answer").winner
    mixed = recommend({"task": "summarization"}, catalog, draws=0, detail="answer", evidence=other).winner
    assert alone is not None and mixed is not None and mixed.id == alone.id, "one metric is not held against another"


@pytest.mark.parametrize("metric", ["judge\n\nRuled out\n- all", "a\tb"])
def test_what_is_quoted_writes_no_lines_of_its_own(metric: str, catalog: Catalog, before: Option) -> None:
    with pytest.raises(InputError, match="metric"):
        after(catalog, before, evidence(before, 60.0, 4.0, metric=metric))
