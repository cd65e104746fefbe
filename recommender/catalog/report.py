"""What the catalog holds and how well it is sourced, for catalog keepers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from recommender.catalog.checks import cross_file_faults
from recommender.catalog.library import Library, read_library
from recommender.catalog.loading import shipped_folder
from recommender.catalog.validation import suggestion
from recommender.errors import CatalogError, Fault, InputError

FACTS = (
    "parameters_b", "context_tokens", "languages", "released", "knowledge_cutoff", "geometry", "max_output_tokens", "card",
)  # fmt: skip


def checked(folder: Path | None) -> tuple[tuple[Fault, ...], Library | None]:
    """Every fault of a catalog folder, and the library where it could be read."""
    try:
        library = read_library((folder or shipped_folder(),))
    except CatalogError as error:
        return error.faults, None
    return cross_file_faults(library), library


def coverage(library: Library) -> str:
    """Counts, and how many models state each fact."""
    offers = sum(len(provider.offers) for provider in library.providers.values())
    machines = sum(len(vendor.accelerators) for vendor in library.hardware.values())
    lines = [
        f"0 faults in {len(library.documents)} files: {len(library.models)} models, {offers} offers of "
        f"{len(library.providers)} providers, {machines} machines, {len(library.rules)} rules, "
        f"{len(library.assumptions)} assumptions.",
        "",
        f"{'type':<20}{'models':>7}  " + "  ".join(f"{fact:>15}" for fact in FACTS),
    ]
    for kind, count in sorted(Counter(model.type for model in library.models.values()).items()):
        mine = [model for model in library.models.values() if model.type == kind]
        known = (sum(1 for model in mine if fact in model.model_fields_set) for fact in FACTS)
        lines.append(f"{kind:<20}{count:>7}  " + "  ".join(f"{100 * one // count:>14}%" for one in known))
    statuses = Counter(price.status for one in library.providers.values() for offer in one.offers for price in offer.prices)
    lines += ["", "prices: " + ", ".join(f"{count} {status}" for status, count in statuses.most_common())]
    read = [one for one in library.providers.values() if one.privacy.model_fields_set]
    lines.append(f"privacy terms read: {len(read)} of {len(library.providers)} providers")
    return "\n".join(lines)


def listing(folder: Path | None) -> str:
    """Every model's id, type and licence."""
    library = read_library((folder or shipped_folder(),))
    return "\n".join(f"{name:<60}{model.type:<18}{model.licence}" for name, model in sorted(library.models.items()))


def model_facts(folder: Path | None, name: str) -> str:
    """One model's file as it stands, and who offers it."""
    library = read_library((folder or shipped_folder(),))
    if name not in library.models:
        hint = suggestion(name, library.models) if len(library.models) < 40 else _near(name, library)
        raise InputError([Fault("catalog show", f"'{name}' is not in the catalog", hint)])
    model = library.models[name].model_dump(exclude_unset=True)
    lines = [f"{field}: {value}" for field, value in model.items()]
    for provider, record in sorted(library.providers.items()):
        lines += [
            f"offered by {provider}: {offer.prices[-1].model_dump(exclude_unset=True)}"
            for offer in record.offers
            if offer.model == name
        ]
    return "\n".join(lines)


def _near(name: str, library: Library) -> str:
    import difflib

    close = difflib.get_close_matches(name, library.models, n=3, cutoff=0.4)
    return f"did you mean {', '.join(close)}?" if close else "list them with `recommender catalog show`"
