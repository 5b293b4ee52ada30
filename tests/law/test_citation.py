"""Citations: many ways of writing them, one normal form; and what is none."""

from __future__ import annotations

import pytest

from assistant.errors import CitationError
from assistant.law import Citation, find_citations

_1508C3, _1634B1 = "19 U.S.C. § 1508(c)(3)", "19 CFR 163.4(b)(1)"

WRITTEN: list[tuple[str, list[str]]] = [
    # the Code
    ("19 U.S.C. § 1508(c)(3)", [_1508C3]),
    ("19 USC 1508(c)(3)", [_1508C3]),
    ("19 U.S.C. 1508 (c)(3)", [_1508C3]),
    ("19 u.s.c. §1508(C)(3)", [_1508C3]),
    ("19 U. S. C. § 1508(c)(3)", [_1508C3]),
    ("19 U.S. Code § 1508(c)(3)", [_1508C3]),
    ("19 USC section 1508(c)(3)", [_1508C3]),
    ("1508(c)(3)", [_1508C3]),
    ("§1508(c)(3)", [_1508C3]),
    ("Section 1508(c)(3)", [_1508C3]),
    ("sec. 1508(c)(3)", [_1508C3]),
    ("What does 1508(c)(3) say?", [_1508C3]),
    ("section 508(c)(3) of the Tariff Act of 1930", [_1508C3]),
    ("section 508", ["19 U.S.C. § 1508"]),
    ("section 509(g)", ["19 U.S.C. § 1509(g)"]),
    ("1508(b)(2)(B)(ii)(I)", ["19 U.S.C. § 1508(b)(2)(B)(ii)(I)"]),
    ("1508(B)(2)(b)(II)(i)", ["19 U.S.C. § 1508(b)(2)(B)(ii)(I)"]),  # the case that the depth has
    ("19 U.S.C. 1508 note", ["19 U.S.C. § 1508 note"]),
    ("section 1593a(a)(1)", ["19 U.S.C. § 1593a(a)(1)"]),
    ("18 U.S.C. 1001", ["18 U.S.C. § 1001"]),
    ("19 U.S.C. 1321(a)(2)(C)", ["19 U.S.C. § 1321(a)(2)(C)"]),
    ("sections 1508 and 1509", ["19 U.S.C. § 1508", "19 U.S.C. § 1509"]),
    ("§§ 1508, 1509 and 1510", ["19 U.S.C. § 1508", "19 U.S.C. § 1509", "19 U.S.C. § 1510"]),
    ("sections 1508-1510", ["19 U.S.C. § 1508", "19 U.S.C. § 1510"]),
    ("§§ 1508–1510", ["19 U.S.C. § 1508", "19 U.S.C. § 1510"]),
    ("1508 (the record rule)", ["19 U.S.C. § 1508"]),  # a word in brackets is no level
    ("1508(c)(2), 163.4(b)(1)", ["19 U.S.C. § 1508(c)(2)", _1634B1]),
    ("Under 1509, I owe it.", ["19 U.S.C. § 1509"]),
    # the Regulations
    ("19 CFR 163.4(b)(1)", [_1634B1]),
    ("19 CFR §163.4(b)(1)", [_1634B1]),
    ("19 C.F.R. § 163.4(b)(1)", [_1634B1]),
    ("19 c.f.r. 163.4 (b) (1)", [_1634B1]),
    ("19CFR163.4(b)(1)", [_1634B1]),
    ("163.4(b)(1)", [_1634B1]),
    ("§ 163.4(b)(1)", [_1634B1]),
    ("section 163.4(b)(1)", [_1634B1]),
    ("CFR 163.4(b)(1)", [_1634B1]),
    ("CFR163.4(b)(1)", [_1634B1]),
    ("19 CFR 163.1(A)(2)(VII)(b)", ["19 CFR 163.1(a)(2)(vii)(B)"]),
    ("19 CFR 10.3007(a)", ["19 CFR 10.3007(a)"]),
    ("19 CFR 190.15", ["19 CFR 190.15"]),
    ("sections 163.4 and 163.6", ["19 CFR 163.4", "19 CFR 163.6"]),
    ("163.4-163.6", ["19 CFR 163.4", "19 CFR 163.6"]),
    ("19 CFR Part 163", ["19 CFR Part 163"]),
    ("19 CFR 163", ["19 CFR Part 163"]),
    ("19 CFR pt. 163", ["19 CFR Part 163"]),
    ("part 163", ["19 CFR Part 163"]),
    ("part 181", ["19 CFR Part 181"]),
    ("21 CFR 1.337", ["21 CFR 1.337"]),
    # public laws
    ("Pub. L. 116-113", ["Pub. L. 116-113"]),
    ("Public Law 116-113", ["Pub. L. 116-113"]),
    ("P.L. 116–113", ["Pub. L. 116-113"]),
    ("Public Law No. 103-182", ["Pub. L. 103-182"]),
    # what is none
    ("", []),
    ("How long must I keep records?", []),
    ("$1,508", []),
    ("$1508", []),
    ("$ 1509", []),
    ("$1,509.00 in duty", []),
    ("1508 dollars", []),
    ("1508 units were imported", []),
    ("19.99 dollars", []),
    ("12.5%", []),
    ("10.5 years", []),
    ("10.30 a.m.", []),
    ("10.12.2024", []),
    ("555-1508", []),
    ("+1 202-863-1509", []),
    ("8471.30.0100", []),
    ("HTS 6109.10.0012", []),
    ("9802.00.50", []),
    ("2015-08-19", []),
    ("invoice 115085", []),
    ("11508(c)", []),
    ("INV1508", []),
    ("section 508 of the Rehabilitation Act", []),
    ("part 12 of the form", []),
    ("CBP Form 7501", []),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN, ids=[text or "empty" for text, _ in WRITTEN])
def test_written_forms(text: str, expected: list[str]) -> None:
    found = list(find_citations(text))
    assert [str(citation) for citation, _, _ in found] == expected
    ends = 0
    for _, start, end in found:
        assert ends <= start < end <= len(text), "in order, never overlapping, inside the text"
        ends = end
    for citation, _, _ in found:
        assert Citation.parse(str(citation)) == citation, "the normal form reads back"


@pytest.mark.parametrize("text", ["", "hello", "1508(c)(3) and more", "§", "\udcff", "x" * 100_000])
def test_what_is_no_citation_is_said_in_one_short_line(text: str) -> None:
    with pytest.raises(CitationError, match="is not a citation") as raised:
        Citation.parse(text)
    assert len(str(raised.value)) < 250


@pytest.mark.parametrize(
    ("text", "label"), [("90 FR 42418", "90 FR 42418"), ("CBP Dec. 20-11", "CBP Dec. 20-11")]
)
def test_labels(text: str, label: str) -> None:
    assert str(Citation.parse(text)) == label
    assert Citation.parse(text).url is None


CONTAINS = [
    ("19 U.S.C. § 1508", "19 U.S.C. § 1508(c)(3)", True),
    ("19 U.S.C. § 1508(c)", "19 U.S.C. § 1508(c)(3)", True),
    ("19 U.S.C. § 1508(c)(3)", "19 U.S.C. § 1508(c)(3)", True),
    ("19 U.S.C. § 1508(c)(3)", "19 U.S.C. § 1508(c)", False),
    ("19 U.S.C. § 1508(c)(1)", "19 U.S.C. § 1508(c)(10)", False),  # levels, not letters
    ("19 U.S.C. § 1508", "19 U.S.C. § 1509", False),
    ("19 U.S.C. § 1508", "19 U.S.C. § 1508 note", False),
    ("19 U.S.C. § 1508", "18 U.S.C. § 1508", False),
    ("19 CFR Part 163", "19 CFR 163.4(b)", True),
    ("19 CFR Part 163", "19 CFR 162.4", False),
    ("19 CFR Part 16", "19 CFR 163.4", False),
    ("19 CFR 163.4", "19 CFR Part 163", False),
    ("19 CFR 163.1", "19 CFR 163.10", False),
    ("Pub. L. 116-113", "Pub. L. 116-113", True),
    ("Pub. L. 116-113", "Pub. L. 116-11", False),
]


@pytest.mark.parametrize(("outer", "inner", "expected"), CONTAINS)
def test_contains(outer: str, inner: str, expected: bool) -> None:
    assert Citation.parse(outer).contains(Citation.parse(inner)) is expected


def test_up_and_down() -> None:
    citation = Citation.parse("1508(b)(2)")
    assert citation.child("B") == Citation.parse("1508(b)(2)(B)")
    assert citation.child("B").parent() == citation
    assert Citation.parse("1508").parent() is None
    assert str(Citation.parse("1508 note").child("a").parent()) == "19 U.S.C. § 1508 note"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1508(c)", "uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title19-section1508"),
        ("163.4(b)", "www.ecfr.gov/current/title-19/section-163.4"),
        ("part 163", "www.ecfr.gov/current/title-19/part-163"),
        ("Pub. L. 101-1", "/101st-congress"),
        ("Pub. L. 112-41", "/112th-congress"),
        ("Pub. L. 103-182", "/103rd-congress"),
    ],
)
def test_url(text: str, part: str) -> None:
    url = Citation.parse(text).url
    assert url is not None
    assert url.startswith("https://")
    assert url.endswith(part)
