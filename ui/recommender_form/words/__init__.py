"""Every sentence that a person reads in the form, by key, in the visitor's language.

A language is a folder of YAML files beside this one; `book` flattens them to `group.key` names. A test holds both to the same keys
and the same slots.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
import yaml

LANGUAGES = {"en": "English", "es": "Español"}
STATE_KEY = "language"


@lru_cache
def book(language: str) -> Mapping[str, str]:
    """All words of a language, by dotted key."""
    found: dict[str, str] = {}  # read as text throughout: a key such as `no` is a word here, never a truth
    for path in sorted((Path(__file__).parent / language).glob("*.yaml")):
        found.update(_flat(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader), ""))
    return found


def _flat(value: Any, prefix: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{prefix}.{key}" if prefix else str(key))
    else:
        yield prefix, str(value)


def language() -> str:
    """The visitor's language; English until they choose."""
    return str(st.session_state.get(STATE_KEY) or "en")


def say(key: str, **slots: Any) -> str:
    """A sentence with its slots filled."""
    text = book(language())[key]
    return text.format(**slots) if slots else text


def known(key: str) -> bool:
    """Whether there are words for a key."""
    return key in book("en")


def or_plain(key: str, fallback: str) -> str:
    """A vocabulary word in the visitor's language, or the catalog's own word where the vocabulary has grown."""
    return book(language()).get(key, fallback.replace("_", " "))


@lru_cache
def under(group: str) -> tuple[str, ...]:
    """The keys directly below a group, in the order they are written."""
    start = f"{group}."
    names = (key[len(start) :].split(".")[0] for key in book("en") if key.startswith(start))
    return tuple(dict.fromkeys(names))
