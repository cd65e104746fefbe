"""What the catalog holds and how well it is sourced, for catalog keepers."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from recommender.catalog.bans import sweeping, why_banned
from recommender.catalog.benchmark_notes import benchmark_notes
from recommender.catalog.checks import cross_file_faults
from recommender.catalog.evidence_check import evidence_faults, evidence_faults_beside, stale_calibrations
from recommender.catalog.library import Library, read_library
from recommender.catalog.loading import shipped_folder
from recommender.catalog.model_text import lines_of_model
from recommender.catalog.offer_checks import dropped_prices
from recommender.catalog.slips import slips
from recommender.catalog.task_sources import task_summary, task_table
from recommender.catalog.unreadable import refuse_no_catalog
from recommender.catalog.upkeep.aliases import alias_faults, read_aliases
from recommender.catalog.upkeep.stale import read_ages
from recommender.catalog.validation import suggestion
from recommender.domain.records import Model
from recommender.errors import CatalogError, Fault, InputError

FACTS = (
    "parameters_b", "context_tokens", "languages", "released", "knowledge_cutoff", "geometry", "max_output_tokens",
    "embedding_dimensions",
)  # fmt: skip
CARD = ("foundation", "derived_from", "intended_use", "limits", "training_data", "tunable_with")
SHORT = {
    "parameters_b": "size", "context_tokens": "context", "knowledge_cutoff": "cutoff", "max_output_tokens": "answer",
    "embedding_dimensions": "width", "derived_from": "base", "intended_use": "use", "training_data": "data",
    "tunable_with": "tunable",
}  # fmt: skip


def read(folder: Path | None, overlays: Sequence[Path]) -> Library:
    """A catalog folder with overlays on top, as records.

    Raises:
        CatalogError: with every fault of every file.
    """
    return read_library((folder or shipped_folder(), *overlays))


def checked(folder: Path | None, overlays: Sequence[Path] = ()) -> tuple[tuple[Fault, ...], Library | None]:
    """Every fault of a catalog, the tables for its upkeep included, and the library where it could be read.

    Raises:
        CatalogError: when there is no such catalog to check.
    """
    mine = folder or shipped_folder()
    folders = (mine, *overlays)
    refuse_no_catalog(folders)
    try:
        library = read(folder, overlays)
    except CatalogError as error:
        return (*error.faults, *evidence_faults_beside(error.faults, folders)), None
    evidence = (*evidence_faults(library, folders), *stale_calibrations(folders))
    across = (*cross_file_faults(library), *dropped_prices(library), *slips(library))
    return (*across, *_upkeep_faults(mine, library), *evidence), library


def _upkeep_faults(folder: Path, library: Library) -> Iterator[Fault]:
    try:
        read_ages(folder)
    except InputError as error:
        yield from error.faults
    for path in sorted((folder / "aliases").glob("*.yaml")):
        try:
            aliases, document = read_aliases(folder, path.stem)
        except InputError as error:
            yield from error.faults
            continue
        if path.stem not in library.sources:
            where = f"{folder.name}/aliases/{path.name}"
            yield Fault(where, f"'{path.stem}' is not in the catalog's sources", suggestion(path.stem, library.sources))
        if document is not None and not library.bans:
            yield from alias_faults(aliases, document, library)


def coverage(library: Library) -> str:
    """Counts; how many models state each fact, by type; which tasks have models; which source how much comes from, and how old that is."""
    tables = (_counts(library), _by_type(library), task_table(library), _by_source(library), _statuses(library))
    return "\n\n".join("\n".join(lines) for lines in tables)


def _counts(library: Library) -> list[str]:
    offers = sum(len(provider.offers) for provider in library.providers.values())
    machines = sum(len(vendor.accelerators) for vendor in library.hardware.values())
    return [
        f"0 faults in {len(library.documents)} files: {len(library.models)} models, {offers} offers of "
        f"{len(library.providers)} providers, {machines} machines, {len(library.rules)} rules, "
        f"{len(library.assumptions)} assumptions."
    ]


def _by_type(library: Library) -> list[str]:
    words = [SHORT.get(fact, fact) for fact in (*FACTS, *CARD)]
    lines = [f"{'known of models, in %':<20}{'models':>7}  " + " ".join(f"{word:>10}" for word in words) + "  oldest fact"]
    by_type: dict[str, list[Model]] = defaultdict(list)
    for model in library.models.values():
        by_type[model.type].append(model)
    for kind in sorted(by_type):
        mine = by_type[kind]
        shares = [_share(mine, fact) for fact in FACTS] + [_share([one.card for one in mine], fact) for fact in CARD]
        oldest = min(one.as_of for model in mine for one in model.provenance.values())
        lines.append(f"{kind:<21}{len(mine):>7}  " + " ".join(f"{share:>10}" for share in shares) + f"  {oldest}")
    return lines


def _share(records: Sequence[Any], fact: str) -> int:
    return 100 * sum(getattr(record, fact) is not None for record in records) // len(records)


def _by_source(library: Library) -> list[str]:
    days: dict[str, list[datetime.date]] = defaultdict(list)
    for source, day in _dated(library):
        days[source].append(day)
    head = f"{'facts and prices by source':<28}{'count':>7}  {'oldest':<12}newest"
    return [head, *(f"{name:<28}{len(found):>7}  {min(found)}  {max(found)}" for name, found in sorted(days.items()))]


def _dated(library: Library) -> Iterator[tuple[str, datetime.date]]:
    for model in library.models.values():
        yield from ((one.source, one.as_of) for one in model.provenance.values())
    for provider in library.providers.values():
        yield from ((price.source, price.as_of) for offer in provider.offers for price in offer.prices)
        yield from ((offer.window.source, offer.window.as_of) for offer in provider.offers if offer.window)
        free = (*provider.free, *(amount for offer in provider.offers for amount in offer.free))
        yield from ((amount.source, amount.as_of) for amount in free)
        if provider.privacy.source and provider.privacy.checked:
            yield provider.privacy.source, provider.privacy.checked
    for vendor in library.hardware.values():
        for machine in vendor.accelerators:
            yield from ((one.source, one.as_of) for one in machine.provenance.values())
            yield from ((one.source, one.since) for one in machine.rentals)
            yield from ((one.source, one.since) for rental in machine.rentals for one in rental.commitments)
            yield from ((one.source, one.since) for one in machine.purchases)


def _statuses(library: Library) -> list[str]:
    prices = Counter(price.status for one in library.providers.values() for offer in one.offers for price in offer.prices)
    facts = Counter(one.status for model in library.models.values() for one in model.provenance.values())
    read = {name for name, one in library.licences.items() if one.checked}
    opened = [model.licence for model in library.models.values() if model.weights == "open"]
    out = sum(one.kind == "model" for one in library.banned)
    left = {"provider": len(library.providers), "model": len(library.models)}
    read_terms = [one for one in library.providers.values() if one.privacy.source]
    return [
        "prices: " + ", ".join(f"{count} {status}" for status, count in prices.most_common()),
        task_summary(library),
        "facts about models: " + ", ".join(f"{count} {status}" for status, count in facts.most_common()),
        f"licences read: {len(read)} of {len(library.licences)}, "
        f"under which {sum(name in read for name in opened)} of {len(opened)} open models stand",
        f"privacy terms read: {len(read_terms)} of {len(library.providers)} providers",
        *([f"bans: {len(library.bans)}, which take out {out} models"] if library.bans else []),
        *(f"note: {one}" for one in sweeping(library.bans, left, library.banned)),
        *(f"note: {doubt}" for doubt in library.ban_doubts),
        *(f"note: {one}" for one in benchmark_notes(library)),
    ]


def listing(library: Library) -> str:
    """Every model's id, type and licence."""
    return "\n".join(f"{name:<60}{model.type:<18}{model.licence}" for name, model in sorted(library.models.items()))


def model_facts(library: Library, name: str) -> str:
    """What is known of one model, and who offers it; the maker may be left out where only one has a model of that name.

    Raises:
        InputError: when there is no such model.
    """
    banned = why_banned(library.banned, name)
    if banned:
        raise InputError([Fault("catalog show", banned, "an overlay's bans.yaml takes it out")])
    of_any_maker = [one for one in library.models if one.endswith(f"/{name}")]
    if name not in library.models and len(of_any_maker) == 1:
        name = of_any_maker[0]
    if name not in library.models:
        hint = suggestion(name, library.models) if len(library.models) < 40 else _near(name, library)
        raise InputError([Fault("catalog show", f"'{name}' is not in the catalog", hint)])
    return "\n".join((f"id: {name}", *lines_of_model(library, name)))


def _near(name: str, library: Library) -> str:
    import difflib

    close = difflib.get_close_matches(name, library.models, n=3, cutoff=0.4)
    return f"did you mean {', '.join(close)}?" if close else "list them with `recommender catalog show`"
