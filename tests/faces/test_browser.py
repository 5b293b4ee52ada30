"""The page as a person has it: a real `streamlit run` on loopback, in a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "How long must we keep records for a drawback claim, and what starts the clock?"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def chromium() -> str:
    """A missing browser is a failure: a page nobody has looked at is not tested."""
    named = os.environ.get("CHROMIUM")
    found = next((path for name in ([named] if named else _NAMES) if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium: 'make test' installs it; or set CHROMIUM=/path/to/it", pytrace=False)
    return found


@pytest.fixture
def address(at_index: Path, tmp_path: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
    command += ["--server.port", str(port), "--server.headless", "true", "--server.fileWatcherType", "none"]
    url = f"http://127.0.0.1:{port}"
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"{url}/_stcore/health", server, tmp_path / "server.log")
            yield url
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the page did not start:\n{log.read_text(errors='replace')[-2000:]}", pytrace=False)


@pytest.fixture
def tab(chromium: str, address: str) -> Iterator[Page]:
    """A tab on the page, and a check that nothing but the page's own server was asked."""
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 880})
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        yield page
        browser.close()
    elsewhere = [url for url in asked if not url.startswith((address, "data:", "blob:", "ws://127.0.0.1"))]
    assert elsewhere == []


def test_ask_click_the_citation_see_the_words(tab: Page, tmp_path: Path) -> None:
    field = tab.get_by_test_id("stChatInput").locator("textarea")
    expect(field).to_be_enabled(timeout=60_000)
    field.fill(QUESTION)
    field.press("Enter")
    conclusion = tab.locator(".conclusion")
    expect(conclusion).to_contain_text("3rd anniversary", timeout=30_000)
    expect(conclusion).to_be_in_viewport()
    if kept := os.environ.get("SCREENSHOT"):  # SCREENSHOT=docs/screenshots/chat.png renews the README's
        field.blur()
        tab.wait_for_timeout(1000)
        tab.screenshot(path=kept)

    tab.get_by_role("button", name="19 U.S.C. § 1508(c)(2)").first.click()
    mark = tab.locator("mark").first
    expect(mark).to_be_in_viewport(timeout=15_000)
    expect(mark).to_contain_text("drawback")
    expect(tab.locator(".plate")).to_contain_text("Edition")
    expect(tab.locator(".plate")).to_contain_text("n force since")
    shot = tmp_path / "page.png"
    tab.screenshot(path=shot)
    assert shot.stat().st_size > 20_000

    tab.keyboard.press("Escape")
    expect(mark).to_be_hidden()
    expect(conclusion).to_contain_text("3rd anniversary")
    expect(field).to_be_in_viewport()
