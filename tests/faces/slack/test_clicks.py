"""Buttons: a passage with its words marked, what people think of an answer, the home tab."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.conversations import Store
from assistant.faces.rendering.slack_blocks import flat
from assistant.wiring import Assistant
from tests.faces.slack.blockkit import view_faults
from tests.faces.slack.conftest import Bot, buttons, click, direct
from tests.faces.slack.standin import TEAM, StandIn
from tests.faces.slack.test_talking import OWNER, talk

KOREA = "How long must the issuer of a Korea certificate of origin keep the records?"


@pytest.fixture(scope="module")
def answer(bots: tuple[Bot, Bot], slack: StandIn) -> dict[str, Any]:
    return talk(bots[0], slack, direct(KOREA))


def modal(bot: Bot, slack: StandIn, button: dict[str, Any], answer: str = "clicks") -> dict[str, Any]:
    before = len(slack.of("views.open"))
    assert bot.click(click(button, slack.answer_address(answer)))[0] == 200
    return dict(slack.wait(lambda: slack.of("views.open")[before:])[0]["view"])


def runs(view: dict[str, Any]) -> list[tuple[str, bool]]:
    """The literal runs of a view, and whether each is bold."""
    found = []
    for block in view["blocks"]:
        for part in block.get("elements", []):
            for run in part.get("elements", []):
                found.append((run["text"], bool(run.get("style", {}).get("bold"))))
    return found


def test_every_chip_opens_exactly_the_words_it_stands_on(
    bot: Bot, slack: StandIn, answer: dict[str, Any], assistant: Assistant
) -> None:
    chips = buttons(answer, "open:")
    assert {chip["text"]["text"].partition(" · ")[2] for chip in chips} == {"Statute", "Our digest"}
    for chip in chips[:3]:
        view = modal(bot, slack, chip)
        marked = [text for text, bold in runs(view) if bold][1:]
        held = [text for document in assistant.documents.values() for text in (document.text,)]
        assert marked and any("".join(marked) in text for text in held)


def test_the_passage_says_its_edition_its_tier_and_when_it_was_law(
    bot: Bot, slack: StandIn, answer: dict[str, Any]
) -> None:
    (chip, *_) = [one for one in buttons(answer, "open:") if "Statute" in one["text"]["text"]]
    view = modal(bot, slack, chip)
    shown = flat(view["blocks"])
    assert "19 U.S.C. § 1508(i)(3)" in shown
    assert "Statute · edition of October 21, 2011" in shown
    assert "In force since" in shown
    links = [block for block in view["blocks"] if "uscode.house.gov" in str(block)]
    assert len(links) == 1


def test_a_button_of_a_text_no_longer_held_says_so(bot: Bot, slack: StandIn, answer: dict[str, Any]) -> None:
    button = dict(buttons(answer, "open:")[0])
    for number, value in enumerate(
        ('["gone@1", 0, 1, "x", "2026-11-22"]', "not ours", "[]", '["a", {}, 1, 1, 1]')
    ):
        where = f"gone{number}"
        bot.click(click({**button, "value": value}, slack.answer_address(where)))
        (said,) = slack.wait(lambda where=where: slack.of(f"answer:{where}"))
        assert "ask again" in said["text"]


def test_a_thumb_up_is_kept_and_thanked_for(
    bot: Bot, slack: StandIn, answer: dict[str, Any], store: Store
) -> None:
    (thumb,) = buttons(answer, "good:")
    bot.click(click(thumb, slack.answer_address("up")))
    (said,) = slack.wait(lambda: slack.of("answer:up"))
    assert said["text"].startswith("Thank you")
    assert judged(store, thumb["value"]) == (True, "", "slack")


def test_a_thumb_down_opens_a_modal_and_its_reason_is_kept(
    bot: Bot, slack: StandIn, answer: dict[str, Any], store: Store
) -> None:
    (thumb,) = buttons(answer, "bad:")
    view = modal(bot, slack, thumb)
    assert view["private_metadata"] == thumb["value"]
    slack.wait(lambda: judged(store, thumb["value"]) == (False, "", "slack"))
    submission = {
        "type": "view_submission",
        "user": {"id": "U0PERSON", "team_id": TEAM},
        "team": {"id": TEAM},
        "trigger_id": "3.1.abc",
        "view": {
            **view,
            "id": "V0VIEW",
            "state": {
                "values": {"why": {"why": {"type": "plain_text_input", "value": "Wrong trigger <day>"}}}
            },
        },
    }
    status, body = bot.click(submission)
    assert status == 200
    assert b"response_action" in body and b"update" in body
    assert judged(store, thumb["value"]) == (False, "Wrong trigger <day>", "slack")
    (kept,) = [one for one in store.judged(good=False) if one.turn == thumb["value"]]
    assert kept.reply.question == KOREA


def test_a_turn_of_another_team_cannot_be_judged(
    bot: Bot, slack: StandIn, answer: dict[str, Any], store: Store
) -> None:
    (thumb,) = buttons(answer, "good:")
    before = judged(store, thumb["value"])
    bot.click(click(thumb, slack.answer_address("other"), team={"id": "T0OTHER"}))
    (said,) = slack.wait(lambda: slack.of("answer:other"))
    assert said["text"].startswith("That answer is no longer kept")
    assert judged(store, thumb["value"]) == before


def judged(store: Store, turn: str) -> tuple[bool, str, str] | None:
    found = [one for one in store.judged() if one.turn == turn]
    return (found[0].good, found[0].reason, found[0].face) if found else None


def test_the_home_tab_has_examples_that_ask_and_what_is_held(
    bot: Bot, slack: StandIn, assistant: Assistant, store: Store
) -> None:
    assert bot.event({"type": "app_home_opened", "user": "U0HOME", "channel": "D0HOME", "tab": "home"}) == 200
    (published,) = slack.wait(lambda: [p for p in slack.of("views.publish") if p["user_id"] == "U0HOME"])
    view = published["view"]
    assert view_faults(view) == []
    shown = flat(view["blocks"])
    for document in assistant.documents.values():
        assert document.title in shown
    (example, *_) = buttons(view, "example:")
    bot.click(click(example, user={"id": "U0HOME", "team_id": TEAM}))
    opened = slack.wait(lambda: slack.posts("U0HOME"))
    assert example["value"] in opened[0]["text"]
    answered = slack.wait(lambda: slack.posts("D0HOME"))
    assert answered[0]["thread_ts"]
    assert store.find(owner=OWNER, key=f"D0HOME:{answered[0]['thread_ts']}")


def test_the_messages_tab_publishes_nothing(bot: Bot, slack: StandIn) -> None:
    bot.event({"type": "app_home_opened", "user": "U0TAB", "channel": "D0TAB", "tab": "messages"})
    talk(bot, slack, direct("How long?"))
    assert [one for one in slack.of("views.publish") if one["user_id"] == "U0TAB"] == []


@pytest.mark.parametrize("action", ["old:1", "link:page"])
def test_a_button_that_asks_nothing_of_us_is_acknowledged(action: str, bot: Bot) -> None:
    assert bot.click(click({"action_id": action, "value": "x"}))[0] == 200
