"""Everything that is not a language model, on own machines: time per item alone and in batches."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import (
    DEVICE,
    Array,
    Rows,
)
from recommender.decision.live_speech import awaited_minutes, first_words_ms, is_used_as_it_comes
from recommender.decision.lookups import known_or
from recommender.decision.offline_work import offline_hours
from recommender.decision.part_machines import (
    SLOWEST_FACTOR,
    SMALL_TFLOPS,
    SPOKEN_TURN_MINUTES,
    SpeechModel,
    own_machine,
    real_time_factors,
    small_model_gb,
)
from recommender.decision.running_films import film_memory_gb, filmed_seconds
from recommender.domain.columns import Mask
from recommender.domain.parameters import Physics
from recommender.domain.units import HOURS_PER_MONTH, MS_PER_SECOND, Quantity
from recommender.estimates.audio import speech_seconds
from recommender.estimates.encoder import forward_seconds, machines_for
from recommender.estimates.energy import POWER_SHARE
from recommender.estimates.image import Denoiser, diffusion_seconds
from recommender.estimates.latency import queue_seconds, slow_seconds

PICTURE_TOKENS = 4096.0
# ViT-B of 86 million parameters takes 35 GFLOPs at 224 pixels: 203 per parameter; YOLO11m of 20 million 68 at 640: 1,690 (ultralytics'
# table of models, read 2026-12-01), which is 200 * (640 / 224)^2 within a twentieth.
PATCHES_WHEN_SORTED, SORTED_SIDE, FOUND_SIDE = 200.0, 224.0, 640.0
FOUND_IN = frozenset(("object_detection", "image_segmentation"))
# Classifier-free guidance runs the denoiser with the words and without them at every step: J. Ho and T. Salimans, arXiv:2207.12598,
# 2022, algorithm 2, read 2026-11-30.
GUIDED_PASSES = 2.0
FRAME_MINUTES = 0.02 / 60.0  # cleaning sound works frame by frame


def small_on_own_machines(rows: Rows, fitted: Physics) -> dict[str, Array]:
    situation = rows.situation
    alone, batched = _item_seconds(rows, fitted)
    on_device = rows.at(DEVICE)
    limit = situation["utilisation_limit"]
    needed = machines_for(situation.peak_requests_per_second, batched, limit)
    is_owned = rows.of_deployment(rows.deployments.is_owned) > 0
    needs_spare = ~is_owned & ~on_device & (not situation.is_offline)
    spare = np.where(needs_spare, np.round(situation["spare_replicas"]), 0.0)
    machines = np.where(on_device, 1.0, needed + spare)
    hours = np.where(situation.is_offline, offline_hours(rows, batched, machines), machines * HOURS_PER_MONTH)
    local = situation["local_network_ms"] * np.where(on_device, 0.0, 1.0) + rows.demand.extra_ms
    whole = alone * MS_PER_SECOND + local
    memory = _memory_gb(rows)
    wait = _wait_seconds(rows, batched, 1.0 + spare)
    slow = slow_seconds(alone * situation["item_time_spread"], wait) * MS_PER_SECOND + local
    shape = np.shape(whole + hours + slow)
    fits = np.ones(shape)
    return {
        "monthly_usd": np.zeros(shape),
        "latency_ms": np.broadcast_to(whole, shape),
        "first_token_ms": np.broadcast_to(first_words_ms(rows, whole), shape),
        "latency_p95_ms": np.broadcast_to(slow, shape),
        "first_token_p95_ms": np.broadcast_to(first_words_ms(rows, slow), shape),
        "machine_hours": np.broadcast_to(hours, shape),
        "replicas": np.broadcast_to(machines, shape),
        "memory_gb": np.broadcast_to(memory, shape),
        "fits": fits,
        "full_power_seconds": np.broadcast_to(batched * POWER_SHARE, shape),
        "busy_seconds": np.broadcast_to(batched, shape),
    }


def _memory_gb(rows: Rows) -> Array:
    taken = small_model_gb(rows.of_model(rows.columns.models.parameters_b))
    usual = np.where(np.isnan(taken), 0.2, taken)
    return np.where(rows.is_type("video_generation"), film_memory_gb(rows), usual)


def _wait_seconds(rows: Rows, batched: Array, first: Array) -> Array:
    """Mean wait in line, as long as it is just before another machine comes: machines come and go with the load within the day,
    so more of it never shortens the wait."""
    situation = rows.situation
    load = np.minimum(situation.peak_requests_per_second * batched, situation["utilisation_limit"])
    return np.where(rows.at(DEVICE) | situation.is_offline, 0.0, queue_seconds(batched, load / first, first))


def _item_seconds(rows: Rows, fitted: Physics) -> tuple[Array, Array]:
    """Seconds for one item alone, and its share of a machine when items come in batches."""
    situation = rows.situation
    fixed = situation["encoder_fixed_ms"] / MS_PER_SECOND
    shared = fixed / _batch_of(rows)  # paid once for all that come together
    forward = forward_seconds_of(rows, np.maximum(situation.input_tokens, 16.0))
    seen = forward_seconds_of(rows, patches_seen(situation.task)) * np.maximum(situation.images, 1.0)
    generated = _generated(rows)
    heard_alone, heard = _heard(rows)
    quick = situation["classical_item_ms"] / MS_PER_SECOND
    filmed = filmed_seconds(rows)
    painted = _drawn(rows, fitted) * np.maximum(situation.images, 1.0) * situation["image_time_error"]
    kinds = (
        (("encoder", "embedding", "reranker", "moderation"), forward + fixed, forward + shared),
        (
            ("encoder_decoder", "translation"),
            forward + _written(rows, generated) + fixed,
            forward + generated / _batch_of(rows) + shared,
        ),
        (("vision",), seen + fixed, seen + shared),
        (("asr", "tts", "audio", "signal_processing"), heard_alone + fixed, heard),
        (("image_generation",), painted, painted),
        (("video_generation",), filmed, filmed),
        (("linear", "gbdt", "rules"), quick, quick),
        (("tabular", "time_series"), quick * 20.0, quick * 20.0),
    )
    alone = np.full(np.shape(forward + quick + painted + filmed), np.nan)
    batched = alone.copy()
    for names, one, many in kinds:
        chosen = rows.is_type(*names)
        alone, batched = np.where(chosen, one, alone), np.where(chosen, many, batched)
    return alone, batched


def patches_seen(task: str) -> float:
    """Patches that a picture is read in, or as many operations per parameter: things are found in larger pictures than sorted."""
    side = FOUND_SIDE if task in FOUND_IN else SORTED_SIDE
    return PATCHES_WHEN_SORTED * (side / SORTED_SIDE) ** 2


def _drawn(rows: Rows, fitted: Physics) -> Array:
    """One picture, in as many steps and passes as the model's maker shows; the usual ones where nobody told."""
    models = rows.columns.models
    denoiser = Denoiser(_parameters(rows), passes=known_or(rows.of_model(models.diffusion_passes), GUIDED_PASSES))
    steps = rows.of_model(models.diffusion_steps)
    steps = np.where(np.isnan(steps), rows.situation["diffusion_steps"], steps)
    tflops = rows.of_hardware(rows.columns.hardware.tflops_16)
    return np.asarray(diffusion_seconds(denoiser, steps, PICTURE_TOKENS, tflops, fitted.image))


def _parameters(rows: Rows) -> Array:
    return rows.of_model(rows.columns.models.active_b)


def forward_seconds_of(rows: Rows, tokens: Quantity) -> Array:
    """One pass over some tokens on the row's machine, encoders' and embeddings'; NaN at a vendor. [s]"""
    tflops = rows.of_hardware(rows.columns.hardware.tflops_16)
    situation = rows.situation
    on_processor = tflops < 5.0
    efficiency = np.where(on_processor, situation["encoder_efficiency_cpu"], situation["encoder_efficiency_gpu"])
    return np.asarray(forward_seconds(rows.of_model(rows.columns.models.passed_b), tokens, tflops, efficiency))


def _batch_of(rows: Rows) -> Array:
    """Answers written side by side: many on an accelerator, few on a processor."""
    return np.where(rows.of_hardware(rows.columns.hardware.tflops_16) < SMALL_TFLOPS, 4.0, 64.0)


def _generated(rows: Rows) -> Array:
    """Writing an answer token by token: bound by reading the weights, of an encoder-decoder those of its decoder alone."""
    bandwidth = rows.of_hardware(rows.columns.hardware.bandwidth_gbps)
    read = np.where(_is_split(rows), rows.situation["decoder_share"], 1.0) * _parameters(rows)
    step = read * 2.0 / (bandwidth * 0.5) + 1.5e-3
    return np.asarray(np.maximum(rows.situation.output_tokens, 1.0) * step)


def _written(rows: Rows, generated: Array) -> Array:
    """Until one answer is written. What learned to translate single sentences is given a text cut into them and writes them side by
    side, as many as a batch holds, until the longest is through."""
    tokens = np.maximum(rows.situation.output_tokens, 1.0)
    longest = np.minimum(rows.situation["sentence_tokens"] / tokens, 1.0)
    learned_sentences = rows.is_type("translation") & _is_split(rows)
    return np.where(learned_sentences, generated * np.maximum(longest, 1.0 / _batch_of(rows)), generated)


def _is_split(rows: Rows) -> Mask:
    """Whether it reads with one half of its weights and writes with the other."""
    is_split = np.array([one == "encoder_decoder" for one in rows.columns.models.architectures], bool)
    return np.asarray(rows.of_model(is_split) > 0, bool)


def _awaited_minutes(rows: Rows) -> Array:
    """Of a sound, what must be through until it is of use: a frame of what is cleaned while it comes, the first second of speech that is
    heard as it comes, else all of it. [minutes]"""
    situation = rows.situation
    spoken = awaited_minutes(rows) if situation.task == "text_to_speech" else situation.audio_minutes
    cleans = rows.is_type("audio", "signal_processing") & is_used_as_it_comes(situation)
    minutes = np.where(cleans, FRAME_MINUTES, spoken)
    return np.minimum(minutes, SPOKEN_TURN_MINUTES) if situation.spec.core_task else minutes


def _heard(rows: Rows) -> tuple[Array, Array]:
    """Speech in or out, alone until it is of use, and its share of a machine in batches."""
    situation, speaks = rows.situation, rows.is_type("tts")
    models = rows.columns.models
    model = SpeechModel(
        rows.of_model(models.real_time_factor),
        rows.of_model(models.real_time_tflops),
        known_or(_parameters(rows), 0.001),
        speaks,
    )
    one, batched = real_time_factors(situation, model, own_machine(rows))
    alone = speech_seconds(_awaited_minutes(rows), np.maximum(one, SLOWEST_FACTOR))
    return np.asarray(alone), np.asarray(speech_seconds(situation.audio_minutes, batched))
