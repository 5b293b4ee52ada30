"""One answer as it is laid out: the conclusion first, then figures, sums and caveats, then its tools."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.answering.reply import Reply
from assistant.conversations.store import REASON
from assistant.faces.page import drawer, talk
from assistant.faces.page.desk import Desk
from assistant.faces.page.talk import Turn, take
from assistant.faces.rendering import REASONS, Chip, long_date, pieces, reply_markdown
from assistant.faces.rendering.addresses import question_link
from assistant.faces.rendering.chips import citation_chips
from assistant.faces.rendering.html import (
    amount_html,
    changes_html,
    cited_html,
    deadline_html,
    note_html,
    piece_html,
    reply_page,
    tools_html,
)
from assistant.faces.rendering.pdf import reply_pdf
from assistant.faces.rendering.period import period_html
from assistant.faces.rendering.words import escape_label

#: Files an answer is saved as: label, ending, media type.
FILES = (
    ("PDF", "pdf", "application/pdf"),
    ("Markdown", "md", "text/markdown"),
    ("Web page", "html", "text/html"),
    ("JSON", "json", "application/json"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """Some HTML, and the chips right below it."""

    html: str
    chips: tuple[Chip, ...] = ()


def show_answer(turn: Turn, desk: Desk, *, last: bool) -> None:
    """What has changed since, the answer, a field for what it asks back, and its tools."""
    assert turn.reply is not None
    if turn.changes:
        st.html(changes_html(turn.changes))
    blocks, tools = _laid(turn, desk)
    for number, block in enumerate(blocks):
        st.html(block.html)
        drawer.show_chips(block.chips, f"{turn.id}-{number}")
    if turn.note:
        st.warning(escape_label(f"This answer could not be kept: {turn.note}"), icon=":material/info:")
    if turn.reply.outcome == "clarification" and last:
        _ask_back(turn, desk)
    _show_tools(turn, turn.reply, tools, desk)


def plain_answer(turn: Turn, desk: Desk) -> str:
    """The whole answer with its citations named below each part, and nothing to click."""
    blocks, _ = _laid(turn, desk)
    return f'<div class="earlier">{"".join(b.html + cited_html(b.chips) for b in blocks)}</div>'


def _laid(turn: Turn, desk: Desk) -> tuple[tuple[Block, ...], str]:
    """Laid out once a session and day: a long conversation is shown anew at every click."""
    laid: dict[object, tuple[tuple[Block, ...], str]] = st.session_state.setdefault("laid", {})
    key = turn.id, desk.today
    if key not in laid:
        assert turn.reply is not None
        link = question_link(turn.reply, desk.today)
        text = reply_markdown(turn.reply, desk.documents)
        laid[key] = blocks_of(turn.reply, desk), tools_html(_stamp(turn.reply, desk.today), link, text)
    return laid[key]


def blocks_of(reply: Reply, desk: Desk) -> tuple[Block, ...]:
    """The conclusion first; figures next to the sums that led to them; caveats last and quieter."""
    found: list[Block] = []
    if reply.reason:
        found.append(Block(note_html("refusal", REASONS[reply.reason])))
    figures = False
    for piece in pieces(reply, desk.documents):
        if piece.part in ("steps", "question", "caveats") and not figures:
            found += _figures(reply, desk)
            figures = True
        if piece.part == "question":
            asked = "What is still missing" if reply.claims else "One more thing"
            found.append(Block(note_html("clarification", asked)))
        found.append(Block(piece_html(piece), piece.chips))
    if not figures:
        found += _figures(reply, desk)
    return _joined(found)


def _figures(reply: Reply, desk: Desk) -> list[Block]:
    """Each date and amount, with chips only for authority that no claim has shown."""
    shown = {citation for claim in reply.claims for citation in claim.citations}
    figures = [(deadline_html(d) + period_html(d), d.citations) for d in reply.deadlines]
    figures += [(amount_html(amount), amount.citations) for amount in reply.amounts]
    found = []
    for figure, citations in figures:
        behind = [citation for citation in citations if citation not in shown]
        shown.update(behind)
        found.append(
            Block(figure, citation_chips(behind, desk.documents, as_of=reply.as_of, today=reply.today))
        )
    return found


def _joined(blocks: list[Block]) -> tuple[Block, ...]:
    """Blocks without chips are one with what follows: fewer parts to send at every click."""
    joined: list[Block] = []
    for block in blocks:
        if joined and not joined[-1].chips:
            joined[-1] = Block(joined[-1].html + block.html, block.chips)
        else:
            joined.append(block)
    return tuple(joined)


def _ask_back(turn: Turn, desk: Desk) -> None:
    """A field for what is missing; it is added to the question, which is then asked again."""
    with st.form(f"complete-{turn.id}", border=False):
        row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
        row.text_input(
            "Add what is missing",
            key=f"added-{turn.id}",
            placeholder="a record, a date, an agreement",
            max_chars=500,
        )
        row.form_submit_button("Ask again", type="primary", on_click=_complete, args=(turn, desk))


def _complete(turn: Turn, desk: Desk) -> None:
    """The question asked again with what was missing, in the person's own words."""
    if added := str(st.session_state[f"added-{turn.id}"]).strip():
        take(f"{turn.question.strip()} {added}", desk)


def _show_tools(turn: Turn, reply: Reply, tools: str, desk: Desk) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"tools-{turn.id}"):
        st.html(tools, width="content")
        # Its files are laid out once it is open: four for each answer would weigh more than the answers.
        save = st.popover(
            "Save", icon=":material/download:", type="tertiary", key=f"save-{turn.id}", on_change="rerun"
        )
        if save.open:
            _show_files(save, turn, reply, desk)
        if desk.store is not None and not turn.note:
            _show_thumbs(turn, desk)
    if turn.good is False and desk.store is not None:
        _ask_why(turn, desk)


def _show_files(save: DeltaGenerator, turn: Turn, reply: Reply, desk: Desk) -> None:
    for label, ending, mime in FILES:
        save.download_button(
            label,
            _file(reply, ending, desk),
            file_name=f"recordkeeping-answer-{reply.today.isoformat()}-{turn.id[:6]}.{ending}",
            mime=mime,
            key=f"download-{ending}-{turn.id}",
            on_click="ignore",
            type="tertiary",
        )


def _file(reply: Reply, ending: str, desk: Desk) -> Callable[[], str | bytes]:
    """Written when it is asked for."""
    return partial(_written, reply, ending, desk)


def _written(reply: Reply, ending: str, desk: Desk) -> str | bytes:
    if ending == "pdf":
        return reply_pdf(reply, desk.documents)
    if ending == "html":
        return reply_page(reply, desk.documents)
    if ending == "json":
        import json

        return json.dumps(reply.to_json(), ensure_ascii=False, indent=2) + "\n"
    return reply_markdown(reply, desk.documents)


def _show_thumbs(turn: Turn, desk: Desk) -> None:
    st.feedback(
        "thumbs",
        key=f"thumb-{turn.id}",
        default=None if turn.good is None else int(turn.good),
        on_change=_judged,
        args=(turn, desk),
    )


def _judged(turn: Turn, desk: Desk) -> None:
    thumb = st.session_state[f"thumb-{turn.id}"]
    if thumb is not None:
        _say(talk.judge(turn, bool(thumb), "", desk))


def _ask_why(turn: Turn, desk: Desk) -> None:
    if turn.reason:
        st.html(note_html("thanks", "Thank you. What you said was kept with the whole answer."))
        return
    with st.form(f"why-{turn.id}", border=False, enter_to_submit=False):
        st.text_area(
            "What is wrong with this answer?",
            key=f"reason-{turn.id}",
            placeholder="A wrong date, a wrong citation, not what was asked, something left out",
            max_chars=REASON,
            height=80,
        )
        st.form_submit_button("Send", on_click=_explained, args=(turn, desk))


def _explained(turn: Turn, desk: Desk) -> None:
    if reason := str(st.session_state[f"reason-{turn.id}"]).strip():
        _say(talk.judge(turn, False, reason, desk))


def _say(problem: str) -> None:
    if problem:
        st.toast(escape_label(problem), icon=":material/error:")


def _stamp(reply: Reply, today: date) -> str:
    day = f"{long_date(reply.as_of)} (today)" if reply.as_of == today else long_date(reply.as_of)
    return f"The law of {day}" + (f" · phrased by {reply.model}" if reply.model else "")
