"""Which models a company's bans take out, why, and what no ban could judge: a ban never fails in silence.

A ban of a maker also takes out models that state no maker, where the first part of their id is one that this maker's models use, or
is the maker's name itself. Models that state another maker stay.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from recommender.domain.columns import BannedModel
from recommender.domain.records import Model, Record

Pattern = Annotated[str, Field(min_length=1)]
PATTERNS = ("provider", "headquarters", "model", "maker", "licence")
UNREAD = "unread"  # a licence that nobody has read
METHODS = "classical/"  # nobody's models: methods that everybody may use
MOST_NAMED = 5


class Ban(Record):
    """What a company does not use, and why. Exactly one of the patterns; `*` stands for anything.

    `provider`: none of its services and rented machines. `headquarters`: no provider seated there. `model`, `maker`,
    `licence`: such models nowhere, not even on one's own machines.
    """

    provider: Pattern | None = None
    headquarters: Pattern | None = None
    model: Pattern | None = None
    maker: Pattern | None = None
    licence: Pattern | None = None
    because: Pattern


def matches(pattern: str | None, name: str | None) -> bool:
    """Whether a ban's pattern names something; what is not known is never named."""
    return pattern is not None and name is not None and fnmatch.fnmatchcase(name, pattern)


def banned_models(bans: tuple[Ban, ...], models: Mapping[str, Model]) -> tuple[BannedModel, ...]:
    """Every model that a ban takes out, with the first such ban's reason."""
    makers = {ban: _first_parts(ban, models) for ban in bans if ban.maker is not None}
    found = (
        (name, model, next((ban for ban in bans if _is_banned(ban, name, model, makers.get(ban, frozenset()))), None))
        for name, model in models.items()
    )
    return tuple(BannedModel(name, model.name, ban.because) for name, model, ban in found if ban is not None)


def _first_parts(ban: Ban, models: Mapping[str, Model]) -> frozenset[str]:
    """The first parts of ids under which a banned maker publishes."""
    return frozenset(name.split("/")[0] for name, model in models.items() if matches(ban.maker, model.maker))


def _is_banned(ban: Ban, name: str, model: Model, makers: frozenset[str]) -> bool:
    if matches(ban.model, name) or matches(ban.licence, model.licence) or matches(ban.maker, model.maker):
        return True
    first = name.split("/")[0]
    return model.maker is None and ban.maker is not None and (first in makers or matches(ban.maker.casefold(), first))


def doubts(bans: tuple[Ban, ...], models: Mapping[str, Model], banned: tuple[BannedModel, ...] = ()) -> tuple[str, ...]:
    """What no ban could judge, of the models that stay, in sentences."""
    return tuple(_doubts(bans, models, frozenset(one.id for one in banned)))


def _doubts(bans: tuple[Ban, ...], models: Mapping[str, Model], banned: frozenset[str]) -> Iterator[str]:
    makers = [f"'{ban.maker}'" for ban in bans if ban.maker is not None]
    nameless = [name for name, model in models.items() if model.maker is None and not name.startswith(METHODS)]
    if makers and nameless:
        yield _told("maker", makers, nameless, "whose maker the catalog does not state")
    derived = [name for name, model in models.items() if (model.card.derived_from or "").casefold() in banned]
    if makers and derived:
        yield _told("maker", makers, derived, "that others made out of a banned one")
    licences = [f"'{ban.licence}'" for ban in bans if ban.licence is not None]
    unread = [name for name, model in models.items() if model.licence == UNREAD]
    if licences and unread:
        yield _told("licence", licences, unread, "whose licence nobody has read yet")


def _told(what: str, banned: list[str], left: list[str], because: str) -> str:
    named = ", ".join(sorted(left)[:MOST_NAMED]) + (", ..." if len(left) > MOST_NAMED else "")
    return (
        f"the ban of {what} {', '.join(banned)} could not judge {len(left)} model{'s' if len(left) != 1 else ''} {because}, so they "
        f"stay: {named}; ban by `model` what must not be used"
    )


def why_banned(banned: tuple[BannedModel, ...], asked: str) -> str | None:
    """The reason of the ban that took out what somebody asks for: an option's id, strategy/model, or a model's id or name."""
    wanted = f"/{asked.strip().casefold()}/"
    for one in banned:
        if f"/{one.id.casefold()}/" in wanted or wanted == f"/{one.name.casefold()}/":
            return f"{one.id} is banned: {one.because}"
    return None
