"""An assistant with a language model: a scripted one, and a real one, both behind real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from assistant.search.index import open_index
from assistant.settings import Settings
from assistant.wiring import Assistant, join
from tests.answering.drafting.server import ScriptedModel


@pytest.fixture(scope="session")
def model() -> Iterator[ScriptedModel]:
    with ScriptedModel().serving() as model:
        yield model


@pytest.fixture(scope="session")
def speaking(settings: Settings, model: ScriptedModel) -> Iterator[Assistant]:
    """An assistant whose model says what the test puts into ``model.script``."""
    assistant = join(
        replace(settings, chat_model="openai:scripted", chat_url=model.url),
        open_index(settings.index, settings.model),
    )
    yield assistant
    assistant.close()


@pytest.fixture
def with_model(settings: Settings) -> Iterator[Callable[..., Assistant]]:
    """An assistant with other settings of the model."""
    made = []

    def make(**changes: object) -> Assistant:
        made.append(join(replace(settings, **changes), open_index(settings.index, settings.model)))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for assistant in made:
        assistant.close()
