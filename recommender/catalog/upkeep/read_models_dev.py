"""models.dev: sellers with their models and prices; and its second file, facts about models whoever sells them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from recommender.catalog.upkeep.judge_tasks import ListedTask
from recommender.catalog.upkeep.listing import Facts, ListedModel, ListedPrice, Listing, day_in, listing, rounded
from recommender.catalog.upkeep.shapes import Amount, Flag, Row, Text
from recommender.catalog.upkeep.source_files import read_json

WORDS = {"text": "text", "image": "image", "audio": "audio", "video": "video"}  # pdf and others are ways to hand over text


class Tier(Row):
    """Prices above a length of input."""

    input: Amount | None = None
    output: Amount | None = None
    cache_read: Amount | None = None
    tier: dict[str, Any]


class Cost(Row):
    """US dollars per million tokens."""

    input: Amount | None = None
    output: Amount | None = None
    cache_read: Amount | None = None
    cache_write: Amount | None = None
    tiers: list[Tier] = Field(default_factory=list)


class Limit(Row):
    """Tokens; zero is a placeholder."""

    context: Amount | None = None
    input: Amount | None = None
    output: Amount | None = None


class Modalities(Row):
    """What goes in and comes out."""

    input: list[Text] = Field(default_factory=list)
    output: list[Text] = Field(default_factory=list)


class ModelRow(Row):
    """A model as one seller offers it, or as such."""

    release_date: Text | None = None
    knowledge: Text | None = None
    limit: Limit = Limit()
    modalities: Modalities = Modalities()
    cost: Cost | None = None
    tool_call: Flag | None = None
    reasoning: Flag | None = None
    structured_output: Flag | None = None


class SellerRow(Row):
    """One seller."""

    models: dict[str, ModelRow]


def read(path: Path) -> Listing:
    """Prices and facts of every seller; a model's name is `seller/model`."""
    sellers: dict[str, SellerRow] = read_json(path, dict[str, SellerRow])
    prices = tuple(
        ListedPrice(seller, name, _normalised(model.cost), None, _offered(model.limit))
        for seller, row in sellers.items()
        for name, model in row.models.items()
        if model.cost
    )
    models = tuple(
        ListedModel(f"{seller}/{name}", _facts(model)) for seller, row in sellers.items() for name, model in row.models.items()
    )
    return listing(prices=prices, models=models)


def read_metadata(path: Path) -> Listing:
    """Facts about models as such."""
    rows: dict[str, ModelRow] = read_json(path, dict[str, ModelRow])
    return listing(models=tuple(ListedModel(name, _facts(row)) for name, row in rows.items()))


def _normalised(cost: Cost) -> Facts:
    fields = ("input", "output", "cache_read", "cache_write")
    found: Facts = {
        f"{field}_usd_per_mtok": rounded(getattr(cost, field)) for field in fields if getattr(cost, field) is not None
    }
    if cost.tiers:
        found["tiers"] = tuple(_tier(one) for one in cost.tiers if one.tier.get("type") == "context")
    return found


def _tier(tier: Tier) -> Facts:
    fields = ("input", "output", "cache_read")
    prices = {f"{field}_usd_per_mtok": rounded(getattr(tier, field)) for field in fields if getattr(tier, field) is not None}
    return {"above_input_tokens": int(tier.tier.get("size", 0)), **prices}


def _offered(limit: Limit) -> Facts:
    """What the row says of the offer, beside its price."""
    return {"context_tokens": int(limit.context)} if limit.context else {}


def _facts(row: ModelRow) -> Facts:
    words = {"tool_calling": row.tool_call, "reasoning": row.reasoning, "structured_output": row.structured_output}
    facts: Facts = {
        "released": day_in(row.release_date),
        "knowledge_cutoff": day_in(row.knowledge),
        "context_tokens": int(row.limit.context or 0) or None,
        "max_input_tokens": int(row.limit.input or 0) or None,
        "max_output_tokens": int(row.limit.output or 0) or None,
        "input": tuple(WORDS[one] for one in row.modalities.input if one in WORDS) or None,
        "output": tuple(WORDS[one] for one in row.modalities.output if one in WORDS) or None,
        "capabilities": tuple(word for word, is_there in words.items() if is_there) or None,
        "tasks": _tasks(row) or None,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _tasks(row: ModelRow) -> tuple[ListedTask, ...]:
    """What follows from what goes in, what comes out and what the row says the model can do."""
    goes_in, comes_out = set(row.modalities.input), set(row.modalities.output)
    answers = "text" in goes_in and "text" in comes_out
    said = (
        (answers and bool(row.tool_call), "agentic", "tool_call"),
        (answers and bool(row.reasoning), "reasoning", "reasoning"),
        (answers, "text_generation", "text out"),
        (answers and "image" in goes_in, "visual_question_answering", "image in, text out"),
        (answers and "video" in goes_in, "video_understanding", "video in, text out"),
        (goes_in == {"audio"} and comes_out == {"text"}, "speech_to_text", "audio in, text out"),
        (goes_in == {"text"} and comes_out == {"audio"}, "text_to_speech", "text in, audio out"),
        ("audio" in goes_in and "audio" in comes_out, "speech_to_speech", "audio in, audio out"),
        ("text" in goes_in and "image" in comes_out, "image_generation", "text in, image out"),
        ("image" in goes_in and "image" in comes_out, "image_editing", "image in, image out"),
        ("text" in goes_in and "video" in comes_out, "video_generation", "text in, video out"),
    )
    return tuple(ListedTask(task, note) for is_so, task, note in said if is_so)
