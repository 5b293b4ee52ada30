"""What is no question and what is not answered, decided before any search."""

from __future__ import annotations

import pytest

from assistant.answering.question import QuestionReader
from assistant.answering.triage import Triage
from assistant.reading.language import read_language
from tests.conftest import ROOT, TODAY

LANGUAGE = read_language(ROOT / "corpus")
TRIAGE = Triage(LANGUAGE)
READER = QuestionReader(LANGUAGE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hi",
        "Hello!",
        "thanks",
        "what can you do?",
        "...",
        "a",
        "記録",
        "¿Cuánto tiempo debo guardar los documentos?",
    ],
)
def test_no_question(text: str) -> None:
    assert TRIAGE.courtesy(text)


@pytest.mark.parametrize(
    "text",
    [
        "How long must I keep entry records?",
        "Hello, how long must I keep entry records?",
        "163.4(a)",
        "(b)(3)?",
        "drawback retention",
        "El Salvador certificate under CAFTA-DR, how long?",
    ],
)
def test_a_question(text: str) -> None:
    assert TRIAGE.courtesy(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("What is the HTS classification of a rubber duck?", "out_of_scope"),
        ("What is the duty rate on steel?", "out_of_scope"),
        ("How do I backdate a certificate?", "unlawful"),
        ("How long does EAR require export control records to be kept?", "out_of_scope"),
    ],
)
def test_topics(text: str, reason: str) -> None:
    topic = TRIAGE.topic(text)
    assert topic is not None
    assert topic.reason == reason
    assert topic.answer.strip()


@pytest.mark.parametrize("text", ["How long must entry records be kept?", "Who must keep records?"])
def test_what_is_answered(text: str) -> None:
    assert TRIAGE.topic(text) is None


#: An act, what it is done to, and what makes it unlawful: no one of the three alone is refused.
ACTS = [
    "An audit letter came; may we {act} the {paper} tonight?",
    "Can the broker {act} the {paper} that customs has asked for?",
    "We got a summons. Is it ok to {act} our {paper} first?",
]
DESTROYING = ["shred", "throw out", "wipe", "bin", "get rid of", "clear out"]
PAPERS = ["boxes", "hard drive", "e-mails", "invoices"]


@pytest.mark.parametrize("said", ACTS)
@pytest.mark.parametrize("act", DESTROYING)
@pytest.mark.parametrize("paper", PAPERS)
def test_what_is_asked_for_is_not_destroyed(said: str, act: str, paper: str) -> None:
    topic = TRIAGE.topic(said.format(act=act, paper=paper))
    assert topic is not None
    assert topic.reason == "unlawful"


@pytest.mark.parametrize("act", DESTROYING)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "said",
    [
        "May we {act} {paper} once five years have passed?",
        "What is the penalty if we {act} {paper} that customs has asked for?",
        "After the audit, may we {act} the {paper}?",
        "The {paper} burned before the audit. What does the law say?",
    ],
)
def test_what_is_honestly_asked_of_destruction(said: str, act: str, paper: str) -> None:
    assert TRIAGE.topic(said.format(act=act, paper=paper)) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Could the supplier retype the invoice with the old date?", "unlawful"),
        ("May we recreate the packing list and call it the original?", "unlawful"),
        ("They will re-sign the certification with the 2021 date", "unlawful"),
        ("How does the certification come to look signed earlier?", "unlawful"),
        ("Which files should we leave out so the auditors never see the rebates?", "unlawful"),
        ("How do I hide the side letter from customs?", "unlawful"),
        ("Could the hard drive get lost before the audit?", "unlawful"),
        ("Let's lose the boxes before the auditors come", "unlawful"),
        ("Is CBP really likely to fine us? What odds?", "advice"),
        ("Would you hold on to the 2018 boxes or bin them?", "advice"),
        ("Is it wise to ask for more time?", "advice"),
        ("How long do we keep a certificate of origin for exports to Vietnam?", "not_in_corpus"),
        ("We sell to customers in the EU, how many years do we keep the origin records?", "not_in_corpus"),
        ("We have no FTA with Thailand. How long is the certificate kept?", "not_in_corpus"),
    ],
)
def test_refused_whatever_the_words(text: str, reason: str) -> None:
    topic = TRIAGE.topic(text)
    assert topic is not None
    assert topic.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "May we reconstruct a lost invoice and say so?",
        "May we recreate the lost invoice, marked as a copy, with the original date?",
        "Our supplier backdated a certificate. What is the penalty?",
        "Can a photocopy replace the original invoice?",
        "May the exporter issue a new certification where the first had an error?",
        "CBP requested our invoices. Can we send copies?",
        "Can privileged files be withheld from customs?",
        "Can we lose our certification after an audit?",
        "Does CBP need to approve my imaging system?",
        "How do I ask for an extension?",
        "Goods imported from Vietnam: how long must the entry records be kept?",
        "We import from China. How long do we keep the invoices?",
        "How long do I keep a certificate of origin for goods imported from Thailand?",
    ],
)
def test_answered_for_all_that(text: str) -> None:
    assert TRIAGE.topic(text) is None


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("How long do we keep a certificate for goods exported to Mexico in 2020?", "exportation"),
        ("How long do we keep a NAFTA certificate for goods exported to Mexico in 2020?", None),
        ("How long do we keep a certificate for goods exported to Mexico in 2023?", None),
        ("How long do we keep a certificate?", "agreement"),
    ],
)
def test_what_must_be_asked_first(text: str, fact: str | None) -> None:
    missing = TRIAGE.missing(READER.read(text, TODAY, TODAY))
    assert (missing.fact if missing else None) == fact
