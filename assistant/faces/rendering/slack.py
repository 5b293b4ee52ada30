"""A Reply, or a computed date, as Slack messages: the conclusion first, then figures, support, sums, caveats.

Pure functions to plain dicts; no SDK is needed to make or to read them. Everything a reply says is in the
messages; a chip under a claim opens the words it rests on (`chip_value` says which).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from assistant.answering.reply import Quote, Reply
from assistant.faces.rendering.chips import Chip, citation_chips
from assistant.faces.rendering.pieces import Piece, pieces
from assistant.faces.rendering.slack_blocks import (
    Block,
    Message,
    button,
    cut,
    divided,
    fields,
    folded,
    linked,
    message,
    notes,
    paragraphs,
    quotation,
    rich,
    rows,
    run,
    section,
    sentence,
    shortened,
    unmarked,
)
from assistant.faces.rendering.words import REASONS, amount_words, deadline_words
from assistant.law import Citation, Document
from assistant.law.english import long_date
from assistant.retention.values import Amount, Computed, Deadline

#: What the buttons of a message are called, for whoever listens to them. A number after the colon makes an
#: ``action_id`` its own within its row.
OPEN, LINK, GOOD, BAD = "open", "link", "good", "bad"

#: How a question back is answered: in the thread, or where there is none by asking again.
_GO_ON = "Reply in this thread with what is missing."
_AGAIN = "Ask again with what is missing."


def reply_messages(
    reply: Reply,
    documents: Mapping[str, Document],
    *,
    turn: str = "",
    asked: bool = False,
    page: str = "",
) -> tuple[Message, ...]:
    """The messages of a reply, in order.

    ``turn`` is what feedback is given on (no buttons without one), ``asked`` repeats the question above the
    answer where nobody else shows it, ``page`` is the address of this question on the page.
    """
    parts = pieces(reply, documents)
    groups: list[list[Block]] = []
    if asked:
        groups.append(_asked(reply.question))
    if reply.reason:
        groups.append(notes([REASONS[reply.reason]]))
    figures = _figures(reply.deadlines, reply.amounts)
    if figures and not any(piece.part == "conclusion" for piece in parts):
        groups.append(figures)
    for piece in parts:
        groups.append(_piece(piece, reply.as_of))
        if piece.part == "conclusion" and figures:
            groups.append([*figures, *_unshown(reply, documents)])
    if reply.outcome == "clarification":
        groups.append(notes([_AGAIN if asked else _GO_ON]))
    groups.append(_sources(reply.citations))
    if reply.as_of != reply.today:
        groups.append(notes([f"The law of {long_date(reply.as_of)}."]))
    groups.append(_tools(turn, page))
    return _messages(groups)


def computed_messages(
    computed: Computed, documents: Mapping[str, Document], *, asked: str, as_of: date, today: date
) -> tuple[Message, ...]:
    """A date computed from named facts, with what ``python -m assistant deadline`` prints for them."""
    groups = [_asked(asked)]
    if computed.missing:
        groups.append(paragraphs("A fact that decides is missing.", bold=True))
        groups += [paragraphs(f"{item.question} Give it as {item.fact}=…") for item in computed.missing]
    elif len(computed.deadlines) > 1:
        groups += [paragraphs(f"{deadline_words(one)}.", bold=True) for one in computed.governing]
    for deadline in computed.deadlines:
        head = paragraphs(f"{deadline_words(deadline)} ({deadline.left}).", bold=True)
        chips = citation_chips(deadline.citations, documents, as_of=as_of, today=today)
        groups.append([*head, *chip_buttons(chips, as_of), *_steps(deadline.steps)])
    groups.append(notes([f"• {unmarked(caveat)}" for caveat in computed.caveats]))
    groups.append(_sources(computed.citations))
    if as_of != today:
        groups.append(notes([f"The law of {long_date(as_of)}."]))
    return _messages(groups)


def one_line(text: str) -> Message:
    """A message of one line: an error, a thank-you, a word of help."""
    return message(paragraphs(sentence(text)))


def chip_value(chip: Chip, as_of: date) -> str:
    """What a chip's button carries: the words it stands on, by offsets, and the day asked about."""
    address = shortened(str(chip.citation), 300)
    return json.dumps([chip.document, chip.start, chip.end, address, as_of.isoformat()], ensure_ascii=False)


def chip_buttons(chips: Sequence[Chip], as_of: date) -> list[Block]:
    """Chips as rows of buttons: one with words held opens them, one without leads to the official page."""
    buttons = []
    for number, chip in enumerate(chips):
        label = f"{chip.citation} · {chip.label}"
        if chip.document is not None:
            said = f"Open the words of {chip.citation}"
            buttons.append(button(label, f"{OPEN}:{number}", value=chip_value(chip, as_of), label=said))
        elif chip.citation.url:
            said = f"The official page of {chip.citation}"
            buttons.append(button(label, f"{LINK}:{number}", url=chip.citation.url, label=said))
    return rows(buttons)


def _messages(groups: Iterable[list[Block]]) -> tuple[Message, ...]:
    return tuple(message(blocks) for blocks in divided(group for group in groups if group))


def _piece(piece: Piece, as_of: date) -> list[Block]:
    if piece.part == "steps":
        return _steps(piece.lines)
    if piece.part == "caveats":
        return notes([f"• {unmarked(line)}" for line in piece.lines])
    bold = piece.part in ("conclusion", "question")
    said = [block for line in piece.lines for block in paragraphs(_unquoted(line), bold=bold)]
    said += [block for quote in piece.quotes for block in _quote(quote)]
    return [*said, *chip_buttons(piece.chips, as_of)]


def _unquoted(text: str) -> str:
    """A paragraph of the reply's text without what makes it a quotation or a heading."""
    return "\n".join(line.removeprefix("> ").lstrip("#").strip() for line in text.split("\n"))


def _quote(quote: Quote) -> list[Block]:
    return quotation(quote.text, str(quote.citation))


def _asked(question: str) -> list[Block]:
    words = " ".join(question.split()) or "(no question)"
    return [rich({"type": "rich_text_quote", "elements": [run(part)]}) for part in cut(words)]


def _steps(steps: Sequence[str]) -> list[Block]:
    """The sum, which Slack folds where it is long: who wants to redo it opens it."""
    head = rich(section([run("The sum, step by step", bold=True)]))
    return [head, *folded("\n".join(f"{number}. {unmarked(step)}" for number, step in enumerate(steps, 1)))]


def _figures(deadlines: Sequence[Deadline], amounts: Sequence[Amount]) -> list[Block]:
    """Each date with the time left, each amount with the kind of limit it is."""
    found = [(deadline_words(deadline), deadline.left) for deadline in deadlines]
    return fields([*found, *map(amount_words, amounts)])


def _unshown(reply: Reply, documents: Mapping[str, Document]) -> list[Block]:
    """Chips for authority of the sums that no claim shows."""
    shown = {citation for claim in reply.claims for citation in claim.citations}
    behind = [c for c in reply.citations if c not in shown]
    chips = citation_chips(behind, documents, as_of=reply.as_of, today=reply.today)
    return chip_buttons(chips, reply.as_of)


def _sources(citations: Sequence[Citation]) -> list[Block]:
    """The official page of every citation; several addresses of one section share its page."""
    pages: dict[str, str] = {}
    for citation in citations:
        if citation.url:
            whole = Citation(citation.kind, citation.title, citation.section, (), citation.note)
            pages.setdefault(citation.url, str(whole))
    return linked("Official texts:", [(label, address) for address, label in pages.items()])


def _tools(turn: str, page: str) -> list[Block]:
    buttons = []
    if turn:
        buttons.append(button("👍 Right", f"{GOOD}:0", value=turn, label="This answer is right"))
        buttons.append(
            button("👎 Wrong or unclear", f"{BAD}:0", value=turn, label="Say what is wrong with it")
        )
    if page:
        buttons.append(button("Open on the page", f"{LINK}:page", url=page))
    return rows(buttons)
