"""A real model behind a real HTTP endpoint: it babbles, and the answers stay right.

The model is small and was never taught to follow instructions. What is shown is that nothing wrong
gets through, and that the way to a real server and back works: schema, stream, tokens.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answering.computing import authorities
from assistant.answering.grounding import Ground
from assistant.wiring import Assistant
from tests.conftest import TODAY

QUESTIONS = [
    "How many days do I have to respond to a demand for records?",
    "How long must Chile certificates be kept?",
]


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_babbling_model_changes_no_answer(
    with_model: Callable[..., Assistant], assistant: Assistant, real_model: str
) -> None:
    babbling = with_model(
        chat_model="openai:gemma-3-270m", chat_url=real_model, chat_timeout=20, private=True
    )
    ground = Ground(assistant.documents, authorities())
    for question in QUESTIONS:
        reply = babbling.ask(question, as_of=TODAY, today=TODAY)
        composed = assistant.ask(question, as_of=TODAY, today=TODAY)
        print(question, reply.model, reply.usage, reply.timings, reply.findings, sep="\n  ")
        assert reply.outcome == "answer"
        assert set(reply.citations) == set(composed.citations)
        assert reply.usage is not None
        assert reply.usage.calls >= 1
        for claim in reply.claims:
            assert claim in composed.claims or ground.check_draft(claim, TODAY) == []
        for quote in (quote for claim in reply.claims for quote in claim.quotes):
            assert assistant.documents[quote.document].text[quote.start : quote.end] == quote.text
        if reply.model is None:
            assert reply.claims == composed.claims
            assert reply.caveats[:-1] == composed.caveats
            assert "reached" not in reply.caveats[-1], "the server was there"
            assert "rejected" not in reply.caveats[-1], "and took the request"


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_real_server_counts_tokens_and_keeps_to_the_schema(
    with_model: Callable[..., Assistant], real_model: str
) -> None:
    """What it writes is read as a draft: the server held the model to the form, and closed the stream."""
    babbling = with_model(chat_model="openai:gemma-3-270m", chat_url=real_model, chat_timeout=90)
    reply = babbling.ask(QUESTIONS[0], as_of=TODAY, today=TODAY)
    assert reply.usage is not None
    assert (reply.usage.tokens_in or 0) > 300
    assert (reply.usage.tokens_out or 0) > 5
    assert not any("JSON" in finding.fault for finding in reply.findings)
