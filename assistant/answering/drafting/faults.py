"""Why a language model was not used, in words fit to show a person.

Providers raise whatever they like, each its own types; what a fault is called here turns on what
they share: a status, a cause, a standard type. Nothing that a server wrote is ever repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping


class Unused(Exception):
    """The model cannot be used for this answer; ``str(error)`` completes "was not used: …"."""


LATE = "it did not answer within {seconds:g} seconds"
TOO_LONG = "it wrote far more than an answer needs"
SILENT = "it sent an empty answer"
BROKEN_OFF = "its answer broke off"
DECLINED = "it declined to answer"
UNFIT = "its answer did not have the form asked for"
UNSUPPORTED = "its draft said what the sources do not support"
ELSEWHERE = (
    "private mode is on, and the model is not on this machine (it must be openai: or ollama: at a loopback"
    " address)"
)
NO_PACKAGE = 'its package is not installed; pip install "recordkeeping-assistant[{extra}]"'
NO_KEY = "no key is set for it (docs/models.md)"
NO_PROVIDER = "no provider of this name is known"

_STATUS = {
    400: "its server rejected the request",
    401: "its server refused the key",
    403: "its server refused access",
    404: "its server has no model or page of this name",
    408: "its server timed out",
    413: "its server found the request too large",
    429: "its server is too busy",
}


def reason(error: BaseException) -> str:
    """What went wrong in a call."""
    if isinstance(error, Unused):
        return str(error)
    code = status(error)
    if code is not None:
        return f"{_STATUS.get(code, 'its server failed' if code >= 500 else 'its server refused')} ({code})"
    names = " ".join(type(one).__name__ for one in chain(error))
    if "ContentFilter" in names:
        return DECLINED
    if "LengthFinish" in names:
        return TOO_LONG
    if re.search(r"api.?key|auth|credential", str(error), re.I) and "Connect" not in names:
        return NO_KEY
    if any(re.search("RemoteProtocol|IncompleteRead|ReadError|ChunkedEncoding", n) for n in names.split()):
        return BROKEN_OFF
    if any(isinstance(one, TimeoutError) for one in chain(error)) or "Timeout" in names:
        return "it did not answer in time"
    if any(isinstance(one, OSError) for one in chain(error)) or "Connect" in names:
        return "its server could not be reached"
    return f"the call to it failed ({type(error).__name__})"


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def status(error: BaseException) -> int | None:
    """The HTTP status that an error stands for, by the attribute that the clients share."""
    for one in chain(error):
        code = getattr(one, "status_code", None)
        if isinstance(code, int) and 400 <= code < 600:
            return code
    return None


def retry_after(error: BaseException) -> float | None:
    """The seconds after which a busy server asks to be tried again, when it says so in seconds."""
    for one in chain(error):
        headers = getattr(getattr(one, "response", None), "headers", None)
        if isinstance(headers, Mapping) and re.fullmatch(
            r"\d{1,6}(?:\.\d+)?", headers.get("retry-after", "")
        ):
            return float(headers["retry-after"])
    return None
