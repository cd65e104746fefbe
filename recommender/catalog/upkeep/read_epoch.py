"""Epoch AI's tables: notable and large-scale models (sizes, dates, base models), and machine learning hardware."""

from __future__ import annotations

from pathlib import Path

from recommender.catalog.upkeep.judge_tasks import ListedTask
from recommender.catalog.upkeep.listing import Facts, ListedMachine, ListedModel, Listing, day_in, listing
from recommender.catalog.upkeep.source_files import read_csv
from recommender.errors import Fault, InputError

Cells = dict[str, str]
TASKS = {  # their word for what a model was made or shown to do, ours
    "Language modeling/generation": "text_generation", "Language modeling": "text_generation",
    "Language generation": "text_generation", "Question answering": "question_answering", "Chat": "chat",
    "Code generation": "code_generation", "Code autocompletion": "code_generation", "Coding": "code_generation",
    "Quantitative reasoning": "reasoning", "Mathematical reasoning": "reasoning", "Translation": "translation",
    "Visual question answering": "visual_question_answering", "System control": "agentic", "Tool use": "agentic",
    "Agentic workflows": "agentic", "Video description": "video_understanding", "Text summarization": "summarization",
    "Text classification": "classification", "Character recognition (OCR)": "document_extraction",
    "Image generation": "image_generation", "Text-to-image": "image_generation", "Image-to-image": "image_editing",
    "Image segmentation": "image_segmentation", "Image classification": "image_classification",
    "Object detection": "object_detection", "Speech recognition (ASR)": "speech_to_text",
    "Speech-to-text": "speech_to_text", "Text-to-speech (TTS)": "text_to_speech", "Speech synthesis": "text_to_speech",
    "Video generation": "video_generation", "Text-to-video": "video_generation", "Image-to-video": "video_generation",
}  # fmt: skip
NUMBERS = {  # their column, our field, how many of theirs are in one of ours
    "Memory (bytes)": ("memory_gb", 1e9),
    "Memory bandwidth (byte/s)": ("bandwidth_gbps", 1e9),
    "Tensor-FP16/BF16 performance (FLOP/s)": ("bf16_tflops", 1e12),
    "FP8 performance (FLOP/s)": ("fp8_tflops", 1e12),
    "FP4 performance (FLOP/s)": ("fp4_tflops", 1e12),
    "TDP (W)": ("power_w", 1.0),
}


def read_models(path: Path) -> Listing:
    """Every model of a table."""
    rows: list[Cells] = read_csv(path, list[Cells])
    return listing(models=tuple(ListedModel(_name(row, "Model", path), _model_facts(row, path)) for row in rows))


def _model_facts(row: Cells, path: Path) -> Facts:
    parameters = number_in(row, "Parameters", path)
    facts: Facts = {
        "parameters_b": round(parameters / 1e9, 4) or None if parameters else None,
        "released": day_in(row.get("Publication date")),
        "card.derived_from": row.get("Base model"),
        "card.training_data": _training_data(number_in(row, "Training dataset size (total)", path)),
        "tasks": tuple(ListedTask(TASKS[word], word) for word in _words(row.get("Task", "")) if word in TASKS) or None,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _words(cell: str) -> list[str]:
    return [word.strip() for word in cell.split(",")]


def _training_data(points: float | None) -> str | None:
    """How much a model was trained on, in words: for text a point is a token or a word."""
    if not points:
        return None
    for word, size in (("trillion", 1e12), ("billion", 1e9), ("million", 1e6)):
        if points >= size:
            return f"About {points / size:.3g} {word} points (of text, tokens or words), by Epoch AI's count"
    return None


def read_hardware(path: Path) -> Listing:
    """Every accelerator of a table, with the price it had at its release."""
    rows: list[Cells] = read_csv(path, list[Cells])
    return listing(machines=tuple(_machine(row, path) for row in rows))


def _machine(row: Cells, path: Path) -> ListedMachine:
    facts: Facts = {"released": day_in(row.get("Release date"))}
    for column, (field, parts) in NUMBERS.items():
        value = number_in(row, column, path)
        facts[field] = round(value / parts, 4) if value else None
    known = {name: value for name, value in facts.items() if value is not None}
    return ListedMachine(_name(row, "Hardware name", path), known, None, ())


def number_in(row: Cells, column: str, path: Path) -> float | None:
    """A cell as a finite number at or above zero; None where it is empty.

    Raises:
        InputError: when it holds something else.
    """
    cell = row.get(column)
    if cell is None:
        return None
    try:
        value = float(cell.replace(",", ""))
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e25:
        remedy = "fetch the copy again"
        raise InputError([Fault(str(path), f"{column}: {cell[:60]!r} is not a number at or above zero", remedy)])
    return value


def _name(row: Cells, column: str, path: Path) -> str:
    if column not in row:
        raise InputError([Fault(str(path), f"a row without '{column}'", "this is not such a list")])
    return row[column]
