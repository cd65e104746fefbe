"""The engine's sentences in another language, by templates: an English pattern with slots, and how it is said there.

A sentence that no template covers is not translated at all, rather than half: the page then shows the English one, marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter

import yaml

FOLDER = Path(__file__).parent.parent / "words"
TRANSLATED = "t_"
NAMED = "model"  # a slot that holds a model's name, whose version is no number
NUMBER = re.compile(r"(?<![\w./-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w/-])|(?<![\w./-])\d+\.\d+(?![\w/.-])")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9'])")
LISTED = re.compile(r", | and ")
SPAN = re.compile(r"(?<=\d) to (?=\d)")


@dataclass(frozen=True)
class Template:
    """One pattern: what it matches, which slots it has, and the sentence it becomes."""

    pattern: re.Pattern[str]
    becomes: str
    weight: int


@dataclass(frozen=True)
class Tongue:
    """Everything needed to say the engine's sentences in one language."""

    templates: tuple[Template, ...]
    exact: dict[str, str]
    units: dict[str, str]


@lru_cache
def tongue(language: str) -> Tongue:
    """The templates of a language, the most specific first."""
    told = yaml.load((FOLDER / f"sentences_{language}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    pairs = [(str(one), str(other)) for one, other in (*told["sentences"], *told["phrases"])]
    patterns = [_template(one, other) for one, other in pairs if "{" in one]
    exact = {_key(one): other for one, other in pairs if "{" not in one}
    return Tongue(tuple(sorted(patterns, key=lambda one: -one.weight)), exact, told["units"])


def _key(text: str) -> str:
    """Phrases stand within sentences and alone: the first letter and a last full stop do not matter."""
    return (text[:1].lower() + text[1:]).removesuffix(".")


def _template(english: str, becomes: str) -> Template:
    parts = [(re.escape(text), slot) for text, slot, _, _ in Formatter().parse(english)]
    pattern = "".join(f"{text}(?P<{slot}>.+?)" if slot else text for text, slot in parts)
    return Template(re.compile(pattern, re.DOTALL), becomes, sum(len(text) for text, _ in parts))


@lru_cache(maxsize=4096)
def translated(sentence: str, language: str) -> str | None:
    """A sentence in another language; None where any part of it is not covered."""
    spoken = tongue(language)
    whole = _said(sentence.strip(), spoken)
    if whole is not None:
        return whole
    parts = SENTENCE_END.split(sentence.strip())
    found = [_said(part, spoken) for part in parts]
    return " ".join(part for part in found if part) if len(parts) > 1 and all(found) else None


def _said(text: str, spoken: Tongue) -> str | None:
    if _key(text) in spoken.exact:
        return _like(text, spoken.exact[_key(text)])
    for template in spoken.templates:
        match = template.pattern.fullmatch(text)
        filled = match and _filled(match.groupdict(), spoken)
        if filled is not None and match:
            return template.becomes.format(**filled)
    return None


def _filled(slots: dict[str, str], spoken: Tongue) -> dict[str, str] | None:
    """The slots, each in the other language; None where one that must be is not covered."""
    found = {name: _in_slot(name, value, spoken) for name, value in slots.items()}
    return None if None in found.values() else {name: said for name, said in found.items() if said is not None}


def _in_slot(name: str, text: str, spoken: Tongue) -> str | None:
    """A phrase that is translated, a name, or numbers; never a sentence that slipped into a slot."""
    if name.startswith(TRANSLATED):
        return _part(text, spoken)
    if SENTENCE_END.search(text):
        return None
    return text if name == NAMED else localised(text, spoken)


def _part(text: str, spoken: Tongue) -> str | None:
    """A phrase, or phrases joined by commas and `and`."""
    whole = _said(text, spoken)
    if whole is not None or not LISTED.search(text):
        return whole
    pieces = [piece for piece in LISTED.split(text) if piece]
    said = [_said(piece, spoken) for piece in pieces]
    if not all(said):
        return None
    *first, last = [piece for piece in said if piece]
    return f"{', '.join(first)} y {last}" if first else last


def localised(text: str, spoken: Tongue) -> str:
    """Numbers, ranges and units as the language writes them; names as they are."""
    for unit, other in spoken.units.items():
        text = re.sub(rf"\b{re.escape(unit)}\b", other, text) if re.search(r"\d", text) or text == unit else text
    text = SPAN.sub(" a ", text)
    return NUMBER.sub(lambda found: found[0].translate(str.maketrans(",.", ".,")), text)


def _like(original: str, said: str) -> str:
    """With the first letter's size and the full stop of the original."""
    first = said[:1].upper() if original[:1].isupper() else said[:1].lower()
    stop = "." if original.endswith(".") and not said.endswith((".", "?")) else ""
    return (first + said[1:]).removesuffix("" if original.endswith(".") else ".") + stop
