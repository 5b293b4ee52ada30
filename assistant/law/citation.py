"""Addresses in the law: one normal form, read from the many ways people write them.

`find_citations` keeps offsets, so that whoever asked can be shown what was read. The grammar is
our own because the well-kept libraries miss ``19 CFR 163.6(b)`` and ``section 1509 of this title``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.errors import CitationError
from assistant.law.english import ordinal

Kind = Literal["usc", "cfr", "publaw", "other"]

#: Sections and parts a person may name without their title ("1508(c)(3)", "163.4(a)").
_BARE_SECTIONS = r"1(?:304|313|321|401|484|504|508|509|510|514|520|592|593a|618|621|641)"
_BARE_PARTS = r"(?:10|12|19|101|111|113|123|141|143|144|146|148|149|151|159|162|163|171|181|182|190|191)"
_LEVEL = rf"\d{{1,3}}|[ivxl]{{1,6}}|[a-z]|{'|'.join(2 * letter for letter in 'abcdefghjkmnopqrstuwyz')}"
_PATH = rf"(?P<path>(?:\s?\((?:{_LEVEL})\))*)"
#: What makes a number a quantity and no section.
_UNIT = (
    r"\s*(?:%|(?:percent|thousand|million|billion|dollars?|usd|euros?|kgs?|tons?|lbs?|pounds|units?|pieces|pcs"
    r"|years?|months?|weeks?|days?|hours?|minutes?|[ap]\.?m)\b)"
)
_SIGN = r"(?:§§?|sections?|secs?\.|sec)?"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            "usc",
            rf"(?<!\d)(?P<title>\d{{1,2}})\s?U\.?\s?S\.?\s?C\.?(?:ode)?\s*{_SIGN}\s*(?P<section>\d+[a-z]?\b){_PATH}(?P<note>\s+note\b)?",
        ),
        (
            "cfrpart",
            r"(?<!\d)(?P<title>\d{1,2})\s?C\.?\s?F\.?\s?R\.?\s*(?:parts?|pt\.?|§)?\s*(?P<section>\d{1,4})\b(?!\.\d)",
        ),
        (
            "cfr",
            rf"(?<!\d)(?P<title>\d{{1,2}})\s?C\.?\s?F\.?\s?R\.?\s*{_SIGN}\s*(?P<section>\d+\.\d+[a-z]?\b){_PATH}",
        ),
        (
            "publaw",
            r"\b(?:Pub(?:lic)?\.?\s?L(?:aw)?\.?|P\.?\s?L\.?)\s*(?:No\.?\s*)?(?P<title>\d{2,3})\s?[-–—‑]\s?(?P<section>\d+)",
        ),
        (
            "tariffact",
            rf"(?:\bsection|\bsec\.?|§)\s*(?P<section>50[89])\b{_PATH}(?!\s+of\s+the\s+(?!tariff))",
        ),
        (
            "usc",
            rf"(?:(?<![\w.$€£,-])(?<![$€£]\s)|(?<=\b1[3-6]\d\d-)|(?<=usc))(?:(?:section|sec\.?|§§?)\s*)?(?P<section>{_BARE_SECTIONS}\b){_PATH}(?P<note>\s+note\b)?(?!\d|-(?!{_BARE_SECTIONS}\b)|\.\d|,\d|{_UNIT})",
        ),
        (
            "cfr",
            rf"(?:(?<![\w.$€£,-])(?<![$€£]\s)|(?<=\d\.\d-)|(?<=\d\.\d\d-)|(?<=cfr))(?:(?:section|sec\.?|§§?)\s*)?(?P<section>{_BARE_PARTS}\.\d{{1,4}}[a-z]?\b){_PATH}(?!\d|\.\d|,\d|{_UNIT})",
        ),
        ("cfrpart", r"(?<![\w.])part\s+(?P<section>1(?:63|81|82|90|91|11|46))\b"),
    )
)
_OTHER = re.compile(
    r"\d+ (?:Fed\. Reg\.|FR|Stat\.) \d+|CBP Dec\. \d\d-\d\d|T\.D\. \d\d-\d+|Executive Order \d+|CSMS \d+"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A normalised address: ``19 U.S.C. § 1508(c)(2)``, ``19 CFR 163.4(b)(1)``, ``Pub. L. 116-113``.

    ``kind`` ``other`` is a source with a fixed label (``90 FR 42418``) or a document that is cited
    by its title; the label is then in ``section``. ``path`` holds every level below the section.
    """

    kind: Kind
    title: int = 0
    section: str = ""
    path: tuple[str, ...] = ()
    note: bool = False

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read a text that is one citation and nothing else; `CitationError` when it is not."""
        stripped = " ".join(text.split())
        for citation, start, end in find_citations(stripped):
            if start == 0 and end == len(stripped):
                return citation
        if _OTHER.fullmatch(stripped):
            return cls("other", section=stripped)
        raise CitationError(
            f"{stripped[:80]!r} is not a citation this assistant reads;"
            " write it like '19 U.S.C. § 1508(c)(2)' or '19 CFR 163.4(b)(1)'"
        )

    @classmethod
    def of_title(cls, title: str) -> Citation:
        """The citation of a document that has no legal one: its title."""
        return cls("other", section=title)

    @classmethod
    def from_json(cls, text: str) -> Citation:
        """The citation that writes itself as ``text``: a legal one, or else a document's title."""
        try:
            read = cls.parse(text)
        except CitationError:
            return cls.of_title(text)
        return read if str(read) == text else cls.of_title(text)

    def __str__(self) -> str:
        path = "".join(f"({level})" for level in self.path)
        if self.kind == "usc":
            return f"{self.title} U.S.C. § {self.section}{path}{' note' if self.note else ''}"
        if self.kind == "cfr":
            part = "" if "." in self.section else "Part "
            return f"{self.title} CFR {part}{self.section}{path}"
        if self.kind == "publaw":
            return f"Pub. L. {self.title}-{self.section}"
        return self.section

    def contains(self, other: Citation) -> bool:
        """Whether ``other`` is this address or lies inside it; a part contains its sections."""
        if self.kind != other.kind or self.title != other.title or self.note != other.note:
            return False
        if self.kind == "cfr" and "." not in self.section:
            return other.section.split(".")[0] == self.section
        return self.section == other.section and other.path[: len(self.path)] == self.path

    def parent(self) -> Citation | None:
        """One level up, or ``None`` at the section."""
        if not self.path:
            return None
        return Citation(self.kind, self.title, self.section, self.path[:-1], self.note)

    def child(self, level: str) -> Citation:
        """One level down."""
        return Citation(self.kind, self.title, self.section, (*self.path, level), self.note)

    @property
    def url(self) -> str | None:
        """The official page of the text, or ``None`` when it has none we can name."""
        if self.kind == "usc":
            return f"https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title{self.title}-section{self.section}"
        if self.kind == "cfr":
            scope = "section" if "." in self.section else "part"
            return f"https://www.ecfr.gov/current/title-{self.title}/{scope}-{self.section}"
        if self.kind == "publaw":
            return f"https://www.congress.gov/public-laws/{ordinal(self.title)}-congress"
        return None


def find_citations(text: str) -> Iterator[tuple[Citation, int, int]]:
    """Every citation in a text with its offsets, in order, never overlapping.

    Reads the full forms, and the short ones people use in this field (``1508(c)(3)``, ``§ 163.4``,
    ``section 508 of the Tariff Act``); a short form is taken to be title 19.
    """
    found: list[tuple[int, int, Citation]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end, _ in found):
                continue
            found.append((match.start(), match.end(), _build(kind, match)))
    for start, end, citation in sorted(found, key=lambda item: item[0]):
        yield citation, start, end


def _build(kind: str, match: re.Match[str]) -> Citation:
    groups = match.groupdict()
    title = int(groups.get("title") or 19)
    section = groups["section"].lower()
    levels = re.findall(r"\(([0-9A-Za-z]+)\)", groups.get("path") or "")
    path = _cased(levels, (0, 3) if kind in ("usc", "tariffact") else (0, 2))
    if kind == "tariffact":
        return Citation("usc", 19, f"1{section}", path)
    if kind == "cfrpart":
        return Citation("cfr", title, section)
    if kind == "publaw":
        return Citation("publaw", title, section)
    if kind == "usc":
        return Citation("usc", title, section, path, bool(groups.get("note")))
    return Citation("cfr", title, section, path)


def _cased(levels: list[str], lower: tuple[int, int]) -> tuple[str, ...]:
    """Letters in the case that their depth has, however they were typed.

    The Code goes (a)(1)(A)(i)(I), the Regulations (a)(1)(i)(A); a section may start at (1).
    """
    start = 1 if levels and levels[0].isdigit() else 0
    return tuple(
        level.lower() if depth in lower else level.upper() for depth, level in enumerate(levels, start)
    )
