"""Addresses: a question, a passage, a computed date, a conversation; and what they may not do."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from assistant.answering.reply import Reply
from assistant.conversations import Store
from assistant.faces.rendering.addresses import dates_link, question_link
from tests.faces.page.conftest import Opening
from tests.faces.page.reading import KOREA, html, text


def address_of(page: AppTest) -> dict[str, str]:
    """One value a name, whether the test or the page wrote it."""
    written = page.query_params.items()
    return {name: value if isinstance(value, str) else value[0] for name, value in written}


def test_a_question_in_the_address_is_asked_once(opening: Opening, store: Store) -> None:
    page = opening(q=KOREA, as_of="2015-06-01")
    assert "The law of June 1, 2015" in text(page)
    page.run()
    (kept,) = store.conversations("page:one")
    assert kept.turns == 1
    assert address_of(page) == {"c": kept.id}, "a reload opens what was answered, and asks nothing"


def test_a_question_that_another_site_leads_to_waits_for_the_person(opening: Opening, store: Store) -> None:
    page = opening(fill=KOREA, as_of="2015-06-01")
    assert page.chat_input[0].proto.value == KOREA and page.chat_input[0].proto.set_value
    assert not page.chat_message
    assert store.conversations("page:one") == ()
    page.run()
    assert not page.chat_message and address_of(page) == {}
    page.chat_input[0].set_value(KOREA).run()
    assert "The law of June 1, 2015" in text(page)


def test_a_question_s_own_link_asks_it_again(opening: Opening, korea: Reply) -> None:
    link = question_link(korea, date(2026, 11, 22))
    page = opening(**dict(parse_qsl(link.partition("?")[2])))
    assert korea.claims[0].text in text(page)
    (copied,) = re.findall(r'data-copy-link="(\?q=.*?)"', html(page))
    assert parse_qs(unescape(copied).partition("?")[2])["q"] == [KOREA]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"show": "19 U.S.C. § 1508(i)(3)", "as_of": "2015-06-01"}, "at least 5 years after the date"),
        ({"document": "usc-19-1508@2011-10-21", "words": "0-20"}, "§ 1508. Recordkeepin"),
    ],
)
def test_a_passage_in_the_address_is_opened(opening: Opening, query: dict[str, str], shown: str) -> None:
    page = opening(**query)
    assert not page.exception
    drawn = html(page).partition('class="plate"')[2]
    marked = unescape(" ".join(re.findall(r"<mark>(.*?)</mark>", drawn)))
    assert shown in marked


def test_a_document_in_the_address_is_opened_whole(opening: Opening) -> None:
    page = opening(show="usc-19-1508@2011-10-21")
    drawn = html(page).partition('class="plate"')[2]
    assert not page.exception and "Recordkeeping" in drawn and "<mark>" not in drawn


def test_words_that_end_before_they_begin_mark_nothing(opening: Opening) -> None:
    page = opening(document="usc-19-1508@2011-10-21", words="9-1")
    assert not page.exception and "<mark>" not in html(page)


@pytest.mark.parametrize(
    "query",
    [
        {"show": "<img src=x onerror=alert(1)>"},
        {"show": "19 U.S.C. § 9999"},
        {"document": "../../etc/passwd", "words": "0-9"},
        {"as_of": "yesterday"},
        {"c": "' OR 1=1 --"},
    ],
)
def test_an_address_that_cannot_be_followed_is_one_line(opening: Opening, query: dict[str, str]) -> None:
    page = opening(**query)
    assert not page.exception
    assert "<img" not in html(page)
    (notice,) = [one.value for one in page.toast] + [one.value for one in page.warning]
    assert "\n" not in notice


def _dates() -> None:
    from datetime import date

    from assistant.faces.page import dates
    from assistant.faces.page.desk import Desk

    today = date(2026, 11, 22)
    dates.show(Desk(None, "", {}, today, today))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (
            {"record": "drawback", "claim_filed": "2019-05-01", "claim_liquidated": "2024-02-29"},
            "March 1, 2027",
        ),
        (
            {"record": "fta_export", "agreement": "cafta-dr:honduras", "certificate_issued": "2012-05-01"},
            "May 1, 2017",
        ),
        (
            {"record": "duty_free_low_value", "entry": "2025-09-10", "admitted_free": "yes"},
            "September 10, 2027",
        ),
        ({"record": "entry", "entry": "2023-02-29"}, "What is still missing"),
        ({"record": "nonsense", "entry": "2024-03-15", "x": "y"}, "March 15, 2029"),
    ],
)
def test_a_date_is_computed_from_the_address_and_written_back(query: dict[str, str], shown: str) -> None:
    page = AppTest.from_function(_dates, default_timeout=400)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception and shown in text(page)
    wrong = {name: value for name, value in query.items() if value in ("nonsense", "2023-02-29", "y")}
    assert bool(page.warning) == bool(wrong)
    if not wrong:
        assert address_of(page) == query


def test_a_date_s_link_says_the_day_asked_about_only_when_it_is_another() -> None:
    today = date(2026, 11, 22)
    assert dates_link({"record": "entry"}, today, today) == "dates?record=entry"
    assert dates_link({"record": "entry"}, date(2015, 6, 1), today) == "dates?record=entry&as_of=2015-06-01"
