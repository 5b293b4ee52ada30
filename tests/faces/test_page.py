"""The page under Streamlit's own AppTest: what a person sees, and that no click loses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from assistant.faces.page import desk
from tests.conftest import PATIENCE

APP = Path(__file__).resolve().parents[2] / "assistant" / "faces" / "page" / "script.py"
KOREA = "How long must the issuer of a Korea certificate of origin keep the records?"


@pytest.fixture
def page(at_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("RECORDKEEPING_CONVERSATIONS", str(tmp_path / "conversations.sqlite"))
    yield AppTest.from_file(APP, default_timeout=PATIENCE).run()
    desk._store.clear()


def ask(page: AppTest, question: str) -> AppTest:
    return page.chat_input(key="question").set_value(question).run()


def html(page: AppTest) -> str:
    return "\n".join(element.value for element in page.html)


def text(page: AppTest) -> str:
    """Without the tags, as it is read."""
    hidden = r"<(style|script)>.*?</\1>|<[^>]+>"
    return unescape(re.sub(hidden, "", html(page), flags=re.DOTALL))


def keyed(page: AppTest, prefix: str) -> list[Button]:
    return [button for button in page.button if (button.key or "").startswith(prefix)]


def test_an_empty_page_says_what_it_does_and_offers_four_questions(page: AppTest) -> None:
    assert not page.exception
    assert "Ask who must keep which customs records" in text(page)
    assert len(keyed(page, "example-first-")) == 4
    assert text(page).count("Not legal advice") == 1
    assert not keyed(page, "kept-")


def test_a_question_is_answered_conclusion_first_with_chips(page: AppTest) -> None:
    ask(page, "How long must we keep records for a drawback claim, and what starts the clock?")
    assert not page.exception
    (conclusion,) = re.findall(r'<div class="conclusion">(.*?)</div>', html(page))
    assert "3rd anniversary" in conclusion and "liquidation" in conclusion
    labels = [chip.label for chip in keyed(page, "chip-")]
    assert any("1508(c)(2)" in label for label in labels)
    assert all(":gray[" in label for label in labels), "a chip says its tier in words"


def test_an_example_is_a_question_asked(page: AppTest) -> None:
    keyed(page, "example-first-")[0].click().run()
    assert 'class="conclusion"' in html(page)
    assert not keyed(page, "example-first-"), "the empty state is gone"


def test_a_click_on_a_chip_opens_the_words_with_edition_and_span(page: AppTest) -> None:
    ask(page, KOREA)
    keyed(page, "chip-statute-")[0].click().run()
    assert not page.exception
    (marked,) = re.findall(r"<mark>(.*?)</mark>", html(page))
    assert "at least 5 years after the date on which the certification is issued" in unescape(marked)
    plate = html(page).partition('class="plate"')[2]
    assert "Edition 2011-10-21" in plate and "usc-19-1508@2011-10-21" in plate
    assert "In force since March 15, 2012" in plate


def test_former_law_is_marked_superseded_on_the_chip_and_in_the_drawer(page: AppTest) -> None:
    ask(page, "What did § 1508(b)(3) say in 2015?")
    former = [chip for chip in keyed(page, "chip-statute-") if "superseded" in chip.label]
    former[0].click().run()
    plate = html(page).partition('class="plate"')[2]
    assert "Superseded." in plate and "through June 30, 2020" in plate


def test_no_click_loses_an_answer(page: AppTest) -> None:
    ask(page, KOREA)
    before = re.findall(r'<div class="(?:conclusion|support|caveats)">.*?</div>', html(page))
    keyed(page, "chip-")[0].click().run()
    page.date_input(key="as_of").set_value("2015-06-01").run()
    assert len(before) >= 2
    assert re.findall(r'<div class="(?:conclusion|support|caveats)">.*?</div>', html(page)) == before
    ask(page, "How long?")
    assert [m for m in before if m in html(page)] == before, "nor does the next question"


def test_the_day_asked_about_reaches_the_answer(page: AppTest) -> None:
    page.date_input(key="as_of").set_value("2015-06-01").run()
    ask(page, KOREA)
    assert "The law of June 1, 2015" in text(page)


def test_a_refusal_is_named_and_still_worded(page: AppTest) -> None:
    ask(page, "What is the HTS code of leather shoes?")
    assert "Outside what is covered" in text(page) and "I do not classify goods" in text(page)
    assert not keyed(page, "chip-")


def test_a_question_back_can_be_completed_in_place(page: AppTest) -> None:
    ask(page, "How long?")
    assert 'class="question"' in html(page) and "Which record is it" in text(page)
    field = next(field for field in page.text_input if (field.key or "").startswith("added-"))
    field.set_value("It is a packing list.")
    next(button for button in page.button if button.label == "Ask again").click().run()
    assert not page.exception
    assert "How long? It is a packing list." in text(page)
    assert "60 calendar days" in text(page)


def test_the_answer_downloads_and_copies_as_markdown(page: AppTest) -> None:
    ask(page, KOREA)
    (turn_id,) = re.findall(r"window.recordkeeping\?.answered\(\"(\w+)\"", html(page))
    page.session_state[f"save-{turn_id}"] = True
    page.run()
    downloads = [found for found in page.get("download_button") if found.proto.label != "Export"]
    assert [found.proto.label for found in downloads] == ["PDF", "Markdown", "Web page", "JSON"]
    assert all(found.proto.ignore_rerun for found in downloads), "a download does not rerun the page"
    (copied,) = re.findall(r'data-copy-text="(.*?)"', html(page), re.DOTALL)
    assert f"> {KOREA}" in unescape(copied) and "## Sources" in unescape(copied)


def test_untrusted_words_are_shown_and_never_run(page: AppTest) -> None:
    ask(page, "<script>alert(1)</script> **bold** :red[x] how long must entry records be kept?")
    assert not page.exception
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **bold** :red[x]" in html(page)


def test_without_an_index_one_line_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(tmp_path / "none"))
    page = AppTest.from_file(APP, default_timeout=PATIENCE).run()
    (error,) = page.error
    assert not page.exception and "make index" in error.value and "\n" not in error.value
    assert page.chat_input(key="question").disabled


def test_a_new_question_brings_the_empty_page_back(page: AppTest) -> None:
    ask(page, KOREA)
    page.button(key="new").click().run()
    assert len(keyed(page, "example-first-")) == 4 and 'class="conclusion"' not in html(page)
