"""What Slack gives an app to prove who is who; read from the environment and from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assistant.errors import UsageError

API = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class Keys:
    """Tokens never appear in a repr, so that no log or message can hold one.

    ``api`` is the Web API's address: GovSlack, a gateway of one's own, or a stand-in for tests.
    ``page`` is where the chat page is served, for links into it; empty for none.
    """

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api: str = API
    page: str = ""

    @property
    def by_socket(self) -> bool:
        """Socket mode opens no port and needs no signatures: Slack is called, and does not call."""
        return bool(self.app_token)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Keys:
        """``SLACK_BOT_TOKEN``, then ``SLACK_APP_TOKEN`` or ``SLACK_SIGNING_SECRET``.

        Raises `UsageError` naming what is missing and where Slack shows it.
        """
        if environment.get("SLACK_CLIENT_ID") and environment.get("SLACK_CLIENT_SECRET"):
            raise UsageError(  # Bolt would take them, and leave the bot token aside
                "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET install an app into many workspaces, which is not"
                " done here; leave them out of the environment"
            )
        given = {name: environment.get(name, "").strip() for name in _WHERE}
        if not given["SLACK_BOT_TOKEN"]:
            raise UsageError(f"{_named('SLACK_BOT_TOKEN')} is not set; set it in the environment")
        if not given["SLACK_APP_TOKEN"] and not given["SLACK_SIGNING_SECRET"]:
            raise UsageError(
                f"neither {_named('SLACK_APP_TOKEN')}, for socket mode, nor"
                f" {_named('SLACK_SIGNING_SECRET')}, for HTTP, is set; set one of them in the environment"
            )
        api = _address("SLACK_API_URL", environment.get("SLACK_API_URL", "").strip() or API)
        page = environment.get("RECORDKEEPING_PAGE_URL", "").strip()
        return cls(
            given["SLACK_BOT_TOKEN"],
            given["SLACK_APP_TOKEN"],
            given["SLACK_SIGNING_SECRET"],
            api if api.endswith("/") else f"{api}/",
            _address("RECORDKEEPING_PAGE_URL", page) if page else "",
        )


#: Where the pages of an app at api.slack.com/apps show each of them.
_WHERE = {
    "SLACK_BOT_TOKEN": "OAuth & Permissions, xoxb-…",
    "SLACK_APP_TOKEN": "Basic Information, App-Level Tokens, xapp-…",
    "SLACK_SIGNING_SECRET": "Basic Information, App Credentials",
}


def _named(name: str) -> str:
    return f"{name} ({_WHERE[name]})"


def _address(name: str, address: str) -> str:
    try:
        parts = urlsplit(address)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fits = False
    if not fits:
        raise UsageError(f"{name} is not an http or https address: {address[:80]!r}")
    return address
