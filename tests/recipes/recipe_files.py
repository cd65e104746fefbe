"""The questions that recipes are made for in tests, and what looks into the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from recommender import Catalog, Option, Recommendation, Requirements, recommend
from recommender.catalog.library import Library
from recommender.engine import decider
from recommender.recipes.plan import own_server
from recommender.recipes.values import machine_of
from recommender.recipes.writing import filled

SCHEMAS = yaml.safe_load((Path(__file__).parent / "schemas.yaml").read_text(encoding="utf-8"))
PROGRAMME: dict[str, Any] = {
    "team": {"skills": "research", "people": 10, "weeks_to_launch": 60},
    "budget": {"monthly_usd": 1e6, "one_time_usd": 1e8},
}
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"task": "chat", "knowledge": {"documents": 300, "updates": "weekly"}, "budget": {"monthly_usd": 400}},
    {
        "task": "classification",
        "data": {"labelled_examples": 4000, "classes": 8},
        "workload": {"requests_per_month": 30_000_000},
    },
    {"task": "extraction", "data": {"labelled_examples": 900}, "privacy": {"boundary": "on_premises"}},
    {"task": "question_answering", "hardware": {"owned": [{"accelerator": "rtx 4090"}]}, "knowledge": {"tokens": 80_000}},
    {"task": "speech_to_text", "languages": ["de"], "data": {"labelled_hours": 40}, "quality": {"error_cost": "high"}},
    {"task": "semantic_search", "knowledge": {"documents": 50_000}, "data": {"labelled_examples": 3000}},
    {"task": "tabular_prediction", "data": {"labelled_examples": 9000, "features": 20}},
    {"task": "tabular_prediction", "data": {"labelled_examples": 9000, "features": 20, "classes": 3}},
    {"task": "time_series_forecasting", "data": {"horizon": 14}},
    {
        "task": "classification",
        "data": {"labelled_examples": 4000, "classes": 8, "multi_label": True},
        "workload": {"requests_per_month": 30_000_000},
    },
    {"task": "text_generation", "privacy": {"boundary": "on_device"}, "hardware": {"device_memory_gb": 16}},
    {
        "task": "speech_to_text",
        "languages": ["en"],
        "data": {"labelled_hours": 40},
        "only": ["facebook/wav2vec2-base-960h"],
    },
    {"task": "image_classification", "data": {"labelled_examples": 20_000, "classes": 10}},
    {"task": "object_detection", "data": {"labelled_examples": 5000}},
    {"task": "image_segmentation", "data": {"labelled_examples": 5000}},
    {"task": "audio_classification", "data": {"labelled_examples": 8000, "classes": 5}},
    {
        "task": "translation",
        "languages": ["en"],
        "target_languages": ["de"],
        "data": {"labelled_examples": 50_000},
        "privacy": {"boundary": "on_premises"},
    },
    {"task": "translation", "languages": ["en"], "target_languages": ["de"], "only": ["deepl/deepl-api"]},
    {"task": "speech_to_text", "languages": ["en"], "privacy": {"boundary": "air_gapped"}},
    {"task": "text_to_speech", "languages": ["en"], "privacy": {"boundary": "on_premises"}},
    {"task": "image_generation", "privacy": {"boundary": "on_premises"}},
    {"task": "image_editing", "privacy": {"boundary": "on_premises"}},
    {"task": "time_series_forecasting", "privacy": {"boundary": "on_premises"}},
    {"task": "text_generation", "data": {"unlabelled_tokens": 2e10, "labelled_examples": 5000}, **PROGRAMME},
    {"task": "text_generation", "data": {"unlabelled_tokens": 2e12}, **PROGRAMME, "only": ["train_from_scratch"]},
)


def made_from(catalog: Catalog, library: Library) -> list[tuple[Option, dict[str, str]]]:
    """One recipe per (strategy, hosting, type of model) that the questions bring, and one of every model that is tuned by its kind."""
    seen: dict[tuple[str, ...], tuple[Option, dict[str, str]]] = {}
    for question in QUESTIONS:
        needs = Requirements.model_validate(question)
        answer, decision = recommend(needs, catalog, draws=0, detail="answer", alternatives=250), decider(catalog)(needs)
        for option in (answer.winner, *answer.alternatives):
            if option is None:
                continue
            key: tuple[str, ...] = (
                option.strategy.id,
                option.deployment.hosting,
                option.model.type,
                str(needs.data.multi_label),
            )
            if option.strategy.id == "finetune_specialist" or (
                option.strategy.id == "classical_ml" and option.model.type != "embedding"
            ):
                key = (*key, str(question["task"]), option.model.id, str(needs.data.classes))
            machine = machine_of(library, option.deployment.accelerator)
            server = own_server(option, machine, str(question["task"]), library.models[option.model.id].repository)
            if server:
                key = (*key, server.part, server.route, server.pipeline)
            if key not in seen:
                seen[key] = (option, filled(needs, decision, option, _short(answer), library))
    return list(seen.values())


def _short(answer: Recommendation) -> Recommendation:
    return answer.model_copy(update={"alternatives": answer.alternatives[:30]})


def files(made: list[tuple[Option, dict[str, str]]], *names: str) -> Iterator[tuple[Option, str, str]]:
    for option, texts in made:
        for path, text in texts.items():
            if path.endswith(names):
                yield option, path, text


def held_to(schema: str, value: Any) -> None:
    faults = [
        f"{'.'.join(map(str, one.path))}: {one.message}" for one in Draft202012Validator(SCHEMAS[schema]).iter_errors(value)
    ]
    assert not faults, faults
