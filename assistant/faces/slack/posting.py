"""Saying something in Slack: in a thread, to one person, or to whoever gave a command."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from assistant.faces.rendering.slack import one_line
from assistant.faces.rendering.slack_blocks import Block, Message, cut, escaped, flat, notes
from assistant.faces.slack.keys import Keys

log = logging.getLogger("assistant.slack")
#: The SDK logs bodies where it logs at all: only what it calls critical is let through.
quiet = logging.getLogger("assistant.slack.sdk")
quiet.setLevel(logging.CRITICAL)

#: Slack takes this many answers to one command or click.
ANSWERS = 5
_REST = "The rest is longer than Slack takes here. Ask in a direct message to read all of it."
#: What Slack says of blocks that are too much for it.
_BLOCKS_REFUSED = ("invalid_blocks", "msg_blocks_too_long", "msg_too_long")
#: What a message never does, whatever stands in it: fetch a page, make a name a mention, parse marks.
_TAME: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False, "link_names": False}


def retries() -> list[RetryHandler]:
    """Wait as long as a 429 says, five times; once more where no connection came about.

    A request that Slack may have taken is not sent again, so that no answer stands there twice.
    """
    return [
        RateLimitErrorRetryHandler(max_retry_count=5),
        ConnectionErrorRetryHandler(max_retry_count=2, error_types=[URLError]),
    ]


def web_client(keys: Keys) -> WebClient:
    return WebClient(
        token=keys.bot_token, base_url=keys.api, timeout=20, retry_handlers=retries(), logger=quiet
    )


class Post:
    """What Slack refuses is logged by its code alone: the words of an error can repeat what was sent."""

    def __init__(self, client: WebClient) -> None:
        self.client = client

    def in_thread(self, channel: str, thread: str, messages: Sequence[Message]) -> None:
        """Blocks that Slack does not take after all are said as plain text: an answer is never left out."""
        where = {"channel": channel, "thread_ts": thread, **_TAME}
        for message in messages:
            if self._call("chat.postMessage", {**where, **message}).get("error") in _BLOCKS_REFUSED:
                for part in cut(flat(message["blocks"])):
                    self._call("chat.postMessage", {**where, "text": escaped(part)})

    def open_thread(self, user: str, message: Message) -> tuple[str, str]:
        """Begin a thread in the direct messages with a person: its channel and number, empty if refused."""
        sent = self._call("chat.postMessage", {"channel": user, **_TAME, **message})
        return str(sent.get("channel", "")), str(sent.get("ts", ""))

    def answer(self, url: str, messages: Sequence[Message]) -> None:
        """To a command or a click, for the eyes of whoever gave it."""
        for message in _at_most(messages):
            reply = WebhookClient(url, timeout=20, retry_handlers=retries(), logger=quiet).send_dict(
                {"response_type": "ephemeral", "replace_original": False, **_TAME, **message}
            )
            if reply.status_code != 200:
                log.warning("Slack refused an answer to a command or click: status %s", reply.status_code)

    def modal(self, trigger: str, view: Block) -> None:
        self._call("views.open", {"trigger_id": trigger, "view": view})

    def home(self, user: str, view: Block) -> None:
        self._call("views.publish", {"user_id": user, "view": view})

    def line(self, url: str, text: str) -> None:
        self.answer(url, [one_line(text)])

    def _call(self, method: str, arguments: Block) -> dict[str, Any]:
        try:
            said = self.client.api_call(method, json=arguments).data
            return said if isinstance(said, dict) else {}
        except SlackApiError as error:
            code = str(error.response.get("error", "no reason given"))
            log.warning("Slack refused %s: %s", method, code)
            return {"error": code}
        except (URLError, OSError) as error:
            log.warning("Slack could not be reached for %s: %s", method, type(error).__name__)
        return {}


def _at_most(messages: Sequence[Message]) -> list[Message]:
    kept = list(messages[:ANSWERS])
    if len(messages) > ANSWERS:
        kept[-1] = {**kept[-1], "blocks": [*kept[-1]["blocks"][:49], *notes([_REST])]}
    return kept
