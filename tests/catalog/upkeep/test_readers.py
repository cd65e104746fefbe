"""What each list says, in our words and units: known answers with their arithmetic."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from recommender.catalog.upkeep.judge_tasks import ListedTask
from recommender.catalog.upkeep.listing import Listing, day_in
from recommender.catalog.upkeep.sources import READERS


def listed(source: str, value: Any, tmp_path: Path) -> Listing:
    copy = tmp_path / "copy"
    copy.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return READERS[source](copy)


def litellm_price(row: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    return listed("litellm", {"a": {"litellm_provider": "example", **row}}, tmp_path).prices[0].prices


LITELLM = {
    "dollars per token become dollars per million": (
        {"mode": "chat", "input_cost_per_token": 7.5e-07, "output_cost_per_token": 4.5e-06},
        {"input_usd_per_mtok": 0.75, "output_usd_per_mtok": 4.5, "tiers": ()},
    ),
    "dust of multiplying is swept": (
        {"mode": "chat", "input_cost_per_token": 1.1e-07},  # 1.1e-07 * 1e6 = 0.11000000000000001 in binary
        {"input_usd_per_mtok": 0.11, "tiers": ()},
    ),
    "a batch at half price": (
        {"mode": "chat", "input_cost_per_token": 2e-06, "input_cost_per_token_batches": 1e-06},
        {"input_usd_per_mtok": 2, "tiers": (), "batch_multiplier": 0.5},
    ),
    "an uplift for a region": (
        {"mode": "chat", "input_cost_per_token": 2e-06, "regional_processing_uplift_multiplier_eu": 1.1},
        {"input_usd_per_mtok": 2, "tiers": (), "regional_uplift": 1.1},
    ),
    "a second of audio becomes a minute": (
        {"mode": "audio_transcription", "input_cost_per_second": 0.0001, "output_cost_per_second": 0.0},
        {"audio_input_usd_per_minute": 0.006},
    ),
    "seconds on both sides are marked": (
        {"mode": "audio_transcription", "input_cost_per_second": 0.0001, "output_cost_per_second": 0.0001},
        {"audio_input_usd_per_minute": 0.006, "seconds_on_both_sides": True},
    ),
    "characters by the million": (
        {"mode": "audio_speech", "input_cost_per_character": 1.5e-05},
        {"usd_per_million_characters": 15},
    ),
    "tokens of a picture are not text tokens": (
        {"mode": "image_generation", "input_cost_per_token": 5e-06, "output_cost_per_image": 0.04},
        {"usd_per_image": 0.04},
    ),
    "video at the size most share": (
        {"mode": "video_generation", "output_cost_per_second": 0.05, "output_cost_per_second_720p": 0.07},
        {"usd_per_video_second": 0.07},
    ),
    "pages": ({"mode": "ocr", "ocr_cost_per_page": 0.004}, {"usd_per_page": 0.004}),
    "searches by the thousand, zero tokens a placeholder": (
        {"mode": "rerank", "input_cost_per_query": 0.002, "input_cost_per_token": 0.0},
        {"usd_per_thousand_searches": 2},
    ),
    "steps above a length": (
        {"mode": "chat", "input_cost_per_token": 1e-06, "input_cost_per_token_above_200k_tokens": 2e-06},
        {"input_usd_per_mtok": 1, "tiers": ({"above_input_tokens": 200000, "input_usd_per_mtok": 2},)},
    ),
}


@pytest.mark.parametrize("row, expected", LITELLM.values(), ids=LITELLM.keys())
def test_litellm(row: dict[str, Any], expected: dict[str, Any], tmp_path: Path) -> None:
    assert litellm_price(row, tmp_path) == expected


def test_litellm_leaves_out_what_explains_the_table(tmp_path: Path) -> None:
    table = {"sample_spec": {"max_tokens": "LEGACY"}, "fallback_generalizations": {}, "a": {"litellm_provider": "example"}}
    assert [one.name for one in listed("litellm", table, tmp_path).models] == ["a"]


def test_a_key_that_litellm_lacks_is_unknown_not_false(tmp_path: Path) -> None:
    table = {"a": {"litellm_provider": "example", "supports_function_calling": True, "supports_reasoning": False}}
    assert listed("litellm", table, tmp_path).models[0].facts == {"capabilities": ("tool_calling",)}


def test_genai_prices_has_steps_units_and_dated_changes(tmp_path: Path) -> None:
    first = {"prices": {"input_mtok": {"base": 3, "tiers": [{"start": 200000, "price": 6}]}, "output_mtok": 15}}
    later = {"constraint": {"start_date": "2026-12-01"}, "prices": {"input_mtok": 2}}
    heard = {"input_audio_hours": 0.36, "input_mchars": 15, "input_document_kpages": 4}
    models = [{"id": "a", "prices": [first, later]}, {"id": "b", "prices": heard}]
    old, new, units = listed("genai-prices", [{"id": "example", "models": models}], tmp_path).prices
    assert old.prices == {
        "input_usd_per_mtok": 3,
        "output_usd_per_mtok": 15,
        "tiers": ({"above_input_tokens": 200000, "input_usd_per_mtok": 6, "output_usd_per_mtok": 15},),
    }
    assert (new.since, new.prices["input_usd_per_mtok"]) == (datetime.date(2026, 12, 1), 2)
    assert units.prices == {  # 0.36 an hour / 60, 4 a thousand pages / 1000
        "audio_input_usd_per_minute": 0.006,
        "usd_per_million_characters": 15,
        "usd_per_page": 0.004,
    }


def test_genai_prices_has_batches(tmp_path: Path) -> None:
    plain = {"input_mtok": 2, "output_mtok": 8}
    half = {"when": {"processing": "batch"}, "prices": {"input_mtok": 1, "output_mtok": 4}}
    model = {"id": "a", "prices": plain, "price_variants": [half]}
    assert listed("genai-prices", [{"id": "x", "models": [model]}], tmp_path).prices[0].prices["batch_multiplier"] == 0.5


def test_models_dev_has_prices_and_facts(tmp_path: Path) -> None:
    tier = {"input": 2, "output": 4, "tier": {"type": "context", "size": 32000}}
    row = {
        "release_date": "2025-04",
        "knowledge": "2024-06-30",
        "limit": {"context": 131072, "output": 0},
        "modalities": {"input": ["text", "pdf", "image"], "output": ["text"]},
        "tool_call": True,
        "cost": {"input": 1, "output": 2, "tiers": [tier]},
    }
    found = listed("models-dev", {"seller": {"models": {"a": row}}}, tmp_path)
    assert found.prices[0].prices == {
        "input_usd_per_mtok": 1,
        "output_usd_per_mtok": 2,
        "tiers": ({"above_input_tokens": 32000, "input_usd_per_mtok": 2, "output_usd_per_mtok": 4},),
    }
    assert found.models[0].name == "seller/a"
    assert found.models[0].facts == {  # an output of zero is a placeholder
        "released": datetime.date(2025, 4, 1),
        "knowledge_cutoff": datetime.date(2024, 6, 30),
        "context_tokens": 131072,
        "input": ("text", "image"),
        "output": ("text",),
        "capabilities": ("tool_calling",),
        "tasks": (
            ListedTask("agentic", "tool_call"),
            ListedTask("text_generation", "text out"),
            ListedTask("visual_question_answering", "image in, text out"),
        ),
    }


def test_a_voice_is_known_by_what_goes_in_and_out(tmp_path: Path) -> None:
    def tasks(goes_in: list[str], comes_out: list[str]) -> set[str]:
        row = {"modalities": {"input": goes_in, "output": comes_out}}
        found = listed("models-dev", {"seller": {"models": {"a": row}}}, tmp_path).models[0].facts
        return {one.task for one in found.get("tasks", ())}

    assert tasks(["audio"], ["text"]) == {"speech_to_text"}
    assert tasks(["text"], ["audio"]) == {"text_to_speech"}
    assert tasks(["text", "audio"], ["text", "audio"]) == {"speech_to_speech", "text_generation"}
    assert tasks(["text", "image"], ["image"]) == {"image_generation", "image_editing"}
    assert tasks(["pdf"], ["text"]) == set()


def test_a_repository_says_what_it_is_for(tmp_path: Path) -> None:
    row = {"name": "a/b", "pipeline_tag": "text-generation", "use_case": "Code generation and completion"}
    found = listed("llmfit", [row], tmp_path).models[0].facts["tasks"]
    assert [one.task for one in found] == ["text_generation", "code_generation"]
    row = {"name": "a/b", "model_type": ["cross-encoder"]}
    assert listed("mteb", [row], tmp_path).models[0].facts["tasks"] == (ListedTask("reranking", "cross-encoder"),)


def test_llmfit_has_sizes_and_shapes_and_a_placeholder(tmp_path: Path) -> None:
    row = {
        "name": "Lab/One-8B", "parameters_raw": 8_030_261_248, "context_length": 4096, "hf_downloads": 12, "license": "llama3.1",
        "num_hidden_layers": 32, "hidden_size": 4096, "num_key_value_heads": 8, "head_dim": 128,
    }  # fmt: skip
    assert listed("llmfit", [row], tmp_path).models[0].facts == {
        "parameters_b": 8.0303,
        "licence": "llama-3.1",
        "card.downloads": 12,
        "geometry": {"layers": 32, "hidden": 4096, "kv_heads": 8, "head_dim": 128},
    }


def test_mteb_has_widths_and_leaves_expressions_alone(tmp_path: Path) -> None:
    row = {
        "name": "Lab/E",
        "embed_dim": [256, 1024],
        "max_tokens": "float('inf')",
        "n_parameters": 568_000_000,
        "license": "mit",
    }
    facts = listed("mteb", [row], tmp_path).models[0].facts
    assert facts == {"parameters_b": 0.568, "embedding_dimensions": 1024, "licence": "mit"}


def test_epoch_has_models_and_machines(tmp_path: Path) -> None:
    models = (
        "Model,Task,Parameters,Publication date,Base model,Training dataset size (total)\n"
        'QwQ-32B,"Chat,Quantitative reasoning,Juggling",3.25e10,2025-03-06,Qwen2.5,1.8e13\n'
    )
    assert listed("epoch-models", models, tmp_path).models[0].facts == {
        "parameters_b": 32.5,
        "released": datetime.date(2025, 3, 6),
        "card.derived_from": "Qwen2.5",
        "card.training_data": "About 18 trillion points (of text, tokens or words), by Epoch AI's count",
        "tasks": (ListedTask("chat", "Chat"), ListedTask("reasoning", "Quantitative reasoning")),
    }
    machines = "Hardware name,Memory (bytes),Memory bandwidth (byte/s),TDP (W)\nNVIDIA L4,2.4e10,3e11,72\n"
    assert listed("epoch-hardware", machines, tmp_path).machines[0].facts == {
        "memory_gb": 24,
        "bandwidth_gbps": 300,
        "power_w": 72,
    }


def test_hardware_lists_have_prices(tmp_path: Path) -> None:
    lists = {
        "NVIDIA_SKUS": {"L4": {"memory": [24], "power": 72, "msrp": 2500}, "A100": {"memory": [40, 80]}},
        "AMD_GPU_SKUS": {},
        "SKUS": {"GPU": {"INTEL": {"Arc": {"memory": [16]}}}},
    }
    one, two, three = listed("hf-hardware", lists, tmp_path).machines
    assert (one.facts, one.purchase_usd) == ({"power_w": 72, "memory_gb": 24}, 2500)
    assert two.facts == {}  # two variants: which one is meant cannot be told
    assert three.facts == {"memory_gb": 16}
    rents = "provider,gpu,gpus,usd_per_gpu_hour,spot_usd_per_hour_instance,region\nnebius,H100,8,2.95,10,eu-north1\n"
    (machine,) = listed("skypilot-catalog", rents, tmp_path).machines
    assert machine.rentals[0] == {  # 10 USD for eight cards
        "provider": "nebius", "place": "eu-north1", "count": 8, "usd_per_hour": 2.95, "spot_usd_per_hour": 1.25,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text, day",
    [
        ("2025", "2025-01-01"),
        ("2025-04", "2025-04-01"),
        ("2025-04-30T00:00", "2025-04-30"),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_as_exact_as_the_list(text: str | None, day: str | None) -> None:
    found = day_in(text)
    assert (found.isoformat() if found else None) == day
