"""Grounding finds each fault, and lets every statement of the corpus pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.compose import claim_of
from assistant.answering.grounding import Ground
from assistant.answering.reply import Claim, Quote
from assistant.law import Citation
from assistant.search.passages import cut
from assistant.wiring import Assistant
from tests.conftest import TODAY

STATUTE = "usc-19-1508@2011-10-21"
THEN = date(2015, 6, 1)


@pytest.fixture(scope="module")
def ground(assistant: Assistant) -> Ground:
    return Ground(assistant.documents)


@pytest.fixture(scope="module")
def claim(assistant: Assistant) -> Claim:
    """A true claim: the words of 1508(c)(1), quoted where they stand."""
    document = assistant.documents[STATUTE]
    citation = Citation.parse("1508(c)(1)")
    provision = document.provision(citation)
    assert provision is not None
    text = document.text[provision.start : provision.end]
    assert "5 years" in text
    quote = Quote(citation, STATUTE, text, provision.start, provision.end)
    return Claim("Records of an entry are kept for 5 years at most.", "quote", (citation,), (quote,))


def test_a_true_claim_passes(ground: Ground, claim: Claim) -> None:
    assert ground.check(claim, THEN) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"text": "x" * 10}, "does not stand"),
        ({"text": ""}, "does not stand"),
        ({"start": 1}, "does not stand"),
        ({"document": "usc-19-1508@1999-01-01"}, "is not held"),
    ],
)
def test_quotes(ground: Ground, claim: Claim, changes: dict[str, object], fault: str) -> None:
    broken = replace(claim, quotes=(replace(claim.quotes[0], **changes),))  # type: ignore[arg-type]
    assert any(fault in finding.fault for finding in ground.check(broken, THEN))


def test_a_quote_one_letter_off(ground: Ground, claim: Claim) -> None:
    quote = claim.quotes[0]
    for altered in (
        replace(quote, text=quote.text.replace("5 years", "6 years")),
        replace(quote, text=quote.text.upper()),
        replace(quote, start=quote.start + 1, end=quote.end + 1),
        replace(quote, end=quote.end + 1),
        replace(quote, start=-5, end=-1),
    ):
        assert ground.check(replace(claim, quotes=(altered,)), THEN), altered


@pytest.mark.parametrize("citation", ["19 U.S.C. § 1592", "19 CFR 201.3", "26 U.S.C. § 6001", "Pub. L. 99-1"])
def test_an_authority_that_is_not_held(ground: Ground, claim: Claim, citation: str) -> None:
    broken = replace(claim, citations=(Citation.parse(citation),))
    assert [finding.fault for finding in ground.check(broken, THEN)] == [f"{citation} is not held"]


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Records are kept for 7 years.", "7 years"),
        ("Records are kept for seven years.", "7 years"),
        ("Records are kept for 5 months.", "5 months"),
        ("Records are kept until the 3rd anniversary.", "3 years"),
        ("It costs $10,000.", "$10000"),
        ("It costs 75 percent of the value.", "75 percent"),
        ("It is the higher of two amounts, whichever is greater.", "higher"),
        ("It is the lesser of the two.", "lesser"),
        ("It ends on March 15, 2021.", "March 15, 2021"),
        ("It ends on 2021-03-15.", "2021-03-15"),
        ("For Chile it is 5 years.", "chile"),
        ("Under the KFTA it is 5 years.", "korea"),
        ("Under USMCA it is 5 years.", "usmca"),
    ],
)
def test_what_the_support_does_not_say(ground: Ground, claim: Claim, sentence: str, fault: str) -> None:
    found = ground.check(replace(claim, text=sentence), THEN)
    assert any(fault in finding.fault for finding in found), found
    assert all(finding.claim == sentence for finding in found)


def test_superseded_law_is_named_as_superseded(ground: Ground, claim: Claim) -> None:
    document = ground._documents[STATUTE]
    provision = next(p for p in document.provisions if p.in_force.end and not p.citation.note and p.depth)
    quote = Quote(
        provision.citation,
        STATUTE,
        document.text[provision.start : provision.end],
        provision.start,
        provision.end,
    )
    words = replace(claim, text="It is so.", citations=(provision.citation,), quotes=(quote,))
    assert any("as law on a day" in finding.fault for finding in ground.check(words, TODAY))
    assert ground.check(replace(words, text="The former text said so."), TODAY) == []
    assert ground.check(words, THEN) == []


def test_a_sum_needs_its_steps(ground: Ground) -> None:
    citation = Citation.parse("163.4(a)")
    claim = Claim("Keep through March 15, 2026.", "rule", (citation,))
    assert ground.check(claim, TODAY)
    assert ground.check(claim, TODAY, ["March 15, 2021 plus 5 years is March 15, 2026."]) == []


def test_every_statement_of_the_corpus_passes_on_its_own_days(assistant: Assistant, ground: Ground) -> None:
    faults = []
    for passage in cut(assistant.documents.values()):
        if passage.statement is None:
            continue
        claim = claim_of(passage, assistant.documents)
        for day in {passage.in_force.start or passage.in_force.end or TODAY, passage.in_force.end or TODAY}:
            if day in passage.in_force:
                faults += [(passage.id, finding.fault) for finding in ground.check(claim, day)]
    assert faults == []
