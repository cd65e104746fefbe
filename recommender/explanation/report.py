"""The answer as text and as Markdown, for people who were not in the room and need no machine learning to read it."""

from __future__ import annotations

from collections import Counter
from math import isnan

from recommender.domain.recommendation import Estimate, Option, Pilot, Recommendation, WinnerRef
from recommender.domain.requirements import Requirements
from recommender.explanation.conflicts import also_in_the_way
from recommender.explanation.numbers import money, plain, span, with_range
from recommender.explanation.plain_words import (
    BELOW_DRAFT,
    NEAR_TIE,
    STRATEGY_WORDS,
    first_upper,
    grade_words,
    placed,
    requirement_value,
    requirement_words,
    terms_in,
)
from recommender.explanation.today import not_compared
from recommender.explanation.waits import wait, waited_ms

STATUS = {
    "recommended": "Recommended",
    "needs_answers": "Provisional: one answer of yours could change it",
    "nothing_fits": "Nothing fits all you asked for",
}
WHEN = {"monthly": "each month", "one_time": "once"}
WORTH_SAYING_USD = 100.0  # at the start: less is no news beside days of work
MEASURED = "Your measurements"
NOT_SEARCHED = "What could change this was not searched for; leave out --brief for that."


def title_of(answer: Recommendation, is_searched: bool = True) -> str:
    """What kind of answer this is, and that it is no good one where it is none; one for which nobody looked what would change it is no
    recommendation yet."""
    title = STATUS[answer.status] if is_searched or answer.status == "nothing_fits" else "First answer"
    is_poor = answer.winner is not None and any(one.startswith(BELOW_DRAFT) for one in answer.winner.cautions)
    return f"{title} (the best of what fits, below a first draft)" if is_poor else title


def brief(answer: Recommendation, is_searched: bool = True) -> str:
    """The answer in a few lines."""
    title = title_of(answer, is_searched)
    if answer.winner is None:
        return "\n".join([title + ".", *_question(answer), *conflict(answer)])
    return "\n".join([f"{title}: {headline(answer.winner)}", *near_tie(answer.winner), *_question(answer)])


def near_tie(option: Option) -> tuple[str, ...]:
    """That another kind of answer is as good, where that is so: it stands beside the headline."""
    return tuple(one for one in option.cautions if one.startswith(NEAR_TIE))


def minded(option: Option) -> tuple[str, ...]:
    """What to mind, beyond what stands beside the headline."""
    return tuple(one for one in option.cautions if not one.startswith(NEAR_TIE))


def first_answer(answer: Recommendation, requirements: Requirements, measured: tuple[str, ...] = ()) -> str:
    """An answer for which nobody looked what would change it: a few lines, with what staying could not be compared for."""
    unknowns = answer.winner.unknowns if answer.winner is not None else ()
    of_staying = not_compared(requirements.incumbent)
    staying = [one for one in unknowns if one in of_staying]
    return "\n".join([brief(answer, is_searched=False), *staying, *measured, NOT_SEARCHED])


def named(option: Option) -> str:
    """Strategy, model and place in one phrase."""
    where = option.deployment
    return f"{first_upper(STRATEGY_WORDS[option.strategy.id])}: {placed(option.model.name, where.place, where.provider)}"


def headline(option: Option) -> str:
    """An option in one line: what, where, cost, time, quality."""
    return (
        f"{named(option)}; {_invoices(option)}{_at_the_start(option)}, "
        f"{_time(option)}, quality {_points(option.estimates['quality'])}"
    )


def text(answer: Recommendation, measured: tuple[str, ...] = ()) -> str:
    """The whole answer for a terminal, with what one's own measurements do to it."""
    lines = [brief(answer), ""]
    if answer.winner is not None:
        lines += ["Why", *_bullets(answer.winner.reasons), "", "What it costs (USD)", *_bill(answer.winner), ""]
        lines += [*_bullets(totals(answer.winner)), ""]
    for title, sentences in ((MEASURED, measured), *_sections(answer)):
        lines += [title, *_bullets(sentences), ""] if sentences else []
    lines += [*_ids(answer), footer(answer)]
    return "\n".join(lines)


def markdown(answer: Recommendation, is_searched: bool = True, measured: tuple[str, ...] = ()) -> str:
    """The whole answer as a Markdown document, with what one's own measurements do to it."""
    lines = [f"# {title_of(answer, is_searched)}", ""]
    if answer.winner is None:
        lines += [*_bullets(tuple(conflict(answer))), ""]
    else:
        lines += [f"**{headline(answer.winner)}.**", "", *(line for one in near_tie(answer.winner) for line in (one, ""))]
        lines += ["## Why", "", *_bullets(answer.winner.reasons), ""]
        lines += ["## What it costs", "", "| item | USD (range) | when | kind |", "|---|---|---|---|"]
        lines += [f"| {line[0]} | {line[1]} | {line[2]} | {line[3]} |" for line in bill_rows(answer.winner)]
        lines += ["", *_bullets(totals(answer.winner)), ""]
    for title, sentences in ((MEASURED, measured), *_sections(answer), ("Every strategy", strategies(answer))):
        lines += [f"## {title}", "", *_bullets(sentences), ""] if sentences else []
    used = terms_in("\n".join(lines))
    lines += ["## Words used here", "", *_bullets(tuple(f"**{word}**: {means}" for word, means in used.items())), ""]
    lines.append(footer(answer))
    return harmless("\n".join(lines)) + "\n"


def harmless(markdown: str) -> str:
    """Names come from catalogs and requests: no tag and no link of theirs is left. A report has none of its own."""
    return markdown.replace("<", "&lt;").replace("](", "]\\(")


def _sections(answer: Recommendation) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Everything said in sentences, in the order people need it."""
    winner = answer.winner
    return (
        ("Mind", minded(winner) if winner else ()),
        ("Not known", winner.unknowns if winner else ()),
        ("Next steps", winner.next_steps if winner else ()),
        ("What to measure first", pilot(answer)),
        ("Alternatives", tuple(f"{option.rank}. {headline(option)}" for option in answer.alternatives)),
        ("Questions that could change the answer", tuple(one.why for one in answer.open_questions)),
        ("The answer changes when", tips(answer)),
        ("Only a confirmation bars", tuple(f"{named(one)}. Ask: {' '.join(one.ask)}" for one in answer.if_confirmed)),
        ("Ruled out", ruled_out(answer)),
    )


def ruled_out(answer: Recommendation) -> tuple[str, ...]:
    """What each rule took out, in one line, and for how many of them the fact is not known."""
    every, unknown = Counter[str](), Counter[str]()
    for one in answer.excluded:
        every[one.because] += one.candidates
        unknown[one.because] += one.candidates if one.verdict == "unknown" else 0
    return tuple(f"{count:,} options: {because}{_not_known(unknown[because], count)}" for because, count in every.most_common())


def _not_known(unknown: int, of: int) -> str:
    if not unknown:
        return ""
    return " For these it is not known." if unknown == of else f" For {unknown:,} of them it is not known."


def strategies(answer: Recommendation) -> tuple[str, ...]:
    """Each strategy's best option, or why it is out."""
    return tuple(f"{first_upper(STRATEGY_WORDS[one.strategy])}: {one.why}" for one in answer.by_strategy)


def pilot(answer: Recommendation) -> tuple[str, ...]:
    """The measurement that would settle the top two, or a near tie."""
    found = answer.pilot
    if found is None:
        return ()
    return (f"Try {_both(answer, found)} on {found.examples} examples of your own and measure {found.measure}. {found.why}",)


def _both(answer: Recommendation, found: Pilot) -> str:
    """The two that a pilot compares, by their ranks where both are shown."""
    other = next((one for one in answer.alternatives if one.id == found.compare[1]), None)
    if other is None or other.rank is None:
        return " and ".join(found.compare)
    return "the first two" if other.rank == 2 else f"number 1 and number {other.rank} ({other.model.name})"


def tips(answer: Recommendation) -> tuple[str, ...]:
    """Where the answer turns, each in a sentence."""
    is_one_off = answer.winner is not None and answer.winner.is_one_off
    return tuple(
        f"{requirement_words(one.requirement, is_one_off)} goes "
        f"from {requirement_value(one.requirement, float(one.from_value))} to {requirement_value(one.requirement, float(one.to_value))}: "
        f"then {_in_passing(one.winner)}"
        for one in answer.tipping_points
    )


def _in_passing(option: WinnerRef) -> str:
    quality = "not known" if option.quality is None else plain(option.quality)
    return f"{STRATEGY_WORDS[option.strategy]} ({option.model}, quality {quality})"


def conflict(answer: Recommendation) -> list[str]:
    """What cannot be had together, and the least that would have to give."""
    binds, others = (
        ", ".join(map(requirement_words, paths))
        for paths in (answer.binding, also_in_the_way(answer.binding, answer.relaxations))
    )
    together = "These cannot be had together" if len(answer.binding) > 1 else "This cannot be had, whatever else gives way"
    found = [f"{together}: {binds}."] if binds else []
    found += [f"Beside that, this would have to give way as well: {others}."] if others else []
    for one in answer.relaxations:
        changes = " and ".join(
            f"{requirement_words(change.requirement)} = {requirement_value(change.requirement, change.to_value)}"
            for change in one.changes
        )
        found.append(f"With {changes}: {_in_passing(one.winner)}.")
    return found


ALL_OF_IT = (("All of it", "first_year_cost_usd"),)  # of work that is done once


def bill_rows(option: Option) -> list[tuple[str, str, str, str]]:
    """Item, amount with range, when, kind."""
    when = dict.fromkeys(WHEN, "once") if option.is_one_off else WHEN
    return [(line.label, with_range(line.mid, line.low, line.high), when[line.when], line.kind) for line in option.bill]


def totals(option: Option) -> tuple[str, ...]:
    """What the bill adds up to over the years, and the volume at which another hosting becomes cheaper."""
    years = (("The first year", "first_year_cost_usd"), ("The first three years", "three_year_cost_usd"))
    sums = [
        f"{words} with people's time: about {money(one.mid)} ({span(one.low, one.high, 'USD')})."
        for words, one in ((words, option.estimates[name]) for words, name in (ALL_OF_IT if option.is_one_off else years))
        if one.mid is not None and one.low is not None and one.high is not None
    ]
    point = option.break_even
    if point is None:
        return tuple(sums)
    asked, other = f"Above about {plain(point.requests_per_month)} requests a month", point.against_name
    own, paid = ("this", other) if option.deployment.hosting != "api" else (other, "this")
    return (*sums, f"{asked} {own} always costs less than {paid}, paid by use; below, it depends on how full the machines are.")


def _ids(answer: Recommendation) -> list[str]:
    """What `recommender recipe` and `recommender compare` call the options."""
    options = [one for one in (answer.winner, *answer.alternatives) if one is not None]
    if not options:
        return []
    return ["Ids, for recommender recipe and recommender compare", *(f"  {one.rank}. {one.id}" for one in options), ""]


def footer(answer: Recommendation) -> str:
    """Which facts and which engine the answer rests on."""
    facts = answer.catalog
    return f"Catalog {facts.version} of {facts.as_of} ({facts.digest[:12]}), engine {answer.engine_version}."


def _bill(option: Option) -> list[str]:
    return [f"  {label:<32} {amount:>28}  {when}, {kind}" for label, amount, when, kind in bill_rows(option)]


def _bullets(lines: tuple[str, ...]) -> list[str]:
    return [f"- {line}" for line in lines]


def _at_the_start(option: Option) -> str:
    """What comes once, where it is more than a month of the rest and no small change: mostly machines that are bought."""
    once, monthly = option.estimates["one_time_cost_usd"], option.estimates["monthly_cost_usd"]
    is_worth_saying = once.mid is not None and once.mid >= WORTH_SAYING_USD and once.mid > (monthly.mid or 0.0)
    return f" and {_cost(once)} at the start" if is_worth_saying else ""


def _invoices(option: Option) -> str:
    """What running it takes; where that is nothing, in words."""
    estimate = option.estimates["monthly_cost_usd"]
    if estimate.high is not None and plain(estimate.high) == "0":
        return "no invoices"
    return f"about {_cost(estimate)} of invoices{_how_often(option)}"


def _how_often(option: Option) -> str:
    if option.estimates["monthly_cost_usd"].mid is None:
        return ""
    return " in all" if option.is_one_off else " a month"


def _cost(estimate: Estimate) -> str:
    return "an unknown amount" if estimate.mid is None else money(estimate.mid)


def _time(option: Option) -> str:
    if option.waits_a_day:
        return f"answers within {wait(option)}"
    waited = "an unknown wait" if isnan(waited_ms(option)) else wait(option)
    return f"{waited} until the words stand written" if option.is_live else f"{waited} for 95 of 100 answers"


def _points(estimate: Estimate) -> str:
    return "not known" if estimate.mid is None else f"{plain(estimate.mid)} of 100 ({grade_words(estimate)})"


def _question(answer: Recommendation) -> list[str]:
    return [f"First question: {answer.open_questions[0].why}"] if answer.open_questions else []
