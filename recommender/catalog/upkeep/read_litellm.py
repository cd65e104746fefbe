"""LiteLLM's table: one row per service and model, US dollars per single token, second, picture, page or character."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from recommender.catalog.upkeep.judge_tasks import ListedTask
from recommender.catalog.upkeep.listing import Facts, ListedModel, ListedPrice, Listing, day_in, listing, rounded
from recommender.catalog.upkeep.shapes import Amount, Flag, Row, Text
from recommender.catalog.upkeep.source_files import read_json

NOT_MODELS = ("sample_spec", "fallback_generalizations")  # rows that explain the table or serve the tool
TOKENS = {
    "input_cost_per_token": "input_usd_per_mtok",
    "output_cost_per_token": "output_usd_per_mtok",
    "cache_read_input_token_cost": "cache_read_usd_per_mtok",
    "cache_creation_input_token_cost": "cache_write_usd_per_mtok",
}
# Per mode: their price of one unit, our field, how many of theirs are in one of ours. The first that is there counts.
PICTURES = (("output_cost_per_image", "usd_per_image", 1.0), ("input_cost_per_image", "usd_per_image", 1.0))
UNITS = {
    "audio_transcription": (("input_cost_per_second", "audio_input_usd_per_minute", 60.0),),
    "audio_speech": (
        ("input_cost_per_character", "usd_per_million_characters", 1e6),
        ("output_cost_per_second", "audio_output_usd_per_minute", 60.0),
    ),
    "image_generation": PICTURES,
    "image_edit": PICTURES,
    "video_generation": (
        ("output_cost_per_second_720p", "usd_per_video_second", 1.0),  # the size that most services share
        ("output_cost_per_video_per_second", "usd_per_video_second", 1.0),
        ("output_cost_per_second", "usd_per_video_second", 1.0),
    ),
    "ocr": (("ocr_cost_per_page", "usd_per_page", 1.0),),
    "rerank": (("input_cost_per_query", "usd_per_thousand_searches", 1000.0),),
}
# Where a picture or a voice is sold, tokens are of another kind than text: they are not text prices.
PAID_IN_TOKENS = frozenset(("chat", "completion", "responses", "embedding", "rerank", "moderation", "realtime"))
# What a service is called for, and what it can do beside.
TASKS = {
    "chat": "chat", "completion": "text_generation", "embedding": "semantic_search", "rerank": "reranking",
    "moderation": "moderation", "audio_transcription": "speech_to_text", "audio_speech": "text_to_speech",
    "realtime": "speech_to_speech", "image_generation": "image_generation", "image_edit": "image_editing",
    "video_generation": "video_generation", "ocr": "document_extraction",
}  # fmt: skip
ABLE_TO = (
    ("supports_function_calling", "agentic"), ("supports_reasoning", "reasoning"),
    ("supports_vision", "visual_question_answering"), ("supports_video_input", "video_understanding"),
)  # fmt: skip
_COST = re.compile(r"(?:input|output|ocr)_cost_per_\w+\Z|cache_(?:read|creation)_input_token_cost\w*\Z")
_STEP = re.compile(r"(input_cost_per_token|output_cost_per_token|cache_read_input_token_cost)_above_(\d+)k_tokens\Z")


class Entry(Row):
    """The parts of a row that are read; `costs` holds every price under its own name."""

    litellm_provider: Text
    mode: Text | None = None
    max_input_tokens: Amount | None = None
    max_output_tokens: Amount | None = None
    output_vector_size: Amount | None = None
    deprecation_date: Text | None = None
    regional_processing_uplift_multiplier_eu: Amount | None = None
    supports_function_calling: Flag | None = None
    supports_reasoning: Flag | None = None
    supports_response_schema: Flag | None = None
    supports_vision: Flag | None = None
    supports_video_input: Flag | None = None
    costs: dict[str, Amount] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _gather_costs(cls, row: Any) -> Any:
        if not isinstance(row, dict):
            return row
        return {**row, "costs": {name: cost for name, cost in row.items() if _COST.match(name) and cost is not None}}


def _models_only(table: Any) -> Any:
    return {name: row for name, row in table.items() if name not in NOT_MODELS} if isinstance(table, dict) else table


def read(path: Path) -> Listing:
    """Every row, as a price and as facts about the model, under the row's own name."""
    table: dict[str, Entry] = read_json(path, Annotated[dict[str, Entry], BeforeValidator(_models_only)])
    prices = tuple(
        ListedPrice(row.litellm_provider, name, _normalised(row), None, _offered(row)) for name, row in table.items()
    )
    return listing(prices=prices, models=tuple(ListedModel(name, _facts(row)) for name, row in table.items()))


def _normalised(row: Entry) -> Facts:
    found: Facts = {}
    if row.mode in PAID_IN_TOKENS:
        found = {ours: rounded(row.costs[theirs] * 1e6) for theirs, ours in TOKENS.items() if theirs in row.costs}
        if row.mode in ("rerank", "embedding", "moderation"):
            found = {name: price for name, price in found.items() if price}  # paid by the search, or for input alone
        found = {name: price for name, price in found.items() if price or name in ("input_usd_per_mtok", "output_usd_per_mtok")}
        if "input_usd_per_mtok" in found:
            found |= {"tiers": _tiers(row.costs), "batch_multiplier": _batch_multiplier(row.costs)}
    for theirs, ours, parts in UNITS.get(row.mode or "", ()):
        if row.costs.get(theirs):
            found.setdefault(ours, rounded(row.costs[theirs] * parts))
    if row.regional_processing_uplift_multiplier_eu and found:
        found["regional_uplift"] = row.regional_processing_uplift_multiplier_eu
    if row.mode == "audio_transcription" and row.costs.get("input_cost_per_second") and row.costs.get("output_cost_per_second"):
        found["seconds_on_both_sides"] = True
    return {name: value for name, value in found.items() if value is not None}


def _tiers(costs: dict[str, float]) -> tuple[Facts, ...]:
    steps: dict[int, Facts] = {}
    for name, cost in costs.items():
        match = _STEP.match(name)
        if match:
            length = int(match[2]) * 1000
            steps.setdefault(length, {"above_input_tokens": length})[TOKENS[match[1]]] = rounded(cost * 1e6)
    return tuple(steps[length] for length in sorted(steps))


def _batch_multiplier(costs: dict[str, float]) -> float | None:
    """What a batch costs of the plain price, where it is the same share of input and output."""
    shares = {
        round(costs[f"{name}_batches"] / costs[name], 4)
        for name in ("input_cost_per_token", "output_cost_per_token")
        if costs.get(name) and costs.get(f"{name}_batches")
    }
    return shares.pop() if len(shares) == 1 and max(shares) <= 1 else None


def _offered(row: Entry) -> Facts:
    """What the row says of the offer, beside its price. Zero is a placeholder."""
    longest = {"max_input_tokens": int(row.max_input_tokens or 0), "max_output_tokens": int(row.max_output_tokens or 0)}
    return {"retires": day_in(row.deprecation_date)} | {name: length for name, length in longest.items() if length}


def _facts(row: Entry) -> Facts:
    """A key that is missing is unknown, not false; zero is a placeholder."""
    words = {"tool_calling": row.supports_function_calling, "reasoning": row.supports_reasoning}
    words["structured_output"] = row.supports_response_schema
    facts: Facts = {
        "max_input_tokens": int(row.max_input_tokens or 0) or None,
        "max_output_tokens": int(row.max_output_tokens or 0) or None,
        "embedding_dimensions": int(row.output_vector_size or 0) or None,
        "capabilities": tuple(word for word, is_there in words.items() if is_there) or None,
        "tasks": _tasks(row) or None,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _tasks(row: Entry) -> tuple[ListedTask, ...]:
    """What the row says the model is called for. Abilities count where text is answered: elsewhere they mean the input."""
    found = [ListedTask(TASKS[row.mode], f"mode {row.mode}")] if row.mode in TASKS else []
    if row.mode in ("chat", "responses"):
        found += [ListedTask(task, flag) for flag, task in ABLE_TO if getattr(row, flag)]
    return tuple(found)
