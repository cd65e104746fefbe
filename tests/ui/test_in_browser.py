"""The form as a person uses it: opened, filled in, answered, shared, taken along; by mouse, by keyboard, on a phone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import new_page, settled
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from recommender_form.asking import sharing
from recommender_form.asking.templates import TEMPLATES
from recommender_form.routes import ICONS
from recommender_form.words import book

pytestmark = pytest.mark.browser
SAY, DICE = book("en"), book("es")
PHONE = 390
ADDRESSES = {name: "" if name == "recommend" else name for name in ICONS} | {"model": "model?id=openai/whisper-large-v3"}


def field(page: Page, label: str) -> Locator:
    """The input under a label (its help button carries the label too)."""
    return page.locator(f'input[aria-label="{label}"]')


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a select box: type a word of it, then click it."""
    box = page.get_by_role("combobox", name=label).first
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).first.click()
    settled(page)


def unfold(page: Page, theme: str) -> None:
    page.get_by_text(SAY[f"theme.{theme}"], exact=True).first.click()


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=SAY[name], exact=True).click()
    settled(page)


def winner(page: Page) -> str:
    """The model that the card names."""
    return page.locator(".st-key-winner").get_by_role("heading").first.inner_text()


@pytest.mark.parametrize("name", ICONS)
def test_every_page_opens_by_its_address(browser: Browser, form_address: str, name: str) -> None:
    page = new_page(browser)
    page.goto(f"{form_address}/{ADDRESSES[name]}")
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.close()


def test_every_template_is_answered(page: Page) -> None:
    for name, wanted in TEMPLATES.items():
        choose(page, SAY["ask.template.label"], SAY[f"template.{name}"])
        expect(page.get_by_role("combobox", name=SAY["ask.task.label"]).first).to_have_value(SAY[f"task.{wanted['task']}"])
        expect(page.locator(".st-key-winner").or_(page.get_by_text(SAY["status.nothing_fits"])).first).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)


def test_own_premises_change_the_answer_at_once(page: Page) -> None:
    choose(page, SAY["ask.task.label"], SAY["task.speech_to_text"])
    choose(page, SAY["ask.privacy.boundary.label"], SAY["ask.privacy.boundary.options.on_premises"])
    expect(page.locator(".st-key-winner").get_by_text(SAY["place.own_site"]).first).to_be_visible()


def test_impossible_wishes_say_what_conflicts_and_what_would_fit(page: Page) -> None:
    unfold(page, "limits")
    field(page, SAY["ask.latency.p95_ms.label"]).fill("0.0001")
    field(page, SAY["ask.latency.p95_ms.label"]).press("Enter")
    expect(page.get_by_text(SAY["status.nothing_fits"])).to_be_visible()
    expect(page.get_by_text(SAY["conflict.binding_alone"])).to_be_visible()
    page.get_by_role("button", name=SAY["conflict.apply"]).first.click()
    expect(page.locator(".st-key-winner")).to_be_visible()


def test_a_machine_that_nobody_knows_is_a_clear_error(page: Page) -> None:
    field(page, SAY["ask.machine.label"]).fill("warp core")
    field(page, SAY["ask.machine.label"]).press("Enter")
    expect(page.get_by_text("'warp core' is not in the catalog")).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_a_link_restores_the_question_and_its_answer(page: Page, browser: Browser, form_address: str) -> None:
    choose(page, SAY["ask.template.label"], SAY["template.ticket_routing"])
    unfold(page, "names")
    field(page, SAY["ask.name.label"]).fill("a secret project")
    field(page, SAY["ask.name.label"]).press("Enter")
    tab(page, "recommend.tab_export")
    page.get_by_role("button", name=SAY["export.make_link"]).click()
    shared = page.get_by_test_id("stCode").first.inner_text().strip()
    assert shared.startswith(f"{form_address}/?r=1.")
    assert sharing.requirements_in_link(shared.partition("r=")[2]) == sharing.without_free_text(TEMPLATES["ticket_routing"])
    other = new_page(browser)
    other.goto(shared)
    settled(other)
    assert winner(other) == winner(page)
    expect(other.get_by_role("combobox", name=SAY["ask.task.label"]).first).to_have_value(SAY["task.classification"])
    choose(other, SAY["ask.task.label"], SAY["task.chat"])
    other.wait_for_url(lambda url: url != shared)  # it is written once the whole page has run
    assert "r=1." in other.url
    assert sharing.requirements_in_link(other.url.partition("r=")[2])["task"] == "chat", "the address follows the form"
    other.close()


def test_back_brings_the_earlier_answer_and_then_leaves(browser: Browser, form_address: str) -> None:
    page = new_page(browser)
    page.goto(f"{form_address}/explain")
    settled(page)
    opened = f"{form_address}/?r={sharing.link_text({'task': 'speech_to_text'})}"
    page.goto(opened)
    settled(page)
    assert page.url == opened, "what was opened stays as it was written"
    before = winner(page)
    boundary = page.get_by_role("combobox", name=SAY["ask.privacy.boundary.label"]).first
    page.get_by_role("button", name=SAY["ask.privacy.boundary.options.on_premises"], exact=True).click()
    settled(page)
    expect(boundary).to_have_value(SAY["ask.privacy.boundary.options.on_premises"])
    page.go_back()
    settled(page)
    expect(boundary).to_have_value("")
    assert (page.url, winner(page)) == (opened, before)
    page.go_forward()
    settled(page)
    expect(boundary).to_have_value(SAY["ask.privacy.boundary.options.on_premises"])
    page.go_back()
    settled(page)
    page.go_back()
    assert page.url == f"{form_address}/explain"
    page.close()


@pytest.mark.parametrize("text", ["1.broken", "9.abc", sharing.link_text({"task": "chat"})[:-5]])
def test_a_bad_link_is_said_and_not_answered(browser: Browser, form_address: str, text: str) -> None:
    page = new_page(browser)
    page.goto(f"{form_address}/?r={text}")
    expect(page.get_by_text(SAY["link.no_answer"])).to_be_visible()
    expect(page.locator(".st-key-winner")).to_have_count(0)
    page.get_by_role("button", name=SAY["link.fresh"]).click()
    expect(page.locator(".st-key-winner")).to_be_visible()
    assert "r=" not in page.url
    page.close()


def test_the_language_switches_and_stays_on_every_page(page: Page) -> None:
    choose(page, SAY["language_label"], "Español")
    expect(page.get_by_role("heading", name=DICE["recommend.title"])).to_be_visible()
    page.get_by_role("link", name=DICE["page.catalog"]).first.click()
    expect(page.get_by_role("heading", name=DICE["catalog.title"], exact=True)).to_be_visible()
    choose(page, DICE["language_label"], "English")
    expect(page.get_by_role("heading", name=SAY["catalog.title"], exact=True)).to_be_visible()


def test_what_is_downloaded_is_the_answer_on_the_page(page: Page) -> None:
    tab(page, "recommend.tab_export")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=SAY["export.json"]).click()
    answer = json.loads(Path(waiting.value.path()).read_text())
    assert answer["winner"]["model"]["name"] == winner(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=SAY["export.yaml"]).click()
    assert Path(waiting.value.path()).read_text() == "task: chat\n"


def test_what_is_typed_while_the_page_is_drawn_anew_is_kept(page: Page) -> None:
    examples, machine = field(page, SAY["ask.data.labelled_examples.label"]), field(page, SAY["ask.machine.label"])
    for amount in ("700", "80"):
        examples.fill(amount)
        examples.press("Tab")
        machine.click()
        page.keyboard.type("16 GB MacBook", delay=25)
        settled(page)
        expect(machine).to_have_value("16 GB MacBook")
        machine.fill("")


def test_what_to_trade_against_what_is_chosen_and_said(page: Page) -> None:
    tab(page, "recommend.tab_trade")
    chart = page.get_by_test_id("stVegaLiteChart")
    expect(chart).to_be_visible()
    choose(page, SAY["trade.across"], SAY["trade.latency"])
    expect(page.get_by_text(f"best in {SAY['trade.latency']}").first).to_be_visible()
    choose(page, SAY["trade.up"], SAY["trade.latency"])
    expect(page.get_by_role("combobox", name=SAY["trade.across"])).not_to_have_value(SAY["trade.latency"])
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_slider_decides_again(page: Page) -> None:
    tab(page, "recommend.tab_changes")
    slider = page.get_by_role("slider").first
    before = slider.get_attribute("aria-valuetext")
    slider.press("ArrowRight")
    expect(slider).not_to_have_attribute("aria-valuetext", str(before))
    expect(page.get_by_text("At ").last).to_be_visible()


def test_the_keyboard_is_enough(page: Page) -> None:
    wanted = page.get_by_role("option", name=SAY["task.translation"]).first
    for _ in range(3):  # on a busy machine a list can lose what is typed while the page is drawn anew: people type again
        settled(page)
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('aria-label') || ''").endswith(SAY["ask.task.label"]):
                break
        page.keyboard.type(SAY["task.translation"], delay=30)
        try:
            wanted.wait_for(state="visible", timeout=3000)
            break
        except PlaywrightTimeout:
            page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
    expect(wanted).to_be_visible()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_role("combobox", name=SAY["ask.task.label"]).first).to_have_value(SAY["task.translation"])
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('role')") == "tab":
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name=SAY["answer.tab_bill"])).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize("name", ICONS)
def test_a_phone_needs_no_sideways_scrolling(browser: Browser, form_address: str, name: str) -> None:
    page = new_page(browser, width=PHONE, height=844)
    page.goto(f"{form_address}/{ADDRESSES[name]}")
    settled(page)
    widest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('[data-testid=stMain] *')].map(e => e.scrollWidth > e.clientWidth && getComputedStyle(e).overflowX === 'auto' && e.matches('[data-testid=stMain], [data-testid=stMainBlockContainer]') ? e.scrollWidth : 0))"
    )
    assert widest <= PHONE
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE
    page.close()


def test_a_phone_shows_question_and_answer(browser: Browser, form_address: str) -> None:
    page = new_page(browser, width=PHONE, height=844)
    page.goto(form_address)
    settled(page)
    page.get_by_role("link", name=SAY["ask.jump"]).click()
    expect(page.locator(".st-key-question")).to_be_in_viewport()
    box = page.locator(".st-key-winner").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE
    page.close()
