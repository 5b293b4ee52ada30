"""HTTP, on a real server of its own process: the contract's paths, and everything that must fail."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.conversations import Store
from assistant.faces.cli import main
from assistant.faces.http.app import AT_ONCE, TABLES_AT_ONCE
from assistant.settings import Settings
from tests.conftest import PATIENCE, ROOT
from tests.conftest import TODAY as DAY

TODAY = DAY.isoformat()
ONE, OTHER = "one-owners-own-token", "another-owners-token"
KOREA = "How long must the issuer of a Korea certificate of origin keep the records?"
JSON = {"content-type": "application/json"}


@contextmanager
def serving(
    settings: Settings, place: Path, *flags: str, **more: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """``python -m assistant serve`` in a process of its own, with its address."""
    errors = tempfile.TemporaryFile("w+")  # noqa: SIM115  # closed below, with the process
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--port", "0", *flags],
        cwd=ROOT,
        env={
            **os.environ,
            "RECORDKEEPING_INDEX": str(settings.index),
            "RECORDKEEPING_CONVERSATIONS": str(place),
            **more,
        },
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )
    with errors, process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            found = re.search(r"http://\S+", line)
            assert found, line
            yield found[0], process
        finally:
            process.send_signal(signal.SIGINT)
            status = process.wait(PATIENCE)
            errors.seek(0)
            said = errors.read()
            print(said)
    other = [line for line in said.splitlines() if not re.search(r" not (done|ready): .*StoreError: ", line)]
    assert (status, other) == (0, []), "nothing of a request is logged, and no traceback"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept") / "conversations.sqlite"


@pytest.fixture(scope="module")
def server(settings: Settings, place: Path) -> Iterator[str]:
    with serving(settings, place) as (address, _):
        yield address


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=PATIENCE) as opened:
        yield opened


def without_times(reply: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in reply.items() if name != "timings"}


def test_ask_is_what_the_command_line_prints(
    client: httpx.Client,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(settings.index))
    answered = client.post("/v1/ask", json={"question": KOREA, "today": TODAY, "as_of": "2015-06-01"})
    assert answered.status_code == 200
    assert answered.headers["content-type"] == "application/json"
    assert answered.headers["cache-control"] == "no-store"
    assert main(["ask", KOREA, "--today", TODAY, "--as-of", "2015-06-01", "--json"]) == 0
    assert without_times(answered.json()) == without_times(json.loads(capsys.readouterr().out))
    assert answered.json()["outcome"] == "answer"


def test_ask_takes_what_a_batch_line_takes(client: httpx.Client) -> None:
    history = [{"role": "user", "content": KOREA}, {"role": "assistant", "content": "Five years."}]
    body = {"question": "And for Chile?", "id": "7", "today": TODAY, "history": history}
    reply = client.post("/v1/ask", json=body).json()
    assert (reply["id"], reply["as_of"], reply["today"]) == ("7", TODAY, TODAY)
    assert "Chile" in reply["text"]


def test_today_is_the_clocks_unless_given(client: httpx.Client) -> None:
    before = datetime.now().astimezone().date()
    reply = client.post("/v1/ask", json={"question": "How long?"}).json()
    after = datetime.now().astimezone().date()
    assert before.isoformat() <= reply["today"] == reply["as_of"] <= after.isoformat()


def test_deadline_is_what_the_command_line_prints(
    client: httpx.Client, capsys: pytest.CaptureFixture[str]
) -> None:
    body = {
        "record": "fta_export",
        "agreement": "cafta-dr:honduras",
        "events": {"certificate_issued": "2012-02-29"},
        "today": TODAY,
    }
    answered = client.post("/v1/deadline", json=body)
    words = ["fta_export", "--agreement", "cafta-dr:honduras", "--event", "certificate_issued=2012-02-29"]
    assert main(["deadline", *words, "--today", TODAY, "--json"]) == 0
    assert answered.json() == json.loads(capsys.readouterr().out)
    assert answered.json()["keep_through"] == "2017-03-01"


def test_documents_and_show_are_what_the_command_line_prints(
    client: httpx.Client,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(settings.index))
    assert main(["documents", "--json"]) == 0
    assert client.get("/v1/documents").json() == json.loads(capsys.readouterr().out)
    assert main(["show", "1508(c)(3)", "--as-of", "2015-06-01", "--json"]) == 0
    shown = client.get("/v1/show", params={"target": "1508(c)(3)", "as_of": "2015-06-01"}).json()
    assert shown == json.loads(capsys.readouterr().out)
    assert shown["text"][shown["start"] : shown["end"]].startswith("(3)")


def test_every_quote_can_be_checked_over_http(client: httpx.Client) -> None:
    reply = client.post("/v1/ask", json={"question": KOREA, "today": TODAY}).json()
    quotes = [quote for claim in reply["claims"] for quote in claim["quotes"]]
    assert quotes
    for quote in quotes:
        text = client.get("/v1/show", params={"target": quote["document"]}).json()["text"]
        assert text[quote["start"] : quote["end"]] == quote["text"]


def test_a_conversation_is_kept_and_followed_up(client: httpx.Client) -> None:
    begun = client.post("/v1/conversations", json={"title": "Korea"})
    assert begun.status_code == 201
    id = begun.json()["id"]
    first = client.post("/v1/ask", json={"question": KOREA, "conversation": id, "today": TODAY})
    second = client.post("/v1/ask", json={"question": "And for Chile?", "conversation": id, "today": TODAY})
    assert "Chile" in second.json()["text"]
    whole = client.get(f"/v1/conversations/{id}").json()
    assert [turn["id"] for turn in whole["turns"]] == [first.headers["x-turn"], second.headers["x-turn"]]
    assert [turn["reply"] for turn in whole["turns"]] == [first.json(), second.json()]
    assert [turn["changed"] for turn in whole["turns"]] == [[], []]
    (listed,) = [one for one in client.get("/v1/conversations").json() if one["id"] == id]
    assert (listed["title"], listed["turns"]) == ("Korea", 2)

    judged = {"turn": first.headers["x-turn"], "good": False, "reason": "too short"}
    assert client.post("/v1/feedback", json=judged).json() == {"turn": judged["turn"]}
    turn = client.get(f"/v1/conversations/{id}").json()["turns"][0]
    assert (turn["good"], turn["reason"]) == (False, "too short")

    renamed = client.patch(f"/v1/conversations/{id}", json={"title": "Korea, Chile"})
    assert renamed.json() == {"id": id, "title": "Korea, Chile"}
    exported = client.get(f"/v1/conversations/{id}", params={"format": "markdown"})
    assert exported.headers["content-type"].startswith("text/markdown")
    assert exported.text.startswith("# Korea, Chile\n")
    assert "And for Chile?" in exported.text

    assert client.delete(f"/v1/conversations/{id}").status_code == 204
    assert client.get(f"/v1/conversations/{id}").status_code == 404
    assert client.delete(f"/v1/conversations/{id}").status_code == 404
    assert id not in [one["id"] for one in client.get("/v1/conversations").json()]


def test_a_reply_that_was_not_kept_can_be_judged(client: httpx.Client, place: Path) -> None:
    reply = client.post("/v1/ask", json={"question": "Who keeps drawback records?", "today": TODAY}).json()
    turn = client.post("/v1/feedback", json={"reply": reply, "good": True}).json()["turn"]
    store = Store.open(str(place))
    (judged,) = [one for one in store.judged() if one.turn == turn]
    store.close()
    assert (judged.reply.to_json(), judged.good, judged.face) == (reply, True, "http")
    altered = {**reply, "citations": [*reply["citations"], "19 U.S.C. § 1"]}
    refused = client.post("/v1/feedback", json={"reply": altered, "good": True})
    assert (refused.status_code, "citations" in refused.json()["error"]) == (400, True)


@pytest.mark.parametrize(
    ("form", "begins"), [("csv", b"reference,"), ("json", b"["), ("ics", b"BEGIN:VCALENDAR"), ("xlsx", b"PK")]
)
def test_a_schedule(client: httpx.Client, form: str, begins: bytes) -> None:
    table = "reference,record,agreement,entry\nA-1,entry,,2021-03-15\nA-2,entry,,2021-02-30\n"
    answered = client.post(
        "/v1/schedule",
        params={"format": form, "today": TODAY},
        content=table,
        headers={"content-type": "text/csv; charset=utf-8"},
    )
    assert answered.status_code == 200, answered.text
    assert answered.content.startswith(begins)
    if form == "json":
        first, second = answered.json()
        assert (first["keep_through"], second["status"]) == ("2026-03-15", "problem")


def test_health(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}
    assert client.head("/v1/documents").status_code == 200


def test_metrics_hold_no_text_of_a_person(client: httpx.Client) -> None:
    client.post("/v1/ask", json={"question": "the Meridian shipment", "today": TODAY})
    client.get("/v1/conversations/the-Meridian-shipment")
    client.get("/v1/the-Meridian-shipment")
    text = client.get("/metrics").text
    assert "Meridian" not in text
    assert 'recordkeeping_requests_total{route="/v1/conversations/{id}",status="404"}' in text
    counts = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            assert re.fullmatch(r'[a-z_]+\{[a-z]+="[^"]+"(,[a-z]+="[^"]+")?\}', name), line
            counts[name] = float(value)
    asked = counts['recordkeeping_request_seconds_bucket{route="/v1/ask",le="+Inf"}']
    assert asked == counts['recordkeeping_request_seconds_count{route="/v1/ask"}'] >= 1
    ladder = [
        v for n, v in counts.items() if n.startswith('recordkeeping_request_seconds_bucket{route="/v1/ask"')
    ]
    assert ladder == sorted(ladder)


BAD: list[tuple[str, str, object, int, str]] = [
    ("POST", "/v1/ask", {}, 400, "question"),
    ("POST", "/v1/ask", {"question": 5}, 400, "$.question"),
    ("POST", "/v1/ask", {"question": None}, 400, "$.question"),
    ("POST", "/v1/ask", {"question": "x", "asof": TODAY}, 400, "asof"),
    ("POST", "/v1/ask", {"question": "x", "as_of": "2023-02-29"}, 400, "YYYY-MM-DD - at `$.as_of`"),
    ("POST", "/v1/ask", {"question": "x", "as_of": "20230228"}, 400, "$.as_of"),
    ("POST", "/v1/ask", {"question": "x", "today": 20230228}, 400, "$.today"),
    ("POST", "/v1/ask", {"question": "x", "id": 7}, 400, "$.id"),
    ("POST", "/v1/ask", {"question": "x", "history": "y"}, 400, "$.history"),
    ("POST", "/v1/ask", {"question": "x", "history": [{"role": "system", "content": "y"}]}, 400, "role"),
    ("POST", "/v1/ask", {"question": "x", "history": [{"role": "user"}]}, 400, "content"),
    ("POST", "/v1/ask", {"question": "x", "history": [{"role": "user", "content": "y", "z": 1}]}, 400, "z"),
    ("POST", "/v1/ask", {"question": "x", "history": [{"role": "user", "content": ""}] * 1001}, 400, "1000"),
    ("POST", "/v1/ask", {"question": "x", "conversation": "f" * 24}, 404, "no conversation"),
    ("POST", "/v1/ask", {"question": "x", "conversation": "f" * 24, "history": []}, 400, "one of the two"),
    ("POST", "/v1/ask", [], 400, "object"),
    ("POST", "/v1/ask", b"", 400, "body"),
    ("POST", "/v1/ask", b"{", 400, "body"),
    ("POST", "/v1/ask", b'{"question": "\xff"}', 400, "body"),
    ("POST", "/v1/ask", b'{"question": "x"} {}', 400, "body"),
    ("POST", "/v1/ask", b'{"question": NaN}', 400, "body"),
    ("POST", "/v1/ask", b'{"question": ' + b"[" * 100_000, 400, "body"),
    ("POST", "/v1/ask", b'{"question": "' + b"x" * 1_000_001 + b'"}', 413, "1,000,000"),
    ("POST", "/v1/deadline", {"record": "entrie"}, 400, "did you mean 'entry'"),
    (
        "POST",
        "/v1/deadline",
        {"record": "entry", "events": {"entry": "yesterday"}},
        400,
        "entry: 'yesterday'",
    ),
    ("POST", "/v1/deadline", {"record": "entry", "events": {"claim_paid": TODAY}}, 400, "does not belong"),
    ("POST", "/v1/deadline", {"record": "entry", "events": {"entry": "9999-12-31"}}, 400, "9999"),
    ("POST", "/v1/deadline", {"record": "entry", "facts": {"x": 1}}, 400, "$.facts"),
    ("POST", "/v1/deadline", {"record": "fta_export"}, 400, "needs an agreement"),
    ("POST", "/v1/feedback", {"good": True}, 400, "one of the two"),
    ("POST", "/v1/feedback", {"good": True, "turn": "x", "reply": {}}, 400, "one of the two"),
    ("POST", "/v1/feedback", {"good": 1, "turn": "x"}, 400, "$.good"),
    ("POST", "/v1/feedback", {"turn": "x"}, 400, "good"),
    ("POST", "/v1/feedback", {"good": True, "turn": "f" * 24}, 404, "no turn"),
    ("POST", "/v1/feedback", {"good": True, "turn": "x\u0000"}, 404, "no turn"),
    ("POST", "/v1/feedback", {"good": True, "turn": "f" * 24, "reason": "x" * 2001}, 400, "2,000"),
    ("POST", "/v1/feedback", {"good": True, "reply": {"text": "x"}}, 400, "not a Reply"),
    ("POST", "/v1/conversations", {"title": 5}, 400, "$.title"),
    ("PATCH", "/v1/conversations/" + "f" * 24, {"title": "x"}, 404, "no conversation"),
    ("GET", "/v1/conversations?limit=0", None, 400, "limit"),
    ("GET", "/v1/conversations?limit=" + "9" * 5000, None, 400, "limit"),
    ("GET", "/v1/conversations?limit=0000000019999999999999999", None, 400, "limit"),
    ("GET", "/v1/conversations?limit=%D9%A3", None, 400, "limit"),
    ("GET", "/v1/conversations?limit=1&limit=2", None, 400, "twice"),
    ("GET", "/v1/conversations?owner=page", None, 400, "owner"),
    ("GET", "/v1/conversations/" + "f" * 24, None, 404, "no conversation"),
    ("GET", "/v1/conversations/%00%ff", None, 404, "no conversation"),
    ("DELETE", "/v1/conversations/" + "f" * 24, None, 404, "no conversation"),
    ("GET", "/v1/show", None, 400, "target"),
    ("GET", "/v1/show?target=gibberish", None, 400, "is not a citation"),
    ("GET", "/v1/show?target=26+U.S.C.+6001", None, 400, "nothing is held"),
    ("GET", "/v1/show?target=1508&as_of=2023-02-29", None, 400, "as_of: '2023-02-29'"),
    ("GET", "/v1/show?target=1508&day=2023-02-28", None, 400, "day"),
    ("GET", "/v1/documents?tier=statute", None, 400, "tier"),
    ("GET", "/v1/ask", None, 405, "method"),
    ("POST", "/v1/documents", {}, 405, "it takes GET"),
    ("GET", "/", None, 404, "nothing at this path"),
    ("GET", "/v1/nothing", None, 404, "nothing at this path"),
    ("POST", "/v1/schedule", {}, 415, "text/csv"),
]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    BAD,
    ids=[f"{method} {path[:50]} {str(body)[:50]}" for method, path, body, _, _ in BAD],
)
def test_what_cannot_be_done_is_one_line(
    client: httpx.Client, method: str, path: str, body: object, status: int, said: str
) -> None:
    content = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    answered = client.request(method, path, content=content, headers=JSON if content is not None else {})
    error = answered.json()
    assert (answered.status_code, list(error)) == (status, ["error"]), answered.text
    assert said in error["error"]
    assert "\n" not in error["error"]
    assert "Traceback" not in error["error"]


@pytest.mark.parametrize("kind", ["text/plain", "", "application/jsonx", "multipart/form-data"])
def test_a_body_of_another_type(client: httpx.Client, kind: str) -> None:
    answered = client.post("/v1/ask", content=b'{"question": "x"}', headers={"content-type": kind})
    assert (answered.status_code, "application/json" in answered.json()["error"]) == (415, True)


def test_a_body_that_never_says_how_long_it_is(client: httpx.Client) -> None:
    answered = client.post("/v1/ask", content=(b" " * 10_000 for _ in range(110)), headers=JSON)
    assert answered.status_code == 413
    chunked = client.post("/v1/ask", content=iter([b'{"question": ', b'"How long?"}']), headers=JSON)
    assert chunked.status_code == 200


def test_text_that_is_half_a_character(client: httpx.Client) -> None:
    answered = client.post("/v1/ask", content=b'{"question": "\\ud800 how long?"}', headers=JSON)
    assert answered.status_code == 400
    assert list(json.loads(answered.content)) == ["error"]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "[::2]:8600", ""]
)
def test_a_web_page_under_a_name_of_its_own_cannot_reach_it(client: httpx.Client, host: str) -> None:
    assert client.get("/v1/conversations", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "LOCALHOST:8600", "[::1]", "[::1]:8600"])
def test_this_machines_names(client: httpx.Client, host: str) -> None:
    assert client.get("/v1/conversations", headers={"host": host}).status_code == 200


def test_many_at_once(client: httpx.Client, server: str) -> None:
    id = client.post("/v1/conversations", json={}).json()["id"]
    said: list[int] = []

    def ask(number: int) -> None:
        with httpx.Client(base_url=server, timeout=PATIENCE) as own:
            body = {"question": f"Must packing lists be kept {number} years?", "conversation": id}
            said.append(own.post("/v1/ask", json=body).status_code)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [200] * 12
    assert len(client.get(f"/v1/conversations/{id}").json()["turns"]) == 12


def test_too_many_at_once(settings: Settings, tmp_path: Path) -> None:
    with serving(settings, tmp_path / "c.sqlite") as (address, _), ExitStack() as waiting:
        host, port = address.removeprefix("http://").split(":")
        head = f"POST /v1/ask HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        for _ in range(AT_ONCE):
            slow = waiting.enter_context(socket.create_connection((host, int(port))))
            slow.sendall(f"{head}Content-Length: 10\r\n\r\n{{".encode())
        client = waiting.enter_context(httpx.Client(base_url=address, timeout=PATIENCE))
        until = time.monotonic() + PATIENCE
        while (crowded := client.get("/v1/documents")).status_code == 200 and time.monotonic() < until:
            time.sleep(0.05)
        assert (crowded.status_code, crowded.headers["retry-after"]) == (503, "1")
        assert list(crowded.json()) == ["error"]
        assert client.get("/healthz").status_code == 200
        slow.close()
        while (room := client.get("/v1/documents")).status_code == 503 and time.monotonic() < until:
            time.sleep(0.05)
        assert room.status_code == 200


def test_tables_are_few_at_once(client: httpx.Client, server: str) -> None:
    """Each is held whole: two hundred of 20 MB would be more than a machine has."""
    host, port = server.removeprefix("http://").split(":")
    head = f"POST /v1/schedule HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/csv\r\n"

    def compute() -> httpx.Response:
        table = "reference,record,agreement,entry\n"
        return client.post("/v1/schedule", content=table, headers={"content-type": "text/csv"})

    with ExitStack() as waiting:
        for _ in range(TABLES_AT_ONCE):
            slow = waiting.enter_context(socket.create_connection((host, int(port))))
            slow.sendall(f"{head}Content-Length: 10\r\n\r\nr".encode())
        until = time.monotonic() + 20
        while (crowded := compute()).status_code == 200 and time.monotonic() < until:
            time.sleep(0.05)
        assert (crowded.status_code, crowded.headers["retry-after"]) == (503, "1")
        assert client.get("/v1/documents").status_code == 200, "the others are let in"
    while (room := compute()).status_code == 503 and time.monotonic() < until:
        time.sleep(0.05)
    assert room.status_code == 200


def test_tokens(settings: Settings, tmp_path: Path) -> None:
    tokens = {"RECORDKEEPING_HTTP_TOKEN": f"{ONE}, {OTHER}"}
    with serving(settings, tmp_path / "c.sqlite", "--host", "0.0.0.0", **tokens) as (address, _):
        address = address.replace("0.0.0.0", "127.0.0.1")
        bearer = {"authorization": f"Bearer {ONE}", "host": "assistant.example"}
        with httpx.Client(base_url=address, headers=bearer, timeout=PATIENCE) as mine:
            id = mine.post("/v1/conversations", json={}).json()["id"]
            asked = mine.post("/v1/ask", json={"question": KOREA, "conversation": id})
            turn = asked.headers["x-turn"]
            assert len(mine.get("/v1/conversations").json()) == 1
        bearer = {"authorization": f"bearer {OTHER}"}
        with httpx.Client(base_url=address, headers=bearer, timeout=PATIENCE) as theirs:
            assert theirs.get("/v1/conversations").json() == []
            assert theirs.get(f"/v1/conversations/{id}").status_code == 404
            assert theirs.delete(f"/v1/conversations/{id}").status_code == 404
            assert theirs.patch(f"/v1/conversations/{id}", json={"title": "x"}).status_code == 404
            assert theirs.post("/v1/ask", json={"question": "x", "conversation": id}).status_code == 404
            assert theirs.post("/v1/feedback", json={"turn": turn, "good": True}).status_code == 404
        with httpx.Client(base_url=address, timeout=PATIENCE) as nobody:
            for given in (
                {},
                {"authorization": "Bearer wrong-token-of-length"},
                {"authorization": f"Basic {ONE}"},
                {"authorization": ONE},
                {"authorization": "Bearer"},
                {"authorization": f"Bearer {ONE}x"},
                {"authorization": f"Bearer {ONE},{OTHER}"},
            ):
                for path in ("/v1/documents", "/v1/conversations", "/metrics"):
                    refused = nobody.get(path, headers=given)
                    assert refused.status_code == 401, (path, given)
                    assert refused.headers["www-authenticate"] == "Bearer"
                    assert list(refused.json()) == ["error"]
            assert nobody.get("/healthz").status_code == nobody.get("/readyz").status_code == 200
        data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert ONE.encode() not in data, "a token is never kept"


REFUSED: list[tuple[list[str], dict[str, str], str]] = [
    (["--host", "0.0.0.0"], {}, "RECORDKEEPING_HTTP_TOKEN"),
    (["--host", "::"], {}, "RECORDKEEPING_HTTP_TOKEN"),
    (["--host", "assistant.example"], {}, "RECORDKEEPING_HTTP_TOKEN"),
    (["--host", "0.0.0.0"], {"RECORDKEEPING_HTTP_TOKEN": " , "}, "RECORDKEEPING_HTTP_TOKEN"),
    (["--host", "0.0.0.0"], {"RECORDKEEPING_HTTP_TOKEN": "short"}, "at least 16"),
    ([], {"RECORDKEEPING_HTTP_TOKEN": f"{ONE},short"}, "at least 16"),
    (["--host", "assistant.invalid"], {"RECORDKEEPING_HTTP_TOKEN": ONE}, "no address"),
    (["--host", "192.0.2.1"], {"RECORDKEEPING_HTTP_TOKEN": ONE}, "cannot be served on"),
    (["--port", "65536"], {}, "--port is a whole number from 0 to 65535"),
    (["--port", "-1"], {}, "port"),
    (["--port", "0000000800"], {}, "--port is a whole number from 0 to 65535"),
    (["--port", "http"], {}, "--port is a whole number from 0 to 65535"),
    ([], {"RECORDKEEPING_INDEX": "/nowhere/at/all"}, "make index"),
    ([], {"RECORDKEEPING_CONVERSATIONS": "/dev/null/c.sqlite"}, "cannot be kept"),
]


@pytest.mark.parametrize(("flags", "more", "said"), REFUSED, ids=[f"{f} {[*m]} {s}" for f, m, s in REFUSED])
def test_a_server_that_does_not_start(
    flags: list[str],
    more: dict[str, str],
    said: str,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("RECORDKEEPING_HTTP_TOKEN", raising=False)
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(settings.index))
    monkeypatch.setenv("RECORDKEEPING_CONVERSATIONS", str(tmp_path / "c.sqlite"))
    for name, value in more.items():
        monkeypatch.setenv(name, value)
    assert main(["serve", *flags]) == 2
    err = capsys.readouterr().err
    assert (err.count("\n"), said in err) == (1, True), err


def test_a_port_that_is_taken(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(settings.index))
    monkeypatch.setenv("RECORDKEEPING_CONVERSATIONS", str(tmp_path / "c.sqlite"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert f"port {port} of 127.0.0.1 cannot be served on" in capsys.readouterr().err


def test_a_stop_finishes_what_has_begun(settings: Settings, tmp_path: Path) -> None:
    """By SIGTERM; every other server of these tests is stopped by SIGINT."""
    with serving(settings, tmp_path / "c.sqlite") as (address, process):
        host, port = address.removeprefix("http://").split(":")
        body = b'{"question": "the Meridian shipment: how long are entry records kept?"}'
        with socket.create_connection((host, int(port))) as slow:
            head = f"POST /v1/ask HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            head += f"Expect: 100-continue\r\nContent-Length: {len(body)}\r\n\r\n"
            slow.sendall(head.encode())
            slow.settimeout(PATIENCE)
            assert slow.recv(100).startswith(b"HTTP/1.1 100"), "it has begun, and waits for the body"
            process.send_signal(signal.SIGTERM)
            until = time.monotonic() + PATIENCE
            while _listens(host, int(port)) and time.monotonic() < until:
                time.sleep(0.02)
            slow.sendall(body)
            assert slow.recv(100).startswith(b"HTTP/1.1 200")
        assert process.wait(PATIENCE) == 0


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port)).close()
    except ConnectionError:
        return False
    return True


def test_what_it_says_of_itself(settings: Settings, tmp_path: Path) -> None:
    """A store that goes away behind a running server: not ready, one line, and no place told to strangers."""
    kept = tmp_path / "kept"
    with serving(settings, kept / "c.sqlite") as (address, _):
        client = httpx.Client(base_url=address, timeout=PATIENCE)
        with client:
            id = client.post("/v1/conversations", json={}).json()["id"]
            for path in kept.iterdir():
                path.write_bytes(b"no database" * 1000)
            asked = client.post("/v1/ask", json={"question": KOREA, "conversation": id})
            assert (asked.status_code, "\n" in asked.json()["error"]) == (503, False)
            assert client.post("/v1/ask", json={"question": KOREA}).status_code == 200
            assert client.get("/healthz").status_code == 200
            unready = client.get("/readyz")
            assert (unready.status_code, str(kept) in unready.text) == (503, False)


@pytest.mark.slow
def test_another_index_is_taken_up_behind_a_running_server(
    small: Settings, run: Callable[..., Any], tmp_path: Path
) -> None:
    from tests.conftest import write_sources

    question = {"question": "How long must tiny packing lists be kept?", "today": TODAY}
    more = {"RECORDKEEPING_CORPUS": str(small.corpus), "RECORDKEEPING_EMBEDDINGS": small.model}
    with serving(small, tmp_path / "c.sqlite", **more) as (address, _):
        client = httpx.Client(base_url=address, timeout=PATIENCE)
        with client:
            assert "60 days" in client.post("/v1/ask", json=question).json()["text"]
            rules = small.corpus / "rules.md"
            rules.write_text(
                rules.read_text(encoding="utf-8").replace("60 days", "75 days"), encoding="utf-8"
            )
            write_sources(small.corpus)
            assert run(small, "index").returncode == 0
            assert "75 days" in client.post("/v1/ask", json=question).json()["text"]
