"""A table of one's own that names models no shipped benchmark has: what the fit knows of them, and where it places them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from recommender.catalog.compile_quality import model_facts
from recommender.catalog.imported_facts import with_facts
from recommender.catalog.library import Library, read_library
from recommender.evidence.benchmarks import read_benchmarks, read_released_models
from recommender.evidence.bring_your_own import imported_records
from recommender.evidence.layers import merged
from recommender.evidence.quality import prior_of, quality_of_models
from recommender.evidence.quality_fit import Widths, fit_quality, quality_calibration

HEAD = "benchmark,model,variant,value,date,source,unit,axis"
LUNA, GPT, KIMI, QWEN = "openai/gpt-6-luna", "openai/gpt-5.5", "moonshotai/kimi-k2.6", "qwen/qwen3.5-9b"
HAIKU, FLASH, SOL = "anthropic/claude-haiku-5-5", "zai-org/glm-5.3-flash", "openai/gpt-6-sol"
TICKETS = {LUNA: 88, GPT: 86, KIMI: 84, QWEN: 70}


def table(scores: Mapping[str, float]) -> str:
    return "\n".join(
        [HEAD, *(f"our-tickets,{name},,{value},2026-11-20,in-house,percent,general" for name, value in scores.items())]
    )


@pytest.fixture(scope="module")
def library(root: Path) -> Library:
    return read_library((root / "catalog",))


@pytest.fixture(scope="module")
def at_chat(
    library: Library, quality: Mapping[str, Any]
) -> Callable[[Mapping[str, Any]], dict[str, tuple[float, float, float]]]:
    """Low, middle and high of models at chat by a calibration, scored or not."""
    names = (LUNA, GPT, KIMI, QWEN, HAIKU, FLASH, SOL)

    def judged(calibration: Mapping[str, Any]) -> dict[str, tuple[float, float, float]]:
        prior = prior_of(calibration, names, model_facts(library.models, names))
        found = quality_of_models(calibration, "chat", names, prior, prior[0] < 99)
        return {name: (found.low[i], found.mid[i], found.high[i]) for i, name in enumerate(names)}

    return judged


@pytest.fixture(scope="module")
def imported(library: Library, quality: Mapping[str, Any], at_chat: Any) -> dict[str, tuple[float, float, float]]:
    """The same once the four scores are in; the widths, which take a minute to measure, stay the shipped ones."""
    own = with_facts(imported_records(table(TICKETS), "T.csv", library.benchmarks), library.models, library.benchmarks)
    records = merged([library.benchmarks, own])
    scored, width = read_benchmarks(records), quality["interval_widths"]
    fit = fit_quality(scored, read_released_models(records))
    return dict(at_chat(quality_calibration(fit, scored, Widths(width["scored"], width["few"], width["unscored"]))))


def test_the_best_of_a_table_does_not_fall_for_being_new(
    imported: dict[str, tuple[float, float, float]], quality: Mapping[str, Any], at_chat: Any
) -> None:
    """Without its facts it fell from 80.4 (75.3 to 84.9) to 59.6 (50.9 to 68.1) as a model of mid-2024 by nobody."""
    before = at_chat(quality)[LUNA][1]
    low, mid, high = imported[LUNA]
    assert mid >= before >= 79
    assert low <= before <= high and high - low < 10


def test_what_nobody_tested_gains_less_than_what_tested_well(
    imported: dict[str, tuple[float, float, float]], quality: Mapping[str, Any], at_chat: Any
) -> None:
    before = at_chat(quality)
    gained = {name: imported[name][1] - before[name][1] for name in before}
    assert all(abs(gained[name]) < 0.5 for name in (HAIKU, FLASH, SOL))
    assert gained[LUNA] > 1 > max(gained[name] for name in (HAIKU, FLASH, SOL))
    assert imported[LUNA][1] > imported[KIMI][1] > imported[QWEN][1]
    assert gained[QWEN] <= 0, "the worst of the table"


def facts_of(library: Library, names: tuple[str, ...], below: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    records = library.benchmarks if below is None else below
    own = imported_records(table(dict.fromkeys(names, 80.0)), "T.csv", library.benchmarks)
    return with_facts(own, library.models, records).get("imported-models.yaml", {})


def test_facts_come_from_the_catalog_and_never_over_those_the_fit_has(library: Library) -> None:
    told = facts_of(library, (LUNA, GPT, KIMI, FLASH))["models"]
    assert set(told) == {LUNA, FLASH}
    assert told[LUNA] == {"lab": "openai", "released": date(2026, 9, 22), "open": False, "reasons": True}
    flash = library.models[FLASH]
    assert (told[FLASH]["lab"], told[FLASH]["released"], told[FLASH].get("params_b")) == (
        "zai",
        flash.released,
        flash.parameters_b,
    )


def test_a_model_that_nobody_describes_is_of_the_time_of_its_first_score(library: Library) -> None:
    told = facts_of(library, ("our/tuned", GPT, KIMI, QWEN))["models"]
    assert told == {"our/tuned": {"lab": "other", "open": False, "reasons": False, "released": date(2026, 9, 21)}}


def test_a_table_whose_models_the_fit_knows_brings_no_facts(library: Library) -> None:
    assert facts_of(library, (GPT, KIMI, QWEN, "openai/gpt-4.1")) == {}


def test_a_second_table_keeps_the_facts_of_the_first(library: Library) -> None:
    first = facts_of(library, (LUNA, GPT, KIMI, QWEN))
    second = facts_of(library, (HAIKU, GPT, KIMI, QWEN), {**library.benchmarks, "imported-models": first})
    assert set(second["models"]) == {LUNA, HAIKU} and second["source"]["retrieved"] == date(2026, 11, 20)


def test_a_known_model_without_a_release_gets_the_catalogs_and_keeps_it(library: Library) -> None:
    known = read_released_models(library.benchmarks)["xai/grok-3"]
    first = facts_of(library, ("xai/grok-3", GPT, KIMI, QWEN))
    told = first["models"]["xai/grok-3"]
    assert known.released is None and told["released"] == library.models["xai/grok-3"].released
    assert (told["lab"], told["open"], told["reasons"]) == (known.lab, known.is_open, known.reasons)
    later = facts_of(library, (LUNA, GPT, KIMI, QWEN), {**library.benchmarks, "imported-models": first})
    assert set(later["models"]) == {LUNA, "xai/grok-3"}


def test_what_was_trained_for_one_task_stays_apart(library: Library, benchmark_records: Mapping[str, Any]) -> None:
    told = read_released_models(benchmark_records)
    name = next(name for name, one in library.models.items() if one.type == "translation" and name not in told)
    assert facts_of(library, (name, GPT, KIMI, QWEN))["models"][name]["lab"] == "translators"
