from __future__ import annotations

from datetime import date

import pytest

from assistant.law import Span

NAFTA = Span(date(1994, 1, 1), date(2020, 6, 30))


@pytest.mark.parametrize(
    ("span", "day", "inside"),
    [
        (NAFTA, date(2020, 6, 30), True),  # both ends are inside
        (NAFTA, date(2020, 7, 1), False),
        (NAFTA, date(1994, 1, 1), True),
        (NAFTA, date(1993, 12, 31), False),
        (Span(), date.min, True),
        (Span(), date.max, True),
        (Span(end=date(2020, 2, 29)), date(2020, 2, 29), True),
        (Span(end=date(2020, 2, 29)), date(2020, 3, 1), False),
        (Span(start=date(2020, 2, 29)), date(2020, 2, 28), False),
    ],
)
def test_days_in_a_span(span: Span, day: date, inside: bool) -> None:
    assert (day in span) is inside


def test_a_span_that_ends_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Span(date(2020, 1, 2), date(2020, 1, 1))
    Span(date(2020, 1, 1), date(2020, 1, 1))


def test_json() -> None:
    assert NAFTA.to_json() == {"from": "1994-01-01", "to": "2020-06-30"}
    assert Span().to_json() == {"from": None, "to": None}
