"""Films on one's own accelerators: known answers, every measured time, and what an answer does with them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender import Catalog, compare, load_catalog, recommend
from recommender.estimates.film import FilmDenoiser, film_seconds, film_tokens, film_work

TABLE = Path(__file__).parents[1] / "cases/physics/films.csv"
WAN = FilmDenoiser(14.0, 40.0, 5120.0, 16.0, 4.0, 40.0, 2.0)
AT_HOME: dict[str, Any] = {
    "task": "video_generation",
    "workload": {"requests_per_month": 100.0, "video_seconds": 5.0, "mode": "batch"},
    "privacy": {"boundary": "on_premises"},
}


def seconds_of(catalog: Catalog, model: str, owned: str, seconds: float, count: int = 1) -> float:
    """Until a film is there, on machines at hand."""
    needs = {
        **AT_HOME,
        "workload": {**AT_HOME["workload"], "video_seconds": seconds},
        "hardware": {"owned": [{"accelerator": owned, "count": count}]},
    }
    estimate = (
        compare(needs, [f"pretrained_as_is/{model}/{owned}-16-bit"], catalog, draws=0)
        .compared[0]
        .option.estimates["latency_p50_ms"]
    )
    assert estimate.mid is not None
    return estimate.mid / 1e3


def test_tokens_work_and_time_of_81_frames_of_720p() -> None:
    # (80 / 4 + 1) groups of 1280 * 720 / 16^2 = 3,600 tokens
    assert film_tokens(WAN, 81.0, 1280.0 * 720.0) == 75_600.0
    # 40 * 2 * (2 * 14e9 * 75,600 + 4 * 40 * 5,120 * 75,600^2) = 80 * (2.117e15 + 4.682e15)
    assert film_work(WAN, 81.0, 1280.0 * 720.0) == pytest.approx(5.439e17, rel=1e-3)
    # 5.439e17 / (0.39 * 989e12) = 1,410 s on an H100; eight share it at 8^0.83 = 5.62 times the speed
    assert film_seconds(5.439e17, 989.0, 1.0, 0.39) == pytest.approx(1410.0, rel=1e-3)
    assert film_seconds(5.439e17, 989.0, 8.0, 0.39) == pytest.approx(1410.0 / 5.618, rel=1e-3)
    # an RTX 5090: (209.6 / 989)^0.71 = 0.332 of that speed
    assert film_seconds(5.439e17, 209.6, 1.0, 0.39) == pytest.approx(1410.0 / 0.3323, rel=1e-3)


def test_every_measured_time_is_computed_within_what_the_page_says() -> None:
    """docs/estimates.md: half within 1.12 times, nine in ten within 1.38."""
    off = []
    with TABLE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            names = ("parameters_b", "layers", "width", "pixels_per_token", "frames_per_token", "steps", "passes")
            work = film_work(
                FilmDenoiser(*(float(row[name]) for name in names)),
                float(row["frames"]),
                float(row["wide"]) * float(row["high"]),
            )
            computed = film_seconds(work, float(row["tflops"]), float(row["accelerators"]), 0.39)
            off.append(abs(np.log(computed / float(row["seconds"]))))
    assert len(off) == 15
    assert np.exp(np.median(off)) <= 1.2 and np.exp(np.quantile(off, 0.9)) <= 1.4


def test_a_longer_film_takes_longer_and_one_beyond_a_clip_is_drawn_clip_after_clip(catalog: Catalog) -> None:
    two, five, ten = (seconds_of(catalog, "wan-ai/wan2.2-ti2v-5b", "rtx-4090", one) for one in (2.0, 5.0, 10.0))
    assert two < five / 2.5 + 2.0  # attention grows faster than the film
    assert ten == pytest.approx(2.0 * five, rel=0.01)
    assert five == pytest.approx(500.0, rel=0.02)  # its maker: under nine minutes


def test_what_its_maker_runs_on_a_card_fits_there(catalog: Catalog) -> None:
    for owned, fits in (("rtx-4090", True), ("rtx-4080", False)):  # 5 billion parameters: 10 GB of weights and 8 of the film
        needs = {**AT_HOME, "hardware": {"owned": [{"accelerator": owned}]}, "only": ["wan-ai/wan2.2-ti2v-5b"]}
        answer = recommend(needs, catalog, draws=0, detail="answer")
        assert (answer.winner is not None and owned in answer.winner.id) == fits, owned


def test_films_that_may_not_leave_are_drawn_on_machines_that_are_rented(catalog: Catalog) -> None:
    answer = recommend({"task": "video_generation", "privacy": {"boundary": "own_tenant"}}, catalog, draws=0, detail="answer")
    assert answer.winner is not None and answer.winner.deployment.hosting == "self_host"
    assert answer.winner.estimates["first_year_cost_usd"].mid is not None


def test_a_model_that_nobody_described_has_no_time(tmp_path: Path) -> None:
    model = tmp_path / "models" / "house" / "filmer.yaml"
    model.parent.mkdir(parents=True)
    model.write_text(
        "name: Filmer\ntype: video_generation\narchitecture: diffusion\nmaker: House\nweights: open\nlicence: apache-2.0\n"
        "tasks: [video_generation]\ninput: [text]\noutput: [video]\nparameters_b: 5\nprovenance:\n"
        "  default: {source: house, as_of: 2026-12-01}\n",
        encoding="utf-8",
    )
    (tmp_path / "sources.yaml").write_text(
        'house: {title: "Our own", url: "", licence: "own", retrieved: 2026-12-01}\n', encoding="utf-8"
    )
    catalog = load_catalog(overlays=[tmp_path])
    needs = {**AT_HOME, "privacy": {"boundary": "any_cloud"}, "hardware": {"owned": [{"accelerator": "rtx-4090"}]}}
    (found,) = compare(needs, ["pretrained_as_is/house/filmer/rtx-4090-16-bit"], catalog, draws=0).compared
    assert found.option is None
    assert "What it costs cannot be told: a price or a speed is missing." in found.because
