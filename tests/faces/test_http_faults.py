"""What an operator hears of what fails over HTTP: where and what, never what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.conversations import Store, Summary
from assistant.faces.http.app import make_app
from assistant.faces.http.door import Door
from assistant.settings import Settings
from assistant.wiring import Newest

Client = Callable[[Store], TestClient]


@pytest.fixture(scope="module")
def newest(settings: Settings) -> Iterator[Newest]:
    with Newest(settings) as opened:
        yield opened


@pytest.fixture
def client(newest: Newest) -> Iterator[Client]:
    """A client of the application over a store."""
    with ExitStack() as stack:

        def over(store: Store) -> TestClient:
            app = make_app(newest, stack.enter_context(closing(store)), Door())
            return TestClient(app, base_url="http://127.0.0.1")

        yield over


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "assistant.http"]


def test_a_store_that_went_away(client: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    asking = client(Store.open(str(tmp_path / "kept" / "c.sqlite")))
    id = asking.post("/v1/conversations", json={}).json()["id"]
    for path in (tmp_path / "kept").iterdir():
        path.write_bytes(b"no database" * 1000)
    asked = asking.post("/v1/ask", json={"question": "the Meridian shipment", "conversation": id})
    assert (asked.status_code, asking.get("/readyz").status_code) == (503, 503)
    not_done, not_ready = logged(caplog)
    assert not_done.startswith("not done: /v1/ask: StoreError: ")
    assert not_ready.startswith("not ready: StoreError: ")
    assert "\n" not in not_done + not_ready and "Meridian" not in caplog.text


def test_a_fault_is_logged_by_its_kind_and_place(
    client: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty(Store):
        def conversations(self, owner: str, *, limit: int = 100) -> tuple[Summary, ...]:
            raise ValueError("the Meridian shipment")

    answered = client(Faulty.open(str(tmp_path / "c.sqlite"))).get("/v1/conversations")
    said = r"a fault of this program: (/v1/conversations: )?ValueError \(test_http_faults\.py, line \d+\)"
    (line,) = logged(caplog)
    assert re.fullmatch(said, line) and re.match(said, answered.json()["error"])
    assert answered.status_code == 500 and "Meridian" not in caplog.text + answered.text
