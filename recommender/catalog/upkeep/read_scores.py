"""The catalog's own folder of published scores: a model that was measured on a task has a source for doing it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from pathlib import Path
from typing import Any

from recommender.catalog.strict_yaml import read_document
from recommender.catalog.upkeep.judge_tasks import ListedTask
from recommender.catalog.upkeep.listing import ListedModel, Listing, listing
from recommender.errors import Fault, InputError

# Which task a benchmark measures itself, best first; stand-ins (such as votes in French for translation) are left out.
MEASURED_BY = {
    "chat": ("arena-text", "arena-2025-full", "arena-2025-multiturn"),
    "question_answering": (
        "euroeval-en-reading", "vendor-mmlu-pro", "vendor-mmlu", "mmlu", "vendor-simpleqa", "vendor-drop", "fiction-live-16k",
    ),
    "summarization": ("vectara-consistency", "livebench-if"),
    "classification": ("euroeval-en-sentiment", "mteb-classification"),
    "extraction": ("euroeval-en-entities",),
    "rewriting": ("livebench-if",),
    "text_generation": ("arena-2025-creative-writing", "creative-story", "livebench-if"),
    "reasoning": (
        "livebench-reasoning", "epoch-gpqa-diamond", "epoch-math-level-5", "epoch-aime", "vendor-gpqa", "vendor-math", "bbh",
        "vendor-bbh", "gsm8k", "simplebench",
    ),
    "agentic": ("tau2-retail", "tau2-banking", "bfcl-multi-turn", "terminal-bench", "agent-company", "osworld"),
    "code_generation": (
        "livebench-coding", "aider-polyglot", "aider-edit", "arena-code", "arena-2025-coding", "vendor-humaneval",
        "swe-atlas-refactoring", "weirdml",
    ),
    "semantic_search": ("mteb-retrieval",),
    "reranking": ("mteb-reranked", "mteb-reranking", "mteb-reranking-multilingual"),
    "document_extraction": ("vendor-docvqa", "arena-document", "arena-2025-vision-ocr"),
    "visual_question_answering": ("arena-vision", "arena-2025-vision-full", "vendor-mmmu", "vendor-chartqa", "vendor-mathvista"),
    "image_classification": ("geobench",),
    "video_understanding": ("video-mme",),
    "image_generation": ("arena-text-to-image", "arena-2025-image"),
    "image_editing": ("arena-image-edit",),
    "video_generation": ("arena-text-to-video", "arena-image-to-video"),
    "speech_to_text": ("open-asr-short", "open-asr-long", "open-asr-multilingual"),
    "speech_to_speech": ("tau2-voice-retail", "tau2-voice-airline", "tau2-voice-telecom"),
}  # fmt: skip


def read(folder: Path) -> Listing:
    """Every model that a benchmark of a task has a score of; each task with its best benchmark and that one's day.

    Raises:
        InputError: when the path is no folder of benchmarks, or with the faults of its files.
    """
    if not folder.is_dir():
        raise InputError([Fault(str(folder), "is not a folder", "give the catalog's folder of benchmarks")])
    tables = {path.stem: read_document(path.read_bytes(), path.name).value for path in sorted(folder.glob("*.yaml"))}
    found: dict[str, list[ListedTask]] = defaultdict(list)
    for task, benchmarks in MEASURED_BY.items():
        for model, (benchmark, day) in _measured(folder, tables, benchmarks).items():
            found[model].append(ListedTask(task, f"measured: benchmarks/{benchmark}.yaml", day))
    return listing(models=tuple(ListedModel(model, {"tasks": tuple(found[model])}) for model in sorted(found)))


def _measured(folder: Path, tables: dict[str, Any], benchmarks: tuple[str, ...]) -> dict[str, tuple[str, datetime.date]]:
    first: dict[str, tuple[str, datetime.date]] = {}
    for name in (one for one in benchmarks if one in tables):
        try:
            day = tables[name]["source"]["retrieved"]
            if not isinstance(day, datetime.date):
                raise TypeError
            for row in tables[name]["scores"]:
                first.setdefault(str(row[0]), (name, day))
        except (KeyError, TypeError, IndexError):
            fault = Fault(str(folder / f"{name}.yaml"), "not a benchmark", "compare with a neighbouring file")
            raise InputError([fault]) from None
    return first
