"""Starting: one clear line for what is missing, and no token in sight."""

from __future__ import annotations

import pytest

from assistant.errors import UsageError
from assistant.faces.cli import main
from assistant.faces.slack.keys import API, Keys
from assistant.settings import Settings
from tests.faces.slack.standin import StandIn

TOKENS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL")
TOKENS += ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "RECORDKEEPING_PAGE_URL")

MISSING: list[tuple[dict[str, str], list[str], str]] = [
    ({}, [], "SLACK_BOT_TOKEN"),
    ({"SLACK_BOT_TOKEN": "  "}, [], "SLACK_BOT_TOKEN"),
    ({"SLACK_BOT_TOKEN": "x", "SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "2"}, [], "many workspaces"),
    ({"SLACK_BOT_TOKEN": "xoxb-1"}, [], "neither SLACK_APP_TOKEN"),
    ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, ["--port", "3000"], "listens on no port"),
    ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, ["--port", "70000"], "--port is a whole"),
    ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, ["--port", "many"], "--port"),
    ({"SLACK_BOT_TOKEN": "x", "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": "ftp://x"}, [], "SLACK_API_URL"),
    (
        {"SLACK_BOT_TOKEN": "x", "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": "http://127.0.0.1:9"},
        [],
        "cannot be reached",
    ),
]  # fmt: skip


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: object) -> None:
    for name in TOKENS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(settings.index))
    monkeypatch.setenv("RECORDKEEPING_CONVERSATIONS", f"{tmp_path}/kept.sqlite")


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("given", "words", "said"), MISSING)
def test_what_is_missing_is_named_in_one_line(
    given: dict[str, str],
    words: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert main(["slack", *words]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and said in err


@pytest.mark.usefixtures("alone")
def test_a_token_that_slack_does_not_take(
    slack: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "s")
    monkeypatch.setenv("SLACK_API_URL", slack.api)
    assert main(["slack", "--port", "0"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "SLACK_BOT_TOKEN (invalid_auth)" in err and "xoxb-wrong" not in err


def test_tokens_are_in_no_repr() -> None:
    keys = Keys("xoxb-secret", "xapp-secret", "signing-secret")
    assert "secret" not in repr(keys) and keys.api == API


@pytest.mark.parametrize(
    ("given", "api", "page"),
    [
        ({}, API, ""),
        ({"SLACK_API_URL": "https://slack-gov.com/api"}, "https://slack-gov.com/api/", ""),
        ({"RECORDKEEPING_PAGE_URL": "https://chat.example.com/x"}, API, "https://chat.example.com/x"),
    ],
)
def test_where_slack_and_the_page_are(given: dict[str, str], api: str, page: str) -> None:
    keys = Keys.from_environment({"SLACK_BOT_TOKEN": "x", "SLACK_APP_TOKEN": "y", **given})
    assert (keys.api, keys.page) == (api, page)


@pytest.mark.parametrize("page", ["chat", "javascript:alert(1)", "http://", "https://[x"])
def test_a_page_is_an_address(page: str) -> None:
    with pytest.raises(UsageError, match="RECORDKEEPING_PAGE_URL"):
        Keys.from_environment(
            {"SLACK_BOT_TOKEN": "x", "SLACK_APP_TOKEN": "y", "RECORDKEEPING_PAGE_URL": page}
        )
