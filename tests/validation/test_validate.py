"""`recommender validate`: the contract's keys, clear faults, and errors that may not rise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender import Catalog
from recommender.catalog.measurements import read_table
from recommender.cli import main
from recommender.domain.parameters import Interval, models_fitted_on, physics_of
from recommender.validation.known import Known
from recommender.validation.quantities import QUANTITIES, fit_has_seen, predictions
from recommender.validation.score import Predictions, pairs_ordered, score_of, spread
from recommender.validation.table import Table

KEYS = {
    "quantity", "rows", "skipped", "median_absolute_error", "p90_absolute_error", "bias", "within_2x", "interval_coverage",
    "pairs_ordered",
}  # fmt: skip
MOST_RISE = 0.02
# Rows that may be shipped, tests/cases/physics/README.md; error seen when the parameters were fitted, 2026-11-24.
SHIPPED = {
    "tpot": ("serving.csv", 0.121),
    "ttft": ("serving.csv", 0.266),
    "throughput": ("serving.csv", 0.182),
    "local_speed": ("local.csv", 0.226),
    "training_speed": ("training_speed.csv", 0.049),
    "training_hours": ("training_hours.csv", 0.233),
}
# Left-out errors that the fit wrote down, and the most they may be.
PROMISED = {
    "tpot": 0.20, "ttft": 0.30, "throughput": 0.22, "energy": 0.16, "local_speed": 0.33, "training_speed": 0.15,
    "image_latency": 0.34,
}  # fmt: skip
HEADER = "model,gpu,n_gpus,precision,engine,isl,osl,batch,kind,tpot_ms\n"


def validated(capsys: pytest.CaptureFixture[str], quantity: str, table: Path) -> dict[str, Any]:
    assert main(["validate", quantity, str(table), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("quantity", SHIPPED)
def test_errors_on_shipped_rows_do_not_rise(quantity: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, seen = SHIPPED[quantity]
    found = validated(capsys, quantity, root / "tests" / "cases" / "physics" / name)
    assert found.keys() == KEYS and found["quantity"] == quantity
    assert found["skipped"] <= 0.05 * found["rows"]
    assert found["median_absolute_error"] <= seen + MOST_RISE
    assert found["interval_coverage"] >= 0.70


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_the_interval_holds_for_models_that_neither_fit_nor_interval_saw(quantity: str, catalog: Catalog) -> None:
    told = catalog.columns.calibration["physics"]["errors"][quantity]["left_out_models"]
    assert 0.75 <= told["interval_coverage"] <= 0.85


@pytest.mark.parametrize("quantity", PROMISED)
def test_models_that_were_left_out_are_estimated_as_promised(quantity: str, catalog: Catalog) -> None:
    told = catalog.columns.calibration["physics"]["errors"][quantity]["left_out_models"]
    assert told["median_absolute_error"] <= PROMISED[quantity]


def test_pairs_of_configurations_are_told_apart(catalog: Catalog) -> None:
    assert catalog.columns.calibration["physics"]["errors"]["tpot"]["left_out_models"]["pairs_ordered"] >= 0.93


def test_training_programmes_within_a_factor_of_two(catalog: Catalog) -> None:
    told = catalog.columns.calibration["physics"]["errors"]["training_hours"]["left_out_models"]
    assert told["within_2x"] >= 0.85 and abs(told["bias"]) <= 0.20


def test_the_page_about_estimates_tells_the_fits_own_figures(root: Path, catalog: Catalog) -> None:
    page = (root / "docs" / "estimates.md").read_text(encoding="utf-8")
    for told in catalog.columns.calibration["physics"]["errors"].values():
        models, rows = told["left_out_models"], told["left_out_rows"]
        cells = f"**{models['median_absolute_error']:.1%}** | {models['p90_absolute_error']:.0%} | {models['bias']:+.1%} | "
        assert cells + f"{rows['median_absolute_error']:.1%} | {models['interval_coverage']:.0%} |" in page


def test_the_engines_intervals_are_those_of_the_fit(catalog: Catalog) -> None:
    physics, assumed = catalog.columns.calibration["physics"], catalog.columns.assumptions
    pairs = {
        "serving_time_error": physics["serving"]["token_interval"]["other"],
        "image_time_error": physics["image"]["interval"]["other"],
        "training_time_error": physics["programme"]["interval"]["other"],
    }
    for name, interval in pairs.items():
        assert (assumed[name].low, assumed[name].high) == pytest.approx((interval["low"], interval["high"]), rel=0.01)
    local = physics["local"]["interval"]["other"]  # of a speed: a time turns it round
    assert (assumed["local_time_error"].low, assumed["local_time_error"].high) == pytest.approx(
        (1 / local["high"], 1 / local["low"]), rel=0.01
    )


def test_a_model_nobody_knows_is_skipped_not_guessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "rows.csv"
    table.write_text(
        HEADER + "llama-3.1-8b,h100_sxm,1,fp8,vllm,1000,500,8,serving,9.0\n"
        "new-lab/unheard,h100_sxm,1,fp8,vllm,1000,500,8,serving,9.0\n"
        "new-lab/Unheard-120B-A6B,h100_sxm,2,,unknown-engine,1000,500,8,serving,9.0\n"
        "llama-3.1-8b,h100_sxm,1,fp8,vllm,1000,500,8,offline_max,9.0\n"
        "llama-3.1-8b,h100_sxm,1,fp8,vllm,1000,500,8,serving,\n",
        encoding="utf-8",
    )
    found = validated(capsys, "tpot", table)
    assert (found["rows"], found["skipped"]) == (3, 1)  # the last two are of another kind, and not measured


def test_a_model_that_the_fit_has_seen_has_the_narrower_interval(tmp_path: Path, catalog: Catalog) -> None:
    names = ("meta-llama/Llama-3.1-8B-Instruct", "new-lab/unheard-8b")
    path = tmp_path / "rows.csv"
    path.write_text(
        HEADER + "".join(f"{name},h100_sxm,1,fp8,vllm,1000,500,8,serving,9.0\n" for name in names), encoding="utf-8"
    )
    header, cells = read_table(path)
    spec, calibration = QUANTITIES["tpot"], catalog.columns.calibration
    table = Table.of(str(path), header, cells)
    seen = fit_has_seen(table.words("model"), models_fitted_on(calibration, "tpot"))
    assert seen.tolist() == [True, False]
    fitted = physics_of(calibration)
    found = predictions(spec, spec.inputs(table, Known(catalog.columns)), seen, fitted)
    around = fitted.serving.token_interval
    assert found.high / found.mid == pytest.approx([around.known.high, around.other.high])
    assert around.other.high > around.known.high


def test_a_table_without_rows_has_nothing_to_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "rows.csv"
    table.write_text(HEADER, encoding="utf-8")
    found = validated(capsys, "tpot", table)
    assert found["rows"] == 0 and found["median_absolute_error"] is None
    assert main(["validate", "tpot", str(table)]) == 0
    assert "unknown" in capsys.readouterr().out


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_every_quantity_takes_a_table_of_nothing_but_its_columns(
    quantity: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = QUANTITIES[quantity]
    table = tmp_path / "rows.csv"
    columns = (*spec.reads, spec.measured)
    table.write_text(",".join(columns) + "\n" + ",".join("" for _ in spec.reads) + ",5\n", encoding="utf-8")
    found = validated(capsys, quantity, table)
    assert (found["rows"], found["skipped"]) == (1, 1)


@pytest.mark.parametrize(
    "words, content, fault",
    [
        (("speed", "rows.csv"), b"", "quantity 'speed': cannot be checked; use one of tpot, ttft"),
        (("tpot", "missing.csv"), b"", "cannot be read: No such file or directory"),
        (("tpot", "rows.csv"), b"", "the table is empty"),
        (("tpot", "rows.csv"), b"model,gpu\nx,y\n", ":1: there is no column 'n_gpus'"),
        (("tpot", "rows.csv"), b"\xff\xfe\x00", "is not a comma-separated table"),
    ],
)
def test_a_wrong_table_is_told_in_words(
    words: tuple[str, str], content: bytes, fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rows.csv").write_bytes(content)
    assert main(["validate", words[0], str(tmp_path / words[1])]) == 2
    out, err = capsys.readouterr()
    assert out == "" and fault in err


def test_a_score_counts_what_it_says() -> None:
    measured = np.array([10.0, 20.0, 40.0, 80.0])
    score = score_of(spread(np.array([11.0, 18.0, 40.0, 240.0]), Interval(0.95, 1.2)), measured)
    assert score.median_absolute_error == pytest.approx(0.1)  # of 0.1, 0.1, 0 and 2
    assert score.bias == pytest.approx(0.05)  # the middle of -0.1, 0, 0.1 and 2
    assert score.within_2x == 0.75
    assert score.interval_coverage == 0.5  # 10 < 10.45 and 80 < 228; 20 and 40 lie inside
    assert score.pairs_ordered == 1.0


def test_pairs_that_are_near_are_not_asked_for() -> None:
    assert pairs_ordered(np.array([1.0, 2.0]), np.array([1.0, 1.2])) is None
    assert pairs_ordered(np.array([2.0, 1.0, 3.0]), np.array([1.0, 2.0, 4.0])) == pytest.approx(2 / 3)


def test_nothing_predicted_is_nothing_scored() -> None:
    none = np.array([])
    assert score_of(Predictions(none, none, none), none).bias is None
