"""Which text stands at an address on a day: a table of the reasons, the weightiest first."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.errors import UsageError
from assistant.law import Citation, Document, Provision, Span
from assistant.law.document import Statement, Tier
from assistant.law.held import find, show

AT, OTHER = Citation("usc", 19, "1508", ("c", "2")), Citation("cfr", 19, "163.4")
DAY, NOW, OLD = date(2026, 11, 22), Span(date(2020, 7, 1)), Span(date(1994, 1, 1), date(2020, 6, 30))
LATER = Span(date(2024, 1, 1))
SAID = Statement("s", DAY, "text")


def held(
    id: str, *at: tuple[int, Span, Statement | None], tier: Tier = "statute", of: Citation = AT
) -> Document:
    nodes = tuple(Provision(AT, "", 0, size, span, 1, statement=said) for size, span, said in at)
    return Document(id, id, of, tier, "1", Span(), "x" * 99, "0", "", nodes)


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (held("in force", (9, NOW, None), tier="digest"), held("former", (9, OLD, None))),
        (held("statute", (9, NOW, None)), held("regulation", (9, LATER, None), tier="regulation")),
        (held("about it", (9, NOW, None)), held("mentions it", (9, LATER, None), of=OTHER)),
        (held("latest", (9, LATER, None)), held("earlier", (20, NOW, None))),
        (held("largest", (20, NOW, None)), held("smaller", (9, NOW, None))),
    ],
    ids=lambda document: document.id,
)
def test_of_two_texts(first: Document, other: Document) -> None:
    for documents in ((first, other), (other, first)):
        place = find(documents, AT, DAY)
        assert place is not None and place[0] is first
        assert show(documents, str(AT), DAY) == place, "a click and the command open the same words"


def test_of_a_digests_statements_the_first_that_holds() -> None:
    digest = held("digest", (5, OLD, SAID), (6, NOW, SAID), (7, LATER, SAID), (50, NOW, None), tier="digest")
    assert [find([digest], AT, day) for day in (DAY, date(2015, 6, 1))] == [
        (digest, digest.provisions[1]),
        (digest, digest.provisions[0]),
    ]


def test_what_is_not_there() -> None:
    document = held("d", (9, NOW, None))
    assert find([document], OTHER, DAY) is None
    assert show([document], "d", DAY) == (document, None)
    assert show([document], "19 U.S.C. 1508(c)", DAY) == (document, document.provisions[0]), "what is below"
    with pytest.raises(UsageError, match="nothing is held at 19 CFR 163"):
        show([document], "19 CFR 163.4", DAY)
