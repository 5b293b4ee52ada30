"""``docs/rules.md`` says what the rules say, all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.retention.amounts import penalties
from assistant.retention.rules import rulebook
from assistant.retention.table import markdown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"

pytestmark = pytest.mark.docs


def test_the_page_is_what_the_rules_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(), "the rules changed: make docs"


def test_every_rule_has_a_row_with_its_period_and_its_law() -> None:
    heads = ("| record | who |", "| who | amounts |")
    page = PAGE.read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith(heads)]
    book = rulebook()
    assert len(rows) == len(book.rules) + len(penalties().penalty)
    for row, rule in zip(rows, book.rules.values(), strict=False):
        period = f"{rule.period.years} years" if rule.period.years else f"{rule.period.days} calendar days"
        first = rule.authority[0] if isinstance(rule.authority[0], str) else rule.authority[0].cite
        cells = row.split(" | ")
        assert cells[2] == book.events[rule.trigger].words, rule.id
        assert cells[3].removesuffix(" before") == period, rule.id
        assert cells[3].endswith(" before") == (rule.counts == "backward"), rule.id
        assert cells[5].startswith(first), rule.id
    for row, penalty in zip(rows[len(book.rules) :], penalties().penalty, strict=True):
        assert f"${penalty.cap:,.0f}" in row and penalty.authority[0] in row, penalty.id
