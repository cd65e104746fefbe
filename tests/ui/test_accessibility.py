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
    }


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
