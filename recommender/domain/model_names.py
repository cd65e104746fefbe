"""What a model's name says: how many parameters, how many of them at work, and which words do not tell models apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

ACTIVE = re.compile(r"(?<![a-z0-9.])a(\d+(?:\.\d+)?)b(?![a-z])")
EFFECTIVE = re.compile(r"(?<![a-z0-9.])e(\d+(?:\.\d+)?)b(?![a-z])")
EXPERTS = re.compile(r"(?<![a-z0-9.])(\d+)e(?![a-z0-9])")
TIMES = re.compile(r"(?<![a-z0-9.])(\d+)x(\d+(?:\.\d+)?)b(?![a-z])")
SIZE = re.compile(r"(?<![a-z0-9.])(\d+(?:\.\d+)?)([bmt])(?![a-z])")
UNITS = {"t": 1000.0, "b": 1.0, "m": 0.001}
SHARED_SHARE, TIMES_ACTIVE = 0.83, 2.0  # of n x size: experts share attention; two of them answer
EFFECTIVE_MARGIN = 1.1  # output rows beside the blocks
USUAL_ACTIVE_SHARE = 0.1  # median of the catalog's mixtures of experts
# Words that name a format, a maker of files or a stage of tuning, not a model.
NOISE = frozenset((
    "gguf", "it", "instruct", "chat", "hf", "bf16", "fp8", "fp4", "fp16", "nvfp4", "mxfp4", "awq", "gptq", "int4",
    "int8", "4bit", "8bit", "qat", "q4", "q8", "q6", "k", "m", "0", "mtp", "i1", "ud", "mlx", "dynamic", "preview",
    "thinking", "base", "xs", "unsloth", "bnb", "w4a16", "w8a8", "exl2", "exl3", "diffusers",
))  # fmt: skip


@dataclass(frozen=True)
class Sizes:
    """Parameters in all and at work [billions], routed experts and how many of them answer; NaN where the name is silent.
    `is_effective`: the name counts the parameters that work, such as `gemma-4-E2B`; the rest are tables, not experts."""

    parameters_b: float = float("nan")
    active_b: float = float("nan")
    experts: float = float("nan")
    experts_active: float = float("nan")
    is_effective: bool = False


def words_of(name: str) -> tuple[str, ...]:
    """The words of a model's name without its maker and without noise: `unsloth/Qwen3-8B-GGUF` is (qwen3, 8b)."""
    last = name.strip().lower().rsplit("/", 1)[-1]
    return tuple(word for word in re.split(r"[-_ :()]+", last) if word and word not in NOISE)


def has_size(words: tuple[str, ...]) -> bool:
    """Whether one of the words is a number of parameters."""
    return any(SIZE.fullmatch(word) or EFFECTIVE.fullmatch(word) or TIMES.fullmatch(word) for word in words)


def sizes_in(name: str) -> Sizes:
    """What the name says about size, such as `235B-A22B`, `8x7B`, `E2B`, `17b-16e`, `350m`."""
    words = name.lower().rsplit("/", 1)[-1].replace("_", "-")
    times = TIMES.search(words)
    if times:
        count, each = float(times.group(1)), float(times.group(2))
        return Sizes(count * each * SHARED_SHARE, TIMES_ACTIVE * each * SHARED_SHARE + each * 0.2, count, TIMES_ACTIVE)
    sizes = [float(value) * UNITS[unit] for value, unit in SIZE.findall(words)]
    total = max(sizes, default=float("nan"))
    active, effective, experts = (pattern.search(words) for pattern in (ACTIVE, EFFECTIVE, EXPERTS))
    if active:
        return Sizes(total, float(active.group(1)))
    if effective:
        return Sizes(total, float(effective.group(1)) * EFFECTIVE_MARGIN, is_effective=True)
    if experts:  # the number before it is what works at once
        return Sizes(float("nan"), total, float(experts.group(1)), 1.0)
    return Sizes(total, float("nan"))
