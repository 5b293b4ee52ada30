"""Digests: paragraphs with attributes become statements, and nothing loose is let through."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.errors import CorpusError
from assistant.law import Citation, Document, Span
from assistant.reading.markdown import read_markdown

GOOD = '{#one cite="19 CFR 163.4(a)" sure=text facet=how_long about=entry}'


def read(source: str | bytes) -> Document:
    return read_markdown(
        source.encode() if isinstance(source, str) else source,
        id="d@1",
        title="D",
        tier="digest",
        edition="1",
        in_force=Span(date(2000, 1, 1)),
        sha256="",
        address="",
        citation=Citation.parse("19 CFR Part 163"),
        verified_on=date(2026, 1, 1),
    )


def test_text_is_prose_and_offsets_are_slices() -> None:
    document = read(
        f"# Top\n\n## Periods\n\nÉntry records are kept\n5 years.\n{GOOD}\n\n# Other\n\n"
        'Next — words.\n{#two sure=web from=2010-01-01 to=2011-12-31 with="one" terms="a, b"}\n'
    )
    assert document.text == "Top\n\nPeriods\n\nÉntry records are kept 5 years.\n\nOther\n\nNext — words."
    whole, one, two = document.provisions
    assert (whole.start, whole.end, whole.depth) == (0, len(document.text), 0)
    assert document.text[one.start : one.end] == "Éntry records are kept 5 years."
    assert document.text[two.start : two.end] == "Next — words."
    assert one.heading_path == ("Top", "Periods")
    assert two.heading_path == ("Other",), "a heading closes those below it"
    assert str(one.citation) == "19 CFR 163.4(a)"
    assert str(two.citation) == "19 CFR Part 163", "the document's own, where none is given"
    assert one.in_force == Span(date(2000, 1, 1))
    assert two.in_force == Span(date(2010, 1, 1), date(2011, 12, 31))
    assert one.statement is not None
    assert two.statement is not None
    assert one.statement.facets == ("how_long",)
    assert one.statement.verified_on == date(2026, 1, 1)
    assert two.statement.companions == ("one",)


@pytest.mark.parametrize("source", [f"\ufeff# Top\n\nA b.\n{GOOD}", f"# Top\r\n\r\nA b.\r\n{GOOD}\r\n"])
def test_marks_of_other_editors(source: str) -> None:
    assert read(source).text == "Top\n\nA b."


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        (b"", "no attribute line"),
        (b"\xff\xfe", "not UTF-8"),
        ("Words alone.", "no attribute line"),
        ("Words.\n{#a sure=text", "no attribute line"),
        ("Words.\n{sure=text}", "needs an #id"),
        ("Words.\n{#a}", "sure"),
        ("Words.\n{#a sure=certain}", "sure"),
        ("Words.\n{#a sure=text colour=red}", "colour"),
        ("Words.\n{#a sure=text facet=}", "facet"),
        ("Words.\n{#a sure=text sure=web}", "sure"),
        ("Words.\n{#a sure=text facet=why}", "facet why"),
        ("Words.\n{#a sure=text agreement=atlantis}", "atlantis"),
        ("Words.\n{#a sure=text from=2023-02-29}", "day"),
        ("Words.\n{#a sure=text from=2023-02-02 to=2023-02-01}", "cannot end"),
        ('Words.\n{#a sure=text cite="somewhere"}', "not a citation"),
        ('Words.\n{#a sure=text quote="x y"}', "quote needs"),
        ('Words.\n{#a sure=text terms="open}', "quotation"),
    ],
)
def test_faults_name_the_document(source: str | bytes, fault: str) -> None:
    with pytest.raises(CorpusError, match=fault) as raised:
        read(source)
    assert str(raised.value).startswith("d@1: ")
