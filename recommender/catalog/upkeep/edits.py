"""Edits of catalog files that leave everything else as it is: comments, order, quotes.

Needs the extra `edit` (ruamel.yaml), imported only when something is written.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from recommender.catalog.upkeep.changes import Edit
from recommender.errors import MissingExtra

_WIDE = 1_000_000  # an entry stays on its line, however long


def edited_texts(folder: Path, edits: Iterable[Edit]) -> dict[str, str]:
    """The new text of every file that the edits touch, by its name below the folder.

    Raises:
        MissingExtra: when ruamel.yaml is not installed.
    """
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(edit.file, []).append(edit)
    yaml = _round_trip()
    return {file: _edited(yaml, folder / file, by_file[file]) for file in sorted(by_file)}


def _edited(yaml: Any, path: Path, edits: list[Edit]) -> str:
    document = yaml.load(path.read_text(encoding="utf-8"))
    for edit in sorted(edits, key=lambda one: one.how == "insert"):  # places shift only after everything else is done
        _apply(document, edit)
    text = io.StringIO()
    yaml.dump(document, text)
    return text.getvalue()


def _apply(document: Any, edit: Edit) -> None:
    *way, last = edit.path
    part = document
    for step in way:
        if isinstance(step, str) and step not in part:
            _set(part, step, _block())
        part = part[step]
    if edit.how == "set":
        _set(part, last, _styled(edit.value))
    elif edit.how == "append":
        part[last].append(_styled(edit.value))
    else:
        _insert(part[last], edit.value)


def _set(part: Any, name: str | int, value: Any) -> None:
    """A new field of a record stands before its provenance, a new amount of a price before its source."""
    if isinstance(name, str) and name not in part and name not in ("status", "note"):
        before = next((word for word in ("source", "card", "provenance") if word in part), None)
        if before is not None:
            part.insert(list(part).index(before), name, value)
            return
    part[name] = value


def _insert(offers: Any, offer: Any) -> None:
    order = next((place for place, one in enumerate(offers) if one["model"] > offer["model"]), len(offers))
    entry = _block()
    for name, value in offer.items():
        entry[name] = [_styled(one) for one in value] if name == "prices" else _styled(value)
    offers.insert(order, entry)


def _block() -> Any:
    """A record on several lines."""
    from ruamel.yaml.comments import CommentedMap

    return CommentedMap()


def _styled(value: Any) -> Any:
    """Records on one line, sentences in quotes, numbers without exponents."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, dict):
        line = CommentedMap({name: _styled(one) for name, one in value.items()})
        line.fa.set_flow_style()
        return line
    if isinstance(value, list | tuple):
        row = CommentedSeq([_styled(one) for one in value])
        row.fa.set_flow_style()
        return row
    if isinstance(value, str) and " " in value:
        return DoubleQuotedScalarString(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _round_trip() -> Any:
    try:
        from ruamel.yaml import YAML
        from ruamel.yaml.representer import RoundTripRepresenter
    except ImportError:
        raise MissingExtra("writing into the catalog", "edit") from None

    class Representer(RoundTripRepresenter):
        """Writes numbers out (`0.00000239`, because `2.39e-06` is not read as one) and equal values each in its place."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    def plain(representer: Any, value: float) -> Any:
        return representer.represent_scalar("tag:yaml.org,2002:float", format(Decimal(repr(value)), "f"))

    Representer.add_representer(float, plain)
    yaml = YAML()
    yaml.Representer = Representer
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
