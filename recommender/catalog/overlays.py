"""A company's own catalog on top of the shipped one: what replaces what, and what is banned.

Precedence, the last overlay first: a model, licence, source, task, strategy, rule, profile, language or assumption with the
same id is replaced whole; a machine is replaced by its id; an offer is replaced field by field, and so are a provider's own
fields, so that a negotiated price keeps the regions and terms it had. Bans of every folder add up and come last.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from recommender.catalog.bans import PATTERNS, Ban, banned_models, banned_providers, doubts
from recommender.catalog.strict_yaml import Path
from recommender.catalog.validation import suggestion
from recommender.domain.machine_records import Accelerator, HardwareVendor
from recommender.domain.records import Model, Offer, Provider
from recommender.errors import Fault
from recommender.evidence.layers import merged

if TYPE_CHECKING:
    from recommender.catalog.library import Library


def laid_over(base: Library, overlay: Library) -> Library:
    """The base with the overlay's records in place of its own."""
    return replace(
        base,
        edition=overlay.edition or base.edition,
        sources={**base.sources, **overlay.sources},
        licences={**base.licences, **overlay.licences},
        models={**base.models, **overlay.models},
        providers=_each(base.providers, overlay.providers, _provider_over),
        hardware=_each(base.hardware, overlay.hardware, _vendor_over),
        tasks={**base.tasks, **overlay.tasks},
        strategies={**base.strategies, **overlay.strategies},
        rules=tuple({rule.id: rule for rule in (*base.rules, *overlay.rules)}.values()),
        profiles={**base.profiles, **overlay.profiles},
        languages={**base.languages, **overlay.languages},
        assumptions={**base.assumptions, **overlay.assumptions},
        calibration={**base.calibration, **overlay.calibration},
        benchmarks=dict(merged([base.benchmarks, overlay.benchmarks])),
        bans=(*base.bans, *overlay.bans),
        documents={**base.documents, **overlay.documents},
    )


SUFFIXED = ("grid_grams_per_kwh_",)  # a region more is one name more


def assumption_faults(base: Library, overlay: Library) -> Iterator[Fault]:
    """Assumptions of an overlay that no formula reads, or that are nothing where the catalog's are something."""
    files = [name for name in overlay.documents if name.startswith("assumptions/")]
    for name, told in overlay.assumptions.items():
        below = base.assumptions.get(name)
        where = next(overlay.documents[one].where(Path((name,))) for one in files if name in overlay.documents[one].value)
        if below is None and not name.startswith(SUFFIXED):
            yield Fault(where, f"no formula reads an assumption '{name}'", suggestion(name, base.assumptions))
        elif below is not None and told.unit != below.unit:
            yield Fault(where, f"'{name}' is in {told.unit!r}, its formula reads {below.unit!r}", f"write unit: {below.unit}")
        elif below is not None and told.low <= 0.0 < below.low:
            yield Fault(where, f"'{name}' may be nothing", f"keep it above 0, as from {below.low:g} on")
        elif below is not None and "share" in below.unit and below.high <= 1.0 < told.high:
            yield Fault(where, f"'{name}' is a share and goes up to {told.high:g}", "keep it between 0 and 1")


def _each(below: Mapping[str, Any], above: Mapping[str, Any], over: Callable[[Any, Any], Any]) -> dict[str, Any]:
    merged = {name: over(below[name], record) if name in below else record for name, record in above.items()}
    return {**below, **merged}


def _provider_over(below: Provider, above: Provider) -> Provider:
    offers = {offer.model: offer for offer in below.offers}
    upper = tuple(_fields_over(offers[offer.model], offer) if offer.model in offers else offer for offer in above.offers)
    kept = tuple(offer for offer in below.offers if offer.model not in {one.model for one in upper})
    merged: Provider = _fields_over(below, above)
    return merged.model_copy(update={"offers": (*kept, *upper)})


def _fields_over(below: Any, above: Provider | Offer) -> Any:
    """The upper record; what it leaves out is as it was below."""
    return below.model_copy(update={name: getattr(above, name) for name in above.model_fields_set})


def _vendor_over(below: HardwareVendor, above: HardwareVendor) -> HardwareVendor:
    machines: dict[str, Accelerator] = {one.id: one for one in (*below.accelerators, *above.accelerators)}
    return above.model_copy(update={"accelerators": tuple(machines.values())})


def without_banned(library: Library) -> tuple[Library, tuple[Fault, ...]]:
    """The library without what its bans name, and a fault for every ban that names nothing."""
    faults = tuple(fault for order, ban in enumerate(library.bans) for fault in _faults(library, order, ban))
    banned = banned_models(library.bans, library.models)
    out = {one.id for one in banned}
    providers_out = banned_providers(library.bans, library.providers, clouds_of(library))
    gone = {one.id for one in providers_out}
    models = {name: model for name, model in library.models.items() if name not in out}
    providers = {
        name: provider.model_copy(
            update={"offers": tuple(offer for offer in provider.offers if _stays(library, models, offer))}
        )
        for name, provider in library.providers.items()
        if name not in gone
    }
    return replace(
        library,
        models={name: _without_lost_successor(library, models, model) for name, model in models.items()},
        providers=providers,
        hardware={name: _without_rentals_of(gone, vendor) for name, vendor in library.hardware.items()},
        banned=(*banned, *providers_out),
        ban_doubts=doubts(library.bans, models, banned),
    ), faults


def _stays(library: Library, models: Mapping[str, Model], offer: Offer) -> bool:
    """An offer goes with its banned model; one whose model was never there stays, for the check to name."""
    return offer.model in models or offer.model not in library.models


def _without_lost_successor(library: Library, models: Mapping[str, Model], model: Model) -> Model:
    is_lost = model.successor in library.models and model.successor not in models
    return model.model_copy(update={"successor": None}) if is_lost else model


def _without_rentals_of(gone: set[str], vendor: HardwareVendor) -> HardwareVendor:
    machines = (
        one.model_copy(update={"rentals": tuple(rental for rental in one.rentals if rental.provider not in gone)})
        for one in vendor.accelerators
    )
    return vendor.model_copy(update={"accelerators": tuple(machines)})


def _faults(library: Library, order: int, ban: Ban) -> Iterator[Fault]:
    from recommender.catalog.validation import suggestion

    where = library.documents["bans.yaml"].where((order,)) if "bans.yaml" in library.documents else "bans.yaml"
    given = [name for name in PATTERNS if getattr(ban, name) is not None]
    if len(given) != 1:
        yield Fault(where, f"a ban names {len(given)} things", f"give exactly one of {', '.join(PATTERNS)}")
        return
    pattern, names = getattr(ban, given[0]), set(_names(library, given[0]))
    if not any(fnmatch.fnmatchcase(name, pattern) for name in names):
        yield Fault(where, f"no {given[0]} is called '{pattern}'", suggestion(pattern, sorted(names)))


def _names(library: Library, what: str) -> Iterator[str]:
    if what == "provider":
        yield from library.providers
        yield from clouds_of(library)
    elif what == "headquarters":
        yield from (one.headquarters for one in library.providers.values() if one.headquarters)
    elif what == "model":
        yield from library.models
    else:
        yield from (value for model in library.models.values() if (value := getattr(model, what)))
        if what == "maker":  # models that state none go by the first part of their id
            yield from (name.split("/")[0] for name, model in library.models.items() if model.maker is None)


def clouds_of(library: Library) -> Iterator[str]:
    """Who rents out machines, once for every rental."""
    machines = (machine for vendor in library.hardware.values() for machine in vendor.accelerators)
    yield from (rental.provider for machine in machines for rental in machine.rentals)
