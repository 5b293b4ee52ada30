"""Citations that open: the chips below a sentence, and the drawer with the words behind one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from assistant.faces.page.desk import Desk
from assistant.faces.rendering import Chip, is_former, long_date, passage_html, span_words
from assistant.faces.rendering.addresses import passage_link
from assistant.faces.rendering.html import copy_html
from assistant.faces.rendering.words import TIER_NAMES, escape_label
from assistant.law import Document, Span

_OPENED = "opened"


def show_chips(chips: Sequence[Chip], key: str) -> None:
    """Citations in a row: one with words held opens them, one without leads to the official page."""
    if not chips:
        return
    with st.container(horizontal=True, gap="xsmall", key=f"row-{key}"):
        for number, chip in enumerate(chips):
            label = f"{escape_label(str(chip.citation))} :gray[{chip.label}]"
            if chip.document is not None:
                st.button(label, key=f"chip-{chip.tier}-{key}-{number}", on_click=open_chip, args=(chip,))
            elif chip.citation.url:
                st.link_button(label, chip.citation.url, icon=":material/open_in_new:")
            else:
                st.badge(escape_label(str(chip.citation)), color="gray")


def show_opened(desk: Desk) -> None:
    """The drawer, when the last click asked for one."""
    chip: Chip | None = st.session_state.pop(_OPENED, None)
    document = desk.documents.get(chip.document or "") if chip else None
    if chip is not None and document is not None:
        title = escape_label(str(chip.citation))
        st.dialog(title, width=640, position="right")(_drawer)(document, chip, desk)


def open_chip(chip: Chip) -> None:
    """On this run or the next."""
    st.session_state[_OPENED] = chip


def _drawer(document: Document, chip: Chip, desk: Desk) -> None:
    """Title, edition and span stay above the text, so that nobody reads old law as new."""
    ours = '<span class="edition">Our restatement. The official text governs.</span>'
    ours = ours if document.tier == "digest" else ""
    st.html(
        f'<div class="plate"><span class="tier {document.tier}">{escape(TIER_NAMES[document.tier])}</span>'
        f"<strong>{escape(document.title)}</strong>"
        f'<span class="edition">{edition_html(document)}</span>'
        f"{standing_html(chip.in_force, former=chip.former)}{_asked(chip, desk.as_of)}{ours}</div>"
    )
    address = chip.citation.url or document.address
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="drawer-tools"):
        if address.startswith("https://"):
            st.link_button("The official text", address, icon=":material/open_in_new:", type="tertiary")
        st.html(copy_html(passage_link(chip)), width="content")
    st.html(passage_html(document, chip.start, chip.end))
    if document.caveat:
        st.caption(escape_label(document.caveat))


def edition_html(document: Document) -> str:
    """The edition, and the id that names it."""
    return f"Edition {escape(document.edition)} · <code>{escape(document.id)}</code>"


def standing_html(span: Span, *, former: bool) -> str:
    """When a text is or was law, as a sentence begins."""
    words = escape(span_words(span))
    words = words[:1].upper() + words[1:]
    if former:
        return f'<span class="span former"><b>Superseded.</b> {words}</span>'
    return f'<span class="span">{words}</span>'


def _asked(chip: Chip, as_of: date) -> str:
    if as_of in chip.in_force or is_former(chip.in_force, as_of):
        return ""
    return f'<span class="span former">Not yet in force on {escape(long_date(as_of))}</span>'
