"""The form in a real browser: served, opened, changed, and watched for the moment its answer stands."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, WebSocket

WATCH = """() => {
  window.seen = [];
  let metrics = '', question = '';
  const look = () => {
    const now = [...document.querySelectorAll('[data-testid=stMetricValue]')].map((e) => e.textContent).join('|');
    const asked = document.querySelector('.st-key-question') ? document.querySelector('.st-key-question').textContent : '';
    if (now && now !== metrics) { metrics = now; window.seen.push(['answer', performance.now()]); }
    if (asked !== question) { question = asked; window.seen.push(['rest', performance.now()]); }
  };
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true});
  look();
}"""
PRESSED = "() => { window.seen = []; window.pressed = performance.now(); }"
TAKEN = "(kind) => { const all = window.seen.filter((e) => e[0] === kind); return all.length ? all[all.length - 1][1] - window.pressed : null; }"
AMOUNTS = (20, 900, 15, 300, 12, 700, 18, 500, 14, 400)  # each has another answer than the one before
BUDGET = 'input[aria-label^="Invoices a month, at most"]'


@contextmanager
def served() -> Iterator[str]:
    """The form on a free port."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port = opened.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "recommender", "ui", "--port", str(port), "--address", "127.0.0.1"])
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        server.terminate()


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.2)


def opened(browser: Browser, address: str, on_line: Callable[[WebSocket], object] | None = None) -> tuple[Page, float]:
    """A visit, and how long until its first answer stood. [s]"""
    page = browser.new_page(viewport={"width": 1400, "height": 1000}, locale="en-US")
    if on_line is not None:
        page.on("websocket", on_line)
    page.set_default_timeout(90_000)
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("[data-testid=stMetricValue]")
    return page, time.perf_counter() - start


def ready(page: Page) -> None:
    """The question about money unfolded, and everything watched."""
    page.wait_for_selector(".st-key-question")
    page.get_by_text("Speed and budget", exact=True).first.click()
    page.wait_for_selector(BUDGET)
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)


def changed(page: Page, amount: float) -> None:
    page.locator(BUDGET).fill(str(amount))
    page.evaluate(PRESSED)
    page.locator(BUDGET).press("Enter")
