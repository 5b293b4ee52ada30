"""The manifest: Slack's form, and no scope more or fewer than the app uses."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from assistant.faces.slack.commands import COMMAND, VERBS
from tests.conftest import ROOT
from tests.faces.slack.standin import METHODS

MANIFEST = ROOT / "assistant" / "faces" / "slack" / "manifest.yaml"
SOURCES = sorted((ROOT / "assistant" / "faces" / "slack").glob("*.py"))

#: What each method and event needs: docs.slack.dev/reference/methods and /reference/events. Opening a modal,
#: publishing the home tab and testing a token need no scope; the socket needs an app-level token of its own.
METHOD_SCOPES = {
    "auth.test": None,
    "chat.postMessage": "chat:write",
    "views.open": None,
    "views.publish": None,
    "apps.connections.open": None,
}
EVENT_SCOPES = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    read = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def test_the_scopes_are_those_that_are_used(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    needed = {METHOD_SCOPES[method] for method in METHODS} | {EVENT_SCOPES[event] for event in events}
    needed |= {"commands"} if manifest["features"]["slash_commands"] else set()
    scopes = manifest["oauth_config"]["scopes"]
    assert set(scopes) == {"bot"}
    assert sorted(scopes["bot"]) == sorted(scope for scope in needed if scope)


def test_the_methods_called_are_those_the_stand_in_has() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    called = set(re.findall(r'_call\("([a-zA-Z.]+)"', code))
    assert called | {"auth.test", "apps.connections.open"} == set(METHODS)


def test_every_event_subscribed_to_has_a_listener(manifest: dict[str, Any]) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    heard = set(re.findall(r'app\.event\("([a-z_]+)"\)', code))
    subscribed = {
        event.partition(".")[0] for event in manifest["settings"]["event_subscriptions"]["bot_events"]
    }
    assert heard == subscribed


def test_it_keeps_slacks_form(manifest: dict[str, Any]) -> None:
    """Limits of docs.slack.dev/reference/app-manifest."""
    assert set(manifest) == {"_metadata", "display_information", "features", "oauth_config", "settings"}
    about = manifest["display_information"]
    assert set(about) == {"name", "description", "background_color"}
    assert len(about["name"]) <= 35 and len(about["description"]) <= 140
    assert re.fullmatch(r"#[0-9a-f]{6}", about["background_color"])
    (slash,) = manifest["features"]["slash_commands"]
    assert set(slash) == {"command", "description", "usage_hint", "should_escape"}
    assert slash["command"] == COMMAND and len(slash["command"]) <= 32
    assert len(slash["description"]) <= 2000 and len(slash["usage_hint"]) <= 1000
    assert all(verb in slash["usage_hint"] for verb in VERBS)
    assert len(manifest["features"]["bot_user"]["display_name"]) <= 80
    assert re.fullmatch(r"[a-zA-Z0-9\-_. ]+", manifest["features"]["bot_user"]["display_name"])
    settings = manifest["settings"]
    assert settings["socket_mode_enabled"] is True and settings["interactivity"] == {"is_enabled": True}
    assert "request_url" not in settings["event_subscriptions"]


def test_the_page_and_the_home_tab_are_on(manifest: dict[str, Any]) -> None:
    home = manifest["features"]["app_home"]
    assert home["home_tab_enabled"] and home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]
