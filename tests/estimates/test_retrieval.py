"""Retrieval: chunks, stores as vendors publish them, and what a query adds."""

from __future__ import annotations

import pytest

from recommender.estimates.retrieval import (
    Chunking,
    chunk_count,
    embedded_tokens,
    embedding_usd,
    index_memory_gb,
    memory_usd_per_month,
    query_usd,
    search_ms,
    store_gb,
    store_usd_per_month,
)

# Four stores that Pinecone publishes, docs.pinecone.io, "Understanding cost", read 2026-11-23.
PUBLISHED = [
    (500_000, 768, 500, 1.78),  # 0.5e6 * (4 * 768 + 500) / 1e9 = 1.786
    (1_000_000, 1536, 1000, 7.14),  # 1e6 * (4 * 1536 + 1000) / 1e9 = 7.144
    (5_000_000, 1024, 15_000, 95.5),  # 5e6 * (4 * 1024 + 15000) / 1e9 = 95.48
    (10_000_000, 1536, 1000, 71.4),  # 1e7 * (4 * 1536 + 1000) / 1e9 = 71.44
]


@pytest.mark.parametrize("vectors, dimensions, metadata, published", PUBLISHED)
def test_a_store_is_as_large_as_its_vendor_says(vectors: int, dimensions: int, metadata: int, published: float) -> None:
    assert store_gb(vectors, dimensions, metadata) == pytest.approx(published, rel=0.005)


def test_an_own_index_is_as_large_as_qdrant_says() -> None:
    assert index_memory_gb(1e6, 1024) == pytest.approx(6.144)  # 1e6 * 1024 * 4 * 1.5 / 1e9


def test_cutting_and_embedding_a_corpus() -> None:
    cut = Chunking(512.0, 64.0)
    assert chunk_count(10e6, cut) == 22_322  # 10e6 / 448 = 22,321.4
    assert embedded_tokens(10e6, cut) == pytest.approx(11_428_571.4, abs=0.1)  # 10e6 * 512 / 448
    assert embedding_usd(embedded_tokens(10e6, cut), 0.02) == pytest.approx(0.22857, abs=1e-5)


def test_keeping_and_asking_a_store() -> None:
    assert store_usd_per_month(7.144, 0.33, 1.0, 50.0) == 50.0  # 3.36 USD, below the plan's least bill
    assert store_usd_per_month(300.0, 0.33, 20.0, 50.0) == pytest.approx(119.0)  # 99 for the store, 20 for queries
    assert memory_usd_per_month(549.0, 2.4, 10.0) == pytest.approx(1317.6)
    assert memory_usd_per_month(0.01, 2.4, 10.0) == 10.0
    assert query_usd(7.144, 16.0) == pytest.approx(0.000114304)  # 7.144 units * 16 USD per million
    assert query_usd(0.01, 16.0) == pytest.approx(4e-6)  # never less than a quarter of a unit


def test_a_search_grows_with_the_logarithm() -> None:
    assert search_ms(1e6, 4.0, 2.0) == pytest.approx(16.0)  # 4 + 2 * 6
    assert search_ms(0.0, 4.0, 2.0) == 4.0
