"""Requirements as people state them: a task, and a few facts beside it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as some

TASKS = (
    "chat", "question_answering", "classification", "extraction", "summarization", "translation", "semantic_search",
    "speech_to_text", "document_extraction", "tabular_prediction", "code_generation", "image_generation",
)  # fmt: skip
BOUNDARIES = ("any_cloud", "own_tenant", "on_premises", "air_gapped")


def folders(**fields: some.SearchStrategy[Any]) -> some.SearchStrategy[dict[str, Any]]:
    """A part of the requirements with some of its fields."""
    return some.fixed_dictionaries({}, optional=fields)


def needs(tasks: tuple[str, ...] = TASKS) -> some.SearchStrategy[dict[str, Any]]:
    """A task and any of the facts that decide."""
    return some.fixed_dictionaries(
        {"task": some.sampled_from(tasks)},
        optional={
            "workload": folders(requests_per_month=some.sampled_from([300.0, 1e4, 1e6, 1e8])),
            "latency": folders(p95_ms=some.sampled_from([50.0, 500.0, 5e3, 6e4])),
            "budget": folders(monthly_usd=some.sampled_from([20.0, 500.0, 2e4])),
            "data": folders(
                labelled_examples=some.sampled_from([0.0, 50.0, 1000.0, 1e5]),
                labels_obtainable=some.booleans(),
            ),
            "privacy": folders(
                boundary=some.sampled_from(BOUNDARIES),
                sensitivity=some.sampled_from(["public", "internal", "confidential", "regulated"]),
                residency=some.sampled_from([["eu"], ["us"], ["eu", "ch"]]),
            ),
            "knowledge": folders(
                documents=some.sampled_from([20.0, 3000.0, 1e6]), updates=some.sampled_from(["static", "yearly", "daily"])
            ),
            "quality": folders(bar=some.sampled_from(["draft", "good", "high"])),
            "team": folders(skills=some.sampled_from(["no_code", "software", "ml"])),
        },
    )
