"""The form's logic without a browser: every task answers, and what is left empty stays unknown."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

UI = Path(__file__).parent.parent.parent / "ui"
sys.path.insert(0, str(UI))

import form
import words

from recommender.domain.words import TASKS


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(UI / "app.py"), default_timeout=60).run()


def test_it_demands_nothing_and_answers(app: AppTest) -> None:
    assert not app.exception
    assert [metric.label for metric in app.metric] == [words.COST, words.FIRST_YEAR, words.WAIT, words.QUALITY]


@pytest.mark.parametrize("task", TASKS)
def test_every_task_is_answered_without_an_exception(app: AppTest, task: str) -> None:
    app.selectbox(key="task").set_value(task).run()
    assert not app.exception
    assert app.subheader[0].value in words.STATUS.values()


def test_every_task_has_words() -> None:
    assert tuple(words.TASKS) == TASKS


def test_what_is_empty_is_not_sent() -> None:
    given = {"task": "chat", "budget": {"monthly_usd": None}, "privacy": {"residency": []}, "data": {"labelled_examples": 0.0}}
    assert form._without_empty(given) == {"task": "chat", "data": {"labelled_examples": 0.0}}


def test_markup_in_names_takes_no_effect() -> None:
    import results

    assert results._safe("**bold** <b>x</b> [a](b)") == r"\*\*bold\*\* \<b\>x\</b\> \[a\](b)"
