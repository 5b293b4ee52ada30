"""Socket mode: the same app, called by Slack down a socket that the app opened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from tests.faces.slack.conftest import buttons, click, command, direct, envelope, started
from tests.faces.slack.standin import APP_TOKEN, StandIn


def packet(kind: str, payload: Any, id: str) -> dict[str, Any]:
    return {"type": kind, "envelope_id": id, "payload": payload, "accepts_response_payload": True}


def test_a_question_a_repeat_a_command_and_a_click(
    settings: Settings, slack: StandIn, kept: Path, tmp_path: Path
) -> None:
    event = direct("How long must we keep records for a drawback claim?")
    outer = json.loads(envelope(event))
    before = len(slack.refused)
    with started(settings, slack, kept, tmp_path / "log", SLACK_APP_TOKEN=APP_TOKEN, SLACK_SIGNING_SECRET=""):
        slack.push(packet("events_api", outer, "one"))
        (post,) = slack.wait(lambda: slack.posts(event["channel"]))
        slack.wait(lambda: "one" in slack.acknowledged)
        slack.push({**packet("events_api", outer, "two"), "retry_attempt": 1, "retry_reason": "timeout"})
        fields = dict(pair.split("=", 1) for pair in command("help", "").decode().split("&"))
        fields |= {"command": "/recordkeeping", "response_url": slack.answer_address("socket")}
        slack.push(packet("slash_commands", fields, "three"))
        slack.wait(lambda: slack.of("answer:socket"))
        chip = buttons(post, "open:")[0]
        opened = len(slack.of("views.open"))
        slack.push(packet("interactive", click(chip, slack.answer_address("socket-click")), "four"))
        slack.wait(lambda: len(slack.of("views.open")) > opened)
        slack.wait(lambda: {"one", "two", "three", "four"} <= slack.acknowledged.keys())
    assert len(slack.posts(event["channel"])) == 1
    assert slack.refused[before:] == []
