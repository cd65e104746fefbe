"""Answers for the page: the decision first, then what takes a search. Many people at once, nothing shared but facts.

A search takes ten times as long as a decision: it waits for its turn (turns.py), so that it never holds up other people's decisions.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from recommender import Catalog, Recommendation, TrialEvidence, compare, frontier, recommend
from recommender.catalog.cards import with_assumptions
from recommender.catalog.requests import requirements_from
from recommender.explanation.report import near_tie
from recommender.trade_offs import Frontier
from recommender.trial.effect import Effect, effect_of
from recommender_form import facts, workers
from recommender_form.asking import state
from recommender_form.turns import Turns

DRAWS = 200
ALTERNATIVES = 9
MOST_KEPT = 12
HAND_OVER_SECONDS = 0.03
MOST_PATIENCE_SECONDS = 2.0
MIDDLES = "assumed_middles"
EVIDENCE = "trial_evidence"
SEARCHED = ("status", "binding", "relaxations", "tipping_points", "open_questions", "pilot")


@st.cache_resource(show_spinner=False)
def _turns() -> Turns:
    return Turns(workers.count())


def requirements() -> dict[str, Any]:
    """What this visitor's answers say."""
    return state.requirements_of(st.session_state, facts.usual, facts.usual_wait_ms)


def catalog() -> Catalog:
    """The facts, with what this visitor changed or measured for the visit."""
    found, measured = unmeasured_catalog(), evidence()
    return found if measured is None else replace(found, columns=replace(found.columns, trial=measured))


def unmeasured_catalog() -> Catalog:
    """The facts, with the assumptions this visitor changed for the visit."""
    middles = st.session_state.get(MIDDLES) or {}
    if not middles:
        return facts.catalog()
    return _kept(("catalog", json.dumps(middles, sort_keys=True)), lambda: with_assumptions(facts.catalog(), middles))


def evidence() -> TrialEvidence | None:
    """What this visitor measured and put into the decision."""
    found: TrialEvidence | None = st.session_state.get(EVIDENCE)
    return found


def believe(found: TrialEvidence) -> None:
    """Put measurements into the decision, beside those of the same task; a new one of the same candidate replaces the old."""
    old, mine = evidence(), {(one.strategy, one.model) for one in found.results}
    beside = old.results if old is not None and old.task == found.task else ()
    kept = tuple(one for one in beside if (one.strategy, one.model) not in mine)
    st.session_state[EVIDENCE] = TrialEvidence(task=found.task, results=(*kept, *found.results))


def forget_evidence() -> None:
    """Decide without measurements again."""
    st.session_state.pop(EVIDENCE, None)


def effect(needs: Mapping[str, Any], found: TrialEvidence) -> Effect:
    """The answer without and with measurements.

    Raises:
        InputError: with every fault of the requirements.
    """

    def decide() -> Effect:
        with _turns().decision():
            return effect_of(requirements_from(dict(needs)), unmeasured_catalog(), found)

    return _kept(("effect", _key(needs)), decide)


def quick(needs: Mapping[str, Any]) -> Recommendation:
    """The answer at once, without what takes a search.

    Raises:
        InputError: with every fault of the requirements.
    """
    facts_now = catalog()

    def decide() -> Recommendation:
        with _turns().decision():
            return workers.answer(dict(needs), facts_now, detail="answer", draws=DRAWS, alternatives=ALTERNATIVES)

    return _kept(("quick", _key(needs)), decide)


def whole(needs: Mapping[str, Any]) -> Recommendation:
    """The whole answer: the quick one with what a search adds. The same as one full call."""
    facts_now, first = catalog(), quick(needs)

    def search() -> Recommendation:
        with _turns().search():
            found = workers.answer(dict(needs), facts_now, detail="full", draws=draws_of_a_search(first), alternatives=1)
        return first.model_copy(update={name: getattr(found, name) for name in SEARCHED})

    return _kept(("whole", _key(needs)), search)


def draws_of_a_search(first: Recommendation) -> int:
    """None, since the quick answer has drawn already; again where the pilot is to tell a near tie apart, which only draws show."""
    return DRAWS if first.winner is not None and near_tie(first.winner) else 0


def side_by_side(needs: Mapping[str, Any], named: tuple[str, ...]) -> Any:
    """Options that somebody names, each with its numbers, or with what bars it."""
    facts_now = catalog()
    return _kept(("beside", _key([needs, named])), lambda: compare(dict(needs), named, facts_now, draws=DRAWS))


def trade(needs: Mapping[str, Any], criteria: tuple[str, ...]) -> Frontier:
    """What no other option beats over two criteria."""
    facts_now = catalog()

    def find() -> Frontier:
        with _turns().search():
            return frontier(dict(needs), criteria, facts_now, draws=DRAWS)

    return _kept(("trade", _key([needs, criteria])), find)


def hand_over() -> None:
    """Let the server's other thread send what is drawn so far, the browser paint it, and others have their answers before more
    comes."""
    time.sleep(HAND_OVER_SECONDS)
    _turns().give_way(MOST_PATIENCE_SECONDS)


def what_if(needs: Mapping[str, Any]) -> Recommendation:
    """A decision without draws, for a slider."""
    facts_now = catalog()
    return _kept(("if", _key(needs)), lambda: recommend(dict(needs), facts_now, detail="answer", draws=0, alternatives=1))


def _key(needs: Any) -> str:
    return json.dumps([needs, st.session_state.get(MIDDLES), st.session_state.get(EVIDENCE)], sort_keys=True, default=str)


def _kept(key: tuple[str, str], make: Any) -> Any:
    """This visitor's latest results: a page that is opened again shows them at once."""
    kept: dict[tuple[str, str], Any] = st.session_state.setdefault("kept_answers", {})
    if key not in kept:
        kept[key] = make()
        for old in list(kept)[:-MOST_KEPT]:
            del kept[old]
    return kept[key]
