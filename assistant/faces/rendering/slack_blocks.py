"""Slack's blocks as plain dicts: the few kinds that a reply needs, within Slack's limits.

Prose goes into ``rich_text`` and ``plain_text``, where Slack reads no markup: a quoted ``<!channel>`` or
``*word*`` stays what it is, and the law's words are not altered to keep them harmless. Only links and
figures, whose words are ours, are ``mrkdwn``. Limits: docs.slack.dev/reference/block-kit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from assistant.faces.rendering.words import clean

Block = dict[str, Any]
#: One call of ``chat.postMessage``: ``text`` (notifications, screen readers) and ``blocks``.
Message = dict[str, Any]

#: Characters of a text object, a field, a button and its label; elements and fields of a block, blocks of a
#: message and of a view.
TEXT, FIELD, BUTTON, LABEL = 3000, 2000, 75, 75
CONTEXT, FIELDS, MESSAGE_BLOCKS, VIEW_BLOCKS = 10, 10, 50, 100
#: Slack refuses a message at about 13,000 characters of blocks and does not publish how it counts them; this
#: much JSON is below that under any way of counting.
MESSAGE_SIZE = 10_000
#: A fallback text longer than 4,000 characters is against Slack's advice; one of 40,000 is cut by it.
FALLBACK = 3900
#: Texts are cut below the limit, since some of Slack's counts are of escaped characters.
_PART = 2800

_LIVE = re.compile(r"<(?=[!@#]|[a-z]+:)", re.IGNORECASE)
_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|(?<!\*)\*(?P<italic>[^*\n]+)\*(?!\*)")
_JOINER = "\u2060"


def defused(text: str) -> str:
    """Without control characters, and with an invisible joiner in what Slack would send as a mention."""
    return _LIVE.sub(f"<{_JOINER}", clean(text))


def mrkdwn(text: str) -> str:
    """Text that stays text in ``mrkdwn``: no mention, link, emoji or style comes of it."""
    safe = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"(?=[*_~`:])", _JOINER, safe)


def shortened(text: str, most: int) -> str:
    """Within a limit, and marked where it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def cut(text: str, size: int = _PART) -> list[str]:
    """A text in parts of at most ``size``, cut between paragraphs, sentences or words where it can be."""
    parts = []
    rest = text
    while len(rest) > size:
        head = rest[:size]
        at = max(head.rfind("\n\n"), head.rfind("\n"), head.rfind(". ") + 1, key=lambda n: (n > size // 3, n))
        at = at if at > size // 3 else head.rfind(" ")
        at = at if at > 0 else size
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*parts, rest] if rest else parts


def run(text: str, **style: bool) -> Block:
    """A run of literal characters in one style."""
    element: Block = {"type": "text", "text": defused(text)}
    if style:
        element["style"] = style
    return element


def runs(text: str, *, bold: bool = False) -> list[Block]:
    """Our own words: of Markdown only bold and italics are understood."""
    base = {"bold": True} if bold else {}
    found: list[Block] = []
    at = 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            found.append(run(text[at : match.start()], **base))
        style = "bold" if match["bold"] else "italic"
        found.append(run(match["bold"] or match["italic"], **{**base, style: True}))
        at = match.end()
    if at < len(text):
        found.append(run(text[at:], **base))
    return found


def paragraphs(text: str, *, bold: bool = False) -> list[Block]:
    """Our own words as blocks; more than one only where a block would be too long."""
    return [rich(section(runs(part, bold=bold))) for part in cut(text.strip())]


def rich(*elements: Block) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def section(elements: Sequence[Block]) -> Block:
    return {"type": "rich_text_section", "elements": list(elements)}


def quotation(words: str, source: str = "") -> list[Block]:
    """Quoted words, unaltered but for their line breaks, and where they stand."""
    parts = cut(" ".join(clean(words).split()))
    found = []
    for number, part in enumerate(parts):
        opening = "“" if number == 0 else ""
        last = number == len(parts) - 1
        elements = [run(f"{opening}{part}{'”' if last else ''}")]
        if last and source:
            elements.append(run(f" {source}", italic=True))
        found.append(rich({"type": "rich_text_quote", "elements": elements}))
    return found


def bullets(lines: Iterable[Sequence[Block]]) -> Block:
    """A list whose items are runs."""
    items = [section(elements) for elements in lines]
    return {"type": "rich_text_list", "style": "bullet", "elements": items}


def folded(text: str) -> list[Block]:
    """Literal text that Slack folds under "See more" where it is long."""
    return [{"type": "section", "text": plain(part)} for part in cut(defused(text))]


def fields(pairs: Sequence[tuple[str, str]]) -> list[Block]:
    """Figures side by side: each in bold, and what it is below. Only for words of ours."""
    made = [
        {"type": "mrkdwn", "text": shortened(f"*{mrkdwn(figure)}*\n{mrkdwn(aside)}", FIELD)}
        for figure, aside in pairs
    ]
    return [
        {"type": "section", "fields": made[at : at + FIELDS], "expand": True}
        for at in range(0, len(made), FIELDS)
    ]


def notes(lines: Sequence[str]) -> list[Block]:
    """Small print, each line an element of its own and literal."""
    found: list[list[Block]] = []
    room = 0
    for part in (part for line in lines for part in cut(defused(unmarked(line)))):
        if not found or len(found[-1]) == CONTEXT or len(part) > room:
            found.append([])
            room = 2 * _PART
        found[-1].append(plain(part))
        room -= len(part)
    return [{"type": "context", "elements": elements} for elements in found]


def linked(lead: str, links: Sequence[tuple[str, str]]) -> list[Block]:
    """Small print with links: ``(label, https address)``."""
    if not links:
        return []
    lines, line = [], f"{mrkdwn(lead)} ".lstrip()
    for number, (label, address) in enumerate(links):
        word = f"{'' if number == 0 else ' · '}<{_address(address)}|{mrkdwn(label)}>"
        if len(line) + len(word) > _PART:
            lines.append(line)
            line = ""
        line += word
    return [
        {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}
        for text in (*lines, line)
    ]


def _address(address: str) -> str:
    return address.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def button(
    text: str, action: str, *, value: str = "", url: str = "", style: str = "", label: str = ""
) -> Block:
    """A button; one with a ``url`` opens it, one with a ``value`` comes back to us."""
    made: Block = {
        "type": "button",
        "text": plain(shortened(defused(text), BUTTON)),
        "action_id": action,
    }
    for name, given in (("value", value), ("url", url), ("style", style)):
        if given:
            made[name] = given
    if label:
        made["accessibility_label"] = shortened(defused(label), LABEL)
    return made


def rows(buttons: Sequence[Block], most: int = 5) -> list[Block]:
    """Buttons in rows; Slack takes 25 a row, and people fewer."""
    return [
        {"type": "actions", "elements": list(buttons[at : at + most])} for at in range(0, len(buttons), most)
    ]


def unmarked(text: str) -> str:
    """Our own Markdown without its marks, for places that are literal."""
    return re.sub(r"\*\*?|^> ?", "", text, flags=re.MULTILINE)


def size(blocks: Sequence[Block]) -> int:
    return len(json.dumps(blocks, ensure_ascii=False))


def divided(groups: Iterable[Sequence[Block]], most: int = MESSAGE_BLOCKS) -> list[list[Block]]:
    """Groups of blocks as messages: a group stays together where it fits into one."""
    messages: list[list[Block]] = [[]]
    for group in groups:
        whole = [*messages[-1], *group]
        if len(whole) <= most and size(whole) <= MESSAGE_SIZE:
            messages[-1] = whole
            continue
        if messages[-1]:
            messages.append([])
        for block in group:
            if messages[-1] and (len(messages[-1]) == most or size([*messages[-1], block]) > MESSAGE_SIZE):
                messages.append([])
            messages[-1].append(block)
    return [blocks for blocks in messages if blocks]


def message(blocks: list[Block]) -> Message:
    """The arguments of one message; its text says what its blocks say, to those who do not see them."""
    said = flat(blocks) or " · ".join(_labels(blocks))
    return {"text": escaped(shortened(said, FALLBACK // 2)), "blocks": blocks}


def _labels(blocks: Iterable[Block]) -> list[str]:
    return [one["text"]["text"] for block in blocks for one in block["elements"] if one["type"] == "button"]


def sentence(line: str) -> str:
    """An error's line as a sentence to a person."""
    line = " ".join(line.split())
    return f"{line[:1].upper()}{line[1:]}{'' if line.endswith(('.', '…', '?')) else '.'}"


def escaped(text: str) -> str:
    """For the top-level ``text``, in which Slack reads entities even where it reads no markup."""
    return defused(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def flat(blocks: Iterable[Block]) -> str:
    """The words of blocks in reading order, without their controls."""
    return "\n".join(line for block in blocks if (line := _flat(block).strip()))


def _flat(part: Block) -> str:
    kind = part["type"]
    if kind in ("actions", "divider", "button"):
        return ""
    if kind in ("text", "plain_text"):
        return str(part["text"])
    if kind == "mrkdwn":
        bare = re.sub(r"<[^|>]*\|([^>]*)>", r"\1", str(part["text"])).replace("*", "").replace(_JOINER, "")
        return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if kind == "link":
        return str(part.get("text") or part["url"])
    if kind == "input":
        return str(part["label"]["text"])
    inner = [part["text"]] if "text" in part else []
    inner += part.get("fields", ()) or part.get("elements", ())
    between = "" if kind in ("rich_text_section", "rich_text_quote") else "\n"
    return between.join(_flat(element) for element in inner)
