"""How fast the form answers, measured in a real browser: on opening, after a change, and with twenty people at once.

Usage: python benchmarks/form.py [--people 20]. Needs Chromium and the `ui` and `dev` extras; serves the form itself.
"""

from __future__ import annotations

import argparse
import shutil
import statistics

from form_crowd import many_people
from form_page import AMOUNTS, TAKEN, changed, opened, ready, served
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
PATIENCE_MS = 4000


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
