"""Lists of open models: llmfit (shape and size), mteb (embedding and ranking models), transformers (architectures)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from recommender.catalog.upkeep.judge_tasks import ListedTask
from recommender.catalog.upkeep.listing import Facts, ListedModel, Listing, day_in, listing
from recommender.catalog.upkeep.shapes import Amount, Flag, Row, Text
from recommender.catalog.upkeep.source_files import read_json

PLACEHOLDER_CONTEXT = 4096  # llmfit writes it where it knows none
BILLION = 1e9
# Tags of the lists that name the same licence as an id of ours. A tag that is not here is left to a person.
LICENCE_TAGS = {
    "apache-2.0": "apache-2.0", "mit": "mit", "gemma": "gemma", "llama2": "llama-2", "llama3": "llama-3",
    "llama3.1": "llama-3.1", "llama3.2": "llama-3.2", "llama3.3": "llama-3.3", "llama4": "llama-4",
    "cc-by-4.0": "cc-by-4.0", "cc-by-sa-4.0": "cc-by-sa-4.0", "cc-by-nc-4.0": "cc-by-nc-4.0",
    "cc-by-nc-sa-4.0": "cc-by-nc-sa-4.0", "bsd-3-clause": "bsd-3-clause", "agpl-3.0": "agpl-3.0",
    "lfm1.0": "lfm-1.0", "exaone": "exaone", "qwen-research": "qwen-research", "tongyi-qianwen": "qwen",
    "falcon-llm-license": "falcon-llm", "openmdw-1.1": "openmdw-1.1", "modified-mit": "modified-mit",
    "deepseek": "deepseek-model", "nvidia-open-model-license": "nvidia-open-model",
    "https://ai.meta.com/resources/models-and-libraries/dinov3-license/": "dinov3",
}  # fmt: skip


# What a repository's own tag, or llmfit's word for its use, says it is for.
USES = {
    "text-generation": "text_generation", "image-text-to-text": "visual_question_answering",
    "automatic-speech-recognition": "speech_to_text", "text-to-speech": "text_to_speech", "translation": "translation",
    "sentence-similarity": "semantic_search", "Instruction following, chat": "chat",
    "Code generation and completion": "code_generation", "Advanced reasoning, chain-of-thought": "reasoning",
    "Reasoning, step-by-step solutions": "reasoning", "Text embeddings for RAG": "semantic_search",
}  # fmt: skip
MTEB_TYPES = {"dense": "semantic_search", "late-interaction": "semantic_search", "cross-encoder": "reranking"}


class LlmfitRow(Row):
    """One repository of open weights."""

    name: Text
    parameters_raw: Amount | None = None
    active_parameters: Amount | None = None
    context_length: Amount | None = None
    hf_downloads: Amount | None = None
    release_date: Text | None = None
    license: Text | None = None
    num_hidden_layers: Amount | None = None
    hidden_size: Amount | None = None
    num_key_value_heads: Amount | None = None
    head_dim: Amount | None = None
    is_moe: Flag | None = None
    pipeline_tag: Text | None = None
    use_case: Text | None = None


class MtebRow(Row):
    """One embedding or ranking model. Read out of Python, so a number may stand there as an expression: then unknown."""

    name: Text
    n_parameters: Amount | Text | None = None
    embed_dim: Amount | list[Amount] | Text | None = None
    max_tokens: Amount | Text | None = None
    license: Text | None = None
    release_date: Text | None = None
    adapted_from: Text | list[Text] | None = None
    public_training_data: Text | Flag | None = None
    model_type: list[Text] = Field(default_factory=list)


def read_llmfit(path: Path) -> Listing:
    """Every repository. Its context of 4096 is a placeholder and left out."""
    rows: list[LlmfitRow] = read_json(path, list[LlmfitRow])
    return listing(models=tuple(ListedModel(row.name, _llmfit_facts(row)) for row in rows))


def _llmfit_facts(row: LlmfitRow) -> Facts:
    context = int(row.context_length or 0)
    facts: Facts = {
        "parameters_b": _billions(row.parameters_raw),
        "active_parameters_b": _billions(row.active_parameters) if row.is_moe else None,
        "context_tokens": context if context not in (0, PLACEHOLDER_CONTEXT) else None,
        "released": day_in(row.release_date),
        "licence": LICENCE_TAGS.get(row.license or ""),
        "card.downloads": int(row.hf_downloads or 0) or None,
        "geometry": _shape(row),
        "tasks": _listed_tasks(USES, row.pipeline_tag, row.use_case),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _shape(row: LlmfitRow) -> Facts | None:
    """The shape, if all of it is known."""
    layers, hidden, heads, width = row.num_hidden_layers, row.hidden_size, row.num_key_value_heads, row.head_dim
    if not (layers and hidden and heads and width):
        return None
    return {"layers": int(layers), "hidden": int(hidden), "kv_heads": int(heads), "head_dim": int(width)}


def read_mteb(path: Path) -> Listing:
    """Every embedding or ranking model."""
    rows: list[MtebRow] = read_json(path, list[MtebRow])
    return listing(models=tuple(ListedModel(row.name, _mteb_facts(row)) for row in rows))


def _mteb_facts(row: MtebRow) -> Facts:
    widths = row.embed_dim if isinstance(row.embed_dim, list) else [_number(row.embed_dim)]
    data = row.public_training_data
    facts: Facts = {
        "parameters_b": _billions(_number(row.n_parameters)),
        "embedding_dimensions": int(max((one or 0 for one in widths), default=0)) or None,
        "context_tokens": int(_number(row.max_tokens) or 0) or None,
        "released": day_in(row.release_date),
        "licence": LICENCE_TAGS.get(row.license or ""),
        "card.derived_from": row.adapted_from if isinstance(row.adapted_from, str) else None,
        "tasks": _listed_tasks(MTEB_TYPES, *row.model_type),
        "card.training_data": f"Published by the maker: {data}" if isinstance(data, str) else None,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _listed_tasks(words: Mapping[str, str], *said: str | None) -> tuple[ListedTask, ...] | None:
    return tuple(ListedTask(words[word], word) for word in said if word and word in words) or None


def _billions(count: float | None) -> float | None:
    return round(count / BILLION, 4) or None if count else None


def _number(value: float | str | None) -> float | None:
    return value if isinstance(value, float) else None
