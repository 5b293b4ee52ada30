# ruff: noqa: E501  A table is easier to check with one row a line.
"""Several wordings of one question, and what is tried where what was read finds nothing."""

from __future__ import annotations

import pytest

from assistant.answering.chain import Request
from assistant.answering.evidence import Scored
from assistant.answering.further import together
from assistant.answering.question import QuestionReader
from assistant.wiring import Assistant
from tests.conftest import TODAY


def _scored(assistant: Assistant, text: str) -> list[Scored]:
    from assistant.search.searcher import Query

    answering = assistant.answering
    reader = QuestionReader(answering._language)
    question = reader.read(text, TODAY, TODAY)
    found = assistant.searcher.search(Query(text, TODAY))
    return answering._evidence.score(question, found)


def test_statements_are_worth_their_average_over_the_wordings(assistant: Assistant) -> None:
    one, other = _scored(assistant, "audit report"), _scored(assistant, "packing list")
    both = together([one, other])
    assert [item.score for item in both] == sorted((item.score for item in both), reverse=True)
    scores = {item.statement.id: item.score for item in both}
    for item in one:
        shared = [o.score for o in other if o.statement.id == item.statement.id]
        assert scores[item.statement.id] == pytest.approx((item.score + sum(shared)) / (1 + len(shared)))
    assert len(scores) == len(both) == len({item.statement.id for item in (*one, *other)})


@pytest.mark.parametrize(
    ("conversation", "said"),
    [
        ("who at customs is allowed to ask for our entry records? | and a summons?", "Commissioner or a designee"),
        ("who has to keep customs records | someone who only buys from a us distributor | which regulation", "163.2"),
        ("CBP is going to audit us. what do they tell us before? | we overpaid on some entries, does that count | do we get it back in cash", "1520"),
        ("can we keep scans only, in the cloud | and if customs says it's no good?", "discontinued"),
        ("can we keep scans only, in the cloud | do they have to say yes?", "mistake to think that CBP approval is needed"),
        ("do slack messages with our supplier count as customs records? | and the old software we need to open the files?", "computer programs"),
        ("The auditors held the closing conference on August 20, 2026. When must the audit report be done? | and do we get a copy", "copy of the formal written audit report"),
        ("We operate a foreign-trade zone. How long for the zone records? | do they have to be shorter | put that in one sentence", "removed from the zone"),
        ("how long do exporters keep papers for exports to Mexico | did the drawback period change too?", "liquidation"),
        ("they want to remove us from the compliance program. what can we do | are we out already while that runs", "removal takes effect"),
        ("who has to keep records | ok and for how long", "5 years"),
    ],
)  # fmt: skip
def test_a_follow_up_finds_what_it_asks_for(assistant: Assistant, conversation: str, said: str) -> None:
    *turns, last = conversation.split(" | ")
    history: list[tuple[str, str]] = []
    for turn in turns:
        reply = assistant.answering.answer(Request(turn, TODAY, TODAY, history=tuple(history)))
        history += [("user", turn), ("assistant", reply.text)]
    reply = assistant.answering.answer(Request(last, TODAY, TODAY, history=tuple(history)))
    assert reply.outcome == "answer"
    assert said in reply.text
