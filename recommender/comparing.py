"""Options that a person names, side by side: the obvious rival, staying, a colleague's favourite."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np

from recommender.catalog.loading import Catalog
from recommender.decision.decide import with_intervals
from recommender.decision.robustness import BEST, drawn
from recommender.domain.requirements import Requirements
from recommender.engine import decided
from recommender.explanation.comparison import Compared, Comparison, compared_with_words
from recommender.explanation.options import Shares, option_of
from recommender.explanation.reasons import words_of
from recommender.explanation.why_not import barred_by, place_in_order


def compare(
    requirements: Requirements | dict[str, Any],
    options: Sequence[str],
    catalog: Catalog | None = None,
    *,
    as_of: datetime.date | str | None = None,
    seed: int = 0,
    draws: int = 200,
) -> Comparison:
    """Two or more options side by side, best first; what does not fit comes last with what bars it.

    Args:
        requirements: what the team needs, or a plain dict of it.
        options: each an option's id, a strategy, a model's id or name, or strategy/model: then its best option.

    Raises:
        InputError: with every fault of the requirements.
    """
    decision = decided(requirements, catalog, as_of)
    found = {asked: place_in_order(decision, asked) for asked in options if asked.strip()}
    found = {asked: place for asked, place in found.items() if place is None or asked == _first(found, place)}
    ranks = np.array(sorted({place for place in found.values() if place is not None}), np.int64)
    decision = with_intervals(decision, decision.order[ranks])
    best = min(BEST, len(decision.competing))
    rows = decision.order[np.union1d(np.arange(best), ranks)]
    shown = drawn(decision, rows, draws, seed, counted=best)
    compared = []
    for asked, place in found.items():
        if place is None:
            barred, because = barred_by(decision, asked)
            compared.append(Compared(asked=asked, option=None, barred=barred or None, because=because or (NOTHING_NAMED,)))
            continue
        row = int(decision.order[place])
        option = option_of(decision, shown, row, place + 1, words_of(decision, shown, row), Shares(draws > 0, None))
        compared.append(Compared(asked=asked, option=option))
    return compared_with_words(tuple(compared))


def _first(found: dict[str, int | None], place: int) -> str:
    """The first words that name an option: further names for the same one add nothing."""
    return next(asked for asked, other in found.items() if other == place)


NOTHING_NAMED = "Nothing in the catalog is named so for this task; `recommender catalog show` lists what there is."
