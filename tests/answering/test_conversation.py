"""Follow-ups take what they lack from the turns before, and nothing else does."""

from __future__ import annotations

import pytest

from assistant.answering.conversation import earlier
from assistant.answering.reply import Reply
from assistant.wiring import Assistant
from tests.conftest import TODAY

FIRST = "How long must an exporter keep records for a Korea certificate of origin?"


def _ask(assistant: Assistant, question: str, *before: str) -> Reply:
    history = tuple(turn for text in before for turn in (("user", text), ("assistant", "…")))
    return assistant.ask(question, as_of=TODAY, today=TODAY, history=history)


@pytest.mark.parametrize(
    ("follow_up", "agreement"), [("And for Chile?", "Chile"), ("What about Panama?", "Panama")]
)
def test_a_follow_up_changes_the_agreement(assistant: Assistant, follow_up: str, agreement: str) -> None:
    reply = _ask(assistant, follow_up, FIRST)
    assert reply.outcome == "answer"
    assert agreement in reply.claims[0].text
    assert reply.question == follow_up


def test_a_question_that_stands_alone_takes_nothing(assistant: Assistant) -> None:
    question = "What is the penalty for a willful failure to produce entry records on demand?"
    alone, after = _ask(assistant, question), _ask(assistant, question, FIRST)
    assert after.text == alone.text


def test_an_answer_to_what_was_asked(assistant: Assistant) -> None:
    asked = _ask(assistant, "How long must I keep the certificate of origin?")
    assert [missing.fact for missing in asked.missing] == ["agreement"]
    assert _ask(assistant, "Chile", "How long must I keep the certificate of origin?").outcome == "answer"


@pytest.mark.parametrize("follow_up", ["And for Chile?", "why", "it", "", "😀"])
@pytest.mark.parametrize("before", ["", "😀", "x" * 50_000, "hello", "\udcff"])
def test_no_history_breaks_a_reply(assistant: Assistant, follow_up: str, before: str) -> None:
    assert _ask(assistant, follow_up, before, before).text


def test_only_the_last_turns_of_the_person_count() -> None:
    history = [(role, f"{role} {n}") for n in range(15) for role in ("user", "assistant")]
    assert earlier(history) == [f"user {n}" for n in range(3, 15)]
    assert earlier([("user", "  "), ("assistant", "x")]) == []
