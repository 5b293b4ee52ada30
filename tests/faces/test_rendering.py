"""What every face shows of a Reply: the words all there, the sources right, nothing untrusted alive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assistant.answering.reply import Claim, Quote, Reply
from assistant.answering.wording import answer_text
from assistant.faces.rendering import (
    REASONS,
    Chip,
    chips,
    passage_html,
    pieces,
    reply_markdown,
    reply_plain,
    span_words,
)
from assistant.faces.rendering.examples import FIRST, MORE
from assistant.faces.rendering.html import piece_html, question_html, sentence_html
from assistant.faces.rendering.pieces import unaccounted
from assistant.faces.rendering.words import escape_label
from assistant.law import Citation, Document, Provision, Span
from assistant.retention.values import Amount, Deadline, Missing
from assistant.wiring import Assistant
from tests.conftest import TODAY

LAW = Citation("usc", 19, "1508", ("c", "2"))
NASTY = '<script>alert(1)</script> $10 and $20 \x1b[31m **x** [a](javascript:1) & "q"'


def document(text: str, span: Span | None = None, tier: str = "statute") -> Document:
    span = span or Span()
    whole = Provision(LAW, "", 0, len(text), span)
    return Document("doc@1", "A text", LAW, tier, "1", span, text, "0", "", (whole,))  # type: ignore[arg-type]


def answer(text: str, claim: Claim, **more: object) -> Reply:
    return replace(Reply("q?", TODAY, TODAY, "answer", text, claims=(claim,)), **more)  # type: ignore[arg-type]


QUESTIONS = (
    *FIRST,
    *MORE,
    "What is the maximum penalty per release, negligence, appraised value $20,000, for entry records?",
    "How long?",
    "What is the HTS code of shoes?",
    "How can I backdate a certificate?",
    "What did § 1508(b)(3) say in 2015?",
)


@pytest.mark.parametrize("question", [*FIRST, *MORE])
def test_every_example_is_answered(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question, as_of=TODAY, today=TODAY).outcome == "answer"


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_face_leaves_a_sentence_out(assistant: Assistant, question: str) -> None:
    reply = assistant.ask(question, as_of=TODAY, today=TODAY)
    parts = pieces(reply, assistant.documents)
    if reply.outcome != "refusal":
        assert unaccounted(reply) == ()
    for line in (line for part in parts for line in part.lines):
        assert " ".join(line.split()) in " ".join(reply_plain(reply, width=10_000).split()), line
    assert reply.text in reply_markdown(reply)


def test_words_that_no_part_accounts_for_are_still_shown() -> None:
    claim = Claim("Keep them.", "digest", (LAW,))
    reply = answer(f"**Keep them.** [{LAW}]\n\nA sentence of its own.", claim)
    assert unaccounted(reply) == ("A sentence of its own.",)
    assert "A sentence of its own." in reply_plain(reply)


def test_the_conclusion_comes_first_and_caveats_last(korea: Reply, assistant: Assistant) -> None:
    parts = [piece.part for piece in pieces(korea, assistant.documents)]
    assert parts[0] == "conclusion"
    assert parts[-1] == "caveats"


def test_a_quote_that_only_repeats_the_claim_is_not_shown_twice(korea: Reply, assistant: Assistant) -> None:
    shown = pieces(korea, assistant.documents)
    assert any(piece.quotes for piece in shown)
    for piece in shown:
        assert all(quote.text not in piece.lines[0] for quote in piece.quotes)


def test_chips_point_at_the_quoted_words(korea: Reply, assistant: Assistant) -> None:
    found = [
        chip for claim in korea.claims for chip in chips(claim, assistant.documents, as_of=TODAY, today=TODAY)
    ]
    assert {chip.tier for chip in found} >= {"statute", "digest"}
    quoted = {quote.text for claim in korea.claims for quote in claim.quotes}
    for chip in found:
        assert assistant.documents[chip.document or ""].text[chip.start : chip.end] in quoted


@pytest.mark.parametrize(
    ("end", "label"),
    [
        (None, "Statute"),
        (date(2026, 11, 22), "Statute"),  # its last day is still a day in force
        (date(2020, 6, 30), "Statute, superseded"),
    ],
)
def test_superseded_text_is_marked_so(end: date | None, label: str) -> None:
    held = document("Keep it.", Span(date(1994, 1, 1), end))
    claim = Claim("x", "quote", (LAW,), (Quote(LAW, held.id, "Keep it.", 0, 8),))
    (chip,) = chips(claim, {held.id: held}, as_of=TODAY, today=TODAY)
    assert chip.label == label


def test_a_citation_without_a_text_leads_to_the_official_page() -> None:
    claim = Claim("x", "rule", (LAW,))
    assert chips(claim, {}, as_of=TODAY, today=TODAY) == (Chip(LAW),)
    assert LAW.url is not None and "1508" in LAW.url


def test_the_passage_is_marked_and_everything_is_escaped() -> None:
    held = document(f"(c) Before\n{NASTY}\nkeep for 5 years & more\nafter")
    start = held.text.index("keep")
    html = passage_html(held, start, start + len("keep for 5 years & more"))
    assert "<mark>keep for 5 years &amp; more</mark>" in html
    assert "<script" not in html and "\x1b" not in html


def test_a_mark_may_span_lines_and_far_text_is_folded_not_lost() -> None:
    text = "\n".join(f"line {n} {'and more words ' * 9}" for n in range(30))
    held = document(text)
    start = text.index("line 14")
    html = passage_html(held, start, text.index("line 16") - 1)
    assert "<mark>line 14 and" in html and "<mark>line 15 and" in html and "<mark>line 16" not in html
    assert html.count("<details>") == 2
    assert all(f"line {n}" in html for n in range(30))


def test_every_document_opens_at_each_of_its_provisions(assistant: Assistant) -> None:
    for held in assistant.documents.values():
        for provision in held.provisions[::25]:
            assert "<mark>" in passage_html(held, provision.start, provision.end)


def test_untrusted_words_stay_words() -> None:
    claim = Claim(NASTY, "digest", (LAW,))
    reply = replace(answer(NASTY, claim), question=NASTY)
    (piece,) = [p for p in pieces(reply, {}) if p.part == "conclusion"]
    assert "<script" not in piece_html(piece) and "$10 and $20" in piece_html(piece)
    assert "<script" not in question_html(NASTY) and "<strong>" not in question_html(NASTY)
    assert "\x1b" not in reply_plain(reply)
    asked = reply_markdown(reply).split("\n\n")[1]
    assert "\\<script" in asked and "\\[a\\](" in asked
    assert escape_label("$5 :red[x]") == r"\$5 \:red\[x\]"


def test_a_persons_words_in_our_questions_and_caveats_are_no_markup() -> None:
    """Of a reply's own Markdown, as it is copied, exported and sent as JSON."""
    asked = "From which day does “<img src=x onerror=a> [x](javascript:1) **b** `c`\n\n# d” count?"
    text = answer_text((), (), (), (Missing("question", asked),), (asked,))
    dead = r"\<img src=x onerror=a\> \[x\](javascript:1) \*\*b\*\* \`c\` # d"
    assert text == f"**From which day does “{dead}” count?**\n\n- *From which day does “{dead}” count?*"
    reply = Reply(
        "q", TODAY, TODAY, "clarification", text, missing=(Missing("question", asked),), caveats=(asked,)
    )
    assert unaccounted(reply) == ()
    assert "\\" not in sentence_html(text.split("\n\n")[0]) and "<img" not in sentence_html(text)


def test_a_follow_up_that_is_repeated_is_repeated_as_words(assistant: Assistant) -> None:
    words = "<img src=x onerror=a>"
    history = (("user", "Drawback claim filed May 1, 2019 and liquidated February 2, 2024. Until when?"),)
    reply = assistant.ask(f"please postpone {words} it 30 days", as_of=TODAY, today=TODAY, history=history)
    assert words in reply.missing[0].question, "the test can fail"
    assert words not in reply.text and words not in reply_markdown(reply)


def test_colour_changes_no_word_and_lines_keep_the_width(korea: Reply) -> None:
    plain, coloured = reply_plain(korea, width=60), reply_plain(korea, colour=True, width=60)
    bare = coloured
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[33m", "\x1b[0m"):
        bare = bare.replace(code, "")
    assert bare == plain and coloured != plain
    assert max(map(len, plain.splitlines())) <= 60


def test_markdown_has_the_question_the_day_and_numbered_sources(korea: Reply, assistant: Assistant) -> None:
    text = reply_markdown(korea, assistant.documents)
    assert f"> {korea.question}" in text
    assert "The law of November 22, 2026" in text
    assert f"1. [{korea.citations[0]}](<https://" in text
    for claim in korea.claims:
        for quote in claim.quotes:
            assert f"characters {quote.start} to {quote.end}" in text


def test_sums_show_the_date_the_time_left_and_the_steps() -> None:
    deadline = Deadline(
        "keep_through", "r", "drawback", "claim_liquidated", date(2024, 2, 29), "P3Y", "until",
        date(2027, 3, 1), (LAW,), ("Liquidated on February 29, 2024.",), TODAY,
    )  # fmt: skip
    amount = Amount("p", Decimal("8000.00"), "lesser_of", ("40 percent of $20,000.",), (LAW,))
    claim = Claim("Keep them.", "rule", (LAW,))
    shown = reply_plain(answer("Keep them.", claim, deadlines=(deadline,), amounts=(amount,)))
    for words in (
        "Keep through March 1, 2027 (99 days left)",
        "At most $8,000.00",
        "1. Liquidated on",
        "2. 40 percent",
    ):
        assert words in shown


def test_refusals_and_questions_back_say_what_they_are() -> None:
    refusal = Reply("q", TODAY, TODAY, "refusal", "I do not classify goods.", reason="out_of_scope")
    assert reply_plain(refusal).startswith(REASONS["out_of_scope"])
    back = Reply("q", TODAY, TODAY, "clarification", "**Which?**", missing=(Missing("record", "Which?"),))
    assert reply_plain(back) == "? Which?"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(), "not bound to a span of days"),
        (Span(date(2020, 7, 1)), "in force since July 1, 2020"),
        (Span(None, date(2020, 6, 30)), "in force through June 30, 2020"),
        (Span(date(1994, 1, 1), date(2020, 6, 30)), "in force from January 1, 1994 through June 30, 2020"),
    ],
)
def test_spans_in_words(span: Span, words: str) -> None:
    assert span_words(span) == words
