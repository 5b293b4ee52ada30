"""The page as a person has it: a real `streamlit run` on loopback, in a real Chromium."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.answering.drafting.server import Handler, ScriptedModel, says
from tests.faces.load import page as serving

QUESTION = "How long must we keep records for a drawback claim, and what starts the clock?"
COMPUTED = (
    "Our drawback claim was liquidated on 2024-02-29. Until when do we keep the file? And who is a"
    " third-party recordkeeper?"
)
SUM = "dates?record=drawback&claim_filed=2019-05-01&claim_liquidated=2024-02-29"
TABLE = "reference,record,agreement,entry\nE-1,entry,,2024-03-15\nE-2,entry,,2023-02-29\n"
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
#: A view's address, and what is there once it is drawn.
VIEWS = (
    (SUM, ".figure"),
    ("schedule", '[data-testid="stFileUploader"]'),
    ("library", ".tree"),
    ("about", ".prose"),
)

#: Milliseconds that a slow and loaded machine is given, for anything.
PATIENCE = 60_000
#: The page is there, connected, and no run of its script is under way.
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A missing browser is a failure: a page nobody has looked at is not tested."""
    named = os.environ.get("CHROMIUM")
    found = next((path for name in ([named] if named else _NAMES) if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium: 'make test' installs it; or set CHROMIUM=/path/to/it", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(settings: Any) -> Iterator[str]:
    with serving(RECORDKEEPING_INDEX=str(settings.index)) as (url, _):
        yield url


class Tabs:
    """Opens tabs, each of a browser of its own, and remembers every address that any of them asked."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self.asked: list[str] = []

    def open(self, path: str = "", *, scheme: str = "light", width: int = 1280, height: int = 880) -> Page:
        scheme_of: Any = scheme
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme_of
        )
        context.set_default_timeout(PATIENCE)
        tab = context.new_page()
        tab.on("request", lambda request: self.asked.append(request.url))
        self.goto(tab, path)
        return tab

    def goto(self, tab: Page, path: str) -> None:
        tab.goto(f"{self._address}/{path}")
        settled(tab)


@pytest.fixture
def tabs(chromium: Browser, address: str) -> Iterator[Tabs]:
    """A check that nothing but the page's own server was asked goes with them."""
    opened = Tabs(chromium, address)
    yield opened
    for context in chromium.contexts:
        context.close()
    own = (address, "data:", "blob:", "ws://127.0.0.1")
    assert [url for url in opened.asked if not url.startswith(own)] == []


def settled(tab: Page) -> None:
    """Wait until no run of the script is under way, nor follows at once: a run replaces what it draws."""
    quiet, until = 0, time.monotonic() + PATIENCE / 1000
    while quiet < 4 and time.monotonic() < until:
        expect(tab.locator(SETTLED)).to_have_count(1)
        tab.wait_for_timeout(50)
        quiet = quiet + 1 if tab.locator(SETTLED).count() else 0


def until_shown(tab: Page, act: Callable[[], object], shown: Locator) -> None:
    """Act on the settled page; and again, where a run that came between has taken the act away."""
    for again in range(3):
        settled(tab)
        if again and shown.is_visible():
            return
        try:
            act()
            expect(shown).to_be_visible(timeout=PATIENCE / 3)
            return
        except (AssertionError, PlaywrightError):
            continue
    expect(shown).to_be_visible()


def ask(tab: Page, question: str) -> None:
    field = tab.get_by_test_id("stChatInput").locator("textarea")

    def put() -> None:
        expect(field).to_be_enabled()
        field.fill(question)
        field.press("Enter")

    until_shown(tab, put, tab.locator(".conclusion, .words").last)
    settled(tab)


def findings(tab: Page) -> list[str]:
    """What axe-core calls serious or critical."""
    settled(tab)
    moving = "animation.playState === 'running' && animation.effect.getComputedTiming().iterations < 99"
    tab.wait_for_function(f"!document.getAnimations().some(animation => {moving})")
    found = Axe().run(tab).response["violations"]
    return [
        f"{item['id']}: {node['target']} {node['html'][:120]}"
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]


def test_ask_click_the_citation_see_the_words(tabs: Tabs) -> None:
    tab = tabs.open()
    ask(tab, QUESTION)
    conclusion = tab.locator(".conclusion")
    expect(conclusion).to_contain_text("3rd anniversary")
    expect(conclusion).to_be_in_viewport()
    mark = tab.locator("mark").first
    until_shown(tab, tab.get_by_role("button", name="19 U.S.C. § 1508(c)(2)").first.click, mark)
    expect(mark).to_be_in_viewport()
    expect(mark).to_contain_text("drawback")
    expect(tab.locator(".plate")).to_contain_text("Edition")
    expect(tab.locator(".plate")).to_contain_text("n force since")
    settled(tab)
    tab.keyboard.press("Escape")
    expect(mark).to_be_hidden()
    expect(conclusion).to_contain_text("3rd anniversary")
    expect(tab.get_by_test_id("stChatInput")).to_be_in_viewport()


def test_a_reload_and_another_browser(tabs: Tabs) -> None:
    mine = tabs.open()
    ask(mine, "Who has to keep customs records?")
    said = mine.locator(".conclusion").inner_text()
    expect(mine.locator('[class*="st-key-open-"]')).to_be_visible()
    mine.wait_for_url("**/?c=*")
    mine.reload()
    expect(mine.locator(".conclusion")).to_have_text(said)
    other = tabs.open(mine.url.rpartition("/")[2])
    expect(other.get_by_text("there is no conversation")).to_be_visible()
    assert other.locator(".conclusion").count() == 0
    cookies = {cookie["name"]: cookie for cookie in mine.context.cookies()}  # type: ignore[typeddict-item]
    assert cookies["recordkeeping"]["httpOnly"] and cookies["recordkeeping"]["sameSite"] == "Lax"
    assert mine.evaluate("document.cookie").find("recordkeeping=") == -1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_any_view(tabs: Tabs, scheme: str) -> None:
    tab = tabs.open(scheme=scheme)
    ask(tab, "CBP demanded entry records on October 5, 2026. By when must we produce them?")
    found = {"ask": findings(tab)}
    chip, mark = tab.locator('[class*="st-key-chip-"] button').first, tab.locator("mark").first
    until_shown(tab, chip.click, mark)
    found["drawer"] = findings(tab)
    settled(tab)
    tab.keyboard.press("Escape")
    for path, drawn in VIEWS:
        tabs.goto(tab, path)
        expect(tab.locator(drawn).first).to_be_visible()
        if path == "schedule":
            table = {"name": "records.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
            tab.locator("input[type=file]").set_input_files(table)  # type: ignore[arg-type]
            expect(tab.get_by_role("heading", name="When")).to_be_visible()
        found[path] = findings(tab)
        if path == "library":
            compare = tab.get_by_text("Compare", exact=True)
            until_shown(tab, compare.click, tab.locator(".compared ins").first)
            found["compare"] = findings(tab)
    assert {view: faults for view, faults in found.items() if faults} == {}


def test_a_phone_shows_every_view_without_scrolling_sideways(tabs: Tabs) -> None:
    tab = tabs.open(width=390, height=844)
    ask(tab, "Our drawback claim was filed May 1, 2019 and liquidated 2/29/2024. When may we dispose of it?")
    wide = "[document.documentElement, document.querySelector('[data-testid=stMain]')]"
    wide += ".some(part => part.scrollWidth > innerWidth)"
    assert not tab.evaluate(wide)
    expect(tab.locator(".figure strong")).to_contain_text("March 1, 2027")
    for path, drawn in VIEWS:
        tabs.goto(tab, path)
        expect(tab.locator(drawn).first).to_be_visible()
        assert not tab.evaluate(wide), path


def focused(tab: Page) -> str:
    there = "document.activeElement"
    said = f"{there}.innerText || {there}.ariaLabel || ''"
    return str(tab.evaluate(f"{there} === document.body ? '' : {said}"))


def tab_to(tab: Page, words: str, most: int = 80) -> None:
    """The Tab key until what is focused begins with these words."""
    settled(tab)
    for _ in range(most):
        tab.keyboard.press("Tab")
        if focused(tab).startswith(words) and len(focused(tab)) < 80:
            return
    pytest.fail(f"the keyboard does not reach {words!r}", pytrace=False)


def typed(tab: Page, where: str, words: str) -> None:
    """The Tab key until this is true of what is focused, then the words, instead of any that are there."""
    for _ in range(80):
        tab.keyboard.press("Tab")
        if tab.evaluate(f"document.activeElement.{where}"):
            break
    else:
        pytest.fail(f"the keyboard does not reach {where}", pytrace=False)
    tab.keyboard.press("Control+a")
    tab.keyboard.type(words)
    tab.keyboard.press("Enter")


def test_by_keyboard_alone(tabs: Tabs) -> None:
    """A question, the skip to its answer, a citation, the way through every view, and a search."""
    tab = tabs.open()
    expect(tab.get_by_test_id("stChatInput").locator("textarea")).to_be_enabled()
    until_shown(tab, lambda: typed(tab, "tagName === 'TEXTAREA'", QUESTION), tab.locator(".conclusion").first)
    expect(tab.locator(".conclusion")).to_contain_text("3rd anniversary")
    expect(tab.locator(".unseen[role=status]")).to_contain_text("Answered: ")
    settled(tab)
    tab.evaluate("document.activeElement.blur(); document.body.focus()")
    tab_to(tab, "Skip to the answer")
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.activeElement.innerText?.includes('3rd anniversary')")
    tab_to(tab, "19 U.S.C. § 1508(c)(2)", 4)
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.keyboard.press("Enter")
    expect(tab.locator("mark").first).to_be_in_viewport()
    settled(tab)
    tab.keyboard.press("Escape")
    expect(tab.locator("mark").first).to_be_hidden()
    for view, drawn in (
        ("Dates", "Until when"),
        ("Schedule", "A whole table"),
        ("About", "About this"),
        ("Library", "The texts"),
    ):

        def follow(view: str = view) -> None:
            tab_to(tab, view)
            tab.keyboard.press("Enter")

        until_shown(tab, follow, tab.locator("h1", has_text=drawn).first)
    search = "getAttribute('aria-label') === 'Search within this text'"
    until_shown(tab, lambda: typed(tab, search, "certificate of origin"), tab.locator(".count").first)
    expect(tab.locator(".count")).to_contain_text("places say")


def test_a_thumb_and_its_reason(tabs: Tabs) -> None:
    tab = tabs.open()
    ask(tab, "Is it true that every import record must be kept for seven years?")
    field = tab.get_by_label("What is wrong with this answer?")
    until_shown(tab, tab.get_by_label("Not a good answer").click, field)
    settled(tab)
    field.fill("It leaves out the broker.")
    tab.get_by_role("button", name="Send", exact=True).click()
    expect(tab.get_by_text("Thank you.")).to_be_visible()
    expect(tab.locator(".conclusion")).to_be_visible()


def test_links_are_copied_and_files_saved(tabs: Tabs, tmp_path: Path) -> None:
    tab = tabs.open()
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(tab, QUESTION)
    tab.get_by_role("button", name="Copy link").click()
    expect(tab.get_by_role("button", name="Copied")).to_be_visible()
    link = str(tab.evaluate("navigator.clipboard.readText()"))
    again = tabs.open(link.rpartition("/")[2])
    expect(again.locator(".conclusion")).to_contain_text("3rd anniversary")
    elsewhere = tabs.open()
    elsewhere.goto(f"data:text/html,<a href='{link}'>go</a>")
    elsewhere.get_by_role("link").click()
    expect(elsewhere.get_by_test_id("stChatInput").locator("textarea")).to_have_value(QUESTION)
    expect(elsewhere.locator(".welcome")).to_be_visible()
    pdf = tab.get_by_role("button", name="PDF")
    until_shown(tab, tab.get_by_role("button", name="Save").click, pdf)
    settled(tab)
    with tab.expect_download() as saved:
        pdf.click()
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF-")
    tab.keyboard.press("Escape")
    tab.emulate_media(media="print")
    expect(tab.locator(".conclusion")).to_be_visible()
    expect(tab.get_by_test_id("stSidebar")).to_be_hidden()
    expect(tab.get_by_test_id("stChatInput")).to_be_hidden()


def test_a_slow_model_is_stopped_asked_again_and_said_not_to_have_been_used(
    chromium: Browser, settings: Any
) -> None:
    """A computed line is there before the model speaks; *Stop* does not wait for it; nor does an answer."""
    hanging, said = threading.Event(), threading.Event()

    def slow(handler: Handler) -> None:
        hanging.set()
        said.wait(PATIENCE / 100)  # ten times as long as anything here is waited for
        says("{}")(handler)

    environment = {
        "RECORDKEEPING_INDEX": str(settings.index),
        "RECORDKEEPING_CHAT_MODEL": "openai:scripted",
        "RECORDKEEPING_CHAT_TIMEOUT": "600",
    }
    with (
        ScriptedModel().serving() as model,
        serving(**environment, RECORDKEEPING_CHAT_URL=model.url) as (address, _),
    ):
        model.always(slow)
        tab = Tabs(chromium, address).open()
        field = tab.get_by_test_id("stChatInput").locator("textarea")
        expect(field).to_be_enabled()
        for _ in range(2):  # stopped twice, so that one stopped question does not stand in the next one's way
            hanging.clear()
            field.fill(COMPUTED)
            field.press("Enter")
            assert hanging.wait(PATIENCE / 1000)
            expect(tab.locator(".working")).to_contain_text("Asking the language model to phrase it")
            expect(tab.get_by_test_id("stChatMessage").last).to_contain_text("March 1, 2027")
            expect(tab.locator(".figure, .caveats, .welcome").locator("visible=true")).to_have_count(0)
            tab.get_by_role("button", name="Stop").click()
            expect(tab.locator(".working")).to_have_count(0)
            settled(tab)
            expect(field).to_have_value(COMPUTED)
            expect(tab.locator('[class*="st-key-turn-"]')).to_have_count(0)
        said.set()
        model.always(says("Buy a safe. It must be kept for 99 years."))
        field.press("Enter")
        expect(tab.get_by_text("The language model was not used")).to_have_count(1)
        settled(tab)
        expect(tab.locator(".figure strong")).to_contain_text("March 1, 2027")
        expect(field).to_be_enabled()
        expect(tab.get_by_text("The language model was not used")).to_have_count(1)
        assert "99 years" not in tab.locator("body").inner_text()
        expect(tab.locator('[class*="st-key-turn-"]')).to_have_count(1)
        expect(tab.get_by_role("button", name="Stop")).to_have_count(0)
        tab.context.close()
