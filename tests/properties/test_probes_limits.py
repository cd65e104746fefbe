"""Limits only take away, whatever is asked and whatever the catalog holds: probes 1 to 3, 5, 12, 13 to 17, 19, 20, 24."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as some

sys.path.insert(0, str(Path(__file__).parent))

from answers import KNOWING, SUPERVISED, answered, fitting, middle, options, pairs, with_field
from catalogs import Names, catalog_of, catalogs, library
from requirements import needs

EPSILON = 1e-6
TABULAR = {"linear", "gbdt", "tabular", "rules"}
LABELS = ("classification", "extraction", "moderation")


@given(needs(), catalogs(), some.floats(0.05, 0.999))
def test_p01_a_tighter_budget_only_takes_away(wish: dict[str, Any], names: Names, factor: float) -> None:
    catalog, budget = catalog_of(names), wish.get("budget", {}).get("monthly_usd", 300.0)
    loose = fitting(with_field(wish, "budget.monthly_usd", budget), catalog)
    tight = answered(with_field(wish, "budget.monthly_usd", budget * factor), catalog)
    assert pairs(tight) <= loose
    assert all((middle(one, "monthly_cost_usd") or 0.0) <= budget * factor + EPSILON for one in options(tight))


@given(needs(), catalogs())
def test_p02_own_premises_keep_every_component_in(wish: dict[str, Any], names: Names) -> None:
    answer = answered(with_field(wish, "privacy.boundary", "on_premises"), catalog_of(names))
    for one in (*options(answer), *answer.if_confirmed):
        assert one.deployment.place in ("own_site", "device")
        assert all(part.deployment.place in ("own_site", "device") for part in one.components)


@given(needs(), catalogs())
def test_p03_regulated_alone_takes_away_no_more_than_confidential(wish: dict[str, Any], names: Names) -> None:
    catalog = catalog_of(names)
    regulated = answered(with_field(wish, "privacy.sensitivity", "regulated"), catalog)
    confidential = fitting(with_field(wish, "privacy.sensitivity", "confidential"), catalog)
    assert pairs(regulated) == confidential


@given(needs(), catalogs())
def test_p05_without_labels_nothing_is_tuned(wish: dict[str, Any], names: Names) -> None:
    bare = with_field(with_field(wish, "data.labelled_examples", 0.0), "data.labels_obtainable", False)
    assume(wish["task"] != "time_series_forecasting")
    assert not SUPERVISED & {one.strategy.id for one in options(answered(bare, catalog_of(names)))}


@given(needs(("question_answering", "chat")), catalogs(), some.sampled_from(["daily", "hourly"]))
def test_p12_changing_knowledge_is_looked_up(wish: dict[str, Any], names: Names, updates: str) -> None:
    moving = with_field(with_field(wish, "knowledge.updates", updates), "knowledge.documents", 2000.0)
    assert {one.strategy.id for one in options(answered(moving, catalog_of(names)))} <= KNOWING


OUTPUTS = {
    "text_to_speech": {"tts", "speech_to_speech"},
    "image_generation": {"image_generation", "vlm", "decoder_llm"},
    "image_segmentation": {"vision", "vlm"},
    "semantic_search": {"embedding", "reranker", "encoder", "rules", "linear", "vision", "vlm"},
}


@given(needs(tuple(OUTPUTS)), catalogs(8, 40))
def test_p13_what_comes_out_is_what_was_asked_for(wish: dict[str, Any], names: Names) -> None:
    for one in options(answered(wish, catalog_of(names))):
        assert {one.model.type, *(part.model.type for part in one.components)} & OUTPUTS[wish["task"]]
        emitted = library().models[one.model.id].output
        if wish["task"] == "text_to_speech":
            assert "audio" in emitted
        if wish["task"] == "image_generation":
            assert "image" in emitted


@given(needs(("speech_to_text", "document_extraction", "speech_to_speech")), catalogs(8, 40))
def test_p14_what_goes_in_is_taken_or_converted_first(wish: dict[str, Any], names: Names) -> None:
    wanted = {"speech_to_text": "audio", "document_extraction": "image", "speech_to_speech": "audio"}[wish["task"]]
    for one in options(answered(wish, catalog_of(names))):
        converters = [part for part in one.components if wanted in library().models[part.model.id].input]
        assert wanted in library().models[one.model.id].input or converters


@given(needs(), catalogs(), some.floats(0.01, 0.99))
def test_p15_a_tighter_time_limit_only_takes_away(wish: dict[str, Any], names: Names, factor: float) -> None:
    catalog = catalog_of(names)
    loose = fitting(with_field(wish, "latency.p95_ms", 4000.0), catalog)
    tight = answered(with_field(wish, "latency.p95_ms", 4000.0 * factor), catalog)
    assert pairs(tight) <= loose
    for one in options(tight):
        p95 = middle(one, "latency_p95_ms")
        assert p95 is not None and p95 <= 4000.0 * factor + EPSILON


@given(needs(LABELS), catalogs(), some.floats(1.0, 50.0))
def test_p16_within_50_ms_no_remote_language_model_is_on_the_path(wish: dict[str, Any], names: Names, limit: float) -> None:
    for one in options(answered(with_field(wish, "latency.p95_ms", limit), catalog_of(names))):
        path = [
            (one.model.type, one.deployment.hosting),
            *((part.model.type, part.deployment.hosting) for part in one.components),
        ]
        assert not [kind for kind, hosting in path if hosting == "api" and kind in ("decoder_llm", "vlm", "code_llm")]


@given(needs(), catalogs(), some.floats(0.5, 32.0))
def test_p17_on_the_device_means_all_of_it_within_its_memory(wish: dict[str, Any], names: Names, memory: float) -> None:
    offline = with_field(with_field(wish, "privacy.boundary", "on_device"), "hardware.device_memory_gb", memory)
    for one in options(answered(offline, catalog_of(names))):
        assert one.deployment.hosting == "edge"
        assert all(part.deployment.hosting == "edge" for part in one.components)
        assert (middle(one, "memory_gb") or 0.0) <= memory + EPSILON


@given(needs(), catalogs(), some.sampled_from(["data.unlabelled_tokens", "team.skills", "budget.one_time_usd"]))
def test_p19_training_from_nothing_needs_everything(wish: dict[str, Any], names: Names, missing: str) -> None:
    everything = {"data.unlabelled_tokens": 1e12, "team.skills": "research", "budget.one_time_usd": 1e7}
    lacking = with_field(wish, "budget.monthly_usd", None)
    lacking = with_field(lacking, "data.labelled_examples", 10.0)
    for path, value in everything.items():
        lacking = with_field(lacking, path, None if path == missing else value)
    assert "train_from_scratch" not in {one.strategy.id for one in options(answered(lacking, catalog_of(names)))}


@given(needs(), catalogs(8, 40))
def test_p19_training_from_nothing_never_beats_what_is_ready(wish: dict[str, Any], names: Names) -> None:
    rich = {"unlabelled_tokens": 1e12, "labelled_examples": 1e6}
    whole = {**wish, "data": rich, "team": {"skills": "research"}, "budget": {"one_time_usd": 1e8}}
    strategies = [one.strategy.id for one in options(answered(whole, catalog_of(names)))]
    assert not strategies or strategies[0] != "train_from_scratch" or set(strategies) == {"train_from_scratch"}


@given(needs(("tabular_prediction",)), catalogs())
def test_p20_tables_never_go_to_a_language_model(wish: dict[str, Any], names: Names) -> None:
    answer = answered(with_field(wish, "data.labelled_examples", 5000.0), catalog_of(names))
    assert {one.model.type for one in options(answer)} <= TABULAR


@given(needs(), catalogs(), some.sampled_from([("draft", "good"), ("good", "high"), ("high", "best")]))
def test_p24_a_higher_bar_only_takes_away(wish: dict[str, Any], names: Names, bars: tuple[str, str]) -> None:
    catalog = catalog_of(names)
    lower, higher = (with_field(wish, "quality.bar", bar) for bar in bars)
    passing = answered(higher, catalog)
    assert pairs(passing) <= fitting(lower, catalog)
    for one in options(passing):
        assert middle(one, "quality") is not None
        measured = one.estimates["quality"].grade in ("measured", "self_reported")
        assert measured or any("unverified" in caution for caution in one.cautions)


@given(needs(), catalogs())
@example(
    {"task": "classification", "privacy": {"boundary": "on_premises"}},
    ("albert/albert-base-v2", "classical/bm25", "deepseek-ai/deepseek-v4-pro-0813"),
)
def test_p21_a_limit_left_open_takes_nothing_away(wish: dict[str, Any], names: Names) -> None:
    catalog = catalog_of(names)
    full = pairs(answered(wish, catalog))
    for path in ("budget.monthly_usd", "latency.p95_ms", "privacy.boundary", "privacy.residency", "quality.bar"):
        folder, field = path.split(".")
        if field in wish.get(folder, {}):
            assert fitting(with_field(wish, path, None), catalog) >= full
