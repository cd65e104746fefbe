"""The search index: how large it is, where it lies, what keeping and asking it costs; and embedding what goes into it."""

from __future__ import annotations

import numpy as np

from recommender.decision.components import Part
from recommender.decision.estimation import DEVICE, OWN_CLOUD, OWN_SITE, VENDOR, Array, Rows, Running
from recommender.decision.lookups import known_or, looked_up
from recommender.decision.running_small import forward_seconds_of
from recommender.domain.columns import Ints, Mask
from recommender.domain.record import record
from recommender.domain.requirements import Requirements
from recommender.domain.units import SECONDS_PER_HOUR, TOKENS_PER_MTOK, Quantity
from recommender.estimates.retrieval import (
    chunk_count,
    embedded_tokens,
    embedding_usd,
    index_memory_gb,
    memory_usd_per_month,
    query_usd,
    store_gb,
    store_usd_per_month,
)
from recommender.estimates.self_hosting_cost import power_usd_per_hour
from recommender.techniques.search_index import CHUNKING

PASSAGE_BYTES = 500.0  # kept of each passage beside its vector, or of its words where these are looked up
WIDEST_DENSE = 8192.0  # numbers in a vector: one as wide as a vocabulary is sparse, and few of them are kept
HOSTED_BOUNDARIES = (None, "any_cloud")  # within which a store may be somebody else's
IN_A_STORE, BESIDE_THE_MODEL, ON_OWN_SITE, IN_RENTED_MEMORY = range(4)


@record
class SearchIndex:
    """Every candidate's index: its size [GB], where it lies, its bill [USD per month], memory bought for it [USD], and whether a device
    holds it."""

    gigabytes: Array
    lies: Ints
    usd_per_month: Array
    bought_usd: Array
    fits: Mask


def search_index(rows: Rows, parts: tuple[Part, ...], run: Running) -> SearchIndex:
    """Beside the model as far as one of the option's machines has room; the rest in memory, or all of it in a hosted store where that
    is cheaper and allowed: never on one's own site. A team without machines pays the least that any index costs."""
    situation, on_site = rows.situation, rows.at(OWN_SITE)
    vectors, dimensions = chunk_count(rows.demand.corpus_tokens, CHUNKING), _dimensions(rows, parts)
    stored_gb = store_gb(vectors, dimensions, PASSAGE_BYTES)
    memory_gb = np.where(rows.is_type("rules"), stored_gb, index_memory_gb(vectors, dimensions))
    beyond_gb = np.maximum(memory_gb - _room_gb(rows, run), 0.0)
    floor = np.where(rows.at(VENDOR), situation["store_floor_usd_per_month"], 0.0)
    asked = query_usd(stored_gb, situation["read_usd_per_million_units"]) * situation.requests_per_month
    stored = store_usd_per_month(stored_gb, situation["store_usd_per_gb_month"], asked, floor)
    each = np.where(on_site, situation["own_memory_usd_per_gb_month"], situation["memory_usd_per_gb_month"])
    kept = memory_usd_per_month(beyond_gb, each, floor)
    in_a_store = (rows.at(VENDOR) | rows.at(OWN_CLOUD)) & (stored <= kept) & _may_be_hosted(situation.requirements)
    is_beside = (beyond_gb <= 0) & ~rows.at(VENDOR)
    is_paid = (vectors > 0) & ~rows.at(DEVICE)
    return SearchIndex(
        gigabytes=np.where(in_a_store, stored_gb, memory_gb),
        lies=np.select((in_a_store, is_beside, on_site), (IN_A_STORE, BESIDE_THE_MODEL, ON_OWN_SITE), IN_RENTED_MEMORY),
        usd_per_month=np.where(is_paid, np.where(in_a_store, stored, kept), 0.0),
        bought_usd=np.where(on_site, beyond_gb * situation["own_memory_usd_per_gb"], 0.0),
        fits=np.asarray((beyond_gb <= 0) | ~rows.at(DEVICE), bool),
    )


def _room_gb(rows: Rows, run: Running) -> Array:
    """Memory that one of the option's machines has left beside the model, a copy of the index on each; that around accelerators is
    taken to be as large as theirs, and none is left at a vendor. [GB]"""
    hardware, count = rows.columns.hardware, rows.of_deployment(rows.deployments.count)
    usable = rows.of_hardware(hardware.memory_gb) * known_or(rows.of_hardware(hardware.usable_share), 1.0)
    return np.maximum(known_or(usable * count - run.memory_gb, 0.0), 0.0)


def _may_be_hosted(requirements: Requirements) -> bool:
    """Whether the index may lie at a vendor that keeps nothing else."""
    needs = requirements.privacy
    return needs.boundary in HOSTED_BOUNDARIES or needs.boundary_is != "must"


def _dimensions(rows: Rows, parts: tuple[Part, ...]) -> Array:
    """Numbers in a vector: of the option's own model where that embeds, else of the embedder on its path; an assumed one where
    nobody told, none where words are looked up. [numbers]"""
    embedder = np.full(len(rows.candidates), -1)
    for part in parts:
        if part.role == "embedding":
            embedder = part.model
    known = rows.columns.models.embedding_dimensions
    beside = rows.wide(looked_up(known, embedder, np.nan))
    told = np.where(rows.is_type("embedding"), rows.of_model(known), beside)
    dense = np.where(told > WIDEST_DENSE, np.nan, told)
    return np.where(rows.is_type("rules"), 0.0, known_or(dense, rows.situation["embedding_dimensions"]))


def indexing_usd(rows: Rows, corpus_tokens: Quantity) -> Array:
    """Embedding text, overlaps counted twice: at the price of the embedding that is the option itself, or by the time that it takes
    on the option's machines; at an assumed price where another model embeds; nothing where words are looked up. [USD]"""
    usual = rows.situation["embedding_usd_per_mtok"]
    by_offer = rows.of_offer(rows.columns.offers.input_price)
    own = np.where(rows.at(VENDOR), by_offer, _machine_hours(rows, TOKENS_PER_MTOK) * _usd_per_hour(rows))
    price = np.where(rows.is_type("embedding"), known_or(own, usual), usual)
    return np.where(rows.is_type("rules"), 0.0, embedding_usd(embedded_tokens(corpus_tokens, CHUNKING), price))


def indexing_hours(rows: Rows) -> Array:
    """One accelerator's time for embedding all documents; none where another model does it, or a vendor. [h]"""
    hours = known_or(_machine_hours(rows, embedded_tokens(rows.demand.corpus_tokens, CHUNKING)), 0.0)
    return np.where(rows.is_type("embedding"), hours, 0.0)


def _machine_hours(rows: Rows, tokens: Quantity) -> Array:
    """One accelerator of the option's, embedding in batches; unknown at a vendor. [h]"""
    return forward_seconds_of(rows, tokens) / SECONDS_PER_HOUR


def _usd_per_hour(rows: Rows) -> Array:
    """An accelerator of the option's at work: its rent, or its power. [USD per hour]"""
    situation = rows.situation
    watts = rows.of_hardware(rows.columns.hardware.power_w)
    power = power_usd_per_hour(watts, situation["power_usd_per_kwh"], situation["power_overhead"])
    return np.asarray(known_or(rows.of_deployment(rows.deployments.hourly_usd), power))
