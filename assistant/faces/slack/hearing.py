"""What people say in Slack, as plain text; and what is not for us."""

from __future__ import annotations

import re
from typing import Any

import msgspec

#: Messages with a subtype are edits, deletions, joins, topics, bots; these two are people speaking.
_SPEECH = (None, "file_share", "thread_broadcast")
_MARKUP = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


class Said(msgspec.Struct, frozen=True):
    """A message as the Events API has it, so far as it concerns us."""

    channel: str
    ts: str
    user: str = ""
    text: str = ""
    thread_ts: str | None = None
    channel_type: str | None = None
    subtype: str | None = None
    bot_id: str | None = None
    edited: object = None
    hidden: bool = False

    @property
    def direct(self) -> bool:
        """In direct messages between one person and us."""
        return self.channel_type == "im" or self.channel.startswith("D")

    @property
    def thread(self) -> str:
        """The thread it stands in, or begins."""
        return self.thread_ts or self.ts


def heard(event: dict[str, Any], me: str | None) -> Said | None:
    """A message of a person; ``None`` for our own, another bot's, an edit, a deletion, a join.

    ``me`` is our own user id.
    """
    try:
        said = msgspec.convert(event, Said)
    except msgspec.ValidationError:
        return None
    if said.subtype not in _SPEECH or said.bot_id or said.edited or said.hidden:
        return None
    if not said.user or said.user in (me, "USLACKBOT"):
        return None
    return said


def names(said: Said, me: str | None) -> bool:
    """Whether a message mentions us; Slack then sends it a second time, as a mention."""
    return bool(me) and re.search(rf"<@{re.escape(str(me))}(?:\|[^>]*)?>", said.text) is not None


def words(text: str) -> str:
    """What a person typed: mentions gone, links as their words, Slack's three entities undone."""
    bare = _MARKUP.sub(_spoken, text)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        bare = bare.replace(entity, letter)
    return bare.strip()


def _spoken(match: re.Match[str]) -> str:
    target, label = match[1], match[2]
    if target.startswith("@"):
        return ""
    if target.startswith("#"):
        return f"#{label}" if label else ""
    if target.startswith("!"):
        return label or ""
    return label or target.removeprefix("mailto:")
