"""Slack's published limits and forms, for what this app sends: docs.slack.dev/reference/block-kit.

Written from the reference and not from the program, strict where Slack is: an unknown field, a missing one,
a text too long, an id twice. `faults` says what is wrong and where; nothing is what Slack would take.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

Where = str
#: type -> (required fields, optional fields)
FORMS: dict[str, tuple[set[str], set[str]]] = {
    "header": ({"text"}, {"block_id"}),
    "divider": (set(), {"block_id"}),
    "section": (set(), {"text", "fields", "accessory", "expand", "block_id"}),
    "context": ({"elements"}, {"block_id"}),
    "actions": ({"elements"}, {"block_id"}),
    "input": ({"label", "element"}, {"block_id", "hint", "optional", "dispatch_action"}),
    "rich_text": ({"elements"}, {"block_id"}),
    "rich_text_section": ({"elements"}, set()),
    "rich_text_quote": ({"elements"}, {"border"}),
    "rich_text_list": ({"style", "elements"}, {"indent", "offset", "border"}),
    "text": ({"text"}, {"style"}),
    "plain_text": ({"text"}, {"emoji"}),
    "mrkdwn": ({"text"}, {"verbatim"}),
    "button": ({"text", "action_id"}, {"url", "value", "style", "confirm", "accessibility_label"}),
    "plain_text_input": (
        {"action_id"},
        {"multiline", "max_length", "min_length", "placeholder", "initial_value", "focus_on_load"},
    ),
}
BLOCKS = {"header", "divider", "section", "context", "actions", "input", "rich_text"}
STYLES = {"bold", "italic", "strike", "code"}
#: Blocks that a message, a modal and a home tab take.
SURFACES = {"message": (BLOCKS - {"input"}, 50), "modal": (BLOCKS, 100), "home": (BLOCKS, 100)}
MESSAGE_SIZE = 13_000
VIEW_SIZE = 250_000


def faults(blocks: Any, surface: str) -> list[str]:
    """What Slack would refuse in the blocks of a surface."""
    allowed, most = SURFACES[surface]
    if not isinstance(blocks, list) or not blocks:
        return [f"{surface}: no blocks"]
    found = [f"{surface}: {len(blocks)} blocks, at most {most}"] if len(blocks) > most else []
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) != len(ids):
        found.append(f"{surface}: a block_id twice")
    for number, block in enumerate(blocks):
        if block.get("type") not in allowed:
            found.append(f"{surface}[{number}]: {block.get('type')!r} is no block of it")
        else:
            found += _part(block, f"{surface}[{number}]")
    written = len(json.dumps(blocks, ensure_ascii=False))
    limit = MESSAGE_SIZE if surface == "message" else VIEW_SIZE
    if written > limit:
        found.append(f"{surface}: {written} characters of blocks, at most {limit}")
    return found


def message_faults(payload: dict[str, Any]) -> list[str]:
    """What Slack would refuse, and what this app must never ask for, in one message."""
    found = faults(payload["blocks"], "message") if "blocks" in payload else []
    text = payload.get("text")
    if not isinstance(text, str) or not text.strip():
        found.append("message: no text for notifications and screen readers")
    elif len(text) > 4000:
        found.append(f"message: a text of {len(text)}; 4,000 is what Slack advises, 40,000 where it cuts")
    elif re.search(r"<[!@#]|<https?:|<mailto:", text):
        found.append("message: something alive in the text")
    for name in ("unfurl_links", "unfurl_media"):
        if payload.get(name) is not False:
            found.append(f"message: {name} is not off")
    return found


def view_faults(view: dict[str, Any]) -> list[str]:
    """What Slack would refuse in a modal or a home tab."""
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [f"a view of the type {kind!r}"]
    found = faults(view.get("blocks"), kind)
    names = {"type", "blocks", "callback_id", "private_metadata"}
    names |= {"title", "submit", "close"} if kind == "modal" else set()
    found += [f"{kind}: an unknown field {name!r}" for name in view.keys() - names]
    for name in ("title", "submit", "close"):
        if name in view:
            found += _text(view[name], f"{kind}.{name}", 24, "plain_text")
    if kind == "modal" and "title" not in view:
        found.append("modal: no title")
    inputs = [block for block in view.get("blocks", ()) if block.get("type") == "input"]
    if inputs and "submit" not in view:
        found.append("modal: an input and no submit")
    if len(view.get("private_metadata", "")) > 3000 or len(view.get("callback_id", "")) > 255:
        found.append(f"{kind}: private_metadata or callback_id too long")
    return found


def _part(part: Any, where: Where) -> Iterator[str]:
    kind = part.get("type") if isinstance(part, dict) else None
    if kind not in FORMS:
        yield f"{where}: a part of the type {kind!r}"
        return
    required, optional = FORMS[kind]
    given = part.keys() - {"type"}
    yield from (f"{where}: {kind} without {name!r}" for name in required - given)
    yield from (f"{where}: {kind} with {name!r}" for name in given - required - optional)
    if len(part.get("block_id", "")) > 255 or len(part.get("action_id", "")) > 255:
        yield f"{where}: an id over 255 characters"
    yield from CHECKS.get(kind, _nothing)(part, where)


def _nothing(part: Any, where: Where) -> Iterator[str]:
    yield from ()


def _text(value: Any, where: Where, most: int, *kinds: str) -> Iterator[str]:
    if not isinstance(value, dict) or value.get("type") not in (kinds or ("plain_text", "mrkdwn")):
        yield f"{where}: no text object of {kinds or 'either kind'}"
        return
    yield from _part(value, where)
    words = value.get("text")
    if not isinstance(words, str) or not 1 <= len(words) <= most:
        yield f"{where}: {len(words or '')} characters, of 1 to {most}"


def _header(part: Any, where: Where) -> Iterator[str]:
    yield from _text(part["text"], where, 150, "plain_text")


def _section(part: Any, where: Where) -> Iterator[str]:
    if "text" not in part and not part.get("fields"):
        yield f"{where}: a section without text or fields"
    if "text" in part:
        yield from _text(part["text"], where, 3000)
    fields = part.get("fields", [])
    if "fields" in part and not 1 <= len(fields) <= 10:
        yield f"{where}: {len(fields)} fields"
    for number, one in enumerate(fields):
        yield from _text(one, f"{where}.fields[{number}]", 2000)
    if "accessory" in part:
        yield from _part(part["accessory"], f"{where}.accessory")


def _context(part: Any, where: Where) -> Iterator[str]:
    elements = part["elements"]
    if not 1 <= len(elements) <= 10:
        yield f"{where}: {len(elements)} elements of a context"
    for number, one in enumerate(elements):
        yield from _text(one, f"{where}[{number}]", 3000)


def _actions(part: Any, where: Where) -> Iterator[str]:
    elements = part["elements"]
    if not 1 <= len(elements) <= 25:
        yield f"{where}: {len(elements)} elements of a row"
    names = [one.get("action_id") for one in elements]
    if len(set(names)) != len(names):
        yield f"{where}: an action_id twice"
    for number, one in enumerate(elements):
        yield from _part(one, f"{where}[{number}]")


def _button(part: Any, where: Where) -> Iterator[str]:
    yield from _text(part["text"], where, 75, "plain_text")
    limits = (("value", 2000), ("url", 3000), ("accessibility_label", 75))
    for name, most in limits:
        if name in part and not 1 <= len(part[name]) <= most:
            yield f"{where}: {name} of {len(part[name])} characters, of 1 to {most}"
    if not part.get("action_id"):
        yield f"{where}: a button without an action_id"
    if "url" in part and not re.match(r"https?://\S+$", part["url"]):
        yield f"{where}: not an address: {part['url']!r}"
    if part.get("style") not in (None, "primary", "danger"):
        yield f"{where}: the style {part['style']!r}"


def _input(part: Any, where: Where) -> Iterator[str]:
    yield from _text(part["label"], f"{where}.label", 2000, "plain_text")
    yield from _part(part["element"], f"{where}.element")


def _typed(part: Any, where: Where) -> Iterator[str]:
    if not 1 <= part.get("max_length", 1) <= 3000:
        yield f"{where}: max_length of 1 to 3000"
    if "placeholder" in part:
        yield from _text(part["placeholder"], f"{where}.placeholder", 150, "plain_text")


def _rich(part: Any, where: Where) -> Iterator[str]:
    inside = {"rich_text": ("rich_text_section", "rich_text_quote", "rich_text_list")}
    inside["rich_text_list"] = ("rich_text_section",)
    kinds = inside.get(part["type"], ("text",))
    if not part["elements"]:
        yield f"{where}: nothing in {part['type']}"
    for number, one in enumerate(part["elements"]):
        if one.get("type") not in kinds:
            yield f"{where}[{number}]: {one.get('type')!r} in {part['type']}"
        yield from _part(one, f"{where}[{number}]")
    if part["type"] == "rich_text_list" and part["style"] not in ("bullet", "ordered"):
        yield f"{where}: the list style {part['style']!r}"


def _run(part: Any, where: Where) -> Iterator[str]:
    if not isinstance(part["text"], str) or not 1 <= len(part["text"]) <= 3000:
        yield f"{where}: a run of {len(part['text'])} characters"
    style = part.get("style", {"bold": True})
    if not style or style.keys() - STYLES or not all(value is True for value in style.values()):
        yield f"{where}: the style {style}"


def _mrkdwn(part: Any, where: Where) -> Iterator[str]:
    if re.search(r"<[!@#]", part["text"]):
        yield f"{where}: a mention in mrkdwn"


CHECKS = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "button": _button,
    "input": _input,
    "plain_text_input": _typed,
    "rich_text": _rich,
    "rich_text_section": _rich,
    "rich_text_quote": _rich,
    "rich_text_list": _rich,
    "text": _run,
    "mrkdwn": _mrkdwn,
}
