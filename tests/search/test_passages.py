"""Passages of the real corpus, and the search over them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.law import Citation
from assistant.search.passages import WHOLE, cut
from assistant.search.retriever import PassageRetriever
from assistant.search.searcher import Query
from assistant.wiring import Assistant
from tests.conftest import TODAY

#: The agreements whose subsections are nearly the same words.
SIX = ("chile", "cafta-dr", "peru", "korea", "colombia", "panama")
NAMES = {
    "chile": "Chile",
    "cafta-dr": "CAFTA-DR",
    "peru": "Peru",
    "korea": "Korea",
    "colombia": "Colombia",
    "panama": "Panama",
}
#: How the statute's headings name them.
HEADINGS = {**NAMES, "cafta-dr": "Dominican Republic"}
#: The long and the short names that the texts use.
SHORT = {
    "chile": "Chile",
    "cafta-dr": "CAFTA",
    "peru": r"Peru|\bPTPA",
    "korea": r"Korea|\bU?KFTA|KORUS",
    "colombia": r"Colombia|\bCTPA",
    "panama": "Panama",
}
STATUTE = "usc-19-1508@2011-10-21"


def test_each_passage_is_a_slice(assistant: Assistant) -> None:
    passages = cut(assistant.documents.values())
    assert len({passage.id for passage in passages}) == len(passages)
    for passage in passages:
        assert passage.text
        assert assistant.documents[passage.document].text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip(), passage.id


def test_nothing_is_lost_by_cutting(assistant: Assistant) -> None:
    """Every character of a provision without parts lies in a passage."""
    passages = cut(assistant.documents.values())
    for document in assistant.documents.values():
        covered = set()
        for passage in passages:
            if passage.document == document.id:
                covered |= set(range(passage.start, passage.end))
        for provision in document.provisions[1:]:
            parts = [
                p
                for p in document.provisions
                if p is not provision and provision.start <= p.start and p.end <= provision.end
            ]
            if not parts:
                assert covered.issuperset(range(provision.start, provision.end)), provision.citation
            elif provision.end - provision.start <= WHOLE:
                assert provision.start in covered or provision.start == provision.end


def test_every_provision_of_the_statute_is_reached_by_its_citation(assistant: Assistant) -> None:
    document = assistant.documents[STATUTE]
    day = date(2015, 6, 1)
    for provision in document.provisions[1:]:
        if provision.citation.note or day not in provision.in_force or provision.start == provision.end:
            continue
        query = Query("what does it say", day, citations=(provision.citation,))
        found = [
            ranked.passage
            for ranked in assistant.searcher.search(query)[:20]
            if ranked.cited == 1.0 and ranked.passage.document == STATUTE
        ]
        assert found, provision.citation
        assert all(provision.citation.contains(passage.citation) for passage in found)


@pytest.mark.parametrize(
    "day", [date(1980, 1, 1), date(1993, 12, 7), date(2015, 6, 1), date(2020, 6, 30), date(2020, 7, 1), TODAY]
)
def test_only_the_law_of_the_day(assistant: Assistant, day: date) -> None:
    for words in ("NAFTA certificate of origin", "how long keep records", "penalty", "USMCA vehicle"):
        found = assistant.searcher.search(Query(words, day))
        assert found
        assert all(day in ranked.passage.in_force for ranked in found)


@pytest.mark.parametrize("nafta", [True, False])
def test_each_side_of_a_change_has_its_own_law(assistant: Assistant, nafta: bool) -> None:
    """NAFTA's § 1508(b) is the law through June 30, 2020, and USMCA's from the next day."""
    day = date(2020, 6, 30) if nafta else date(2020, 7, 1)
    there, absent = [STATUTE, "digest-usc-19-1508@2020-07-01"][:: 1 if nafta else -1]
    found = assistant.searcher.search(Query("certificate of origin exporter records penalty", day))
    subsection = Citation.parse("19 U.S.C. § 1508(b)")
    owned = {r.passage.document for r in found if subsection.contains(r.passage.citation)}
    assert there in owned and absent not in owned


@pytest.mark.parametrize("agreement", SIX)
@pytest.mark.parametrize("words", ["how long must an exporter keep the certificate", "who must keep records"])
def test_agreements_are_never_mixed(assistant: Assistant, agreement: str, words: str) -> None:
    query = Query(f"{words} {NAMES[agreement]}", TODAY, agreements=frozenset({agreement}))
    others = set(SIX) - {agreement}
    found = assistant.searcher.search(query)
    assert any(r.passage.statement and agreement in r.passage.statement.agreements for r in found)
    assert any(HEADINGS[agreement] in r.passage.context for r in found if r.passage.document == STATUTE)
    for ranked in found:
        statement = ranked.passage.statement
        own = set(statement.agreements) if statement else set()
        assert not own or agreement in own, ranked.passage.id
        if ranked.passage.document == STATUTE and not ranked.passage.citation.note:
            heading = ranked.passage.context.lower()
            mixed = [other for other in others if HEADINGS[other].lower() in heading]
            assert not mixed or HEADINGS[agreement].lower() in heading, ranked.passage.id


@pytest.mark.parametrize("agreement", SIX)
def test_an_answer_names_one_agreement(assistant: Assistant, agreement: str) -> None:
    reply = assistant.ask(
        f"How long must an exporter keep records for a {NAMES[agreement]} certificate of origin?",
        as_of=TODAY,
        today=TODAY,
    )
    assert reply.outcome == "answer"
    assert re.search(SHORT[agreement], reply.claims[0].text)
    for other in set(SIX) - {agreement}:
        assert not re.search(SHORT[other], reply.claims[0].text)


def test_the_retriever_is_langchains(assistant: Assistant) -> None:
    retriever = PassageRetriever(searcher=assistant.searcher, day=TODAY, k=5)
    found = retriever.invoke("19 CFR 163.4(b)(1)")
    assert len(found) == 5
    for document in found:
        text = assistant.documents[document.metadata["document"]].text
        assert text[document.metadata["start"] : document.metadata["end"]] == document.page_content
    scores = [document.metadata["score"] for document in found]
    assert scores == sorted(scores, reverse=True)
    named = Citation.parse("163.4")
    assert named.contains(Citation.parse(found[0].metadata["citation"]))


@pytest.mark.parametrize("words", ["", " ", "x" * 5000, "😀", "zzz qqq", "\x00", "((((", "' OR 1=1 --"])
def test_no_words_break_the_search(assistant: Assistant, words: str) -> None:
    found = assistant.searcher.search(Query(words, TODAY))
    assert len({ranked.passage.id for ranked in found}) == len(found)
