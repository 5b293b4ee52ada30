"""The store's promises, each on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from assistant.conversations import Store
from assistant.conversations.store import REASON, TITLE
from assistant.errors import NotKept, StoreError, UsageError
from tests.conversations.samples import NOW, a_reply

MINUTE = timedelta(minutes=1)


def test_a_turn_survives_a_reload_whole(place: str, store: Store) -> None:
    reply = a_reply()
    conversation = store.begin(owner="a")
    turn = store.append(conversation, reply, owner="a", corpus="cfr-19-163@2025 abc", now=NOW)
    other = Store.open(place)
    (kept,) = other.turns(conversation, owner="a")
    other.close()
    assert (kept.id, kept.reply, kept.corpus, kept.asked) == (turn, reply, "cfr-19-163@2025 abc", NOW)


def test_turns_come_in_the_order_in_which_they_were_asked(store: Store) -> None:
    conversation = store.begin(owner="a")
    asked = [f"question {number}" for number in range(12)]
    for question in asked:  # all in one instant
        store.append(conversation, a_reply(question), owner="a", corpus="", now=NOW)
    assert [turn.reply.question for turn in store.turns(conversation, owner="a")] == asked
    history = store.history(conversation, owner="a", last=3)
    assert history[:2] == (("user", "question 9"), ("assistant", "They are kept 60 days."))
    assert [said for role, said in history if role == "user"] == asked[-3:], "no more is read than is used"
    assert len(store.history(conversation, owner="a", last=20)) == 24


def test_the_list_is_newest_first_and_of_one_owner(store: Store) -> None:
    first, second, empty = (store.begin(owner="a") for _ in range(3))
    others = store.begin(owner="b")
    store.append(first, a_reply("one"), owner="a", corpus="", now=NOW)
    store.append(second, a_reply("two"), owner="a", corpus="", now=NOW + MINUTE)
    store.append(others, a_reply("theirs"), owner="b", corpus="", now=NOW + 2 * MINUTE)
    assert [(s.id, s.title, s.turns) for s in store.conversations("a")] == [
        (second, "two", 1),
        (first, "one", 1),
    ]
    store.append(first, a_reply("three"), owner="a", corpus="", now=NOW + 3 * MINUTE)
    one, _ = store.conversations("a")
    assert (one.id, one.title, one.began, one.last, one.turns) == (first, "one", NOW, NOW + 3 * MINUTE, 2)
    assert [s.id for s in store.conversations("a", limit=1)] == [first]
    assert store.turns(empty, owner="a") == ()
    assert store.conversations("nobody") == ()
    assert [(owner, s.id) for owner, s in store.everyones()] == [("a", first), ("b", others), ("a", second)]
    assert store.title(second, owner="a") == "two"


def test_a_key_names_one_conversation_of_one_owner(store: Store) -> None:
    assert store.find(owner="a", key="thread 1") is None
    mine = store.begin(owner="a", key="thread 1")
    assert store.find(owner="a", key="thread 1") == mine
    assert store.find(owner="b", key="thread 1") is None
    assert store.find(owner="a", key="\x00\ud800") is None
    assert store.begin(owner="a", key="thread 1", title="another") == mine
    assert store.begin(owner="a", key="thread 2") != mine
    assert store.begin(owner="b", key="thread 1") != mine
    assert store.begin(owner="a") != store.begin(owner="a")
    store.delete(mine, owner="a")
    assert store.begin(owner="a", key="thread 1") != mine


def test_the_same_turn_again_is_one_turn(store: Store) -> None:
    conversation = store.begin(owner="a")
    for text in ("as first said", "said again"):
        assert (
            store.append(conversation, a_reply(text=text), owner="a", corpus="", now=NOW, turn="t-1") == "t-1"
        )
    assert [turn.reply.text for turn in store.turns(conversation, owner="a")] == ["as first said"]
    with pytest.raises(UsageError, match="another conversation"):
        store.append(store.begin(owner="a"), a_reply(), owner="a", corpus="", now=NOW, turn="t-1")


OTHERS: list[tuple[str, Callable[[Store, str, str], object]]] = [
    (
        "append",
        lambda store, conversation, turn: store.append(
            conversation, a_reply(), owner="b", corpus="", now=NOW
        ),
    ),
    ("turns", lambda store, conversation, turn: store.turns(conversation, owner="b")),
    ("history", lambda store, conversation, turn: store.history(conversation, owner="b", last=9)),
    ("title", lambda store, conversation, turn: store.title(conversation, owner="b")),
    ("rename", lambda store, conversation, turn: store.rename(conversation, "mine", owner="b")),
    ("delete", lambda store, conversation, turn: store.delete(conversation, owner="b")),
    (
        "feedback",
        lambda store, conversation, turn: store.feedback(turn, owner="b", good=True, now=NOW, face="t"),
    ),
]


@pytest.mark.parametrize("more", ["\x00", "\x01", "\ud800", "\x7f", "x" * 500])
def test_an_id_that_is_only_nearly_one_is_none(store: Store, more: str) -> None:
    """Cleaned for the look and used raw afterwards, it was found, and then nothing was done to it."""
    conversation = store.begin(owner="a", key="k", title="kept")
    turn = store.append(conversation, a_reply(), owner="a", corpus="", now=NOW)
    calls: list[Callable[[], object]] = [
        lambda: store.turns(conversation + more, owner="a"),
        lambda: store.history(conversation + more, owner="a", last=9),
        lambda: store.title(conversation + more, owner="a"),
        lambda: store.rename(conversation + more, "mine", owner="a"),
        lambda: store.delete(conversation + more, owner="a"),
        lambda: store.append(conversation + more, a_reply(), owner="a", corpus="", now=NOW),
        lambda: store.feedback(turn + more, owner="a", good=True, now=NOW, face="t"),
    ]
    for call in calls:
        with pytest.raises(NotKept):
            call()
    assert store.find(owner="a", key=f"k{more}") is None
    assert store.find(owner="a", key="k") == conversation
    assert (store.title(conversation, owner="a"), store.judged()) == ("kept", ())


@pytest.mark.parametrize("call", [call for _, call in OTHERS], ids=[name for name, _ in OTHERS])
def test_another_owners_conversation_does_not_exist(
    store: Store, call: Callable[[Store, str, str], object]
) -> None:
    conversation = store.begin(owner="a", title="kept")
    turn = store.append(conversation, a_reply(), owner="a", corpus="", now=NOW)
    with pytest.raises(NotKept) as theirs:
        call(store, conversation, turn)
    with pytest.raises(NotKept) as none:
        call(store, "f" * 24, "f" * 24)
    assert str(theirs.value).replace(conversation, "ID").replace(turn, "ID") == str(none.value).replace(
        "f" * 24, "ID"
    ), "the two cannot be told apart"
    (kept,) = store.conversations("a")
    assert (kept.title, kept.turns, store.judged()) == ("kept", 1, ())


def test_titles(store: Store) -> None:
    long = (
        "How long must we keep the records of an entry of merchandise that was exported again under drawback?"
    )
    conversation = store.begin(owner="a")
    store.append(conversation, a_reply(f"  {long}\n\x00\x1b[31m"), owner="a", corpus="", now=NOW)
    (summary,) = store.conversations("a")
    assert summary.title == "How long must we keep the records of an entry of merchandise that was exported…"
    assert len(summary.title) <= TITLE
    store.rename(conversation, " Drawback,\n  2026\ud800 ", owner="a")
    store.append(conversation, a_reply("later"), owner="a", corpus="", now=NOW)
    assert store.conversations("a")[0].title == "Drawback, 2026"
    with pytest.raises(UsageError, match="at least one"):
        store.rename(conversation, " \x00 ", owner="a")
    named = store.begin(owner="a", title="x" * 500)
    store.append(named, a_reply(), owner="a", corpus="", now=NOW)
    assert len(next(s for s in store.conversations("a") if s.id == named).title) == TITLE
    silent = store.begin(owner="a")
    store.append(silent, a_reply(""), owner="a", corpus="", now=NOW)
    assert next(s for s in store.conversations("a") if s.id == silent).title == "(no question)"


def test_delete_takes_turns_and_feedback_too(store: Store) -> None:
    gone, stays = store.begin(owner="a"), store.begin(owner="a")
    for conversation in (gone, stays):
        turn = store.append(
            conversation, a_reply(), owner="a", corpus="", now=NOW, turn=f"turn of {conversation}"
        )
        store.feedback(turn, owner="a", good=False, reason="wrong", now=NOW, face="test")
    store.delete(gone, owner="a")
    assert [one.conversation for one in store.judged()] == [stays]
    assert [one.id for one in store.conversations("a")] == [stays]
    with pytest.raises(NotKept):
        store.append(gone, a_reply(), owner="a", corpus="", now=NOW)
    again = store.append(stays, a_reply(), owner="a", corpus="", now=NOW, turn=f"turn of {gone}")
    assert store.turns(stays, owner="a")[-1].id == again, "its turns' ids are free again"


def test_the_last_word_on_a_turn_holds(store: Store) -> None:
    conversation = store.begin(owner="a")
    first, second = (store.append(conversation, a_reply(), owner="a", corpus="", now=NOW) for _ in range(2))
    store.feedback(first, owner="a", good=True, reason="good", now=NOW, face="page")
    store.feedback(second, owner="a", good=True, now=NOW + MINUTE, face="page")
    store.feedback(first, owner="a", good=False, reason="  wrong day ", now=NOW + 2 * MINUTE, face="slack")
    said = [(j.turn, j.good, j.reason, j.face, j.given) for j in store.judged()]
    assert said == [
        (second, True, "", "page", NOW + MINUTE),
        (first, False, "wrong day", "slack", NOW + 2 * MINUTE),
    ]
    assert [j.turn for j in store.judged(good=True)] == [second]
    assert [(j.turn, j.reply) for j in store.judged(good=False)] == [(first, a_reply())]
    assert [(t.good, t.reason) for t in store.turns(conversation, owner="a")] == [
        (False, "wrong day"),
        (True, ""),
    ]


@pytest.mark.parametrize(("length", "kept"), [(REASON, True), (REASON + 1, False)])
def test_a_reason_has_a_bound(store: Store, length: int, kept: bool) -> None:
    turn = store.append(store.begin(owner="a"), a_reply(), owner="a", corpus="", now=NOW)
    if kept:
        store.feedback(turn, owner="a", good=False, reason="é" * length, now=NOW, face="test")
    else:
        with pytest.raises(UsageError, match="2,000"):
            store.feedback(turn, owner="a", good=False, reason="é" * length, now=NOW, face="test")
    assert len(store.judged()) == kept


def test_an_event_is_claimed_once_by_all_threads_together(place: str, store: Store) -> None:
    other = Store.open(place)
    won: list[bool] = []
    threads = [
        threading.Thread(target=lambda s=one: won.extend(s.seen(f"event {n}", now=NOW) for n in range(10)))
        for one in (store, other, store, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert (sum(won), len(won)) == (10, 40)
    assert not store.seen("event 0", now=NOW + timedelta(days=6))
    assert store.seen("event 0", now=NOW + timedelta(days=8)), "forgotten after a week"


def test_threads_write_at_once(store: Store) -> None:
    conversation = store.begin(owner="a")

    def write(name: str) -> None:
        for number in range(15):
            store.append(conversation, a_reply(f"{name} {number}"), owner="a", corpus="", now=NOW)

    threads = [threading.Thread(target=write, args=(name,)) for name in "wxyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked = [turn.reply.question for turn in store.turns(conversation, owner="a")]
    assert len(asked) == 60
    for name in "wxyz":
        assert [q for q in asked if q.startswith(name)] == [f"{name} {n}" for n in range(15)]


@pytest.mark.parametrize("owner", ["", "x" * 501, "a\x00b", "a\ud800"])
def test_an_owner_that_cannot_be_kept(store: Store, owner: str) -> None:
    with pytest.raises(UsageError, match="an owner"):
        store.begin(owner=owner)


@pytest.mark.parametrize("id", ["", "x\x00", "\ud800", "x" * 10_000, "'; DROP TABLE turn; --"])
def test_an_id_that_nobody_gave_is_not_there(store: Store, id: str) -> None:
    with pytest.raises(NotKept):
        store.turns(id, owner="a")
    with pytest.raises(NotKept):
        store.feedback(id, owner="a", good=True, now=NOW, face="test")
    with pytest.raises(NotKept):
        store.append(id, a_reply(), owner="a", corpus="", now=NOW)


def test_any_text_of_a_person_is_kept(store: Store) -> None:
    question = "\x00 \ud800 \udcff 💼 \u202e é \x1b[2J " + "x" * 10_000
    conversation = store.begin(owner="a")
    store.append(conversation, a_reply(question), owner="a", corpus="", now=NOW)
    (turn,) = store.turns(conversation, owner="a")
    assert turn.reply.question == question
    store.feedback(turn.id, owner="a", good=False, reason=question[:30], now=NOW, face="test")
    assert store.judged()[0].reason.startswith("💼")


def test_an_instant_keeps_its_moment_and_needs_a_zone(store: Store) -> None:
    conversation = store.begin(owner="a")
    there = datetime(2026, 11, 22, 23, 59, 59, 123456, tzinfo=timezone(timedelta(hours=-5)))
    store.append(conversation, a_reply(), owner="a", corpus="", now=there)
    (turn,) = store.turns(conversation, owner="a")
    assert turn.asked == there
    assert turn.asked.tzinfo == UTC
    with pytest.raises(ValueError, match="time zone"):
        store.append(conversation, a_reply(), owner="a", corpus="", now=there.replace(tzinfo=None))


def test_a_reply_of_another_release_is_one_line_and_stays(place: str, store: Store) -> None:
    from sqlalchemy import text

    conversation = store.begin(owner="a")
    store.append(conversation, a_reply(), owner="a", corpus="", now=NOW, turn="t-1")
    with store._writing.begin() as database:
        database.execute(text("UPDATE turn SET reply = replace(reply, 'caveats', 'unheard_of')"))
    with pytest.raises(StoreError, match=r"t-1 cannot be read by this release.*unheard_of") as error:
        store.turns(conversation, owner="a")
    assert "\n" not in str(error.value)
    assert store.conversations("a")[0].turns == 1
