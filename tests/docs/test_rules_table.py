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


def test_every_rule_has_a_row() -> None:
    heads = ("| record | who |", "| who | amounts |")
    rows = [line for line in markdown().splitlines() if line.startswith("| ") and not line.startswith(heads)]
    assert len(rows) == len(rulebook().rules) + len(penalties().penalty)
