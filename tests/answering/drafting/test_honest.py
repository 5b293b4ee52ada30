"""A model that says what the sources say is heard; what it leaves out stays in our own words."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answering.reply import Reply
from assistant.wiring import Assistant
from tests.answering.drafting.honest import HONEST, LOST, Row, draft
from tests.answering.drafting.lies import honest
from tests.answering.drafting.server import ScriptedModel
from tests.conftest import TODAY

BOTH = (
    "Our drawback claim was liquidated on 2024-02-29. Until when do we keep the file? And who is a"
    " third-party recordkeeper?"
)


def ask(assistant: Assistant, question: str) -> Reply:
    return assistant.ask(question, as_of=TODAY, today=TODAY)


def test_most_honest_drafts_are_used(speaking: Assistant, assistant: Assistant, model: ScriptedModel) -> None:
    used, fits = 0, 0
    for row in HONEST:
        drafts: list[Any] = []
        model.drafts(lambda sent, row=row, drafts=drafts: drafts.append(draft(sent, row)) or drafts[-1] or [])  # type: ignore[misc, func-returns-value]
        reply, composed = ask(speaking, row[0]), ask(assistant, row[0])
        if not drafts or drafts[0] is None:
            continue
        fits += 1
        used += reply.model is not None
        assert set(composed.citations) == set(reply.citations)
        assert set(composed.caveats) <= set(reply.caveats)
        if reply.model:
            sentence = reply.claims[0].text.removeprefix("No. ")
            assert "{{" not in reply.text
            assert sentence not in composed.text, "the sentence is the model's own"
            assert reply.claims[1:] == composed.claims[1:], "what it leaves out stays"
    assert fits >= 20
    assert used / fits >= 0.95, f"{used} of {fits}"


@pytest.mark.parametrize("row", LOST, ids=[row[0] for row in LOST])
def test_a_draft_in_words_of_its_own_leaves_the_composed_answer(
    speaking: Assistant, assistant: Assistant, model: ScriptedModel, row: Row
) -> None:
    model.drafts(lambda sent: draft(sent, row) or [])
    reply, composed = ask(speaking, row[0]), ask(assistant, row[0])
    assert reply.model is None
    assert reply.claims == composed.claims
    assert reply.findings


@pytest.mark.parametrize(
    "question", [HONEST[0][0], HONEST[1][0], "Is it true that records must be kept for 7 years?", BOTH]
)
def test_the_sources_themselves_are_always_a_good_draft(
    speaking: Assistant, assistant: Assistant, model: ScriptedModel, question: str
) -> None:
    model.drafts(honest)
    reply, composed = ask(speaking, question), ask(assistant, question)
    assert reply.model == "openai:scripted"
    assert reply.findings == ()
    assert reply.text == composed.text
    assert {claim.text for claim in reply.claims} == {claim.text for claim in composed.claims}


def test_computed_lines_stay_and_are_not_handed_over(
    speaking: Assistant, assistant: Assistant, model: ScriptedModel
) -> None:
    model.drafts(honest)
    reply, composed = ask(speaking, BOTH), ask(assistant, BOTH)
    assert reply.claims[0] == composed.claims[0]
    assert (reply.keep_through, reply.deadlines) == (composed.keep_through, composed.deadlines)
    sent = str(model.requests[0]["messages"])
    assert "March 1, 2027" not in sent, "the model has no use for the value"
    assert "[date]" in sent


def test_a_verdict_stays_before_a_drafted_conclusion(
    speaking: Assistant, assistant: Assistant, model: ScriptedModel
) -> None:
    row = next(row for row in HONEST if "7 years" in row[0])
    model.drafts(lambda sent: draft(sent, row))
    reply = ask(speaking, row[0])
    assert ask(assistant, row[0]).claims[0].text.startswith("No. ")
    assert reply.model is not None
    assert reply.claims[0].text.startswith("No. Except as 19 CFR 163.4(b) provides, any record")


def test_a_source_told_by_half_stays_in_our_words(
    speaking: Assistant, assistant: Assistant, model: ScriptedModel
) -> None:
    """All sources named, one told: the others are not lost."""
    question = "Is a packing list a five-year record?"

    def greedy(sent: dict[str, Any]) -> object:
        first = honest(sent)[0]
        return [first | {"passages": [source["id"] for source in sent["sources"]]}]

    model.drafts(greedy)
    reply, composed = ask(speaking, question), ask(assistant, question)
    said = {claim.text for claim in reply.claims}
    assert {claim.text for claim in composed.claims} <= said


def test_a_draft_that_is_mended_is_used_and_its_faults_are_recorded(
    speaking: Assistant, model: ScriptedModel
) -> None:
    row = next(row for row in HONEST if "3rd anniversary" in row[1])
    tries: list[object] = []

    def second_thoughts(sent: dict[str, Any]) -> object:
        made = draft(sent, row)
        assert made is not None
        tries.append(made)
        return made if len(tries) == 2 else [made[0] | {"text": made[0]["text"].replace("3rd", "4th")}]

    model.drafts(second_thoughts)
    reply = ask(speaking, row[0])
    assert reply.model == "openai:scripted"
    assert any("4 years" in finding.fault for finding in reply.findings)
    assert "4th" not in reply.text
    assert reply.usage is not None
    assert (reply.usage.calls, reply.usage.tokens_in, reply.usage.tokens_out) == (2, 200, 40)
    told = model.requests[1]["messages"]
    assert [message["role"] for message in told] == ["system", "user", "assistant", "user"]
    assert "4 years" in told[3]["content"], "the model is told what was found"


@pytest.mark.parametrize(
    "question",
    [
        "How long must I keep the certificate of origin?",
        "How do I backdate a certificate of origin?",
        "What is the HTS classification of a rubber duck?",
        "hello",
        "",
    ],
)
def test_where_there_is_nothing_to_phrase_nobody_is_asked(
    speaking: Assistant, assistant: Assistant, model: ScriptedModel, question: str
) -> None:
    model.drafts(honest)
    reply = ask(speaking, question)
    assert model.requests == []
    assert (reply.model, reply.usage, reply.findings) == (None, None, ())
    assert reply.text == ask(assistant, question).text
