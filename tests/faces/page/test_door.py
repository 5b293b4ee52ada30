"""Each browser has a name of its own that nobody can guess; failures are one line."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.faces.page.door import COOKIE, Door, owner_of


async def _page(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b"page"})


def got(path: str = "/", cookie: str = "", method: str = "GET", **more: Any) -> dict[str, str]:
    """The headers of an answer through the door; several of one name would be a fault."""
    headers = [(b"cookie", cookie.encode())] if cookie else []
    headers += more.pop("headers", [])
    scope = {"type": "http", "method": method, "path": path, "scheme": "http", "headers": headers, **more}
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(Door(_page)(scope, None, send))  # type: ignore[arg-type]
    names = [name for name, _ in sent[0]["headers"]]
    assert len(names) == len(set(names))
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def name_of(headers: dict[str, str]) -> str:
    found = re.match(rf"{COOKIE}=([\w-]{{43}});", headers["set-cookie"])
    assert found
    return found[1]


def test_a_new_browser_is_given_a_name_and_keeps_it() -> None:
    first, second = name_of(got()), name_of(got())
    assert first != second, "nobody is given another's"
    assert name_of(got(cookie=f"a=b; {COOKIE}={first}")) == first
    headers = got(path="/dates")
    assert "HttpOnly" in headers["set-cookie"] and "SameSite=Lax" in headers["set-cookie"]
    assert "Secure" not in headers["set-cookie"] and headers["referrer-policy"] == "same-origin"
    assert headers["content-security-policy"] == "frame-ancestors 'self'"


@pytest.mark.parametrize("more", [{"scheme": "https"}, {"headers": [(b"x-forwarded-proto", b"https")]}])
def test_over_https_the_name_goes_nowhere_else(more: dict[str, Any]) -> None:
    assert got(**more)["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "page:one", "a" * 42, "a" * 44, "a" * 42 + "\n", "../" * 14 + "a", 43 * "é", None, 7],
)
def test_a_name_that_was_not_given_here_is_none(cookie: object) -> None:
    assert owner_of(cookie) is None


def test_a_name_that_cannot_be_is_replaced() -> None:
    assert name_of(got(cookie=f"{COOKIE}=guessable")) != "guessable"


def test_the_store_knows_only_a_digest() -> None:
    name = name_of(got())
    owner = owner_of(name)
    assert owner is not None and name not in owner and owner == owner_of(name)


@pytest.mark.parametrize("path", ["/static/js/main.js", "/_stcore/health", "/media/x.pdf"])
def test_files_carry_no_name(path: str) -> None:
    assert "set-cookie" not in got(path=path)


@pytest.mark.parametrize("site", [b"cross-site", b"same-site", b"", None])
def test_a_link_on_another_site_only_fills_the_question_in(site: bytes | None) -> None:
    headers = [(b"sec-fetch-site", site)] if site is not None else []
    query = b"as_of=2015-06-01&%71=How+long%3F+%E2%82%AC%0d%0aX: y"
    for path in ("/", "/ask", "/a.file", "//other.example"):
        answer = got(path=path, query_string=query, headers=headers)
        assert answer["location"] == "?as_of=2015-06-01&fill=How+long%3F+%E2%82%AC%0D%0AX%3A+y"
        assert answer["cache-control"] == "no-store" and "content-type" not in answer


@pytest.mark.parametrize(
    ("query", "site"),
    [
        (b"q=How+long", b"same-origin"),
        (b"q=How+long", b"none"),
        (b"fill=How+long", b"cross-site"),
        (b"show=19+U.S.C.+1508&x=q", b"cross-site"),
        (b"", b"cross-site"),
    ],
)
def test_any_other_address_is_the_page(query: bytes, site: bytes) -> None:
    answer = got(query_string=query, headers=[(b"sec-fetch-site", site)])
    assert answer["content-type"] == "text/html" and "location" not in answer


def test_a_failure_is_one_line_and_the_log_says_what_failed_and_no_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def script() -> None:
        from assistant.faces.page.door import say_that_it_failed

        say_that_it_failed(RuntimeError("secret path /etc"))

    page = AppTest.from_function(script).run()
    (error,) = page.error
    assert "\n" not in error.value and "secret" not in error.value
    assert "RuntimeError" in caplog.text and "secret" not in caplog.text
