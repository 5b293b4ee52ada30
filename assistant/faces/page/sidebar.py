"""The sidebar: a new question, the day asked about, and the conversations this browser has had."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from assistant.conversations import Summary
from assistant.conversations.store import TITLE
from assistant.errors import AssistantError
from assistant.faces.page import talk
from assistant.faces.page.desk import Desk, one_line
from assistant.faces.rendering.conversation import export_markdown
from assistant.faces.rendering.words import escape_label

#: What the date field takes; Streamlit's own limits are ten years either way.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
#: Conversations listed at once.
LISTED = 12
_GO = "go"


def show_head(today: date) -> date:
    """The name of the thing, a new question, and the day asked about."""
    with st.sidebar:
        st.html('<div class="wordmark">Customs recordkeeping</div>')
        st.button(
            "New question", key="new", icon=":material/edit_square:", width="stretch", on_click=_new_question
        )
        st.session_state.setdefault("as_of", today)
        return st.date_input(
            "The day asked about",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            key="as_of",
            format="YYYY-MM-DD",
            persist_state="session",
            help="Answers state the law of this day. Leave it at today for the law as it stands.",
        )


def goes_to_ask() -> bool:
    """Whether what was clicked is shown in Ask, whatever view is open."""
    return bool(st.session_state.pop(_GO, False))


def show(desk: Desk) -> None:
    """The conversations, the latest first; what is open can be renamed, exported and deleted."""
    open_id = talk.current().id
    with st.sidebar:
        try:
            kept = talk.listed(desk)
        except AssistantError as error:
            kept = ()
            st.warning(escape_label(one_line(error)), icon=":material/info:")
        if desk.store_problem:
            st.warning(
                escape_label(f"Conversations are not kept: {desk.store_problem}"), icon=":material/info:"
            )
        elif kept:
            st.html('<h2 class="side">Conversations</h2>')
            _show_kept(kept, open_id, desk)
        if opened := next((summary for summary in kept if summary.id == open_id), None):
            _show_manage(opened, desk)
        st.html(_foot(desk))


def _show_kept(kept: tuple[Summary, ...], open_id: str | None, desk: Desk) -> None:
    shown = LISTED if not st.session_state.get("all-kept") else len(kept)
    with st.container(key="kept", gap=None):
        for summary in kept[:shown]:
            mark = "open" if summary.id == open_id else "kept"
            st.button(
                escape_label(summary.title),
                key=f"{mark}-{summary.id}",
                type="tertiary",
                width="stretch",
                on_click=_reopen,
                args=(summary.id, desk),
            )
        if len(kept) > shown:
            st.button(f"{len(kept) - shown} more", key="show-all-kept", type="tertiary", on_click=_show_all)


def _show_manage(opened: Summary, desk: Desk) -> None:
    manage = st.popover(
        "This conversation",
        icon=":material/more_horiz:",
        key="manage",
        width="stretch",
        on_change="rerun",
    )
    if not manage.open:
        return
    with manage:
        with st.form("rename", border=False):
            st.text_input("Title", value=opened.title, max_chars=TITLE, key=f"title-{opened.id}")
            st.form_submit_button("Rename", on_click=_rename, args=(opened.id, desk))
        st.download_button(
            "Export",
            partial(_exported, opened, desk),
            file_name=f"recordkeeping-conversation-{opened.began.date().isoformat()}.md",
            mime="text/markdown",
            on_click="ignore",
            icon=":material/download:",
            key="export",
            width="stretch",
        )
        sure = st.checkbox("Delete it for good, with what was said of its answers", key=f"sure-{opened.id}")
        st.button(
            "Delete",
            key="delete",
            icon=":material/delete:",
            disabled=not sure,
            width="stretch",
            on_click=_delete,
            args=(opened.id, desk),
        )


def _new_question() -> None:
    talk.fresh()
    st.session_state[_GO] = True


def _show_all() -> None:
    st.session_state["all-kept"] = True


def _reopen(id: str, desk: Desk) -> None:
    st.session_state[_GO] = True
    if problem := talk.reopen(id, desk):
        talk.forget_list()
        st.session_state["not-reopened"] = problem


def _rename(id: str, desk: Desk) -> None:
    assert desk.store is not None
    try:
        desk.store.rename(id, str(st.session_state[f"title-{id}"]), owner=desk.owner)
    except AssistantError as error:
        st.toast(escape_label(one_line(error)), icon=":material/error:")
    talk.forget_list()


def _delete(id: str, desk: Desk) -> None:
    assert desk.store is not None
    try:
        desk.store.delete(id, owner=desk.owner)
    except AssistantError as error:
        st.toast(escape_label(one_line(error)), icon=":material/error:")
        return
    talk.fresh()
    talk.forget_list()
    st.toast("The conversation was deleted.", icon=":material/delete:")


def _exported(opened: Summary, desk: Desk) -> str:
    """Every turn as it was kept, with its sources and what changed since, in one Markdown file."""
    assert desk.store is not None
    turns = desk.store.turns(opened.id, owner=desk.owner)
    return export_markdown(turns, desk.documents, title=opened.title, today=desk.today)


def _foot(desk: Desk) -> str:
    lines = []
    if desk.store is not None and not desk.known:
        lines.append("This browser takes no cookies: its conversations are kept until this tab is closed.")
    lines.append("Not legal advice. Read the authority behind each sentence.")
    return f'<div class="foot">{"<br>".join(lines)}</div>'
