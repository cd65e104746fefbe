"""Public formulas that take fitted parameters, or carry constants with a unit of their own. Notation as in `formulas.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from formulas import Formula
from serving_formulas import PHYSICS

from recommender.estimates import (
    audio,
    encoder,
    energy,
    film,
    image,
    local_speed,
    memory,
    retrieval,
    training,
)

LOCAL, IMAGE = PHYSICS.local, PHYSICS.image

LOCAL_GIVEN = {
    "parameters_b": (70.6, "par"), "active_b": (70.6, "par"), "bits": (4.9, "byte/par"), "memory_gb": (24.0, "byte"),
    "bandwidth": (1000.0, "byte/s"), "count": (1.0, "1"),
}  # fmt: skip
LOCAL_FITTED = {
    "dense_ms": (LOCAL.dense_ms, "s"),
    "host_gbps": (LOCAL.host_gbps, "byte/s"),
    "reserve_gb": (LOCAL.reserve_gb, "byte"),
}


def _local(formula: Callable[..., Any]) -> Callable[..., Any]:
    def compute(**given: Any) -> Any:
        model = local_speed.LocalModel(given["parameters_b"], given["active_b"], given["bits"], 0.0)
        device = local_speed.LocalDevice(given["memory_gb"], given["bandwidth"], given["count"])
        return formula(model, device, replace(LOCAL, **{name: given[name] for name in LOCAL_FITTED}))

    return compute


def _encoder(formula: Callable[..., Any], *more: str) -> Callable[..., Any]:
    def compute(**given: Any) -> Any:
        machine = encoder.EncoderMachine(given["tflops"], given["efficiency"], given["fixed_s"], given["bandwidth"])
        return formula(given["active_b"], given["tokens"], *(given[name] for name in more), machine)

    return compute


ENCODER = {
    "active_b": (0.1, "par"), "tokens": (200.0, "token"), "tflops": (125.0, "par*token/s"), "efficiency": (0.25, "1"),
    "fixed_s": (0.003, "s"), "bandwidth": (600.0, "par/s"),  # two bytes per parameter are the formula's own
}  # fmt: skip


def _trained(**given: Any) -> Any:
    run = training.Run(given["sequence"], given["tflops"], 1.0, 0.0, 1.0)
    return training.training_tokens_per_second(given["parameters_b"], run, PHYSICS.training)


def _drawn(**given: Any) -> Any:
    denoiser = image.Denoiser(given["parameters_b"], given["layers"], 2.0, given["pixels"])
    drawing = image.Drawing(given["batch"], given["size"], given["steps"], given["tflops"], given["count"])
    return image.drawing_seconds(denoiser, drawing, replace(IMAGE, **{name: given[name] for name in IMAGE_FITTED}))


def _filmed(formula: Callable[..., Any]) -> Callable[..., Any]:
    def compute(frames: float, pixels: float, side: float, parameters_b: float = 14.0, width: float = 5120.0) -> Any:
        return formula(film.FilmDenoiser(parameters_b, 40.0, width, side, 4.0, 40.0, 2.0), frames, pixels)

    return compute


def _diffused(**given: Any) -> Any:
    fitted = replace(IMAGE, **{name: given[name] for name in IMAGE_FITTED})
    return image.diffusion_seconds(
        image.Denoiser(given["parameters_b"]), given["steps"], given["tokens"], given["tflops"], fitted
    )


IMAGE_FITTED = {
    "mfu": (IMAGE.mfu, f"1/par^{IMAGE.size_power:.9f}"), "layer_ms": (IMAGE.layer_ms, "s"), "decoder_s": (IMAGE.decoder_s, "s"),
}  # fmt: skip
IMAGE_CONSTANTS = {"image.H100_TFLOPS": "par/s", "image.LAYERS_AT_1B": f"1/par^{image.LAYERS_POWER}"}
# A sequence counts in units of width, and parameters are width squared times layers, so width is parameters^0.5.
SHAPE_CONSTANTS = {"training.WIDTH_PER_LAYER": "par^0.5"}
SIZE_CONSTANTS = {"training.SMALL_B": "par", "training.LARGE_B": "par", "training.SATURATING_B": "par"}
GB = {"memory.RUNTIME_GB": "byte"}

FITTED_FORMULAS = (
    Formula(
        memory.activations_gb, "byte", {"tokens": (2048.0, "token"), "hidden": (4096.0, "1")},
        constants={"memory.VALUES_PER_HIDDEN": "byte/token"},
    ),
    Formula(
        memory.memory_per_accelerator_gb, "byte",
        {"weights": (140.0, "byte"), "cache": (30.0, "byte"), "count": (4.0, "1"), "cache_copies": (1.0, "1")}, constants=GB,
    ),
    Formula(
        memory.room_for_cache_gb, "byte", {"memory_gb": (80.0, "byte"), "count": (4.0, "1"), "weights": (140.0, "byte")},
        constants=GB,
    ),
    Formula(
        memory.fits, "1",
        {"memory_gb": (80.0, "byte"), "count": (4.0, "1"), "weights": (140.0, "byte"), "cache": (30.0, "byte")}, constants=GB,
    ),
    Formula(memory.most_sequences, "1", {"room_gb": (90.0, "byte"), "cache_each_gb": (0.7, "byte")}),
    Formula(
        memory.local_memory_gb, "byte",
        {"parameters_b": (8.0, "par"), "bits": (4.9, "byte/par"), "context_tokens": (8192.0, "token")},
        constants={**GB, "memory.LOCAL_CACHE_GB": "byte/token/par^0.5"},
    ),
    Formula(
        memory.memory_in_use_gb, "byte", {"weights": (140.0, "byte"), "cache": (30.0, "byte"), "count": (4.0, "1")},
        constants=GB,
    ),
    Formula(_local(local_speed.share_on_accelerator), "1", LOCAL_GIVEN, "share_on_accelerator", LOCAL_FITTED),
    Formula(_local(local_speed.local_seconds_per_token), "s", LOCAL_GIVEN, "local_seconds_per_token", LOCAL_FITTED),
    Formula(_local(local_speed.local_speed), "1/s", LOCAL_GIVEN, "local_speed", LOCAL_FITTED),
    Formula(
        training.attention_factor, "1", {"parameters_b": (7.0, "par"), "sequence_tokens": (8192.0, "par^0.5")},
        constants=SHAPE_CONSTANTS,
    ),
    Formula(
        _trained, "token/s",
        {"parameters_b": (0.9, "par"), "sequence": (8192.0, "par^0.5"), "tflops": (989.0, "par*token/s")},
        "training_tokens_per_second", constants={**SHAPE_CONSTANTS, **SIZE_CONSTANTS},
    ),
    Formula(
        lambda active_b: training.programme_mfu(active_b, 1.0, PHYSICS.programme), "1", {"active_b": (8.0, "par")},
        "programme_mfu", constants=SIZE_CONSTANTS,
    ),
    Formula(
        lambda active_b, tokens, tflops: training.programme_hours(active_b, tokens, tflops, 1.0, PHYSICS.programme), "s",
        {"active_b": (8.0, "par"), "tokens": (1.5e13, "token"), "tflops": (989.0, "par*token/s")}, "programme_hours",
        constants=SIZE_CONSTANTS,
    ),
    Formula(training.qlora_slowdown, "1", {"parameters_b": (5.0, "1")}),  # between published sizes: a table in billions
    Formula(
        image.usual_denoiser_layers, "1", {"parameters_b": (2.0, "par")},
        constants={"image.LAYERS_AT_1B": IMAGE_CONSTANTS["image.LAYERS_AT_1B"]},
    ),
    Formula(
        _drawn, "s",
        {"parameters_b": (2.0, "par"), "layers": (24.0, "1"), "pixels": (16.0, "pixel"), "batch": (4.0, "1"),
         "size": (1024.0, "pixel"), "steps": (20.0, "1"), "tflops": (989.0, "par/s"), "count": (2.0, "1")},
        "drawing_seconds", IMAGE_FITTED, IMAGE_CONSTANTS,
    ),
    Formula(
        _diffused, "s",
        {"parameters_b": (2.0, "par"), "steps": (20.0, "1"), "tokens": (4096.0, "1"), "tflops": (989.0, "par/s")},
        "diffusion_seconds", IMAGE_FITTED, IMAGE_CONSTANTS,
    ),
    Formula(
        _filmed(film.film_tokens), "1",
        {"frames": (81.0, "1"), "pixels": (921_600.0, "pixel^2"), "side": (16.0, "pixel")}, "film_tokens",
    ),
    Formula(
        _filmed(film.film_work), "par",
        {"parameters_b": (14.0, "par"), "width": (5120.0, "par"), "frames": (81.0, "1"), "pixels": (921_600.0, "pixel^2"),
         "side": (16.0, "pixel")}, "film_work",
    ),
    Formula(
        film.film_seconds, "s",
        {"work": (5.4e17, "par"), "tflops": (209.6, "par/s"), "count": (1.0, "1"), "share": (0.39, "1")},
        constants={"film.H100_TFLOPS": "par/s"},
    ),
    Formula(lambda arithmetic: energy.power_share(arithmetic, PHYSICS.energy), "1", {"arithmetic": (0.2, "1")}, "power_share"),
    Formula(
        lambda busy, count: energy.embodied_grams_per_1k(busy, energy.Machines(700.0, count)), "gram",
        {"busy": (2.0, "s"), "count": (2.0, "1")}, "embodied_grams_per_1k",
        constants={"energy.HOURS_IN_THREE_YEARS": "s", "energy.EMBODIED_MACHINE_KG": "gram", "energy.EMBODIED_ACCELERATOR_KG": "gram"},
    ),
    Formula(
        retrieval.query_usd, "usd", {"gigabytes": (6.0, "byte"), "usd_per_million_units": (16.0, "usd/byte")},
        constants={"retrieval.LEAST_READ_UNITS": "byte"},
    ),
    Formula(
        retrieval.search_ms, "s", {"vectors": (1e6, "1"), "base_ms": (5.0, "s"), "per_tenfold_ms": (4.0, "s")}
    ),
    Formula(
        audio.streams_per_machine, "1",
        {"real_time_factor": (60.0, "1"), "single_stream_share": (0.15, "1"), "most_load": (0.7, "1")},
    ),
    Formula(_encoder(encoder.item_seconds), "s", ENCODER, "item_seconds"),
    Formula(
        lambda **given: _encoder(encoder.rerank_seconds, "pairs")(**given), "s", {**ENCODER, "pairs": (50.0, "1")},
        "rerank_seconds",
    ),
    Formula(
        lambda batch, **given: _encoder(lambda active, tokens, machine: encoder.items_per_second(active, tokens, machine, batch))(
            **given
        ),
        "1/s", {**ENCODER, "batch": (64.0, "1")}, "items_per_second",
    ),
)  # fmt: skip
