"""How an option, a requirement and a value are called on the page."""

from __future__ import annotations

from typing import Any

from recommender import Option
from recommender.domain.recommendation import WinnerRef
from recommender.domain.words import AS_STATED
from recommender.explanation.waits import DAY
from recommender_form import facts
from recommender_form.asking.fields import BY_PATH
from recommender_form.asking.widgets import option_word
from recommender_form.figures import duration, money, money_span, number, span
from recommender_form.figures import duration_span as times
from recommender_form.words import known, or_plain, say

MONEY_PATHS = ("budget.monthly_usd", "budget.one_time_usd", "incumbent.monthly_usd", "team.day_rate_usd")


def strategy(identifier: str) -> str:
    """A strategy as people say it."""
    return or_plain(f"strategy.{identifier}", identifier)


def where(option: Option) -> str:
    """Where an option runs: the vendor, or the machine."""
    one = option.deployment
    place = or_plain(f"place.{one.place}", one.place)
    if one.provider and one.hosting == "api":
        return f"{one.provider}, {place}"
    machine = " ".join(part for part in (_machines(option), one.precision or "") if part)
    return f"{place}: {machine}" if machine else place


def _machines(option: Option) -> str:
    one = option.deployment
    if not one.accelerator:
        return ""
    count = (one.count or 1) * (one.replicas or 1)
    return f"{count} x {one.accelerator}" if count > 1 else one.accelerator


def title(option: Option) -> str:
    """An option in a few words: model and strategy."""
    return f"{option.model.name}, {strategy(option.strategy.id)}"


def full_title(option: Option) -> str:
    """Model, strategy and place: tells any two options apart."""
    return f"{title(option)}, {where(option)}"


def reference(identifier: str) -> str:
    """An option named by its id alone: strategy/lab/model[/where]."""
    head, _, rest = identifier.partition("/")
    return say("named_option", strategy=strategy(head), rest=placed(rest)) if rest and known(f"strategy.{head}") else identifier


def in_passing(option: WinnerRef) -> str:
    """An option that another value leads to, with its quality."""
    quality = say("quality_unknown") if option.quality is None else say("quality_points", points=f"{option.quality:.0f}")
    return f"{reference(option.id)}, {quality}"


def placed(rest: str) -> str:
    """lab/model[/where] with the model's name where the catalog has one; else as it is."""
    lab, _, model_and_where = rest.partition("/")
    model, _, place = model_and_where.partition("/")
    name = facts.model_names().get(f"{lab}/{model}")
    if name is None:
        return rest
    return f"{name} ({place})" if place else name


def requirement(path: str) -> str:
    """A requirement as the form asks for it."""
    if known(f"requirement.{path}"):
        return say(f"requirement.{path}")
    return say(f"ask.{path}.label") if known(f"ask.{path}.label") else path


def value(path: str, given: Any) -> str:
    """A requirement's value, with its unit."""
    if given is None:
        return say("left_open")
    if isinstance(given, list | tuple):
        return ", ".join(value(path, one) for one in given)
    if isinstance(given, bool):
        return say("ask.yes") if given else say("ask.no")
    if isinstance(given, int | float):
        return _quantity(path, float(given))
    field = BY_PATH.get(path)
    if path == "task":
        return or_plain(f"task.{given}", str(given))
    return option_word(field, str(given)) if field and field.kind in ("choice", "many") else str(given)


def _quantity(path: str, given: float) -> str:
    if path.endswith("_ms"):
        return duration(given)
    if path in MONEY_PATHS:
        return money(given)
    if path.endswith("tokens"):
        return f"{number(given)} {say('unit.tokens')}"
    return number(given)


def label(option: Option, name: str) -> str:
    """What an estimate is called; where the work is done once, nothing of it is told by the month."""
    once = f"estimate_once.{name}"
    return say(once) if option.is_one_off and known(once) else say(f"estimate.{name}")


def invoices(option: Option) -> str:
    """The invoices, and whether they come each month."""
    amount = estimate(option, "monthly_cost_usd")
    return say("how_often.once", amount=amount) if option.is_one_off else say("how_often.monthly", amount=amount)


def estimate(option: Option, name: str) -> str:
    """The middle of an estimate, with its unit."""
    one = option.estimates[name]
    if one.mid is None:
        return say("unknown")
    if name.endswith("_usd"):
        return money(one.mid)
    if name.endswith("_ms"):
        return _promised(option) or duration(one.mid)
    return f"{number(one.mid)} {unit(name)}".strip()


def interval(option: Option, name: str) -> str:
    """The range of an estimate, with its unit."""
    one = option.estimates[name]
    if one.low is None or one.high is None:
        return say("unknown")
    if name.endswith("_usd"):
        return money_span(one.low, one.high)
    if name.endswith("_ms"):
        return _promised(option) or times(one.low, one.high)
    return f"{span(one.low, one.high)} {unit(name)}".strip()


def range_words(option: Option, name: str) -> str:
    """The range of an estimate in a sentence; what a tariff promises has none."""
    if option.waits_a_day and name.endswith("_ms"):
        return say("promised_wait.by")
    one = option.estimates[name]
    if one.low is None or one.high is None:
        return say("answer.no_range")
    return say("answer.range", range=interval(option, name))


def _promised(option: Option) -> str:
    """What a batch tariff promises of every wait; nothing where no tariff tells."""
    return say(f"promised_wait.{DAY}") if option.waits_a_day else ""


def unit(name: str) -> str:
    """The unit of an estimate, in words."""
    return say(f"estimate_unit.{name}") if known(f"estimate_unit.{name}") else ""


def grade(option: Option) -> str:
    """How well an option's quality is known."""
    one = option.estimates["quality"]
    if AS_STATED in one.sources:
        return say("grade.stated")
    return say(f"grade.{one.grade}") if one.mid is not None and one.grade else say("grade.unknown")
