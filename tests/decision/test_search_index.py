"""The search index of searches and of answers from documents: its size, where it lies, what it costs and how long a search takes."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from recommender import Catalog
from recommender.decision.decide import Decision
from recommender.decision.estimation import DEVICE, OWN_CLOUD, OWN_SITE, VENDOR
from recommender.decision.index_bill import BESIDE_THE_MODEL, IN_A_STORE, IN_RENTED_MEMORY, ON_OWN_SITE
from recommender.domain.columns import Ints
from recommender.engine import decided
from recommender.explanation.numbers import gigabytes

Wish = dict[str, Any]
SEARCH: Wish = {"task": "semantic_search", "only": ["embedding_search"]}
LARGE = 50_000_000
QWEN_SMALL, QWEN_LARGE = "qwen/qwen3-embedding-0.6b", "qwen/qwen3-embedding-8b"  # 1,024 and 4,096 numbers in a vector


@pytest.fixture(scope="module")
def search(catalog: Catalog) -> Any:
    @cache
    def of(documents: int, requests: int = 300_000, boundary: str | None = None) -> Decision:
        wish = SEARCH | {"knowledge": {"documents": documents}, "workload": {"requests_per_month": requests}}
        return decided(wish | ({"privacy": {"boundary": boundary}} if boundary else {}), catalog, None)

    return of


def _rows(decision: Decision, model: str | None = None, place: int | None = None) -> Ints:
    found = decision.candidates
    chosen = np.ones(len(found), bool) if model is None else found.model == decision.columns.models.ids.index(model)
    return np.flatnonzero(chosen & (True if place is None else found.place == place))


def _line(decision: Decision, label: str) -> Any:
    return next(line.usd for line in decision.estimates.lines if line.label == label)


def test_vectors_are_as_wide_as_the_options_own_model_makes_them(search: Any) -> None:
    decision = search(LARGE, 30_000_000)
    gb = decision.estimates.index.gigabytes
    (small, *_), (large, *_) = (_rows(decision, model, OWN_CLOUD) for model in (QWEN_SMALL, QWEN_LARGE))
    vectors = np.ceil(LARGE * 800 / 448)  # 800 tokens a document, 448 a passage: 89 million
    assert gb[small] == pytest.approx(vectors * 1024 * 4 * 1.5 / 1e9)  # 549 GB
    assert gb[large] == pytest.approx(vectors * 4096 * 4 * 1.5 / 1e9)  # 2,194 GB


def test_an_embedding_as_wide_as_a_vocabulary_is_sparse(search: Any) -> None:
    decision = search(LARGE, 30_000_000)
    row = _rows(decision, "naver/splade-v3", OWN_CLOUD)[0]
    assert decision.estimates.index.gigabytes[row] == pytest.approx(np.ceil(LARGE * 800 / 448) * 1024 * 4 * 1.5 / 1e9)


def test_answers_from_documents_have_vectors_of_the_embedder_beside_them(catalog: Catalog) -> None:
    wish = {"task": "question_answering", "only": ["rag"], "knowledge": {"documents": LARGE}}
    decision = decided(wish, catalog, None)
    part = next(one for one in decision.estimates.parts if one.role == "embedding")
    width = np.append(decision.columns.models.embedding_dimensions, np.nan)[part.model]
    width = np.where(np.isnan(width), 1024.0, width)  # assumed where nobody told
    each = np.where(decision.estimates.index.lies == IN_A_STORE, width * 4 + 500, width * 4 * 1.5)
    assert decision.estimates.index.gigabytes == pytest.approx(np.ceil(LARGE * 800 / 448) * each / 1e9)


def test_a_small_index_lies_beside_the_model_and_costs_nothing(search: Any) -> None:
    decision = search(5_000, 30_000_000)
    rows = _rows(decision, QWEN_SMALL, OWN_CLOUD)
    assert (decision.estimates.index.lies[rows] == BESIDE_THE_MODEL).all()
    assert (decision.estimates.index.usd_per_month[rows] == 0).all()


def test_a_large_index_is_rented_beyond_what_one_machine_holds(search: Any) -> None:
    decision = search(LARGE, 30_000_000)
    index, rows = decision.estimates.index, _rows(decision, QWEN_SMALL, OWN_CLOUD)
    machine = decision.deployments.hardware[decision.candidates.deployment[rows]]
    room = decision.columns.hardware.memory_gb[machine] - decision.estimates.memory_gb[rows]
    assert (index.lies[rows] == IN_RENTED_MEMORY).all()
    assert index.usd_per_month[rows] == pytest.approx((548.57 - room) * 2.4, rel=1e-4)  # 549 GB at 2.40 USD


def test_an_index_that_is_seldom_asked_lies_in_a_hosted_store(search: Any) -> None:
    """411 GB at 0.40 USD and 10,000 questions, which read 411 GB each at 16 USD a million: 164 + 66 USD; in memory 1,300."""
    decision = search(LARGE, 10_000)
    index, rows = decision.estimates.index, _rows(decision, QWEN_SMALL, OWN_CLOUD)
    stored = np.ceil(LARGE * 800 / 448) * (4 * 1024 + 500) / 1e9
    is_stored = index.lies[rows] == IN_A_STORE
    assert is_stored.any()
    assert index.usd_per_month[rows][is_stored] == pytest.approx(stored * 0.4 + stored * 16e-6 * 10_000)


def test_a_team_without_machines_pays_the_least_of_any_index(search: Any) -> None:
    decision = search(100)
    rows = _rows(decision, place=VENDOR)
    assert len(rows) and decision.estimates.index.usd_per_month[rows] == pytest.approx(10.0)


@pytest.mark.parametrize("boundary", ["own_tenant", "on_premises", "air_gapped"])
@pytest.mark.parametrize("documents", [5_000, LARGE])
def test_nothing_is_kept_at_a_vendor_where_nothing_may_leave(search: Any, boundary: str, documents: int) -> None:
    decision = search(documents, 10_000, boundary)
    assert (decision.estimates.index.lies != IN_A_STORE).all()


def test_an_index_on_ones_own_site_is_memory_that_is_bought(search: Any) -> None:
    decision = search(LARGE, 300_000, "on_premises")
    index, rows = decision.estimates.index, _rows(decision, QWEN_SMALL, OWN_SITE)
    assert (index.lies[rows] == ON_OWN_SITE).all()
    assert index.bought_usd[rows] / index.usd_per_month[rows] == pytest.approx(30 / 0.5)  # USD a GB once, and a month
    assert index.bought_usd[rows].max() <= 548.58 * 30


def test_a_device_that_cannot_hold_the_index_is_out(search: Any) -> None:
    small, large = search(5_000, 300_000, "on_device"), search(LARGE, 300_000, "on_device")
    assert small.fits[_rows(small, QWEN_SMALL, DEVICE)].any()
    assert not large.fits[_rows(large, QWEN_SMALL, DEVICE)].any()


def test_a_larger_model_embeds_the_documents_at_a_higher_cost(search: Any) -> None:
    """Two operations for each token and parameter outside the word table, at a quarter of the machine's speed and at its rent."""
    decision = search(LARGE)
    columns, usd = decision.columns, _line(decision, "indexing the documents")
    deployments = decision.deployments
    small, large = (
        {int(deployments.hardware[decision.candidates.deployment[row]]): row for row in _rows(decision, model, OWN_CLOUD)}
        for model in (QWEN_SMALL, QWEN_LARGE)
    )
    machine, row = next((one, row) for one, row in large.items() if columns.hardware.tflops_16[one] > 5)
    passed = float(columns.models.passed_b[columns.models.ids.index(QWEN_LARGE)])
    tokens = LARGE * 800 * 512 / 448
    seconds = 2 * passed * 1e9 * tokens / (columns.hardware.tflops_16[machine] * 1e12 * 0.25)
    assert usd[row] == pytest.approx(seconds / 3600 * deployments.hourly_usd[decision.candidates.deployment[row]])
    assert all(usd[large[one]] > 5 * usd[small[one]] for one in large.keys() & small.keys())


def test_words_that_are_looked_up_are_not_embedded_and_take_little_room(search: Any) -> None:
    decision = search(LARGE)
    rows = _rows(decision, "classical/bm25")
    assert len(rows) and (_line(decision, "indexing the documents")[rows] == 0).all()
    assert decision.estimates.index.gigabytes[rows] == pytest.approx(44.643, abs=1e-3)  # 89,285,715 passages of 500 bytes


@pytest.mark.parametrize("boundary", [None, "on_premises"])
def test_more_documents_are_never_cheaper_or_faster(search: Any, boundary: str | None) -> None:
    sizes = (100, 5_000, 100_000, 1_000_000, 10_000_000, LARGE)
    found = [search(size, 300_000, boundary).estimates for size in sizes]
    for less, more in pairwise(found):
        for name in ("monthly_cost_usd", "one_time_cost_usd", "latency_p95_ms", "weeks_to_launch"):
            few, many = getattr(less, name), getattr(more, name)
            assert np.all((many >= few * (1 - 1e-9)) | np.isnan(few)), name
        assert np.all((more.latency_p50_ms > less.latency_p50_ms) | np.isnan(less.latency_p50_ms))


@pytest.mark.parametrize("documents", [5_000, 1_000_000, LARGE])
def test_more_questions_are_never_cheaper(search: Any, documents: int) -> None:
    found = [search(documents, requests).estimates.index.usd_per_month for requests in (1_000, 100_000, 1_000_000, 100_000_000)]
    assert all((more >= less).all() for less, more in pairwise(found))


def test_sizes_are_told_in_their_unit() -> None:
    assert (gigabytes(548.57), gigabytes(0.0411)) == ("550 GB", "41 MB")


def test_what_changes_by_the_hour_is_embedded_again_no_more_than_what_changes_by_the_day(catalog: Catalog) -> None:
    """A tenth of the corpus each day: three times all of it a month, and no more by the hour."""
    bills = []
    for updates in ("weekly", "daily", "hourly"):
        needs = {"task": "semantic_search", "knowledge": {"documents": 1_000_000.0, "updates": updates}}
        decision = decided(needs, catalog, None)
        tokens = np.max(np.asarray(decision.rows.demand.refreshed_tokens_per_month))
        bills.append(float(tokens) / 1e6 / 800.0)  # documents of 800 tokens, in millions
    assert bills[0] < bills[1] == bills[2] == pytest.approx(3.0)
