"""The real app as real processes, a stand-in for Slack, and requests signed as Slack signs them."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from assistant.conversations import Store
from assistant.faces.slack.door import sign
from assistant.settings import Settings
from tests.conftest import ROOT, environment
from tests.faces.slack.standin import BOT, BOT_TOKEN, SECRET, TEAM, StandIn, running

_numbers = itertools.count(1)


@dataclass
class Bot:
    """One process of ``python -m assistant slack`` and what Slack would send to it."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def send(self, body: bytes, headers: dict[str, str], path: str = "/slack/events") -> tuple[int, bytes]:
        """One request as it is; status 0 where the server hung up."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=240)) as connection:
            try:
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
                return answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                return 0, b""

    def signed(self, body: bytes, kind: str, *, at: float | None = None) -> tuple[int, bytes]:
        return self.send(body, signature(body, kind, at=at))

    def event(self, event: dict[str, Any], *, id: str = "") -> int:
        return self.signed(envelope(event, id=id), "application/json")[0]

    def command(self, text: str, answer: str, **more: str) -> tuple[int, bytes]:
        return self.signed(command(text, answer, **more), "application/x-www-form-urlencoded")

    def click(self, payload: dict[str, Any]) -> tuple[int, bytes]:
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return self.signed(body, "application/x-www-form-urlencoded")


def signature(body: bytes, kind: str, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers that Slack would send with a body."""
    stamp = str(int(time.time() if at is None else at))
    return {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": sign(secret, stamp, body),
    }


def envelope(event: dict[str, Any], *, id: str = "") -> bytes:
    number = next(_numbers)
    outer = {
        "token": "unused",
        "team_id": TEAM,
        "api_app_id": "A0APP",
        "type": "event_callback",
        "event_id": id or f"Ev{number:09}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        "event": event,
    }
    return json.dumps(outer).encode()


def direct(text: str, **more: Any) -> dict[str, Any]:
    """A direct message; its channel is ``D…`` and unused until now, unless one is given."""
    number = next(_numbers)
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": f"D{number:08}",
        "user": "U0PERSON",
        "text": text,
        "ts": f"1780000000.{number:06}",
    }
    return {**event, **more}


def mention(text: str, **more: Any) -> dict[str, Any]:
    number = next(_numbers)
    event = {
        "type": "app_mention",
        "channel": f"C{number:08}",
        "user": "U0PERSON",
        "text": f"<@{BOT}> {text}",
        "ts": f"1780000000.{number:06}",
    }
    return {**event, **more}


def command(text: str, answer: str, **more: str) -> bytes:
    number = next(_numbers)
    form = {
        "token": "unused",
        "team_id": TEAM,
        "channel_id": "C0CHANNEL",
        "user_id": "U0PERSON",
        "command": "/recordkeeping",
        "text": text,
        "response_url": answer,
        "trigger_id": f"1.{number}.abc",
        **more,
    }
    return urlencode(form).encode()


def click(action: dict[str, Any], answer: str = "", **more: Any) -> dict[str, Any]:
    """A button pressed, by the element that was sent."""
    number = next(_numbers)
    body = {
        "type": "block_actions",
        "user": {"id": "U0PERSON", "team_id": TEAM},
        "team": {"id": TEAM},
        "trigger_id": f"2.{number}.abc",
        "container": {"type": "message"},
        "actions": [{"block_id": "b", "type": "button", **action}],
    }
    return {**body, **({"response_url": answer} if answer else {}), **more}


def buttons(message: dict[str, Any], prefix: str) -> list[dict[str, Any]]:
    """The buttons of a message or view whose action begins so."""
    found = []
    for block in message["blocks"]:
        elements = block.get("elements", []) + [block[k] for k in ("accessory",) if k in block]
        found += [one for one in elements if str(one.get("action_id", "")).startswith(prefix)]
    return found


@pytest.fixture(scope="session")
def slack() -> Iterator[StandIn]:
    with running() as standin:
        yield standin


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the conversations of all processes lie."""
    return tmp_path_factory.mktemp("conversations") / "kept.sqlite"


@pytest.fixture(scope="session")
def store(kept: Path) -> Iterator[Store]:
    opened = Store.open(str(kept))
    yield opened
    opened.close()


@contextmanager
def started(
    settings: Settings, slack: StandIn, kept: Path, log: Path, *words: str, **more: str
) -> Iterator[Bot]:
    """A process of the app; it ends with SIGTERM and status 0, having said no traceback."""
    env = {n: v for n, v in environment(settings).items() if "proxy" not in n.lower()}
    env = {n: v for n, v in env.items() if not n.startswith("SLACK_")}
    env |= {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.api,
        "RECORDKEEPING_CONVERSATIONS": str(kept),
        **more,
    }
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant", "slack", *words],
            env=env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline().decode()
            assert line.startswith("Slack is "), log.read_text()
            port = int(line.split("127.0.0.1:")[1].split("/")[0]) if "http" in line else 0
            yield Bot(process, port, log)
        finally:
            process.send_signal(signal.SIGTERM)
            status = process.wait(240)
            assert process.stdout is not None
            process.stdout.close()
    said = log.read_text()
    assert status == 0 and "Traceback" not in said, said[-2000:]


@pytest.fixture(scope="session")
def bots(
    settings: Settings, slack: StandIn, kept: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Bot, Bot]]:
    """Two processes that share one store, as two machines behind one address would."""
    logs = tmp_path_factory.mktemp("logs")
    words = ("--port", "0")
    with ThreadPoolExecutor() as pool, ExitStack() as stack:
        starting = [
            pool.submit(stack.enter_context, started(settings, slack, kept, logs / name, *words))
            for name in ("one", "two")
        ]
        yield starting[0].result(), starting[1].result()


@pytest.fixture
def bot(bots: tuple[Bot, Bot], slack: StandIn) -> Iterator[Bot]:
    """One of them; whatever a test made it send, Slack must have taken."""
    before = len(slack.refused)
    yield bots[0]
    assert slack.refused[before:] == []
    assert os.path.getsize(bots[0].log) < 5_000_000
