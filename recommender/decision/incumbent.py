"""Which candidates are what runs today. A name that matches nothing in the catalog is no candidate: then staying cannot be
compared, and the answer says so.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from recommender.decision.lookups import looked_up
from recommender.domain.columns import Columns, Ints, Mask
from recommender.domain.requirements import Incumbent

SIMPLEST_FIRST = (
    "zero_shot", "pretrained_as_is", "embedding_search", "rules", "classical_ml", "rag", "few_shot", "finetune_encoder",
    "finetune_specialist", "finetune_llm",
)  # fmt: skip
WITHOUT_A_MODEL = frozenset(("rules", "classical_ml"))


def incumbents(columns: Columns, stated: Incumbent | None, strategy: Ints, model: Ints, offer: Ints) -> Mask:
    """Candidates that are what runs today; a hosted model is at a vendor unless no vendor has it.

    Args:
        strategy, model, offer: one place per candidate.
    """
    nothing = np.zeros(len(model), bool)
    if stated is None or (stated.model is None and stated.strategy not in WITHOUT_A_MODEL):
        return nothing
    found = np.isin(model, models_named(columns, stated.model)) if stated.model else ~nothing
    names: list[str] = [spec.id for spec in columns.strategies]
    for name in (stated.strategy,) if stated.strategy else SIMPLEST_FIRST:
        mine = found & (strategy == names.index(name))
        if mine.any():
            return _at(columns, mine, offer, stated.provider)
    return nothing


def _at(columns: Columns, found: Mask, offer: Ints, provider: str | None) -> Mask:
    hosted = found & (offer >= 0)
    if provider is None:
        return hosted if hosted.any() else found
    wanted = _plain(provider)
    ids, names = columns.offers.provider_ids, columns.offers.provider_names
    same = np.array([wanted in (_plain(one), _plain(name)) for one, name in zip(ids, names, strict=True)], bool)
    return np.asarray(hosted & (looked_up(same[columns.offers.provider], offer, 0) > 0), bool)


def names_a_model(columns: Columns, stated: Incumbent) -> bool:
    """Whether the catalog has the model that runs today."""
    return stated.model is not None and len(models_named(columns, stated.model)) > 0


def names_a_provider(columns: Columns, stated: Incumbent) -> bool:
    """Whether the catalog has who serves what runs today, or rents out its machines."""
    known = (*columns.offers.provider_ids, *columns.offers.provider_names, *columns.rentals.providers)
    return stated.provider is not None and _plain(stated.provider) in {_plain(one) for one in known}


def models_named(columns: Columns, words: str, *, begins: bool = True) -> Ints:
    """Models that words name: by id, by name, by the id without its maker; else the shortest name that begins with them.

    Args:
        begins: whether a name that only begins so will do.
    """
    wanted = _plain(words)
    names = [(_plain(one), _plain(name)) for one, name in zip(columns.models.ids, columns.models.names, strict=True)]
    exact = [row for row, (one, name) in enumerate(names) if wanted in (one, name, one.split(" ", 1)[-1])]
    if exact or not wanted or not begins:
        return np.array(exact, np.int64)
    shortest = sorted((len(columns.models.names[row]), row) for row in models_beginning(columns, words).tolist())
    return np.array([row for _, row in shortest[:1]], np.int64)


def models_beginning(columns: Columns, words: str) -> Ints:
    """Models whose names begin with some words."""
    wanted = _plain(words)
    begins = [row for row, name in enumerate(columns.models.names) if wanted and _plain(name).startswith(wanted + " ")]
    return np.array(begins, np.int64)


@lru_cache(maxsize=20_000)  # a catalog's names, which every option asks for anew
def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9.]+", " ", words.lower()).strip()
