"""A stand-in for Slack on loopback: its Web API, its response addresses and its socket, with its strictness.

It refuses what Slack would refuse, and keeps what it was sent. The methods are those the app may call by its
scopes; any other fails, so that a scope too few in the manifest is found here.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.faces.slack.blockkit import message_faults, view_faults

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-stand-in", "xapp-stand-in", "8f742231b10e8888abcd99yyyzzz85a5"
BOT, BOT_ID, TEAM = "U0BOT", "B0BOT", "T0TEAM"


@dataclass(frozen=True, slots=True)
class Sent:
    """One call: the method (or ``answer:NAME`` for a response address), what it carried, and when."""

    method: str
    payload: dict[str, Any]
    at: float


@dataclass
class StandIn:
    """Slack's side. ``busy`` is how many further calls are answered with 429, ``fussy`` how many messages
    are refused for their blocks."""

    port: int
    sent: list[Sent] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    busy: int = 0
    fussy: int = 0
    inbox: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    acknowledged: dict[str, float] = field(default_factory=dict)
    _number: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    loop: asyncio.AbstractEventLoop | None = None

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    def answer_address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/answer/{name}"

    def posts(self, channel: str | None = None) -> list[dict[str, Any]]:
        """The messages that people would see, in a channel or in all."""
        with self._lock:
            found = [one.payload for one in self.sent if one.method == "chat.postMessage"]
        return [one for one in found if channel in (None, one["channel"])]

    def of(self, method: str) -> list[dict[str, Any]]:
        with self._lock:
            return [one.payload for one in self.sent if one.method == method]

    def wait(self, ready: Callable[[], Any], seconds: float = 240) -> Any:
        """What ``ready`` gives once it gives something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := ready():
                return found
            time.sleep(0.03)
        raise AssertionError(f"nothing came within {seconds} seconds; refused: {self.refused[-3:]}")

    def push(self, envelope: dict[str, Any]) -> None:
        """Send something down the socket."""
        assert self.loop is not None
        self.loop.call_soon_threadsafe(self.inbox.put_nowait, envelope)

    def take(self, method: str, payload: dict[str, Any], found: list[str]) -> str:
        with self._lock:
            self._number += 1
            self.called.add(method.partition(":")[0])
            if found:
                self.refused += [f"{method}: {one}" for one in found]
            else:
                self.sent.append(Sent(method, payload, time.monotonic()))
            return f"1790000000.{self._number:06}"

    def limited(self) -> bool:
        with self._lock:
            self.busy -= 1
            return self.busy >= 0


def app(slack: StandIn) -> Starlette:
    async def api(request: Request) -> Response:
        method = request.path_params["method"]
        token = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if request.headers.get("authorization") != f"Bearer {token}":
            return JSONResponse({"ok": False, "error": "invalid_auth"})
        if method not in METHODS:
            slack.refused.append(f"{method}: a method this app has no scope for")
            return JSONResponse({"ok": False, "error": "missing_scope"})
        if method == "chat.postMessage" and slack.limited():
            return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "1"})
        if method == "chat.postMessage" and slack.fussy > 0:
            slack.fussy -= 1
            return JSONResponse({"ok": False, "error": "msg_blocks_too_long"})
        raw = await request.body()
        is_json = request.headers.get("content-type", "").startswith("application/json")
        payload = json.loads(raw) if is_json and raw else {}
        found, answer = METHODS[method](slack, payload)
        ts = slack.take(method, payload, found)
        if found:
            return JSONResponse({"ok": False, "error": "invalid_blocks"})
        return JSONResponse({"ok": True, "ts": ts, **answer})

    async def answer(request: Request) -> Response:
        if slack.limited():
            return Response("", 429, {"Retry-After": "1"})
        payload = await request.json()
        name = f"answer:{request.path_params['name']}"
        earlier = len(slack.of(name))
        found = message_faults(payload) + (["a sixth answer to one command"] if earlier >= 5 else [])
        if payload.get("response_type") != "ephemeral":
            found.append("an answer for all to see")
        slack.take(name, payload, found)
        return Response("ok" if not found else "invalid", 200 if not found else 400)

    async def link(websocket: WebSocket) -> None:
        await websocket.accept()
        slack.loop = asyncio.get_running_loop()
        await websocket.send_json({"type": "hello", "num_connections": 1})
        receiving = asyncio.create_task(_receive(websocket))
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while not receiving.done():
                waiting = asyncio.create_task(slack.inbox.get())
                await asyncio.wait({waiting, receiving}, return_when=asyncio.FIRST_COMPLETED)
                if waiting.done():
                    await websocket.send_json(waiting.result())
                else:
                    waiting.cancel()

    async def _receive(websocket: WebSocket) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while True:
                said = await websocket.receive_json()
                slack.acknowledged[said["envelope_id"]] = time.monotonic()

    return Starlette(
        routes=[
            Route("/api/{method}", api, methods=["POST"]),
            Route("/answer/{name}", answer, methods=["POST"]),
            WebSocketRoute("/link", link),
        ]
    )


Outcome = tuple[list[str], dict[str, Any]]


def _auth(slack: StandIn, payload: dict[str, Any]) -> Outcome:
    who = {"url": "https://example.slack.com/", "team": "Example", "team_id": TEAM}
    return [], {**who, "user": "recordkeeping", "user_id": BOT, "bot_id": BOT_ID}


def _post(slack: StandIn, payload: dict[str, Any]) -> Outcome:
    found = message_faults(payload)
    if not payload.get("channel"):
        found.append("no channel")
    channel = str(payload.get("channel"))
    return found, {"channel": f"D{channel[1:]}" if channel.startswith("U") else channel}


def _open(slack: StandIn, payload: dict[str, Any]) -> Outcome:
    found = view_faults(payload.get("view", {}))
    return found + ([] if payload.get("trigger_id") else ["no trigger_id"]), {}


def _publish(slack: StandIn, payload: dict[str, Any]) -> Outcome:
    found = view_faults(payload.get("view", {}))
    return found + ([] if payload.get("user_id") else ["no user_id"]), {}


def _connect(slack: StandIn, payload: dict[str, Any]) -> Outcome:
    return [], {"url": f"ws://127.0.0.1:{slack.port}/link"}


#: method -> what is wrong with its arguments, and what it answers.
METHODS: dict[str, Callable[[StandIn, dict[str, Any]], Outcome]] = {
    "auth.test": _auth,
    "chat.postMessage": _post,
    "views.open": _open,
    "views.publish": _publish,
    "apps.connections.open": _connect,
}


@contextlib.contextmanager
def running() -> Iterator[StandIn]:
    """The stand-in on a free port, in a thread of this process."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    slack = StandIn(listening.getsockname()[1])
    config = uvicorn.Config(app(slack), log_level="error", lifespan="off", ws="websockets-sansio")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield slack
    finally:
        server.should_exit = True
        thread.join(60)
        listening.close()
