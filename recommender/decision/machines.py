"""Where an accelerator can be had: rented by the hour, bought, at hand already, or in a user's hand."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from recommender.decision.devices import DEVICE_KINDS, OWNED_DEVICE_KINDS, device_gb, devices_are_spoken_of
from recommender.decision.machine_names import owned_machine, usable_memory
from recommender.decision.price_terms import allowed_rentals, committed_years, hourly_prices, may_stop
from recommender.domain.columns import Columns, Floats, Ints, Mask
from recommender.domain.record import record
from recommender.domain.requirements import Requirements
from recommender.domain.words import PLACES

VENDOR, OWN_CLOUD, OWN_SITE, DEVICE = (PLACES.index(place) for place in ("vendor", "own_cloud", "own_site", "device"))


@record
class Machines:
    """Where an accelerator can be had: one row per accelerator and place."""

    hardware: Ints
    place: Ints
    rental: Ints
    memory_gb: Floats
    hourly_usd: Floats
    purchase_usd: Floats
    is_owned: Mask
    owned_count: Ints
    is_spot: Mask
    committed_years: Ints

    @staticmethod
    def of(columns: Columns, requirements: Requirements) -> Machines:
        owned = _owned(columns, requirements)
        names_devices = any(row[1] == DEVICE for row in owned)
        memory = device_gb(columns, requirements) if devices_are_spoken_of(requirements) else None
        devices = () if names_devices else _devices(columns, memory)
        rows = [*_rented(columns, requirements), *_bought(columns, devices), *owned]
        table = np.array(rows, float).reshape(len(rows), 10)
        return Machines(
            table[:, 0].astype(int),
            table[:, 1].astype(int),
            table[:, 2].astype(int),
            table[:, 3],
            table[:, 4],
            table[:, 5],
            table[:, 6] > 0,
            table[:, 7].astype(int),
            table[:, 8] > 0,
            table[:, 9].astype(int),
        )


Row = tuple[float, ...]


def _rented(columns: Columns, requirements: Requirements) -> list[Row]:
    """The cheapest rental of each accelerator that is allowed, under the terms that the work allows."""
    best: dict[int, tuple[float, int]] = {}
    allowed = allowed_rentals(columns, requirements)
    stops, years = may_stop(columns, requirements), committed_years(columns, requirements)
    prices = hourly_prices(columns, may_stop=stops, years=years)
    for rental, machine in enumerate(columns.rentals.hardware):
        price = float(prices.usd[rental])
        if allowed[rental] and (int(machine) not in best or (price, rental) < best[int(machine)]):
            best[int(machine)] = (price, rental)
    return [
        (
            machine, OWN_CLOUD, rental, usable_memory(columns.hardware, machine), price, np.nan, 0, 0,
            float(prices.is_spot[rental]), float(prices.years[rental]),
        )
        for machine, (price, rental) in sorted(best.items())
    ]  # fmt: skip


def _devices(columns: Columns, memory_gb: float | None) -> tuple[int, ...]:
    """What users may hold in their hands: any device where nobody spoke of them, else none with more memory than was
    stated or is assumed; the smallest where all have more."""
    hardware = columns.hardware
    found = [machine for machine, kind in enumerate(hardware.kinds) if kind in DEVICE_KINDS]
    if memory_gb is None or not found:
        return tuple(found)
    within = [machine for machine in found if hardware.memory_gb[machine] <= memory_gb]
    least = min(float(hardware.memory_gb[machine]) for machine in found)
    return tuple(within or [machine for machine in found if hardware.memory_gb[machine] == least])


def _bought(columns: Columns, devices: Collection[int]) -> list[Row]:
    """Accelerators with a price, on one's own site; small ones also as the users' own devices, which nobody buys."""
    hardware = columns.hardware
    rows: list[Row] = []
    for machine, kind in enumerate(hardware.kinds):
        memory = usable_memory(hardware, machine)
        if not np.isnan(hardware.purchase_usd[machine]) and kind != "phone" and not hardware.is_unsupported[machine]:
            rows.append((machine, OWN_SITE, -1, memory, np.nan, float(hardware.purchase_usd[machine]), 0, 0, 0, 0))
        if machine in devices:
            rows.append((machine, DEVICE, -1, memory, np.nan, 0.0, 0, 0, 0, 0))
    return rows


def _owned(columns: Columns, requirements: Requirements) -> list[Row]:
    """Machines at hand. A class such as `gpu 16gb` stands for the accelerator of that size."""
    rows: list[Row] = []
    for item in requirements.hardware.owned or ():
        machine, memory = owned_machine(columns.hardware, item.accelerator)
        if machine is not None:
            rows.append((machine, OWN_SITE, -1, memory, np.nan, 0.0, 1, item.count, 0, 0))
            if columns.hardware.kinds[machine] in OWNED_DEVICE_KINDS and devices_are_spoken_of(requirements):
                rows.append((machine, DEVICE, -1, memory, np.nan, 0.0, 1, item.count, 0, 0))
    return rows
