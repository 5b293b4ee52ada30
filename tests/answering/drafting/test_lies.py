"""A model that lies in every way we could think of: nobody is shown a word of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.answering.drafting.faults import TOO_LONG
from assistant.answering.drafting.marking import Marker
from assistant.answering.drafting.pack import pack
from assistant.answering.grounding import Ground
from assistant.answering.reply import Reply
from assistant.wiring import Assistant
from tests.answering.drafting.lies import LIES
from tests.answering.drafting.server import ScriptedModel
from tests.at_length import count
from tests.conftest import TODAY

QUESTIONS = [
    "How long must entry records be kept?",
    "Is a packing list a five-year record?",
    "What is the penalty for a negligent failure to produce records?",
    "How long must drawback records be kept?",
    "How long must an exporter keep a KORUS certification of origin?",
    "How long must a USMCA exporter keep records?",
    "How long does a broker keep records?",
    "How many days do I have to respond to a demand for records?",
    "Is it true that records must be kept for 7 years?",
    "How long did NAFTA exporters keep certificates of origin in 2015?",
    "How long must Chile certificates be kept?",
    "Can a penalty be avoided if the records were destroyed by a flood?",
    "May we keep customs records in cloud storage?",
]
#: Questions that one lie is put to, of those it fits.
MOST = count(2, 12)
#: A lie begins with the words without marks, so that what it spoils is found.
UNMARKED = Marker(Ground({}))
CAVEAT = "The language model was not used: "


@pytest.fixture(scope="module")
def composed(assistant: Assistant) -> dict[str, Reply]:
    """What is answered without a model, where it is an answer."""
    replies = [assistant.ask(question, as_of=TODAY, today=TODAY) for question in QUESTIONS]
    return {reply.question: reply for reply in replies if reply.outcome == "answer"}


def sent_for(composed: Reply) -> dict[str, Any]:
    """The material that a model would be sent, as a lie takes it."""
    material: dict[str, Any] = json.loads(pack(composed.question, TODAY, composed.claims, UNMARKED).to_json())
    return material


def stands_as_composed(reply: Reply, composed: Reply) -> None:
    """The answer is the composed one, with one caveat more and nothing else changed."""
    assert reply.model is None
    assert reply.outcome == "answer"
    assert reply.claims == composed.claims
    assert (reply.deadlines, reply.amounts) == (composed.deadlines, composed.amounts)
    assert reply.caveats[:-1] == composed.caveats
    assert reply.caveats[-1].startswith(CAVEAT)
    assert sum(caveat.startswith(CAVEAT) for caveat in reply.caveats) == 1
    added = reply.text.replace(f"- *{reply.caveats[-1]}*", "").strip()
    assert added == composed.text


@pytest.mark.length
@pytest.mark.parametrize("name", LIES)
def test_no_lie_reaches_anybody(
    speaking: Assistant, model: ScriptedModel, composed: dict[str, Reply], name: str
) -> None:
    fits = [question for question in composed if LIES[name](sent_for(composed[question])) is not None]
    assert fits, "no question has what this lie would spoil"
    for question in fits[:MOST]:
        model.drafts(LIES[name])
        reply = speaking.ask(question, as_of=TODAY, today=TODAY)
        stands_as_composed(reply, composed[question])
        if TOO_LONG in reply.caveats[-1]:
            continue
        assert reply.findings, "what was thrown away is recorded"
        assert len(model.requests) == 2, "once more, and no more"


def test_there_are_enough_lies() -> None:
    assert len(LIES) >= 100
