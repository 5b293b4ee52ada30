"""What the tests of several faces share."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.reply import Reply
from assistant.settings import Settings
from assistant.wiring import Assistant
from tests.conftest import TODAY


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
