"""The table of docs/estimates.md: our error on models that were left out of the fit beside the usual formula's, same rows.

    python benchmarks/estimates_table.py FOLDER

Ours are the out-of-fold figures that the fit wrote into the catalog; the usual formulas have nothing to leave out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from fit_estimates import FITS, Rows, picked, rows_of

from recommender import load_catalog
from recommender.validation.known import Known
from recommender.validation.usual import USUAL

TITLES = {
    "tpot": "time per output token", "ttft": "time to the first token", "throughput": "most output tokens per second",
    "energy": "energy per output token", "local_speed": "speed on a device (no speculation)", "training_speed": "training speed",
    "training_hours": "training programmes, hours", "image_latency": "picture by diffusion",
}  # fmt: skip


def usual_errors(quantity: str, rows: Rows) -> tuple[float, float, float]:
    """Median and 90th percentile of the usual formula's error, and its bias. [fractions]"""
    kept = rows.fitted_on
    relative = USUAL[quantity](picked(rows.inputs, kept)) / rows.measured[kept] - 1.0
    return float(np.median(np.abs(relative))), float(np.quantile(np.abs(relative), 0.9)), float(np.median(relative))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    columns = load_catalog().columns
    known, told = Known(columns), columns.calibration["physics"]["errors"]
    print(
        "| quantity | rows | models | usual: median (bias) | ours, models left out | nine in ten | bias | rows left out | in the interval |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for fit in FITS:
        ours, whole = told[fit.quantity]["left_out_models"], told[fit.quantity]
        median, _, bias = usual_errors(fit.quantity, rows_of(fit.quantity, folder, known))
        cells = (
            TITLES[fit.quantity], whole["rows"], whole["models"], f"{median:.1%} ({bias:+.0%})",
            f"**{ours['median_absolute_error']:.1%}**", f"{ours['p90_absolute_error']:.0%}", f"{ours['bias']:+.1%}",
            f"{whole['left_out_rows']['median_absolute_error']:.1%}", f"{ours['interval_coverage']:.0%}",
        )  # fmt: skip
        print("| " + " | ".join(map(str, cells)) + " |")


if __name__ == "__main__":
    main()
