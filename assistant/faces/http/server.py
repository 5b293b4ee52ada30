"""Listening: the socket, uvicorn over it, and a stop that lets what has begun be finished."""

from __future__ import annotations

import signal
import socket

import uvicorn
from starlette.applications import Starlette

from assistant.errors import UsageError

#: Seconds that requests under way are given when the server is told to stop.
FINISH = 30


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. `UsageError` where nobody may listen."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
    except OSError as error:
        raise UsageError(f"{host!r} is no address to serve on ({error.strerror})") from None
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(128)  # whoever is told the address can connect to it
    except OSError as error:
        bound.close()
        raise UsageError(
            f"port {port} of {host} cannot be served on ({error.strerror}); --port takes another"
        ) from None
    return bound


def address_of(bound: socket.socket) -> str:
    """``http://127.0.0.1:8600``."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(app: Starlette, bound: socket.socket) -> None:
    """Serve until told to stop (SIGTERM, Ctrl-C); then finish what has begun and return."""
    config = uvicorn.Config(
        app,
        access_log=False,  # a path can hold a citation that somebody asked for
        log_level="warning",
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=FINISH,
    )
    # uvicorn raises the signal again once it has stopped; by then the stop was orderly.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    uvicorn.Server(config).run(sockets=[bound])
