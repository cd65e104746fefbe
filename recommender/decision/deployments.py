"""Every way to run every model: offers of vendors, and machines rented, owned or bought, pruned before they are crossed.

Of all machines that can hold a model, few per model, precision and place are kept: the cheapest by what its speed follows (memory
bandwidth, or operations), the cheapest altogether, and whatever nothing beats in price and speed; of language models, which are
many, only the fastest of these and at the lower precisions, unless a time limit is stated.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.decision.alike import numbered
from recommender.decision.devices import DEVICE_KINDS, devices_are_spoken_of
from recommender.decision.groups import Groups
from recommender.decision.lookups import are_of
from recommender.decision.machines import DEVICE, VENDOR, Machines
from recommender.decision.measured_speeds import speed_ratios
from recommender.decision.price_terms import clouds_named, committed_years, may_stop
from recommender.domain.columns import Columns, Floats, Ints, Mask
from recommender.domain.record import record
from recommender.domain.requirements import Requirements
from recommender.domain.words import LANGUAGE_MODELS
from recommender.estimates.film import FILM_GB

CPU_TYPES = ("linear", "gbdt", "rules", "signal_processing")
WEIGHT_SHARE = 0.80  # of the memory: the rest is for the cache of keys and values and the runtime
MOST_PER_REPLICA = 8
SMALL_WRITERS = ("encoder_decoder", "translation")
BITS = (16.0, 8.0, 4.5)
LARGE_B = 16.0  # above it, language models are served at 8 or 4 bits; up to it, at 16 or 4
SMALLEST_GB = 0.05  # a program and its tables, where no parameters are to be counted


@record
class Deployments:
    """One place per way to run a model. `offer`, `hardware` and `rental` are -1 where they do not apply.

    `hourly_usd` is the spot market's price where `is_spot`, and one for `committed_years` where that is above 0. `speed_ratio` is
    measured over computed time per token, NaN where nobody measured the combination. `supply` is the same number for one model of one vendor, or on any own machine; `machine` for
    one model on the same machines, wherever they stand.
    """

    model: Ints
    place: Ints
    offer: Ints
    hardware: Ints
    rental: Ints
    bits: Floats
    count: Ints
    memory_gb: Floats
    hourly_usd: Floats
    purchase_usd: Floats
    is_owned: Mask
    owned_count: Ints
    is_spot: Mask
    committed_years: Ints
    speed_ratio: Floats
    supply: Ints
    machine: Ints

    def __len__(self) -> int:
        return len(self.model)


def what_they_depend_on(columns: Columns, requirements: Requirements) -> tuple[object, ...]:
    """Requirements with the same of these have the same deployments."""
    return (
        requirements.hardware.owned,
        requirements.hardware.device_memory_gb,
        requirements.privacy.residency,
        devices_are_spoken_of(requirements),
        may_stop(columns, requirements),
        committed_years(columns, requirements),
        clouds_named(columns, requirements.exclude),
        clouds_named(columns, requirements.only),
    )


def deployments_of(columns: Columns, requirements: Requirements) -> Deployments:
    """All deployments that are worth crossing with strategies."""
    hosted = _hosted(columns)
    machines = Machines.of(columns, requirements)
    own = _pruned(
        columns,
        machines,
        _fitting(columns, machines),
        by_kind=devices_are_spoken_of(requirements),
    )
    return _joined(columns, hosted, own)


def _hosted(columns: Columns) -> dict[str, NDArray[np.generic]]:
    offers = columns.offers
    size = len(offers.model)
    return {
        "model": offers.model,
        "place": np.full(size, VENDOR),
        "offer": np.arange(size),
        "hardware": np.full(size, -1),
        "rental": np.full(size, -1),
        "bits": np.full(size, np.nan),
        "count": np.zeros(size, int),
        "memory_gb": np.full(size, np.nan),
        "hourly_usd": np.full(size, np.nan),
        "purchase_usd": np.full(size, np.nan),
        "is_owned": np.zeros(size, bool),
        "owned_count": np.zeros(size, int),
        "is_spot": np.zeros(size, bool),
        "committed_years": np.zeros(size, int),
    }


@record
class _Fit:
    """Which model fits which machine at which precision, on how many accelerators."""

    model: Ints
    machine: Ints
    bits: Floats
    count: Ints
    weights_gb: Floats


def _fitting(columns: Columns, machines: Machines) -> _Fit:
    models = columns.models
    open_ones = np.flatnonzero(models.has_open_weights)
    parts = [_fitting_at(columns, machines, open_ones, bits) for bits in BITS]
    return _Fit(*(np.concatenate(pieces) for pieces in zip(*parts, strict=True)))


def _fitting_at(columns: Columns, machines: Machines, candidates: Ints, bits: float) -> tuple[Ints, Ints, Floats, Ints, Floats]:
    types = columns.models.types[candidates]
    is_generative = are_of(types, *LANGUAGE_MODELS)
    is_large = columns.models.parameters_b[candidates] > LARGE_B
    chosen = candidates[is_generative & (is_large | (bits != 8.0)) if bits != BITS[0] else ~(is_generative & is_large)]
    parameters = columns.models.parameters_b[chosen]
    types_chosen = columns.models.types[chosen]
    on_cpu = are_of(types_chosen, *CPU_TYPES)
    weights = np.where(on_cpu & np.isnan(parameters), SMALLEST_GB, parameters * bits / 8.0)
    weights = weights + np.where(are_of(types_chosen, "video_generation"), FILM_GB, 0.0)
    room = machines.memory_gb * WEIGHT_SHARE
    needed = np.ceil(weights[:, None] / room[None, :])
    count = np.where(needed <= 1, 1, 2.0 ** np.ceil(np.log2(np.maximum(needed, 1))))
    most = np.minimum(columns.hardware.per_machine[machines.hardware], MOST_PER_REPLICA)
    most = np.where(machines.is_owned, np.minimum(machines.owned_count, most), most)
    most = np.where(machines.place == DEVICE, 1, most)
    wasted = on_cpu[:, None] & _is_wasted_on_programs(columns, machines)[None, :]
    rows, places = np.nonzero(~np.isnan(count) & (count <= most[None, :]) & ~wasted)
    return (
        chosen[rows],
        places,
        np.full(len(rows), bits),
        count[rows, places].astype(int),
        weights[rows],
    )


def _is_wasted_on_programs(columns: Columns, machines: Machines) -> Mask:
    """Accelerators that nobody has yet, wherever a processor can be had: trees, rules and filters gain nothing from them."""
    is_processor = np.isin(columns.hardware.kinds, tuple(DEVICE_KINDS))[machines.hardware]
    has_processors = np.isin(machines.place, machines.place[is_processor])
    return ~is_processor & ~machines.is_owned & has_processors


def _pruned(columns: Columns, machines: Machines, fit: _Fit, *, by_kind: bool) -> dict[str, NDArray[np.generic]]:
    """A few per model, precision and place: every machine than which none is both cheaper and faster, so that what a time limit would
    bring is there without one; machines at hand always stay."""
    machine = fit.machine
    hardware = machines.hardware[machine]
    price = _comparable_price(machines, machine) * fit.count
    speed = _followed_by_speed(columns, fit.model, hardware) * fit.count
    kinds = np.unique(columns.hardware.kinds, return_inverse=True)[1][hardware]
    # Where devices were spoken of, a phone does not stand in for a laptop.
    kind = np.where(machines.place[machine] == DEVICE, kinds, 0) if by_kind else np.zeros(len(machine), np.int64)
    # What is at hand is free, and so would stand before whatever could be bought: it competes with nothing.
    owned = machines.is_owned[machine].astype(np.int64)
    group = (((fit.model * 4 + machines.place[machine]) * 100 + fit.bits.astype(int)) * 10 + kind) * 2 + owned
    keep = machines.is_owned[machine].copy()
    groups = Groups.of(group)
    smallest = groups.best(price)
    keep[smallest] = True
    keep[groups.best(price / speed)] = True
    writes = are_of(columns.models.types[fit.model], *LANGUAGE_MODELS)
    front = groups.front(price, speed)
    keep[front[~writes[front] | (fit.bits[front] < BITS[0])]] = True
    on_device = (machines.place[machine] == DEVICE) & ~machines.is_owned[machine]
    keep &= ~on_device
    keep[smallest[on_device[smallest]]] = True
    keep &= ~(writes & (machines.place[machine] == DEVICE)) | (fit.bits == BITS[-1])
    rows = np.flatnonzero(keep)
    chosen = machine[rows]
    found = {one.name: getattr(machines, one.name)[chosen] for one in fields(Machines)}
    return found | {
        "model": fit.model[rows],
        "offer": np.full(len(rows), -1),
        "bits": fit.bits[rows],
        "count": fit.count[rows],
    }


def _followed_by_speed(columns: Columns, model: Ints, hardware: Ints) -> Floats:
    """What speed follows: of models that write token by token memory bandwidth, of all others operations. [GB/s; TFLOP/s]"""
    writes = are_of(columns.models.types[model], *LANGUAGE_MODELS, *SMALL_WRITERS)
    return np.where(writes, columns.hardware.bandwidth_gbps[hardware], columns.hardware.tflops_16[hardware])


def _comparable_price(machines: Machines, machine: Ints) -> Floats:
    """Rent by the hour, or a bought machine's price: only compared within one place."""
    hourly = machines.hourly_usd[machine]
    price = np.where(np.isnan(hourly), machines.purchase_usd[machine], hourly)
    return np.where(machines.place[machine] == DEVICE, machines.memory_gb[machine], price)


def _joined(columns: Columns, *tables: dict[str, NDArray[np.generic]]) -> Deployments:
    def column(name: str) -> NDArray[np.generic]:
        return np.concatenate([table[name] for table in tables])

    joined: dict[str, Any] = {name: column(name) for name in tables[0]}
    ratios = speed_ratios(columns, joined["model"], joined["hardware"], joined["count"], joined["bits"])
    is_device = joined["place"] == DEVICE
    alike = ("model", "offer", "hardware", "bits", "count", "memory_gb", "is_owned")
    return Deployments(
        **joined,
        speed_ratio=ratios,
        supply=numbered(joined["model"], joined["offer"]),
        machine=numbered(*(joined[name] for name in alike), is_device),
    )
