"""A link that restores the requirements: compact, versioned, checked, and without free text.

`r=1.<text>`: version, then requirements as JSON, deflated (with its checksum) and written in the alphabet of web addresses.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any

from recommender import InputError, Requirements
from recommender.catalog.requests import requirements_from
from recommender_form.asking.fields import FREE_TEXT
from recommender_form.asking.state import with_change

VERSION = "1"
PARAMETER = "r"
MOST_CHARACTERS = 6_000
MOST_BYTES = 60_000


class BadLink(Exception):
    """The link says nothing that could be answered: why, as a key of the words files, and the faults found."""

    def __init__(self, why: str, faults: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.faults = faults


def without_free_text(requirements: Mapping[str, Any]) -> dict[str, Any]:
    """Requirements that may travel in an address."""
    found = dict(requirements)
    for path in FREE_TEXT:
        found = with_change(found, path, None)
    return {name: value for name, value in found.items() if value not in ({}, [])}


def link_text(requirements: Mapping[str, Any]) -> str:
    """The value of the link's parameter."""
    plain = json.dumps(without_free_text(requirements), separators=(",", ":"), sort_keys=True, allow_nan=False)
    packed = zlib.compress(plain.encode(), 9)
    return f"{VERSION}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def requirements_in_link(text: str) -> dict[str, Any]:
    """The requirements that a link stands for.

    Raises:
        BadLink: when it is not whole, of another version, or holds anything that is not a requirement.
    """
    version, dot, packed = text.partition(".")
    if len(text) > MOST_CHARACTERS:
        raise BadLink("too_long")
    if not dot or version != VERSION:
        raise BadLink("other_version")
    given = _unpacked(packed)
    if without_free_text(given) != given:
        raise BadLink("not_whole")
    try:
        requirements_from(given)
    except InputError as error:
        raise BadLink("not_valid", tuple(str(fault) for fault in error.faults)) from None
    return given


def _unpacked(packed: str) -> dict[str, Any]:
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        inflater = zlib.decompressobj()
        plain = inflater.decompress(raw, MOST_BYTES)
        if not inflater.eof or inflater.unused_data:
            raise BadLink("not_whole")
        given = json.loads(plain)
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        raise BadLink("not_whole") from None
    if not isinstance(given, dict):
        raise BadLink("not_whole")
    return given


def is_valid(requirements: Mapping[str, Any]) -> bool:
    """Whether requirements hold for themselves, names of the catalog aside."""
    try:
        Requirements.model_validate(dict(requirements))
    except ValueError:
        return False
    return True
