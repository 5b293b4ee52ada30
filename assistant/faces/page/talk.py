"""The conversation that is open in a session: its turns, and what may be done with them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import streamlit as st

from assistant.answering.conversation import Memory
from assistant.answering.reply import Reply
from assistant.conversations import Summary
from assistant.conversations.changes import changed
from assistant.errors import AssistantError
from assistant.faces.page.desk import Desk, one_line
from assistant.faces.page.work import Keep, Work

#: Characters of a question that is taken; the assistant itself reads the first few thousand.
LONGEST = 4000
#: Seconds a click waits for the answer before the page shows how far it is. With a language model, which
#: takes seconds, that is shown soon; without, the answer is nearly always there first, and where it is not
#: because many ask, a page drawn once more would only keep them all waiting longer.
AT_ONCE, AT_ONCE_ALONE = 0.3, 2.0
_TALK = "talk"
_LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with what came of it: a reply, or an error's one line, or work that goes on.

    ``note`` says what kept the reply from being kept, ``changes`` what has changed since it was.
    """

    id: str
    question: str
    reply: Reply | None = None
    problem: str = ""
    note: str = ""
    changes: tuple[str, ...] = ()
    good: bool | None = None
    reason: str = ""
    work: Work | None = None


@dataclass(slots=True)
class Talk:
    """What is open. ``id`` is the store's; ``None`` until the first question is asked.

    ``memory`` is what was read of its turns, and is gone with it.
    """

    id: str | None = None
    turns: list[Turn] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)


def current() -> Talk:
    """The session's conversation, with every turn whose work is done settled."""
    talk: Talk = st.session_state.setdefault(_TALK, Talk())
    for place, turn in enumerate(talk.turns):
        if turn.work is not None and turn.work.done:
            talk.turns[place] = _settled(turn, turn.work)
            forget_list()
    return talk


def take(question: str, desk: Desk) -> None:
    """Begin to answer; what comes of it is kept before it is shown, on this and on every later run."""
    question = question.strip()[:LONGEST]
    if desk.assistant is None or not question:
        return
    talk = current()
    if any(turn.work for turn in talk.turns):
        return
    work = Work(uuid.uuid4().hex, question, desk.as_of)
    history = tuple(
        said
        for turn in talk.turns
        if turn.reply
        for said in (("user", turn.question), ("assistant", turn.reply.text))
    )
    talk.turns.append(Turn(work.id, question, work=work))
    work.start(desk.assistant, desk.today, history, _keeper(talk, desk), talk.memory)
    work.wait(AT_ONCE if desk.assistant.drafter else AT_ONCE_ALONE)


def stop() -> None:
    """Stop what is being answered, and put the question back into the field, to be asked better."""
    talk = current()
    for turn in list(talk.turns):
        if turn.work and turn.work.stop():
            talk.turns.remove(turn)
            st.session_state.question = turn.question


def fresh() -> None:
    """A clean sheet; the conversation that was open stays kept."""
    for turn in current().turns:
        if turn.work:
            turn.work.stop()
    st.session_state[_TALK] = Talk()


def reopen(id: str, desk: Desk) -> str:
    """Open a kept conversation; the line that says why not, or nothing."""
    if desk.store is None:
        return desk.store_problem
    try:
        kept = desk.store.turns(id, owner=desk.owner)
    except AssistantError as error:
        return one_line(error)
    fresh()
    turns = [
        Turn(
            turn.id,
            turn.reply.question,
            turn.reply,
            changes=changed(turn, desk.documents, today=desk.today),
            good=turn.good,
            reason=turn.reason,
        )
        for turn in kept
    ]
    st.session_state[_TALK] = Talk(id, turns)
    return ""


def judge(turn: Turn, good: bool, reason: str, desk: Desk) -> str:
    """Keep what is thought of a turn; the line that says why not, or nothing."""
    if desk.store is None:
        return desk.store_problem
    try:
        now = datetime.now(UTC)
        desk.store.feedback(turn.id, owner=desk.owner, good=good, reason=reason, now=now, face="page")
    except AssistantError as error:
        return one_line(error)
    turns = current().turns
    turns[turns.index(turn)] = replace(turn, good=good, reason=reason)
    return ""


def listed(desk: Desk) -> tuple[Summary, ...]:
    """The browser's conversations; read again only after something of them changed here."""
    if desk.store is None:
        return ()
    if _LISTED not in st.session_state:
        st.session_state[_LISTED] = desk.store.conversations(desk.owner)
    found: tuple[Summary, ...] = st.session_state[_LISTED]
    return found


def is_listed() -> bool:
    """Whether the list is as it was read."""
    return _LISTED in st.session_state


def forget_list() -> None:
    """To be read again."""
    st.session_state.pop(_LISTED, None)


def _keeper(talk: Talk, desk: Desk) -> Keep:
    """Keeps a reply in the talk's conversation, and begins that with the first."""

    def keep(reply: Reply, now: datetime) -> str:
        if desk.store is None or desk.assistant is None:
            return desk.store_problem
        try:
            if talk.id is None:
                talk.id = desk.store.begin(owner=desk.owner)
            corpus = desk.assistant.corpus
            desk.store.append(talk.id, reply, owner=desk.owner, corpus=corpus, now=now, turn=reply.id)
        except AssistantError as error:
            return one_line(error)
        return ""

    return keep


def _settled(turn: Turn, work: Work) -> Turn:
    return replace(turn, reply=work.reply, problem=work.problem, note=work.note, work=None)
