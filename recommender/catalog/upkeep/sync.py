"""One copy of one list against the catalog: every change it asks for, and the files after the changes."""

from __future__ import annotations

import dataclasses
import fnmatch
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from recommender.catalog.checks import cross_file_faults
from recommender.catalog.library import Library, read_library
from recommender.catalog.strict_yaml import read_for_judging
from recommender.catalog.upkeep import judge_facts, judge_prices
from recommender.catalog.upkeep.aliases import Aliases, alias_faults, model_names, offer_names, read_aliases
from recommender.catalog.upkeep.changes import Change, Edit, Origin
from recommender.catalog.upkeep.edits import edited_texts
from recommender.catalog.upkeep.judge_machines import judged_machines
from recommender.catalog.upkeep.judge_tasks import judged_tasks
from recommender.catalog.upkeep.judge_windows import judged_window
from recommender.catalog.upkeep.listing import ListedPrice, Listing
from recommender.catalog.upkeep.new_offers import new_offers
from recommender.catalog.validation import validated
from recommender.domain.machine_records import HardwareVendor
from recommender.domain.record import record
from recommender.domain.records import Model, Offer, Provider, Source
from recommender.errors import CatalogError, Fault
from recommender.whole_files import write_all

SHAPES: tuple[tuple[str, Any], ...] = (
    ("models/*", Model), ("offers/*", Provider), ("hardware/*", HardwareVendor), ("sources.yaml", dict[str, Source]),
)  # fmt: skip


@record
class Sync:
    """What a copy of a list would change in a catalog folder. `unmatched` are rows of known sellers that no offer joins."""

    folder: Path
    origin: Origin
    compared: int
    changes: tuple[Change, ...]
    unmatched: tuple[str, ...]

    def written(self, accepted: frozenset[str]) -> tuple[Change, ...]:
        """The changes that applying writes."""
        return tuple(change for change in self.changes if change.is_written(accepted))


def compared(folder: Path, listing: Listing, origin: Origin, only: str = "*") -> Sync:
    """Every change that a listing asks for, in the order of the files.

    Raises:
        CatalogError: when the catalog itself has faults.
    """
    library = read_library((folder,))
    aliases, document = read_aliases(folder, origin.source)
    faults = [*cross_file_faults(library), *(alias_faults(aliases, document, library) if document else ())]
    if faults:
        raise CatalogError(faults)
    join = _Join(library, aliases, listing, origin)
    found = [change for change in join.changes() if fnmatch.fnmatch(change.record, only)]
    found.sort(key=lambda change: (change.file, change.record, change.field, change.verdict))
    return Sync(folder, origin, join.compared, tuple(found), tuple(sorted(join.unmatched())))


class _Join:
    """Finds each record's rows in the listing by the names that the alias tables and the records themselves give."""

    def __init__(self, library: Library, aliases: Aliases, listing: Listing, origin: Origin) -> None:
        self.library, self.aliases, self.origin = library, aliases, origin
        self.compared = 0
        self.prices: dict[tuple[str, str], list[ListedPrice]] = defaultdict(list)
        for one in listing.prices:
            self.prices[(one.seller, one.name)].append(one)
        self.models = {one.name: one.facts for one in listing.models}
        self.machines = {one.name: one for one in listing.machines}
        self.used: set[tuple[str, str]] = set()

    def changes(self) -> Iterator[Change]:
        maker_rows: dict[str, str] = {}
        sold_as: dict[str, list[str]] = defaultdict(list)
        for name, provider in self.library.providers.items():
            for order, offer in enumerate(provider.offers):
                yield from self._offer(name, order, offer)
                row = self._row_of(name, offer)
                sold_as[offer.model] += [row] if row else []
                if row and _is_maker(provider, self.library.models[offer.model]):
                    maker_rows.setdefault(offer.model, row)
        yield from new_offers(self.library, self.aliases, self.prices, self.origin)
        for name, model in self.library.models.items():
            yield from self._model(name, model, maker_rows.get(name))
            yield from self._tasks(name, model, sold_as[name])
        self.compared += sum(any(name in self.machines for name in names) for names in self.aliases.machines.values())
        yield from judged_machines(self.library, self.aliases, self.machines, self.origin)

    def _offer(self, provider: str, order: int, offer: Offer) -> Iterator[Change]:
        place = judge_prices.Place(provider, order, offer, self.library.models[offer.model])
        key = self._key(provider, offer)
        if key is not None:
            self.used.add(key)
            self.compared += 1
            listed = tuple(self.prices[key])
            yield from judge_prices.judged_prices(place, listed, self.origin, self.aliases)
            if listed[0].name not in self.aliases.wrong:
                yield from judged_window(place, listed[0].facts, self.origin)
        elif offer.prices[-1].source == self.origin.source and provider in self.aliases.providers:
            why = f"'{offer.api_id}' has left the list; is it still sold?"
            yield Change("gone", place.file, place.record, "prices", offer.prices[-1].as_of, None, why, ())

    def _key(self, provider: str, offer: Offer) -> tuple[str, str] | None:
        return next((key for key in offer_names(self.aliases, provider, offer) if key in self.prices), None)

    def _row_of(self, provider: str, offer: Offer) -> str | None:
        """The row of the list that speaks of the model as this provider sells it."""
        for seller, name in offer_names(self.aliases, provider, offer):
            for row in (f"{seller}/{name}", name):
                if row in self.models:
                    return row
        return None

    def _model(self, name: str, model: Model, maker_row: str | None) -> Iterator[Change]:
        names = (*model_names(self.aliases, name, model), *((maker_row,) if maker_row else ()))
        row = next((one for one in names if one in self.models), None)
        if row is None:
            return
        self.compared += 1
        for field, new in self.models[row].items():
            old = _old(model, field)
            if (
                old is not _NOT_COMPARABLE
                and judge_facts.is_comparable(field, model.type)
                and not _is_window(model, field, new)
            ):
                place = judge_facts.Place(f"models/{name}.yaml", name, (), field, old, model.provenance, model.lacks)
                yield from judge_facts.judged_fact(place, new, self.origin, self.aliases.wrong.get(row))

    def _tasks(self, name: str, model: Model, sold_as: list[str]) -> Iterator[Change]:
        """Whoever sells a model says what it is called for, so every row counts, not only the maker's."""
        rows = (self.models.get(one, {}) for one in (*sold_as, *model_names(self.aliases, name, model)))
        yield from judged_tasks(name, model, [task for row in rows for task in row.get("tasks", ())], self.origin)

    def unmatched(self) -> Iterator[str]:
        """Rows of sellers that are providers of ours, which no offer joins."""
        sellers = {seller for alias in self.aliases.providers.values() for seller in alias.sellers}
        yield from (
            f"{seller}: {name}" for seller, name in self.prices if seller in sellers and (seller, name) not in self.used
        )


_NOT_COMPARABLE = object()


def _is_maker(provider: Provider, model: Model) -> bool:
    """Whether a provider sells its own model: only then does its row speak of the model as such."""
    return provider.kind == "maker" and bool(model.maker) and provider.name.startswith(model.maker or "")


def _is_window(model: Model, field: str, new: Any) -> bool:
    """A longest input or answer as long as the whole window is the window under another name."""
    if field not in ("max_input_tokens", "max_output_tokens"):
        return False
    is_unknown = field == "max_input_tokens" and model.context_tokens is None
    return is_unknown or bool(model.context_tokens and new >= model.context_tokens)


def _old(model: Model, field: str) -> Any:
    """What a model has in a field, which may be a part (`card.downloads`)."""
    if field == "geometry":
        shape = model.geometry
        if shape is None:
            return None
        return _NOT_COMPARABLE if shape.kv_lora_rank else shape.model_dump(exclude_none=True)
    if field in ("parameters_b", "active_parameters_b") and model.weights == "proprietary":
        return _NOT_COMPARABLE  # nobody outside knows
    value: Any = model
    for part in field.split("."):
        value = getattr(value, part, _NOT_COMPARABLE)
    return value


def apply(sync: Sync, accepted: frozenset[str]) -> tuple[str, ...]:
    """Write the changes: all files or none, and none that would not pass the catalog's own check.

    Raises:
        CatalogError: when the result would have faults; nothing is written then.
        MissingExtra: when the extra for editing is not installed.
    """
    edits = [edit for change in sync.written(accepted) for edit in change.edits]
    if not edits:
        return ()
    library = read_library((sync.folder,))
    texts = edited_texts(sync.folder, [*edits, *_retrieved(library, sync.origin)])
    _refuse_faults(library, sync.folder, texts)
    write_all(sync.folder, texts)
    return tuple(texts)


def _retrieved(library: Library, origin: Origin) -> Iterable[Edit]:
    """The list's own line says of which day the newest copy is."""
    source = library.sources.get(origin.source)
    if source and source.retrieved < origin.as_of:
        yield Edit("sources.yaml", (origin.source, "retrieved"), origin.as_of)


def _refuse_faults(library: Library, folder: Path, texts: dict[str, str]) -> None:
    models, providers, hardware = dict(library.models), dict(library.providers), dict(library.hardware)
    kinds: dict[str, dict[str, Any]] = {"models": models, "offers": providers, "hardware": hardware}
    documents = dict(library.documents)
    faults: list[Fault] = []
    for name, text in texts.items():
        document = read_for_judging(text.encode(), f"{folder.name}/{name}")
        shape = next(shape for pattern, shape in SHAPES if fnmatch.fnmatch(name, pattern))
        found, wrong = validated(document, shape)
        faults += wrong
        documents[name] = document
        top, _, rest = name.removesuffix(".yaml").partition("/")
        if top in kinds:
            kinds[top][rest] = found
    if not faults:
        changed = dataclasses.replace(library, models=models, providers=providers, hardware=hardware, documents=documents)
        faults += cross_file_faults(changed)
    if faults:
        raise CatalogError(faults)
