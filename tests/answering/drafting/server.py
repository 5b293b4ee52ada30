"""A server that speaks OpenAI's chat completions on loopback and says what a test wants it to say."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: What a script does with one request: writes a response to the handler.
Act = Callable[["Handler"], None]
Script = Callable[[dict[str, Any]], Act]


class Handler(BaseHTTPRequestHandler):
    """One request. ``self.server.model`` is the `ScriptedModel`."""

    protocol_version = "HTTP/1.1"
    server: Any

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        request = json.loads(self.rfile.read(length))
        self.server.model.requests.append(request)
        self.server.model.headers.append(dict(self.headers))
        try:
            self.server.model.script(request)(self)
        except (BrokenPipeError, ConnectionResetError):
            self.server.model.hung_up += 1
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def begin(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def event(self, value: object) -> None:
        self.wfile.write(b"data: " + json.dumps(value).encode() + b"\n\n")
        self.wfile.flush()

    def delta(self, words: str | None, ending: str | None = None, **more: object) -> None:
        delta = {"content": words, **more} if words is not None or more else {}
        choice = {"index": 0, "delta": delta, "finish_reason": ending}
        self.event(
            {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        )

    def usage(self, sent: int, received: int) -> None:
        counted = {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received}
        self.event(
            {
                "id": "1",
                "object": "chat.completion.chunk",
                "created": 1,
                "model": "m",
                "choices": [],
                "usage": counted,
            }
        )
        self.wfile.write(b"data: [DONE]\n\n")


class ScriptedModel:
    """The server; ``script`` may be set anew before each question."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.hung_up = 0
        self.script: Script = lambda request: says("{}")
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.model = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @contextmanager
    def serving(self) -> Iterator[ScriptedModel]:
        self._thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join(5)

    def always(self, act: Act) -> None:
        self.script = lambda request: act
        self.requests.clear()
        self.headers.clear()

    def drafts(self, make: Callable[[dict[str, Any]], object]) -> None:
        """Answer with what ``make`` returns for the material sent: claims, or a text as it is."""
        self.requests.clear()
        self.headers.clear()

        def script(request: dict[str, Any]) -> Act:
            made = make(material(request))
            return says(made if isinstance(made, str) else json.dumps({"claims": made}))

        self.script = script


def material(request: dict[str, Any]) -> dict[str, Any]:
    """The JSON object that a request put to the model."""
    found: dict[str, Any] = json.loads(request["messages"][1]["content"])
    return found


def says(words: str, ending: str | None = "stop") -> Act:
    def act(handler: Handler) -> None:
        handler.begin()
        for start in range(0, len(words), 200):
            handler.delta(words[start : start + 200])
        if ending:
            handler.delta(None, ending)
            handler.usage(100, 20)

    return act


def status(code: int, **headers: str) -> Act:
    def act(handler: Handler) -> None:
        handler.begin(code, "application/json", **headers)
        handler.wfile.write(b'{"error": {"message": "SECRET-OF-THE-SERVER sk-12345", "type": "t"}}')

    return act


def hangs(seconds: float) -> Act:
    return lambda handler: time.sleep(seconds)


def trickles(seconds: float, inside: bool) -> Act:
    """A byte at a time: of a comment between the events, or ``inside`` one event that never ends."""

    def act(handler: Handler) -> None:
        handler.begin()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            handler.wfile.write(b"d" if inside else b": wait\n\n")
            handler.wfile.flush()
            time.sleep(0.05)

    return act


def headless(seconds: float) -> Act:
    """A byte of the response's head at a time."""

    def act(handler: Handler) -> None:
        until = time.monotonic() + seconds
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nx-slow: ")
        while time.monotonic() < until:
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.05)

    return act


def cuts(words: str) -> Act:
    """Half an answer, and then the connection is reset in the middle of an event."""

    def act(handler: Handler) -> None:
        handler.begin(transfer_encoding="chunked")
        part = (
            b"data: "
            + json.dumps({"id": "1", "choices": [{"index": 0, "delta": {"content": words}}]}).encode()
        )
        handler.wfile.write(f"{len(part) + 50:x}\r\n".encode() + part)
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    return act


def floods(tokens: int) -> Act:
    def act(handler: Handler) -> None:
        handler.begin()
        for _ in range(tokens // 50):
            handler.delta("word " * 50)
        handler.delta(None, "stop")

    return act


def one_line(size: int) -> Act:
    """One event of so many bytes, without an end."""

    def act(handler: Handler) -> None:
        handler.begin()
        handler.wfile.write(b"data: ")
        for _ in range(size // 65536):
            handler.wfile.write(b"a" * 65536)

    return act


def declines(words: str) -> Act:
    """OpenAI's own form of a refusal."""

    def act(handler: Handler) -> None:
        handler.begin()
        handler.delta(None, refusal=words)
        handler.delta(None, "stop")
        handler.usage(100, 5)

    return act
