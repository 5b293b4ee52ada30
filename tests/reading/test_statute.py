"""The held § 1508 is the text that was received, word for word, with every level addressed."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from assistant.law import Citation, Document, Provision, Span
from assistant.reading.uslm import read_uslm

STATUTE = Path(__file__).parents[2] / "corpus" / "statute"
XML = STATUTE / "usc-19-1508@2011-10-21.xml"
RECEIVED = STATUTE / "usc-19-1508@2011-10-21.txt"
BASE = "/us/usc/t19/s1508"
SECTION = Citation("usc", 19, "1508")


@cache
def statute() -> Document:
    return read_uslm(
        XML.read_bytes(),
        id="usc-19-1508@2011-10-21",
        title="19 U.S.C. § 1508",
        tier="statute",
        edition="after the laws of October 21, 2011",
        in_force=Span(date(2012, 10, 31), date(2020, 6, 30)),
        sha256="",
        address="",
        citation=SECTION,
    )


def words(provision: Provision) -> str:
    return statute().text[provision.start : provision.end]


def at(path: str) -> Provision:
    """The provision whose identifier ends in this path; there is exactly one."""
    wanted = f"{BASE}/{path}" if path else BASE
    (found,) = (p for p in statute().provisions if p.identifier == wanted)
    return found


def levels() -> list[Provision]:
    return [p for p in statute().provisions if p.identifier]


def notes() -> list[Provision]:
    return [p for p in statute().provisions if not p.identifier]


# The words ---------------------------------------------------------------------------------------


def bare(text: str) -> str:
    return "".join(text.split())


def gaps(text: str) -> set[int]:
    """Where white space stands, counted in the characters that are none."""
    places, count = set(), 0
    for character in text:
        if character.isspace():
            places.add(count)
        else:
            count += 1
    return places


def joints() -> set[int]:
    """Where the XML's own structure ends a number, a heading or a run of text."""
    places, count = set(), 0
    for _, element in etree.iterwalk(etree.parse(XML, etree.XMLParser(remove_comments=True))):
        count += len(bare(element.text or ""))
        places.add(count)  # every element that holds text here is a leaf
        count += len(bare(element.tail or ""))
    return places


def test_every_character_is_the_received_one() -> None:
    assert bare(statute().text) == bare(RECEIVED.read_text(encoding="utf-8"))


def test_no_received_space_is_lost_and_none_is_added_but_between_elements() -> None:
    received, read = gaps(RECEIVED.read_text(encoding="utf-8")), gaps(statute().text)
    end = len(bare(statute().text))
    assert received - {end} <= read
    added = read - received
    assert added, "the received text runs headings into the words after them; the reader must not"
    assert added <= joints()


def test_the_received_text_ran_its_headings_in() -> None:
    # What the two tests above are for; were it otherwise they would prove nothing.
    assert "Recordkeeping(a) RequirementsAny—(1) owner" in RECEIVED.read_text(encoding="utf-8")


def test_the_xml_holds_text_in_leaves_only() -> None:
    # `joints` counts on it.
    for element in etree.parse(XML).iter(etree.Element):
        if len(element):
            inside = [element.text, *(child.tail for child in element)]
            assert not "".join(words or "" for words in inside).strip(), element.tag


@pytest.mark.parametrize("provision", [p for p in statute().provisions if p.heading], ids=lambda p: p.heading)
def test_a_line_ends_after_every_heading(provision: Provision) -> None:
    if provision.heading == "Source credit" or provision.heading.startswith("Amendments, "):
        assert provision.heading not in words(provision)  # ours, not the text's
        return
    assert re.match(rf"(?:§ 1508\. |\(\w+\) )?{re.escape(provision.heading)}\n\S", words(provision))


@pytest.mark.parametrize(
    "line",
    [
        "§ 1508. Recordkeeping",
        "(a) Requirements",
        "Any—",
        "(1) owner, importer, consignee, importer of record, entry filer, or other party who—",
        "(2) agent of any party described in paragraph (1); or",
        # flush text: a line of its own
        "must disclose to the Customs Service the information described in clause (ii).",
        "whichever penalty is higher.",
        "(c) Period of time",
        "(A) a civil penalty not to exceed $10,000; or",
        "Transfer of Functions",
        "1996—Subsec. (c)(1). Pub. L. 104–295 inserted “, filing of a reconciliation,” after “entry”.",
    ],
)
def test_a_line_of_the_text(line: str) -> None:
    assert line in statute().text.split("\n")


def test_white_space_is_single_spaces_and_line_ends() -> None:
    text = statute().text
    assert {c for c in text if c.isspace()} == {" ", "\n"}
    assert not re.search(r"  | \n|\n |\n\n", text)
    assert text == text.strip()


# The addresses -----------------------------------------------------------------------------------

#: Every address in (b), in the order of the text.
SUBSECTION_B = [
    *("b", "b/1", "b/1/A", "b/1/A/i", "b/1/A/ii", "b/1/A/iii", "b/1/B"),
    *("b/2", "b/2/A", "b/2/B"),
    *("b/2/B/i", "b/2/B/i/I", "b/2/B/i/II", "b/2/B/i/III"),
    *("b/2/B/ii", "b/2/B/ii/I", "b/2/B/ii/II", "b/2/B/iii"),
    "b/3",
]
#: The six agreements have the same skeleton.
AGREEMENT = ["", "/1", "/1/A", "/1/A/i", "/1/A/ii", "/1/A/iii", "/1/B", "/2", "/3"]
LEVELS = {
    "a": ["a", "a/1", "a/1/A", "a/1/B", "a/2", "a/3", "a/A", "a/B"],
    "b": SUBSECTION_B,
    "c": ["c", "c/1", "c/2", "c/3"],
    "d": ["d", "d/1", "d/2"],
    "e": ["e", "e/1", "e/1/A", "e/1/B", "e/2"],
    **{letter: [letter + tail for tail in AGREEMENT] for letter in "fghijk"},
    "l": ["l", "l/1", "l/2"],
}


def test_the_identifiers_are_complete_and_in_order() -> None:
    expected = [BASE, *(f"{BASE}/{path}" for letter in "abcdefghijkl" for path in LEVELS[letter])]
    assert [p.identifier for p in levels()] == expected
    assert len(expected) == 97  # 1 section, 8 + 19 + 4 + 3 + 5, six times 9, 3


def test_a_citation_is_its_identifier() -> None:
    for provision in levels():
        path = tuple(provision.identifier.removeprefix(BASE).split("/")[1:])
        assert provision.citation == Citation("usc", 19, "1508", path)
        assert statute().provision(provision.citation) == provision


def test_the_xml_numbers_agree_with_the_identifiers() -> None:
    for number in etree.parse(XML).iter("{*}num"):
        parent = number.getparent()
        assert parent is not None
        value = number.get("value")
        assert parent.get("identifier", "").endswith(f"s{value}" if value == "1508" else f"/{value}")
        assert number.text == ("§\u202f1508." if value == "1508" else f"({value})")


@pytest.mark.parametrize("provision", levels(), ids=lambda p: p.identifier.removeprefix("/us/usc/t19/"))
def test_a_provision_starts_with_its_number(provision: Provision) -> None:
    number = f"({provision.citation.path[-1]}) " if provision.citation.path else "§ 1508. "
    assert words(provision).startswith(number)
    assert provision.start == 0 or statute().text[provision.start - 1] == "\n"
    assert provision.end == len(statute().text) or statute().text[provision.end] == "\n"


def test_children_lie_inside_their_parents_and_brothers_apart() -> None:
    by_identifier = {p.identifier: p for p in levels()}
    for child in levels()[1:]:
        parent = by_identifier[child.identifier.rpartition("/")[0]]
        assert parent.start < child.start < child.end <= parent.end
        assert child.depth == parent.depth + 1
    for first, second in pairwise(levels()):
        nested = second.identifier.startswith(f"{first.identifier}/")
        assert (second.end <= first.end) if nested else (first.end < second.start)


@pytest.mark.parametrize(
    ("path", "ending"),
    [
        # flush text belongs to the level whose paragraphs it follows
        ("a", "are normally kept in the ordinary course of business."),
        ("a/3", "person whose activities require the filing of a declaration or entry, or both;"),
        ("b/1/A", "articles 415 and 514 of the North American Free Trade Agreement."),
        ("b/1/A/iii", "the production of the good."),
        ("b/2/B/i", "must disclose to the Customs Service the information described in clause (ii)."),
        ("b/2/B/i/III", "section 1313(n)(2) or (o)(1) of this title;"),
        ("b/2/B/ii", "must disclose the occurrence to the Customs Service."),
        ("e/1", "whichever penalty is higher."),
        ("e/1/B", "the general recordkeeping penalty that applies under the customs laws;"),
        ("", "the general record keeping penalty that applies under the customs laws of the United States."),
    ],
)
def test_where_a_provision_ends(path: str, ending: str) -> None:
    assert words(at(path)).endswith(ending)


FIRST_WORDS = {
    "19 U.S.C. § 1508": "§ 1508. Recordkeeping (a) Requirements Any— (1) owner, importer,",
    "19 U.S.C. § 1508(a)": "(a) Requirements Any— (1) owner,",
    "19 U.S.C. § 1508(a)(1)": "(1) owner, importer, consignee, importer of record, entry filer,",
    "19 U.S.C. § 1508(a)(1)(B)": "(B) knowingly causes the importation or transportation or storage",
    "19 U.S.C. § 1508(a)(2)": "(2) agent of any party described in paragraph (1); or",
    "19 U.S.C. § 1508(a)(A)": "(A) pertain to any such activity, or to the information",
    "19 U.S.C. § 1508(a)(B)": "(B) are normally kept in the ordinary course of business.",
    "19 U.S.C. § 1508(b)": "(b) Exportations to NAFTA countries (1) Definitions As used",
    "19 U.S.C. § 1508(b)(1)(A)": "(A) The term “associated records” means, in regard to",
    "19 U.S.C. § 1508(b)(1)(B)": "(B) The term “NAFTA Certificate of Origin” means the certification,",
    "19 U.S.C. § 1508(b)(2)(A)": "(A) In general Any person who completes and signs a NAFTA",
    "19 U.S.C. § 1508(b)(2)(B)(i)(I)": "(I) a waiver or reduction of duty under the eleventh",
    "19 U.S.C. § 1508(b)(2)(B)(ii)": "(ii) Information required Within 30 days after making a claim",
    "19 U.S.C. § 1508(b)(2)(B)(ii)(II)": "(II) learns of the existence of such a Certificate",
    "19 U.S.C. § 1508(b)(2)(B)(iii)": "(iii) Action on claim If the Customs Service determines",
    "19 U.S.C. § 1508(b)(3)": "(3) Exports under the Canadian agreement Any person who exports,",
    "19 U.S.C. § 1508(c)": "(c) Period of time The records required by subsections",
    "19 U.S.C. § 1508(c)(1)": "(1) no period of time for the retention of the records",
    "19 U.S.C. § 1508(c)(2)": "(2) the period of time for the retention of the records",
    "19 U.S.C. § 1508(c)(3)": "(3) records for any drawback claim shall be kept until",
    "19 U.S.C. § 1508(d)(2)": "(2) technical data, molds, equipment, other production assistance,",
    "19 U.S.C. § 1508(e)(1)": "(1) Relating to NAFTA exports Any person who fails to retain",
    "19 U.S.C. § 1508(e)(2)": "(2) Relating to Canadian agreement exports Any person who fails",
    "19 U.S.C. § 1508(f)": "(f) Certificates of Origin for goods exported under the United States-Chile",
    "19 U.S.C. § 1508(f)(1)(A)(ii)": "(ii) if applicable, the purchase, cost, and value of,",
    "19 U.S.C. § 1508(f)(3)": "(3) Retention period Records and supporting documents shall be kept",
    "19 U.S.C. § 1508(g)(1)(B)": "(B) CAFTA–DR certification of origin The term",
    "19 U.S.C. § 1508(h)(2)": "(2) Exports to Peru Any person who completes and issues a PTPA",
    "19 U.S.C. § 1508(i)": "(i) Certifications of origin for goods exported under the United States–Korea",
    "19 U.S.C. § 1508(i)(1)(A)(i)": "(i) the purchase, cost, and value of, and payment for, the good;",
    "19 U.S.C. § 1508(j)(3)": "(3) Retention period The person who issues a CTPA certification of origin",
    "19 U.S.C. § 1508(k)(1)(B)": "(B) Panama TPA certification of origin The term",
    "19 U.S.C. § 1508(l)": "(l) Penalties Any person who fails to retain records and supporting documents",
    "19 U.S.C. § 1508(l)(2)": "(2) the general record keeping penalty that applies under",
}


@pytest.mark.parametrize(("citation", "first"), FIRST_WORDS.items())
def test_the_first_words_at_a_citation(citation: str, first: str) -> None:
    provision = statute().provision(Citation.parse(citation))
    assert provision is not None
    assert " ".join(words(provision).split()).startswith(first)


#: The headings of the levels; a level that is not here has none.
HEADINGS = {
    "": "Recordkeeping",
    "a": "Requirements",
    "b": "Exportations to NAFTA countries",
    "b/1": "Definitions",
    "b/2": "Exports to NAFTA countries",
    "b/2/A": "In general",
    "b/2/B": "Claims for certain waivers, reductions, or refunds of duties or for credit against bonds",
    "b/2/B/i": "In general",
    "b/2/B/ii": "Information required",
    "b/2/B/iii": "Action on claim",
    "b/3": "Exports under the Canadian agreement",
    "c": "Period of time",
    "d": "Limitation",
    "e": "Subsection (b) penalties",
    "e/1": "Relating to NAFTA exports",
    "e/2": "Relating to Canadian agreement exports",
    "l": "Penalties",
}
#: Of each agreement: its name, the certificate's, and where the goods go. The hyphens and dashes
#: are the text's own.
AGREEMENTS = {
    "f": ("United States-Chile Free Trade Agreement", "Chile FTA Certificate of Origin", "Chile"),
    "g": (
        "Dominican Republic-Central America-United States Free Trade Agreement",
        "CAFTA–DR certification of origin",
        "CAFTA–DR countries",
    ),
    "h": ("United States-Peru Trade Promotion Agreement", "PTPA certification of origin", "Peru"),
    "i": ("United States–Korea Free Trade Agreement", "KFTA certification of origin", "Korea"),
    "j": ("United States–Colombia Trade Promotion Agreement", "CTPA certification of origin", "Colombia"),
    "k": ("United States–Panama Trade Promotion Agreement", "Panama TPA certification of origin", "Panama"),
}
for letter, (agreement, certificate, goods_to) in AGREEMENTS.items():
    documents = "Certificates of Origin" if letter == "f" else "Certifications of origin"
    HEADINGS |= {
        letter: f"{documents} for goods exported under the {agreement}",
        f"{letter}/1": "Definitions",
        f"{letter}/1/A": "Records and supporting documents",
        f"{letter}/1/B": certificate,
        f"{letter}/2": f"Exports to {goods_to}",
        f"{letter}/3": "Retention period",
    }


def test_the_headings() -> None:
    assert {"/".join(p.citation.path): p.heading for p in levels() if p.heading} == HEADINGS


def test_words_before_a_paragraph_are_a_chapeau_and_others_content() -> None:
    # A lead-in is made of chapeaux: one marked as content would be lost to the levels below.
    for level in etree.parse(XML).iterfind(".//{*}*[@identifier]"):
        has_levels = any(child.get("identifier") for child in level)
        assert level.find("{*}content" if has_levels else "{*}chapeau") is None, level.get("identifier")


# What a provision takes from above ---------------------------------------------------------------

RECORDS_WHICH = (
    "shall make, keep, and render for examination and inspection records (which for purposes of this"
    " section include, but are not limited to, statements, declarations, documents and electronically"
    " generated or machine readable data) which—"
)
PERIOD_OF_TIME = (
    "The records required by subsections (a) and (b) of this section shall be kept for such periods"
    " of time as the Secretary shall prescribe; except that—"
)


@pytest.mark.parametrize(
    ("path", "lead_in", "headings"),
    [
        ("", "", ()),
        ("a", "", ("Recordkeeping",)),
        ("a/1", "Any—", ("Recordkeeping", "Requirements")),
        (
            "a/1/A",
            "Any— owner, importer, consignee, importer of record, entry filer, or other party who—",
            ("Recordkeeping", "Requirements"),
        ),
        (
            # after the flush text it is the flush text that (A) completes
            "a/A",
            f"Any— … {RECORDS_WHICH}",
            ("Recordkeeping", "Requirements"),
        ),
        (
            "b/2/B/i/II",
            "Any person that claims with respect to an article—",
            (
                "Recordkeeping",
                "Exportations to NAFTA countries",
                "Exports to NAFTA countries",
                "Claims for certain waivers, reductions, or refunds of duties or for credit against bonds",
                "In general",
            ),
        ),
        ("b/2/B/ii", "", at("b/2/B/i/II").heading_path[:-1]),
        ("c", "", ("Recordkeeping",)),
        ("c/1", PERIOD_OF_TIME, ("Recordkeeping", "Period of time")),
        ("c/3", PERIOD_OF_TIME, ("Recordkeeping", "Period of time")),
    ],
)
def test_lead_in_and_headings(path: str, lead_in: str, headings: tuple[str, ...]) -> None:
    assert (at(path).lead_in, at(path).heading_path) == (lead_in, headings)


# The spans ---------------------------------------------------------------------------------------

SPANS = {
    "": ("2011-10-21", "2020-06-30"),
    "a": ("1993-12-08", None),
    "b": ("1994-01-01", "2020-06-30"),
    "b/2/B/i/I": ("2004-01-01", "2020-06-30"),
    "c": ("1994-01-01", "2020-06-30"),
    "c/1": ("1994-01-01", "2020-06-30"),
    "c/3": ("1994-01-01", "2018-02-23"),  # claims filed from the next day on run from liquidation
    "d": ("1989-01-01", None),
    "e": ("1994-01-01", "2020-06-30"),
    "f": ("2004-01-01", None),
    "g": ("2006-03-01", None),
    "h": ("2009-02-01", None),
    "i": ("2012-03-15", None),
    "j": ("2012-05-15", None),
    "k": ("2012-10-31", None),
    "l": ("2011-10-21", None),
}


@pytest.mark.parametrize("provision", levels(), ids=lambda p: p.identifier.removeprefix("/us/usc/t19/"))
def test_the_span_is_its_own_or_its_nearest_ancestors(provision: Provision) -> None:
    path = "/".join(provision.citation.path)
    while path not in SPANS:
        path = path.rpartition("/")[0]
    start, end = SPANS[path]
    assert provision.in_force.to_json() == {"from": start, "to": end}


def test_notes_have_no_span() -> None:
    assert {note.in_force for note in notes()} == {Span()}


# The notes ---------------------------------------------------------------------------------------

NOTES = {
    "Source credit": "(June 17, 1930, ch. 497,",
    "Amendment of Section": "Amendment of Section For termination of amendment by section 107(c) of"
    " Pub. L. 112–43,",
    "Prior Provisions": "Prior Provisions A prior section 1508,",
    "Amendments": "Amendments 2011—Subsec. (i). Pub. L. 112–41,",
    "Amendments, 2011": "2011—Subsec. (i). Pub. L. 112–41,",
    "Amendments, 2007": "2007—Subsec. (h). Pub. L. 110–138,",
    "Amendments, 2005": "2005—Subsec. (g). Pub. L. 109–53,",
    "Amendments, 2003": "2003—Subsec. (b). Pub. L. 108–77,",
    "Amendments, 1996": "1996—Subsec. (c)(1). Pub. L. 104–295",
    "Amendments, 1993": "1993—Subsec. (a). Pub. L. 103–182,",
    "Amendments, 1988": "1988—Subsecs. (b) to (e). Pub. L. 100–449",
    **{
        f"Effective and Termination Dates of {year} Amendment": (
            f"Effective and Termination Dates of {year} Amendment Amendment by Pub. L. {law}"
        )
        for year, law in ((2011, "112–43"), (2007, "110–138"), (2005, "109–53"), (2003, "108–77"))
    },
    "Effective Date of 1996 Amendment": "Effective Date of 1996 Amendment Amendment by Pub. L. 104–295",
    "Effective Date of 1993 Amendment": "Effective Date of 1993 Amendment Amendment by section 205(a)",
    "Effective and Termination Dates of 1988 Amendment": (
        "Effective and Termination Dates of 1988 Amendment Amendment by Pub. L. 100–449"
    ),
    "Construction of 1993 Amendment": "Construction of 1993 Amendment Amendment by section 205(a)",
    "Transfer of Functions": "Transfer of Functions For transfer of functions,",
}


def test_the_notes_in_order_and_their_first_words() -> None:
    assert [note.heading for note in notes()] == list(NOTES)
    for note in notes():
        assert str(note.citation) == "19 U.S.C. § 1508 note"
        assert " ".join(words(note).split()).startswith(NOTES[note.heading])


def test_the_years_fill_the_amendments_note() -> None:
    (whole,) = (note for note in notes() if note.heading == "Amendments")
    years = [note for note in notes() if note.heading.startswith("Amendments, ")]
    assert "\n".join(["Amendments", *(words(year) for year in years)]) == words(whole)
    assert {year.heading_path for year in years} == {("Recordkeeping", "Amendments")}
    assert {year.depth for year in years} == {whole.depth + 1} == {1}


def test_levels_then_notes_cover_the_text() -> None:
    tops = [p for p in statute().provisions if p.depth == 0]
    assert "\n".join(words(top) for top in tops) == statute().text
    assert tops[0] == at("")
    assert not re.search(r"Pub\. L\.", words(at(""))), "the section ends where its notes begin"
