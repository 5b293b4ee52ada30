"""Running it: a small HTTP server in front of Bolt, or Bolt's own socket."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
import time

import uvicorn
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_sdk.errors import SlackApiError, SlackClientError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from assistant.errors import UsageError
from assistant.faces.slack.door import LARGEST, Refused, admit
from assistant.faces.slack.keys import Keys
from assistant.faces.slack.posting import quiet, web_client

PATH = "/slack/events"
#: Seconds a body may take to arrive; Slack's come at once.
_PATIENCE = 5
#: Connections at once; beyond them a request gets 503, which Slack repeats.
_AT_ONCE = 256


def http_app(app: App, secret: str) -> Starlette:
    """Everything that Slack sends comes to one path; beside it stands a sign of life."""

    async def receive(request: Request) -> Response:
        try:
            body = await asyncio.wait_for(_body(request), _PATIENCE)
            text = admit(secret, request.headers, body, time.time())
        except Refused as refused:
            return PlainTextResponse(refused.line, refused.status)
        except TimeoutError:
            return PlainTextResponse("the body did not arrive", 408)
        except ClientDisconnect:
            return PlainTextResponse("gone", 400)
        asked = BoltRequest(body=text, headers=dict(request.headers.items()))
        asked.context["delivery"] = f"delivery:{request.headers['x-slack-signature']}"
        # Bolt waits for the listener's acknowledgement, and must not hold up other requests meanwhile.
        return to_starlette_response(await run_in_threadpool(app.dispatch, asked))

    async def alive(request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    return Starlette(routes=[Route(PATH, receive, methods=["POST"]), Route("/healthz", alive)])


async def _body(request: Request) -> bytes:
    length = request.headers.get("content-length", "")
    if len(length) > 9 or (length.isdecimal() and int(length) > LARGEST):
        raise Refused(413, "too large")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise Refused(413, "too large")
    return bytes(body)


def serve(app: App, keys: Keys, host: str, port: int) -> None:
    """Over HTTP, until Ctrl-C or SIGTERM."""
    try:
        listening = socket.create_server((host, port), backlog=2048, family=_family(host))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{host}:{port} cannot be listened on ({reason}); give another --port") from None
    with listening:
        shown = f"http://{host}:{listening.getsockname()[1]}{PATH}"
        print(f"Slack is answered at {shown} (Ctrl-C stops it)", flush=True)
        config = uvicorn.Config(
            http_app(app, keys.signing_secret),
            log_level="error",
            access_log=False,
            server_header=False,
            lifespan="off",
            limit_concurrency=_AT_ONCE,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=10,
        )
        # uvicorn stops at SIGTERM and then raises it anew, which would end us before what was acknowledged
        # is answered.
        signal.signal(signal.SIGTERM, lambda *_: None)
        uvicorn.Server(config).run(sockets=[listening])


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def connect(app: App, keys: Keys) -> None:
    """By socket, until Ctrl-C or SIGTERM; the SDK connects again by itself."""
    handler = SocketModeHandler(app, keys.app_token, logger=quiet, web_client=web_client(keys))
    done = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: done.set())
    try:
        handler.client.connect()
    except SlackApiError as error:
        code = error.response.get("error", "no reason given")
        raise UsageError(
            f"Slack does not take SLACK_APP_TOKEN ({code}); it needs connections:write"
        ) from None
    except (SlackClientError, OSError) as error:
        raise UsageError(f"Slack cannot be reached at {keys.api} ({type(error).__name__})") from None
    print("Slack is connected by socket (Ctrl-C stops it)", flush=True)
    try:
        done.wait()
    finally:
        handler.client.close()
