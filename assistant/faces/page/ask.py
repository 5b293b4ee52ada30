"""Ask: the conversation, the question, and each answer with its authority one click away."""

from __future__ import annotations

import streamlit as st

from assistant.faces.page import talk
from assistant.faces.page.answer import plain_answer, show_answer
from assistant.faces.page.desk import Desk
from assistant.faces.page.gate import outside
from assistant.faces.page.talk import Talk, Turn, take
from assistant.faces.page.work import Work
from assistant.faces.rendering.examples import FIRST, MORE
from assistant.faces.rendering.html import question_html, sentence_html, working_html
from assistant.faces.rendering.words import escape_label

#: The latest turns that are laid out with every chip and tool. Each of a conversation's parts is sent
#: again at every click, and those before are read more than used.
WHOLE = 3
#: Seconds between looks at an answer that takes its time.
_LOOK = 0.15


def show(desk: Desk) -> None:
    """The whole view. Replies are kept by message id, so no click can lose one."""
    if problem := st.session_state.pop("not-reopened", ""):
        st.warning(escape_label(problem), icon=":material/info:")
    if desk.problem:
        st.error(escape_label(desk.problem), icon=":material/error:")
    open_talk = talk.current()
    if not open_talk.turns:
        _welcome(desk)
    earlier = open_talk.turns[:-WHOLE]
    for turn in open_talk.turns:
        with st.container(key=f"turn-{turn.id}"):
            if turn in earlier and turn.reply and turn.id not in _unfolded():
                _show_earlier(turn, desk)
            else:
                _show_turn(turn, desk, last=turn is open_talk.turns[-1])
    working = next((turn.work for turn in open_talk.turns if turn.work), None)
    # In a container it stays where it is put (the style makes it sticky); left to itself it would pull
    # the page to the end of each answer, past the conclusion.
    with st.container(key="composer"):
        st.chat_input(
            "Ask about a record, a section, an agreement or a date",
            key="question",
            max_chars=talk.LONGEST,
            disabled=desk.assistant is None or working is not None,
            on_submit=_submit,
            args=(desk,),
        )
    if open_talk.turns:
        _bring_into_view(open_talk)
    if working is not None:
        _look_on(working)


def _show_turn(turn: Turn, desk: Desk, *, last: bool) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.html(question_html(turn.question))
    with st.chat_message("assistant", avatar=":material/balance:"):
        if turn.work is not None:
            with st.container(horizontal=True, vertical_alignment="center", key="working"):
                st.session_state["working"] = st.empty()
                st.button("Stop", key="stop", icon=":material/stop_circle:", on_click=talk.stop)
            st.session_state["spoken"] = st.empty()
        elif turn.reply is None:
            st.error(escape_label(turn.problem), icon=":material/error:")
        else:
            show_answer(turn, desk, last=last)


def _show_earlier(turn: Turn, desk: Desk) -> None:
    """All that was said, as one piece; its chips and tools come with a click."""
    st.html(question_html(turn.question) + plain_answer(turn, desk))
    st.button(
        "Its citations and tools",
        key=f"unfold-{turn.id}",
        type="tertiary",
        icon=":material/unfold_more:",
        on_click=_unfolded().add,
        args=(turn.id,),
    )


def _unfolded() -> set[str]:
    found: set[str] = st.session_state.setdefault("unfolded", set())
    return found


def _look_on(work: Work) -> None:
    """What is done and what is said already, until it is all there; then the page as it stays.

    Whoever stopped it has another run under way, which draws the page.
    """
    shown: tuple[str, tuple[str, ...]] = ("", ())
    step, spoken = st.session_state.pop("working"), st.session_state.pop("spoken")
    while not _waited(work):
        now = (work.step, work.sentences)
        if now != shown:
            step.html(working_html(now[0]))
            if now[1]:
                spoken.html("".join(map(sentence_html, now[1])))
            shown = now
        if work.stopped:
            st.stop()
    st.rerun()


def _waited(work: Work) -> bool:
    with outside():
        return work.wait(_LOOK)


def _bring_into_view(open_talk: Talk) -> None:
    """Once for each new turn: the question to the top of the page, the conclusion right below it."""
    turn = open_talk.turns[-1]
    script = f'window.recordkeeping?.answered("{turn.id}", {str(turn.work is None).lower()})'
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _submit(desk: Desk) -> None:
    take(str(st.session_state.question or ""), desk)


def _welcome(desk: Desk) -> None:
    st.html(
        '<div class="welcome"><h1>U.S. customs recordkeeping</h1>'
        "<p>Ask who must keep which customs records, for how long, and what follows if they do not:"
        " every sentence of the answer carries its authority, and every date its sum.</p></div>"
    )
    with st.container(key="examples-first", gap=None):
        for question in FIRST:
            _example(question, desk, "first")
    st.html('<h2 class="more">More to try</h2>')
    with st.container(key="examples-more", gap=None):
        for question in MORE:
            _example(question, desk, "more")


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
