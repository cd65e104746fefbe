"""Public formulas with arguments and their dimensions: what the tests of units and of columns walk through.

A dimension is a product of powers such as `usd/token` or `byte/par^0.5`; `1` is a pure number. Parameters count as `par`,
floating-point work as `par*token` (two FLOPs each), data as `byte`. Formulas that take fitted parameters or carry constants with
a unit of their own are in `fitted_formulas.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from recommender.estimates import (
    agent_loop,
    audio,
    encoder,
    energy,
    latency,
    memory,
    retrieval,
    self_hosting_cost,
    token_cost,
    totals,
    training,
)
from recommender.estimates.agent_loop import AgentLoop
from recommender.estimates.retrieval import Chunking
from recommender.estimates.self_hosting_cost import Site
from recommender.estimates.token_cost import TokenPrices, Tokens, UnitPrices, Units


@dataclass(frozen=True)
class Formula:
    """A function of plain arguments: (value, dimension) each, and the dimension of its result. `fitted` are numbers, never
    columns; `constants` are those of the formula's modules that have a dimension, as `module.NAME`."""

    compute: Callable[..., Any]
    result: str
    given: dict[str, tuple[float, str]] = field(default_factory=dict)
    name: str = ""
    fitted: dict[str, tuple[float, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """The formula's own name."""
        return self.name or self.compute.__name__


def _loop(formula: Callable[..., Any]) -> Callable[..., Any]:
    return lambda calls, first, step: formula(AgentLoop(calls, first, step))


def _cut(formula: Callable[..., Any]) -> Callable[..., Any]:
    return lambda amount, chunk, overlap: formula(amount, Chunking(chunk, overlap))


def _bill(**given: Any) -> Any:
    names = ("input_usd", "output_usd", "cache_read_usd", "tier_above", "tier_input_usd", "tier_output_usd", "multiplier")
    prices = TokenPrices(**{name: given[name] for name in (*names, "cache_write_usd")})
    return token_cost.token_cost(prices, Tokens(**{name: given[name] for name in ("input", "cached", "output", "written")}))


def _units(**given: Any) -> Any:
    prices = UnitPrices(given["p_minute"], given["p_characters"], given["p_image"], given["p_page"], given["p_second"])
    return token_cost.unit_cost(
        prices, Units(given["minutes"], given["characters"], given["images"], given["pages"], given["seconds"])
    )


def _site(formula: Callable[..., Any], *first: str) -> Callable[..., Any]:
    def compute(usd_per_kwh: Any, hosting: Any, **rest: Any) -> Any:
        return formula(*(rest[name] for name in first), Site(4.0, usd_per_kwh, 1.4, hosting))

    return compute


MACHINES = {"power_w": (700.0, "joule/s"), "accelerators": (3.0, "1")}
SITE = {"usd_per_kwh": (0.2, "usd*s/joule"), "hosting": (80.0, "usd")}
# Written by hand; a test sees to it that no public formula is missing.
FORMULAS = (
    Formula(memory.weights_gb, "byte", {"parameters_b": (8.0, "par"), "bits": (4.9, "byte/par")}),
    Formula(
        memory.kv_bytes_per_token, "byte",
        {"layers": (32.0, "1"), "kv_heads": (8.0, "1"), "head_dim": (128.0, "1"), "value_bytes": (2.0, "byte")},
    ),
    Formula(
        memory.latent_kv_bytes_per_token, "byte",
        {"layers": (61.0, "1"), "rank": (512.0, "1"), "rope_dim": (64.0, "1"), "value_bytes": (1.0, "byte")},
    ),
    Formula(
        memory.kv_gb, "byte", {"bytes_per_token": (1e5, "byte/token"), "tokens": (900.0, "token"), "sequences": (7.0, "1")}
    ),
    Formula(
        memory.windowed_kv_values, "value",
        {"every": (4e4, "value"), "windowed": (2e5, "value"), "window_tokens": (1024.0, "token"), "tokens": (5e3, "token")},
    ),
    Formula(
        lambda full, window, seen, tokens, sequences: memory.windowed_kv_gb(
            memory.Attention(full, window, seen), tokens, sequences
        ),
        "byte",
        {"full": (4e4, "byte/token"), "window": (2e5, "byte/token"), "seen": (1024.0, "token"), "tokens": (5e3, "token"),
         "sequences": (3.0, "1")},
        "windowed_kv_gb",
    ),
    Formula(
        token_cost.billed_output_tokens, "token", {"visible_tokens": (400.0, "token"), "reasoning_multiplier": (4.0, "1")}
    ),
    Formula(token_cost.bill_multiplier, "1", {"batch_discount": (0.5, "1"), "regional_uplift": (0.1, "1")}),
    Formula(
        token_cost.after_free_allowance, "usd",
        {"units": (5000.0, "item"), "free_units": (1000.0, "item"), "usd_per_unit": (0.01, "usd/item")},
    ),
    Formula(
        token_cost.monthly_bill_usd, "usd", {"usd_per_request": (0.002, "usd/item"), "requests": (3e4, "item")}
    ),
    Formula(
        _bill, "usd",
        {"input_usd": (2.0, "usd/token"), "output_usd": (8.0, "usd/token"), "cache_read_usd": (0.2, "usd/token"),
         "cache_write_usd": (2.5, "usd/token"), "tier_above": (2e5, "token"), "tier_input_usd": (4.0, "usd/token"),
         "tier_output_usd": (12.0, "usd/token"), "multiplier": (0.5, "1"), "input": (3e5, "token"), "cached": (1e5, "token"),
         "written": (5e4, "token"), "output": (2e3, "token")},
        "token_cost",
    ),
    Formula(
        _units, "usd",
        {"p_minute": (0.006, "usd/s"), "minutes": (12.0, "s"), "p_characters": (15.0, "usd/letter"),
         "characters": (2e3, "letter"), "p_image": (0.04, "usd/item"), "images": (2.0, "item"), "p_page": (0.002, "usd/item"),
         "pages": (9.0, "item"), "p_second": (0.1, "usd/s"), "seconds": (8.0, "s")},
        "unit_cost",
    ),
    Formula(
        self_hosting_cost.rented_usd_per_month, "usd",
        {"usd_per_hour": (2.95, "usd/s"), "accelerators": (8.0, "1"), "hours": (730.0, "s")},
    ),
    Formula(
        self_hosting_cost.commitment_break_even, "1", {"committed_usd": (0.318, "usd/s"), "on_demand_usd": (0.707, "usd/s")}
    ),
    Formula(
        self_hosting_cost.power_usd_per_hour, "usd/s",
        {"power_w": (700.0, "joule/s"), "usd_per_kwh": (0.2, "usd/joule"), "overhead": (1.4, "1")},
    ),
    Formula(
        self_hosting_cost.start_hours, "s",
        {"weights_gb": (14.0, "byte"), "minutes": (10.0, "s"), "gb_per_second": (1.0, "byte/s")},
    ),
    Formula(self_hosting_cost.discounted_usd_per_hour, "usd/s", {"on_demand_usd": (2.95, "usd/s"), "share": (0.42, "1")}),
    Formula(
        self_hosting_cost.usd_per_million_tokens, "usd/token",
        {"usd_per_hour": (2.95, "usd/s"), "accelerators": (2.0, "1"), "tokens_per_second": (1638.0, "token/s"),
         "utilisation": (0.3, "1")},
    ),
    Formula(
        self_hosting_cost.power_usd_per_month, "usd",
        {**MACHINES, "usd_per_kwh": (0.2, "usd*s/joule"), "overhead": (1.4, "1")},
    ),
    Formula(
        self_hosting_cost.purchase_usd, "usd",
        {"usd_each": (3e4, "usd"), "accelerators": (4.0, "1"), "machine_share": (0.5, "1")},
    ),
    Formula(
        _site(self_hosting_cost.bought_usd_per_month, "price_usd", "power_w", "accelerators"), "usd",
        {"price_usd": (9e4, "usd"), **MACHINES, **SITE}, "bought_usd_per_month",
    ),
    Formula(
        _site(self_hosting_cost.owned_usd_per_month, "power_w", "accelerators"), "usd", {**MACHINES, **SITE},
        "owned_usd_per_month",
    ),
    Formula(
        self_hosting_cost.break_even_requests, "item",
        {"fixed_usd_per_month": (2000.0, "usd"), "usd_per_request": (0.002, "usd/item")},
    ),
    Formula(
        self_hosting_cost.stepped_break_even, "item",
        {
            "fixed_usd_per_month": (100.0, "usd"), "usd_per_machine_month": (200.0, "usd"), "spare_machines": (1.0, "1"),
            "usd_per_request": (0.001, "usd/item"), "requests_per_machine": (1e6, "item"),
        },
    ),
    Formula(
        _loop(agent_loop.read_tokens), "token", {"calls": (12.0, "1"), "first": (4400.0, "token"), "step": (580.0, "token")}, "read_tokens"
    ),
    Formula(
        _loop(agent_loop.repeated_tokens), "token",
        {"calls": (12.0, "1"), "first": (4400.0, "token"), "step": (580.0, "token")}, "repeated_tokens",
    ),
    Formula(
        _loop(agent_loop.longest_tokens), "token",
        {"calls": (12.0, "1"), "first": (4400.0, "token"), "step": (580.0, "token")}, "longest_tokens",
    ),
    Formula(
        _cut(retrieval.chunk_count), "1",
        {"amount": (448_000.0, "token"), "chunk": (512.0, "token"), "overlap": (64.0, "token")}, "chunk_count",
    ),
    Formula(
        _cut(retrieval.embedded_tokens), "token",
        {"amount": (1e6, "token"), "chunk": (512.0, "token"), "overlap": (64.0, "token")}, "embedded_tokens",
    ),
    Formula(retrieval.embedding_usd, "usd", {"tokens": (1e7, "token"), "usd_per_mtok": (0.02, "usd/token")}),
    Formula(
        retrieval.store_gb, "byte", {"vectors": (1e6, "1"), "dimensions": (1024.0, "byte"), "metadata_bytes": (500.0, "byte")}
    ),
    Formula(retrieval.index_memory_gb, "byte", {"vectors": (1e6, "1"), "dimensions": (1024.0, "byte")}),
    Formula(
        retrieval.store_usd_per_month, "usd",
        {
            "gigabytes": (300.0, "byte"), "usd_per_gb_month": (0.33, "usd/byte"), "queries_usd": (20.0, "usd"),
            "least_usd": (50.0, "usd"),
        },
    ),
    Formula(
        retrieval.memory_usd_per_month, "usd",
        {"gigabytes": (300.0, "byte"), "usd_per_gb_month": (2.4, "usd/byte"), "least_usd": (50.0, "usd")},
    ),
    Formula(
        training.training_hours, "s",
        {"active_b": (8.0, "par"), "tokens": (1e9, "token"), "tflops": (989.0, "par*token/s"), "mfu": (0.3, "1")},
    ),
    Formula(
        training.lora_hours, "s",
        {"active_b": (8.0, "par"), "tokens": (1e6, "token"), "tflops": (989.0, "par*token/s"), "mfu": (0.1, "1"),
         "slowdown": (1.5, "1")},
    ),
    Formula(training.failed_runs_hours, "s", {"hours": (900.0, "s"), "failed_factor": (2.0, "1")}),
    Formula(
        training.hosted_tuning_usd, "usd",
        {"tokens": (1e6, "token"), "epochs": (3.0, "1"), "usd_per_mtok": (25.0, "usd/token")},
    ),
    Formula(
        training.training_memory_gb, "par",  # bits and bytes per parameter are its constants
        {"parameters_b": (8.0, "par"), "tuned_b": (0.04, "par"), "bits": (16.0, "1")},
    ),
    Formula(training.chinchilla_tokens, "par", {"parameters_b": (7.0, "par")}),  # twenty tokens for each
    Formula(totals.people_usd, "usd", {"days": (12.0, "s"), "usd_per_day": (800.0, "usd/s")}),
    Formula(totals.labelling_days, "s", {"items": (900.0, "item"), "seconds_each": (20.0, "s/item")}),
    Formula(
        totals.labelling_usd, "usd",
        {"items": (900.0, "item"), "labels_each": (3.0, "label/item"), "usd_per_label": (0.02, "usd/label")},
    ),
    Formula(
        totals.evaluation_usd, "usd",
        {"items": (300.0, "item"), "usd_per_item": (0.3, "usd/item"), "judge_usd_per_item": (0.01, "usd/item")},
    ),
    Formula(
        totals.total_usd, "usd", {"one_time_usd": (9e3, "usd"), "monthly_usd": (700.0, "usd")}, fitted={"years": (3.0, "1")}
    ),
    Formula(totals.retuning_usd_per_month, "usd", {"run_usd": (120.0, "usd"), "runs_per_year": (4.0, "1")}),
    Formula(audio.speech_seconds, "s", {"audio_minutes": (60.0, "s"), "real_time_factor": (69.0, "1")}),
    Formula(
        audio.audio_hour_usd, "usd/s",
        {"usd_per_hour": (1.39, "usd/s"), "real_time_factor": (69.0, "1"), "utilisation": (0.5, "1")},
    ),
    Formula(
        audio.scaled_real_time_factor, "1",
        {"measured": (69.0, "1"), "measured_tflops": (312.0, "par*token/s"), "tflops": (400.0, "par*token/s")},
    ),
    Formula(
        audio.real_time_tflops, "par*token/s", {"parameters_b": (0.08, "par"), "tflops_per_b": (2.1, "token/s")},
        constants={"audio.SMALLEST_ON_PROCESSORS_B": "par"},
    ),
    Formula(
        audio.processor_real_time_factor, "1", {"tflops": (0.3, "par*token/s"), "needed_tflops": (0.14, "par*token/s")}
    ),
    Formula(
        audio.first_sound_seconds, "s",
        {"fixed_seconds": (0.2, "s"), "first_piece_seconds": (1.0, "s"), "real_time_factor": (15.0, "1")},
    ),
    Formula(audio.machine_hours, "s", {"audio_hours": (1e3, "s"), "real_time_factor": (69.0, "1")}),
    Formula(
        audio.spoken_hour_usd, "usd/s", {"usd_per_mchar": (15.0, "usd/letter"), "characters_per_hour": (5e4, "letter/s")}
    ),
    Formula(
        encoder.forward_seconds, "s",
        {"active_b": (0.1, "par"), "tokens": (200.0, "token"), "tflops": (125.0, "par*token/s"), "efficiency": (0.25, "1")},
    ),
    Formula(
        encoder.thousand_items_usd, "usd/item",
        {"usd_per_hour": (1.0, "usd/s"), "items_per_s": (900.0, "item/s"), "utilisation": (0.4, "1")},
    ),
    Formula(
        encoder.thousand_pages_usd, "usd",
        {"usd_per_hour": (1.0, "usd/s"), "page_seconds": (0.4, "s"), "utilisation": (0.4, "1")},
    ),
    Formula(
        encoder.machines_for, "1", {"peak_per_second": (30.0, "1/s"), "item_s": (0.1, "s"), "most_load": (0.7, "1")}
    ),
    Formula(
        lambda power_w, count, step_s, batch, share: energy.joules_per_token(
            energy.Machines(power_w, count), step_s, batch, share
        ),
        "joule",
        {"power_w": (700.0, "joule/s"), "count": (2.0, "1"), "step_s": (0.03, "s"), "batch": (64.0, "1"), "share": (0.8, "1")},
        "joules_per_token",
    ),
    Formula(
        energy.grams_per_1k, "gram",
        {"power_w": (1400.0, "joule/s"), "full_power_seconds": (3.0, "s"), "overhead": (1.2, "1"),
         "grams_per_kwh": (384.0, "gram/joule")},
    ),
    Formula(
        energy.vendor_grams_per_1k, "gram", {"output_tokens": (500.0, "token"), "grams_per_1k_tokens": (0.15, "gram/token")}
    ),
    Formula(
        lambda network, retrieval, answer: latency.path_ms(network, retrieval, answer), "s",
        {"network": (80.0, "s"), "retrieval": (30.0, "s"), "answer": (900.0, "s")}, "path_ms",
    ),
    Formula(
        latency.queue_seconds, "s", {"service_s": (0.4, "s"), "utilisation": (0.6, "1"), "servers": (3.0, "1")}
    ),
    Formula(latency.slow_seconds, "s", {"service_s": (0.4, "s"), "wait_s": (0.1, "s")}),
    Formula(
        latency.stream_seconds, "s",
        {"first_token_s": (0.4, "s"), "output_tokens": (300.0, "1"), "token_s": (0.02, "s")},
    ),
)  # fmt: skip
