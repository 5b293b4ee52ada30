"""Ask: the transcript, the question, and each answer with its authority one click away."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

import streamlit as st

from assistant.answering.reply import Reply
from assistant.errors import AssistantError
from assistant.faces.page import library
from assistant.faces.page.desk import Desk, one_line
from assistant.faces.rendering import REASONS, long_date, pieces, reply_markdown
from assistant.faces.rendering.chips import citation_chips
from assistant.faces.rendering.html import amount_html, deadline_html, note_html, piece_html, question_html
from assistant.faces.rendering.words import escape_label

#: Where to begin: one of each of the commonest kinds.
FIRST = (
    "How long must we keep records for a drawback claim, and what starts the clock?",
    "KORUS certificate of origin issued March 15, 2024: until when do we keep the records?",
    "What is the most we could be fined for not producing entry records CBP demanded?",
    "Is it true that every import record must be kept for seven years?",
)
#: Further kinds, in the sidebar.
MORE = (
    "Who has to keep customs records?",
    "What is the (a)(1)(A) list?",
    "CBP demanded entry records on October 5, 2026. By when must we produce them?",
    "What changed in § 1508 when the USMCA replaced NAFTA?",
    "What does the Recordkeeping Compliance Program ask of us, and what does it not do?",
    "May we keep our records as scans instead of on paper?",
)
_TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with what came of it: a reply, or an error's one line."""

    id: str
    question: str
    reply: Reply | None = None
    problem: str = ""


def show(desk: Desk) -> None:
    """The whole view. Replies are in the session by message id, so no click can lose one."""
    turns = transcript()
    if desk.problem:
        st.error(escape_label(desk.problem), icon=":material/error:")
    if not turns:
        _welcome(desk)
    for turn in turns:
        with st.container(key=f"turn-{turn.id}"):
            _show_turn(turn, desk, last=turn is turns[-1])
    # In a container it stays where it is put (the style makes it sticky); left to itself it would pull
    # the page to the end of each answer, past the conclusion.
    with st.container(key="composer"):
        st.chat_input(
            "Ask about a record, a section, an agreement or a date",
            key="question",
            disabled=desk.assistant is None,
            on_submit=_submit,
            args=(desk,),
        )
    if turns:
        _bring_into_view(turns[-1])


def show_examples(desk: Desk) -> None:
    """More questions, for the sidebar, and a clean sheet."""
    for question in MORE:
        _example(question, desk, "more")
    if transcript():
        st.button("Clear the conversation", key="clear", icon=":material/delete_sweep:", on_click=_clear)


def transcript() -> list[Turn]:
    """The session's turns, oldest first."""
    turns: list[Turn] = st.session_state.setdefault(_TRANSCRIPT, [])
    return turns


def take(question: str, desk: Desk) -> None:
    """Answer and store; what is stored is shown on this and on every later run."""
    if desk.assistant is None:
        return
    turn_id = uuid.uuid4().hex[:12]
    try:
        reply = desk.assistant.ask(
            question, as_of=desk.as_of, today=desk.today, id=turn_id, history=_history()
        )
    except AssistantError as error:
        transcript().append(Turn(turn_id, question, problem=one_line(error)))
    else:
        transcript().append(Turn(turn_id, question, reply))


def _history() -> tuple[tuple[str, str], ...]:
    """The turns before, so that a follow-up can take from them what it does not say itself."""
    said = [(turn.question, turn.reply.text) for turn in transcript() if turn.reply]
    return tuple(line for question, text in said for line in (("user", question), ("assistant", text)))


def _bring_into_view(turn: Turn) -> None:
    """Once for each new turn: the question to the top of the page, the conclusion right below it."""
    script = f'document.querySelector(".st-key-turn-{turn.id}")?.scrollIntoView({{block: "start"}})'
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _submit(desk: Desk) -> None:
    if question := str(st.session_state.question or "").strip():
        take(question, desk)


def _complete(turn: Turn, desk: Desk) -> None:
    """The question asked again with what was missing, in the person's own words."""
    if added := str(st.session_state[f"added-{turn.id}"]).strip():
        take(f"{turn.question.strip()} {added}", desk)


def _clear() -> None:
    transcript().clear()


def _welcome(desk: Desk) -> None:
    st.html(
        '<div class="welcome"><h1>U.S. customs recordkeeping</h1>'
        "<p>Ask who must keep which customs records, for how long, and what follows if they do not:"
        " every sentence of the answer carries its authority, and every date its sum.</p></div>"
    )
    for question in FIRST:
        _example(question, desk, "first")


def _example(question: str, desk: Desk, group: str) -> None:
    st.button(
        escape_label(question),
        key=f"example-{group}-{question}",
        type="tertiary" if group == "more" else "secondary",
        width="stretch",
        disabled=desk.assistant is None,
        on_click=take,
        args=(question, desk),
    )


def _show_turn(turn: Turn, desk: Desk, *, last: bool) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.html(question_html(turn.question))
    with st.chat_message("assistant", avatar=":material/balance:"):
        if turn.reply is None:
            st.error(escape_label(turn.problem), icon=":material/error:")
            return
        _show_reply(turn.reply, turn.id, desk)
        if turn.reply.outcome == "clarification" and last:
            _ask_back(turn, desk)
        _show_tools(turn.reply, turn.id, desk)


def _show_reply(reply: Reply, key: str, desk: Desk) -> None:
    """The conclusion first; figures next to the sums that led to them; caveats last and quieter."""
    if reply.reason:
        st.html(note_html("refusal", REASONS[reply.reason]))
    figures = False
    for number, piece in enumerate(pieces(reply, desk.documents)):
        if piece.part in ("steps", "question", "caveats") and not figures:
            _show_figures(reply, key, desk)
            figures = True
        if piece.part == "question":
            st.html(note_html("clarification", "What is still missing" if reply.claims else "One more thing"))
        st.html(piece_html(piece))
        library.show_chips(piece.chips, f"{key}-{number}")
    if not figures:
        _show_figures(reply, key, desk)


def _show_figures(reply: Reply, key: str, desk: Desk) -> None:
    """Each date and amount, with chips only for authority that no claim has shown."""
    shown = {citation for claim in reply.claims for citation in claim.citations}
    figures = [(deadline_html(deadline), deadline.citations) for deadline in reply.deadlines]
    figures += [(amount_html(amount), amount.citations) for amount in reply.amounts]
    for number, (figure, citations) in enumerate(figures):
        st.html(figure)
        behind = [citation for citation in citations if citation not in shown]
        shown.update(behind)
        chips = citation_chips(behind, desk.documents, as_of=reply.as_of, today=reply.today)
        library.show_chips(chips, f"{key}-figure-{number}")


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


def _show_tools(reply: Reply, key: str, desk: Desk) -> None:
    text = reply_markdown(reply, desk.documents)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"tools-{key}"):
        st.html(f'<span class="stamp">The law of {_day(reply.as_of, desk.today)}</span>', width="content")
        with st.popover("Copy", icon=":material/content_copy:", type="tertiary", key=f"copy-{key}"):
            st.code(text, language="markdown", wrap_lines=True, height=320)
        st.download_button(
            "Download",
            text,
            file_name=f"recordkeeping-answer-{reply.today.isoformat()}-{key[:6]}.md",
            mime="text/markdown",
            key=f"download-{key}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def _day(day: date, today: date) -> str:
    return f"{long_date(day)} (today)" if day == today else long_date(day)
