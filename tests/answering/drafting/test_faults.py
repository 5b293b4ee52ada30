"""Whatever goes wrong with a model: the composed answer, one caveat, and within the time limit."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from assistant.answering.reply import Reply
from assistant.wiring import Assistant
from tests.answering.drafting.lies import honest
from tests.answering.drafting.server import (
    Act,
    Handler,
    ScriptedModel,
    cuts,
    declines,
    floods,
    hangs,
    headless,
    material,
    one_line,
    says,
    status,
    trickles,
)
from tests.conftest import PATIENCE, TODAY

QUESTION = "How long must drawback records be kept?"
#: Seconds for which a model that hangs would hold up an answer, on a machine however slow.
HANG = 40
Maker = Callable[..., Assistant]


@pytest.fixture(autouse=True)
def _hung_up(timed: Assistant, speaking: Assistant) -> Iterator[None]:
    """What a test broke off is closed with its connections, and not left to the collector of garbage."""
    yield
    timed.close()
    speaking.close()


@pytest.fixture(scope="module")
def composed(assistant: Assistant) -> Reply:
    return assistant.ask(QUESTION, as_of=TODAY, today=TODAY)


def ends_well(assistant: Assistant, composed: Reply, why: str) -> Reply:
    """One answer: right, in time, with one caveat in plain words and nothing of the server's."""
    started = time.monotonic()
    reply = assistant.ask(QUESTION, as_of=TODAY, today=TODAY)
    took = time.monotonic() - started
    assert took < HANG, f"{took:.1f} s"
    assert reply.outcome == "answer"
    assert (reply.model, reply.claims) == (None, composed.claims)
    assert reply.caveats == (*composed.caveats, f"The language model was not used: {why}.")
    assert reply.text == f"{composed.text}\n- *{reply.caveats[-1]}*"
    shown = json.dumps(reply.to_json())
    assert "SECRET-OF-THE-SERVER" not in shown
    assert "Traceback" not in shown
    return reply


FAULTS: dict[str, tuple[Act, str]] = {
    "no answer": (hangs(HANG), "it did not answer within 2 seconds"),
    "a head that never ends": (headless(HANG), "it did not answer within 2 seconds"),
    "a byte at a time": (trickles(HANG, inside=True), "it did not answer within 2 seconds"),
    "a comment at a time": (trickles(HANG, inside=False), "it did not answer within 2 seconds"),
    "400": (status(400), "its server rejected the request (400)"),
    "401": (status(401), "its server refused the key (401)"),
    "403": (status(403), "its server refused access (403)"),
    "404, a wrong model name": (status(404), "its server has no model or page of this name (404)"),
    "429": (status(429), "its server is too busy (429)"),
    "429, come back tomorrow": (status(429, retry_after="86400"), "its server is too busy (429)"),
    "429, come back on Tuesday": (
        status(429, retry_after="Tue, 24 Nov 2026 07:28:00 GMT"),
        "its server is too busy (429)",
    ),
    "500": (status(500), "its server failed (500)"),
    "503": (status(503, retry_after="1"), "its server failed (503)"),
    "cut in the middle": (cuts('{"claims": [{"te'), "its answer broke off"),
    "ended in the middle": (says('{"claims": [{"te', ending=None), "its answer broke off"),
    "a limit of length": (says('{"claims": [', ending="length"), "it wrote far more than an answer needs"),
    "a filter": (says("{", ending="content_filter"), "it declined to answer"),
    "a refusal": (declines("I cannot help."), "it sent an empty answer"),
    "a refusal in words": (
        says("I'm sorry, but I can't help with that."),
        "its answer did not have the form asked for",
    ),
    "broken JSON": (says('{"claims": [{"text": "x",]}'), "its answer did not have the form asked for"),
    "an empty answer": (says(""), "it sent an empty answer"),
    "white space": (says(" \n "), "it sent an empty answer"),
    "an empty draft": (says('{"claims": []}'), "its draft said what the sources do not support"),
    "200,000 tokens": (floods(200_000), "it wrote far more than an answer needs"),
    "one line without an end": (one_line(8_000_000), "it sent far more than an answer needs"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_ends_in_the_composed_answer(
    timed: Assistant, speaking: Assistant, model: ScriptedModel, composed: Reply, name: str
) -> None:
    act, why = FAULTS[name]
    model.always(act)
    reply = ends_well(timed if "within" in why else speaking, composed, why)
    assert reply.usage is not None
    assert reply.usage.calls >= 1


def test_a_flood_is_not_read_to_its_end(speaking: Assistant, model: ScriptedModel, composed: Reply) -> None:
    sent = 0

    def flood(handler: Handler) -> None:
        nonlocal sent
        handler.begin()
        handler.wfile.write(b"data: ")
        for _ in range(1024):
            sent += handler.wfile.write(b"a" * 65536)

    model.always(flood)
    ends_well(speaking, composed, "it sent far more than an answer needs")
    assert 4_000_000 < sent < 32_000_000, "of 67 million; what lies between the two is in buffers"


def test_a_busy_server_is_asked_again_when_it_says_soon(
    with_model: Maker, model: ScriptedModel, composed: Reply
) -> None:
    assistant = with_model(chat_model="openai:scripted", chat_url=model.url)
    model.requests.clear()

    def busy_once(request: dict[str, object]) -> Act:
        if len(model.requests) == 1:
            return status(429, retry_after="1")
        return says(json.dumps({"claims": honest(material(request))}))

    model.script = busy_once
    started = time.monotonic()
    reply = assistant.ask(QUESTION, as_of=TODAY, today=TODAY)
    assert reply.model == "openai:scripted"
    assert len(model.requests) == 2
    assert time.monotonic() - started >= 1


def test_a_server_that_takes_no_schema_is_asked_without(with_model: Maker, model: ScriptedModel) -> None:
    assistant = with_model(chat_model="openai:scripted", chat_url=model.url)
    model.requests.clear()

    def plain(request: dict[str, object]) -> Act:
        if "response_format" in request:
            return status(400)
        return says(json.dumps({"claims": honest(material(request))}))

    model.script = plain
    assert assistant.ask(QUESTION, as_of=TODAY, today=TODAY).model == "openai:scripted"
    assert assistant.ask(QUESTION, as_of=TODAY, today=TODAY).model == "openai:scripted"
    assert [("response_format" in request) for request in model.requests] == [True, False, False]


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address at which nothing listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}/v1"


def test_no_server(with_model: Maker, composed: Reply, nobody: str) -> None:
    assistant = with_model(chat_model="openai:m", chat_url=nobody)
    ends_well(assistant, composed, "its server could not be reached")


def test_an_unknown_host(with_model: Maker, composed: Reply) -> None:
    assistant = with_model(
        # a label longer than any may be: no resolver is asked
        chat_model="openai:m",
        chat_url=f"http://{'a' * 64}.invalid/v1",
        chat_key="k",
    )
    reply = assistant.ask(QUESTION, as_of=TODAY, today=TODAY)
    assert reply.claims == composed.claims
    assert len(reply.caveats) == len(composed.caveats) + 1


@pytest.mark.parametrize(
    ("chat_model", "why"),
    [
        ("nosuch:model", "no provider of this name is known"),
        ("groq:model", "langchain-groq is not installed"),
        ("openai:gpt-x", "no key is set for it (docs/models.md)"),
        ("anthropic:claude-x", "no key is set for it (docs/models.md)"),
    ],
)
def test_a_model_that_cannot_be_opened(
    with_model: Maker,
    composed: Reply,
    monkeypatch: pytest.MonkeyPatch,
    chat_model: str,
    why: str,
) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    # a first import may take longer than the limit, and the limit holds
    assistant = with_model(chat_model=chat_model)
    reply = assistant.ask(QUESTION, as_of=TODAY, today=TODAY)
    assert reply.caveats == (*composed.caveats, f"The language model was not used: {why}.")
    assert reply.claims == composed.claims


def test_a_package_that_is_missing_is_named_with_its_extra(
    with_model: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from langchain.chat_models import base

    base._get_chat_model_creator.cache_clear()
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)  # what an import of it then raises is real
    try:
        reply = with_model(chat_model="anthropic:claude-x").ask(QUESTION, as_of=TODAY, today=TODAY)
    finally:
        base._get_chat_model_creator.cache_clear()
    assert reply.caveats[-1] == (
        "The language model was not used: its package is not installed;"
        ' pip install "recordkeeping-assistant[anthropic]".'
    )


def test_many_at_once_wait_for_nobody(speaking: Assistant, model: ScriptedModel, composed: Reply) -> None:
    """All six are with the model at once: it answers none before it has all."""
    all_there = threading.Barrier(6)

    def hang(handler: Handler) -> None:
        all_there.wait(PATIENCE)
        status(503)(handler)

    model.always(hang)
    replies: list[Reply] = []
    threads = [
        threading.Thread(target=lambda: replies.append(speaking.ask(QUESTION, as_of=TODAY, today=TODAY)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not all_there.broken
    assert [reply.claims for reply in replies] == [composed.claims] * 6
    assert [reply.model for reply in replies] == [None] * 6


def test_no_thread_stays_behind(with_model: Maker, model: ScriptedModel) -> None:
    def ours() -> set[threading.Thread]:
        return {thread for thread in threading.enumerate() if thread.name == "model"}

    others = ours()
    assistant = with_model(chat_model="openai:scripted", chat_url=model.url, chat_timeout=0.3)
    model.always(trickles(4, inside=True))
    for _ in range(3):
        assistant.ask(QUESTION, as_of=TODAY, today=TODAY)
    assert len(ours() - others) == 1
    assistant.close()
    until = time.monotonic() + 60
    while ours() - others and time.monotonic() < until:
        time.sleep(0.02)
    assert not ours() - others
    assert assistant.ask(QUESTION, as_of=TODAY, today=TODAY).outcome == "answer", "and it can be asked again"
