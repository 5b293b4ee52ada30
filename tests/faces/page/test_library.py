"""The Library's tree and comparison, and the period drawn beside a date."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from assistant.faces.rendering.compare import compare, own_words, words_html
from assistant.faces.rendering.period import period_html
from assistant.faces.rendering.tree import tree_html
from assistant.law import Citation, Document, Provision, Span
from assistant.reading.corpus import read_corpus
from assistant.retention.values import Deadline
from assistant.settings import Settings
from tests.conftest import PATIENCE
from tests.faces.page.reading import html, text


@pytest.fixture(scope="module")
def held() -> dict[str, Document]:
    return {document.id: document for document in read_corpus(Settings().corpus)}


def document(id: str, words: dict[str, str]) -> Document:
    """A text with one provision an entry."""
    whole, provisions, section = "", [], Citation.parse("19 U.S.C. § 1508")
    for path, own in words.items():
        start = len(whole)
        whole += own + "\n"
        provisions.append(Provision(section.child(path), "", start, len(whole), Span(), 1))
    return Document(id, id, section, "statute", "1", Span(), whole, "0" * 64, "", tuple(provisions))


def read(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize("id", ["usc-19-1508@2011-10-21", "digest-cfr-19-163@2025-01-01"])
def test_a_tree_has_every_word_of_its_text_once(held: dict[str, Document], id: str) -> None:
    drawn = re.sub(r'<button.*?</button>|<b>.*?</b>|<p class="span.*?</p>', " ", tree_html(held[id])[0])
    shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", drawn)).split())
    statements = [node for node in held[id].provisions if node.statement]
    for node in statements:
        assert " ".join(held[id].text[node.start : node.end].split()) in shown
    if not statements:
        there, wanted = (Counter(re.findall(r"[A-Za-z]{4,}", text)) for text in (shown, held[id].text))
        assert not wanted - there, "no word is left out"
        assert sum((there - wanted).values()) < 0.01 * sum(wanted.values()), "nor shown twice, but headings"


def test_a_search_shows_only_where_the_words_stand(held: dict[str, Document]) -> None:
    drawn, hits = tree_html(held["usc-19-1508@2011-10-21"], "DRAWBACK   claim")
    marked = re.findall(r"<mark>(.*?)</mark>", drawn)
    assert hits == len(marked) > 1
    assert {" ".join(words.lower().split()) for words in marked} == {"drawback claim"}
    assert "Chile" not in read(drawn)
    assert tree_html(held["usc-19-1508@2011-10-21"], "<script>") == ('<div class="law tree"></div>', 0)


def test_two_editions_word_by_word() -> None:
    first = document("a", {"a": "(a) kept for 5 years from entry", "b": "(b) gone", "c": "(c) the same"})
    second = document("b", {"a": "(a) kept for 3 years from entry", "c": "(c) the  same", "d": "(d) new"})
    rows = {str(row.citation)[-3:]: row.difference for row in compare(first, second)}
    assert rows == {"(a)": "changed", "(b)": "only_first", "(c)": "same", "(d)": "only_second"}
    drawn = words_html("kept for 5 years <b>", "kept for 3 years <b>")
    assert re.sub(r'<span class="unseen">.*?</span>', "", drawn).split(" ") == [
        "kept", "for", "<del>5</del>", "<ins>3</ins>", "years", "&lt;b&gt;", "",
    ]  # fmt: skip
    assert "removed: " in drawn and "added: " in drawn, "not by colour alone"


def test_what_is_below_a_provision_is_compared_there(held: dict[str, Document]) -> None:
    statute = held["usc-19-1508@2011-10-21"]
    node = statute.provision(Citation.parse("19 U.S.C. § 1508(c)"))
    assert node is not None
    own = own_words(statute, node)
    assert own.startswith("(c) Period of time The records required by") and own.endswith("except that—")


def _library() -> None:
    from datetime import date

    from assistant.faces.page import library
    from assistant.faces.page.desk import Desk
    from tests.faces.page.reading import held_texts

    documents = held_texts()
    today = date(2026, 11, 22)
    library.show(Desk(None, "", documents, today, today))


def test_the_library_reads_searches_and_compares() -> None:
    page = AppTest.from_function(_library, default_timeout=PATIENCE).run()
    assert not page.exception and "Superseded." in text(page)
    page.text_input(key="library-search").set_value("merchandise").run()
    assert "places say" in text(page)
    page.segmented_control(key="library-mode").set_value("Compare").run()
    assert not page.exception
    assert "<del>" in html(page) and "<ins>" in html(page)


def deadline(trigger: date, end: date, today: date, kind: str = "keep_through") -> Deadline:
    return Deadline(kind, "r", "entry", "entry", trigger, "P5Y", "fixed", end, (), (), today)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 22), "First day after this period: March 2, 2027"),
        (date(2040, 1, 1), "First day after this period: March 2, 2027"),  # long past
        (date(2020, 1, 1), "February 29, 2024"),  # not yet begun
        (date(2027, 3, 1), "Today, March 1, 2027"),
    ],
)
def test_a_period_is_drawn_with_every_day_in_words(today: date, said: str) -> None:
    drawn = period_html(deadline(date(2024, 2, 29), date(2027, 3, 1), today))
    assert said in read(drawn) and 'role="img"' in drawn and "Keep through March 1, 2027" in drawn
    for percent in re.findall(r"(?:left|width):([\d.]+)%", drawn):
        assert 0 <= float(percent) <= 100


def test_the_last_day_of_the_calendar_is_drawn() -> None:
    drawn = period_html(deadline(date(9998, 1, 1), date.max, date(2026, 1, 1), "due_by"))
    assert "Due by December 31, 9999" in drawn and "First day after" not in drawn
