"""What an address of the page asks for, done once a session; `addresses` writes them.

A link that another site leads to has `fill` for its `q`: the door sees to that.
"""

from __future__ import annotations

import re
from datetime import date

import streamlit as st

from assistant.errors import AssistantError, UsageError
from assistant.faces.page import drawer, talk
from assistant.faces.page.desk import Desk, one_line
from assistant.faces.rendering import Chip
from assistant.faces.rendering.chips import is_former
from assistant.faces.rendering.words import escape_label
from assistant.law import Document
from assistant.law.held import show

_ARRIVED = "arrived"


def day_of_address() -> None:
    """The day asked about, when the address names one: before the field for it is drawn."""
    if "as_of" in st.session_state or not (text := st.query_params.get("as_of")):
        return
    try:
        st.session_state.as_of = date.fromisoformat(text)
    except ValueError:
        st.session_state["problem-of-address"] = f"as_of={text[:40]} is not a date; write it like 2026-11-22"


def follow(desk: Desk, *, asking: bool) -> None:
    """Do, once a session, what the address asks for."""
    if problem := st.session_state.pop("problem-of-address", ""):
        st.toast(escape_label(problem), icon=":material/error:")
    if st.session_state.get(_ARRIVED):
        return
    st.session_state[_ARRIVED] = True
    query = st.query_params
    try:
        if named := query.get("show"):
            drawer.open_chip(_named(named, desk))
        elif document := query.get("document"):
            drawer.open_chip(_words(document, query.get("words", ""), desk))
    except AssistantError as error:
        st.toast(escape_label(one_line(error)), icon=":material/error:")
    if not asking:
        return
    if question := query.get("q"):
        talk.take(question, desk)
    elif question := query.get("fill"):
        st.session_state.question = question[: talk.LONGEST]
    elif (kept := query.get("c")) and (problem := talk.reopen(kept, desk)):
        st.session_state["not-reopened"] = problem


def keep_address(*, asking: bool) -> None:
    """The address of what is shown, so that a reload shows it again."""
    if not asking:
        return
    kept = talk.current().id
    wanted = {"c": kept} if kept else {}
    if dict(st.query_params) != wanted:
        st.query_params.from_dict(wanted)


def _named(target: str, desk: Desk) -> Chip:
    document, provision = show(desk.documents.values(), target[:300], desk.as_of)
    if provision is None:
        return _chip(document, 0, 0, desk.today)
    former = is_former(provision.in_force, desk.today)
    return Chip(
        provision.citation,
        document.tier,
        document.id,
        provision.start,
        provision.end,
        provision.in_force,
        former,
    )


def _words(id: str, words: str, desk: Desk) -> Chip:
    document = desk.documents.get(id)
    if document is None:
        raise UsageError(f"the text {id[:60]!r} is not held; the Library lists what is")
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", words)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    if start >= end or end > len(document.text):
        start = end = 0
    return _chip(document, start, end, desk.today)


def _chip(document: Document, start: int, end: int, today: date) -> Chip:
    inner = document.around(start, end)
    citation = inner.citation if inner and end else document.citation
    span = document.span_at(start, end) if end else document.in_force
    return Chip(citation, document.tier, document.id, start, end, span, is_former(span, today))
