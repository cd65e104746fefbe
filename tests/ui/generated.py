"""Requirements as the form can make them: any question answered, or not."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as some
from recommender_form.asking.fields import FIELDS, Field
from recommender_form.asking.state import with_change

from recommender.domain.words import TASKS

NAMES = ("openai/*", "mistral/*", "rag", "apache-2.0", "*")
LANGUAGES = ("en", "de", "es", "sw", "multilingual")
MACHINES = (
    [{"accelerator": "rtx 4090"}],
    [{"accelerator": "16gb macbook"}],
    [{"accelerator": "h100", "count": 4}],
    [{"accelerator": "cpu"}],
)
TEXTS = ("A <b>bold</b> *wish*", "=1+1", "[link](javascript:alert(1))")
MODELS = ("GPT-4o", "our own thing", "openai/gpt-4o-mini")


def value_of(field: Field) -> some.SearchStrategy[Any]:
    """Any answer to a question, in the engine's unit."""
    if field.kind == "choice":
        return some.sampled_from(field.options)
    if field.kind == "truth":
        return some.booleans()
    if field.kind == "text":
        return some.sampled_from(TEXTS)
    if field.kind == "names":
        return some.sampled_from(MODELS)
    if field.kind == "many":
        options = {"language": LANGUAGES, "name": NAMES}.get(field.group, field.options)
        return some.lists(some.sampled_from(options), min_size=1, max_size=3, unique=True)
    return some.sampled_from(
        [number for number in (0.0, 0.5, 1.0, 40.0, 1000.0, 250_000.0, 1e8) if field.least <= number <= field.most]
    )


@some.composite
def needs(draw: some.DrawFn, most: int = 8) -> dict[str, Any]:
    """A task and some answers, most often few."""
    found: dict[str, Any] = {"task": draw(some.sampled_from(TASKS))}
    for field in draw(some.lists(some.sampled_from(FIELDS), max_size=most, unique_by=lambda field: field.path)):
        found = with_change(found, field.path, draw(value_of(field)))
    if draw(some.booleans()):
        found = with_change(found, "workload.requests_per_month", draw(some.sampled_from([10.0, 3e4, 1e8])))
    if draw(some.integers(0, 3)) == 0:
        found = with_change(found, "hardware.owned", draw(some.sampled_from(MACHINES)))
    if "boundary" in found.get("privacy", {}) and draw(some.booleans()):
        found = with_change(found, "privacy.boundary_is", "wish")
    return found
