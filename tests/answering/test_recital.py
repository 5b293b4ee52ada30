"""What asks only for the words at a place of the law."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.question import QuestionReader
from assistant.answering.recital import nowhere, recites
from assistant.reading.language import read_language
from tests.conftest import ROOT

READER = QuestionReader(read_language(ROOT / "corpus"))
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "only_the_place"),
    [
        ("1508(c)(2)?", True),
        ("What does 19 CFR 163.4(b)(2) say?", True),
        ("can you please explain 19 U.S.C. § 1509(a)(2)", True),
        ("163.6(a) and 163.7(a)", True),
        ("What does 19 CFR 163.4(b)(2) say about packing lists?", False),
        ("How long under 163.4(a)?", False),
        ("What does the law say?", False),
        ("", False),
    ],
)
def test_a_question_for_a_place_alone(text: str, only_the_place: bool) -> None:
    assert recites(READER.read(text, TODAY, TODAY)) is only_the_place


def test_of_what_is_not_found_nothing_is_held() -> None:
    assert nowhere(READER.read("163.99", TODAY, TODAY), [])
