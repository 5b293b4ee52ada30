"""Who may come in over HTTP: requests that Slack signed in the last five minutes, whole and of a known shape.

Checked before Bolt sees anything: Bolt checks signatures too, but a timestamp that is no number, a body that
is not UTF-8 or a payload of the wrong shape raises in it, and it logs the bodies of what it refuses.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

import msgspec

#: Slack's own largest payloads are below 300 kB.
LARGEST = 1_000_000
#: Seconds between signing and arrival, either way, as Slack advises.
WINDOW = 300
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """Why a request does not come in: an HTTP status and one line that tells nothing of us."""

    status: int
    line: str


class _Event(msgspec.Struct):
    type: str


class _Envelope(msgspec.Struct):
    type: str
    token: str = ""
    team_id: str | None = None
    event_id: str = ""
    event: _Event | None = None
    challenge: str = ""


class _Person(msgspec.Struct):
    id: str


class _Action(msgspec.Struct):
    action_id: str
    type: str
    value: str | None = None


class _View(msgspec.Struct):
    callback_id: str = ""
    private_metadata: str = ""


class _Interaction(msgspec.Struct):
    type: str
    user: _Person
    team: _Person | None = None
    trigger_id: str = ""
    response_url: str = ""
    actions: list[_Action] = []
    view: _View | None = None


class _Command(msgspec.Struct):
    command: str
    user_id: str
    team_id: str
    channel_id: str
    response_url: str
    trigger_id: str = ""
    text: str = ""


def admit(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> str:
    """The body as text, when Slack signed it lately; `Refused` for anything else.

    ``headers`` by lower-case name, ``now`` in seconds since 1970. Nothing in the body is looked at before
    its signature holds.
    """
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (JSON, FORM):
        raise Refused(415, "not a content type that Slack sends")
    timestamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
        raise Refused(401, "not signed")
    if abs(now - int(timestamp)) > WINDOW:
        raise Refused(401, "signed too long ago")
    if not hmac.compare_digest(sign(secret, timestamp, body), signature):
        raise Refused(401, "not signed by Slack")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "not UTF-8") from None
    _check_shape(kind, text)
    return text


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's signature, version 0: HMAC-SHA256 over version, timestamp and body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def _check_shape(kind: str, text: str) -> None:
    try:
        if kind == JSON:
            envelope = msgspec.json.decode(text, type=_Envelope)
            if envelope.type == "event_callback" and not (envelope.event and envelope.event_id):
                raise Refused(400, "an event without its name or number")
            return
        form = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True, max_num_fields=100))
        if "payload" in form:
            msgspec.json.decode(form["payload"], type=_Interaction)
        else:
            msgspec.convert(form, type=_Command)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Refused(400, "not in a shape that Slack sends") from None
