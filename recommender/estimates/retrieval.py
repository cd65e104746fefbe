"""Retrieval: chunks, their embedding, the index in a store or in memory, and what a query adds."""

from __future__ import annotations

import numpy as np

from recommender.domain.record import record
from recommender.domain.units import BYTES_PER_GB, TOKENS_PER_MTOK, Quantity

BYTES_PER_DIMENSION = 4.0  # 32-bit floats
INDEX_FACTOR = 1.5  # memory over raw vectors, with a graph index
LEAST_READ_UNITS = 0.25


@record
class Chunking:
    """How a corpus is cut. [tokens]"""

    chunk_tokens: Quantity
    overlap_tokens: Quantity


def chunk_count(corpus_tokens: Quantity, chunking: Chunking) -> Quantity:
    """Passages that a corpus is cut into. [passages]

    chunks = ceil(corpus / (chunk - overlap))

    References:
        [1] Arithmetic: every passage but the last moves on by chunk minus overlap.
    """
    return np.ceil(corpus_tokens / (chunking.chunk_tokens - chunking.overlap_tokens))


def embedded_tokens(corpus_tokens: Quantity, chunking: Chunking) -> Quantity:
    """Tokens that are embedded, overlaps counted twice. [tokens]

    tokens = corpus * chunk / (chunk - overlap)

    References:
        [1] Arithmetic: overlapping tokens are sent with both passages.
    """
    return corpus_tokens * chunking.chunk_tokens / (chunking.chunk_tokens - chunking.overlap_tokens)


def embedding_usd(tokens: Quantity, usd_per_mtok: Quantity) -> Quantity:
    """Embedding a corpus once. [USD]

    cost = tokens * price / 1e6

    References:
        [1] pydantic/genai-prices 0.2.3, embedding models, read 2026-11-10.
    """
    return tokens * usd_per_mtok / TOKENS_PER_MTOK


def store_gb(vectors: Quantity, dimensions: Quantity, metadata_bytes: Quantity) -> Quantity:
    """Vectors with their metadata, as vendors bill them. [GB]

    store = vectors * (4 * dimensions + metadata) / 1e9

    References:
        [1] Pinecone, "Understanding cost", docs.pinecone.io: four published sizes, met within 0.4 %, read 2026-11-23.
    """
    return vectors * (BYTES_PER_DIMENSION * dimensions + metadata_bytes) / BYTES_PER_GB


def index_memory_gb(vectors: Quantity, dimensions: Quantity) -> Quantity:
    """Memory of an own index that searches by graph. [GB]

    memory = vectors * dimensions * 4 * 1.5 / 1e9

    References:
        [1] Qdrant, "Capacity planning": one million vectors of 1,024 dimensions take 6.144 GB, read 2026-11-23.
    """
    return vectors * dimensions * BYTES_PER_DIMENSION * INDEX_FACTOR / BYTES_PER_GB


def store_usd_per_month(
    gigabytes: Quantity, usd_per_gb_month: Quantity, queries_usd: Quantity, least_usd: Quantity
) -> Quantity:
    """Bill of a hosted store. [USD per month]

    bill = max(size * price + queries, least)

    References:
        [1] Pinecone, "Understanding cost", docs.pinecone.io: a least bill per plan, read 2026-11-23.
    """
    return np.maximum(gigabytes * usd_per_gb_month + queries_usd, least_usd)


def memory_usd_per_month(gigabytes: Quantity, usd_per_gb_month: Quantity, least_usd: Quantity) -> Quantity:
    """Memory for an own index, in which queries cost nothing more. [USD per month]

    cost = max(memory * price, least)

    References:
        [1] Arithmetic; prices are in `catalog/assumptions/services.yaml`.
    """
    return np.maximum(gigabytes * usd_per_gb_month, least_usd)


def query_usd(gigabytes: Quantity, usd_per_million_units: Quantity) -> Quantity:
    """One search in a store that bills by what is read. [USD]

    cost = max(0.25, size in GB) * price / 1e6

    References:
        [1] Pinecone, "Understanding cost", docs.pinecone.io: read units of a query, read 2026-11-23.
    """
    return np.maximum(LEAST_READ_UNITS, gigabytes) * usd_per_million_units / TOKENS_PER_MTOK


def search_ms(vectors: Quantity, base_ms: Quantity, per_tenfold_ms: Quantity) -> Quantity:
    """Time of one search by graph, which grows with the logarithm of the corpus. [ms]

    time = base + per_tenfold * log10(vectors), at least one vector

    References:
        [1] Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using HNSW",
            arXiv:1603.09320, section 4.2 (logarithmic search).
    """
    return base_ms + per_tenfold_ms * np.log10(np.maximum(vectors, 1.0))
