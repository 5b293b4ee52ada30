"""The modals and the home tab: a passage with its words marked, the reason behind a thumb, what is held."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.conversations.store import REASON
from assistant.errors import CitationError, UsageError
from assistant.faces.rendering.chips import document_chip, is_former
from assistant.faces.rendering.examples import FIRST, MORE
from assistant.faces.rendering.slack import LINK
from assistant.faces.rendering.slack_blocks import (
    TEXT,
    VIEW_BLOCKS,
    Block,
    bullets,
    button,
    linked,
    notes,
    paragraphs,
    plain,
    rich,
    rows,
    run,
    section,
    shortened,
)
from assistant.faces.rendering.words import TIER_NAMES, clean, edition_words, span_words
from assistant.law import Citation, Document
from assistant.law.document import TIERS
from assistant.law.english import long_date

#: Characters shown before and after the marked words, in whole lines where lines are short.
BEFORE, AFTER = 700, 1400
#: Marked words beyond this are cut: a modal is for reading a passage, the official text for reading all.
MARKED = 8000
WHY = "why"
EXAMPLE = "example"
EXAMPLES = (*FIRST, *MORE[-2:])


@dataclass(frozen=True, slots=True)
class Place:
    """Words in a document, as a chip's button names them, for the day asked about."""

    document: Document
    start: int
    end: int
    citation: str
    as_of: date

    @classmethod
    def read(cls, value: str, documents: Mapping[str, Document]) -> Place:
        """`UsageError` where that edition is no longer held, or the value is not one of ours."""
        try:
            name, start, end, citation, as_of = json.loads(value)
            document = documents.get(str(name))
            if document is None:
                raise UsageError(
                    "that edition of the text is no longer held; ask again to see the one that is"
                )
            if not 0 <= start <= end <= len(document.text):
                raise ValueError
            return cls(document, start, end, str(citation), date.fromisoformat(as_of))
        except (ValueError, TypeError):
            raise UsageError("that button is from another release; ask again for a new answer") from None


def passage_view(place: Place, today: date, page: str = "") -> Block:
    """The words in bold inside what stands around them; title, tier, edition and span above the text."""
    document = place.document
    span = document.span_at(place.start, place.end)
    standing = span_words(span)
    standing = f"{standing[:1].upper()}{standing[1:]}."
    if is_former(span, today):
        standing = f"Superseded. {standing}"
    elif place.as_of not in span and not is_former(span, place.as_of):
        standing += f" Not yet in force on {long_date(place.as_of)}."
    plate = [f"{TIER_NAMES[document.tier]} · {edition_words(document.edition)}", standing]
    if document.tier == "digest":
        plate.append("Our restatement. The official text governs.")
    blocks = [
        *paragraphs(place.citation, bold=True),
        *([] if document.title == place.citation else paragraphs(document.title)),
        *notes(plate),
        {"type": "divider"},
        *_passage(document, place.start, min(place.end, place.start + MARKED)),
        {"type": "divider"},
        *linked("", _links(place, page)),
        *notes([document.caveat] if document.caveat else []),
    ]
    return _modal("The words relied on", blocks)


def reason_view(turn: str) -> Block:
    """What was wrong: a person's own words, kept with the whole reply."""
    element = {
        "type": "plain_text_input",
        "action_id": WHY,
        "multiline": True,
        "max_length": REASON,
        "placeholder": plain("For example: the period is right, but it runs from another day."),
    }
    blocks = [
        {"type": "input", "block_id": WHY, "label": plain("What is wrong or unclear?"), "element": element},
        *notes(["Kept with the question and the answer, for whoever looks after this assistant."]),
    ]
    return {
        **_modal("Wrong or unclear", blocks),
        "callback_id": WHY,
        "private_metadata": turn,
        "submit": plain("Send"),
        "close": plain("Cancel"),
    }


def thanks_view() -> Block:
    return _modal("Thank you", paragraphs("Kept with the question and the answer."))


def home_view(documents: Sequence[Document], today: date, page: str = "") -> Block:
    """What to ask, and what answers rest on."""
    blocks = [
        {"type": "header", "text": plain("U.S. customs recordkeeping")},
        *paragraphs(
            "Ask who must keep which customs records, for how long, and what follows if they do not. Every"
            " sentence of an answer carries its authority, and every date its sum. Write to me here, mention"
            " me in a channel, or type /recordkeeping. Go on asking in the thread."
        ),
        *(_example(number, text) for number, text in enumerate(EXAMPLES)),
        *rows([button("Open the page", f"{LINK}:page", url=page)] if page else []),
        {"type": "header", "text": plain("What is held")},
    ]
    for tier in TIERS:
        held = [document for document in documents if document.tier == tier]
        if held:
            blocks.append(rich(section([run(TIER_NAMES[tier], bold=True)])))
            blocks += [rich(bullets(part)) for part in _in_lists([_held(one, today) for one in held])]
    blocks += notes(["General information about the law, and not legal advice."])
    return {"type": "home", "blocks": blocks[:VIEW_BLOCKS]}


def _example(number: int, question: str) -> Block:
    ask = button("Ask", f"{EXAMPLE}:{number}", value=question, label=f"Ask: {question}")
    return {"type": "section", "text": plain(question), "accessory": ask}


def _held(document: Document, today: date) -> list[Block]:
    chip = document_chip(document, today)
    former = "superseded; " if chip.former else ""
    bound = document.in_force.start or document.in_force.end
    span = f"; {former}{span_words(document.in_force)}" if bound else ""
    about = f" ({edition_words(document.edition)}{span})"
    return [run(shortened(document.title, 300)), run(about, italic=True)]


def _in_lists(items: list[list[Block]], most: int = 20) -> list[list[list[Block]]]:
    return [items[at : at + most] for at in range(0, len(items), most)]


def _modal(title: str, blocks: list[Block]) -> Block:
    return {"type": "modal", "title": plain(title), "close": plain("Close"), "blocks": blocks[:VIEW_BLOCKS]}


def _links(place: Place, page: str) -> list[tuple[str, str]]:
    links = (("The official text", _official(place)), ("The whole document on the page", page))
    return [(label, address) for label, address in links if address]


def _official(place: Place) -> str:
    """The official page of the citation, or of the document; only over https."""
    try:
        address = Citation.parse(place.citation).url or ""
    except CitationError:
        address = ""
    address = address or place.document.address
    return address if address.startswith("https://") else ""


def _passage(document: Document, start: int, end: int) -> list[Block]:
    """The marked words in bold between plain ones; nothing of a text is read as markup."""
    text = document.text
    low, high = (
        _line_start(text, max(0, start - BEFORE), start),
        _line_end(text, end, min(len(text), end + AFTER)),
    )
    runs = [
        run(part, bold=True) if bold else run(part)
        for words, bold in ((text[low:start], False), (text[start:end], True), (text[end:high], False))
        for part in _slices(clean(words))
    ]
    # One paragraph where it can be, so that a sentence is not broken where its marked words begin.
    whole = sum(len(one["text"]) for one in runs) <= TEXT
    shown = [rich(section(runs))] if whole and runs else [rich(section([one])) for one in runs]
    if low > 0:
        shown.insert(0, notes(["…"])[0])
    if high < len(text):
        shown += notes(["…"])
    return shown


def _slices(text: str, most: int = 2800) -> list[str]:
    """Cut anywhere, and nothing left out: these are the law's words."""
    return [text[at : at + most] for at in range(0, len(text), most)]


def _line_start(text: str, at: int, start: int) -> int:
    """The first line that begins in the window, so that none is shown from its middle."""
    if at == 0:
        return 0
    found = text.find("\n", at, start)
    return found + 1 if found != -1 else text.find(" ", at, start) + 1 or start


def _line_end(text: str, end: int, at: int) -> int:
    if at == len(text):
        return at
    found = text.rfind("\n", end, at)
    return found if found > end else max(text.rfind(" ", end, at), end)
