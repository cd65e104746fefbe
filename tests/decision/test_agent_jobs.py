"""What an agent's job costs and how long it takes: every call reads what came before again."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from recommender import Catalog, Option, compare
from recommender.engine import decided
from recommender.estimates.agent_loop import AgentLoop, read_tokens, repeated_tokens
from recommender.estimates.token_cost import TokenPrices, Tokens, token_cost
from recommender.explanation.options import option_id
from recommender.techniques import tool_calls

LUNA = "tool_agent/openai/gpt-6-luna/openai"
OWN = "tool_agent/qwen/qwen3.8-27b/b200-sxm-4-bit"
PLAIN = "rag/openai/gpt-6-luna/openai"

# USD per million tokens: input, output, read from a cache (vendors' price lists); NaN where the harness did not ask for a cache.
OPUS_45, SONNET_45 = (5.0, 25.0, math.nan), (3.0, 15.0, math.nan)
SONNET_45_CACHED, OPUS_46_CACHED = (3.0, 15.0, 0.3), (5.0, 25.0, 0.5)
GPT_52, GPT_5, GEMINI_3_PRO = (1.75, 14.0, 0.175), (1.25, 10.0, 0.125), (2.0, 12.0, 0.2)

# USD per case, mean of airline, retail and telecom: submissions to tau2-bench, read 2026-08-18; GPT-5 thinks.
CUSTOMER_CASES = [(OPUS_45, 1, 0.502), (SONNET_45, 1, 0.346), (GPT_52, 1, 0.0504), (GPT_5, 5, 0.1346)]
# USD per repair of SWE-bench Verified: OpenHands Index (MIT), results and alternative agents, read 2026-12-01.
REPAIRS = [(GPT_52, 1, 0.86), (SONNET_45_CACHED, 1, 0.70), (OPUS_46_CACHED, 1, 1.14), (GEMINI_3_PRO, 1, 0.95)]


def test_every_call_reads_the_steps_before_it() -> None:
    loop = AgentLoop(3.0, 100.0, 10.0)
    assert read_tokens(loop) == 100 + 110 + 120
    assert repeated_tokens(loop) == 100 + 110, "the second call has read 100 before, the third 110"
    once = AgentLoop(1.0, 100.0, 10.0)
    assert (read_tokens(once), repeated_tokens(once)) == (100, 0)


def test_of_calls_that_grow_past_a_tier_only_those_past_it_are_dearer() -> None:
    """Calls of 50,000 to 150,000 tokens, a tier above 100,000: (150^2 - 100^2) / (150^2 - 50^2) = 5 / 8 of the tokens."""
    grown = Tokens(input=1_000_000.0, cached=0.0, output=0.0, calls=10.0, shortest=50_000.0, longest=150_000.0)
    prices = TokenPrices(1.0, 1.0, math.nan, 100_000.0, 5.0, math.nan, 1.0)
    assert float(token_cost(prices, grown)) == pytest.approx(3 / 8 * 1.0 + 5 / 8 * 5.0)
    never, always = (TokenPrices(1.0, 1.0, math.nan, tier, 5.0, math.nan, 1.0) for tier in (160_000.0, 40_000.0))
    assert (float(token_cost(never, grown)), float(token_cost(always, grown))) == (1.0, 5.0)
    assert float(token_cost(prices, Tokens(input=120_000.0, cached=0.0, output=0.0))) == pytest.approx(0.12 * 5.0)


def job_usd(catalog: Catalog, task: str, calls: float, prices: tuple[float, float, float], thinks: float) -> float:
    """A job's bill at a price list, with every size at its middle."""
    situation = decided({"task": task, "workload": {"model_calls": calls}}, catalog, None).situation
    asked = tool_calls.demand(situation)
    loop = AgentLoop(1.0 + asked.extra_calls, situation.input_tokens + situation["instruction_tokens"], asked.step_tokens)
    paid, answered, cached = prices
    bill = token_cost(
        TokenPrices(paid, answered, cached, math.inf, math.nan, math.nan, 1.0),
        Tokens(
            input=read_tokens(loop),
            cached=situation["agent_cache_share"] * repeated_tokens(loop),
            output=(situation.output_tokens + asked.answer_tokens) * thinks,
            calls=loop.calls,
        ),
    )
    return float(np.asarray(bill))


@pytest.mark.parametrize(("prices", "thinks", "published"), CUSTOMER_CASES)
def test_a_customers_case_costs_about_what_was_billed(
    catalog: Catalog, prices: tuple[float, float, float], thinks: float, published: float
) -> None:
    usual = catalog.as_of(None).columns.tasks["agentic"].workload.model_calls
    assert usual is not None
    assert published / 2 < job_usd(catalog, "agentic", usual.mid, prices, thinks) < published * 2


@pytest.mark.parametrize(("prices", "thinks", "published"), REPAIRS)
def test_a_repair_of_thirty_calls_costs_about_what_was_billed(
    catalog: Catalog, prices: tuple[float, float, float], thinks: float, published: float
) -> None:
    assert published / 2 < job_usd(catalog, "code_generation", 30, prices, thinks) < published * 2


def option(catalog: Catalog, name: str, task: str, **work: float) -> Option:
    needs = {"task": task, "workload": {"requests_per_month": 10_000, **work}}
    (found,) = compare(needs, [name], catalog, draws=0).compared
    assert found.option is not None, found.because
    return found.option


def middles(one: Option) -> tuple[float, ...]:
    """Invoices of a month [USD], the whole wait and the first word [ms]."""
    found = [one.estimates[name].mid for name in ("monthly_cost_usd", "latency_p95_ms", "first_token_p95_ms")]
    return tuple(math.nan if one is None else one for one in found)


def test_ten_times_the_calls_cost_more_than_ten_times_and_change_nothing_else(catalog: Catalog) -> None:
    few, many = (middles(option(catalog, LUNA, "chat", model_calls=calls)) for calls in (3, 30))
    assert many[0] > 10 * few[0], "what later calls read again grows with the square"
    assert many[1] > 5 * few[1]
    plain = [middles(option(catalog, PLAIN, "chat", model_calls=calls)) for calls in (3, 30)]
    assert plain[0] == plain[1]


def test_an_agent_at_a_job_says_at_once_what_it_does_and_one_that_answers_says_it_last(catalog: Catalog) -> None:
    for name in (LUNA, OWN):
        job = [middles(option(catalog, name, "agentic", model_calls=calls))[2] for calls in (4, 40)]
        assert job[1] < 2 * job[0], "the first call's wait, with a longer conversation to read on average"
    turn = [middles(option(catalog, LUNA, "chat", model_calls=calls))[2] for calls in (4, 40)]
    assert turn[1] > 5 * turn[0]


def test_short_jobs_are_taken_to_need_few_calls(catalog: Catalog) -> None:
    def calls(**work: float) -> float:
        situation = decided({"task": "agentic", "workload": work}, catalog, None).situation
        return float(np.asarray(situation.model_calls))

    assert calls() == 12
    assert calls(output_tokens=400) == pytest.approx(6), "half of the usual 800 tokens"
    assert calls(output_tokens=10) == 1, "one call is the least"
    assert calls(output_tokens=10, model_calls=7) == 7


def test_what_a_job_adds_up_to_must_fit_the_context(catalog: Catalog) -> None:
    """400 calls leave 400 * 580 tokens behind."""
    decision = decided({"task": "agentic", "workload": {"model_calls": 400}}, catalog, None)
    windows = decision.columns.models.context_tokens[decision.candidates.model[decision.order]]
    assert len(decision.order) > 0
    assert np.nanmin(windows) > 399 * 580


def test_passages_of_code_are_found_less_often_than_by_an_agent(catalog: Catalog) -> None:
    needs = {"task": "code_generation", "knowledge": {"documents": 10_000, "source": "documents"}}
    found = {name: compare(needs, [name], catalog, draws=0).compared[0].option for name in (LUNA, PLAIN)}
    agent, passages = (math.nan if one is None else one.estimates["quality"].mid or math.nan for one in found.values())
    assert agent > passages + 5


def test_a_tuned_model_learns_to_act_from_the_calls_in_its_examples(catalog: Catalog) -> None:
    """Half of the requests need an action: worth 20 points at most without one, everything with 500 of 1,000 examples behind it."""
    name = "finetune_llm/qwen/qwen3.8-27b/b200-sxm-4-bit"

    def lost(examples: int) -> float:
        data = {"labelled_examples": examples}
        asked: list[dict[str, object]] = [{}, {"capabilities": ["tool_calling"]}]
        found = [compare({"task": "chat", "data": data, **more}, [name], catalog, draws=0).compared[0].option for more in asked]
        words, acts = (math.nan if one is None else one.estimates["quality"].mid or math.nan for one in found)
        return (words - acts) / (words - 20.0)

    assert lost(500) == pytest.approx(0.5 * 0.5, abs=0.01), "half of the requests, half of those learned"
    assert lost(50_000) < 0.01


def fitting(catalog: Catalog, needs: dict[str, Any]) -> dict[str, float]:
    """What fits, by its id, with its invoices of a month. [USD]"""
    decision = decided(needs, catalog, None)
    return {option_id(decision, row): float(decision.estimates.monthly_cost_usd[row]) for row in decision.order.tolist()}


LOOKED_UP: dict[str, Any] = {"knowledge": {"documents": 2_000}}
JOBS: tuple[dict[str, Any], ...] = (
    {"task": "question_answering", **LOOKED_UP, "workload": {"requests_per_month": 1_000, "input_tokens": 254_000}},
    {"task": "agentic", **LOOKED_UP, "workload": {"requests_per_month": 10_000}},
    {"task": "chat", **LOOKED_UP, "workload": {"requests_per_month": 100_000, "mode": "batch"}},
    {"task": "code_generation", "workload": {"requests_per_month": 20_000, "output_tokens": 20}},
)


@pytest.mark.parametrize("wish", JOBS, ids=lambda one: str(one["task"]))
def test_more_calls_are_never_cheaper_and_change_no_other_strategy(wish: dict[str, Any], catalog: Catalog) -> None:
    before: dict[str, float] = {}
    for calls in (1.0, 1.2, 1.5, 2.0, 3.0, 12.0):
        found = fitting(catalog, {**wish, "workload": {**wish["workload"], "model_calls": calls}})
        agents = {name: usd for name, usd in found.items() if name.startswith("tool_agent/")}
        hosted = [name for name in before.keys() & agents.keys() if name.count("/") == 3 and "-bit" not in name]
        assert agents and all(agents[name] >= before[name] * (1 - 1e-9) for name in hosted)
        others = [name for name in found if not name.startswith("tool_agent/")]
        assert not before or others == [name for name in before if not name.startswith("tool_agent/")], "in the same order"
        before = found


def test_more_calls_let_nothing_through_a_limit_on_time(catalog: Catalog) -> None:
    def agents(calls: float) -> set[str]:
        work = {"requests_per_month": 1_000, "model_calls": calls, "output_tokens": 2_000}
        found = fitting(catalog, {"task": "agentic", "workload": work, "latency": {"p95_ms": 60_000}})
        return {name.rpartition("/")[0] for name in found}  # each model on whichever machine is in time

    found = [agents(calls) for calls in (1, 2, 4, 12, 40)]
    assert all(fewer >= more for fewer, more in pairwise(found))
    assert found[0] > found[-1]


@pytest.mark.parametrize("limit", [4_000, 5_000, 20_000, 30_000])
def test_a_limit_on_the_first_word_that_is_kept_anyway_changes_nothing(limit: float, catalog: Catalog) -> None:
    needs = {
        "task": "code_generation",
        "capabilities": ["tool_calling"],
        "workload": {"requests_per_month": 100_000, "model_calls": 12},
        "privacy": {"boundary": "own_tenant"},
        "only": ["qwen/qwen3-32b"],
    }
    kept = fitting(catalog, {**needs, "latency": {"first_token_p95_ms": limit}})
    machines = {name: usd for name, usd in fitting(catalog, needs).items() if name.startswith("tool_agent/") and "-bit" in name}
    assert machines
    assert {name: kept.get(name) for name in machines} == machines


def test_calls_that_follow_one_another_get_no_batch_tariff(catalog: Catalog) -> None:
    """The vendor promises each answer within a day: twelve of them are twelve days."""

    def monthly(calls: float, hours: float) -> float:
        work = {"requests_per_month": 1_000, "mode": "batch", "deadline_hours": hours, "model_calls": calls}
        (found,) = compare({"task": "agentic", "workload": work}, [LUNA], catalog, draws=0).compared
        assert found.option is not None
        return found.option.estimates["monthly_cost_usd"].mid or math.nan

    assert monthly(12, 48) == monthly(12, 12), "no tariff for waiting longer"
    assert monthly(1, 48) == pytest.approx(monthly(1, 12) / 2), "half the price for one call"
