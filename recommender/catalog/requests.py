"""Requirement files: read strictly, with every fault at its line; and single values set from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from recommender.catalog.strict_yaml import Document, Path, read_document, read_for_judging
from recommender.catalog.user_files import bytes_of
from recommender.catalog.validation import Judged, by_line, judged
from recommender.domain.requirements import Requirements
from recommender.errors import Fault, InputError

MOST_REQUEST_BYTES = 1_000_000
REQUIREMENTS = "requirements"  # what a fault names where no file is known


def read_requirements(path: FilePath, settings: tuple[str, ...] = ()) -> Requirements:
    """The requirements in a file, with `path=value` settings applied on top.

    Raises:
        InputError: with every fault found.
    """
    return requirements_in(read_request(path, settings))


def read_request(path: FilePath, settings: tuple[str, ...] = ()) -> Document:
    """A requirements file as it stands, with `path=value` settings applied on top.

    Raises:
        InputError: when it cannot be opened or read as YAML.
    """
    return _with_settings(read_yaml_file(path), settings)


@contextmanager
def told_at_lines_of(document: Document) -> Iterator[None]:
    """What is done here may refuse a requirement by its name, as one that the catalog does not have: tell the line it stands on.

    Raises:
        InputError: as it was raised, with file and line in place of names of requirements.
    """
    try:
        yield
    except InputError as error:
        raise type(error)(by_line(_at_its_line(fault, document) for fault in error.faults)) from None


def _at_its_line(fault: Fault, document: Document) -> Fault:
    whole, _, dotted = fault.where.partition(".")
    path = tuple(int(part) if part.isdecimal() else part for part in dotted.split("."))
    if whole != REQUIREMENTS or path[:1] not in document.lines:
        return fault
    return Fault(document.where(path), f"{dotted}: {fault.what}", fault.remedy)


def read_yaml_file(path: FilePath, most_bytes: int = MOST_REQUEST_BYTES) -> Document:
    """A file of the user's, to be judged.

    Raises:
        InputError: when it cannot be opened, is too large, or cannot be read as YAML.
    """
    return read_for_judging(bytes_of(path, most_bytes), str(path))


def requirements_in(document: Document) -> Requirements:
    """The requirements a document holds.

    Raises:
        InputError: with every fault found.
    """
    needs: Requirements = judged_request(document).right()
    return needs


def judged_request(document: Document) -> Judged:
    """The requirements a document holds, or what is wrong with them and what is left without that."""
    if not isinstance(document.value, dict):
        fault = Fault(document.where(()), "is not a list of fields", "write `task: ...` on its first line")
        return Judged(None, (fault,), replace(document, value={}))
    return judged(document, Requirements, Requirements.model_validate)


def requirements_from(given: Requirements | dict[str, Any]) -> Requirements:
    """Requirements as they are, or a plain dict validated.

    Raises:
        InputError: with every fault found.
    """
    return given if isinstance(given, Requirements) else requirements_in(plain_document(REQUIREMENTS, given))


def plain_document(name: str, value: Any) -> Document:
    """A value that no file holds: its parts have names, and no lines."""
    return Document(name, value, dict.fromkeys(_paths(value, ()), 0))


def _paths(value: Any, path: Path) -> Iterator[Path]:
    """Every part of a plain value."""
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    for name, part in parts:
        yield from _paths(part, (*path, name))


def _with_settings(document: Document, settings: tuple[str, ...]) -> Document:
    for setting in settings:
        path, sign, text = setting.partition("=")
        if not sign or not path.strip():
            raise InputError([Fault(f"--set {setting}", "is not path=value", "write for example budget.monthly_usd=500")])
        value = (
            read_document(f"value: {text}".encode(errors="surrogateescape"), f"--set {path}").value["value"] if text else None
        )
        document = _set(document, path.strip(), value)
    return document


def _set(document: Document, dotted: str, value: Any) -> Document:
    """The document with one part set from outside; faults of that part name the setting instead of a line."""
    parts = dotted.split(".")
    around = {tuple(parts[:end]): 0 for end in range(1, len(parts) + 1)}
    return replace(
        document,
        value=_changed(document.value, parts, value),
        lines=around | document.lines,
        settings=document.settings | {tuple(parts): f"--set {dotted}"},
    )


def _changed(value: Any, path: list[str], new: Any) -> Any:
    if not path:
        return new
    inner = value if isinstance(value, dict) else {}
    return {**inner, path[0]: _changed(inner.get(path[0]), path[1:], new)}
