"""The form as it is installed from a wheel: its pages, words and settings come along, and nothing is fetched from elsewhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import free_port, new_page, settled, wait_for
from playwright.sync_api import Browser, expect
from recommender_form.routes import ICONS
from recommender_form.words import book

pytestmark = pytest.mark.browser


@pytest.fixture
def installed(root: Path, tmp_path: Path) -> Iterator[str]:
    """The form served from an unpacked wheel, in a folder that knows nothing of the project."""
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(tmp_path), str(root)]
    subprocess.run([sys.executable, "-m", "pip", *build], check=True, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    port, elsewhere = free_port(), tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = [sys.executable, "-m", "recommender", "ui", "--port", str(port), "--address", "127.0.0.1"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = os.environ | {"PYTHONPATH": str(site)}
    server = subprocess.Popen(command, cwd=elsewhere, env=environment, start_new_session=True, **quiet)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        assert str(site) in Path(f"/proc/{server.pid}/cmdline").read_text() or sys.platform != "linux", "the wheel's own form"
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(10)


def test_a_wheel_serves_the_form_and_calls_nobody(installed: str, browser: Browser) -> None:
    page = new_page(browser)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{installed}/?lang=es")
    settled(page)
    expect(page.get_by_role("heading", name=book("es")["recommend.title"])).to_be_visible()
    expect(page.locator(".st-key-winner")).to_be_visible()
    for name in ICONS:
        page.goto(f"{installed}/{'' if name == 'recommend' else name}")
        settled(page)
    own = (installed, "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == [], "telemetry is off and nothing is loaded from elsewhere"
    expect(page.get_by_test_id("stAppDeployButton")).to_have_count(0)  # the settings beside the form are read
    page.close()
