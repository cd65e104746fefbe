"""What happened to everything else: each strategy, each rule, and what only a confirmation bars."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from recommender.decision.candidates import Candidates
from recommender.decision.decide import Decision, best_of_each
from recommender.decision.early import Removed
from recommender.decision.robustness import Draws
from recommender.domain.columns import Ints
from recommender.domain.method import Rule
from recommender.domain.recommendation import Exclusion, StrategyVerdict, UnconfirmedOption
from recommender.explanation.numbers import money, points
from recommender.explanation.options import Shares, candidate_id, option_id, option_of
from recommender.explanation.plain_words import TELLING_GAP, WHAT_COUNTS, first_upper
from recommender.explanation.reasons import words_of
from recommender.explanation.retiring import ends_of_what_was_named
from recommender.rules.screening import reads_estimates

EXAMPLES = 3
NONE_LEFT = "No candidate of it is left."
MOST_UNCONFIRMED, MOST_PER_QUESTION = 5, 2


def by_strategy(decision: Decision) -> tuple[StrategyVerdict, ...]:
    """Every strategy's best option, or why it is out, in one sentence."""
    strategies, best = np.unique(decision.candidates.strategy[decision.order], return_index=True)
    best_row = dict(zip(strategies.tolist(), decision.order[best].tolist(), strict=True))
    return tuple(_verdict(decision, place, best_row.get(place)) for place in range(len(decision.columns.strategies)))


def _verdict(decision: Decision, place: int, row: int | None) -> StrategyVerdict:
    strategy = decision.columns.strategies[place]
    if row is not None:
        return StrategyVerdict(
            strategy=strategy.id,
            family=strategy.family,
            option=option_id(decision, row),
            score=round(float(decision.total[row]), 6),
            why=_why_in(decision, row),
        )
    why = _why_out(decision, place)
    return StrategyVerdict(strategy=strategy.id, family=strategy.family, option=None, score=None, why=why)


def _why_in(decision: Decision, row: int) -> str:
    """Where a strategy's best option stands, and on what it falls behind the winner."""
    first = float(decision.estimates.first_year_cost_usd[row])
    whole = "all of it" if decision.situation.mode == "one_off" else "the first year"
    if not decision.first_choices[row]:
        return f"It is a last resort: something else fits. {first_upper(whole)} with people's time would cost about {money(first)}."
    stands = (
        f"Its best option scores {points(float(decision.total[row]))}; {whole} with people's time costs about {money(first)}."
    )
    if row == decision.winner or decision.winner is None:
        return stands
    gaps = {name: float(part[row] - part[decision.winner]) for name, part in decision.parts.items()}
    behind = [WHAT_COUNTS[name] for name, gap in sorted(gaps.items(), key=lambda one: one[1]) if gap < -TELLING_GAP][:2]
    return f"{stands} It falls behind on {' and '.join(behind)}." if behind else stands


def _why_out(decision: Decision, place: int) -> str:
    """What bars the nearest of its candidates where any came as far as the estimates, else the commonest rule."""
    mine = decision.candidates.strategy == place
    if decision.situation.task not in decision.columns.strategies[place].tasks:
        return "It is not for this task."
    if not mine.any() and not any(one.per_strategy[place] for one in decision.removed):
        return "No model in the catalog can carry it for this task."
    if mine.any():
        _, because = nearest_barred(decision, np.flatnonzero(mine))
        return " ".join(because) or NONE_LEFT
    early = [(int(one.per_strategy[place]), one.rule.because) for one in decision.removed if one.verdict == "fail"]
    count, commonest = max(early, default=(0, ""))
    return commonest if count else NONE_LEFT


def nearest_barred(decision: Decision, rows: Ints) -> tuple[int, tuple[str, ...]]:
    """Of candidates that came as far as the estimates the one that fewest rules bar, the best of those; and what each of its rules
    says."""
    barred = np.stack([one.excludes_as_failed[rows] | one.excludes_as_unknown[rows] for one in decision.findings])
    best_first = np.lexsort((-np.nan_to_num(decision.total[rows], nan=-9.0), barred.sum(axis=0)))
    nearest = int(best_first[0])
    told = (one.rule.because for one, out in zip(decision.findings, barred[:, nearest], strict=True) if out)
    return int(rows[nearest]), tuple(dict.fromkeys(told))


def excluded(decision: Decision) -> tuple[Exclusion, ...]:
    """Per rule and verdict: how many candidates it took out, and a few of them."""
    found = [_removed(decision, one) for one in decision.removed]
    for one in decision.findings:
        if reads_estimates(one.rule):
            for verdict, mask in (("fail", one.excludes_as_failed), ("unknown", one.excludes_as_unknown)):
                rows = np.flatnonzero(mask)
                if len(rows):
                    found.append(_exclusion(one.rule, verdict, len(rows), _examples(decision, rows)))
    return tuple(sorted(found, key=lambda one: (-one.candidates, one.rule, one.verdict)))


def _removed(decision: Decision, one: Removed) -> Exclusion:
    told = _exclusion(one.rule, one.verdict, one.count, _first_ids(decision, one.examples))
    return told.model_copy(update={"because": told.because + ends_of_what_was_named(decision, one.rule.id)})


def _exclusion(rule: Rule, verdict: Any, count: int, examples: tuple[str, ...]) -> Exclusion:
    return Exclusion(rule=rule.id, because=rule.because, verdict=verdict, candidates=count, examples=examples)


def _first_ids(decision: Decision, candidates: Candidates) -> tuple[str, ...]:
    ids = (candidate_id(decision, candidates, row) for row in range(len(candidates)))
    return tuple(dict.fromkeys(ids))[:EXAMPLES]


def _examples(decision: Decision, rows: Ints) -> tuple[str, ...]:
    """A few of the best of them; only those that may be among the best are sorted."""
    total = decision.total[rows]
    below = np.where(np.isnan(total), 9.0, -total)
    most = EXAMPLES * 4
    if len(rows) > most:
        near = below <= np.partition(below, most)[most]
        rows, below = rows[near], below[near]
    best = rows[np.argsort(below, kind="stable")][:most]
    return tuple(dict.fromkeys(option_id(decision, int(row)) for row in best))[:EXAMPLES]


def barred_by_unknowns(decision: Decision) -> Ints:
    """The best candidates that nothing but an unknown bars; few of each question, so that one gap does not hide the others."""
    size = len(decision.candidates)
    failed, unknown = np.zeros(size, bool), np.zeros(size, bool)
    for one in decision.findings:
        failed |= one.excludes_as_failed
        unknown |= one.excludes_as_unknown
    rows = best_of_each(decision.candidates, decision.ranking, np.flatnonzero(unknown & ~failed), decision.deployments)
    met: Counter[tuple[str, ...]] = Counter()
    chosen: list[int] = []
    for row in rows.tolist():
        question = _ask(decision, row)
        met[question] += 1
        if met[question] <= MOST_PER_QUESTION:
            chosen.append(row)
        if len(chosen) == MOST_UNCONFIRMED:
            break
    return np.array(chosen, np.int64)


def if_confirmed(decision: Decision, rows: Ints, evaluated: Draws) -> tuple[UnconfirmedOption, ...]:
    """Candidates that only an unknown bars, each with what to ask."""
    found = []
    for row in rows:
        option = option_of(decision, evaluated, int(row), None, words_of(decision, evaluated, int(row)), Shares())
        found.append(UnconfirmedOption(**dict(option), ask=_ask(decision, int(row))))
    return tuple(found)


def _ask(decision: Decision, row: int) -> tuple[str, ...]:
    asked = [one.rule.ask or one.rule.because for one in decision.doubts if one.excludes_as_unknown[row]]
    return tuple(dict.fromkeys(asked))
