"""Users' devices: which machines they may be, whether a team speaks of them, and how much memory they have."""

from __future__ import annotations

from recommender.decision.machine_names import owned_machine
from recommender.domain.columns import Columns
from recommender.domain.requirements import Requirements

DEVICE_KINDS = frozenset(("phone", "board", "apple", "cpu"))  # what users hold in their hands
OWNED_DEVICE_KINDS = DEVICE_KINDS | {"consumer"}
DEVICE_GB_UNSTATED = 8.0  # a modest device of today, assumed


def devices_are_spoken_of(requirements: Requirements) -> bool:
    """Whether the team says that it runs on users' devices."""
    return requirements.privacy.boundary == "on_device" or requirements.hardware.device_memory_gb is not None


def device_is_assumed(columns: Columns, requirements: Requirements) -> bool:
    """Whether the team speaks of devices and names none, so that a modest one stands in."""
    is_named = requirements.hardware.device_memory_gb is not None or bool(_at_hand(columns, requirements))
    return devices_are_spoken_of(requirements) and not is_named


def device_gb(columns: Columns, requirements: Requirements) -> float:
    """Memory of the device: stated, that of the largest device at hand, or a modest one's. [GB]"""
    stated = requirements.hardware.device_memory_gb
    return stated if stated is not None else max(_at_hand(columns, requirements), default=DEVICE_GB_UNSTATED)


def _at_hand(columns: Columns, requirements: Requirements) -> list[float]:
    """Memory of each machine at hand that may be a user's device. [GB]"""
    hardware = columns.hardware
    found = (owned_machine(hardware, one.accelerator) for one in requirements.hardware.owned or ())
    return [memory for machine, memory in found if machine is not None and hardware.kinds[machine] in OWNED_DEVICE_KINDS]
