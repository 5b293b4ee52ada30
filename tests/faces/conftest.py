"""One index for all tests of the faces: the one that is there, or one built for the session."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.reply import Reply
from assistant.settings import Settings
from assistant.wiring import Assistant, build_index, open_assistant

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """``RECORDKEEPING_INDEX`` or ``.index``; without either a build, which takes half a minute."""
    found = Settings.from_environment(os.environ)
    if (found.index / "CURRENT").is_file():
        return found
    built = Settings(found.corpus, tmp_path_factory.mktemp("index"), found.model)
    build_index(built, rebuild=False, progress=lambda *_: None)
    return built


@pytest.fixture(scope="session")
def assistant(settings: Settings) -> Assistant:
    return open_assistant(settings)


@pytest.fixture
def at_index(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page reads its settings from the environment, as it does for a person."""
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(settings.index))
    return settings.index


@pytest.fixture(scope="session")
def korea(assistant: Assistant) -> Reply:
    """A reply that rests on the statute's own words."""
    question = "How long must the issuer of a Korea certificate of origin keep the records?"
    return assistant.ask(question, as_of=TODAY, today=TODAY)
