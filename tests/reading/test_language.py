"""People's words: whole words, longest first, offsets that hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.reading.language import Phrases, Topic, Topics, plain, read_language
from tests.conftest import ROOT

LANGUAGE = read_language(ROOT / "corpus")
PHRASES = Phrases(
    [
        ("coo", ("certificate of origin", "COO")),
        ("certificate", ("certificate*",)),
        ("poa", ("power of attorney", "p.o.a.")),
        ("keep", ("record keep*",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a certificate of origin", [("coo", "certificate of origin")]),  # the longer one wins
        ("certificates", [("certificate", "certificates")]),
        ("CoO", [("coo", "CoO")]),
        ("cook", []),
        ("record keeping", [("keep", "record keeping")]),
        ("a p.o.a. of mine", [("poa", "p.o.a.")]),
        ("power  of\nattorney", [("poa", "power  of\nattorney")]),
        ("", []),
    ],
)
def test_phrases(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.name, text[found.start : found.end]) for found in PHRASES.find(text)] == expected


@pytest.mark.parametrize("text", ["İSTANBUL “x” – y", "Straße", "ﬁle", "😀 ok", "a\u00a0b"])
def test_plain_keeps_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)


TOPICS = Topics(
    [
        Topic(
            id="tax", say=("tax", "duty + rate|rates"), answer="", reason="out_of_scope", unless=("tax id",)
        ),
    ]
)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("my tax", True),
        ("my tax id", False),
        ("the duty rate", True),
        ("rates of duty", True),
        ("duty alone", False),
        ("taxi", False),
    ],
)
def test_topics(text: str, met: bool) -> None:
    assert (TOPICS.find(text) is not None) is met


SETS = """
[set]
act = ["shred", "throw out"]
year = ["2020", "2021"]
old = ["dated {year}"]
[[topic]]
id = "old"
say = ["{act}|lose + the {year} boxes|{old}"]
unless = ["not {act}"]
reason = "unlawful"
answer = "No."
"""


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("shred the 2021 boxes", True),
        ("the 2020 boxes: throw out", True),
        ("lose what is dated 2021", True),
        ("the 2020 boxes", False),
        ("shred the 2019 boxes", False),
        ("do not throw out the 2020 boxes", False),
    ],
)
def test_sets_in_a_phrase(small_corpus: Path, text: str, met: bool) -> None:
    (small_corpus / "language" / "out_of_scope.toml").write_text(SETS, encoding="utf-8")
    assert (read_language(small_corpus).topics.find(text) is not None) is met


def test_no_such_set(small_corpus: Path) -> None:
    path = small_corpus / "language" / "out_of_scope.toml"
    path.write_text(SETS.replace("{act}|lose", "{acts}|lose"), encoding="utf-8")
    with pytest.raises(CorpusError, match="no set acts"):
        read_language(small_corpus)


def test_a_set_that_holds_itself(small_corpus: Path) -> None:
    path = small_corpus / "language" / "out_of_scope.toml"
    path.write_text(SETS.replace("dated {year}", "dated {old}"), encoding="utf-8")
    with pytest.raises(CorpusError, match="holds itself"):
        read_language(small_corpus)


@pytest.mark.parametrize(
    ("words", "agreement"),
    [
        ("KORUS", "korea"),
        ("TPA with Peru", "peru"),
        ("NAFTA", "nafta"),
        ("USMCA", "usmca"),
        ("CAFTA-DR", "cafta-dr"),
        ("Chile FTA", "chile"),
    ],
)
def test_agreements_by_their_names(words: str, agreement: str) -> None:
    named = {found.name for found in LANGUAGE.agreements.find(words)}
    named |= {LANGUAGE.country_names[found.name].agreement for found in LANGUAGE.countries.find(words)}
    assert agreement in named


def test_every_phrase_is_found_by_itself() -> None:
    for agreement in LANGUAGE.agreement_names.values():
        for phrase in agreement.say:
            assert agreement.name in LANGUAGE.agreements.names(phrase.removesuffix("*")), phrase
    for country in LANGUAGE.country_names.values():
        assert country.agreement in LANGUAGE.agreement_names
        for phrase in country.say:
            assert country.name in LANGUAGE.countries.names(phrase.removesuffix("*")), phrase


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("terms.toml", "term = 3"),
        ("terms.toml", "[["),
        ("greetings.toml", ""),
        ("out_of_scope.toml", "[[topic]]\nid = 'x'\nsay = []\nanswer = ''\nreason = 'rude'"),
    ],
)
def test_faults_name_the_file(small_corpus: Path, file: str, text: str) -> None:
    (small_corpus / "language" / file).write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=file):
        read_language(small_corpus)
    (small_corpus / "language" / file).unlink()
    with pytest.raises(CorpusError, match=file):
        read_language(small_corpus)
