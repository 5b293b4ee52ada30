"""What a model is shown that it may leave out or move: the marks, and what follows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answering.compose import claim_of
from assistant.answering.drafting.binding import bind
from assistant.answering.drafting.form import Sentence
from assistant.answering.drafting.marking import Marker, inserted, unmarked
from assistant.answering.drafting.pack import Pack, pack
from assistant.answering.grounding import Ground
from assistant.answering.grounding.leeway import Leeway, leeway, moved, without
from assistant.answering.reply import Claim
from assistant.search.passages import cut
from assistant.wiring import Assistant
from evals.grounding.shown import shown
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def ground(assistant: Assistant) -> Ground:
    return Ground(assistant.documents)


@pytest.fixture(scope="module")
def statement(assistant: Assistant) -> Callable[[str], Claim]:
    passages = {passage.id.split("#")[-1]: passage for passage in cut(assistant.documents.values())}
    return lambda id: claim_of(passages[id], assistant.documents)


@pytest.fixture(scope="module")
def material(ground: Ground, statement: Callable[[str], Claim]) -> Pack:
    return pack("?", TODAY, [statement("p163-drawback-payment-before")], Marker(ground))


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("A, including B, must do C.", [(1, 14)], ["A, must do C.", "A must do C."]),
        ("Under X, a person must act.", [(0, 9)], ["A person must act."]),
        ("A must act; B may not.", [(10, 21)], ["A must act."]),
    ],
)
def test_what_is_left(text: str, spans: list[tuple[int, int]], expected: list[str]) -> None:
    assert without(text, spans) == expected


def test_where_a_phrase_goes() -> None:
    assert moved("A person must act before noon; nobody may rest.", (18, 29)) == [
        "Before noon, a person must act; nobody may rest."
    ]
    assert moved("Before noon, a person must act.", (0, 11)) == [
        "A person must act before noon.",
        "A person must act, before noon.",
    ]


def test_only_what_the_judge_lets_go_is_offered() -> None:
    text = "A person must keep, including A and B, the records, such as C, for 5 years."
    assert leeway(text, (), lambda said: False) == Leeway()
    wanted = (", including A and B", ", the records", "5 years")
    only = leeway(text, (), lambda said: all(words in said for words in wanted))
    assert [text[start:end] for start, end in only.leave] == [", such as C"]


def test_marks_nest_and_come_out_again(material: Pack) -> None:
    text = "a, b, c"
    marks = inserted(Leeway(leave=((1, 7), (4, 7)), move=((0, 1),)))
    shown = text
    for place, mark in reversed(marks):
        shown = shown[:place] + mark + shown[place:]
    assert shown == "«a»⟦, b⟦, c⟧⟧"
    assert unmarked(shown) == text
    assert material.sources[0].words[-1] == (
        "For a drawback claim filed before {{s1-date-1}}, any record relating to the claim must be kept"
        " «until the third anniversary of the date of payment of the claim»."
    )


def test_marks_that_are_sent_back_are_taken_out(material: Pack, ground: Ground) -> None:
    words = material.sources[0].words[-1]
    bound = bind(Sentence(words, ("s1",), (words,)), material, ground, TODAY)
    assert isinstance(bound, Claim)
    assert bound.text == material.sources[0].claim.text


def test_all_that_is_shown_passes(assistant: Assistant) -> None:
    found = shown(assistant.documents, every=40)
    assert found.marked >= 5
    assert found.refused == []
    assert found.tried >= 10


WRONG = [
    (
        "reg-182-73-start",
        "USMCA verification periods begin, for an exporter, on the date the communication is sent.",
    ),
    (
        "former-e1",
        "From January 1, 1994 through June 30, 2020, § 1508(e)(1) was headed for NAFTA exports and set a"
        " civil penalty not to exceed $10,000, whichever was higher, for failing to retain (b)(2) records.",
    ),
    (
        "p163-summons-100-miles",
        "Where the summons was served, a summoned person cannot be required to appear at an address more than"
        " 100 miles from the place.",
    ),
    (
        "p163-program-repeat",
        "Until corrective action satisfactory to CBP is taken, a willful failure or repeated failures to"
        " produce demanded entry records may result in penalties under 19 CFR 163.6(b) and removal of"
        " certification.",
    ),
    (
        "usmca-import-origin-condition",
        "A USMCA importer must keep all records under § 1508(b)(4)(A)(ii) if the importer completed the"
        " certification.",
    ),
    (
        "former-nafta-associated",
        "Under the former § 1508(b)(1)(A), which still governs goods exported before July 1, 2020, associated"
        " records are those on the purchase, cost and value of, and payment for, the good and all material.",
    ),
    (
        "silent-claim-deadline",
        "After importation, the texts held do not say by when preference or a refund can be claimed.",
    ),
]


@pytest.mark.parametrize(("id", "sentence"), WRONG, ids=[id for id, _ in WRONG])
def test_what_the_marks_brought_to_light_stays_refused(
    ground: Ground, statement: Callable[[str], Claim], id: str, sentence: str
) -> None:
    claim = statement(id)
    assert ground.check_draft(replace(claim, text=sentence), TODAY) != []
    assert ground.check_draft(claim, TODAY) == []
