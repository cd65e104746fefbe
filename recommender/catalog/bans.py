"""Which models and providers a company's bans take out, why, and what no ban could judge: a ban never fails in silence.

A ban of a maker also takes out models that state no maker, where the first part of their id is one that this maker's models use, or
is the maker's name itself. Models that state another maker stay.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import Field

from recommender.domain.catalog_record import Record
from recommender.domain.columns import Banned
from recommender.domain.records import Model, Provider

Pattern = Annotated[str, Field(min_length=1)]
PATTERNS = ("provider", "headquarters", "model", "maker", "licence")
PATTERNS_OF = {"provider": ("provider", "headquarters"), "model": ("model", "maker", "licence")}
LEFT_WITHOUT = {"provider": "only machines of your own are left", "model": "nothing is left that could be recommended"}
UNREAD = "unread"  # a licence that nobody has read
METHODS = "classical/"  # nobody's models: methods that everybody may use
MOST_NAMED = 5
SLASHES_BEFORE_A_PROVIDER = 3  # strategy/maker/model/provider


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


def banned_models(bans: tuple[Ban, ...], models: Mapping[str, Model]) -> tuple[Banned, ...]:
    """Every model that a ban takes out, with the first such ban's reason."""
    makers = {ban: _first_parts(ban, models) for ban in bans if ban.maker is not None}
    found = (
        (name, model, next((ban for ban in bans if _is_banned(ban, name, model, makers.get(ban, frozenset()))), None))
        for name, model in models.items()
    )
    return tuple(Banned("model", name, model.name, ban.because) for name, model, ban in found if ban is not None)


def _first_parts(ban: Ban, models: Mapping[str, Model]) -> frozenset[str]:
    """The first parts of ids under which a banned maker publishes."""
    return frozenset(name.split("/")[0] for name, model in models.items() if matches(ban.maker, model.maker))


def _is_banned(ban: Ban, name: str, model: Model, makers: frozenset[str]) -> bool:
    if matches(ban.model, name) or matches(ban.licence, model.licence) or matches(ban.maker, model.maker):
        return True
    first = name.split("/")[0]
    return model.maker is None and ban.maker is not None and (first in makers or matches(ban.maker.casefold(), first))


def banned_providers(bans: tuple[Ban, ...], providers: Mapping[str, Provider], clouds: Iterable[str]) -> tuple[Banned, ...]:
    """Every provider and rented cloud that a ban takes out, with the first such ban's reason."""
    rented = {name: None for name in clouds if name not in providers}
    found = []
    for name, provider in (*providers.items(), *rented.items()):
        seat = provider.headquarters if provider else None
        ban = next((ban for ban in bans if matches(ban.provider, name) or matches(ban.headquarters, seat)), None)
        if ban is not None:
            found.append(Banned("provider", name, provider.name if provider else name, ban.because))
    return tuple(found)


def sweeping(bans: tuple[Ban, ...], kinds: Mapping[str, int], banned: tuple[Banned, ...]) -> Iterator[str]:
    """Bans that leave nothing of a kind, in sentences; `kinds` counts what is left of each."""
    for kind, left in kinds.items():
        out = sum(one.kind == kind for one in banned)
        if out and not left:
            fields = PATTERNS_OF[kind]
            named = [f"{field} '{word}'" for ban in bans for field in fields if (word := getattr(ban, field)) is not None]
            yield f"the bans of {', '.join(named)} take out every {kind}, {out} of {out}: {LEFT_WITHOUT[kind]}"


def doubts(bans: tuple[Ban, ...], models: Mapping[str, Model], banned: tuple[Banned, ...] = ()) -> tuple[str, ...]:
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


def why_banned(banned: tuple[Banned, ...], asked: str) -> str | None:
    """The reason of the ban that took out what somebody asks for: an option's id, strategy/model, or the id or name of a model or a
    provider."""
    wanted = asked.strip().casefold()
    for one in banned:
        if wanted in (one.id.casefold(), one.name.casefold()) or _is_part(one, wanted):
            return f"{one.id} is banned: {one.because}"
    return None


def _is_part(banned: Banned, wanted: str) -> bool:
    """Whether an option's id names it; a provider stands at its end, for elsewhere the same word is a model's maker."""
    if banned.kind == "model":
        return f"/{banned.id.casefold()}/" in f"/{wanted}/"
    return wanted.count("/") >= SLASHES_BEFORE_A_PROVIDER and wanted.endswith(f"/{banned.id.casefold()}")
