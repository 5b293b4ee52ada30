"""Blocks: within every limit whatever is put in, nothing lost where a text is cut, nothing alive in it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assistant.answering.reply import Claim, Quote, Reply
from assistant.faces.rendering import Chip, addresses
from assistant.faces.rendering.slack import one_line, reply_messages
from assistant.faces.rendering.slack_blocks import (
    cut,
    defused,
    divided,
    flat,
    linked,
    mrkdwn,
    paragraphs,
    quotation,
    sentence,
    shortened,
    size,
)
from assistant.faces.slack.hearing import words
from assistant.faces.slack.links import passage_link, question_link
from assistant.faces.slack.posting import _at_most
from assistant.faces.slack.views import MARKED, Place, passage_view, reason_view
from assistant.law import Citation, Document, Provision, Span
from assistant.retention.values import Amount, Deadline, Missing
from tests.conftest import TODAY
from tests.faces.slack.blockkit import faults, message_faults, view_faults

LAW = Citation("usc", 19, "1508", ("c", "2"))
NASTY = "<!channel> <@U123|x> <#C1> <https://evil.example|click> *b* _i_ ~s~ `c` :smile: & \x1b[31m \u202e x"
TAME = {"unfurl_links": False, "unfurl_media": False}


def held(text: str) -> Document:
    whole = Provision(LAW, "", 0, len(text), Span())
    return Document("doc@1", "A text " * 60, LAW, "user", "1", Span(), text, "0", "", (whole,), caveat=NASTY)


def long_reply(length: int, claims: int) -> Reply:
    """Longer than any real one: many claims, each with long words and a long quotation."""
    text = ("A sentence of some words & <marks>. " * (length // 30 + 1))[:length].strip()
    made = tuple(
        Claim(f"{n} {text}", "quote", (LAW,), (Quote(LAW, "doc@1", text, 0, 9),)) for n in range(claims)
    )
    sums = tuple(a_sum(f"{n} {text}") for n in range(claims))
    amounts = tuple(Amount("p", Decimal(n), "cap", (f"{n} amount",), (LAW,)) for n in range(claims))
    return Reply(
        NASTY * 3,
        TODAY,
        date(2027, 1, 1),
        "clarification",
        text,
        claims=made,
        deadlines=sums,
        amounts=amounts,
        missing=(Missing("record", text),),
        caveats=tuple(f"{n} {text}" for n in range(claims)),
    )


def a_sum(step: str) -> Deadline:
    day = date(2024, 2, 29)
    kinds = ("keep_through", "r", "drawback", "claim_liquidated")
    return Deadline(*kinds, day, "P3Y", "until", TODAY, (LAW,), (step,), TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("length", "claims"), [(10, 1), (500, 9), (3000, 4), (9000, 3), (40, 60), (20_000, 12)]
)
def test_a_reply_of_any_length_fits_and_is_whole(length: int, claims: int) -> None:
    reply = long_reply(length, claims)
    messages = reply_messages(
        reply, {"doc@1": held("words" * 9)}, turn="t" * 24, asked=True, page="https://x.example/"
    )
    assert [fault for message in messages for fault in message_faults({**message, **TAME})] == []
    shown = " ".join(" ".join(flat(message["blocks"]).split()) for message in messages)
    for claim in reply.claims:
        assert re.sub(r"\s+", "", claim.text) in re.sub(r"\s+", "", shown)


def test_a_chip_with_a_long_title_is_a_button_that_fits() -> None:
    title = Citation.of_title("A guidance whose title goes on and on " * 20)
    whole = Provision(title, "", 0, 5, Span())
    document = replace(held("words"), citation=title, provisions=(whole,))
    claim = Claim("Words.", "quote", (title,), (Quote(title, "doc@1", "words", 0, 5),))
    reply = Reply("q", TODAY, TODAY, "answer", "Words.", claims=(claim,))
    (message,) = reply_messages(reply, {"doc@1": document})
    assert message_faults({**message, **TAME}) == []
    (chip,) = next(block for block in message["blocks"] if block["type"] == "actions")["elements"]
    assert chip["text"]["text"].endswith("…")
    assert Place.read(chip["value"], {"doc@1": document}).end == 5


def test_what_a_command_takes_is_cut_to_five_and_says_so() -> None:
    messages = reply_messages(long_reply(9000, 30), {}, turn="t")
    assert len(messages) > 5
    kept = _at_most(messages)
    assert len(kept) == 5
    assert "The rest is longer" in flat(kept[-1]["blocks"])
    assert [fault for message in kept for fault in faults(message["blocks"], "message")] == []


@given(some.text(max_size=9000), some.integers(40, 3000))
@settings(max_examples=60, deadline=None)
def test_cutting_loses_nothing_but_white_space(text: str, most: int) -> None:
    parts = cut(text, most)
    assert all(0 < len(part) <= most for part in parts)
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", text)


@given(some.text(alphabet="ab*_~`<>!@#|:/&.\n h", max_size=400))
@settings(max_examples=200, deadline=None)
def test_nothing_that_is_quoted_is_alive(text: str) -> None:
    blocks = [*paragraphs(f"x{text}"), *quotation(f"x{text}")]
    assert faults(blocks, "message") == []
    assert not re.search(r"<[!@#]|<[a-z]+:", json.dumps(blocks, ensure_ascii=False))
    assert not re.search(r"(?<!\u2060)[*_~`:]|<(?!\u2060)|[<>]", mrkdwn(text))


@pytest.mark.parametrize("surface", ["conclusion", "link"])
def test_hostile_words_are_harmless_wherever_they_stand(surface: str) -> None:
    blocks = (
        paragraphs(NASTY, bold=True)
        if surface == "conclusion"
        else linked(NASTY, [(NASTY, "https://x.example/|>")])
    )
    raw = json.dumps(blocks, ensure_ascii=False)
    assert "<!channel>" not in raw and "<@U123" not in raw and "<https://evil" not in raw
    assert "\x1b" not in raw and "\u202e" not in raw
    assert faults(blocks, "message") == []


def test_the_words_of_a_quotation_are_not_altered() -> None:
    law = "§ 1508(c)(2) — “records” & accounts, *inter alia*, 5 < 6 > 4"
    (block,) = quotation(law, "19 U.S.C. § 1508")
    assert block["elements"][0]["elements"][0]["text"] == f"“{law}”"


def test_defusing_touches_only_what_is_alive() -> None:
    assert defused("5 < 6, a<b, § & «x»") == "5 < 6, a<b, § & «x»"
    assert defused("<!here>") == "<\u2060!here>"


def test_groups_stay_together_where_they_fit() -> None:
    group = [*paragraphs("word " * 500), *paragraphs("end")]
    found = divided([group] * 9)
    assert len(found) > 1 and all(len(blocks) % 2 == 0 for blocks in found)
    assert all(size(blocks) <= 13_000 for blocks in found)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@U1> How long?", "How long?"),
        ("&lt;b&gt; &amp;amp; x", "<b> &amp; x"),
        ("see <https://a.example/?x=1&amp;y=2>", "see https://a.example/?x=1&y=2"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<mailto:a@b.example>", "a@b.example"),
        ("<#C1|imports> <#C2> <!here> <!subteam^S1|@team> <!date^1^{date}|May 1>", "#imports   @team May 1"),
        ("a < b", "a < b"),
        ("", ""),
    ],
)
def test_what_was_typed(typed: str, read: str) -> None:
    assert words(typed) == read


def test_a_line_is_a_sentence() -> None:
    assert sentence("there is no record\n 'x'") == "There is no record 'x'."
    assert one_line("What?")["text"] == "What?"
    assert shortened("abcdef", 4) == "abc…"


@pytest.mark.parametrize("length", [1, 3000, MARKED + 5000])
def test_a_passage_of_any_length_fits_a_modal(length: int) -> None:
    text = f"before\n{'<!channel> & *x* ' * 400}\n{'w' * length}\n{'after ' * 900}"
    start = text.index("w" * length)
    place = Place(held(text), start, start + length, "A title " * 30, TODAY)
    view = passage_view(place, TODAY, "https://x.example/")
    assert view_faults(view) == []
    marked = [
        run["text"]
        for block in view["blocks"][1:]
        for part in block.get("elements", ())
        for run in part.get("elements", ())
        if run.get("style", {}).get("bold")
    ]
    assert "".join(marked) == "w" * min(length, MARKED)
    assert view_faults(reason_view("t" * 24)) == []


def test_links_lead_to_the_page_as_it_reads_them() -> None:
    reply = replace(long_reply(10, 1), question="Is § 1508 & <b>?")
    parts = urlsplit(question_link("https://chat.example.com/app/", reply))
    assert (parts.netloc, parts.path) == ("chat.example.com", "/app/")
    assert parse_qs(parts.query) == {"q": [reply.question], "as_of": ["2026-11-22"]}
    place = Place(held("words"), 1, 4, str(LAW), TODAY)
    parts = urlsplit(passage_link("https://chat.example.com", place))
    assert (parts.path, parse_qs(parts.query)) == ("/library", {"document": ["doc@1"], "words": ["1-4"]})
    assert question_link("https://x.example", replace(reply, question="é" * 2000)) == ""


def test_the_page_writes_the_same_addresses() -> None:
    base, reply = "https://x.example", long_reply(10, 1)
    assert question_link(base, reply) == f"{base}/{addresses.question_link(reply, reply.today)}"
    place = Place(held("words"), 1, 4, str(LAW), TODAY)
    chip = Chip(LAW, "user", "doc@1", 1, 4)
    assert passage_link(base, place) == f"{base}/{addresses.passage_link(chip)}"
