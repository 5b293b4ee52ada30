"""The page gives the Reply that ``ask --json`` gives, for questions as people ask them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.answering.reply import Reply
from assistant.conversations import Store
from assistant.faces.page.talk import Talk
from assistant.wiring import Assistant
from tests.at_length import count
from tests.faces.load import eval_questions
from tests.faces.page.conftest import Opening
from tests.faces.page.reading import ask

COUNT = count(20, 100)


def compared(reply: Reply) -> dict[str, Any]:
    """All of a reply but the time it took and the name it was given."""
    return {name: value for name, value in reply.to_json().items() if name not in ("timings", "id")}


@pytest.mark.length
def test_the_page_says_what_ask_says(opening: Opening, store: Store, assistant: Assistant) -> None:
    questions = sorted(set(eval_questions()))
    questions = [q for q in questions[:: len(questions) // COUNT] if q.strip()][:COUNT]
    page = opening()
    for question in questions:
        page.session_state["talk"] = Talk()
        ask(page, question)
        assert not page.exception
    kept = [
        store.turns(summary.id, owner="page:one")[0].reply
        for summary in store.conversations("page:one", limit=200)
    ]
    said = {reply.question: compared(reply) for reply in kept}
    assert len(said) == len(questions) == COUNT
    for question in questions:
        today = date.fromisoformat(said[question.strip()]["today"])
        reply = assistant.ask(question.strip(), as_of=today, today=today)
        assert said[question.strip()] == compared(reply), question
