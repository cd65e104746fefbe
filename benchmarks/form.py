"""How fast the form answers, measured in a real browser: on opening, after a change, and with twenty people at once.

Usage: python benchmarks/form.py [--people 20]. Needs Chromium and the `ui` and `dev` extras; serves the form itself.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

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
BUDGET = 'input[aria-label^="Invoices a month, at most"]'
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
AMOUNTS = (20, 900, 15, 300, 12, 700, 18, 500, 14, 400)
PATIENCE_MS = 4000


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


def opened(browser: Browser, address: str) -> tuple[Page, float]:
    """A visit, and how long until its first answer stood. [s]"""
    page = browser.new_page(viewport={"width": 1400, "height": 1000}, locale="en-US")
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


def one_person(browser: Browser, address: str) -> None:
    """Opening, and the time from a key to the answer and to the rest."""
    visits = [opened(browser, address) for _ in range(5)]
    print(f"opening to the first answer: median {statistics.median(seconds for _, seconds in visits):.2f} s")
    page = visits[-1][0]
    for other, _ in visits[:-1]:
        other.close()
    ready(page)
    taken: dict[str, list[float]] = {"answer": [], "rest": []}
    for amount in AMOUNTS:
        changed(page, amount)
        page.wait_for_timeout(PATIENCE_MS)
        for kind, found in taken.items():
            value = page.evaluate(TAKEN, kind)
            found.extend([value] if value is not None else [])
    for kind, found in taken.items():
        print(f"after a change, {kind}: median {statistics.median(found):.0f} ms of {len(found)} (slowest {max(found):.0f})")
    page.close()


def many_people(browser: Browser, address: str, people: int) -> None:
    """Everybody changes their own form at the same moment."""
    pages = [opened(browser, address)[0] for _ in range(people)]
    for page in pages:
        ready(page)
    amounts = [20 + 35 * place for place in range(people)]
    for page, amount in zip(pages, amounts, strict=True):
        changed(page, amount)
    pages[-1].wait_for_timeout(10_000 + people * 500)
    taken = [value for page in pages if (value := page.evaluate(TAKEN, "answer")) is not None]
    kept = all(float(page.locator(BUDGET).input_value()) == amount for page, amount in zip(pages, amounts, strict=True))
    print(
        f"{people} at once, answer: median {statistics.median(taken):.0f} ms, slowest {max(taken):.0f} ms ({len(taken)} changed)"
    )
    print(f"everybody kept their own form: {kept}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    people = parser.parse_args().people
    executable = next(found for found in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if found)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM))
        one_person(browser, address)
        if people:
            many_people(browser, address, people)
        browser.close()


if __name__ == "__main__":
    main()
