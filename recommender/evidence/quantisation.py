"""What fewer bits per weight cost in quality, from one model measured at several precisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from recommender.domain.evidence import Gain, Quantity

FULL_BITS = 16
ONE_SIDE_OF_80 = 1.2816


def retained_by_bits(records: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Share of the 16-bit score that is left at each precision: low, mid, high, and the study.

    The spread of the 16-bit runs, one model at several hosts, is the noise of every row. Fewer bits never gain.
    """
    studies = [record for record in records.values() if record.get("kind") == "quantisation"]
    rows = [(float(bits), float(score)) for study in studies for _, bits, score in study["runs"]]
    full = np.array([score for bits, score in rows if bits == FULL_BITS])
    if len(full) < 2:
        return {}
    noise = ONE_SIDE_OF_80 * float(full.std(ddof=1)) / float(full.mean())
    table: dict[float, list[float]] = {}
    best = 1.0
    for bits in sorted({bits for bits, _ in rows}, reverse=True):
        best = min(best, float(np.mean([score for at, score in rows if at == bits])) / float(full.mean()))
        table[bits] = [round(max(best - noise, 0.0), 3), round(best, 3), round(min(best + noise, 1.0), 3)]
    return {"bits": list(table), "retained": list(table.values()), "studies": [study["id"] for study in studies]}


def quantisation_retained(calibration: Mapping[str, Any], bits: Quantity) -> Gain:
    """Share of quality left at a number of bits per weight, between measured precisions by straight line. [0-1]

    Args:
        calibration: the content of `calibration/strategy.yaml`.
        bits: bits per weight; 16 and more lose nothing.
    """
    told = calibration["quantisation"]
    grid, retained = np.array(told["bits"], dtype=float)[::-1], np.array(told["retained"], dtype=float)[::-1]
    at = np.asarray(bits, dtype=float)
    low, mid, high = (np.where(at >= FULL_BITS, 1.0, np.interp(at, grid, retained[:, column])) for column in range(3))
    return Gain(low, mid, high, "predicted", tuple(told["studies"]))
