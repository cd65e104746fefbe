"""Tables of the answer: every strategy, alternatives, what only a confirmation bars, what is excluded, what was assumed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from recommender import Option, Recommendation
from recommender.domain.recommendation import StrategyVerdict
from recommender_form.figures import number, score
from recommender_form.markup import plain
from recommender_form.showing import naming
from recommender_form.showing.sentences import shown
from recommender_form.words import or_plain, say

SAME_SCORE = 1e-4


def strategies(answer: Recommendation) -> None:
    """Every strategy: its best option, or why it is out."""
    st.markdown(say("strategies.lead"))
    top = answer.winner.score.total if answer.winner else 0.0
    ranked = sorted(answer.by_strategy, key=lambda one: standing(one, top))
    rows = [_strategy_row((one.strategy,), one) for one in ranked if one.option]
    for why in dict.fromkeys(one.why for one in ranked if not one.option):  # what is out for one reason shares a row
        alike = [one for one in ranked if not one.option and one.why == why]
        rows.append(_strategy_row(tuple(one.strategy for one in alike), alike[0]))
    st.table(rows, border="horizontal", hide_index=True, alt=say("strategies.title"))


def _strategy_row(names: tuple[str, ...], one: StrategyVerdict) -> dict[str, str]:
    return {
        say("strategies.strategy"): plain(", ".join(map(naming.strategy, names))),
        say("strategies.score"): "" if one.score is None else score(one.score),
        say("strategies.option"): plain(_rest(one.option)) if one.option else say("strategies.out"),
        say("strategies.why"): shown(one.why),
    }


def standing(one: StrategyVerdict, top: float) -> tuple[bool, bool, float]:
    """Where a strategy stands in the table: what scores above the winner and yet did not win is a last resort, and comes last."""
    return one.score is None, one.score is not None and one.score > top + SAME_SCORE, -(one.score or 0.0)


def _rest(identifier: str) -> str:
    """An option without its strategy, which stands in its own column."""
    rest = identifier.partition("/")[2]
    return naming.placed(rest) if rest else identifier


def alternatives(answer: Recommendation) -> None:
    """The best options with the numbers that tell them apart."""
    options = options_of(answer)
    if not options:
        st.markdown(say("nothing"))
        return
    st.dataframe([option_row(option) for option in options], hide_index=True, alt=say("alternatives.title"))


def options_of(answer: Recommendation) -> tuple[Option, ...]:
    """The winner and its alternatives."""
    return answer.alternatives if answer.winner is None else (answer.winner, *answer.alternatives)


def option_row(option: Option) -> dict[str, str]:
    """One option as a row."""
    return {
        say("alternatives.rank"): "" if option.rank is None else str(option.rank),
        say("alternatives.option"): naming.title(option),
        say("alternatives.where"): naming.where(option),
        naming.label(option, "monthly_cost_usd"): naming.estimate(option, "monthly_cost_usd"),
        say("estimate.first_year_cost_usd"): naming.estimate(option, "first_year_cost_usd"),
        say("estimate.latency_p95_ms"): naming.estimate(option, "latency_p95_ms"),
        say("estimate.quality"): f"{naming.estimate(option, 'quality')} ({naming.grade(option)})",
        say("alternatives.score"): score(option.score.total),
    }


def if_confirmed(answer: Recommendation) -> None:
    """Options barred only by something unknown, with what to ask."""
    if not answer.if_confirmed:
        st.markdown(say("nothing"))
    for option in answer.if_confirmed:
        with st.container(border=True):
            numbers = say(
                "confirm.numbers",
                cost=naming.invoices(option),
                quality=naming.estimate(option, "quality"),
                grade=naming.grade(option),
            )
            st.markdown(f"**{plain(naming.full_title(option))}**  \n{numbers}")
            asks = "\n".join(f"- {shown(one)}" for one in option.ask)
            st.markdown(f"{say('confirm.ask')}\n\n{asks}")


def excluded(answer: Recommendation) -> None:
    """What each rule took out, with a few examples."""
    if not answer.excluded:
        st.markdown(say("nothing"))
        return
    rows = [
        {
            say("excluded.why"): shown(one.because),
            say("excluded.verdict"): say(f"verdict.{one.verdict}"),
            say("excluded.count"): f"{one.candidates:,}",
            say("excluded.examples"): plain(", ".join(one.examples)),
        }
        for one in answer.excluded
    ]
    st.table(rows, border="horizontal", hide_index=True, alt=say("excluded.title"))


def assumed(answer: Recommendation) -> None:
    """Every default that stood in for something not said."""
    rows = [
        {
            say("assumed.what"): assumption_name(one.name),
            say("assumed.value"): _shown(one.value),
            say("assumed.low"): _shown(one.low),
            say("assumed.high"): _shown(one.high),
            say("assumed.unit"): one.unit,
            say("assumed.source"): one.source,
        }
        for one in answer.assumed
    ]
    st.markdown(say("assumed.lead", count=number(float(len(rows)), 4)))
    st.dataframe(rows, placeholder="", hide_index=True, alt=say("assumed.title"))


def assumption_name(name: str) -> str:
    """An assumption's name in words."""
    return or_plain(f"requirement.{name}", name.replace(".", ": "))


def _shown(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(float(value), 3)
    return "" if value is None else str(value)
