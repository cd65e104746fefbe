"""Which machine people mean: an id, a name, an alias, or a class such as `gpu 16gb`."""

from __future__ import annotations

import re

import numpy as np

from recommender.domain.columns import HardwareColumns

IS_COUNT_OF_CORES = re.compile(r"cpu-\d+")  # an id such as `cpu-32`; memory is `cpu 32gb`
IS_NEGATIVE = re.compile(r"(?<!\S)-\s*\d")  # `mac -5gb`; the hyphen of `rtx-4090` joins
MOST_GB = 2048.0  # of one machine; more is a slip
COUNTS = frozenset(("two", "three", "four", "five", "six", "eight", "dual", "twin", "pair", "several"))


def owned_machine(hardware: HardwareColumns, words: str) -> tuple[int | None, float]:
    """The accelerator that words stand for, and its memory in GB; None where nothing is meant."""
    if IS_NEGATIVE.search(words):
        return None, float("nan")
    wanted = _plain(words)
    names = {
        _plain(name): machine
        for machine, identifier in reversed(tuple(enumerate(hardware.ids)))
        for name in (identifier, hardware.names[machine], *hardware.aliases[machine])
    }
    if wanted in names:
        return names[wanted], usable_memory(hardware, names[wanted])
    within = _named_within(wanted, names)
    if within is None:
        is_no_id = IS_COUNT_OF_CORES.fullmatch(words.strip().lower()) is not None
        return (None, float("nan")) if is_no_id else _of_class(hardware, wanted)
    rest = wanted.replace(within, " ")
    if any(character.isdigit() for character in rest) or COUNTS & set(rest.split()):
        return None, float("nan")  # several of them: their number has a field of its own
    return names[within], usable_memory(hardware, names[within])


def _plain(words: str) -> str:
    return words.lower().replace("-", " ").replace("_", " ").strip()


def _named_within(wanted: str, names: dict[str, int]) -> str | None:
    """The longest name of an accelerator, with a number in it, that stands within a phrase such as `a PC with an RTX 3090`."""
    found = [name for name in names if any(one.isdigit() for one in name) and f" {name} " in f" {wanted} "]
    return max(found, key=len, default=None)


def _of_class(hardware: HardwareColumns, wanted: str) -> tuple[int | None, float]:
    """`gpu 16gb`, `mac 32gb`, `cpu`, `cpu 64gb`, `16gb macbook`: the accelerator of that kind nearest in memory."""
    words = wanted.replace("gb", " gb ").split()
    numbers = [word for word in words if any(sign.isdigit() for sign in word)]
    if len(numbers) > 1 or not all(word.replace(".", "", 1).isdigit() for word in numbers):
        return None, float("nan")  # two sizes, or one that is none
    number = float(numbers[0]) if numbers else None
    kinds = _kinds_named(words)
    if not kinds:
        return None, float("nan")
    fitting = [machine for machine, kind in enumerate(hardware.kinds) if kind in kinds and not hardware.is_unsupported[machine]]
    if not fitting:
        return None, float("nan")
    if number is not None and not 0 < number <= MOST_GB:
        return None, float("nan")
    size = number if number is not None else min(float(hardware.memory_gb[machine]) for machine in fitting)
    # A card that people buy for a PC stands before one that is sold in servers; `gpu 80gb` is none of the former.
    nearest = min(
        fitting,
        key=lambda machine: (
            abs(float(hardware.memory_gb[machine]) - size),
            kinds.index(hardware.kinds[machine]),
            hardware.ids[machine],
        ),
    )
    share = hardware.usable_share[nearest]
    return nearest, size * (1.0 if np.isnan(share) else float(share))


def _kinds_named(words: list[str]) -> tuple[str, ...]:
    if any(word in ("mac", "macbook", "apple", "imac") for word in words):
        return ("apple",)
    if any(word in ("gpu", "nvidia", "vram") for word in words):
        return ("consumer", "workstation", "datacenter")
    if any(word in ("cpu", "laptop", "pc", "server", "vps") for word in words):
        return ("cpu",)
    if any(word in ("phone", "smartphone", "android", "iphone") for word in words):
        return ("phone",)
    return ()


def usable_memory(hardware: HardwareColumns, place: int) -> float:
    """Memory that a model may take of one accelerator. [GB]"""
    share = hardware.usable_share[place]
    return float(hardware.memory_gb[place] * (1.0 if np.isnan(share) else share))
