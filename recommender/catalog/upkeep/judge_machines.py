"""Machines: their facts, what they cost to buy and to rent by the hour. Prices are appended, never overwritten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recommender.catalog.library import Library
from recommender.catalog.upkeep.aliases import Aliases
from recommender.catalog.upkeep.changes import Change, Edit, Origin
from recommender.catalog.upkeep.judge_facts import Place, judged_fact
from recommender.catalog.upkeep.judge_prices import PRICE_TOLERANCE
from recommender.catalog.upkeep.listing import Facts, ListedMachine
from recommender.domain.machine_records import Accelerator
from recommender.domain.record import record

MOST_MOVE = 3.0


@record
class Spot:
    """Where a machine stands."""

    file: str
    order: int
    machine: Accelerator
    origin: Origin

    def edit(self, field: str, value: Facts) -> Edit:
        """A new entry at the end of one of the machine's lists."""
        has_any = bool(getattr(self.machine, field))
        path = ("accelerators", self.order, field)
        return Edit(self.file, path, value, "append") if has_any else Edit(self.file, path, [value])


def judged_machines(
    library: Library, aliases: Aliases, listed: Mapping[str, ListedMachine], origin: Origin
) -> Iterator[Change]:
    """Every change that a list of machines asks for. Machines are joined by the alias table alone."""
    for vendor, file in library.hardware.items():
        for order, machine in enumerate(file.accelerators):
            spot = Spot(f"hardware/{vendor}.yaml", order, machine, origin)
            named = [listed[name] for name in aliases.machines.get(machine.id, ()) if name in listed]
            for one in named:
                yield from _facts(spot, one, aliases.wrong.get(one.name))
                yield from _purchase(spot, one)
            yield from _rentals(spot, [rental for one in named for rental in one.rentals], aliases)


def _facts(spot: Spot, one: ListedMachine, wrong: str | None) -> Iterator[Change]:
    for field, new in one.facts.items():
        old = getattr(spot.machine, field)
        place = Place(spot.file, spot.machine.id, ("accelerators", spot.order), field, old, spot.machine.provenance)
        yield from judged_fact(place, new, spot.origin, wrong)


def _purchase(spot: Spot, one: ListedMachine) -> Iterator[Change]:
    if not one.purchase_usd:
        return
    held = spot.machine.purchases[-1] if spot.machine.purchases else None
    entry = {"since": spot.origin.as_of, "usd": one.purchase_usd, "source": spot.origin.source}
    if held is None:
        yield _row("fill", spot, "purchases", None, one.purchase_usd, "", (spot.edit("purchases", entry),))
    elif held.status == "override":
        return
    elif not _near(held.usd, one.purchase_usd):
        yield _moved(spot, "purchases", held.usd, one.purchase_usd, entry, held.source, held.since < spot.origin.as_of)


def _rentals(spot: Spot, rentals: list[Facts], aliases: Aliases) -> Iterator[Change]:
    cheapest: dict[tuple[str, str], Facts] = {}
    for rental in rentals:
        key = (rental["provider"], aliases.regions.get(rental["place"] or "", ""))
        if key not in cheapest or rental["usd_per_hour"] < cheapest[key]["usd_per_hour"]:
            cheapest[key] = rental
    for (provider, region), rental in sorted(cheapest.items()):
        yield from _rental(spot, provider, region, rental)


def _rental(spot: Spot, provider: str, region: str, rental: Facts) -> Iterator[Change]:
    """One cloud's hourly price in one region; where a place has no region of ours, the price is that of any of them."""
    same = [old for old in spot.machine.rentals if old.provider == provider and (not region or region in (old.regions or ()))]
    asked = rental["usd_per_hour"]
    entry: Facts = {"since": spot.origin.as_of, "provider": provider}
    entry |= {"regions": [region]} if region else {}
    entry |= {"usd_per_hour": asked}
    entry |= {"spot_usd_per_hour": rental["spot_usd_per_hour"]} if rental["spot_usd_per_hour"] else {}
    entry |= {"source": spot.origin.source}
    if not same:
        yield _row("fill", spot, "rentals", None, entry, "", (spot.edit("rentals", entry),))
    elif same[-1].status != "override" and not _near(same[-1].usd_per_hour, asked):
        is_newer = same[-1].since < spot.origin.as_of
        yield _moved(spot, "rentals", same[-1].usd_per_hour, asked, entry, same[-1].source, is_newer)


def _near(ours: float, theirs: float) -> bool:
    return abs(ours - theirs) <= PRICE_TOLERANCE * max(ours, theirs)


def _moved(spot: Spot, field: str, old: float, new: float, entry: Facts, source: str, is_newer: bool) -> Change:
    if old and not 1 / MOST_MOVE <= new / old <= MOST_MOVE:
        return _row("refused", spot, field, old, new, f"moves more than {MOST_MOVE:g} times", ())
    edits = (spot.edit(field, entry),)
    if source == spot.origin.source and is_newer:
        return _row("append", spot, field, old, new, f"since {spot.origin.as_of}", edits)
    return _row("review", spot, field, old, new, f"{spot.origin.source} has {new:g}", edits if is_newer else ())


def _row(verdict: str, spot: Spot, field: str, old: object, new: object, why: str, edits: tuple[Edit, ...]) -> Change:
    return Change(verdict, spot.file, spot.machine.id, field, old, new, why, edits)  # type: ignore[arg-type]
