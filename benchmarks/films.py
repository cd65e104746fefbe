"""Films by diffusion: what was measured beside what is estimated, and how far off that is.

    python benchmarks/films.py [TABLE.csv]

Fitted on rows of one accelerator: the share of an H100's peak that is reached, and the power with which slower and faster ones follow.
Each family of models is foreseen by a fit that saw none of it.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recommender.estimates.film import COUNT_POWER, SPEED_POWER, FilmDenoiser, film_work
from recommender.estimates.image import H100_TFLOPS

TABLE = Path(__file__).parents[1] / "tests/cases/physics/films.csv"


@dataclass(frozen=True)
class Row:
    """One measured film: operations [FLOP], peak of one accelerator [TFLOP/s], how many shared it, time [s]."""

    model: str
    machine: str
    work: float
    tflops: float
    accelerators: float
    seconds: float

    @property
    def family(self) -> str:
        """What is left out together."""
        return self.model.partition(".")[0].partition("-")[0]

    @property
    def share(self) -> float:
        """Of the peak of all its accelerators that was reached."""
        return self.work / (self.tflops * 1e12 * self.accelerators) / self.seconds


def rows_of(path: Path = TABLE) -> tuple[Row, ...]:
    """All rows of a table."""
    with path.open(encoding="utf-8") as lines:
        return tuple(_row(one) for one in csv.DictReader(lines))


def _row(told: dict[str, str]) -> Row:
    names = ("parameters_b", "layers", "width", "pixels_per_token", "frames_per_token", "steps", "passes")
    denoiser = FilmDenoiser(*(float(told[name]) for name in names))
    work = film_work(denoiser, float(told["frames"]), float(told["wide"]) * float(told["high"]))
    numbers = (float(told[name]) for name in ("tflops", "accelerators", "seconds"))
    return Row(told["model"], told["machine"], float(work), *numbers)


def fitted(rows: tuple[Row, ...]) -> tuple[float, float]:
    """The share of an H100's peak, and the power of the peak, of rows with one accelerator."""
    alone = [row for row in rows if row.accelerators == 1]
    pace = np.log([row.tflops / H100_TFLOPS for row in alone])
    table = np.column_stack([np.ones(len(alone)), pace])
    share, power = np.linalg.lstsq(table, np.log([row.share for row in alone]), rcond=None)[0]
    return float(np.exp(share)), 1.0 + float(power)


def foreseen(row: Row, share: float, power: float) -> float:
    """The share of its peak that a row's accelerators are taken to reach."""
    return float(share * (row.tflops / H100_TFLOPS) ** (power - 1.0) * row.accelerators ** (COUNT_POWER - 1.0))


def left_out(rows: tuple[Row, ...]) -> list[float]:
    """Measured over foreseen time of every row, its family left out of the fit."""
    fits = {row.family: fitted(tuple(one for one in rows if one.family != row.family)) for row in rows}
    return [foreseen(row, *fits[row.family]) / row.share for row in rows]


def main() -> None:
    """Print rows and errors."""
    rows = rows_of(Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE)
    share, power = fitted(rows)
    print(f"share of an H100's peak {share:.3f}, power of the peak {power:.3f} (in use: {SPEED_POWER})")
    ratios = left_out(rows)
    for row, ratio in zip(rows, ratios, strict=True):
        print(
            f"  {row.model:18} {row.machine:10} x{row.accelerators:.0f} {row.seconds:7.0f} s  share {row.share:.2f}  {ratio:.2f} of foreseen"
        )
    off = np.exp(np.abs(np.log(ratios)))
    print(f"family left out: off by {np.median(off):.2f} times (nine in ten {np.quantile(off, 0.9):.2f}), {len(rows)} rows")
    print(f"share, 10th to 90th percentile: {share / np.quantile(ratios, 0.9):.2f} to {share / np.quantile(ratios, 0.1):.2f}")


if __name__ == "__main__":
    main()
