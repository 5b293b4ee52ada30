"""Library: every document as a tree, by edition; searched within, and compared word by word."""

from __future__ import annotations

from html import escape

import streamlit as st

from assistant.faces.page.desk import Desk
from assistant.faces.page.drawer import edition_html, standing_html
from assistant.faces.rendering import is_former
from assistant.faces.rendering.addresses import address
from assistant.faces.rendering.compare import Row, compare, side_html, words_html
from assistant.faces.rendering.html import copy_html
from assistant.faces.rendering.tree import tree_html
from assistant.faces.rendering.words import TIER_NAMES, escape_label
from assistant.law import Document
from assistant.law.document import TIERS

#: What each row of a comparison is headed with.
DIFFERENCES = {
    "same": "The same words",
    "changed": "Changed",
    "reworded": "In other words",
    "only_first": "Only in the first",
    "only_second": "Only in the second",
}
READ, COMPARE = "Read", "Compare"


def show(desk: Desk) -> None:
    """A text, and what may be done with it: read it, search it, or lay another beside it."""
    st.html(
        '<div class="welcome"><h1>The texts held</h1>'
        "<p>Every answer rests on these, and on nothing else. Open a provision, search for words, or lay"
        " two texts side by side.</p></div>"
    )
    held = sorted(desk.documents.values(), key=lambda d: (TIERS.index(d.tier), d.citation.kind == "other"))
    if not held:
        st.info("No text is held: the index has not been built yet.", icon=":material/menu_book:")
        return
    by_id = {document.id: document for document in held}
    id = st.selectbox(
        "Text and edition",
        list(by_id),
        format_func=lambda id: _named(by_id[id]),
        key="library-document",
        persist_state="session",
    )
    document = by_id[id]
    _show_plate(document, desk)
    others = _comparable(document, held)
    modes = [READ, COMPARE] if others else [READ]
    mode = st.segmented_control("What to do", modes, default=READ, key="library-mode", required=True)
    if mode == COMPARE:
        _show_comparison(document, others)
        return
    wanted = st.text_input("Search within this text", key="library-search", max_chars=200).strip()
    html, hits = tree_html(document, wanted) if wanted else _tree(document.id, document.sha256, document)
    if wanted:
        st.html(f'<p class="count" role="status">{_count(hits)} “{escape(wanted)}”.</p>')
    st.html(html)


@st.cache_data(show_spinner=False, max_entries=64)
def _tree(id: str, sha256: str, _document: Document) -> tuple[str, int]:
    """Of what is held only: the words somebody looks for stay in nobody's cache."""
    return tree_html(_document, "")


def _count(hits: int) -> str:
    if not hits:
        return "Nothing here says"
    return "1 place says" if hits == 1 else f"{hits:,} places say"


def _show_plate(document: Document, desk: Desk) -> None:
    former = is_former(document.in_force, desk.today)
    caveat = f'<span class="edition">{escape(document.caveat)}</span>' if document.caveat else ""
    ours = '<span class="edition">Our restatement. The official text governs.</span>'
    ours = ours if document.tier == "digest" else ""
    st.html(
        f'<div class="plate"><span class="tier {document.tier}">{escape(TIER_NAMES[document.tier])}</span>'
        f"<strong>{escape(document.title)}</strong>"
        f'<span class="edition">{edition_html(document)}</span>'
        f"{standing_html(document.in_force, former=former)}{ours}{caveat}</div>"
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="library-tools"):
        if document.address.startswith("https://"):
            st.link_button(
                "The official text", document.address, icon=":material/open_in_new:", type="tertiary"
            )
        st.html(copy_html(address("library", {"document": document.id})), width="content")


def _comparable(document: Document, held: list[Document]) -> list[Document]:
    """Other texts with words at an address of this one: other editions first, then the nearest."""
    mine = {node.citation for node in document.provisions if node.citation.kind != "other"}
    shared = {
        other.id: len(mine & {node.citation for node in other.provisions})
        for other in held
        if other.id != document.id
    }
    near = [other for other in held if shared.get(other.id)]
    return sorted(near, key=lambda other: (other.citation != document.citation, -shared[other.id]))


def _show_comparison(document: Document, others: list[Document]) -> None:
    by_id = {other.id: other for other in others}
    id = st.selectbox(
        "Compare with", list(by_id), format_func=lambda id: _named(by_id[id]), key="library-other"
    )
    other = by_id[id]
    rows = _rows(document.id, document.sha256, other.id, other.sha256, document, other)
    kinds = [kind for kind in DIFFERENCES if any(row.difference == kind for row in rows)]
    chosen = st.pills(
        "Show",
        kinds,
        selection_mode="multi",
        default=[kind for kind in kinds if kind in ("changed", "reworded")] or kinds[:1],
        format_func=lambda kind: f"{DIFFERENCES[kind]} ({sum(r.difference == kind for r in rows)})",
        key=f"library-kinds-{document.id}-{other.id}",
    )
    st.html(
        f'<p class="key">First: {escape(_named(document))}. Second: {escape(_named(other))}.'
        " <del>Struck out</del> stands only in the first, <ins>underlined</ins> only in the second.</p>"
    )
    shown = [row for row in rows if row.difference in chosen]
    if not shown:
        st.html('<p class="count">Nothing is chosen above, so nothing is shown.</p>')
        return
    st.html(_compared(tuple(shown)))


@st.cache_data(show_spinner="Comparing…", max_entries=32)
def _rows(one: str, sha1: str, two: str, sha2: str, _first: Document, _second: Document) -> tuple[Row, ...]:
    return compare(_first, _second)


@st.cache_data(show_spinner="Comparing…", max_entries=32)
def _compared(rows: tuple[Row, ...]) -> str:
    return f'<div class="compared">{"".join(map(_row_html, rows))}</div>'


def _row_html(row: Row) -> str:
    head = f"<h2>{escape(str(row.citation))} <small>{escape(DIFFERENCES[row.difference])}</small></h2>"
    if row.difference == "reworded":
        return (
            f'<section class="sides">{head}<div><p>{side_html(row.first, row.second, "del")}</p>'
            f"<p>{side_html(row.second, row.first, 'ins')}</p></div></section>"
        )
    return f"<section>{head}<p>{words_html(row.first, row.second)}</p></section>"


def _named(document: Document) -> str:
    return escape_label(f"{TIER_NAMES[document.tier]}: {document.title}").replace("\\", "")
