"""What `fit_estimates.py` fits: which table and parameters for which quantity, where each fit starts, and who the rows are from."""

from __future__ import annotations

from dataclasses import dataclass

SERVING, LOCAL = "inference_throughput.csv", "local_inference.csv"
TABLES = {
    "tpot": SERVING, "ttft": SERVING, "throughput": SERVING, "energy": SERVING, "local_speed": LOCAL,
    "training_hours": "training_hours.csv", "training_speed": "training_throughput_mpt.csv",
    "image_latency": "image_generation.csv",
}  # fmt: skip
SOURCES = {
    "serving": "ai-dynamo/aiconfigurator systems/silicon_sample.csv (Apache-2.0); NVIDIA/TensorRT-LLM perf-overview.md v1.0 (Apache-2.0); "
    "ml-energy/leaderboard (no licence: fitted on, not shipped); read 2026-11-23",
    "local": "AlexsJones/llmfit benchmark_cache.json (MIT), community runs, read 2026-11-23",
    "training": "mosaicml/llm-foundry scripts/train/benchmarking/README.md (Apache-2.0), read 2026-11-23",
    "programme": "Model cards of meta-llama/llama-models and Epoch AI notable models (CC BY 4.0), read 2026-11-23",
    "image": "ml-energy/leaderboard text-to-image (no licence: fitted on, not shipped), read 2026-11-23",
    "energy": "ml-energy/leaderboard energy per token (no licence: fitted on, not shipped), read 2026-11-23",
}


@dataclass(frozen=True)
class Fit:
    """One fit: the quantity it is judged by, where its parameters sit, their start, which of them are shares (at most 1),
    how closely they are held to the start, and the residual beyond which rows count less."""

    quantity: str
    path: tuple[str, ...]
    start: dict[str, float]
    shares: tuple[str, ...] = ()
    hold: float = 0.005
    tolerance: float = 0.15
    signed: tuple[str, ...] = ()


FITS = (
    Fit(
        "tpot", ("serving", "step"),
        {"mbu": 0.83, "mbu_experts": 0.36, "mbu_kv": 1.0, "mfu": 0.62, "mfu_prefill": 0.66, "layer_us": 71.0, "expert_factor": 1.5,
         "sequence_us": 38.0, "link_gbps": 135.0, "coverage_power": 0.64, "newer_factor": 0.75, "trtllm_factor": 0.94,
         "sglang_factor": 1.27},
        ("mbu", "mbu_experts", "mbu_kv", "mfu", "mfu_prefill", "coverage_power"),
    ),
    Fit(
        "ttft", ("serving", "first_token"),
        {"scale": 0.3, "step": 0.5, "batch": 0.25, "input": 0.3, "prefill": 0.2, "sglang_factor": 2.5}, tolerance=0.1,
    ),
    Fit("throughput", ("serving", "offline"), {"sequences": 1024.0, "sequence_us": 16.0}, hold=0.15),
    Fit("energy", ("energy",), {"full_share": 0.9, "arithmetic_power": 0.1}),
    Fit(
        "local_speed", ("local",),
        {"dense_share": 0.8, "expert_share": 0.8, "dense_ms": 2.0, "expert_ms": 3.0, "host_gbps": 40.0, "reserve_gb": 1.0},
        ("dense_share", "expert_share"), hold=0.02,
    ),
    Fit(
        "training_speed", ("training",),
        {"hopper_share": 0.41, "ampere_share": 0.53, "length_power": 0.0, "checkpoint_factor": 0.93, "fp8_factor": 1.1,
         "small_power": 0.0},
        hold=0.02, tolerance=0.1, signed=("length_power", "small_power"),
    ),
    Fit(
        "training_hours", ("programme",), {"hopper_share": 0.24, "ampere_share": 0.34, "hopper_size_power": 0.2},
        hold=0.1, tolerance=0.3, signed=("hopper_size_power",),
    ),
    Fit(
        "image_latency", ("image",),
        {"mfu": 0.255, "size_power": 0.417, "speed_power": 0.463, "count_power": 0.566, "layer_ms": 0.9, "count_factor": 1.8,
         "decoder_s": 0.25},
        hold=0.03, tolerance=0.2,
    ),
)  # fmt: skip
DEPENDS = {"ttft": "tpot", "throughput": "tpot", "energy": "tpot"}
