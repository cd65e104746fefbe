"""Calibration: reproducible, fresh, and as good as it says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.catalog.strict_yaml import read_document
from recommender.errors import InputError
from recommender.evidence.benchmarks import ReleasedModel, read_benchmarks, read_released_models
from recommender.evidence.calibrate import calibrate, merged, records_digest
from recommender.evidence.comparisons import read_comparisons
from recommender.evidence.factor import fit_factor, place
from recommender.evidence.plain_yaml import plain_yaml
from recommender.evidence.prior import design, frequent_labs
from recommender.evidence.quality_fit import Widths, facts_of, fit_quality, quality_calibration
from recommender.evidence.strategy_fit import between_strategies, fit_strategies
from recommender.whole_files import write_all

CATALOG = Path(__file__).parents[2] / "catalog"
FEW = (
    "arena-2025-full",
    "arena-2025-if",
    "aider-polyglot",
    "bfcl-live",
    "euroeval-en-reading",
    "vectara-consistency",
    "models",
)
STUDIES = (
    "lora-land",
    "setfit",
    "ovadia-2023",
    "bloomberggpt",
    "raft",
    "sbert-distillation",
    "aider-quantisation",
    "tip-adapter",
)


def linked(folder: Path) -> Path:
    for name, files in (("benchmarks", FEW), ("evidence", STUDIES)):
        (folder / name).mkdir(parents=True)
        for file in files:
            (folder / name / f"{file}.yaml").write_bytes((CATALOG / name / f"{file}.yaml").read_bytes())
    return folder


@pytest.mark.parametrize("name", ["quality", "strategy"])
def test_the_calibration_was_made_from_todays_records(name, request):
    told = request.getfixturevalue(name)["digest"]
    assert told == records_digest(CATALOG), "benchmarks/ or evidence/ changed: run `recommender calibrate`"


def test_refitting_gives_the_shipped_quality(quality, benchmark_records):
    scored, released = read_benchmarks(benchmark_records), read_released_models(benchmark_records)
    widths = quality["interval_widths"]
    made = quality_calibration(
        fit_quality(scored, released), scored, Widths(widths["scored"], widths["few"], widths["unscored"])
    )
    again = read_document(plain_yaml(made, "again").encode(), "again").value
    assert again["prior"] == quality["prior"] and again["tasks"] == quality["tasks"]
    assert {m: set(rows) for m, rows in again["quality"].items()} == {m: set(rows) for m, rows in quality["quality"].items()}


def test_refitting_gives_the_shipped_strategy_terms(strategy, evidence_records):
    fit = fit_strategies(between_strategies(read_comparisons(evidence_records)))
    assert {name: round(value, 3) for name, value in fit.coefficients.items()} == pytest.approx(strategy["terms"], abs=1e-3)


def test_calibrating_twice_gives_the_same_bytes(tmp_path):
    folder = linked(tmp_path / "catalog")
    first = {path.name: path.read_bytes() for path in write_all(folder, calibrate(folder).files)}
    second = {path.name: path.read_bytes() for path in write_all(folder, calibrate(folder).files)}
    assert first == second and set(first) == {"quality.yaml", "strategy.yaml"}
    assert not list((folder / "calibration").glob("*.tmp"))
    for name, text in first.items():
        assert read_document(text, name).value["digest"] == records_digest(folder)


def test_a_changed_score_changes_the_digest(tmp_path):
    folder = linked(tmp_path / "catalog")
    before = records_digest(folder)
    path = folder / "benchmarks" / "bfcl-live.yaml"
    path.write_text(path.read_text().replace("noise_floor: 3.1", "noise_floor: 3.2"))
    assert records_digest(folder) != before


def test_whole_sources_left_out_meet_their_promise(quality):
    check = quality["checks"]["whole_sources_left_out"]
    assert check["better_than_mean"] >= 0.42 and check["rank_correlation"] >= 0.72
    assert 0.77 <= check["coverage"] <= 0.83


@pytest.mark.parametrize(("known", "better"), [(0, 0.20), (1, 0.33)])
def test_newer_models_from_older_ones_meet_their_promise(known, better, quality):
    check = quality["checks"][f"newer_models_{known}_scores_known"]
    assert check["better_than_mean"] >= better and 0.77 <= check["coverage"] <= 0.83


def test_a_study_left_out_meets_its_promise(strategy):
    check = strategy["checks"]["one_study_left_out"]
    assert check["error_points"] <= 11 and 0.77 <= check["coverage_over_studies"] <= 0.83
    assert check["sign_right"] >= 0.85 and check["sign_right_beyond_noise"] >= 0.89


def test_studies_held_aside_are_told_and_never_fitted(strategy, evidence_records):
    """What was seen on 2026-11-30: 12.3 points, 64 % of signs and 73 % beyond the noise floor, 74 % inside the interval."""
    aside = {one.study for one in read_comparisons(evidence_records, held_aside=True)}
    fitted = read_comparisons(evidence_records)
    assert len(aside) == 44 and not aside & {one.study for one in fitted}
    named = {study for studies in strategy["studies"].values() for study in studies}
    assert not aside & named
    told = strategy["checks"]["studies_never_fitted"]
    assert told["studies"] == 44 and told["error_points"] <= 13.0 and told["sign_right_beyond_noise"] >= 0.72


def test_what_was_trained_to_translate_teaches_nothing_of_language_models():
    """Their rows have no term but their lab's: what sizes, days and openness say of the others is fitted without them."""
    released = {f"llm-{i}": ReleasedModel("other", date(2024, 1 + i, 1), 8.0 + i, 8.0 + i, True, False) for i in range(8)}
    apart = {f"mt-{i}": ReleasedModel("translators", None, None, None, True, False) for i in range(4)}
    entities = [(model, "direct") for model in (*released, *apart)]
    facts = facts_of(entities, released | apart)
    labs = frequent_labs(facts.labs)
    matrix = design(facts, labs)
    assert labs == ("translators",) and (matrix[:8, 0] == 1).all()
    assert (matrix[8:, :-1] == 0).all() and (matrix[8:, -1] == 1).all()


def test_guards_and_prompted_models_stand_on_one_scale_of_moderation(quality):
    """F1 as published: 0.7 x the moderation set + 0.3 x ToxicChat; makers' own figures less 3.9 and 13.8 points, as pairs say."""

    def at(model):
        return quality["quality"][model]["moderation"][1]

    assert at("unitary/toxic-bert") == pytest.approx(0.7 * 64.6 + 0.3 * 26.5, abs=0.1)
    assert at("meta-llama/llama-guard-3-8b") == pytest.approx(0.7 * 79.0 + 0.3 * 48.6, abs=0.1)
    assert at("anthropic/claude-sonnet-4-6") == pytest.approx(0.7 * 78.5 + 0.3 * 66.7, abs=0.1)
    # the middle of strict (66.5, 65.1) and loose (77.6, 77.7)
    assert at("qwen/qwen3guard-gen-0.6b") == pytest.approx(0.7 * (72.05 - 3.9) + 0.3 * (71.4 - 13.8), abs=0.1)


def test_moderation_moves_nobodys_capability(quality):
    assert "capability" not in quality["quality"]["unitary/toxic-bert"]
    scores = np.array([[0.0, 1.0], [1.0, -5.0], [2.0, 1.0], [3.0, 5.0], [4.0, 0.0], [5.0, np.nan]])
    tells = np.array([True, False])
    factor = fit_factor(scores, np.ones((6, 1)), np.array([0.001]), ("a", "b"), tells)
    alone = fit_factor(scores[:, :1], np.ones((6, 1)), np.array([0.001]), ("a",))
    found, expected = place(factor, scores, np.ones((6, 1)))[0], place(alone, scores[:, :1], np.ones((6, 1)))[0]
    assert np.allclose(found, expected)


def test_tables_of_translated_sentences_place_translators_alone():
    """Five language models and a trained translator (no constant among its facts), which only the second table has."""
    scores = np.array([[0.0, 9.0], [1.0, -5.0], [2.0, 1.0], [3.0, 5.0], [4.0, 0.0], [np.nan, 4.0]])
    facts = np.array([[1.0, 0.0]] * 5 + [[0.0, 1.0]])
    tells, links = np.array([True, False]), np.array([False, True])
    factor = fit_factor(scores, facts, np.array([0.001, 0.001]), ("a", "b"), tells, links)
    alone = fit_factor(scores[:, :1], facts, np.array([0.001, 0.001]), ("a",))
    found, expected = place(factor, scores, facts)[0], place(alone, scores[:, :1], facts)[0]
    assert np.allclose(found[:5], expected[:5]), "language models stand as without the table"
    better = scores.copy()
    better[5, 1] = 6.0
    rising = np.sign(factor.loading[1])
    assert rising * (place(factor, better, facts)[0][5] - found[5]) > 0, "the translator stands by it"


def test_the_factor_finds_capability_in_made_up_scores():
    generator = np.random.default_rng(0)
    ability = generator.normal(size=120)
    scores = ability[:, None] * np.array([0.5, 1.0, 2.0, 0.8]) + np.array([0.0, 1.0, -1.0, 3.0])
    scores += generator.normal(scale=0.1, size=scores.shape)
    scores[generator.random(scores.shape) < 0.4] = np.nan
    seen = np.isfinite(scores).any(axis=1)
    facts, held = np.ones((120, 1)), np.array([0.001])
    factor = fit_factor(scores, facts, held, ("a", "b", "c", "d"))
    found, _ = place(factor, scores, facts)
    assert np.corrcoef(found[seen], ability[seen])[0, 1] > 0.97


def test_plain_yaml_reads_back_strictly():
    value: dict[str, Any] = {
        "no": "yes", "list": [1, 2.5, 0.000001, "x: y", "2026-11-24 arena", True, None], "nested": {"a/b": {"c": -0.0}},
        "long": {f"key-{number}": [number, "word"] for number in range(40)},
    }  # fmt: skip
    assert read_document(plain_yaml(value, "two\nlines").encode(), "made.yaml").value == value


def test_overlays_add_scores_to_a_benchmark():
    base: Mapping[str, Any] = {"id": "b", "scores": [["m", "", 1, "d"]]}
    found = merged([{"b.yaml": base}, {"b.yaml": {"id": "b", "scores": [["n", "", 2, "d"]]}, "c.yaml": {"id": "c"}}])
    assert found["b.yaml"]["scores"] == [["m", "", 1, "d"], ["n", "", 2, "d"]] and "c.yaml" in found


@pytest.mark.parametrize(("reader", "word"), [(read_benchmarks, "benchmark"), (read_comparisons, "study")])
def test_a_wrong_record_is_named(reader, word):
    with pytest.raises(InputError, match=f"broken.yaml: not a {word}"):
        reader({"broken.yaml": {"id": "broken"}})
