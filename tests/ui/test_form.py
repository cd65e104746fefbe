"""The form's pages without a browser: every task, every page on every template, and generated requirements."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from generated import needs
from hypothesis import HealthCheck, given, settings
from recommender_form.asking import state
from recommender_form.asking.fields import FIELDS, THEMES
from recommender_form.asking.templates import TEMPLATES
from recommender_form.asking.units import Each
from recommender_form.markup import cell_safe, plain
from recommender_form.routes import ICONS
from recommender_form.showing.tables import standing
from recommender_form.words import book, under
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from recommender.domain.recommendation import StrategyVerdict
from recommender.domain.words import TASKS

APP = str(Path(__file__).parent.parent.parent / "ui" / "app.py")
SAY = book("en")
STATUSES = {SAY[f"status.{name}"] for name in under("status")}
TABS = ("strategies", "trade", "changes", "doubts", "assumed", "export")
WINNER_TABS = ("why", "bill", "mind", "next", "sources")
KINDS_OF_WIDGETS = ("selectbox", "number_input", "multiselect", "text_input", "text_area", "checkbox", "button_group")
MANY = int(os.environ.get("HYPOTHESIS_PROFILE") == "long") * 460 + 40


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(APP, default_timeout=60).run()


def visit(app: AppTest, page: str, **parameters: str) -> AppTest:
    """Open a page of the same visit; pages are functions here, which `switch_page` does not know."""
    app.query_params.clear()
    for name, value in parameters.items():
        app.query_params[name] = value
    app._page_hash = calc_hash("" if page == "recommend" else page)
    return app.run()


def stated(app: AppTest, wanted: dict[str, Any]) -> AppTest:
    """The form filled in as the requirements say."""
    for key, value in state.state_of(wanted).items():
        app.session_state[key] = value
    return app


def open_tab(app: AppTest, group: str, label: str) -> AppTest:
    app.session_state[group] = label
    return app.run()


def statuses(app: AppTest) -> list[str]:
    """The kind of answer that the page names."""
    return [one.value for one in app.markdown if any(status in one.value for status in STATUSES)]


def test_it_demands_nothing_and_answers(app: AppTest) -> None:
    assert not app.exception
    assert [metric.label for metric in app.metric] == [
        SAY[f"estimate.{name}"] for name in ("monthly_cost_usd", "first_year_cost_usd", "latency_p95_ms", "quality")
    ]


def test_every_task_is_answered_without_an_exception(app: AppTest) -> None:
    for task in TASKS:
        app.selectbox(key="ask.task").set_value(task).run()
        assert not app.exception, task
        assert len(statuses(app)) == 1, task


def test_every_question_of_an_unfolded_theme_is_drawn(app: AppTest) -> None:
    for task in ("chat", "extraction", "speech_to_text", "tabular_prediction", "agentic"):
        app.selectbox(key="ask.task").set_value(task).run()
        for theme in THEMES:
            app.session_state[f"theme.{theme}"] = True
        app.run()
        assert not app.exception, task
        drawn = {one.key for kind in KINDS_OF_WIDGETS for one in app.get(kind)}
        assert {field.key for field in FIELDS if field.is_asked_for(task)} <= drawn, task


@pytest.mark.parametrize(
    ("wanted", "is_tied"),
    [
        ({"task": "extraction", "data": {"labelled_examples": 3_000.0}}, True),
        ({"task": "summarization", "workload": {"requests_per_month": 1_000.0}}, False),
    ],
)
def test_a_near_tie_stands_beside_the_winner(wanted: dict[str, Any], is_tied: bool) -> None:
    app = stated(AppTest.from_file(APP, default_timeout=60), wanted)
    app.session_state["begun"] = True
    app.run()
    assert not app.exception
    cards = [one.value for one in app.markdown if SAY["answer.near_tie"] in one.value and "-badge[" in one.value]
    assert len(cards) == int(is_tied)
    for card in cards:
        assert card.index("A near tie with ") < card.index("The best of another kind")
        assert f":orange-badge[{SAY['answer.near_tie']}]" in card and "try both on" in card


def test_every_task_has_words() -> None:
    assert under("task") == TASKS


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_page_shows_every_template(app: AppTest, name: str) -> None:
    app.selectbox(key="template").set_value(name).run()
    assert app.session_state["ask.task"] == TEMPLATES[name]["task"]
    for tab in TABS[1:]:
        open_tab(app, "answer_tabs", SAY[f"recommend.tab_{tab}"])
        assert not app.exception, tab
    for tab in WINNER_TABS[1:]:
        open_tab(app, "winner_tabs", SAY[f"answer.tab_{tab}"])
        assert not app.exception, tab
    for page in ICONS:
        visit(app, page)
        assert not app.exception, page
        assert app.title[0].value
    visit(app, "recommend")
    assert app.session_state["ask.task"] == TEMPLATES[name]["task"], "answers stay while other pages are open"


@settings(max_examples=MANY, suppress_health_check=list(HealthCheck))
@given(wanted=needs())
def test_no_requirements_break_the_page(wanted: dict[str, Any]) -> None:
    app = stated(AppTest.from_file(APP, default_timeout=60), wanted)
    app.session_state["begun"] = True
    app.run()
    assert not app.exception, json.dumps(wanted)
    assert statuses(app) or app.error, json.dumps(wanted)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_language_of_the_address_is_spoken(language: str) -> None:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["lang"] = language
    assert app.run().title[0].value == book(language)["recommend.title"]


def test_an_open_question_is_answered_in_place(app: AppTest) -> None:
    asked = [button for button in app.button if (button.key or "").startswith("first.")]
    path = str(asked[0].key).split(".", 1)[1].rsplit(".", 1)[0]
    asked[0].click().run()
    assert not app.exception
    told = {key: app.session_state[key] for key in state.state_of({"task": "chat"})}
    answered = state.requirements_of(told, lambda task: Each(), lambda task: None)
    folder, _, field = path.partition(".")
    assert answered[folder][field] is not None


def test_a_time_of_ones_own_is_given_in_seconds_as_the_question_says_it(app: AppTest) -> None:
    open_tab(app, "answer_tabs", SAY["recommend.tab_changes"])
    own = next(one for one in app.number_input if (one.key or "").endswith("latency.p95_ms.own"))
    assert own.label.endswith(f"({SAY['unit.seconds']})")
    own.set_value(3.0).run()
    app.button(key=f"{own.key}.set").click().run()
    assert (app.session_state["ask.latency.p95_ms"], app.session_state["ask.latency.p95_ms.unit"]) == (3.0, "seconds")


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_unknown_quality_is_said_without_cases(language: str) -> None:
    app = stated(AppTest.from_file(APP, default_timeout=60), {"task": "audio_enhancement"})
    app.session_state["begun"] = True
    app.query_params["lang"] = language
    app.run()
    said = book(language)
    quality = next(one for one in app.metric if one.label == said["estimate.quality"])
    assert (quality.value, quality.delta) == (said["unknown"], said["answer.no_range"])


def test_scales_are_told_in_the_visitors_language() -> None:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["lang"] = "es"
    app.session_state["bench.task"] = "text_to_speech"
    app._page_hash = calc_hash("benchmarks")
    app.run()
    assert any("Escala: parte de los votos a ciegas de oyentes" in one.value for one in app.markdown)


def test_what_would_fit_can_be_applied(app: AppTest) -> None:
    stated(app, {"task": "chat", "latency": {"p95_ms": 0.1}}).run()
    assert any(SAY["status.nothing_fits"] in one.value for one in app.markdown)
    relax = [button for button in app.button if (button.key or "").startswith("relax.")]
    assert relax, "at least one change must make something fit"
    relax[0].click().run()
    assert not any(SAY["status.nothing_fits"] in one.value for one in app.markdown)


def test_recordings_that_would_help_are_asked_for_and_answered(app: AppTest) -> None:
    stated(app, {"task": "text_to_speech", "languages": ["mi", "haw"], "privacy": {"boundary": "on_device"}}).run()
    assert not app.exception and any(SAY["status.needs_answers"] in one.value for one in app.markdown)
    asked = [button for button in app.button if (button.key or "").startswith("first.data.labelled_hours.")]
    assert asked, "hours of recordings are the first question"
    asked[1].click().run()
    assert not app.exception and any("Piper" in one.value for one in app.subheader)


def test_a_bad_link_gives_no_answer(app: AppTest) -> None:
    opened = AppTest.from_file(APP, default_timeout=60)
    opened.query_params["r"] = "1.broken"
    opened.run()
    assert SAY["link.not_whole"] in opened.error[0].value
    assert not opened.metric
    opened.button[0].click().run()
    assert opened.metric


def test_a_changed_assumption_holds_for_this_visit_alone(app: AppTest) -> None:
    stated(app, {"task": "classification", "team": {"skills": "ml"}}).run()
    before = app.metric[1].value
    app.session_state["assumed_middles"] = {"day_rate_usd": 5000.0}
    app.run()
    assert not app.exception
    assert app.metric[1].value != before, "the first year counts people's days at the day rate"
    other = AppTest.from_file(APP, default_timeout=60).run()
    assert "assumed_middles" not in other.session_state


def test_a_last_resort_stands_behind_what_competes_whatever_its_score() -> None:
    def verdict(strategy: Any, score: float | None) -> StrategyVerdict:
        return StrategyVerdict(strategy=strategy, family="train", option=None, score=score, why="")

    given = [verdict("train_from_scratch", 0.95), verdict("rules", None), verdict("rag", 0.8), verdict("zero_shot", 0.7)]
    ranked = sorted(given, key=lambda one: standing(one, 0.8))
    assert [one.strategy for one in ranked] == ["rag", "zero_shot", "train_from_scratch", "rules"]


def test_markup_in_names_takes_no_effect() -> None:
    assert plain("**bold** <b>x</b> [a](b)") == r"\*\*bold\*\* \<b\>x\</b\> \[a\](b)"
    assert plain("- a\n# b") == r"\- a \# b"
    assert plain("1. first") == r"1\. first"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_spreadsheet_computes_with_a_cell(start: str) -> None:
    assert cell_safe(f"{start}1+1") == f"'{start}1+1"
    assert cell_safe(12.5) == "12.5"


def test_a_model_s_card_tells_what_is_free(app: AppTest) -> None:
    visit(app, "model", id="amazon/polly-neural")
    open_tab(app, "card_tabs", SAY["card.tab_offers"])
    offers = app.dataframe[0].value
    assert list(offers[SAY["card.free_amount"]]) == ["1,000,000 characters a month in the first 12 months"]
