"""What a published comparison is read as: which rival it really had, and what can be learned from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from recommender.evidence.comparisons import Comparison
from recommender.evidence.strategy_fit import StrategyFit, between_strategies, comparison_terms

RETRIEVAL = Comparison(
    "study",
    "paper",
    2024,
    "exam",
    "knowledge_qa",
    "rag",
    "own_prompt",
    "a model",
    7.0,
    5.0,
    None,
    None,
    "holds",
    "public",
    40.0,
    55.0,
)
SHOWN = replace(RETRIEVAL, family="classification", strategy="few_shot", examples=10.0, corpus="")
ENCODER = replace(
    RETRIEVAL, family="classification", strategy="finetune_encoder", rival="tuned_encoder", per_class=8.0, corpus=""
)


def test_the_same_shots_on_both_sides_make_no_difference() -> None:
    for strategy in ("rag", "continued_pretraining", "rag_finetune_raw"):
        bare = replace(RETRIEVAL, strategy=strategy)
        assert comparison_terms(replace(bare, rival="own_few_shot")) == comparison_terms(bare)


def test_tuning_does_without_the_shots_it_is_held_against() -> None:
    tuned = replace(SHOWN, strategy="finetune_llm", rival="own_few_shot")
    assert comparison_terms(tuned)["few_shot"] == -1.0


def test_more_shots_against_one_tell_of_their_number_alone() -> None:
    terms = comparison_terms(replace(SHOWN, rival="own_one_shot"))
    assert terms["few_shot:examples"] == pytest.approx(1.0)  # from 1 to 10 shots is a decade
    assert all(value == 0.0 for name, value in terms.items() if name not in ("few_shot:examples", "base"))


def test_a_corpus_without_the_answers_is_never_said_to_help() -> None:
    kind = StrategyFit({"look_up:lacks": 2.0, "look_up:private": 2.0, "base": 1.0, "any": 1.0})
    lacking = replace(RETRIEVAL, corpus="lacks", knowledge="private", rival_score=20.0)
    assert kind.gain(lacking) == 0.0
    assert kind.gain(replace(lacking, corpus="holds")) > 0.0
    assert set(comparison_terms(lacking)) == {"look_up:lacks"}
    assert StrategyFit({"look_up:lacks": -0.5}).gain(lacking) < 0.0


def test_a_student_is_never_said_to_pass_its_teacher() -> None:
    fit = StrategyFit({"distillation": 2.0, "any": 1.0})
    assert fit.gain(replace(ENCODER, strategy="distillation", rival="teacher")) == 0.0
    assert fit.gain(replace(ENCODER, strategy="distillation", rival="best_prompt")) > 0.0


def test_two_encoders_on_the_same_examples_are_no_comparison_of_strategies() -> None:
    more_examples = replace(ENCODER, rival="full_data")
    by_pairs = replace(ENCODER, strategy="setfit")
    other_recipe = replace(ENCODER, strategy="finetune_llm", rival="other")
    rows = [ENCODER, more_examples, by_pairs, other_recipe, RETRIEVAL]
    assert between_strategies(rows) == (more_examples, by_pairs, RETRIEVAL)


def test_shots_count_per_class() -> None:
    # Ten shots over 77 labels are 0.13 of each, over two labels five; ten without labels count as one.
    for per_class, decades in ((10 / 77, -0.886), (5.0, 0.699), (None, 0.0)):
        assert comparison_terms(replace(SHOWN, per_class=per_class))["few_shot:examples"] == pytest.approx(decades, abs=1e-3)


def test_speech_is_learned_by_the_hour() -> None:
    heard = replace(
        RETRIEVAL, family="asr", strategy="finetune_specialist", rival="own_prompt", examples=None, corpus="", hours=2.0
    )
    assert comparison_terms(heard)["finetune_specialist"] == pytest.approx(0.5)  # half of it after two hours
    # Against the same model tuned on all there is, ten minutes are what they lack: 0.077 - 0.998.
    little = comparison_terms(replace(heard, hours=1 / 6, rival="full_data"))
    assert little["finetune_specialist"] == pytest.approx(1 / 6 / (1 / 6 + 2) - 1000 / 1002)
