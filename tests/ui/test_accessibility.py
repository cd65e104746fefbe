"""axe-core on every page, wide and narrow: nothing serious or critical."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import new_page, settled
from playwright.sync_api import Browser, Page
from recommender_form.words import book
from test_in_browser import ADDRESSES

pytestmark = pytest.mark.browser
SAY = book("en")
GRAVE = ("serious", "critical")
TABS = {
    "recommend": ("recommend.tab_trade", "recommend.tab_changes", "recommend.tab_doubts", "recommend.tab_assumed", "recommend.tab_export",
                  "answer.tab_bill", "answer.tab_mind", "answer.tab_next", "answer.tab_sources"),
    "model": ("card.tab_offers", "card.tab_quality", "card.tab_run"),
    "trial": ("trial.tab_import", "trial.tab_endpoint"),
    "decides": ("decides.tab_assumptions", "decides.tab_errors", "decides.tab_age"),
}  # fmt: skip


def grave(page: Page) -> set[str]:
    """Serious and critical findings, with where they are."""
    found = Axe().run(page).response["violations"]
    return {
        f"{one['id']}: {node['html'][:160]} {[check['data'] for check in node['any']]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
        if not (one["id"] == "scrollable-region-focusable" and scrolls_a_table(page, node["target"][0]))
    }


def scrolls_a_table(page: Page, selector: str) -> bool:
    """Whether it is Streamlit's own frame around a table, which browsers let the keyboard scroll though axe cannot tell: Chromium
    makes every scroller without a link or button inside reachable by Tab. What is ours stays held to the rule."""
    return bool(page.evaluate("s => !!document.querySelector(s)?.closest('[data-testid=stTable]')", selector))


def test_the_keyboard_reaches_and_scrolls_a_wide_table(browser: Browser, form_address: str) -> None:
    page = new_page(browser, width=390, height=844)
    page.goto(f"{form_address}/{ADDRESSES['model']}")
    settled(page)
    frame = page.get_by_test_id("stTable").first.locator("> div").first
    is_scroller = frame.evaluate("e => e.scrollWidth > e.clientWidth")
    reached = False
    for _ in range(60):
        page.keyboard.press("Tab")
        reached = page.evaluate("!!document.activeElement.closest('[data-testid=stTable]')")
        if reached:
            break
    page.close()
    assert reached or not is_scroller


@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_grave_on_any_page_and_tab(browser: Browser, form_address: str, name: str) -> None:
    page = new_page(browser)
    page.goto(f"{form_address}/{ADDRESSES[name]}")
    settled(page)
    if name == "recommend":
        for theme in ("limits", "volume", "knowledge", "privacy", "quality", "team"):
            page.get_by_text(SAY[f"theme.{theme}"], exact=True).first.click()
            settled(page)
    found = grave(page)
    for tab in TABS.get(name, ()):
        page.get_by_role("tab", name=SAY[tab], exact=True).click()
        settled(page)
        found |= grave(page)
    page.close()
    assert found == set()


@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_grave_on_a_phone(browser: Browser, form_address: str, name: str) -> None:
    page = new_page(browser, width=390, height=844)
    page.goto(f"{form_address}/{ADDRESSES[name]}")
    settled(page)
    found = grave(page)
    page.close()
    assert found == set()
