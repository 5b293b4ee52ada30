"""Who may come in, and whose conversations are theirs.

A token stands for an owner; tokens are compared in constant time, and only a digest of one is ever
kept. Without tokens the server is for its own machine alone, and answers only when it is called by
that machine's names, so that no web page can reach it under a name of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass

from assistant.errors import AssistantError, UsageError

#: The owner of conversations where no token tells one caller from another.
LOCAL = "http"
#: Characters below which a token could be guessed.
SHORTEST = 16


class Refused(AssistantError):
    """A request that is turned away, with its status."""

    def __init__(self, status: int, line: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(line)
        self.status, self.headers = status, headers or {}


@dataclass(frozen=True, slots=True)
class Door:
    """The tokens that open it; none opens it to this machine only."""

    tokens: tuple[str, ...] = ()

    @classmethod
    def of(cls, tokens: str, host: str) -> Door:
        """``tokens`` separated by commas; `UsageError` where an open door would be reached by others."""
        given = tuple(token for token in (word.strip() for word in tokens.split(",")) if token)
        if any(len(token) < SHORTEST or not token.isascii() or not token.isprintable() for token in given):
            raise UsageError(
                f"a token in RECORDKEEPING_HTTP_TOKEN has at least {SHORTEST} printable ASCII characters;"
                " python -c 'import secrets; print(secrets.token_urlsafe(32))' makes one"
            )
        if not given and not is_loopback(host):
            raise UsageError(
                f"{host} can be reached from other machines: set RECORDKEEPING_HTTP_TOKEN to a long random"
                " token, or serve on 127.0.0.1"
            )
        return cls(given)

    def owner(self, authorization: str, host: str) -> str:
        """Whose request it is; `Refused` for nobody's."""
        if not self.tokens:
            name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
            if not is_loopback(name.strip("[]")):
                raise Refused(421, "this server answers to 127.0.0.1 and localhost only; ask it by that name")
            return LOCAL
        scheme, _, token = authorization.partition(" ")
        given = token.strip().encode("utf-8", "replace") if scheme.lower() == "bearer" else b""
        known = [one for one in self.tokens if hmac.compare_digest(one.encode(), given)]
        if not known:
            raise Refused(
                401,
                "a token is needed: send 'Authorization: Bearer TOKEN' with one of RECORDKEEPING_HTTP_TOKEN",
                {"WWW-Authenticate": "Bearer"},
            )
        return f"{LOCAL}:{hashlib.sha256(known[0].encode()).hexdigest()[:32]}"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address or name."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
