"""A served form and a real browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from streamlit.components.v2 import manifest_scanner

sys.path[:0] = [str(Path(__file__).parent.parent.parent / "ui"), str(Path(__file__).parent)]

QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_SECONDS = 60


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


@pytest.fixture(scope="session", autouse=True)
def packages_read_once() -> Iterator[None]:
    """Streamlit looks through every installed package for components at each page's first run; here they stay the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def form_address(root: Path) -> Iterator[str]:
    """The form, served on this machine alone."""
    port = free_port()
    command = [sys.executable, "-m", "recommender", "ui", "--port", str(port), "--address", "127.0.0.1"]
    server = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)  # the command and the server it started
        server.wait(10)


def wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    executable = next((found for found in map(shutil.which, BROWSERS) if found), None)
    assert executable, "these tests drive a real browser: install chromium, or run `make test`, which does"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=list(QUIET))
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, form_address: str) -> Iterator[Page]:
    """The form, freshly opened and answered."""
    opened = new_page(browser)
    opened.goto(form_address)
    settled(opened)
    yield opened
    opened.close()


def new_page(browser: Browser, width: int = 1400, height: int = 1000) -> Page:
    """An empty tab of one's own visit."""
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    opened = browser.new_page(viewport={"width": width, "height": height}, locale="en-US")
    opened.set_default_timeout(PATIENCE_SECONDS * 1000)
    return opened


QUIET_MS = 150
UNTIL_QUIET = """(quiet) => new Promise((done) => {
  let since = performance.now();
  const look = () => {
    const state = document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state');
    const fading = [...document.querySelectorAll('[data-testid=stElementContainer]')].some((e) => getComputedStyle(e).opacity !== '1');
    if (state !== 'notRunning' || fading || !document.querySelector('.st-key-foot')) since = performance.now();
    if (performance.now() - since > quiet) done(); else requestAnimationFrame(look);
  };
  look();
})"""


def settled(page: Page) -> None:
    """Wait until nothing has been running for a moment: a run begins shortly after the click that asks for it."""
    page.evaluate(UNTIL_QUIET, QUIET_MS)
