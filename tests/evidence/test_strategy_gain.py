"""What strategies add: held by construction, whatever the fit says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from recommender import load_catalog
from recommender.decision.decide import middles
from recommender.domain.evidence import Gain, LearningCase
from recommender.domain.words import STRATEGIES
from recommender.evidence.quantisation import quantisation_retained
from recommender.evidence.strategy_gain import SHARES, strategy_gain
from recommender.evidence.strategy_terms import KINDS

FAMILIES = sorted(KINDS)
LEARNING = ("few_shot", "finetune_llm", "finetune_encoder", "finetune_specialist", "classical_ml", "rag_finetune")
LOOKING_UP = ("rag", "rag_finetune", "long_context")
IN_WEIGHTS = ("finetune_llm", "continued_pretraining")
CADENCES = ("static", "yearly", "monthly", "weekly", "daily", "hourly")
MIDDLES = middles(load_catalog().columns.assumptions)
LABELS = np.array([0, 1, 3, 10, 30, 100, 300, 1e3, 3e3, 1e4, 1e5, 1e6])

cases = some.builds(
    LearningCase,
    assumed=some.just(MIDDLES),
    labelled_examples=some.floats(0, 1e6),
    classes=some.integers(1, 200).map(float),
    is_noisy=some.booleans(),
    corpus_tokens=some.floats(1e2, 1e10),
    answers_in_corpus=some.one_of(some.none(), some.booleans(), some.floats(0, 1)),
    knowledge_is_private=some.floats(0, 1),
    updates=some.sampled_from(CADENCES),
    retriever_recall=some.one_of(some.none(), some.floats(0, 1)),
)
baselines = some.floats(1, 99)
families = some.sampled_from(FAMILIES)
unhurried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def ends(gain: Gain) -> tuple[np.ndarray, ...]:
    return tuple(np.atleast_1d(np.asarray(end, dtype=float)) for end in (gain.low, gain.mid, gain.high))


def never_falls(values: np.ndarray) -> bool:
    return bool((np.diff(values) >= -1e-9).all())


@pytest.mark.parametrize("name", LEARNING)
@unhurried
@given(case=cases, family=families, baseline=baselines)
def test_more_labels_never_lower_a_tuned_quality(name, case, family, baseline, strategy):
    many = replace(case, labelled_examples=LABELS)
    gain = strategy_gain(strategy, name, family, many, np.full(len(LABELS), baseline))
    assert all(never_falls(end) for end in ends(gain))


@pytest.mark.parametrize("name", LOOKING_UP)
@unhurried
@given(case=cases, family=families, baseline=baselines)
def test_a_corpus_without_the_answers_never_makes_retrieval_attractive(name, case, family, baseline, strategy):
    _, mid, high = ends(strategy_gain(strategy, name, family, replace(case, answers_in_corpus=False), baseline))
    assert (mid <= 0).all() and (high <= 1e-12).all()


@pytest.mark.parametrize("name", ["rag", "rag_finetune"])
@unhurried
@given(case=cases, family=families, baseline=baselines)
def test_finding_more_answers_never_lowers_retrieval(name, case, family, baseline, strategy):
    recalls = np.linspace(0, 1, 11)
    _, mid, _ = ends(strategy_gain(strategy, name, family, replace(case, retriever_recall=recalls), np.full(11, baseline)))
    assert never_falls(mid)


@unhurried
@given(case=cases, family=families, baseline=baselines)
def test_a_larger_corpus_never_favours_long_context(case, family, baseline, strategy):
    sizes = np.logspace(2, 10, 17)
    gain = strategy_gain(strategy, "long_context", family, replace(case, corpus_tokens=sizes), np.full(17, baseline))
    assert all(never_falls(-end) for end in ends(gain))


@pytest.mark.parametrize("name", IN_WEIGHTS)
@unhurried
@given(case=cases, family=families, baseline=baselines)
def test_faster_changing_knowledge_never_favours_weights(name, case, family, baseline, strategy):
    mids = [ends(strategy_gain(strategy, name, family, replace(case, updates=pace), baseline))[1] for pace in CADENCES]
    assert never_falls(-np.concatenate(mids))


@pytest.mark.parametrize("name", LEARNING)
@unhurried
@given(case=cases, family=families, baseline=baselines)
def test_noisy_labels_never_help(name, case, family, baseline, strategy):
    clean, noisy = (strategy_gain(strategy, name, family, replace(case, is_noisy=on), baseline) for on in (False, True))
    assert (ends(noisy)[1] <= ends(clean)[1] + 1e-9).all()


@pytest.mark.parametrize("name", STRATEGIES)
@unhurried
@given(case=cases, family=families, baseline=baselines)
def test_an_interval_holds_its_middle_and_quality_stays_on_the_scale(name, case, family, baseline, strategy):
    gain = strategy_gain(strategy, name, family, case, baseline)
    if gain.grade == "none":
        assert np.isnan(ends(gain)[1]).all() and gain.sources == ()
        return
    low, mid, high = ends(gain)
    assert (low <= mid + 1e-9).all() and (mid <= high + 1e-9).all()
    after = gain.quality_after(baseline)
    assert all((np.asarray(value) >= 0).all() and (np.asarray(value) <= 100).all() for value in after)


@pytest.mark.parametrize("name", sorted(SHARES))
def test_a_predicted_gain_names_its_studies(name, strategy):
    gain = strategy_gain(strategy, name, "classification", LearningCase(MIDDLES, labelled_examples=500.0, classes=5.0), 70.0)
    assert gain.grade == "predicted" and gain.sources


def test_without_examples_a_tuned_model_is_the_model_it_was(strategy):
    gain = strategy_gain(strategy, "finetune_llm", "classification", LearningCase(MIDDLES, labelled_examples=0.0), 60.0)
    assert float(gain.mid) == pytest.approx(0.0)


def test_a_gain_by_hand():
    # any 1 + trained 0 + own 0, half reached at 20 per class: 0.5 logits from 50 points: 1 / (1 + exp(-0.5)) = 62.25 points;
    # of a headroom of 50 that is 12.25 / 50 = 0.2449.
    calibration: Mapping[str, Any] = {
        "terms": {"any": 1.0}, "width_logits": {"adapted": 0.0}, "kinds": {"finetune_llm": ["label"]}, "studies": {},
    }  # fmt: skip
    case = LearningCase(MIDDLES, labelled_examples=200.0, classes=10.0)
    gain = strategy_gain(calibration, "finetune_llm", "classification", case, 50.0)
    assert float(gain.mid) == pytest.approx(0.2449, abs=1e-4)
    assert float(gain.quality_after(50.0)[1]) == pytest.approx(62.25, abs=0.01)


TUNING: Mapping[str, Any] = {
    "terms": {"any": 1.0, "best_prompt": 0.6, "best_prompt:year": 0.6}, "width_logits": {"adapted": 0.0},
    "kinds": {"finetune_llm": ["label"]}, "studies": {}, "newest_rival_year": 2023,
}  # fmt: skip
HALF_TUNED = LearningCase(MIDDLES, labelled_examples=200.0, classes=10.0, best_prompted=50.0)  # 20 per class


def tuned_from(start: float, assumed: Mapping[str, float], year: int = 2023) -> float:
    """Points after half of a tuning."""
    case = replace(HALF_TUNED, assumed={**MIDDLES, **assumed})
    calibration = {**TUNING, "newest_rival_year": year}
    return float(strategy_gain(calibration, "finetune_llm", "classification", case, start).quality_after(start)[1])


def test_of_a_better_start_a_share_is_left_after_tuning():
    # The best prompted model (0 logits) is 0.6 ahead of the studies' models: from -0.6 they reach 0.4.
    # One at -0.9 (28.91 points) aims at 0.4 - 0.25 x 0.3 = 0.325, half of the way is -0.2875: 42.86 points.
    # The best itself aims at 0.4 + 0.25 x 0.6 = 0.55, half of it is 0.275: 56.83 points.
    quarter = {"start_carries_over": 0.25}
    assert tuned_from(28.91, quarter) == pytest.approx(42.86, abs=0.01)
    assert tuned_from(50.0, quarter) == pytest.approx(56.83, abs=0.01)
    # Were all of it left, every model would gain the whole logit, half of it: from -0.9 to -0.4, 40.13 points.
    assert tuned_from(28.91, {"start_carries_over": 1.0}) == pytest.approx(40.13, abs=0.01)


def test_small_models_that_kept_pace_with_their_rivals_reach_more():
    # Three years later the best are 1.2 ahead, or 0.9 where half of their gain was kept pace with: from -0.9 to 0.1, half is -0.4.
    kept = {"start_carries_over": 0.25, "carriers_keep_pace": 0.5}
    assert tuned_from(28.91, kept, 2026) == pytest.approx(40.13, abs=0.01)
    # Where none was, the studies' models start at -1.2 and reach -0.2; 0.3 ahead of them leaves 0.075: -0.125, half is -0.5125.
    assert tuned_from(28.91, {**kept, "carriers_keep_pace": 0.0}, 2026) == pytest.approx(37.46, abs=0.01)


@unhurried
@given(case=cases, family=families, best=baselines, carried=some.floats(0.1, 0.5))
def test_a_better_start_never_ends_worse_and_never_below_itself(case, family, best, carried, strategy):
    starts = np.linspace(5, 95, 19)
    known = replace(case, best_prompted=best, assumed={**MIDDLES, "start_carries_over": carried})
    after = strategy_gain(strategy, "finetune_llm", family, known, starts).quality_after(starts)[1]
    assert never_falls(np.asarray(after)) and (after >= starts - 1e-9).all()


def test_the_nearest_examples_say_more_the_more_there_are_to_choose_from(strategy):
    few, many = (
        strategy_gain(
            strategy, "few_shot", "classification", LearningCase(MIDDLES, labelled_examples=n, classes=77.0), 60.0
        ).mid
        for n in (20.0, 7700.0)
    )
    two_classes = [
        float(
            strategy_gain(
                strategy, "few_shot", "classification", LearningCase(MIDDLES, labelled_examples=n, classes=2.0), 60.0
            ).mid
        )
        for n in (20.0, 7700.0)
    ]
    assert float(many) > float(few) + 0.1
    assert two_classes[1] == pytest.approx(two_classes[0]), "of two classes ten examples show both anyhow"


def test_fewer_bits_never_gain(strategy):
    bits = np.array([16.0, 8.0, 6.0, 5.0, 4.0, 3.0, 2.0])
    _, mid, _ = ends(quantisation_retained(strategy, bits))
    assert mid[0] == 1.0 and never_falls(-mid)
