"""The application: which path is which endpoint, who is let in, and how an error is told.

Every error is ``{"error": one line}`` with the status that says whose fault it is. Nothing that a
person wrote is ever logged.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assistant.conversations import Store
from assistant.errors import AssistantError, NotKept, UsageError
from assistant.faces.http import endpoints
from assistant.faces.http.door import Door, Refused
from assistant.faces.http.endpoints import HEADERS, Call, as_json
from assistant.faces.http.metrics import Metrics
from assistant.faces.logs import fault, line_of
from assistant.wiring import Newest

log = logging.getLogger("assistant.http")

#: Bytes of a body, and of a table for the schedule; seconds in which it has to be here.
BODY, TABLE, ARRIVES = 1_000_000, 20_000_000, 30
#: Requests at one time, and tables among them, each of which is held whole; the next are told to come again.
AT_ONCE, TABLES_AT_ONCE = 200, 2
_JSON, _CSV = "application/json", "text/csv"


class Way(NamedTuple):
    """A method and a path, its endpoint, and what its body must be (empty: none)."""

    method: str
    path: str
    endpoint: Callable[[Call], Response]
    body: str = ""


WAYS = (
    Way("POST", "/v1/ask", endpoints.ask, _JSON),
    Way("POST", "/v1/deadline", endpoints.deadline, _JSON),
    Way("POST", "/v1/schedule", endpoints.schedule, _CSV),
    Way("POST", "/v1/feedback", endpoints.feedback, _JSON),
    Way("GET", "/v1/documents", endpoints.documents),
    Way("GET", "/v1/show", endpoints.show_text),
    Way("GET", "/v1/conversations", endpoints.conversations),
    Way("POST", "/v1/conversations", endpoints.begin, _JSON),
    Way("GET", "/v1/conversations/{id}", endpoints.conversation),
    Way("PATCH", "/v1/conversations/{id}", endpoints.rename, _JSON),
    Way("DELETE", "/v1/conversations/{id}", endpoints.delete),
)


class Crowd:
    """Those under way; all in the one thread of the event loop."""

    def __init__(self, most: int) -> None:
        self._most, self._under_way = most, 0

    def __enter__(self) -> bool:
        """Whether there is room for one more."""
        self._under_way += 1
        return self._under_way <= self._most

    def __exit__(self, *_: object) -> None:
        self._under_way -= 1


@dataclass(frozen=True, slots=True)
class Parts:
    """What every request is answered with."""

    newest: Newest
    store: Store
    door: Door
    metrics: Metrics = field(default_factory=Metrics)
    crowd: Crowd = field(default_factory=lambda: Crowd(AT_ONCE))
    tables: Crowd = field(default_factory=lambda: Crowd(TABLES_AT_ONCE))

    def owner(self, request: Request) -> str:
        """Whose request it is; `Refused` for nobody's."""
        return self.door.owner(request.headers.get("authorization", ""), request.headers.get("host", ""))

    def answer(
        self, way: Way, owner: str, body: bytes, path: Mapping[str, str], query: Mapping[str, str]
    ) -> Response:
        """In a thread of its own."""
        with self.newest.assistant() as assistant:
            return way.endpoint(Call(assistant, self.store, self.metrics, owner, body, path, query))


def make_app(newest: Newest, store: Store, door: Door) -> Starlette:
    """The application over an open index and an open store."""
    parts = Parts(newest, store, door)
    paths: dict[str, dict[str, Way]] = {}
    for way in WAYS:
        paths.setdefault(way.path, {})[way.method] = way
    routes = [Route(path, _serve(parts, path, ways), methods=list(ways)) for path, ways in paths.items()]

    async def healthy(request: Request) -> Response:
        return as_json({"status": "ok"})

    async def ready(request: Request) -> Response:
        try:
            await run_in_threadpool(store.ready)
        except AssistantError as error:
            # Whoever asks has shown no token: the place of the store is for the operator's eyes.
            log.error("not ready: %s: %s", type(error).__name__, line_of(error))
            return _error(503, "the conversations cannot be reached; the server's own output says why")
        return as_json({"status": "ready"})

    async def measured(request: Request) -> Response:
        try:
            parts.owner(request)
        except Refused as error:
            return _error(error.status, str(error), error.headers)
        return PlainTextResponse(
            parts.metrics.text(), headers=HEADERS, media_type="text/plain; version=0.0.4"
        )

    routes += [Route("/healthz", healthy), Route("/readyz", ready), Route("/metrics", measured)]
    return Starlette(routes=routes, exception_handlers={HTTPException: _not_there})


def _serve(parts: Parts, path: str, ways: dict[str, Way]) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        started = time.perf_counter()
        way = ways["GET" if request.method == "HEAD" else request.method]
        with parts.crowd as room, parts.tables if way.body == _CSV else nullcontext(True) as room_for_it:
            response = (
                await _answer(parts, way, request)
                if room and room_for_it
                else _error(503, "too many requests at once; ask again in a second", {"Retry-After": "1"})
            )
        parts.metrics.request(path, response.status_code, time.perf_counter() - started)
        return response

    return serve


async def _answer(parts: Parts, way: Way, request: Request) -> Response:
    try:
        owner = parts.owner(request)
        body = await _body(request, way.body) if way.body else b""
        return await run_in_threadpool(parts.answer, way, owner, body, request.path_params, _query(request))
    except Refused as error:
        return _error(error.status, str(error), error.headers)
    except ClientDisconnect:
        return _error(400, "the request ended before its body did")
    except NotKept as error:
        return _error(404, line_of(error).partition(";")[0])
    except UsageError as error:
        return _error(400, line_of(error))
    except AssistantError as error:
        log.error("not done: %s: %s: %s", way.path, type(error).__name__, line_of(error))
        return _error(503, line_of(error))
    except Exception as error:  # noqa: BLE001  # the last resort
        log.error("a fault of this program: %s: %s", way.path, fault(error))
        return _error(500, f"a fault of this program: {fault(error)}; please report it")


async def _body(request: Request, media: str) -> bytes:
    """The whole body, of the type and size that the path takes."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != media:
        raise Refused(415, f"the body's Content-Type is {media}, not {kind[:60] or 'missing'}")
    most = TABLE if media == _CSV else BODY
    length = request.headers.get("content-length", "0")
    if int(length if length.isdigit() else 0) > most:
        raise _too_large(most)
    parts, size = [], 0
    try:
        async with asyncio.timeout(ARRIVES):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise _too_large(most)
                parts.append(part)
    except TimeoutError:
        raise Refused(
            408, f"the body was not here within {ARRIVES} seconds", {"Connection": "close"}
        ) from None
    return b"".join(parts)


def _too_large(most: int) -> Refused:
    return Refused(413, f"the body has at most {most:,} bytes", {"Connection": "close"})


def _query(request: Request) -> dict[str, str]:
    pairs = request.query_params.multi_items()
    for name, _ in pairs:
        if sum(name == other for other, _ in pairs) > 1:
            raise UsageError(f"the parameter {name[:40]!r} is given twice; give it once")
    return dict(pairs)


def _error(status: int, line: str, headers: dict[str, str] | None = None) -> Response:
    return as_json({"error": line}, status, headers)


async def _not_there(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    takes = ", ".join(sorted((error.headers or {}).get("Allow", "").split(", ")))
    lines = {
        404: "there is nothing at this path; README.md lists those there are",
        405: f"this path does not take that method; it takes {takes}",
    }
    return _error(error.status_code, lines.get(error.status_code, error.detail), dict(error.headers or {}))
