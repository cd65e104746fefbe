"""What of a catalog cannot be read: folders that are none, and what lies in one. To pass it over in silence would answer without a ban,
a price or a rule."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from recommender.errors import CatalogError, Fault

REMEDY = "let this user read it, or take it away"
NO_FOLDER = "give the folder that holds catalog.yaml, or an overlay's"


def refuse_no_catalog(folders: Sequence[Path]) -> None:
    """A folder that was named and is none was named wrongly: that is no fault of a catalog.

    Args:
        folders: the catalog's own, then its overlays.

    Raises:
        CatalogError: with every folder that is not there, or the first where it is no catalog.
    """
    missing = [Fault(str(folder), "there is no such folder", NO_FOLDER) for folder in folders if not folder.is_dir()]
    if not missing and not (folders[0] / "catalog.yaml").is_file():
        missing = [Fault(str(folders[0]), "it holds no catalog.yaml", "give a catalog's folder; overlays go beside it")]
    if missing:
        raise CatalogError(missing)


def unreadable(folder: Path) -> Iterator[Fault]:
    """Every folder and file below a folder that the system does not let one look into, and links that lead round in a circle."""
    errors: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=errors.append):
        for name in sorted((*folders, *files)):
            path = Path(place, name)
            try:
                path.stat()
            except FileNotFoundError:
                continue  # it leads nowhere: whether that matters tells who wants to read it
            except OSError as error:
                errors.append(error)
                continue
            if path.is_symlink() and path.is_dir() and path.parent.resolve().is_relative_to(path.resolve()):
                yield Fault(str(path), "is a link to a folder that it lies in", "take the link away")
    yield from (not_read(error) for error in errors)


def not_read(error: OSError, where: str | None = None) -> Fault:
    """The fault of something that could not be opened."""
    return Fault(where or str(error.filename), f"cannot be read: {error.strerror}", REMEDY)
