"""The form's pages without a browser: every task answers, what is left empty stays unknown, markup takes no effect."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

UI = Path(__file__).parent.parent.parent / "ui"
sys.path.insert(0, str(UI))

from recommender_form.markup import cell_safe, plain
from recommender_form.words import book, under

from recommender.domain.words import TASKS

SAY = book("en")
STATUSES = {SAY[f"status.{name}"] for name in under("status")}


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(UI / "app.py"), default_timeout=60).run()


def statuses(app: AppTest) -> list[str]:
    """The kind of answer that the page names."""
    return [one.value for one in app.markdown if any(status in one.value for status in STATUSES)]


def test_it_demands_nothing_and_answers(app: AppTest) -> None:
    assert not app.exception
    assert [metric.label for metric in app.metric] == [
        SAY[f"estimate.{name}"] for name in ("monthly_cost_usd", "first_year_cost_usd", "latency_p95_ms", "quality")
    ]


@pytest.mark.parametrize("task", TASKS)
def test_every_task_is_answered_without_an_exception(app: AppTest, task: str) -> None:
    app.selectbox(key="ask.task").set_value(task).run()
    assert not app.exception
    assert len(statuses(app)) == 1


def test_every_task_has_words() -> None:
    assert under("task") == TASKS


def test_markup_in_names_takes_no_effect() -> None:
    assert plain("**bold** <b>x</b> [a](b)") == r"\*\*bold\*\* \<b\>x\</b\> \[a\](b)"
    assert plain("- a\n# b") == r"\- a \# b"
    assert plain("1. first") == r"1\. first"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_spreadsheet_computes_with_a_cell(start: str) -> None:
    assert cell_safe(f"{start}1+1") == f"'{start}1+1"
    assert cell_safe(12.5) == "12.5"
