"""Streaming: the steps as they begin, then only what has been checked, and the Reply last."""

from __future__ import annotations

import threading

import pytest

from assistant.answering.chain import Request
from assistant.answering.reply import Reply
from assistant.answering.stream import STEPS, Sentence, Step
from assistant.wiring import Assistant
from tests.answering.drafting.honest import HONEST, draft
from tests.answering.drafting.lies import LIES, honest
from tests.answering.drafting.server import Handler, ScriptedModel, says
from tests.answering.drafting.test_honest import BOTH
from tests.conftest import TODAY

PLAIN = ["reading", "computing", "search", "composing"]


def told(assistant: Assistant, question: str) -> tuple[list[str], list[str], Reply]:
    """The names of the steps, the sentences, and the Reply."""
    items = list(assistant.stream(question, as_of=TODAY, today=TODAY, id="7"))
    reply = items[-1]
    assert isinstance(reply, Reply)
    assert reply.id == "7"
    assert not any(isinstance(item, Reply) for item in items[:-1])
    steps = [item for item in items if isinstance(item, Step)]
    assert all(step.words == STEPS[step.name] for step in steps)
    return [s.name for s in steps], [item.text for item in items if isinstance(item, Sentence)], reply


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        (HONEST[0][0], PLAIN),
        (BOTH, PLAIN),
        ("What is the HTS classification of a rubber duck?", ["reading"]),
        ("How long must I keep the certificate of origin?", PLAIN),
        ("", ["reading"]),
    ],
)
def test_without_a_model(assistant: Assistant, question: str, steps: list[str]) -> None:
    names, sentences, reply = told(assistant, question)
    assert names == steps
    assert "\n\n".join(sentences) == reply.text
    asked = assistant.ask(question, as_of=TODAY, today=TODAY, id="7")
    assert {**reply.to_json(), "timings": 0} == {**asked.to_json(), "timings": 0}


def test_with_a_model_that_is_heard(speaking: Assistant, model: ScriptedModel) -> None:
    model.drafts(lambda sent: draft(sent, HONEST[3]))
    names, sentences, reply = told(speaking, HONEST[3][0])
    assert reply.model is not None
    assert names == [*PLAIN, "drafting", "checking"]
    assert "\n\n".join(sentences) == reply.text


@pytest.mark.parametrize("name", ["another period", "a link", "advice to shred", "prose"])
def test_nothing_of_a_lie_is_shown(speaking: Assistant, model: ScriptedModel, name: str) -> None:
    model.drafts(LIES[name])
    names, sentences, reply = told(speaking, HONEST[0][0])
    assert reply.model is None
    assert names == [*PLAIN, "drafting", "checking", "redrafting", "checking"]
    assert "\n\n".join(sentences) == reply.text


def test_a_computed_line_is_shown_before_the_model_is_asked(
    speaking: Assistant, model: ScriptedModel
) -> None:
    """And is never taken back, whatever the model does."""
    for script in (honest, LIES["another record"]):
        model.drafts(script)
        items = list(speaking.stream(BOTH, as_of=TODAY, today=TODAY))
        kinds = [item.name if isinstance(item, Step) else type(item).__name__ for item in items]
        assert kinds.index("Sentence") < kinds.index("drafting")
        sentences = [item.text for item in items if isinstance(item, Sentence)]
        assert "March 1, 2027" in sentences[0]
        reply = items[-1]
        assert isinstance(reply, Reply)
        assert "\n\n".join(sentences) == reply.text


def test_it_is_told_as_it_happens(speaking: Assistant, model: ScriptedModel) -> None:
    """The model says nothing before the steps ahead of it have been told."""
    told_of, timely = threading.Event(), []

    def act(handler: Handler) -> None:
        timely.append(told_of.wait(120))
        says("{}")(handler)

    model.always(act)
    stream = speaking.stream(BOTH, as_of=TODAY, today=TODAY)
    for item in stream:
        if isinstance(item, Step) and item.name == "drafting":
            break
    told_of.set()
    assert isinstance(list(stream)[-1], Reply)
    assert timely and all(timely)


def test_the_runnable_gives_the_same(speaking: Assistant, model: ScriptedModel) -> None:
    model.drafts(lambda sent: draft(sent, HONEST[3]))
    request = Request(HONEST[3][0], TODAY, TODAY)
    reply = speaking.chain.invoke(request)
    assert reply.model == "openai:scripted"
    assert [r.text for r in speaking.chain.batch([request, request])] == [reply.text] * 2
    assert [r.text for r in speaking.chain.stream(request)] == [reply.text]
