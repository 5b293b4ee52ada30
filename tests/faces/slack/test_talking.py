"""Conversations in Slack, over real signed requests to the real app."""

from __future__ import annotations

import time
from typing import Any

from assistant.conversations import Store
from tests.faces.slack.conftest import Bot, direct, mention
from tests.faces.slack.standin import BOT, BOT_ID, TEAM, StandIn

OWNER = f"slack:{TEAM}"


def talk(bot: Bot, slack: StandIn, event: dict[str, Any], *, posts: int = 1) -> dict[str, Any]:
    """Send an event, and give the message that answers it."""
    assert bot.event(event) == 200
    channel = event["channel"]
    found: list[dict[str, Any]] = slack.wait(
        lambda: len(slack.posts(channel)) >= posts and slack.posts(channel)
    )
    return found[posts - 1]


def nothing_said(slack: StandIn, bot: Bot, channel: str) -> None:
    """Nothing, once a later question has been answered."""
    talk(bot, slack, direct("How long?"))
    time.sleep(0.1)
    assert slack.posts(channel) == []


def test_a_direct_message_is_answered_in_its_thread(bot: Bot, slack: StandIn, store: Store) -> None:
    event = direct("Drawback claim filed May 1, 2019 and liquidated 2/29/2024. Keep the file until when?")
    post = talk(bot, slack, event)
    assert post["thread_ts"] == event["ts"]
    lines = post["text"].splitlines()
    assert lines[0].startswith("Keep through March 1, 2027")
    conversation = store.find(owner=OWNER, key=f"{event['channel']}:{event['ts']}")
    assert conversation is not None
    (turn,) = store.turns(conversation, owner=OWNER)
    assert turn.reply.question == event["text"]


def test_a_mention_is_answered_and_its_thread_goes_on_without_one(
    bot: Bot, slack: StandIn, store: Store
) -> None:
    first = mention("How long must we keep records for a drawback claim filed May 1, 2019?")
    talk(bot, slack, first)
    channel, thread = first["channel"], first["ts"]
    reply = {
        "type": "message",
        "channel_type": "channel",
        "channel": channel,
        "user": "U0OTHER",
        "text": "It was liquidated on 2/29/2024.",
        "ts": f"{thread}9",
        "thread_ts": thread,
    }
    post = talk(bot, slack, reply, posts=2)
    assert post["thread_ts"] == thread
    assert "Keep through March 1, 2027" in post["text"]
    conversation = store.find(owner=OWNER, key=f"{channel}:{thread}")
    assert conversation is not None
    assert len(store.turns(conversation, owner=OWNER)) == 2


def test_slacks_entities_and_links_are_read_as_they_were_typed(
    bot: Bot, slack: StandIn, store: Store
) -> None:
    event = mention(
        "see <https://example.com/a?b=1|example.com> &lt;b&gt; R&amp;D: must <@U1|ann> keep packing lists?"
    )
    talk(bot, slack, event)
    conversation = store.find(owner=OWNER, key=f"{event['channel']}:{event['ts']}")
    assert conversation is not None
    (turn,) = store.turns(conversation, owner=OWNER)
    assert turn.reply.question == "see example.com <b> R&D: must  keep packing lists?"


IGNORED: list[tuple[str, dict[str, Any]]] = [
    ("our own", {"user": BOT}),
    ("our own by bot id", {"bot_id": BOT_ID}),
    ("another bot", {"bot_id": "B0OTHER", "user": "U0OTHERBOT"}),
    ("a bot message", {"subtype": "bot_message", "bot_id": "B0OTHER"}),
    ("an edit", {"subtype": "message_changed", "message": {"text": "How long?"}}),
    ("an edited mention", {"edited": {"user": "U0PERSON", "ts": "1.2"}}),
    ("a deletion", {"subtype": "message_deleted"}),
    ("a join", {"subtype": "channel_join"}),
    ("a topic", {"subtype": "channel_topic"}),
    ("nobody", {"user": ""}),
    ("Slackbot", {"user": "USLACKBOT"}),
    ("a hidden one", {"hidden": True}),
    ("a text that is none", {"text": 7}),
    ("a channel outside a thread", {"channel": "C0LOBBY1", "channel_type": "channel"}),
    ("a thread that is not ours", {"channel": "C0LOBBY2", "channel_type": "channel", "thread_ts": "1.1"}),
    (
        "a mention, which comes as one",
        {"channel": "C0LOBBY3", "channel_type": "channel", "thread_ts": "1.1", "text": f"<@{BOT}> How long?"},
    ),
]


def test_what_is_not_for_us_is_left_alone(bot: Bot, slack: StandIn) -> None:
    events = {what: {**direct("How long must we keep entry records?"), **change} for what, change in IGNORED}
    for event in events.values():
        assert bot.event(event) == 200
    talk(bot, slack, direct("How long?"))
    time.sleep(0.5)
    assert [what for what, event in events.items() if slack.posts(event["channel"])] == []


def test_a_mention_in_a_direct_message_is_answered_once(bot: Bot, slack: StandIn) -> None:
    event = direct(f"<@{BOT}> How long must we keep entry records?")
    assert bot.event({**event, "type": "app_mention"}) == 200
    talk(bot, slack, event)
    talk(bot, slack, direct("How long?"))  # what was said twice would have been said before this
    assert len(slack.posts(event["channel"])) == 1


def test_a_mention_that_asks_nothing_is_told_how(bot: Bot, slack: StandIn) -> None:
    assert "What would you like to know?" in talk(bot, slack, mention(""))["text"]


def test_what_a_person_writes_stays_dead(bot: Bot, slack: StandIn) -> None:
    hostile = (
        "&lt;!channel&gt; &lt;@U123&gt; *bold* `x` https://evil.example/ &lt;https://evil.example|click&gt; "
    )
    slack_answer = "nasty"
    bot.command(f"ask {hostile} entry records?", slack.answer_address(slack_answer))
    (answer,) = slack.wait(lambda: slack.of(f"answer:{slack_answer}"))
    raw = str(answer)
    assert "<!channel" not in raw and "<@U123" not in raw and "<https://evil" not in raw
    (echo,) = [b for b in answer["blocks"] if b["type"] == "rich_text"][:1]
    # Literal text: Slack reads no markup in it, so the stars and the backquotes are still there to be seen.
    assert "*bold* `x`" in echo["elements"][0]["elements"][0]["text"]


def test_a_question_that_cannot_be_kept_gets_one_line(bot: Bot, slack: StandIn) -> None:
    """A key the store refuses: a fault on our side, and no traceback in the channel."""
    event = direct("How long must we keep entry records?", channel="D" + "9" * 600)
    post = talk(bot, slack, event)
    assert post["text"].count("\n") == 0
    assert "Traceback" not in bot.log.read_text()


def test_blocks_that_slack_does_not_take_are_said_as_text(bot: Bot, slack: StandIn) -> None:
    slack.fussy = 1
    post = talk(bot, slack, direct("How long must we keep entry records?"))
    assert "blocks" not in post
    assert "5 years" in post["text"] and "<" not in post["text"]


def test_nothing_that_people_wrote_is_logged(bots: tuple[Bot, Bot], slack: StandIn) -> None:
    bot = bots[0]
    marker = "zebrafinch"
    talk(bot, slack, direct(f"How long must {marker} keep entry records?"))
    bot.event(direct(f"{marker}", subtype="message_changed"))
    bot.event({"type": "team_join", "user": {"name": marker}})
    bot.signed(f"{{{marker}".encode(), "application/json")
    bot.send(marker.encode(), {"Content-Type": "application/json"})
    bot.command(f"deadline {marker} {marker}=2021-01-01", slack.answer_address("quiet"))
    slack.wait(lambda: slack.of("answer:quiet"))
    for one in bots:
        assert marker not in one.log.read_text()
    assert "answered:" in bot.log.read_text()
