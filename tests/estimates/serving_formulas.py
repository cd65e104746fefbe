"""Public formulas of serving a language model, with their fitted parameters. Notation as in `formulas.py`.

A fitted factor before a power has the unit that makes the result's right: the wait for the first token grows with step^a *
prefill^d, so its scale counts in seconds^(1 - a - d). Formulas here count single tokens (an answer has at least one), so tokens
are pure numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from formulas import Formula

from recommender import load_catalog
from recommender.domain.parameters import physics_of
from recommender.estimates import decode_step, engines, offline_speed, serving_speed

PHYSICS = physics_of(load_catalog().columns.calibration)
STEP, FIRST, OFFLINE = PHYSICS.serving.step, PHYSICS.serving.first_token, PHYSICS.serving.offline
MODEL = {
    "parameters_b": (116.8, "par"), "active_b": (5.1, "par"), "layers": (36.0, "1"), "kv": (36_864.0, "byte"),
    "experts": (128.0, "1"), "experts_active": (4.0, "1"), "hidden": (2880.0, "1"),
}  # fmt: skip
MACHINE = {
    "memory_gb": (80.0, "byte"), "bandwidth": (3350.0, "byte/s"), "tflops": (1978.0, "par/s"), "count": (2.0, "1"),
    "bits": (4.5, "byte/par"),
}  # fmt: skip
LENGTHS = {"input_tokens": (1000.0, "1"), "output_tokens": (500.0, "1")}
STEP_FITTED = {
    "layer_us": (STEP.layer_us, "s"),
    "sequence_us": (STEP.sequence_us, "s"),
    "link_gbps": (STEP.link_gbps, "byte/s"),
}
FIRST_FITTED = {"scale": (FIRST.scale, f"s^{1.0 - FIRST.step - FIRST.prefill:.9f}")}
STEP_CONSTANTS = {"decode_step.HALF_BYTES": "byte"}
SERVING_CONSTANTS = {**STEP_CONSTANTS, "memory.RUNTIME_GB": "byte"}
LOAD = {"peak": (40.0, "1/s"), "mean": (12.0, "1/s"), "answer_limit": (40.0, "s"), "first_limit": (20.0, "s")}


def _model(given: dict[str, Any]) -> decode_step.ModelGeometry:
    names = ("parameters_b", "active_b", "layers", "kv", "experts", "experts_active", "hidden")
    return decode_step.ModelGeometry(*(given[name] for name in names))


def _machine(given: dict[str, Any]) -> decode_step.Device:
    return decode_step.Device(*(given[name] for name in MACHINE))


def _terms(given: dict[str, Any]) -> decode_step.StepTerms:
    fitted = replace(STEP, **{name: given[name] for name in STEP_FITTED})
    return decode_step.step_terms(_model(given), _machine(given), given["input_tokens"], given["output_tokens"], fitted)


def _step(pick: Callable[[decode_step.StepTerms, Any], Any]) -> Callable[..., Any]:
    return lambda **given: pick(_terms(given), given.get("batch"))


def _part(name: str) -> Callable[..., Any]:
    return lambda **given: getattr(_terms(given), name)


def _first(**given: Any) -> Any:
    fitted = replace(FIRST, scale=given["scale"])
    return serving_speed.first_token_seconds(_terms(given), given["batch"], given["input_tokens"], fitted)


def _plan(name: str) -> Callable[..., Any]:
    def compute(**given: Any) -> Any:
        step = replace(STEP, **{one: given[one] for one in STEP_FITTED})
        fitted = replace(PHYSICS.serving, step=step, first_token=replace(FIRST, scale=given["scale"]))
        load = serving_speed.Load(
            given["peak"],
            given["mean"],
            given["input_tokens"],
            given["output_tokens"],
            given["answer_limit"],
            given["first_limit"],
        )
        return getattr(serving_speed.serving_plan(_model(given), _machine(given), load, fitted), name)

    return compute


def _offline(formula: Callable[..., Any]) -> Callable[..., Any]:
    def compute(**given: Any) -> Any:
        step = replace(STEP, **{one: given[one] for one in STEP_FITTED})
        offline = replace(OFFLINE, sequence_us=given["offline_us"])
        fitted = replace(PHYSICS.serving, step=step, offline=offline)
        return formula(_model(given), _machine(given), given["input_tokens"], given["output_tokens"], fitted)

    return compute


def _plans(name: str, result: str) -> Formula:
    given = {**MODEL, **MACHINE, **LENGTHS, **LOAD}
    return Formula(_plan(name), result, given, "serving_plan", {**STEP_FITTED, **FIRST_FITTED}, SERVING_CONSTANTS)


def _of_model(formula: Callable[..., Any], result: str, **more: tuple[float, str]) -> Formula:
    return Formula(
        lambda **given: formula(_model(given), *(given[name] for name in more)), result, {**MODEL, **more}, formula.__name__
    )


SERVING_FORMULAS = (
    Formula(
        decode_step.usual_layers, "1", {"active_b": (8.0, "par")}, constants={"decode_step.LAYERS_BY_SIZE": "par"}
    ),
    Formula(decode_step.usual_hidden, "par^0.5", {"active_b": (8.0, "par"), "layers": (32.0, "1")}),
    _of_model(decode_step.routed_b, "par"),
    _of_model(decode_step.expert_share, "1"),
    _of_model(decode_step.weights_read_b, "par", batch=(16.0, "1")),
    Formula(
        lambda active_b, input_tokens, tflops, mfu: decode_step.prefill_seconds(
            active_b, input_tokens, decode_step.Device(80.0, 3350.0, tflops, 2.0, 8.0), mfu
        ),
        "s",
        {"active_b": (8.0, "par"), "input_tokens": (1000.0, "token"), "tflops": (989.0, "par*token/s"), "mfu": (0.9, "1")},
        "prefill_seconds",
    ),
    *(
        Formula(_part(name), "s", {**MODEL, **MACHINE, **LENGTHS}, "step_terms", STEP_FITTED, STEP_CONSTANTS)
        for name in ("fixed_s", "per_sequence_s", "experts_s", "prefill_s")
    ),
    *(
        Formula(
            _step(formula), result, {**MODEL, **MACHINE, **LENGTHS, "batch": (16.0, "1")}, formula.__name__, STEP_FITTED,
            STEP_CONSTANTS,
        )
        for formula, result in (
            (decode_step.coverage, "1"), (decode_step.step_seconds, "s"), (decode_step.arithmetic_share, "1")
        )
    ),
    Formula(
        _first, "s", {**MODEL, **MACHINE, **LENGTHS, "batch": (16.0, "1")}, "first_token_seconds",
        {**STEP_FITTED, **FIRST_FITTED}, STEP_CONSTANTS,
    ),
    _plans("answer_s", "s"), _plans("first_token_p95_s", "s"), _plans("tokens_per_second", "1/s"), _plans("memory_gb", "byte"),
    _plans("replicas", "1"), _plans("utilisation", "1"),
    *(
        Formula(
            _offline(formula), result, {**MODEL, **MACHINE, **LENGTHS}, formula.__name__,
            {**STEP_FITTED, "offline_us": (OFFLINE.sequence_us, "s")}, SERVING_CONSTANTS,
        )
        for formula, result in ((offline_speed.offline_batch, "1"), (offline_speed.offline_tokens_per_second, "1/s"))
    ),
    Formula(lambda is_newer: engines.launch_factor("sglang", is_newer, STEP), "1", {"is_newer": (1.0, "1")}, "launch_factor"),
    Formula(lambda: engines.first_token_factor("sglang", PHYSICS.serving), "1", {}, "first_token_factor"),
)  # fmt: skip
