"""The words files: the same in every language, complete, and nothing read out of thin air."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from recommender_form.asking.fields import FIELDS, THEMES
from recommender_form.asking.templates import TEMPLATES
from recommender_form.catalogue.index import COLLECTIONS, UNITS
from recommender_form.words import LANGUAGES, book, under

from recommender.domain import words as contract
from recommender.domain.codes import LANGUAGE_CODES
from recommender.domain.recommendation import ESTIMATE_NAMES

FORM = Path(__file__).parent.parent.parent / "ui" / "recommender_form"
LITERAL = re.compile(r'\bsay\(\s*"([^"{]+)"')


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_language_has_the_same_keys_and_slots(language: str) -> None:
    english, other = book("en"), book(language)
    assert list(other) == list(english)
    assert {key: slots(text) for key, text in other.items()} == {key: slots(text) for key, text in english.items()}


@pytest.mark.parametrize("path", sorted(FORM.rglob("*.py")), ids=lambda path: path.stem)
def test_every_sentence_asked_for_exists(path: Path) -> None:
    assert [key for key in LITERAL.findall(path.read_text()) if key not in book("en")] == []


def test_every_question_has_its_words() -> None:
    wanted = {f"ask.{field.path}.label" for field in FIELDS} | {f"theme.{theme}" for theme in THEMES}
    wanted |= {f"ask.{field.path}.options.{option}" for field in FIELDS if not field.group for option in field.options}
    wanted |= {f"{field.group}.{option}" for field in FIELDS if field.group for option in field.options}
    wanted |= {f"unit.{unit}" for field in FIELDS for unit, _ in field.units} | {f"template.{name}" for name in TEMPLATES}
    assert wanted - set(book("en")) == set()


@pytest.mark.parametrize(
    ("group", "vocabulary"),
    [
        ("task", contract.TASKS), ("strategy", contract.STRATEGIES), ("type", contract.MODEL_TYPES), ("grade", contract.GRADES),
        ("family", contract.FAMILIES), ("hosting", contract.HOSTINGS), ("place", contract.PLACES),
        ("modality", contract.MODALITIES), ("capability", contract.CAPABILITIES), ("certification", contract.CERTIFICATIONS),
        ("estimate", ESTIMATE_NAMES), ("collection", COLLECTIONS), ("price_unit", UNITS),
    ],
)  # fmt: skip
def test_every_word_of_the_contract_has_words(group: str, vocabulary: tuple[str, ...]) -> None:
    assert set(vocabulary) <= set(under(group))


def test_no_html_is_ever_let_through() -> None:
    everything = "".join(path.read_text() for path in FORM.parent.rglob("*.py"))
    assert "unsafe_allow" not in everything
    assert re.findall(r"st\.html\((.*?)\)", everything) == ["LOOK"]  # our own style sheet, which no text comes near


ASKED_FOR = "cy gl ca eu ga is lb sw yo ig ha zu xh am so ne si km lo my mn ka hy az kk uz tg ps ku rw mg jv su ht pa gu mr kn ml or as sq mk bs be"


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_of_many_people_can_be_picked_by_name(language: str) -> None:
    names = {key.removeprefix("language."): text for key, text in book(language).items() if key.startswith("language.")}
    assert set(ASKED_FOR.split()) <= set(names)
    assert len(set(names.values())) == len(names)
    assert set(names) - {"multilingual"} <= LANGUAGE_CODES
