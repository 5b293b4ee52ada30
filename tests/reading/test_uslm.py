"""The USLM reader: what it makes of small files, what it refuses, and the official files."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from assistant.errors import CorpusError
from assistant.law import Citation, Document, Span
from assistant.reading.uslm import NAMESPACE, read_uslm

SECTION = Citation("usc", 19, "1508")
IN_FORCE = Span(date(2001, 1, 1), date(2010, 12, 31))


def read(xml: str | bytes, citation: Citation = SECTION, in_force: Span = IN_FORCE) -> Document:
    return read_uslm(
        xml.encode() if isinstance(xml, str) else xml,
        id="some-text@2001",
        title="A title",
        tier="statute",
        edition="an edition",
        in_force=in_force,
        sha256="0" * 64,
        address="https://example.org/",
        citation=citation,
    )


def section(body: str, attributes: str = "") -> str:
    return (
        f'<section xmlns="{NAMESPACE}" identifier="/us/usc/t19/s1508" {attributes}>'
        f'<num value="1508">§ 1508.</num><heading> Records</heading>{body}</section>'
    )


def subsection(letter: str, body: str, attributes: str = "") -> str:
    return (
        f'<subsection identifier="/us/usc/t19/s1508/{letter}" {attributes}>'
        f"<num>({letter})</num>{body}</subsection>"
    )


def test_the_document_carries_what_it_was_given() -> None:
    document = read(section("<content>All.</content>"))
    assert (document.id, document.title, document.tier, document.edition) == (
        "some-text@2001",
        "A title",
        "statute",
        "an edition",
    )
    assert (document.in_force, document.sha256, document.address, document.citation) == (
        IN_FORCE,
        "0" * 64,
        "https://example.org/",
        SECTION,
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<content>All.</content>", "§ 1508. Records\nAll."),
        # a space after a number, a line after a heading
        (subsection("a", "<content>One.</content>"), "§ 1508. Records\n(a) One."),
        (
            subsection("a", "<heading> Who</heading><content><p>One.</p></content>"),
            "§ 1508. Records\n(a) Who\nOne.",
        ),
        # a number alone, then its first paragraph
        (
            subsection(
                "a",
                '<item identifier="/us/usc/t19/s1508/a/1"><num>(1)</num><content>x</content></item>',
            ),
            "§ 1508. Records\n(a)\n(1) x",
        ),
        # inline elements and comments do not break words; paragraphs and cells do
        (
            "<content>re<ref>cords</ref> of <date>Jan. 1</date>(<i>l</i>)<!-- no --> x</content>",
            "§ 1508. Records\nrecords of Jan. 1(l) x",
        ),
        ("<content><p>One.</p><p>Two.</p></content>", "§ 1508. Records\nOne.\nTwo."),
        ("<content>Thus:<p>One.</p>And so.</content>", "§ 1508. Records\nThus:\nOne.\nAnd so."),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "§ 1508. Records\n1\n2"),
        # white space of any kind is one space; a soft hyphen is none
        ("<content> a\n   b\u202fc\u00a0d rec\u00adords </content>", "§ 1508. Records\na b c d records"),
        # an element the format may add is still text
        ("<proviso>Provided, that.</proviso>", "§ 1508. Records\nProvided, that."),
    ],
)
def test_the_text(body: str, text: str) -> None:
    assert read(section(body)).text == text


def test_a_section_is_found_in_a_whole_title() -> None:
    other = section("<content>Other.</content>").replace("s1508", "s1509")
    title = f'<uscDoc xmlns="{NAMESPACE}"><main><title>{other}{section("<content>This.</content>")}</title>'
    document = read(f"{title}</main></uscDoc>")
    assert document.text == "§ 1508. Records\nThis."


@pytest.mark.parametrize(
    ("outer", "inner", "span"),
    [
        ("", "", IN_FORCE),  # the document's
        ('startPeriod="2002-03-04"', "", Span(date(2002, 3, 4))),  # a start and no end: law still
        (
            'startPeriod="2002-03-04" endPeriod="2004-02-29"',
            "",
            Span(date(2002, 3, 4), date(2004, 2, 29)),
        ),
        # a child may outlive its parent, and begin before it
        (
            'startPeriod="2002-03-04" endPeriod="2004-02-29"',
            'startPeriod="1999-01-01"',
            Span(date(1999, 1, 1)),
        ),
    ],
)
def test_the_span(outer: str, inner: str, span: Span) -> None:
    document = read(section(subsection("a", "<content>x</content>", inner), outer))
    (provision,) = (p for p in document.provisions if p.identifier.endswith("/a"))
    assert provision.in_force == span


def test_a_continuation_leads_in_what_follows_it_only() -> None:
    paragraphs = [
        f'<paragraph identifier="/us/usc/t19/s1508/a/{n}"><num>({n})</num><content>x</content></paragraph>'
        for n in range(1, 4)
    ]
    body = (
        f"<chapeau>Any—</chapeau>{paragraphs[0]}<continuation>shall—</continuation>{paragraphs[1]}"
        f"<continuation>or may—</continuation>{paragraphs[2]}"
    )
    document = read(section(subsection("a", body)))
    assert [p.lead_in for p in document.provisions[2:]] == [
        "Any—",
        "Any— … shall—",
        "Any— … shall— … or may—",
    ]
    assert document.text[document.provisions[1].start :].endswith("(2) x\nor may—\n(3) x")


def test_cross_headings_between_notes_are_text_but_no_provision() -> None:
    notes = (
        '<notes><note role="crossHeading"><heading>Editorial Notes</heading></note>'
        "<note><heading>Prior Provisions</heading><p>None.</p></note><note><p>Bare.</p></note></notes>"
    )
    document = read(section(f"<sourceCredit>(1930.)</sourceCredit>{notes}"))
    assert document.text == "§ 1508. Records\n(1930.)\nEditorial Notes\nPrior Provisions\nNone.\nBare."
    assert [(p.heading, document.text[p.start : p.end]) for p in document.provisions] == [
        ("Records", "§ 1508. Records"),
        ("Source credit", "(1930.)"),
        ("Prior Provisions", "Prior Provisions\nNone."),
        ("", "Bare."),
    ]


# Refused -----------------------------------------------------------------------------------------

GOOD = section("<content>x</content>")
BOMB = '<!DOCTYPE section [<!ENTITY a0 "ha">{}]>'.format(
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
)
REFUSED = {
    "empty": ("", "not well-formed XML"),
    "not XML": ("%PDF-1.7", "not well-formed XML"),
    "cut off": (GOOD[:-5], "not well-formed XML"),
    "undefined entity": (section("<content>&hidden;</content>"), "not well-formed XML"),
    "entity bomb": (BOMB + section("<content>&a11;</content>"), "not well-formed XML"),
    "small entity": (
        '<!DOCTYPE section [<!ENTITY a "hidden words">]>' + section("<content>&a;</content>"),
        "declares a DOCTYPE",
    ),
    "external entity": (
        f'<!DOCTYPE section [<!ENTITY a SYSTEM "{Path(__file__).as_uri()}">]>'
        + section("<content>&a;</content>"),
        "declares a DOCTYPE",
    ),
    "external DTD": ('<!DOCTYPE section SYSTEM "http://127.0.0.1:9/x.dtd">' + GOOD, "declares a DOCTYPE"),
    "wrong root": (f'<html xmlns="{NAMESPACE}"/>', "its root is {http://xml.house.gov/schemas/uslm/1.0}html"),
    "wrong namespace": (
        GOOD.replace("uslm/1.0", "uslm/9.9"),
        "its root is {http://xml.house.gov/schemas/uslm/9.9}",
    ),
    "another section": (GOOD.replace("s1508", "s1509"), "no section with identifier /us/usc/t19/s1508"),
    "a title without it": (f'<uscDoc xmlns="{NAMESPACE}"><main/></uscDoc>', "no section with identifier"),
    "no identifier": (section("<subsection><num>(a)</num></subsection>"), "the identifier ''"),
    # s15089 begins with s1508 and is another section
    "stray identifier": (
        section(subsection("a", "<content>x</content>").replace("s1508", "s15089")),
        "the identifier '/us/usc/t19/s15089/a'",
    ),
    "empty level": (
        section('<subsection identifier="/us/usc/t19/s1508/a"/>'),
        "/us/usc/t19/s1508/a is empty",
    ),
    "loose words": (section("loose <content>x</content>"), "words stand outside"),
    "loose words in notes": (section("<notes>loose<note><p>x</p></note></notes>"), "words stand outside"),
    "no such day": (section("<content>x</content>", 'startPeriod="2023-02-29"'), "'2023-02-29'"),
    "an end alone": (section("<content>x</content>", 'endPeriod="2023-02-28"'), "states an endPeriod alone"),
    "an empty end": (
        section("<content>x</content>", 'startPeriod="2023-02-28" endPeriod=""'),
        "Invalid isoformat",
    ),
    "end before start": (
        section("<content>x</content>", 'startPeriod="2023-02-28" endPeriod="2023-02-27"'),
        "cannot end",
    ),
}


@pytest.mark.parametrize(("xml", "why"), REFUSED.values(), ids=REFUSED)
def test_refused_in_one_line_that_names_the_text(xml: str, why: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read(xml)
    message = str(caught.value)
    assert message.startswith("some-text@2001: ")
    assert why in message
    assert "\n" not in message


def test_what_the_refused_files_vary_is_accepted() -> None:
    assert read(GOOD).text == "§ 1508. Records\nx"


# The official files ------------------------------------------------------------------------------

OFFICIAL = os.environ.get("OFFICIAL_TEXTS")
official = pytest.mark.skipif(
    not OFFICIAL, reason="not run: OFFICIAL_TEXTS does not name the folder with the official U.S. Code files"
)
HELD = Path(__file__).parents[2] / "corpus" / "statute" / "usc-19-1508@2011-10-21.xml"


def official_bytes(number: str) -> bytes:
    """Fails, and does not skip, when the folder is named and the file is not in it."""
    return (Path(OFFICIAL or "") / f"19-usc-{number}.xml").read_bytes()


def official_section(number: str) -> Document:
    return read(official_bytes(number), Citation("usc", 19, number), Span(date(2020, 7, 1)))


@official
@pytest.mark.parametrize(("number", "levels"), [("1508", 100), ("1509", 88)])
def test_official_every_level_and_note(number: str, levels: int) -> None:
    document = official_section(number)
    root = etree.fromstring(official_bytes(number))
    addressed = [p.identifier for p in document.provisions if p.identifier]
    assert addressed == [e.get("identifier") for e in root.iter(etree.Element) if e.get("identifier")]
    assert len(addressed) == levels
    headings = [
        " ".join("".join(heading.itertext()).split()) for heading in root.iterfind(".//{*}note/{*}heading")
    ]
    years = ["".join(p.itertext())[:4] for p in root.iterfind(".//{*}note[@topic='amendments']/{*}p")]
    expected = {"Source credit", *headings, *(f"Amendments, {year}" for year in years if year.isdigit())}
    signposts = {"Editorial Notes", "Statutory Notes and Related Subsidiaries"}
    assert {p.heading for p in document.provisions if not p.identifier} == expected - signposts
    for provision in document.provisions:
        if provision.citation.path and not provision.citation.note:
            number_there = f"({provision.citation.path[-1]})"
            assert re.match(rf"{re.escape(number_there)}\s\S", document.text[provision.start : provision.end])
    assert "\u00ad" not in document.text


@official
@pytest.mark.parametrize(
    ("citation", "first"),
    [
        (
            "19 U.S.C. § 1508(b)(5)(C)(ii)",
            "(ii) Vehicle producer\nA vehicle producer covered by paragraph (4)(B)",
        ),
        (
            "19 U.S.C. § 1508(c)(2)",
            "(2) records for any drawback claim shall be kept until the 3rd anniversary",
        ),
        ("19 U.S.C. § 1509(b)(6)", "(6)\n(A) If during the course of any audit concluded"),
        ("19 U.S.C. § 1509(e)", "(e) List of records and information\nThe Customs Service shall identify"),
        ("19 U.S.C. § 1509(g)(2)(C)", "(C) In addition to any penalty imposed under subparagraph (A) or (B)"),
    ],
)
def test_official_first_words(citation: str, first: str) -> None:
    asked = Citation.parse(citation)
    document = official_section(asked.section)
    provision = document.provision(asked)
    assert provision is not None
    assert document.text[provision.start : provision.end].startswith(first)


@official
def test_official_flush_text_and_quoted_law() -> None:
    document = official_section("1509")
    provision = document.provision(Citation.parse("19 U.S.C. § 1509(g)(2)(C)"))
    assert provision is not None
    assert document.text[: provision.end].endswith("should be dutiable at such rate.")
    # a law quoted in a note keeps its lines, and its words apart
    assert "\n“(2) Applicability.—\n“(A) Exports.—Paragraphs (2) and (5)(A)" in official_section("1508").text


@official
@pytest.mark.parametrize("path", [*"afghijk", "d/1", "d/2", "l/1", "l/2"])
def test_official_says_that_what_is_held_as_open_is_still_law(path: str) -> None:
    cited = Citation("usc", 19, "1508", tuple(path.split("/")))
    held, current = read(HELD.read_bytes()), official_section("1508")
    ours, theirs = held.provision(cited), current.provision(cited)
    assert ours is not None
    assert theirs is not None
    assert ours.in_force.end is None
    assert held.text[ours.start : ours.end] == current.text[theirs.start : theirs.end]


@official
@pytest.mark.parametrize("path", ["b/2/A", "c", "c/2", "e/1"])
def test_official_says_that_what_is_held_as_ended_was_replaced(path: str) -> None:
    cited = Citation("usc", 19, "1508", tuple(path.split("/")))
    held, current = read(HELD.read_bytes()), official_section("1508")
    ours, theirs = held.provision(cited), current.provision(cited)
    assert ours is not None
    assert theirs is not None
    assert ours.in_force.end is not None
    assert held.text[ours.start : ours.end] != current.text[theirs.start : theirs.end]
