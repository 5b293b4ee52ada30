"""What every view is given: the assistant, the documents, the store, and the two days that decide."""

from __future__ import annotations

import base64
import os
import secrets
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import streamlit as st

from assistant.conversations import Store
from assistant.errors import AssistantError
from assistant.faces.page.door import COOKIE, owner_of
from assistant.law import Document
from assistant.reading.held import use
from assistant.settings import Settings
from assistant.wiring import Assistant, held_documents, open_assistant, open_store

_OWNER = "owner"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Desk:
    """``assistant`` or ``store`` is ``None`` where it cannot be opened; its problem says why in one line.

    ``known``: the browser has a name, so that its conversations are found again another day.
    """

    assistant: Assistant | None
    problem: str
    documents: dict[str, Document]
    as_of: date
    today: date
    settings: Settings = Settings()  # noqa: RUF009 (frozen)
    store: Store | None = None
    store_problem: str = ""
    owner: str = ""
    known: bool = False


# Of one index only: the one before goes with its last question, so that a build can remove its files.
@st.cache_resource(show_spinner="Opening the texts…", max_entries=1)
def _opened(settings: Settings, current: str) -> Assistant:
    return open_assistant(settings)


@st.cache_resource(show_spinner=False)
def _store(settings: Settings) -> Store:
    return open_store(settings)


@st.cache_resource(show_spinner=False)
def _held(settings: Settings) -> dict[str, Document]:
    return {document.id: document for document in held_documents(settings)}


@cache
def style() -> str:
    """The page's style and its script, which need no more than one message.

    Each line of it is looked at again at every run, so the style is made one.
    """
    css = " ".join((_HERE / "page.css").read_text(encoding="utf-8").split())
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    return f"<style>{css}</style><script>{script}</script>"


@cache
def icon() -> str:
    """As an address that holds the picture, which is then not read from its file at every click."""
    return f"data:image/png;base64,{base64.b64encode((_HERE / 'icon.png').read_bytes()).decode()}"


def set_desk(as_of: date, today: date) -> Desk:
    """Open the assistant once a process, and again when a new index has been swapped in."""
    owner, known = _owner()
    try:
        settings = Settings.from_environment(os.environ)
    except AssistantError as error:
        return Desk(None, one_line(error), {}, as_of, today)
    use(settings.corpus)
    store, store_problem = None, ""
    try:
        store = _store(settings)
    except AssistantError as error:
        store_problem = one_line(error)
    assistant, problem = None, ""
    try:
        assistant = _opened(replace(settings, conversations=""), _current(settings))
    except AssistantError as error:
        problem = one_line(error)
    documents = assistant.documents if assistant else _documents(settings)
    return Desk(assistant, problem, documents, as_of, today, settings, store, store_problem, owner, known)


def one_line(error: AssistantError) -> str:
    """An error's message as the one line that a person sees."""
    return " ".join(str(error).split())


def _owner() -> tuple[str, bool]:
    """The browser's name, or one for this session where it takes no cookies."""
    if owner := owner_of(st.context.cookies.get(COOKIE)):
        return owner, True
    return str(st.session_state.setdefault(_OWNER, f"page:session:{secrets.token_hex(32)}")), False


def _documents(settings: Settings) -> dict[str, Document]:
    """The corpus can be read without an index; where even that fails, nothing is held."""
    try:
        return _held(settings)
    except AssistantError:
        return {}


def _current(settings: Settings) -> str:
    """What tells one index from the next; empty where there is none."""
    try:
        return (settings.index / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError:
        return ""
