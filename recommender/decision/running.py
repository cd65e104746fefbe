"""Running the answer-giving model: at a vendor, on own machines, on a device. Money, time, machines, memory."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import (
    DEVICE,
    LLM_TYPES,
    OWN_CLOUD,
    OWN_SITE,
    VENDOR,
    Array,
    Rows,
    Running,
)
from recommender.domain.columns import Ints, Mask
from recommender.domain.parameters import ServingParameters
from recommender.domain.units import HOURS_PER_MONTH, MS_PER_SECOND, SECONDS_PER_HOUR
from recommender.estimates.memory import kv_bytes_per_token, latent_kv_bytes_per_token, weights_gb
from recommender.estimates.self_hosting_cost import power_usd_per_month, purchase_usd
from recommender.estimates.serving_speed import Device, Load, ModelGeometry, serving_plan
from recommender.estimates.throughput import diffusion_seconds, forward_seconds, machines_for, speech_seconds
from recommender.estimates.token_cost import TokenPrices, Tokens, token_cost

REASONING_ALWAYS = 2
A100_TFLOPS = 312.0
DEFAULT_LAYERS, DEFAULT_KV_HEADS, DEFAULT_HEAD_DIM = 32.0, 8.0, 128.0
PICTURE_TOKENS = 4096.0
SMALL_TFLOPS = 20.0  # below it one item keeps the whole machine busy
FIRST_SPOKEN_MINUTES = 1.0 / 60.0  # a voice starts with its first second
FRAME_MINUTES = 0.02 / 60.0  # cleaning sound works frame by frame
SPOKEN_TURN_MINUTES = 5.0 / 60.0  # one turn of a conversation


def running(rows: Rows, fitted: ServingParameters) -> Running:
    """Every candidate's running, each by the formula of its place and type."""
    at_vendor = rows.candidates.place == VENDOR
    is_llm = np.isin(rows.columns.models.types[rows.candidates.model], LLM_TYPES)
    groups = (
        (at_vendor, _hosted),
        (~at_vendor & is_llm, lambda part: _on_own_machines(part, fitted)),
        (~at_vendor & ~is_llm, _small_on_own_machines),
    )
    merged: dict[str, Array] = {} if len(rows.candidates) else dict(_hosted(rows))
    for mask, formula in groups:
        if mask.any():
            _scatter(merged, np.flatnonzero(mask), formula(rows.only(mask)), len(rows.candidates))
    return _with_machines(rows, merged)


def _scatter(whole: dict[str, Array], places: Ints, part: dict[str, Array], size: int) -> None:
    """A group's results into the columns of all candidates."""
    for name, values in part.items():
        if name not in whole:
            whole[name] = np.full((size, *np.shape(values)[1:]), np.nan)
        whole[name][places] = values


# --- tokens of one request ---------------------------------------------------------------------------------------------


def request_tokens(rows: Rows) -> Tokens:
    """What one request sends and gets, the strategy's additions and hidden reasoning included."""
    situation, demand = rows.situation, rows.demand
    always = rows.of_model(rows.columns.models.reasons == REASONING_ALWAYS)
    visible = situation.output_tokens * np.where(always > 0, 1.0 + situation["reasoning_multiplier"], 1.0)
    repeated = demand.prefix_tokens + situation.cacheable_share * situation.input_tokens
    whole = situation.input_tokens + demand.prefix_tokens + demand.prompt_tokens
    return Tokens(input=whole, cached=repeated, output=visible + demand.answer_tokens)


# --- at a vendor -------------------------------------------------------------------------------------------------------


def _hosted(rows: Rows) -> dict[str, Array]:
    situation, demand = rows.situation, rows.demand
    per_request = np.where(rows.is_llm, _hosted_tokens_usd(rows), _hosted_units_usd(rows))
    first, whole = _hosted_llm_ms(rows)
    other = _hosted_unit_ms(rows)
    shape = np.shape(per_request + situation.requests_per_month + first)
    network = situation["network_ms"] * (1.0 + demand.extra_calls)
    first_ms = np.where(rows.is_llm, first, other) + network + demand.extra_ms
    whole_ms = np.where(rows.is_llm, whole, other) + network + demand.extra_ms
    return {
        "monthly_usd": np.broadcast_to(per_request * situation.requests_per_month, shape),
        "latency_ms": np.broadcast_to(whole_ms, shape),
        "first_token_ms": np.broadcast_to(first_ms, shape),
        "latency_p95_ms": np.broadcast_to(whole_ms * situation["tail_factor"], shape),
        "first_token_p95_ms": np.broadcast_to(first_ms * situation["tail_factor"], shape),
        "machine_hours": np.zeros(shape),
        "replicas": np.zeros(shape),
        "memory_gb": np.full(shape, np.nan),
        "fits": np.ones(shape),
        "busy_seconds": np.full(shape, np.nan),
    }


def _hosted_tokens_usd(rows: Rows) -> Array:
    """A language model's bill for one request. A tuned model has its own prices where the vendor states them."""
    offers = rows.columns.offers
    tuned = rows.wide(_changes_weights(rows))
    input_usd = np.where(tuned > 0, _either(rows, "tuned_input_price", "input_price"), rows.of_offer(offers.input_price))
    output_usd = np.where(tuned > 0, _either(rows, "tuned_output_price", "output_price"), rows.of_offer(offers.output_price))
    multiplier = rows.of_offer(offers.batch_multiplier)
    offline = np.where(np.isnan(multiplier), 1.0, multiplier) if rows.situation.is_offline else 1.0
    prices = TokenPrices(
        input_usd,
        output_usd,
        rows.of_offer(offers.cache_read_price),
        rows.of_offer(offers.tier_above),
        rows.of_offer(offers.tier_input_price),
        rows.of_offer(offers.tier_output_price),
        offline,
    )
    return np.asarray(token_cost(prices, request_tokens(rows)))


def _changes_weights(rows: Rows) -> Array:
    changes = np.array([strategy.changes_weights for strategy in rows.columns.strategies], float)
    return changes[rows.candidates.strategy]


def _either(rows: Rows, first: str, second: str) -> Array:
    wanted = rows.of_offer(getattr(rows.columns.offers, first))
    return np.where(np.isnan(wanted), rows.of_offer(getattr(rows.columns.offers, second)), wanted)


def _hosted_units_usd(rows: Rows) -> Array:
    """A specialist's bill for one request, in the unit the vendor counts. A vendor without a fitting price is unknown."""
    offers, situation = rows.columns.offers, rows.situation
    units = (
        ("audio_input_price", situation.audio_minutes),
        ("audio_output_price", situation.audio_minutes),
        ("character_price", situation.characters / 1e6),
        ("image_price", situation.images),
        ("page_price", np.maximum(situation.pages, situation.images)),
        ("video_price", situation.video_seconds),
        ("search_price", 1e-3),
        ("input_price", _specialist_tokens(rows) / 1e6),
    )
    found = np.full(np.shape(rows.of_offer(offers.input_price) + situation.requests_per_month), np.nan)
    for name, amount in units:
        usd = rows.of_offer(getattr(offers, name)) * amount
        usable = np.isnan(found) & ~np.isnan(usd) & (np.asarray(amount) > 0)
        found = np.where(usable, usd, found)
    is_free = rows.of_offer(offers.has_price & np.isnan(offers.input_price) & ~_has_unit_price(rows))
    return np.where(np.isnan(found) & (is_free == 1), 0.0, found)


def _has_unit_price(rows: Rows) -> Mask:
    offers = rows.columns.offers
    names = ("audio_input_price", "audio_output_price", "character_price", "image_price", "page_price", "video_price")
    return np.asarray(np.any([~np.isnan(getattr(offers, name)) for name in (*names, "search_price")], axis=0), bool)


def _specialist_tokens(rows: Rows) -> Array:
    """Tokens that specialists are billed for: text as it is; speech, pictures and film at their usual token rates."""
    situation = rows.situation
    spoken = situation.audio_minutes * situation["tokens_per_audio_minute"]
    seen = situation.images * situation["tokens_per_image"]
    return np.asarray(situation.input_tokens + spoken + seen)


def _hosted_llm_ms(rows: Rows) -> tuple[Array, Array]:
    """First token and whole answer, without the network. Measured speeds where there are any."""
    offers, situation = rows.columns.offers, rows.situation
    speed = rows.of_offer(offers.tokens_per_second)
    speed = np.where(np.isnan(speed), situation["hosted_tokens_per_second"], speed)
    wait = rows.of_offer(offers.first_token_seconds) * MS_PER_SECOND
    wait = np.where(np.isnan(wait), situation["hosted_first_token_ms"], wait)
    tokens = request_tokens(rows)
    read = tokens.input - 0.9 * tokens.cached
    first = wait + read / situation["hosted_prefill_tokens_per_second"] * MS_PER_SECOND
    first = first + rows.demand.extra_calls * wait
    return first, first + tokens.output / speed * MS_PER_SECOND


def _hosted_unit_ms(rows: Rows) -> Array:
    """A specialist's time for one request, without the network."""
    situation = rows.situation
    found = np.full(np.shape(rows.wide(rows.candidates.model) + situation.requests_per_month), np.nan)
    times = (
        (("embedding", "encoder"), situation["hosted_ms_embedding"]),
        (("reranker",), situation["hosted_ms_reranker"]),
        (("moderation",), situation["hosted_ms_moderation"]),
        (("asr", "audio"), situation.audio_minutes * situation["hosted_ms_per_audio_minute"]),
        (("tts", "speech_to_speech"), situation["hosted_ms_speech"] + situation.audio_minutes * 2000.0),
        (("image_generation",), np.maximum(situation.images, 1.0) * situation["hosted_ms_image"]),
        (("video_generation",), situation.video_seconds * situation["hosted_ms_video_per_second"]),
        (("vision",), np.maximum(situation.pages, 1.0) * situation["hosted_ms_page"]),
        (("translation",), situation["hosted_ms_moderation"]),
    )
    for kinds, milliseconds in times:
        found = np.where(rows.is_type(*kinds), milliseconds, found)
    return found


# --- language models on own machines -----------------------------------------------------------------------------------


def _on_own_machines(rows: Rows, fitted: ServingParameters) -> dict[str, Array]:
    situation, demand = rows.situation, rows.demand
    tokens = request_tokens(rows)
    calls = 1.0 + demand.extra_calls
    on_device = rows.at(DEVICE)
    peak = np.where(on_device, 1e-3, situation.peak_requests_per_second)
    load = Load(
        peak_per_second=peak * calls,
        mean_per_second=situation.mean_requests_per_second * calls,
        input_tokens=(tokens.input - 0.9 * tokens.cached) / calls,
        output_tokens=np.maximum(tokens.output / calls, 1.0),
        answer_limit_s=_limit(rows, "p95_ms") / calls,
        first_token_limit_s=_limit(rows, "first_token_p95_ms") / calls,
    )
    plan = serving_plan(_geometry(rows), _device(rows), load, fitted)
    error = situation["serving_time_error"]
    local = situation["local_network_ms"] + demand.extra_ms
    busy = tokens.output / plan.tokens_per_second * error
    replicas = np.where(on_device, 1.0, plan.replicas)
    hours = np.where(situation.is_offline, _offline_hours(rows, busy), replicas * HOURS_PER_MONTH)
    shape = np.shape(plan.answer_s + local + hours)
    return {
        "monthly_usd": np.zeros(shape),
        "latency_ms": plan.answer_s * error * MS_PER_SECOND * calls + local,
        "first_token_ms": plan.first_token_s * error * MS_PER_SECOND * calls + local,
        "latency_p95_ms": plan.answer_p95_s * error * MS_PER_SECOND * calls + local,
        "first_token_p95_ms": plan.first_token_p95_s * error * MS_PER_SECOND * calls + local,
        "machine_hours": np.broadcast_to(hours, shape),
        "replicas": np.broadcast_to(replicas, shape),
        "memory_gb": np.broadcast_to(plan.memory_gb, shape),
        "fits": np.broadcast_to(plan.fits.astype(float), shape),
        "busy_seconds": np.broadcast_to(busy, shape),
    }


def _limit(rows: Rows, name: str) -> float:
    """A stated limit in seconds, else none."""
    stated = getattr(rows.situation.requirements.latency, name)
    return float("inf") if stated is None else stated / MS_PER_SECOND


def _offline_hours(rows: Rows, busy_seconds: Array) -> Array:
    """Machines for work that can wait run only while there is work."""
    work = rows.situation.requests_per_month * busy_seconds / SECONDS_PER_HOUR
    return np.asarray(work / rows.situation["utilisation_limit"])


def _geometry(rows: Rows) -> ModelGeometry:
    models = rows.columns.models
    layers = rows.of_model(models.layers)
    layers = np.where(np.isnan(layers), DEFAULT_LAYERS, layers)
    heads = rows.of_model(models.kv_heads)
    width = rows.of_model(models.head_dim)
    grouped = kv_bytes_per_token(
        layers, np.where(np.isnan(heads), DEFAULT_KV_HEADS, heads), np.where(np.isnan(width), DEFAULT_HEAD_DIM, width)
    )
    rank = rows.of_model(models.kv_lora_rank)
    latent = latent_kv_bytes_per_token(layers, rank, rows.of_model(np.nan_to_num(models.rope_dim, nan=64.0)))
    return ModelGeometry(
        parameters_b=rows.of_model(models.parameters_b),
        active_b=rows.of_model(models.active_b),
        layers=layers,
        kv_bytes_per_token=np.where(np.isnan(rank), grouped, latent),
        experts=rows.of_model(models.experts),
        experts_active=rows.of_model(models.experts_active),
    )


def _device(rows: Rows) -> Device:
    hardware, deployments = rows.columns.hardware, rows.deployments
    bits = rows.of_deployment(deployments.bits)
    half, eighth = rows.of_hardware(hardware.tflops_16), rows.of_hardware(hardware.tflops_8)
    return Device(
        memory_gb=rows.of_deployment(deployments.memory_gb),
        bandwidth_gbps=rows.of_hardware(hardware.bandwidth_gbps),
        tflops=np.where((bits == 8.0) & ~np.isnan(eighth), eighth, half),
        count=rows.of_deployment(deployments.count),
        bits=bits,
    )


# --- everything else on own machines -----------------------------------------------------------------------------------


def _small_on_own_machines(rows: Rows) -> dict[str, Array]:
    situation = rows.situation
    alone, batched = _item_seconds(rows)
    on_device = rows.at(DEVICE)
    limit = situation["utilisation_limit"]
    needed = np.ceil(situation.peak_requests_per_second * batched / limit - 1e-9)
    machines = np.where(on_device, 1.0, np.maximum(1.0, needed))
    hours = np.where(situation.is_offline, _offline_hours(rows, batched), machines * HOURS_PER_MONTH)
    local = situation["local_network_ms"] * np.where(on_device, 0.0, 1.0) + rows.demand.extra_ms
    whole = alone * MS_PER_SECOND + local
    parameters = rows.of_model(rows.columns.models.parameters_b)
    memory = weights_gb(parameters, 16.0)
    shape = np.shape(whole + hours)
    tail = 1.0 + 0.5 * np.minimum(1.0, situation.peak_requests_per_second * batched / machines)
    fits = np.broadcast_to(machines_for(0.0, 0.0, 1.0), shape)
    return {
        "monthly_usd": np.zeros(shape),
        "latency_ms": np.broadcast_to(whole, shape),
        "first_token_ms": np.broadcast_to(whole, shape),
        "latency_p95_ms": np.broadcast_to(whole * tail, shape),
        "first_token_p95_ms": np.broadcast_to(whole * tail, shape),
        "machine_hours": np.broadcast_to(hours, shape),
        "replicas": np.broadcast_to(machines, shape),
        "memory_gb": np.broadcast_to(np.where(np.isnan(memory), 0.2, memory * 1.3 + 0.3), shape),
        "fits": fits,
        "busy_seconds": np.broadcast_to(batched, shape),
    }


def _item_seconds(rows: Rows) -> tuple[Array, Array]:
    """Seconds for one item alone, and its share of a machine when items come in batches."""
    situation = rows.situation
    fixed = situation["encoder_fixed_ms"] / MS_PER_SECOND
    forward = _forward(rows, np.maximum(situation.input_tokens, 16.0))
    seen = _forward(rows, 200.0) * np.maximum(situation.images, 1.0)
    generated = _generated(rows)
    heard_alone, heard = _heard(rows)
    quick = situation["classical_item_ms"] / MS_PER_SECOND
    tflops = rows.of_hardware(rows.columns.hardware.tflops_16)
    painted = diffusion_seconds(_parameters(rows), situation["diffusion_steps"], PICTURE_TOKENS, tflops)
    painted = painted * np.maximum(situation.images, 1.0)
    kinds = (
        (("encoder", "embedding", "reranker", "moderation"), forward + fixed, forward + fixed * 0.2),
        (("encoder_decoder", "translation"), forward + generated + fixed, forward + generated / _batch_of(rows) + fixed * 0.2),
        (("vision",), seen + fixed, seen + fixed * 0.2),
        (("asr", "tts", "audio", "signal_processing"), heard_alone + fixed, heard),
        (("image_generation",), painted, painted),
        (("linear", "gbdt", "rules"), quick, quick),
        (("tabular", "time_series"), quick * 20.0, quick * 20.0),
    )
    alone = np.full(np.shape(forward + quick + painted), np.nan)
    batched = alone.copy()
    for names, one, many in kinds:
        chosen = rows.is_type(*names)
        alone, batched = np.where(chosen, one, alone), np.where(chosen, many, batched)
    return alone, batched


def _parameters(rows: Rows) -> Array:
    return rows.of_model(rows.columns.models.active_b)


def _forward(rows: Rows, tokens: Array | float) -> Array:
    """One pass over an item on the row's machine."""
    tflops = rows.of_hardware(rows.columns.hardware.tflops_16)
    situation = rows.situation
    on_processor = tflops < 5.0
    efficiency = np.where(on_processor, situation["encoder_efficiency_cpu"], situation["encoder_efficiency_gpu"])
    return np.asarray(forward_seconds(_parameters(rows), tokens, tflops, efficiency))


def _batch_of(rows: Rows) -> Array:
    """Answers written side by side: many on an accelerator, few on a processor."""
    return np.where(rows.of_hardware(rows.columns.hardware.tflops_16) < SMALL_TFLOPS, 4.0, 64.0)


def _generated(rows: Rows) -> Array:
    """Writing an answer token by token with a small encoder-decoder: bound by reading its weights."""
    bandwidth = rows.of_hardware(rows.columns.hardware.bandwidth_gbps)
    step = _parameters(rows) * 2.0 / (bandwidth * 0.5) + 1.5e-3
    return np.asarray(np.maximum(rows.situation.output_tokens, 1.0) * step)


def _heard(rows: Rows) -> tuple[Array, Array]:
    """Speech in or out: measured real-time factors on an A100 scaled by the machine's speed, else the assumed one."""
    situation = rows.situation
    measured = rows.of_model(rows.columns.models.real_time_factor)
    parameters = np.nan_to_num(_parameters(rows), nan=0.001)
    spoken = np.where(rows.is_type("tts"), situation["tts_real_time_factor"], situation["asr_real_time_factor"] * 1.5)
    factor = np.where(np.isnan(measured), spoken / np.maximum(parameters, 0.002), measured)
    tflops = rows.of_hardware(rows.columns.hardware.tflops_16)
    factor = factor * np.minimum(tflops / A100_TFLOPS, 2.0)
    is_small = rows.is_type("tts") | (tflops < SMALL_TFLOPS)
    share = np.where(is_small, 1.0, situation["asr_single_stream_share"])
    first = np.where(rows.is_type("tts"), FIRST_SPOKEN_MINUTES, situation.audio_minutes)
    first = np.where(rows.is_type("audio", "signal_processing") & (situation.spec.output_kind == "media"), FRAME_MINUTES, first)
    first = np.minimum(first, SPOKEN_TURN_MINUTES) if situation.spec.core_task else first
    alone = speech_seconds(first, np.maximum(factor * share, 1e-6))
    return np.asarray(alone), np.asarray(speech_seconds(situation.audio_minutes, factor))


# --- money for machines ------------------------------------------------------------------------------------------------


def _with_machines(rows: Rows, found: dict[str, Array]) -> Running:
    situation, deployments = rows.situation, rows.deployments
    count = rows.of_deployment(deployments.count)
    rented = found["machine_hours"] * count * rows.of_deployment(deployments.hourly_usd)
    accelerators = count * found["replicas"]
    owned = rows.of_deployment(deployments.is_owned) > 0
    enough = ~owned | (accelerators <= rows.of_deployment(deployments.owned_count)) | rows.at(DEVICE)
    bought = purchase_usd(rows.of_deployment(deployments.purchase_usd), accelerators, situation["machine_share"])
    power = power_usd_per_month(
        rows.of_hardware(rows.columns.hardware.power_w),
        accelerators,
        situation["power_usd_per_kwh"],
        situation["power_overhead"],
    )
    upkeep = power + situation["hosting_usd_per_machine_month"] * found["replicas"]
    on_site = rows.at(OWN_SITE)
    monthly = np.where(rows.at(OWN_CLOUD), rented, np.where(on_site, upkeep, found["monthly_usd"]))
    return Running(
        monthly_usd=monthly,
        label="running",
        latency_ms=found["latency_ms"],
        first_token_ms=found["first_token_ms"],
        latency_p95_ms=found["latency_p95_ms"],
        first_token_p95_ms=found["first_token_p95_ms"],
        replicas=found["replicas"],
        memory_gb=found["memory_gb"],
        fits=found["fits"] * enough,
        bought_usd=np.where(on_site, bought, 0.0),
        power_usd=np.where(on_site, upkeep, 0.0),
        busy_seconds=found["busy_seconds"],
    )
