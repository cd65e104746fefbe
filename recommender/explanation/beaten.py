"""Why an option that is expected to be better and no slower at no higher cost ranks below the winner all the same."""

from __future__ import annotations

from recommender.domain.recommendation import Option
from recommender.domain.situation import HOURS_OF_A_TARIFF
from recommender.domain.words import GRADES
from recommender.explanation.numbers import plain
from recommender.explanation.plain_words import LAST_RESORT, STRATEGY_WORDS, grade_words, placed
from recommender.explanation.waits import wait, waited_ms

DECIDED = {
    "cost": "its invoices are higher",
    "effort": "it takes more work",
    "risk": "more can go wrong with it",
    "carbon": "it emits more carbon",
}
STANDS_BEHIND = "it is a last resort"


def with_what_is_beaten(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options shown, best first; the first one says so where another one is better, no slower and no dearer in the first year."""
    if not options:
        return options
    first = options[0]
    told = next((said for other in options[1:] if (said := _told(first, other))), None)
    if told is None:
        return options
    return (first.model_copy(update={"reasons": (*first.reasons, told)}), *options[1:])


def _told(first: Option, other: Option) -> str | None:
    """One sentence with what decided; None where the other one is no better or falls behind in time or cost."""
    why = _decided(first, other) if _is_better(first, other) else None
    if why is None:
        return None
    good, good_first = (plain(_mid(one, "quality")) for one in (other, first))
    named = placed(other.model.name, other.deployment.place, other.deployment.provider)
    year = "cost" if first.is_one_off else "first-year cost"
    return (
        f"Number {other.rank}, {named} ({STRATEGY_WORDS[other.strategy.id]}), is expected to be better ({good} against"
        f" {good_first} of 100){_speed(first, other)} at no higher {year}; it ranks below because {why}."
    )


def _is_better(first: Option, other: Option) -> bool:
    """Better and no slower as people read it, and not a cent dearer; what is unknown is no better."""
    names = ("quality", "latency_p95_ms", "first_year_cost_usd")
    if any(one.estimates[name].mid is None for one in (first, other) for name in names):
        return False
    quality, cost = ((_mid(other, name), _mid(first, name)) for name in ("quality", "first_year_cost_usd"))
    is_as_fast = wait(other) == wait(first) or waited_ms(other) < waited_ms(first)
    return plain(quality[0]) != plain(quality[1]) and quality[0] > quality[1] and is_as_fast and cost[0] <= cost[1]


def _speed(first: Option, other: Option) -> str:
    """How the waits compare as people read them; a promise of a day beside a time is told in hours."""
    if wait(other) == wait(first):
        return ", as fast,"
    shorter, longer = (f"{HOURS_OF_A_TARIFF:.0f} hours" if one.waits_a_day else wait(one) for one in (other, first))
    return f" and faster ({shorter} against {longer})"


def _mid(option: Option, name: str) -> float:
    mid = option.estimates[name].mid
    return float("nan") if mid is None else mid


def _decided(first: Option, other: Option) -> str | None:
    """The criterion in which the first one leads most; None where that is one which the sentence says it does not lead in."""
    if any(one.startswith(LAST_RESORT) for one in other.cautions):
        return STANDS_BEHIND
    leads = {name: part - other.score.parts[name] for name, part in first.score.parts.items()}
    most = max(leads, key=lambda name: leads[name])
    if leads[most] <= 0 or most not in DECIDED:
        return None
    evidence, of_first = other.estimates["quality"], first.estimates["quality"]
    is_less_known = GRADES.index(evidence.grade or "none") > GRADES.index(of_first.grade or "none")
    if most == "risk" and is_less_known:
        return f"its quality is less well known ({grade_words(evidence)}), which counts as a risk"
    return DECIDED[most]
