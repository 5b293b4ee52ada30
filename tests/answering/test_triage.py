"""What is no question and what is not answered, decided before any search."""

from __future__ import annotations

import pytest

from assistant.answering.triage import Triage
from assistant.reading.language import read_language
from tests.conftest import ROOT

TRIAGE = Triage(read_language(ROOT / "corpus"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hi",
        "Hello!",
        "thanks",
        "what can you do?",
        "...",
        "a",
        "記録",
        "¿Cuánto tiempo debo guardar los documentos?",
    ],
)
def test_no_question(text: str) -> None:
    assert TRIAGE.courtesy(text)


@pytest.mark.parametrize(
    "text",
    [
        "How long must I keep entry records?",
        "Hello, how long must I keep entry records?",
        "163.4(a)",
        "drawback retention",
        "El Salvador certificate under CAFTA-DR, how long?",
    ],
)
def test_a_question(text: str) -> None:
    assert TRIAGE.courtesy(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("What is the HTS classification of a rubber duck?", "out_of_scope"),
        ("What is the duty rate on steel?", "out_of_scope"),
        ("How do I backdate a certificate?", "unlawful"),
        ("How long does EAR require export control records to be kept?", "out_of_scope"),
    ],
)
def test_topics(text: str, reason: str) -> None:
    topic = TRIAGE.topic(text)
    assert topic is not None
    assert topic.reason == reason
    assert topic.answer.strip()


@pytest.mark.parametrize("text", ["How long must entry records be kept?", "Who must keep records?"])
def test_what_is_answered(text: str) -> None:
    assert TRIAGE.topic(text) is None
