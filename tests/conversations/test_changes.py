"""What a reopened answer says has changed: a row for each way in which law and texts move on."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.reply import Claim, Quote, Reply
from assistant.conversations.changes import changed, corpus_of
from assistant.conversations.values import Turn
from assistant.law import Citation, Document, Provision, Span
from assistant.retention.rules import rulebook
from assistant.retention.values import Deadline
from tests.conversations.samples import NOW

CITATION = Citation.parse("19 U.S.C. § 1508(c)(3)")
WORDS = "for a period of 3 years from the date of liquidation"
GIVEN, LATER = date(2026, 11, 22), date(2027, 6, 1)


def a_text(
    text: str = f"(3) Records shall be kept {WORDS}.", id: str = "usc-19-1508@2026", **more: object
) -> Document:
    span = more.pop("span", Span(date(2018, 2, 24)))
    assert isinstance(span, Span)
    provision = Provision(CITATION, "Drawback", 0, len(text), span)
    return Document(
        id,
        "19 U.S.C. § 1508",
        Citation.parse("19 U.S.C. § 1508"),
        "statute",
        "2026",
        span,
        text,
        hashlib.sha256(text.encode()).hexdigest(),
        "https://example.org/",
        (provision,),
    )


def a_turn(*held: Document, as_of: date = GIVEN, deadlines: tuple[Deadline, ...] = ()) -> Turn:
    document = held[0]
    start = document.text.index(WORDS)
    quote = Quote(CITATION, document.id, WORDS, start, start + len(WORDS))
    claim = Claim("They are kept 3 years.", "quote", (CITATION,), (quote,))
    reply = Reply("q", as_of, GIVEN, "answer", "t", claims=(claim,), deadlines=deadlines)
    return Turn("t", reply, corpus_of(held), NOW)


def lines(turn: Turn, *held: Document, today: date = LATER) -> tuple[str, ...]:
    return changed(turn, {document.id: document for document in held}, today=today)


def test_nothing_changed_is_no_line() -> None:
    assert lines(a_turn(a_text()), a_text()) == ()


NEW = "usc-19-1508@2027"
ALTERED = a_text("(3) Records shall be kept for a period of 5 years.")
MOVED = a_text(f"(3) Of drawback. Records shall be kept {WORDS}.")
ROWS: list[tuple[str, tuple[Document, ...], tuple[str, ...]]] = [
    (
        "the text went",
        (),
        ("The text usc-19-1508@2026, on which this answer rests, is no longer held.",),
    ),
    (
        "another edition took its place",
        (a_text(id=NEW),),
        (
            "The text usc-19-1508@2026, on which this answer rests, is no longer held;"
            " held now: usc-19-1508@2027.",
        ),
    ),
    (
        "another edition came beside it",
        (a_text(), a_text(id=NEW)),
        ("A newer edition of 19 U.S.C. § 1508 is held since: usc-19-1508@2027.",),
    ),
    (
        "its words were altered",
        (ALTERED,),
        (
            "19 U.S.C. § 1508 (usc-19-1508@2026), on which this answer rests, was changed since.",
            f"The words “{WORDS}” (19 U.S.C. § 1508(c)(3)) no longer stand in 19 U.S.C. § 1508.",
        ),
    ),
    (
        "its words stand elsewhere in it",
        (MOVED,),
        ("19 U.S.C. § 1508 (usc-19-1508@2026), on which this answer rests, was changed since.",),
    ),
    (
        "it went out of force after the answer",
        (a_text(span=Span(date(2018, 2, 24), date(2026, 12, 31))),),
        ("19 U.S.C. § 1508(c)(3), as quoted here, was law through December 31, 2026 only.",),
    ),
    (
        "it will go out of force after today",
        (a_text(span=Span(date(2018, 2, 24), date(2027, 6, 1))),),
        (),
    ),
    (
        "a new text that was held already became law",
        (a_text(), a_text(id=NEW, span=Span(date(2027, 1, 1)))),
        ("19 U.S.C. § 1508(c)(3) has a text that became law on January 1, 2027, after this answer.",),
    ),
    (
        "a new text that becomes law tomorrow",
        (a_text(), a_text(id=NEW, span=Span(date(2027, 6, 2)))),
        (),
    ),
]


@pytest.mark.parametrize(
    ("held", "said"), [(held, said) for _, held, said in ROWS], ids=[name for name, *_ in ROWS]
)
def test_rows(held: tuple[Document, ...], said: tuple[str, ...]) -> None:
    then = [a_text()]
    if "became law" in "".join(said) or not said:
        then += [document for document in held if document.id == NEW]  # held from the beginning
    assert lines(a_turn(*then), *held) == said


def test_the_calendar_does_not_outdate_an_answer_about_a_former_day() -> None:
    ended = a_text(span=Span(date(2018, 2, 24), date(2026, 12, 31)))
    assert lines(a_turn(ended, as_of=date(2020, 1, 1)), ended) == ()
    assert lines(a_turn(ended), ended) != ()


def test_an_answer_about_former_law_is_not_said_to_have_left_force() -> None:
    former = a_text(span=Span(date(1993, 12, 8), date(2018, 2, 23)))
    assert lines(a_turn(former), former) == (), "it was former already when it was quoted"


def a_sum(**more: object) -> Deadline:
    rule = rulebook().rules["drawback-liquidation"]
    trigger = date(2024, 2, 29)
    made = Deadline(
        "keep_through",
        rule.id,
        "drawback",
        rule.trigger,
        trigger,
        rule.period.iso,
        rule.bound,
        rule.end(trigger),
        (CITATION,),
        ("s",),
        GIVEN,
    )
    return replace(made, **more)  # type: ignore[arg-type]


SUMS: list[tuple[str, Deadline, date, tuple[str, ...]]] = [
    ("running", a_sum(), GIVEN, ()),
    ("its last day", a_sum(), date(2027, 3, 1), ()),
    (
        "past since",  # 29 February and three years is the 1st of March
        a_sum(),
        date(2027, 3, 2),
        ("Keep through March 1, 2027: that day has passed since, 1 day ago.",),
    ),
    ("past when it was given", a_sum(today=date(2027, 3, 2)), LATER, ()),
    (
        "the rule's period is another",
        a_sum(period="P5Y", date=date(2029, 3, 1)),
        GIVEN,
        ("The rule drawback-liquidation, by which March 1, 2029 was computed, was changed since.",),
    ),
    (
        "the leap day goes another way",
        a_sum(date=date(2027, 2, 28)),
        GIVEN,
        ("The rule drawback-liquidation, by which February 28, 2027 was computed, was changed since.",),
    ),
    (
        "the rule went",
        a_sum(rule="drawback-of-old"),
        GIVEN,
        ("The rule drawback-of-old, by which March 1, 2027 was computed, is no longer held.",),
    ),
]


@pytest.mark.parametrize(
    ("deadline", "today", "said"), [row[1:] for row in SUMS], ids=[row[0] for row in SUMS]
)
def test_sums(deadline: Deadline, today: date, said: tuple[str, ...]) -> None:
    assert lines(a_turn(a_text(), deadlines=(deadline,)), a_text(), today=today) == said


@pytest.mark.parametrize("corpus", ["", "of another form", "a b c\n\nd"])
def test_without_the_editions_of_the_time_words_are_still_compared(corpus: str) -> None:
    turn = replace(a_turn(a_text()), corpus=corpus)
    assert lines(turn, a_text()) == ()
    (line,) = lines(turn, ALTERED)
    assert "no longer stand" in line
