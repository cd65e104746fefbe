"""Files that people give: read to an end that is not too far, whatever kind of file it is."""

from __future__ import annotations

from pathlib import Path

from recommender.errors import Fault, InputError


def bytes_of(path: Path, most: int) -> bytes:
    """What a file holds. A pipe, such as a shell's `<(...)`, tells no size and is read all the same; too large a file is not read at all.

    Raises:
        InputError: when it cannot be opened, or has more bytes than `most`.
    """
    try:
        size = path.stat().st_size
        if size > most:
            raise InputError([Fault(str(path), f"the file has {size:,} bytes", f"at most {most:,} are read")])
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except OSError as error:
        raise InputError([Fault(str(path), f"cannot be read: {error.strerror}", "check the path")]) from None
    if len(raw) > most:
        raise InputError([Fault(str(path), "does not end", f"at most {most:,} bytes are read")])
    return raw
