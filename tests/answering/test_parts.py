"""One message, several questions: where it is cut, and what is said of the part left open."""

from __future__ import annotations

import pytest

from assistant.answering.parts import parts
from assistant.answering.wording import left_open
from assistant.reading.language import read_language
from tests.conftest import ROOT

LANGUAGE = read_language(ROOT / "corpus")


@pytest.mark.parametrize(
    ("message", "cut"),
    [
        ("How long do I keep entry records?", ["How long do I keep entry records?"]),
        ("How long, and what is the fine?", ["How long", "what is the fine?"]),
        (
            "Which firm should handle our audit? Also, how long must drawback records be kept",
            ["Which firm should handle our audit?", "how long must drawback records be kept"],
        ),
        ("What must we prove? list", ["What must we prove? list"]),
        (
            "We ship to Korea. How long do we keep the file, and what is the fine?",
            ["We ship to Korea. How long do we keep the file", "We ship to Korea. what is the fine?"],
        ),
        (
            "How long for Korea and Panama certificates?",
            ["How long for Korea certificates?", "How long for Panama certificates?"],
        ),
        (
            "Compare Chile, Peru and Korea.",
            ["Compare Chile.", "Compare Peru.", "Compare Korea."],
        ),
        (
            "How long for Honduras (CAFTA-DR) and Korea certificates?",
            ["How long for Honduras (CAFTA-DR) certificates?", "How long for Korea certificates?"],
        ),
        ("Unlike Peru, Korea counts from issue?", ["Unlike Peru, Korea counts from issue?"]),
        (
            "A maximum in (i) § 1508(e)(1), (ii) § 1508(l), (iii) § 1509(g)(2)?",
            [
                "A maximum in (i) § 1508(e)(1)?",
                "A maximum in (i) § 1508(l)?",
                "A maximum in (i) § 1509(g)(2)?",
            ],
        ),
        ("Do § 1508(c)(1) and 163.4(a) agree?", ["Do § 1508(c)(1) and 163.4(a) agree?"]),
    ],
)
def test_where_a_message_is_cut(message: str, cut: list[str]) -> None:
    assert parts(message, LANGUAGE) == cut


@pytest.mark.parametrize(
    ("asked", "unanswered", "said"),
    [
        ("a", "a", ""),
        ("ab", "", ""),
        ("ab", "b", "To the second question"),
        ("abc", "ac", "To the first and third questions"),
    ],
)
def test_the_question_left_open_is_named(asked: str, unanswered: str, said: str) -> None:
    found = left_open(tuple(asked), tuple(unanswered))
    assert [text[: len(said)] for text in found] == ([said] if said else [])
