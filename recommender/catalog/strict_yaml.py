"""YAML read strictly: what looks like one thing and would be read as another is an error, with its line.

Closed: `no` for false, `12:30` for 750, `1e6` for a text, `010` for 8, doubled keys, anchors and aliases, tags, merge keys,
several documents, deep nesting, files that are too large, not UTF-8 or empty.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import field
from functools import lru_cache
from typing import Any

import yaml

from recommender.catalog.written_numbers import written_out
from recommender.domain.record import record
from recommender.errors import Fault, InputError
from recommender.unseen import UNSEEN, in_one_line

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Path = tuple[str | int, ...]

MOST_BYTES = 8_000_000
MOST_DEPTH = 40
MOST_DIGITS = 300  # what a computer's number holds, and far below where Python refuses to read one
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*(_[0-9]{3})*)\Z")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*(_[0-9]{3})*)\.[0-9]*\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_EXPONENT = re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9]*)?[eE][-+]?[0-9]+\Z")
_EXPONENT_OF_YAML = re.compile(r"[-+]?[0-9][0-9_]*\.[0-9_]*[eE][-+][0-9]+\Z")  # what YAML 1.1 takes for a number
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9]*)?\Z")
_YES_NO = frozenset(("yes", "no", "on", "off", "y", "n"))
_PROPERTIES = re.compile(r"(?m)(^|[\s\[{,:-])[&*!][^\s=&*]")
_ONE_LINE = ("id", "maker", "model", "name", "provider", "title")
_BRACKETS = re.compile(r"[\[\]{}]")
_STEPS = re.compile(rf"(?m)^(?:[ ]{{200}}|(?:[-?:][ ]){{{MOST_DEPTH}}})")


class Loader(_Parser):  # type: ignore[misc]
    """Composes nodes without guessing what a word means: that is decided here, and the guess costs a fifth of the time."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """No tag."""
        return ""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Nothing to resolve by path."""

    def ascend_resolver(self) -> None:
        """Nothing to resolve by path."""


@record
class Document:
    """A file's value, the line on which each part of it stands, what was set from outside of it, by whom, and what would be misread."""

    name: str
    value: Any
    lines: dict[Path, int]
    settings: dict[Path, str] = field(default_factory=dict)
    misread: dict[Path, tuple[Fault, ...]] = field(default_factory=dict)

    @property
    def misreadings(self) -> tuple[Fault, ...]:
        """A fault for every word that would be misread."""
        return tuple(fault for faults in self.misread.values() for fault in faults)

    def where(self, path: Path) -> str:
        """`file:line` of a part, or of the nearest part around it; for what was set from outside, who set it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.settings:
                return self.settings[path[:end]]
        while path and path not in self.lines:
            path = path[:-1]
        line = self.lines.get(path, 0)
        return f"{self.name}:{line}" if line else self.name


def read_document(raw: bytes, name: str) -> Document:
    """The document in a file's bytes.

    Raises:
        InputError: with every fault found, each with file:line.
    """
    document = read_for_judging(raw, name)
    if document.misread:
        raise InputError(document.misreadings)
    return document


def read_for_judging(raw: bytes, name: str) -> Document:
    """The document in a file's bytes, to be held against its record: words that would be misread are told beside what else is wrong.

    Raises:
        InputError: where it cannot be read at all.
    """
    text = _decoded(raw, name)
    _refuse_depth(text, name)
    _refuse_properties(text, name)
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise InputError([_syntax_fault(error, name)]) from None
    if node is None:
        raise InputError([Fault(f"{name}:1", "the file is empty", "write at least one field")])
    reader = _Reader(name)
    value = reader.value(node, ())
    return Document(name, value, reader.lines, misread=reader.misread)


def _decoded(raw: bytes, name: str) -> str:
    if len(raw) > MOST_BYTES:
        raise InputError([Fault(name, f"the file has {len(raw):,} bytes", f"at most {MOST_BYTES:,} are read")])
    if b"\0" in raw:
        raise InputError([Fault(name, "this is a binary file", "give a YAML text file")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError([Fault(f"{name}:{line}", "this is not UTF-8 text", "save the file as UTF-8")]) from None


def _refuse_depth(text: str, name: str) -> None:
    """The C parser recurses, so depth is checked before it runs."""
    depth = deepest = 0
    if text.count("[") + text.count("{") > MOST_DEPTH:
        for match in _BRACKETS.finditer(text):
            depth = depth + 1 if match.group() in "[{" else max(0, depth - 1)
            deepest = max(deepest, depth)
    if deepest > MOST_DEPTH or _STEPS.search(text):
        raise InputError([Fault(name, f"nested more than {MOST_DEPTH} levels deep", "flatten the file")])


def _refuse_properties(text: str, name: str) -> None:
    """Anchors, aliases and tags. Only a file that may hold one is read twice."""
    if not _PROPERTIES.search(text):
        return
    faults = []
    try:
        for event in yaml.parse(text, Loader=Loader):
            fault = _property_fault(event)
            if fault:
                mark: Any = event.start_mark
                faults.append(Fault(f"{name}:{mark.line + 1}", *fault))
    except yaml.YAMLError as error:
        faults.append(_syntax_fault(error, name))
    if faults:
        raise InputError(faults)


def _property_fault(event: Any) -> tuple[str, str] | None:
    if isinstance(event, yaml.AliasEvent):
        return f"'*{event.anchor}' is an alias", "write the value out"
    if getattr(event, "anchor", None):
        return f"'&{event.anchor}' is an anchor", "write the value out where it is used"
    if getattr(event, "tag", None):
        return f"'{event.tag}' is a tag", "leave it out"
    return None


def _syntax_fault(error: yaml.YAMLError, name: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    where = f"{name}:{mark.line + 1}" if mark else name
    return Fault(where, f"not valid YAML: {problem}", "check indentation, colons and quotes")


class _Reader:
    """Turns nodes into values, collecting faults and lines on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Path, int] = {}
        self.misread: dict[Path, tuple[Fault, ...]] = {}

    def value(self, node: Any, path: Path) -> Any:
        """The value of a node."""
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: Any, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str) or not isinstance(key_node, yaml.ScalarNode):
                self._fault(key_node, (*path, ""), "a key must be one word", "use a plain text key")
                continue
            if key == "<<" and not key_node.style:
                self._fault(key_node, (*path, key), "'<<' is a merge key", "write the fields out")
            if key != in_one_line(key):
                self._fault(
                    key_node, (*path, key), f"'{key}' holds characters that nobody sees", "write it on one line, without them"
                )
            if key in found:
                self._fault(key_node, (*path, key), f"'{key}' is given twice", "keep one of them")
            value = found[key] = self.value(value_node, (*path, key))
            if key in _ONE_LINE and isinstance(value, str) and "\n" in value.strip():
                self._fault(value_node, (*path, key), f"'{key}' has a line break", "write it on one line")
            self.lines[(*path, key)] = key_node.start_mark.line + 1
        return found

    def _scalar(self, node: Any, path: Path) -> Any:
        text: str = node.value
        if node.style:
            if UNSEEN.search(text):
                self._fault(
                    node, path, "the text holds characters that nobody sees and that steer a terminal", "leave them out"
                )
            return text
        if text in ("true", "false"):
            return text == "true"
        if text in ("", "null", "~"):
            return None
        value, fault = _meaning(text)
        if fault:
            self._fault(node, path, *fault)
        return value

    def _fault(self, node: Any, path: Path, what: str, remedy: str) -> None:
        fault = Fault(f"{self.name}:{node.start_mark.line + 1}", what, remedy)
        self.misread[path] = (*self.misread.get(path, ()), fault)


@lru_cache(maxsize=50_000)
def _meaning(text: str) -> tuple[Any, tuple[str, str] | None]:
    """The value of a plain word, and what is wrong with it. Words come back by the thousand: sources, days, licences."""
    if _INTEGER.match(text) or _FLOAT.match(text):
        if len(text) > MOST_DIGITS:
            return None, (f"a number has {len(text):,} digits", f"write one of at most {MOST_DIGITS}, or put it in quotes")
        return (float(text) if "." in text else int(text)), None
    if _DATE.match(text):
        try:
            return datetime.date.fromisoformat(text), None
        except ValueError:
            return text, (f"'{text}' is not a day of the calendar", "write YYYY-MM-DD")
    return text, _misreading(text)


def _misreading(text: str) -> tuple[str, str] | None:
    """Why a plain word would be read as something else than it looks like."""
    lowered = text.lower()
    if lowered in _YES_NO:
        return f"'{text}' may be read as true or false", "write true or false, or put the text in quotes"
    if lowered in ("true", "false", "null"):
        return f"'{text}' has capitals", f"write {lowered}"
    if _EXPONENT.match(text):
        is_one = _EXPONENT_OF_YAML.match(text) is not None
        read = "by some as a number and by others as text" if is_one else "as text, not as a number"
        return f"'{text}' is read {read}", f"write the number out, such as {written_out(text)}"
    if _SEXAGESIMAL.match(text):
        return f"'{text}' may be read as a number in base 60", "put the text in quotes"
    if lowered in (".nan", ".inf", "+.inf", "-.inf", "nan", "inf", "-inf", "infinity"):
        return f"'{text}' is not a finite number", "leave the field out if it is unknown"
    if re.match(r"[-+]?0[0-9_xob]", lowered) and re.fullmatch(r"[-+]?0[0-9_xoba-f]+", lowered):
        return f"'{text}' may be read as an octal or hexadecimal number", "write it without the leading zero, or in quotes"
    return None
