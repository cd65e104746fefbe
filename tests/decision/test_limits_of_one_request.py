"""How much a closed model reads and writes in one request: less than its window, here and there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from recommender import Catalog, compare
from recommender.decision.lengths import lengths
from recommender.engine import decided

READS = "is longer than the model reads in one request"
WRITES = "is longer than the model writes in one request"
GPT = "openai/gpt-5-mini"  # reads 272,000 and writes 128,000 of a window of 400,000
DEEPSEEK = "deepseek-ai/deepseek-v3"  # open: its maker's interface writes 8192, others serve what they will


def why_not(catalog: Catalog, model: str, **workload: float) -> str:
    needs = {"task": "summarization", "workload": {"requests_per_month": 1000, **workload}}
    (found,) = compare(needs, [f"zero_shot/{model}"], catalog, draws=0).compared
    return " ".join(found.because)


@pytest.mark.parametrize(("longest", "fits"), [(250_000, True), (300_000, False)])
def test_a_closed_model_reads_no_more_than_its_maker_says(catalog: Catalog, longest: int, fits: bool) -> None:
    assert (READS not in why_not(catalog, GPT, max_input_tokens=longest, output_tokens=500)) == fits


@pytest.mark.parametrize(("answer", "fits"), [(100_000, True), (140_000, False)])
def test_a_closed_model_writes_no_more_than_its_maker_says(catalog: Catalog, answer: int, fits: bool) -> None:
    assert (WRITES not in why_not(catalog, GPT, input_tokens=1000, output_tokens=answer)) == fits


def test_an_open_model_is_held_to_its_window_alone(catalog: Catalog) -> None:
    models = catalog.columns.models
    assert models.max_output_tokens[models.ids.index(DEEPSEEK)] < 20_000
    assert WRITES not in why_not(catalog, DEEPSEEK, input_tokens=1000, output_tokens=20_000)


@pytest.mark.parametrize(("task", "shares"), [("code_generation", True), ("chat", False)])
def test_calls_of_an_agent_at_a_job_share_its_answer(catalog: Catalog, task: str, shares: bool) -> None:
    """A repair of code is written in twelve calls; a turn of a conversation by the last of them."""
    needs: dict[str, Any] = {"task": task, "workload": {"output_tokens": 1200, "model_calls": 12}}
    decision = decided(needs, catalog, None)
    strategies = [spec.id for spec in decision.columns.strategies]
    agents = decision.candidates.strategy == strategies.index("tool_agent")
    written = np.broadcast_to(lengths(decision.rows).answer, agents.shape)[agents]
    assert len(written)
    assert written == pytest.approx(100.0 if shares else 1200.0)
