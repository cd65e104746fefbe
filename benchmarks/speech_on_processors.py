"""Speech models on processors: what was measured beside what is estimated, and how far off that is.

    python benchmarks/speech_on_processors.py [TABLE.csv]

Three ways to foresee a row: by the model's size alone, fitted without any row of the model; from the same model's rows on other
machines; and scaled from an accelerator, as it was done before.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from recommender import load_catalog
from recommender.decision.part_machines import A100_TFLOPS, SMALLEST_B
from recommender.estimates.audio import processor_real_time_factor, real_time_tflops, scaled_real_time_factor

TABLE = Path(__file__).parents[1] / "tests/cases/physics/speech_on_processors.csv"


@dataclass(frozen=True)
class Row:
    """One measured speed."""

    model: str
    speaks: bool
    parameters_b: float
    machine: str
    tflops: float
    measured: float

    @property
    def needed_tflops(self) -> float:
        """Speed of a processor that just keeps up. [TFLOP/s]"""
        return self.tflops / self.measured


def rows_of(path: Path) -> tuple[Row, ...]:
    """All rows of a table."""
    with path.open(encoding="utf-8") as lines:
        return tuple(
            Row(
                one["model"],
                one["speaks"] == "true",
                float(one["params_b"]),
                one["machine"],
                float(one["tflops"]),
                float(one["real_time_factor"]),
            )
            for one in csv.DictReader(lines)
        )


def per_billion(rows: tuple[Row, ...]) -> tuple[float, ...]:
    """What a billion parameters of each model take, the median of its rows. [TFLOP/s per billion]"""
    models = dict.fromkeys(row.model for row in rows)
    return tuple(
        median(row.needed_tflops / float(real_time_tflops(row.parameters_b, 1.0)) for row in rows if row.model == model)
        for model in models
    )


def by_size(row: Row, rows: tuple[Row, ...]) -> float:
    """Foreseen from all other models. [times real time]"""
    others = tuple(one for one in rows if one.speaks == row.speaks and one.model != row.model)
    needed = real_time_tflops(row.parameters_b, median(per_billion(others)))
    return float(processor_real_time_factor(row.tflops, needed))


def from_other_machines(row: Row, rows: tuple[Row, ...]) -> float:
    """Foreseen from the same model's other rows; NaN where there are none. [times real time]"""
    others = [one.needed_tflops for one in rows if one.model == row.model and one is not row]
    return float(processor_real_time_factor(row.tflops, median(others))) if others else float("nan")


def from_an_accelerator(row: Row) -> float:
    """As it was done before: measured on an A100 or assumed, and scaled. [times real time]"""
    columns = load_catalog().columns
    place = columns.models.ids.index(row.model) if row.model in columns.models.ids else -1
    known = float(columns.models.real_time_factor[place]) if place >= 0 else float("nan")
    assumed = (
        columns.assumptions["tts_real_time_factor"].mid if row.speaks else columns.assumptions["asr_real_time_factor"].mid * 1.5
    )
    on_a100 = assumed / max(row.parameters_b, SMALLEST_B) if np.isnan(known) else known
    return float(scaled_real_time_factor(on_a100, A100_TFLOPS, row.tflops))


def told(name: str, foreseen: list[float], measured: list[float]) -> str:
    """Median of foreseen over measured, and by what factor half and nine in ten rows are missed at most."""
    ratio = np.array(foreseen) / np.array(measured)
    ratio = ratio[~np.isnan(ratio)]
    off = np.exp(np.abs(np.log(ratio)))
    return f"{name}: {np.median(ratio):.2f} of measured, off by {np.median(off):.1f} times (nine in ten {np.quantile(off, 0.9):.1f}), {len(ratio)} rows"


def main() -> None:
    """Print rows and errors, voices and recognisers apart."""
    rows = rows_of(Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE)
    for speaks in (True, False):
        mine = tuple(row for row in rows if row.speaks == speaks)
        spread = np.quantile(per_billion(mine), [0.1, 0.5, 0.9])
        print(
            f"{'voices' if speaks else 'recognisers'}: {np.round(spread, 2)} TFLOP/s per billion parameters (10th, 50th, 90th of models)"
        )
        ways = {
            "by size": [by_size(row, rows) for row in mine],
            "from other machines": [from_other_machines(row, rows) for row in mine],
        }
        ways["from an accelerator"] = [from_an_accelerator(row) for row in mine]
        for row, *foreseen in zip(mine, *ways.values(), strict=True):
            print(f"  {row.model:28} {row.machine:24} {row.measured:6.2f}  " + "  ".join(f"{one:6.2f}" for one in foreseen))
        for name, foreseen in ways.items():
            print("  " + told(name, foreseen, [row.measured for row in mine]))


if __name__ == "__main__":
    main()
