"""A document without what is wrong in it, so that one fault hides no other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from recommender.catalog.strict_yaml import Document, Path


def without(document: Document, wrong: Iterable[Path]) -> Document:
    """The document without some of its parts. A list goes as a whole: its other items would stand in other places than in the file."""
    value = document.value
    for path in wrong:
        ends = [place for place, part in enumerate(path) if isinstance(part, int)]
        value = _left(value, path[: ends[0]] if ends else path)
    return replace(document, value=value)


def _left(value: Any, path: Path) -> Any:
    """What is left of nested fields; all of it where the part is gone already, or is the whole."""
    if not path or not isinstance(value, dict) or path[0] not in value:
        return value
    kept = {name: part for name, part in value.items() if name != path[0]}
    return kept if len(path) == 1 else {**kept, path[0]: _left(value[path[0]], path[1:])}
