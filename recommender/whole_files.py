"""Files written whole or not at all: prepared beside their places, then moved there, and moved back when anything stops it."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from recommender.errors import Fault, InputError


def write_whole(path: Path, text: str) -> None:
    """One file, so that nobody ever reads half of it. Its folder must be there.

    Raises:
        InputError: when it cannot be written.
    """
    try:
        _replace_all({path: text.encode()})
    except OSError as error:
        raise InputError(
            [Fault(str(path), f"cannot be written: {error.strerror}", "name a file in a folder that exists")]
        ) from None


def write_all(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Every file by its name below a folder, which is made where it is lacking; when one cannot be moved into place, or somebody stops the
    program, those moved before are put back.

    A system that stops dead between two moves leaves the first of them done: order the texts so that what is left then shows.

    Raises:
        InputError: when the folder cannot be written; then no file has changed.
    """
    made: list[Path] = []
    try:
        for place in sorted({(folder / name).parent for name in texts}):
            _make(place, made)
        return _replace_all({folder / name: text.encode() for name, text in texts.items()})
    except BaseException as error:
        for place in reversed(made):
            with suppress(OSError):  # somebody else put a file there
                place.rmdir()
        if isinstance(error, OSError):
            raise InputError([Fault(str(folder), f"cannot be written: {error.strerror}", "nothing was changed")]) from None
        raise


def _make(place: Path, made: list[Path]) -> None:
    """A folder with all above it, noting each that was not there."""
    for one in (*reversed(place.parents), place):
        if not one.exists():
            made.append(one)
            one.mkdir(exist_ok=True)


def _replace_all(named: Mapping[Path, bytes]) -> tuple[Path, ...]:
    files = {_place_of(path): raw for path, raw in named.items()}
    fresh = {path: path.parent / f".{secrets.token_hex(8)}.tmp" for path in files}
    before: dict[Path, bytes | None] = {}
    try:
        for path, beside in fresh.items():
            _write(beside, files[path], path)
        for path, beside in fresh.items():
            before[path] = path.read_bytes() if path.exists() else None
            os.replace(beside, path)
    except BaseException:
        _put_back(before, [path for path in before if not fresh[path].exists()])
        for beside in fresh.values():
            beside.unlink(missing_ok=True)
        raise
    return tuple(named)


def _place_of(path: Path) -> Path:
    """Where a file is really kept: a link stays a link, and what is no file (a device, a pipe, a folder) is left alone."""
    place = Path(os.path.realpath(path))
    if place.exists() and not place.is_file():
        raise OSError(errno.EINVAL, "Is there and is no file")
    return place


def _put_back(before: Mapping[Path, bytes | None], moved: Iterable[Path]) -> None:
    """What stood in places that were written already; the last first, so that the order of the texts holds here too."""
    for path in reversed(list(moved)):
        raw = before[path]
        if raw is None:
            path.unlink(missing_ok=True)
        else:
            _replace_all({path: raw})


def _write(beside: Path, raw: bytes, path: Path) -> None:
    """A new file with the rights of the one that it will replace."""
    with beside.open("xb") as file:
        file.write(raw)
    if path.exists():
        os.chmod(beside, path.stat().st_mode)
