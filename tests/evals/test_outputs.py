"""JUnit, gains and losses, and the page: read back by whoever reads them."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
from playwright.sync_api import sync_playwright

from evals.changes import changes, lines, markdown
from evals.findings import Kind
from evals.gate import Baseline, Floor, Stored, faults, figures, fingerprint
from evals.junit import junit
from evals.page import page
from evals.run import Result
from evals.words import FIGURES, FINDINGS
from tests.evals.made import ANSWER, REFUSAL, case, result

NASTY = "<script>alert('x')</script> & \x0b **bold** `code` @everyone #1 | ]]>"
RESULTS = [
    result(case("right", kind="premise")),
    result(case("lost", question=NASTY), replace(ANSWER, text=NASTY), "not_said", "wrong_date"),
    result(case("gained", agreement="korea"), agreements=("korea",)),
    result(case("broke"), None, "error"),
    result(case("new", outcome="refusal", group="g"), REFUSAL, conversation="talk"),
    result(case("new-wrong", kind="conversation"), ANSWER, "outcome", conversation="talk"),
]


def _stored(right: bool, one: Result) -> Stored:
    return Stored(right, fingerprint(one.case))


BEFORE = Baseline(
    {"cases_right": 0.75, "answers_right": 0.5, "median_ms": 900.0},
    {
        "right": _stored(True, RESULTS[0]),
        "lost": _stored(True, RESULTS[1]),
        "gained": _stored(False, RESULTS[2]),
        "broke": Stored(False, "another"),
        "gone": Stored(True, "0"),
    },
)


def test_junit_is_well_formed_and_counts() -> None:
    red = faults(RESULTS, None, BEFORE)
    written = BytesIO()
    junit(RESULTS, red).write(written, "utf-8", xml_declaration=True)
    root = ElementTree.fromstring(written.getvalue())
    evals, gate = root.findall("testsuite")
    assert {name: evals.get(name) for name in ("tests", "failures", "errors")} == {
        "tests": "6",
        "failures": "2",
        "errors": "1",
    }
    cases = evals.findall("testcase")
    assert [each.get("name") for each in cases] == [one.case.id for one in RESULTS]
    assert [child.tag for each in cases for child in each] == [
        "failure",
        "system-out",
        "error",
        "failure",
        "system-out",
    ]
    failure = cases[1].find("failure")
    assert failure is not None and failure.text is not None
    assert failure.text.startswith("<script>alert('x')</script> & \ufffd **bold**")
    assert gate.get("failures") == "1"
    written = BytesIO()
    junit([RESULTS[0]], ()).write(written)
    assert b"failure " not in written.getvalue()


def test_changes_against_a_baseline() -> None:
    found = changes(RESULTS, BEFORE)
    ids = [[one.case.id for one in some] for some in (found.gains, found.losses, found.new)]
    assert ids == [["gained"], ["lost"], ["new", "new-wrong"]]
    assert (found.gone, found.regraded) == (("gone",), ("broke",))
    moved = {name: (before, now) for name, before, now in found.figures}
    assert moved["cases_right"] == (0.75, 0.5)
    assert "median_ms" not in moved
    said = lines(found)
    for part in (
        "gained  gained",
        "LOST    lost",
        "gone    gone",
        "2 cases, 1 of them right",
        "0.750 to 0.500",
    ):
        assert part in said
    same = Baseline(
        {name: figure.value for name, figure in figures([RESULTS[0]]).items() if figure.value is not None},
        {"right": _stored(True, RESULTS[0])},
    )
    assert lines(changes([RESULTS[0]], same)) == "No case and no figure has changed."
    assert markdown([RESULTS[0]], (), same).endswith("No case and no figure has changed.\n")


def test_the_comment_says_losses_and_gains_and_lets_no_question_be_markup() -> None:
    said = markdown(RESULTS, faults(RESULTS, None, BEFORE), BEFORE)
    assert said.startswith("### Evals: red · 3 of 6 cases right\n")
    for part in (
        "**Lost** (1)",
        "**Gained** (1)",
        "**New and not right** (1)",
        "- `gone`",
        "| cases right | 0.750",
    ):
        assert part in said
    assert "<script" not in said
    assert not re.search(r"(?<!\\)\*\*bold|@everyone|#1(?!\d)", said)
    assert markdown([RESULTS[0]], (), BEFORE).startswith("### Evals: green · 1 of 1")


def test_a_long_list_is_folded() -> None:
    many = [result(case(f"c-{n}"), ANSWER, "not_said") for n in range(13)]
    said = markdown(many, (), Baseline({}, {one.case.id: _stored(True, one) for one in many}))
    assert "<details><summary><b>Lost</b> (13)</summary>\n\n- `c-0`" in said


class _Page(HTMLParser):
    """What a page would fetch, and whether its elements are closed."""

    VOID = ("meta", "br", "link", "img")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        self.fetched += [value or "" for name, value in attributes if name in ("src", "href", "xlink:href")]

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def drawn() -> str:
    floor = Floor({"answers_right": 0.9}, {"wrong_or_misgrounded": 0.1})
    return page(RESULTS, faults(RESULTS, floor, BEFORE), floor, BEFORE)


def test_the_page_is_whole_and_fetches_nothing(drawn: str) -> None:
    parser = _Page()
    parser.feed(drawn)
    assert parser.open == []
    assert all(address.startswith("#") for address in parser.fetched)
    assert "<script" not in drawn and "url(" not in drawn
    assert drawn.count("<svg role") == 6
    assert "#00000" not in drawn


def test_a_green_page_and_one_of_nothing_to_compare_with() -> None:
    said = page([RESULTS[0]], (), None, Baseline({}, {}))
    assert "The evals are green" in said
    assert "There is no baseline to compare with yet." in said
    assert "<p>There is none.</p>" in said


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_opens_in_a_browser(drawn: str, tmp_path: Path, scheme: str) -> None:
    (tmp_path / "evals.html").write_text(drawn, "utf-8")
    asked: list[str] = []
    said: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        shown.on("request", lambda request: asked.append(request.url))
        shown.on("console", lambda message: said.append(message.text))
        shown.goto((tmp_path / "evals.html").as_uri())
        assert shown.get_by_role("heading", level=1).inner_text() == "The evals are red"
        # Nothing but the plots is wider than a telephone, and they scroll by themselves.
        assert shown.evaluate("document.documentElement.scrollWidth") == 390
        colour = shown.evaluate("getComputedStyle(document.querySelector('svg text')).fill")
        paper = shown.evaluate("getComputedStyle(document.body).backgroundColor")
        assert sum(map(int, re.findall(r"\d+", colour)[:3])) // 384 == (0 if scheme == "light" else 1)
        assert sum(map(int, re.findall(r"\d+", paper)[:3])) // 384 == (1 if scheme == "light" else 0)
        shown.locator("details.case summary").first.click()
        assert shown.locator("details.case[open] .reply").inner_text().startswith("Five years.")
        browser.close()
    assert (len(asked), said) == (1, [])


def test_every_figure_and_every_finding_has_words() -> None:
    assert FIGURES.keys() == figures(()).keys()
    assert FINDINGS.keys() == set(get_args(Kind))
