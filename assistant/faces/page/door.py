"""Who is asking, and what is said when something fails that nobody foresaw.

Behind one server many people ask, and nobody may see what another asked. Each browser is given a
name that cannot be guessed, in a cookie that scripts cannot read and other sites cannot send with a
form; the store knows only a digest of it. Whoever has the browser has its conversations: there is no
password, and a page that is open to many belongs behind a proxy that knows its people.

A link on another site is sent with that cookie too. Followed, it would ask in the visitor's name,
so it only fills the question in. Streamlit's script sees the headers of its own connection and not
those of the navigation, which is why this is decided here.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from assistant.faces.logs import fault

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "recordkeeping"
#: Seconds a browser keeps the cookie, 400 days: the longest that browsers accept; each visit renews it.
KEPT = 400 * 24 * 3600
FAILED = (
    "Something failed on this page's server; what was asked before is kept. Ask again, or reload the page."
    " If it goes on, the server's log says what failed."
)
#: What a browser says of where a navigation began, when it was this page, the address bar or a bookmark.
#: It says so over https and on its own machine; where it says nothing, another site may have begun it.
_OURS = (b"same-origin", b"none")
_NAME = re.compile(r"[\w-]{43}", re.ASCII)
_HEADERS = (
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"frame-ancestors 'self'"),
)
_log = logging.getLogger(__name__)


class Door:
    """Middleware: a browser that loads the page is given its name, or the one it has for longer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        if filling := _only_filled_in(scope):
            await send({"type": "http.response.start", "status": 303, "headers": [*filling, *_HEADERS]})
            await send({"type": "http.response.body", "body": b""})
            return
        added = list(_HEADERS)
        if _is_page(scope["path"]):
            added.append((b"set-cookie", _set_cookie(dict(scope["headers"]), scope)))

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self._app(scope, receive, answered)


def owner_of(name: object) -> str | None:
    """The store's name for whoever has this cookie; ``None`` without one, or with one not given here."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return None
    return f"page:{hashlib.sha256(name.encode()).hexdigest()}"


def say_that_it_failed(error: Exception) -> bool:
    """One line in the page; the log has what failed and where, and no words: they could be a person's."""
    _log.error("the page failed: %s", fault(error))
    st.error(FAILED, icon=":material/error:")
    return True


def _is_page(path: str) -> bool:
    """Not a file, and not one of the server's own addresses; what answers may be "not modified"."""
    return "." not in path.rpartition("/")[2] and not {"_stcore", "static"} & set(path.split("/"))


def _only_filled_in(scope: Scope) -> tuple[tuple[bytes, bytes], ...]:
    """Headers that lead a link's question into the field, where none but the person asks it."""
    query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    if dict(scope["headers"]).get(b"sec-fetch-site") in _OURS or not any(name == "q" for name, _ in query):
        return ()
    filled = urlencode([("fill" if name == "q" else name, value) for name, value in query])
    return ((b"location", f"?{filled}".encode()), (b"cache-control", b"no-store"), (b"content-length", b"0"))


def _set_cookie(headers: dict[bytes, bytes], scope: Scope) -> bytes:
    try:
        found = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(COOKIE)
    except CookieError:
        found = None
    name = found.value if found and _NAME.fullmatch(found.value) else secrets.token_urlsafe(32)
    path = scope.get("root_path") or "/"
    secure = "https" in (scope["scheme"], headers.get(b"x-forwarded-proto", b"").decode("latin-1"))
    ending = "; Secure" if secure else ""
    return f"{COOKIE}={name}; Max-Age={KEPT}; Path={path}; HttpOnly; SameSite=Lax{ending}".encode("latin-1")
