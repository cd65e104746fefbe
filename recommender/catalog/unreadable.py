"""What in a catalog's folder cannot be read: to pass it over in silence would answer without a ban, a price or a rule."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from recommender.errors import Fault

REMEDY = "let this user read it, or take it away"


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
