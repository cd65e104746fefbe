"""Combinations of model and machine whose serving speed was measured: how far off the formula is there."""

from __future__ import annotations

import numpy as np

from recommender.decision.lookups import known_or
from recommender.domain.columns import Columns, Floats, Ints

MOST_MACHINES, MOST_COUNT, BITS_STEPS = 1000, 100, 10  # of one key: places, accelerators, tenths of bits


def speed_ratios(columns: Columns, model: Ints, machine: Ints, count: Ints, bits: Floats) -> Floats:
    """Measured over computed time per token of each combination; NaN where nobody measured it. [times]"""
    keys, ratios = _table(columns)
    wanted = _key(model, machine, count, bits)
    if not len(keys):
        return np.full(len(wanted), np.nan)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, ratios[place], np.nan)


def _table(columns: Columns) -> tuple[Ints, Floats]:
    """The catalog's measured combinations, sorted by key; those whose model or machine it lacks are left out."""
    told = columns.calibration.get("measured", {}).get("combinations", ())
    models = {name: place for place, name in enumerate(columns.models.ids)}
    machines = {name: place for place, name in enumerate(columns.hardware.ids)}
    met = [one for one in told if one["model"] in models and one["accelerator"] in machines]
    keys = _key(
        np.array([models[one["model"]] for one in met], np.int64),
        np.array([machines[one["accelerator"]] for one in met], np.int64),
        np.array([one["count"] for one in met], np.int64),
        np.array([one["bits"] for one in met], float),
    )
    order = np.argsort(keys)
    return keys[order], np.array([one["ratio"] for one in met], float)[order]


def _key(model: Ints, machine: Ints, count: Ints, bits: Floats) -> Ints:
    """One whole number per combination; hosted ones, which have no bits, get one that nothing else has."""
    tenths = known_or(bits * BITS_STEPS, 0.0).astype(np.int64)
    return ((model * MOST_MACHINES + machine) * MOST_COUNT + count) * MOST_MACHINES + tenths
