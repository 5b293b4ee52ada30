"""Places in a document: the innermost provision round some words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.law import Citation, Document, Provision, Span

SECTION = Citation.parse("19 U.S.C. § 1508")
NOW, ONCE, ALWAYS = Span(date(2020, 7, 1)), Span(None, date(2020, 6, 30)), Span()
DOCUMENT = Document(
    "a@1", "A", SECTION, "statute", "1", ALWAYS, "x" * 100, "", "",
    (
        Provision(SECTION, "", 0, 90, ALWAYS),
        Provision(SECTION.child("a"), "", 10, 40, NOW, 1),
        Provision(SECTION.child("a").child("1"), "", 10, 40, ONCE, 2),
        Provision(SECTION.child("b"), "", 41, 80, NOW, 1),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "path", "span"),
    [
        (12, 20, ("a", "1"), ONCE),  # of two alike the deeper
        (41, 80, ("b",), NOW),
        (30, 50, (), ALWAYS),  # across two of them
        (85, 95, None, ALWAYS),  # beyond every provision: the document's
    ],
)
def test_the_innermost_provision_round_words(
    start: int, end: int, path: tuple[str, ...] | None, span: Span
) -> None:
    found = DOCUMENT.around(start, end)
    assert (found.citation.path if found else None) == path
    assert DOCUMENT.span_at(start, end) == span
