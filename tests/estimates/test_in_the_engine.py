"""The estimates inside an answer: the grid of the stated region, the spare replica, the calibrated parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from recommender import Catalog, Option, recommend
from recommender.engine import decided
from recommender.errors import CatalogError

NEEDS: dict[str, Any] = {
    "task": "chat",
    "workload": {"requests_per_month": 200_000, "peak_requests_per_second": 1.0, "input_tokens": 800, "output_tokens": 300},
    "privacy": {"boundary": "own_tenant"},
    "licence": {"open_weights": True},
    "only": ["qwen/qwen3-32b", "meta-llama/llama-3.1-8b-instruct"],
}


def _own(catalog: Catalog, place: str, **changes: Any) -> Option:
    needs = {**NEEDS, **changes}
    answer = recommend(needs, catalog, detail="answer", draws=0, alternatives=20)
    options = (answer.winner, *answer.alternatives)
    return next(one for one in options if one is not None and one.deployment.place == place)


def test_the_stated_region_sets_the_carbon_of_own_machines(catalog: Catalog) -> None:
    own_site = {"boundary": "on_premises"}
    clean, between, dirty = (
        _own(catalog, "own_site", privacy={**own_site, "residency": [region]}).estimates["gco2e_per_1k_requests"].mid
        for region in ("ch", "us", "in")
    )
    assert clean is not None and between is not None and dirty is not None
    # The same machine on three grids: what it took to make it is the same on all of them.
    assert (dirty - between) / (between - clean) == pytest.approx((708 - 384) / (384 - 37), rel=0.001)


def test_one_replica_stands_by_unless_the_work_can_wait(catalog: Catalog) -> None:
    live = _own(catalog, "own_site", privacy={"boundary": "on_premises"})
    assert live.deployment.replicas is not None and live.deployment.replicas >= 2


def test_machines_at_hand_are_not_doubled(catalog: Catalog) -> None:
    owned = {"owned": [{"accelerator": "h100", "count": 1}]}
    found = _own(catalog, "own_site", privacy={"boundary": "on_premises"}, hardware=owned)
    assert found.deployment.replicas == 1


def _with_calibration(catalog: Catalog, physics: Any) -> Catalog:
    told = {name: one for name, one in catalog.columns.calibration.items() if name != "physics"}
    if physics is not None:
        told["physics"] = physics
    return replace(catalog, columns=replace(catalog.columns, calibration=told), kept={})


def test_without_fitted_parameters_own_machines_have_unknown_times(catalog: Catalog) -> None:
    bare = _with_calibration(catalog, None)
    hosted = recommend({**NEEDS, "privacy": {}}, bare, detail="answer", draws=0).winner
    assert hosted is not None and hosted.deployment.place == "vendor"
    inside = recommend({**NEEDS, "privacy": {"boundary": "on_premises"}}, bare, draws=0)
    assert inside.winner is None and inside.if_confirmed
    assert inside.if_confirmed[0].estimates["latency_p95_ms"].basis == "unknown"


def test_a_fitted_file_that_lacks_a_value_says_which(catalog: Catalog) -> None:
    whole = catalog.columns.calibration["physics"]
    broken = {**whole, "energy": {"full_share": 0.9}}
    with pytest.raises(CatalogError, match=r"physics\.yaml: energy: 'arithmetic_power' has no value"):
        recommend(NEEDS, _with_calibration(catalog, broken), detail="answer", draws=0)


def _with_measured(catalog: Catalog, combinations: list[dict[str, Any]]) -> Catalog:
    told = {**catalog.columns.calibration, "measured": {"combinations": combinations}}
    return replace(catalog, columns=replace(catalog.columns, calibration=told), kept={})


def test_a_measured_combination_moves_its_own_time_and_no_other(catalog: Catalog) -> None:
    owned = {
        "hardware": {"owned": [{"accelerator": "h100", "count": 1}]},
        "privacy": {"boundary": "on_premises"},
    }
    measured = [
        {"model": "qwen/qwen3-32b", "accelerator": "h100-sxm", "count": 1, "bits": bits, "rows": 9, "ratio": 2.0}
        for bits in (4.5, 8.0)
    ]
    nobody = [{**one, "model": "no/such-model"} for one in measured]
    plain, slower = _with_measured(catalog, nobody), _with_measured(catalog, measured)

    def seconds(one: Catalog, model: str) -> float:
        answer = recommend({**NEEDS, **owned}, one, detail="answer", draws=0, alternatives=20)
        options = [
            each for each in (answer.winner, *answer.alternatives) if each and each.id.startswith(f"zero_shot/{model}/h100")
        ]
        return float(options[0].estimates["latency_p50_ms"].mid or 0.0)

    assert seconds(slower, "qwen/qwen3-32b") > 1.5 * seconds(plain, "qwen/qwen3-32b")
    other = "meta-llama/llama-3.1-8b-instruct"
    assert seconds(slower, other) == seconds(plain, other)


def test_a_picture_takes_the_steps_that_its_maker_shows(catalog: Catalog) -> None:
    """FLUX.1 schnell and dev are one model of 12 billion parameters, one drawing in 4 steps and the other in 50."""
    needs = {
        "task": "image_generation",
        "workload": {"requests_per_month": 5_000, "images": 1},
        "hardware": {"owned": [{"accelerator": "h100", "count": 8}]},
        "privacy": {"boundary": "on_premises"},
        "only": ["black-forest-labs/flux.1-schnell", "black-forest-labs/flux.1-dev"],
    }
    answer = recommend(needs, catalog, detail="answer", draws=0, alternatives=20)
    options = {
        one.model.id.rpartition("-")[2]: one
        for one in (answer.winner, *answer.alternatives)
        if one and one.strategy.id == "pretrained_as_is"
    }
    quick, slow = (options[name].estimates["latency_p50_ms"].mid for name in ("schnell", "dev"))
    assert quick is not None and slow is not None
    assert 6.0 < slow / quick < 12.5, "fifty steps over four, but for the decoder and the network"


def test_the_slowest_requests_of_a_cascade_wait_for_both_models(catalog: Catalog) -> None:
    """One request in five is passed on: the middle one never waits for the large model, the slowest in twenty all do."""
    needs = {"task": "chat", "only": ["cortecs"], "workload": {"requests_per_month": 30_000, "output_tokens": 300}}
    answer = recommend(needs, catalog, detail="answer", draws=0, alternatives=200)
    options = {one.id: one.estimates for one in (answer.winner, *answer.alternatives) if one is not None}
    small = next(name.partition("/")[2] for name in options if name.startswith("cascade/"))
    cascade, alone = options[f"cascade/{small}"], options[f"zero_shot/{small}"]
    assert cascade["latency_p50_ms"].mid == alone["latency_p50_ms"].mid
    slow, quick = cascade["latency_p95_ms"].mid, alone["latency_p95_ms"].mid
    assert slow is not None and quick is not None and slow - quick > 1_000.0, "300 tokens of the large model take over a second"


def test_encoders_work_as_much_as_their_layers_not_as_their_files_are_large(catalog: Catalog) -> None:
    """ALBERT shares one layer's weights over twelve passes; most of a multilingual encoder is a table that is only looked up."""
    models = catalog.columns.models

    def passed(name: str) -> float:
        return float(models.passed_b[models.ids.index(name)])

    assert passed("albert/albert-base-v2") == pytest.approx(12 * 12 * 768**2 / 1e9) == passed("google-bert/bert-base-uncased")
    assert passed("intfloat/multilingual-e5-small") == passed("sentence-transformers/all-minilm-l12-v2")
    assert passed("sentence-transformers/all-minilm-l6-v2") == pytest.approx(6 * 12 * 384**2 / 1e9)
    assert passed("answerdotai/modernbert-base") <= 0.149, "never more than the model has, but where layers are shared"


def test_a_batch_pays_until_its_machines_are_ready(catalog: Catalog) -> None:
    """Once a day ten minutes and the weights at a gigabyte a second: a few requests on a large model are not nearly free."""
    workload = {"mode": "batch", "requests_per_month": 300, "output_tokens": 10}
    found = decided({"task": "chat", "workload": workload, "licence": {"open_weights": True}}, catalog, None)
    columns, rows = found.columns, found.candidates
    model, place = columns.models.ids.index("qwen/qwen3-32b"), 1
    mine = np.flatnonzero((rows.model == model) & (rows.place == place) & ~np.isnan(found.estimates.monthly_cost_usd))
    assert len(mine)
    machines, deployment = found.deployments, rows.deployment[mine]
    hours = 30 * (10 / 60 + columns.models.parameters_b[model] * machines.bits[deployment] / 8 / 3600)
    least = hours * machines.hourly_usd[deployment] * machines.count[deployment]
    assert (found.estimates.monthly_cost_usd[mine] >= least).all()
    assert (found.estimates.running.monthly_usd[mine] < 1.5 * least + 5.0).all(), "and little more for a few requests"
