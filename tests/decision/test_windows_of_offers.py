"""How much a provider takes of a model at once: less than the model could, here and there."""

from __future__ import annotations

import numpy as np
import pytest

from recommender import Catalog, compare
from recommender.decision.machines import VENDOR
from recommender.engine import decided

SCOUT = "meta-llama/llama-4-scout-17b-16e-instruct"
LONG = {"task": "summarization", "workload": {"requests_per_month": 5000, "max_input_tokens": 3_000_000}}
WHY = "does not fit the model's context window, or what is served of it there"


def window(catalog: Catalog, provider: str) -> float:
    """What is taken of Llama 4 Scout at once, as the columns have it. [tokens]"""
    offers = catalog.columns.offers
    of_model = offers.model == catalog.columns.models.ids.index(SCOUT)
    (place,) = np.flatnonzero(of_model & (offers.provider == offers.provider_ids.index(provider)))
    return float(offers.context_tokens[place])


def test_an_offer_has_the_smaller_of_both_windows(catalog: Catalog) -> None:
    assert window(catalog, "cloudflare") == 131_000
    assert window(catalog, "deepinfra") == 327_680
    assert window(catalog, "aws-bedrock") == 3_500_000, "nothing is said of this offer: the model's own window"


def test_no_offer_has_more_than_its_model(catalog: Catalog) -> None:
    models, offers = catalog.columns.models, catalog.columns.offers
    own = models.context_tokens[offers.model]
    known = ~np.isnan(own)
    assert (offers.context_tokens[known] <= own[known]).all()


def test_a_long_input_is_sent_nowhere_that_takes_less(catalog: Catalog) -> None:
    decision = decided(LONG, catalog, None)
    offered = decision.candidates.offer[decision.fits & (decision.candidates.place == VENDOR)]
    assert len(offered)
    assert (decision.columns.offers.context_tokens[offered] >= 3_000_000).all()


@pytest.mark.parametrize("longest", [100_000, 200_000])
def test_the_model_alone_says_nothing_of_an_offer(catalog: Catalog, longest: int) -> None:
    """100,000 tokens fit the 131,000 of Cloudflare, 200,000 do not, though the model itself takes 3.5 million."""
    needs = {**LONG, "workload": {"requests_per_month": 5000, "max_input_tokens": longest}}
    decision = decided({**needs, "only": [SCOUT]}, catalog, None)
    offers = decision.columns.offers
    names = {offers.provider_ids[offers.provider[one]] for one in decision.candidates.offer[decision.fits] if one >= 0}
    assert ("cloudflare" in names) == (longest == 100_000)
    assert "deepinfra" in names, "328,000 there"


def test_it_is_told_why_an_offer_is_out(catalog: Catalog) -> None:
    (found,) = compare({**LONG, "only": ["cloudflare"]}, [f"zero_shot/{SCOUT}"], catalog, draws=0).compared
    assert found.option is None or found.because
    assert any(WHY in one for one in found.because), found.because
