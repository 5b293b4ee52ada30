"""What every view is given: the assistant, the documents, and the two days that decide."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from assistant.errors import AssistantError
from assistant.law import Document
from assistant.settings import Settings
from assistant.wiring import Assistant, held_documents, open_assistant

STYLE = Path(__file__).with_name("page.css")


@dataclass(frozen=True, slots=True)
class Desk:
    """``assistant`` is ``None`` where it cannot be opened, and ``problem`` then says why in one line."""

    assistant: Assistant | None
    problem: str
    documents: dict[str, Document]
    as_of: date
    today: date


@st.cache_resource(show_spinner="Opening the texts…")
def _opened(settings: Settings, current: str) -> Assistant:
    return open_assistant(settings)


@st.cache_resource(show_spinner=False)
def _held(settings: Settings) -> dict[str, Document]:
    return {document.id: document for document in held_documents(settings)}


def set_desk(as_of: date, today: date) -> Desk:
    """Open the assistant once a process, and again when a new index has been swapped in."""
    settings = Settings.from_environment(os.environ)
    try:
        assistant = _opened(settings, _current(settings))
    except AssistantError as error:
        return Desk(None, one_line(error), _documents(settings), as_of, today)
    return Desk(assistant, "", assistant.documents, as_of, today)


def one_line(error: AssistantError) -> str:
    """An error's message as the one line that a person sees."""
    return " ".join(str(error).split())


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
