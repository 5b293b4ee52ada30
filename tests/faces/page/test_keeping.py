"""Conversations in the sidebar, what people say of an answer, and that neither is lost or shared."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.answering.reply import Reply
from assistant.conversations import Store
from assistant.errors import NotKept
from assistant.faces.page import drawer, talk
from assistant.faces.page.desk import Desk
from assistant.faces.page.work import Work
from tests.conftest import PATIENCE
from tests.faces.page.conftest import SCRIPT, Opening
from tests.faces.page.reading import KOREA, ask, html, keyed, text

ME, OTHER = "page:one", "page:two"


def conclusion(page: AppTest) -> str:
    """What the last answer on the page concludes."""
    return unescape(re.findall(r'<div class="conclusion">(.*?)</div>', html(page), re.DOTALL)[-1])


def test_a_reply_is_kept_whole_before_it_is_shown(page: AppTest, store: Store) -> None:
    ask(page, KOREA)
    (kept,) = store.conversations(ME)
    (turn,) = store.turns(kept.id, owner=ME)
    assert turn.reply.question == KOREA and turn.reply.claims[0].text in text(page)
    assert kept.title == KOREA
    assert [button.label for button in keyed(page, "open-")] == [kept.title]


def test_a_follow_up_joins_its_conversation_and_a_new_question_begins_one(
    page: AppTest, store: Store
) -> None:
    ask(page, KOREA)
    ask(page, "And for Chile?")
    assert [kept.turns for kept in store.conversations(ME)] == [2]
    page.button(key="new").click().run()
    ask(page, "Who has to keep customs records?")
    assert sorted(kept.turns for kept in store.conversations(ME)) == [1, 2]


def test_an_answer_that_comes_while_the_page_is_drawn_is_listed(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is settled after the sidebar was drawn, and before the answer is."""
    released, settle = threading.Event(), Work._settle

    def come(desk: Desk) -> None:
        released.set()
        for turn in page.session_state["talk"].turns:
            assert turn.work is None or turn.work.wait(PATIENCE)

    monkeypatch.setattr(talk, "AT_ONCE_ALONE", 0)
    monkeypatch.setattr(Work, "_settle", lambda work, reply: released.wait(PATIENCE) and settle(work, reply))
    monkeypatch.setattr(drawer, "show_opened", come)
    ask(page, KOREA)
    assert not page.exception and 'class="conclusion"' in html(page)
    assert len(keyed(page, "open-")) == 1


def test_a_conversation_is_reopened_as_it_was_said(page: AppTest, opening: Opening) -> None:
    ask(page, KOREA)
    said = text(page).partition("at least 5 years")[2]
    assert said
    again = opening()
    keyed(again, "kept-")[0].click().run()
    assert not again.exception
    assert said.split("Copy link")[0] in text(again)
    ask(again, "And for Chile?")
    assert "Chile" in conclusion(again), "in the answer, not only in the question"


def test_nobody_sees_the_conversations_of_another_browser(
    page: AppTest, opening: Opening, store: Store
) -> None:
    ask(page, KOREA)
    (kept,) = store.conversations(ME)
    other = opening(owner=OTHER, c=kept.id)
    assert not keyed(other, "kept-") and KOREA not in text(other)
    assert "there is no conversation" in other.warning[0].value


def test_renaming_and_deleting(page: AppTest, store: Store) -> None:
    ask(page, KOREA)
    (kept,) = store.conversations(ME)
    page.session_state["manage"] = True
    page.run()
    page.text_input(key=f"title-{kept.id}").set_value("Korea, exporter")
    next(button for button in page.button if button.label == "Rename").click().run()
    assert [button.label for button in keyed(page, "open-")] == ["Korea, exporter"]
    assert page.button(key="delete").disabled, "a deletion is confirmed first"
    page.checkbox(key=f"sure-{kept.id}").check().run()
    page.button(key="delete").click().run()
    assert not page.exception
    assert store.conversations(ME) == () and not keyed(page, "open-")
    with pytest.raises(NotKept):
        store.turns(kept.id, owner=ME)


def test_a_thumb_and_a_reason_are_kept_with_the_answer(page: AppTest, store: Store) -> None:
    ask(page, KOREA)
    (kept,) = store.conversations(ME)
    (turn,) = store.turns(kept.id, owner=ME)
    page.feedback(key=f"thumb-{turn.id}").set_value(0).run()
    page.text_area(key=f"reason-{turn.id}").set_value("The citation is of another country.")
    next(button for button in page.button if button.label == "Send").click().run()
    assert not page.exception
    (judged,) = store.judged(good=False)
    assert (judged.face, judged.reason) == ("page", "The citation is of another country.")
    assert judged.reply == turn.reply
    page.feedback(key=f"thumb-{turn.id}").set_value(1).run()
    assert [said.good for said in store.judged()] == [True], "the last word holds"


def test_what_changed_since_stands_above_a_reopened_answer(
    opening: Opening, store: Store, korea: Reply
) -> None:
    now = datetime(2024, 5, 1, tzinfo=UTC)
    old = replace(korea, id="old", as_of=date(2020, 1, 1), today=date(2020, 1, 1))
    where = store.begin(owner=ME)
    quoted = korea.claims[0].quotes[0].document
    store.append(where, old, owner=ME, corpus=f"{quoted} 000000000000", now=now)
    page = opening(c=where)
    assert "Changed since this answer was given" in text(page) and "was changed since" in text(page)


def test_without_a_store_answers_go_on_and_one_line_says_so(
    at_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.setenv("RECORDKEEPING_CONVERSATIONS", str(tmp_path / "folder"))
    page = AppTest.from_file(SCRIPT, default_timeout=PATIENCE).run()
    ask(page, KOREA)
    assert not page.exception and 'class="conclusion"' in "".join(e.value for e in page.html)
    assert any("not kept" in warning.value for warning in page.warning)
