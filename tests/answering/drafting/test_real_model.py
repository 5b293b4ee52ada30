"""A real model behind a real HTTP endpoint: it babbles, and the answer stays right.

The model is small and was never taught to follow instructions. What is shown is that nothing wrong
gets through, and that the way to a real server and back works: schema, stream, tokens. It takes the
likeliest word each time, and may take minutes for them on a slow machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.answering.drafting.faults import TOO_LONG
from assistant.answering.reply import Reply
from assistant.search.index import open_index
from assistant.settings import Settings
from assistant.wiring import Assistant, join
from tests.conftest import TODAY

QUESTION = "How many days do I have to respond to a demand for records?"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def babbled(settings: Settings, real_model: str) -> Iterator[Reply]:
    chosen = replace(
        settings, chat_model="openai:gemma-3-270m", chat_url=real_model, chat_timeout=600, private=True
    )
    babbling = join(chosen, open_index(settings.index, settings.model))
    reply = babbling.ask(QUESTION, as_of=TODAY, today=TODAY)
    babbling.close()
    print(reply.model, reply.usage, reply.timings, reply.findings, sep="\n  ")
    yield reply


def test_a_babbling_model_changes_no_answer(babbled: Reply, assistant: Assistant) -> None:
    composed = assistant.ask(QUESTION, as_of=TODAY, today=TODAY)
    assert babbled.outcome == "answer"
    assert set(babbled.citations) == set(composed.citations)
    assert (babbled.deadlines, babbled.amounts) == (composed.deadlines, composed.amounts)
    for quote in (quote for claim in babbled.claims for quote in claim.quotes):
        assert assistant.documents[quote.document].text[quote.start : quote.end] == quote.text
    if babbled.model is None:
        assert babbled.claims == composed.claims
        assert babbled.caveats[:-1] == composed.caveats


def test_a_real_server_counts_tokens_and_keeps_to_the_schema(babbled: Reply) -> None:
    """What it writes is read as a draft: the server held the model to the form, and closed the stream."""
    assert babbled.usage is not None
    assert babbled.usage.calls >= 1
    said = " ".join(babbled.caveats)
    assert "reached" not in said, "the server was there"
    assert "rejected" not in said, "and took the request"
    assert "within" not in said, "and had the time it needs"
    if TOO_LONG in said:  # a machine that rounds otherwise may lead it on; it was cut off before it counted
        return
    assert (babbled.usage.tokens_in or 0) > 300
    assert (babbled.usage.tokens_out or 0) > 5
    assert babbled.findings, "its draft was read, and judged"
    assert "did not have the form" not in said
