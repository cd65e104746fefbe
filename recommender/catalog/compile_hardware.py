"""Accelerators and their rents as columns."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from recommender.catalog.compile_columns import numbers, sets
from recommender.catalog.library import Library
from recommender.domain.columns import TERMS_YEARS, Floats, HardwareColumns, RentalColumns
from recommender.domain.machine_records import Accelerator, Commitment, Rental


def _accelerators(library: Library) -> list[Accelerator]:
    return sorted((one for vendor in library.hardware.values() for one in vendor.accelerators), key=lambda one: one.id)


def compiled_hardware(library: Library, day: datetime.date) -> HardwareColumns:
    machines = _accelerators(library)

    def fact(field: str) -> Floats:
        return numbers(getattr(machine, field) for machine in machines)

    bought = [_latest(machine.purchases, day) for machine in machines]
    return HardwareColumns(
        ids=tuple(machine.id for machine in machines),
        names=tuple(machine.name for machine in machines),
        kinds=tuple(machine.kind for machine in machines),
        aliases=tuple(machine.aliases for machine in machines),
        memory_gb=fact("memory_gb"),
        usable_share=fact("usable_memory_share"),
        bandwidth_gbps=fact("bandwidth_gbps"),
        tflops_16=fact("bf16_tflops"),
        tflops_8=fact("fp8_tflops"),
        tflops_4=fact("fp4_tflops"),
        power_w=fact("power_w"),
        per_machine=np.array([machine.per_machine for machine in machines], np.int64),
        purchase_usd=numbers(one.usd if one else None for one in bought),
        purchase_source=tuple(f"{one.source} ({one.since.isoformat()})" if one else "" for one in bought),
        is_unsupported=np.array([bool(one.unsupported and one.unsupported.since <= day) for one in machines], bool),
    )


def _latest(entries: Sequence[Any], day: datetime.date) -> Any:
    begun = [entry for entry in entries if entry.since <= day]
    return begun[-1] if begun else None


def compiled_rentals(library: Library, day: datetime.date, regions: tuple[str, ...]) -> RentalColumns:
    pairs = [(place, rental) for place, machine in enumerate(_accelerators(library)) for rental in _current(machine, day)]
    terms = [[_committed(rental, years, day) for years in TERMS_YEARS] for _, rental in pairs]
    shape = (len(pairs), len(TERMS_YEARS))
    return RentalColumns(
        hardware=np.array([place for place, _ in pairs], np.int64),
        providers=tuple(rental.provider for _, rental in pairs),
        regions=sets([rental.regions for _, rental in pairs], regions),
        hourly_usd=numbers(rental.usd_per_hour for _, rental in pairs),
        spot_usd=numbers(rental.spot_usd_per_hour for _, rental in pairs),
        committed_usd=numbers(one.usd_per_hour if one else None for row in terms for one in row).reshape(shape),
        is_paid_at_start=np.array([bool(one and one.paid == "at_start") for row in terms for one in row], bool).reshape(shape),
        committed_sources=tuple(tuple(_commitment_label(one) for one in row) for row in terms),
        sources=tuple(f"{rental.source} ({rental.since.isoformat()})" for _, rental in pairs),
    )


def _committed(rental: Rental, years: int, day: datetime.date) -> Commitment | None:
    """The last price for a term that had begun."""
    begun = [one for one in rental.commitments if one.years == years and one.since <= day]
    return begun[-1] if begun else None


def _commitment_label(one: Commitment | None) -> str:
    return f"{one.source} ({one.since.isoformat()})" if one else ""


def _current(machine: Accelerator, day: datetime.date) -> list[Rental]:
    """The last rental price of each provider and region that had begun."""
    latest: dict[tuple[Any, ...], Rental] = {}
    for rental in machine.rentals:
        if rental.since <= day:
            latest[(rental.provider, rental.regions)] = rental
    key: Callable[[tuple[Any, ...]], str] = repr
    return [latest[name] for name in sorted(latest, key=key)]
