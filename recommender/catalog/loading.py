"""A catalog ready to answer from: compiled once, then read from a cache under the files' digest."""

from __future__ import annotations

import datetime
import hashlib
import os
import pickle
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.catalog.unreadable import refuse_no_catalog
from recommender.domain.columns import Columns
from recommender.domain.record import record
from recommender.errors import CatalogError, Fault

if TYPE_CHECKING:
    from recommender.catalog.library import Library

CACHE_FORMAT = 33
COMPILED_BY = ("catalog", "domain", "evidence")  # folders of this package
CHECKSUM_BYTES = 4
FREED_IS_KEPT_MB = 16


@record
class Catalog:
    """A loaded catalog: its columns, and the folders they came from."""

    columns: Columns
    folders: tuple[Path, ...]
    kept: dict[object, Any] = field(default_factory=dict)
    """What follows from the columns alone and is worth computing once; emptied with the catalog."""

    def as_of(self, day: datetime.date | None) -> Catalog:
        """The same catalog with the prices and dates of another day."""
        if day is None or day == self.columns.as_of:
            return self
        return replace(self, columns=_columns(self.folders, day), kept={})

    def library(self) -> Library:
        """Every record with its document: slower, for showing facts and for checks."""
        from recommender.catalog.library import read_library

        return read_library(self.folders)


def shipped_folder() -> Path:
    """Where the product's own catalog lies: in the wheel, or beside the package in a checkout."""
    inside = Path(__file__).parent.parent / "_shipped" / "catalog"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "catalog"


def load_catalog(path: str | Path | None = None, overlays: Sequence[str | Path] = ()) -> Catalog:
    """The shipped catalog, or one's own, with any overlay folders on top (the last wins).

    Raises:
        CatalogError: with every fault of every file.
    """
    above = [overlays] if isinstance(overlays, (str, Path)) else overlays
    strange = [one for one in (path or shipped_folder(), *above) if not isinstance(one, (str, Path))]
    if strange:
        raise CatalogError([Fault(repr(one), "is not the name of a folder", "give a path") for one in strange])
    folders = (Path(path) if path else shipped_folder(), *(Path(one) for one in above))
    refuse_no_catalog(folders)
    _keep_freed_memory()
    return Catalog(_columns(folders, None), folders)


def _keep_freed_memory() -> None:
    """One large block, given back at once: from then on the C library keeps what is freed up to that size, rather than
    handing it to the system and fetching it again page by page, which took a seventh of every decision."""
    np.empty(FREED_IS_KEPT_MB * 1_000_000, np.int8)


def _columns(folders: tuple[Path, ...], day: datetime.date | None) -> Columns:
    cached = _cache_file(folders, day)
    found = _from_cache(cached)
    if found is None:
        found = _compile(folders, day)
        _to_cache(cached, found)
    return found


def _compile(folders: tuple[Path, ...], day: datetime.date | None) -> Columns:
    from recommender.catalog.checks import cross_file_faults
    from recommender.catalog.compile import compiled
    from recommender.catalog.library import digest_of, read_library

    library = read_library(folders)
    faults = cross_file_faults(library)
    if faults:
        raise CatalogError(faults)
    return compiled(library, digest_of(folders), day)


def _cache_file(folders: tuple[Path, ...], day: datetime.date | None) -> Path:
    """Named after names, sizes and times of the files, and of the code that compiles them: cheap to tell, and new when any of them
    changes."""
    state = hashlib.sha256(f"{CACHE_FORMAT} {sys.version_info[:2]} {day}".encode())
    state.update("".join(sorted(_code())).encode())
    for folder in folders:
        try:
            entries = sorted(_entries(str(folder.resolve())))
        except OSError as error:
            raise _refused(folder, error) from None
        for entry in entries:
            state.update(entry.encode())
    home = os.environ.get("RECOMMENDER_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache"), "recommender"
    )
    return Path(home) / f"{state.hexdigest()[:40]}.pickle"


def _code() -> Iterator[str]:
    """What the compiled catalog is made by: readers, records, and what is fitted on them."""
    package = Path(__file__).parent.parent
    for part in COMPILED_BY:
        for path in (package / part).glob("*.py"):
            stat = path.stat()
            yield f"{part}/{path.name} {stat.st_size} {stat.st_mtime_ns}\n"


def _refused(folder: Path, error: OSError) -> CatalogError:
    from recommender.catalog.unreadable import not_read, unreadable

    return CatalogError(tuple(unreadable(folder)) or (not_read(error),))


def _entries(folder: str) -> list[str]:
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                found += _entries(entry.path)
            elif entry.name.endswith(".yaml") and entry.is_file():
                stat = entry.stat()
                found.append(f"{entry.path} {stat.st_size} {stat.st_mtime_ns}\n")
            else:
                found.append(f"{entry.path}\n")  # may be a fault, which the next reading tells
    return found


def _from_cache(path: Path) -> Columns | None:
    """A cache that cannot be read, was damaged or is somebody else's is as good as none."""
    try:
        with path.open("rb") as file:
            if _is_of_another(file.fileno()):
                return None
            written = file.read()
        if zlib.crc32(written[CHECKSUM_BYTES:]).to_bytes(CHECKSUM_BYTES, "big") != written[:CHECKSUM_BYTES]:
            return None
        found = pickle.loads(memoryview(written)[CHECKSUM_BYTES:])
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError, MemoryError):
        return None
    return found if isinstance(found, Columns) else None


def _is_of_another(file: int) -> bool:
    """Whether another user of this machine wrote a file: reading it would run what they put there."""
    return hasattr(os, "geteuid") and os.fstat(file).st_uid != os.geteuid()


def _to_cache(path: Path, columns: Columns) -> None:
    """Written beside and moved into place, so that nobody ever reads half of it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            written = pickle.dumps(columns, protocol=pickle.HIGHEST_PROTOCOL)
            file.write(zlib.crc32(written).to_bytes(CHECKSUM_BYTES, "big") + written)
        os.replace(file.name, path)
    except OSError:
        return
