"""The page under Streamlit's own AppTest, with conversations of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.conversations import Store
from assistant.faces.page import desk
from tests.conftest import PATIENCE

SCRIPT = Path(__file__).resolve().parents[3] / "assistant" / "faces" / "page" / "script.py"
Opening = Callable[..., AppTest]


@pytest.fixture
def store(at_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the page opens too."""
    path = str(tmp_path / "conversations.sqlite")
    monkeypatch.setenv("RECORDKEEPING_CONVERSATIONS", path)
    opened = Store.open(path)
    yield opened
    opened.close()


@pytest.fixture
def opening(store: Store) -> Iterator[Opening]:
    """A page opened at an address; ``owner`` is the browser's name, as the cookie gives it."""

    def open_page(owner: str = "page:one", **query: str) -> AppTest:
        page = AppTest.from_file(SCRIPT, default_timeout=PATIENCE)
        page.session_state["owner"] = owner
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    yield open_page
    desk._store.clear()


@pytest.fixture
def page(opening: Opening) -> AppTest:
    return opening()
