"""The form as a person uses it: opened, filled in, answered."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "ui"))

import words

pytestmark = pytest.mark.browser


def field(page: Page, label: str) -> Locator:
    """The input under a label (its help button carries the label too)."""
    return page.locator(f'input[aria-label="{label}"]')


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a select box: type a word of it, then click it."""
    box = page.get_by_role("combobox", name=label).first
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()


def test_the_form_opens_with_an_answer(page: Page) -> None:
    expect(page.get_by_role("heading", name=words.TITLE)).to_be_visible()
    expect(page.get_by_text(words.COST, exact=True).first).to_be_visible()
    expect(page.get_by_text(words.EXPORT)).to_be_visible()


def test_own_premises_change_the_answer_at_once(page: Page) -> None:
    choose(page, words.TASK, words.TASKS["speech_to_text"])
    choose(page, words.BOUNDARY, words.BOUNDARIES["on_premises"])
    expect(page.get_by_text("It runs on your own premises")).to_be_visible()
    expect(page.get_by_text(words.WHY, exact=True)).to_be_visible()


def test_impossible_wishes_say_what_conflicts_and_what_would_fit(page: Page) -> None:
    page.get_by_text(words.MORE["volume"]).click()
    field(page, words.LATENCY).fill("0.0001")
    field(page, words.LATENCY).press("Enter")
    expect(page.get_by_text(words.STATUS["nothing_fits"])).to_be_visible()
    expect(page.get_by_text(words.CONFLICT)).to_be_visible()
    expect(page.get_by_text(words.RELAX, exact=True)).to_be_visible()


def test_a_machine_that_nobody_knows_is_a_clear_error(page: Page) -> None:
    field(page, words.HARDWARE).fill("warp core")
    field(page, words.HARDWARE).press("Enter")
    expect(page.get_by_text("'warp core' is not in the catalog")).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)
