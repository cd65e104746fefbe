"""Options that a person names, side by side: the obvious rival, staying, a colleague's favourite."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.catalog.bans import why_banned
from recommender.catalog.loading import Catalog
from recommender.decision.decide import Decision, with_intervals
from recommender.decision.robustness import BEST, drawn
from recommender.domain.requirements import Requirements
from recommender.engine import decided, listed, whole
from recommender.explanation.comparison import Compared, Comparison, compared_with_words
from recommender.explanation.options import Shares, option_of
from recommender.explanation.reasons import words_of
from recommender.explanation.why_not import barred_by, names_a_known_model, row_named

if TYPE_CHECKING:
    from recommender.domain.trial_evidence import Evidence


def compare(
    requirements: Requirements | dict[str, Any],
    options: Sequence[str],
    catalog: Catalog | None = None,
    *,
    as_of: datetime.date | str | None = None,
    seed: int = 0,
    draws: int = 200,
    evidence: Evidence = None,
) -> Comparison:
    """Two or more options side by side, best first; what does not fit comes last with what bars it.

    Args:
        requirements: what the team needs, or a plain dict of it.
        options: each an option's id, a strategy, a model's id or name, or strategy/model: then its best option. An id may name
            another way to run a model than its best one; such an option has no rank.
        evidence: what one's own trial or import measured, as for `recommend`.

    Raises:
        InputError: with every fault of the requirements and of the evidence.
    """
    whole(draws=draws, seed=seed)
    listed("options", options, '["zero_shot", "few_shot"]')
    decision = decided(requirements, catalog, as_of, evidence)
    found = {asked: row_named(decision, asked) for asked in options if asked.strip()}
    first_named = {row: asked for asked, row in reversed(found.items()) if row is not None}
    again = [(asked, first_named[row]) for asked, row in found.items() if row is not None and asked != first_named[row]]
    found = {asked: row for asked, row in found.items() if row is None or asked == first_named[row]}
    chosen = np.array(sorted(first_named), np.int64)
    decision = with_intervals(decision, chosen)
    best = min(BEST, len(decision.competing))
    leading = decision.order[:best]
    rows = np.concatenate([leading, chosen[~np.isin(chosen, leading)]])
    shown = drawn(decision, rows, draws, seed, counted=best)
    ranks = {int(row): rank for rank, row in enumerate(decision.order, 1)}
    compared = []
    for asked, row in found.items():
        if row is None:
            barred, because = barred_by(decision, asked)
            compared.append(
                Compared(asked=asked, option=None, barred=barred or None, because=because or (_nowhere(decision, asked),))
            )
            continue
        option = option_of(decision, shown, row, ranks.get(row), words_of(decision, shown, row), Shares(draws > 0, None))
        compared.append(Compared(asked=asked, option=option))
    return compared_with_words(tuple(compared), tuple(again))


def _nowhere(decision: Decision, asked: str) -> str:
    """Why words name no candidate: a ban took it out, the catalog lacks it, or has it, but not in this way."""
    banned = why_banned(decision.columns.banned, asked)
    if banned is not None:
        return banned
    if asked.strip() in {one.id for one in decision.columns.strategies}:
        return NOTHING_CARRIES_IT
    return NOT_IN_THIS_WAY if names_a_known_model(decision, asked) else NOTHING_NAMED


NOTHING_CARRIES_IT = "Nothing in the catalog carries this strategy under these requirements."
NOT_IN_THIS_WAY = (
    "The model is in the catalog, but not in this way: under these requirements nothing runs it with this strategy, at this provider "
    "or on this machine. Name the strategy and the model alone for the best way there is."
)
NOTHING_NAMED = "Nothing in the catalog is named so for this task; `recommender catalog show` lists what there is."
