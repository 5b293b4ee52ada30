"""Repeats, load, length: one reply each, acknowledged in time, within Slack's limits, and the same Reply."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.reply import Reply
from assistant.conversations import Store
from assistant.settings import Settings
from assistant.wiring import Assistant
from evals.cases import load_cases
from tests.at_length import count
from tests.faces.slack.conftest import Bot, direct, envelope, signature
from tests.faces.slack.conftest import started as started_bot
from tests.faces.slack.longest import COUNT, FILE
from tests.faces.slack.standin import StandIn
from tests.faces.slack.test_talking import OWNER, talk

EVENTS = count(40, 200)
JSON = "application/json"

pytestmark = pytest.mark.slow


@pytest.mark.length
def test_events_delivered_twice_to_two_processes_are_answered_once(
    bots: tuple[Bot, Bot], slack: StandIn
) -> None:
    """And acknowledged while the answers are being made: three seconds are Slack's patience."""
    one, two = bots
    before = len(slack.refused)
    events = [direct(f"How long must we keep entry records of shipment {n}?") for n in range(EVENTS)]
    bodies = [envelope(event) for event in events]
    deliveries = [(bot, body) for body in bodies for bot in (one, two)]

    def deliver(delivery: tuple[Bot, bytes]) -> tuple[int, float, float]:
        bot, body = delivery
        started = time.monotonic()
        status, _ = bot.signed(body, JSON)
        return status, started, time.monotonic()

    with ThreadPoolExecutor(16) as pool:
        acknowledged = list(pool.map(deliver, deliveries))
    channels = {event["channel"] for event in events}
    slack.wait(lambda: channels <= {post["channel"] for post in slack.posts()})
    talk(one, slack, direct("How long?"))
    talk(two, slack, direct("How long?"))
    posts = [post["channel"] for post in slack.posts() if post["channel"] in channels]
    assert sorted(posts) == sorted(channels)
    assert {status for status, _, _ in acknowledged} == {200}
    waits = sorted(end - start for _, start, end in acknowledged)
    p50, p99, worst = waits[len(waits) // 2], waits[int(len(waits) * 0.99)], waits[-1]
    figures = f"p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, worst {worst * 1000:.0f} ms"
    print(f"\n{len(waits)} deliveries acknowledged: {figures}")
    answered = {
        sent.payload.get("channel"): sent.at for sent in slack.sent if sent.method == "chat.postMessage"
    }
    first = [(event["channel"], acknowledged[2 * n][2]) for n, event in enumerate(events)]
    early = sum(at < answered[channel] for channel, at in first)
    assert early > len(events) / 4, "acknowledged before it is answered, and not after"
    assert slack.refused[before:] == []


def bare(reply: Reply) -> dict[str, Any]:
    """A Reply without what differs from one asking to the next."""
    return replace(reply, id=None, timings={}).to_json()


@pytest.mark.length
def test_the_longest_replies_fit_and_are_what_ask_says(
    bots: tuple[Bot, Bot], slack: StandIn, store: Store, assistant: Assistant
) -> None:
    """Sent by Slack's own rules, kept as they were said, and the same as ``ask`` gives."""
    before, questions = len(slack.refused), json.loads(FILE.read_text(encoding="utf-8"))
    assert len(questions) == COUNT
    assert set(questions) <= {case.question.strip() for case in load_cases()}, "they are still asked"
    questions = questions[: count(20, COUNT)]
    events = [direct(question.replace("&", "&amp;").replace(">", "&gt;")) for question in questions]
    for number, event in enumerate(events):
        assert bots[number % 2].event(event) == 200
    slack.wait(lambda: {e["channel"] for e in events} <= {p["channel"] for p in slack.posts()})
    assert slack.refused[before:] == []
    for event, question in zip(events, questions, strict=True):
        turn = only_turn(store, event)
        assert bare(turn) == bare(assistant.ask(question, as_of=turn.today, today=turn.today))


def only_turn(store: Store, event: dict[str, Any]) -> Reply:
    conversation = store.find(owner=OWNER, key=f"{event['channel']}:{event['ts']}")
    assert conversation is not None
    (turn,) = store.turns(conversation, owner=OWNER)
    return turn.reply


def test_a_rate_limit_is_waited_out(bot: Bot, slack: StandIn) -> None:
    slack.busy = 2
    started = time.monotonic()
    event = direct("How long must we keep entry records?")
    talk(bot, slack, event)
    assert time.monotonic() - started >= 2
    assert len(slack.posts(event["channel"])) == 1


def test_a_rate_limit_of_an_answer_is_waited_out_too(bot: Bot, slack: StandIn) -> None:
    slack.busy = 1
    started = time.monotonic()
    bot.command("help", slack.answer_address("limited"))
    slack.wait(lambda: slack.of("answer:limited"))
    assert time.monotonic() - started >= 1
    assert len(slack.of("answer:limited")) == 1


def test_what_was_acknowledged_is_answered_before_the_end(
    settings: Settings, slack: StandIn, kept: Path, tmp_path: Path
) -> None:
    """SIGTERM, as on every new release: nobody waits for an answer that will never come."""
    events = [direct(f"How long must we keep entry records of shipment {n}?") for n in range(12)]
    with started_bot(settings, slack, kept, tmp_path / "log", "--port", "0") as bot:
        assert [bot.event(event) for event in events] == [200] * len(events)
    assert all(len(slack.posts(event["channel"])) == 1 for event in events)


def test_a_question_of_the_greatest_length_is_answered(bot: Bot, slack: StandIn) -> None:
    assert talk(bot, slack, direct("How long must we keep entry records? " * 1000))


def test_a_repeat_after_a_restart_is_a_repeat(bots: tuple[Bot, Bot], slack: StandIn) -> None:
    """Slack repeats after one minute and after five: with another timestamp, and the same event id."""
    event = direct("How long must we keep entry records?")
    body = envelope(event)
    assert bots[0].signed(body, JSON)[0] == 200
    slack.wait(lambda: slack.posts(event["channel"]))
    for number, bot in enumerate((*bots, *bots), 1):
        again = signature(body, JSON, at=time.time() + number)
        status, _ = bot.send(body, {**again, "X-Slack-Retry-Num": str(number)})
        assert status == 200
    for bot in bots:
        talk(bot, slack, direct("How long?"))
    assert len(slack.posts(event["channel"])) == 1
