"""A file that a trial reads: on disk, or in memory as a form hands it over."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import BinaryIO

from recommender.domain.record import record


@record
class Source:
    """A name that faults are told by, and how to open what it holds; each opening begins anew."""

    name: str
    open: Callable[[], BinaryIO]

    @property
    def short(self) -> str:
        """The name without its folders."""
        return PurePath(self.name).name

    @property
    def suffix(self) -> str:
        """Which kind of file its name promises, in lower case."""
        return PurePath(self.name).suffix.lower()


def on_disk(path: Path) -> Source:
    """A file by its path."""
    return Source(str(path), lambda: path.open("rb"))


def in_memory(name: str, raw: bytes) -> Source:
    """What somebody uploaded; nothing of it is written to disk."""
    return Source(name, lambda: io.BytesIO(raw))
