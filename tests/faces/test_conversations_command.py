"""``conversations``: what is kept can be listed, shown, renamed, exported and deleted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.conversations import Store
from assistant.faces.cli import main
from assistant.faces.rendering.conversation import export_markdown
from assistant.faces.rendering.words import escape_markdown
from assistant.settings import Settings
from assistant.wiring import Assistant
from tests.conftest import TODAY

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DRAWBACK = "Drawback claim filed 2021-01-10, liquidated 2024-02-29: until when do we keep the records?"
KOREA = "How long must the issuer of a Korea certificate of origin keep the records?"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Store]:
    place = tmp_path / "kept" / "c.sqlite"
    monkeypatch.setenv("RECORDKEEPING_CONVERSATIONS", str(place))
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(settings.index))
    store = Store.open(str(place))
    yield store
    store.close()


@pytest.fixture
def two(kept: Store, assistant: Assistant) -> tuple[str, str]:
    """A conversation of two turns on the page, and one in Slack, a minute later."""
    page = kept.begin(owner="page:abc", title="Drawback")
    slack = kept.begin(owner="slack:T1", key="thread")
    pages, slacks = "page:abc", "slack:T1"
    asked = ((page, pages, DRAWBACK), (page, pages, KOREA), (slack, slacks, KOREA))
    for number, (conversation, owner, question) in enumerate(asked):
        reply = assistant.ask(question, as_of=TODAY, today=TODAY)
        now = NOW + timedelta(minutes=number)
        kept.append(conversation, reply, owner=owner, corpus=assistant.corpus, now=now)
    return page, slack


def test_list(two: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    page, slack = two
    assert main(["conversations", "list"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(slack)
    assert re.search(r"slack +1 turn  How long must the issuer", first)
    assert second.startswith(page)
    assert re.search(r"page +2 turns  Drawback$", second)
    assert main(["conversations", "list", "--owner", "page", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["id"], row["owner"], row["turns"]) == (page, "page:abc", 2)
    assert main(["conversations", "list", "--limit", "1"]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_an_empty_list_says_so(kept: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conversations", "list"]) == 0
    assert capsys.readouterr().out == "no conversations are kept\n"


def test_show(two: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conversations", "show", two[0][:8], "--today", "2026-11-22"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"Drawback\n\n1. {DRAWBACK}\n\n")
    assert "Since this answer was given" not in out
    assert "19 U.S.C. § 1508" in out
    assert main(["conversations", "show", two[0], "--today", "2027-03-02"]) == 0
    out = capsys.readouterr().out
    assert "Since this answer was given:\n  ! Keep through March 1, 2027: that day has passed since" in out


def test_show_json_is_every_reply_whole(
    two: tuple[str, str], kept: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["conversations", "show", two[0], "--json", "--today", "2027-03-02"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert whole["title"] == "Drawback"
    turns = kept.turns(two[0], owner="page:abc")
    assert [turn["reply"] for turn in whole["turns"]] == [turn.reply.to_json() for turn in turns]
    assert [len(turn["changed"]) for turn in whole["turns"]] == [1, 0]


def test_rename_and_delete(two: tuple[str, str], kept: Store, capsys: pytest.CaptureFixture[str]) -> None:
    page, slack = two
    assert main(["conversations", "rename", page, "Spring claims"]) == 0
    assert kept.title(page, owner="page:abc") == "Spring claims"
    assert main(["conversations", "delete", slack]) == 0
    assert capsys.readouterr().out == f"{page} renamed\n{slack} deleted\n"
    assert [one.id for _, one in kept.everyones()] == [page]


def test_export(two: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "drawback.md"
    assert main(["conversations", "export", two[0], "--out", str(out), "--today", "2027-03-02"]) == 0
    assert capsys.readouterr().out == f"{two[0]} exported to {out}\n"
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# Drawback\n\n*Exported on March 2, 2027.*\n\n## 1.\n\n> Drawback claim filed")
    assert text.count("### Sources\n\n1. [") == 2
    assert "> **Since this answer was given:**\n> - Keep through March 1, 2027" in text
    assert "*The law of November 22, 2026; answered on November 22, 2026.*" in text
    assert main(["conversations", "export", two[0], "--today", "2027-03-02"]) == 0
    assert capsys.readouterr().out == text


def test_an_export_cites_everything_the_replies_do(
    two: tuple[str, str], kept: Store, assistant: Assistant
) -> None:
    turns = kept.turns(two[0], owner="page:abc")
    text = export_markdown(turns, assistant.documents, title="[x](http://evil.example) <b>", today=TODAY)
    for turn in turns:
        assert turn.reply.text in text
        for citation in turn.reply.citations:
            assert str(citation) in text
        for claim in turn.reply.claims:
            for quote in claim.quotes:
                assert escape_markdown(" ".join(quote.text.split())) in text
                assert f"characters {quote.start} to {quote.end})" in text
    assert text.startswith("# \\[x\\](http://evil.example) \\<b\\>\n"), "no link, no tag"


BAD: list[tuple[list[str], str]] = [
    ([], "ACTION"),
    (["burn"], "burn"),
    (["list", "--limit", "0"], "number"),
    (["list", "--limit", "x"], "number"),
    (["show"], "ID"),
    (["show", ""], "no conversation"),
    (["show", "zzz"], "no conversation 'zzz'"),
    (["rename", "zzz", "title"], "no conversation 'zzz'"),
    (["delete", "zzz"], "no conversation 'zzz'"),
    (["export", "zzz"], "no conversation 'zzz'"),
    (["show", "ID", "--today", "2023-02-29"], "2023-02-29"),
    (["rename", "ID", " "], "at least one character"),
    (["export", "ID", "--out", "/dev/null/x.md"], "cannot be written"),
    (["export", "ID", "--out", "/"], "cannot be written"),
]


@pytest.mark.parametrize(("words", "said"), BAD, ids=[" ".join(words) for words, _ in BAD])
def test_bad_usage(
    words: list[str], said: str, two: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["conversations", *(two[0] if word == "ID" else word for word in words)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err


def test_an_id_that_names_several(
    kept: Store, assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    reply = assistant.ask(KOREA, as_of=TODAY, today=TODAY)
    for _ in range(20):  # of twenty ids, two begin alike: there are sixteen first characters
        kept.append(kept.begin(owner="a"), reply, owner="a", corpus="", now=NOW)
    ids = [one.id[0] for _, one in kept.everyones()]
    first = next(letter for letter in ids if ids.count(letter) > 1)
    assert main(["conversations", "show", first]) == 2
    assert f"{ids.count(first)} conversations begin with {first!r}" in capsys.readouterr().err


def test_a_store_that_cannot_be_opened_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECORDKEEPING_CONVERSATIONS", "mysql://u:secret@host/db")
    assert main(["conversations", "list"]) == 2
    err = capsys.readouterr().err
    assert (err.count("\n"), "secret" in err) == (1, False)
