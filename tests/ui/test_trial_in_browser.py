"""Trying it as a person does: a file chosen, the curve and the comparison seen, the result in the decision, the recipe taken along."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from conftest import new_page, settled
from playwright.sync_api import Browser, Page, expect
from recommender_form.trying.measuring import MOST_MEGABYTES
from test_accessibility import grave
from test_in_browser import SAY, choose, tab, winner
from test_trial_page import texts

pytestmark = pytest.mark.browser


def give(page: Page, name: str, raw: bytes) -> None:
    page.locator("input[type=file]").first.set_input_files({"name": name, "mimeType": "text/csv", "buffer": raw})
    settled(page)


def tried(browser: Browser, address: str, width: int = 1400) -> Page:
    page = new_page(browser, width=width)
    page.goto(f"{address}/trial")
    settled(page)
    choose(page, SAY["ask.task.label"], SAY["task.classification"])
    give(page, "mine.csv", texts())
    expect(page.get_by_role("heading", name=SAY["trial.curve"])).to_be_visible()
    settled(page)
    return page


def test_examples_are_measured_and_change_the_answer(browser: Browser, form_address: str) -> None:
    page = tried(browser, form_address)
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(1)
    assert grave(page) == set()
    page.get_by_role("button", name=SAY["trial.put_in"]).click()
    expect(page.get_by_role("heading", name=SAY["trial.effect"])).to_be_visible()
    settled(page)
    assert grave(page) == set()
    page.locator(".st-key-effect").get_by_role("link", name=SAY["trial.see_answer"]).click()
    expect(page.get_by_text("Your own measurements are in this answer")).to_be_visible()
    settled(page)
    assert winner(page) == "TF-IDF or features with a linear model"
    page.close()


def test_a_phone_shows_the_result_without_sideways_scrolling(browser: Browser, form_address: str) -> None:
    page = tried(browser, form_address, width=390)
    assert grave(page) == set()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    page.close()


def test_a_file_that_is_too_large_or_of_another_kind_is_said(browser: Browser, form_address: str) -> None:
    page = new_page(browser)
    page.goto(f"{form_address}/trial")
    settled(page)
    choose(page, SAY["ask.task.label"], SAY["task.classification"])
    give(page, "big.csv", b"x" * (MOST_MEGABYTES * 1024 * 1024 + 1))
    expect(page.get_by_text(f"File must be {MOST_MEGABYTES}.0MB or smaller.")).to_be_visible()
    give(page, "a.exe", b"MZ")
    expect(page.get_by_text("files are not allowed").first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.close()


def test_the_recipe_of_the_winner_is_taken_along(page: Page) -> None:
    tab(page, "answer.tab_next")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=SAY["recipe.download"]).click()
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as zipped:
        names = zipped.namelist()
        readme = next(name for name in names if name.endswith("/README.md"))
        assert winner(page) in zipped.read(readme).decode()
    assert len(names) >= 5 and len({name.split("/")[0] for name in names}) == 1
