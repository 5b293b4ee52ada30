"""``python -m assistant.retention.table``: every rule as a table that a lawyer can read.

The table is ``docs/rules.md``; the build fails when it says something else than the rules do.
"""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.errors import AssistantError
from assistant.law import Span
from assistant.law.english import long_date
from assistant.retention.amounts import dollars, penalties
from assistant.retention.rules import rulebook
from assistant.retention.schema import Rule

_BOUND = {
    "fixed": "fixed: exactly this long",
    "at_least": "a minimum",
    "until": "until the anniversary",
    "ceiling": "a ceiling on what may be prescribed; yields no date",
}
_SURE = {
    "text": "checked against the official text",
    "excerpt": "seen in an excerpt",
    "web": "seen on a public page",
    "unverified": "general knowledge, not verified",
    "inference": "our inference from the texts",
}
_LIMBS = {"lesser_of": "the lesser of the two", "higher_of": "the higher of the two", "cap": "a flat cap"}


def markdown() -> str:
    """The whole page, from ``corpus/rules/`` and nothing else."""
    book = rulebook()
    head = "| record | who | runs from | period | bound | authority | in force | sure how |"
    lines = [
        "# Every rule the engine computes by",
        "",
        "Written by `make docs` from `corpus/rules/`; not edited by hand. A date is the trigger plus the"
        " period, the day of the trigger not counted, and the record is kept through that day; an"
        " anniversary of February 29 in a year without one is March 1. Those are our conventions where"
        " the law is silent.",
        "",
        "## Retention periods and due dates",
        "",
        head,
        "|" + "---|" * head.count(" | ") + "---|",
    ]
    lines += [
        _row(rule, book.records[rule.record].title, book.events[rule.trigger].words)
        for rule in book.rules.values()
    ]
    lines += [
        "",
        "## Maximum penalties",
        "",
        "| who | amounts | which governs | authority | sure how |",
        "|---|---|---|---|---|",
    ]
    for entry in penalties().penalty:
        share = f" or {entry.percent:f} percent of the appraised value" if entry.percent is not None else ""
        other = " or the general recordkeeping penalty" if entry.bound == "higher_of" else ""
        per = f", for each {entry.per}" if entry.per else ""
        amounts = f"not to exceed {dollars(entry.cap)}{share}{other}{per}"
        cells = (entry.who, amounts, _LIMBS[entry.bound], "; ".join(entry.authority), _SURE[entry.sure])
        lines.append(_cells(cells))
    return "\n".join(lines) + "\n"


def _row(rule: Rule, title: str, trigger: str) -> str:
    agreement = f" ({rulebook().agreements[rule.agreement].name})" if rule.agreement else ""
    authority = "; ".join(a if isinstance(a, str) else f"{a.cite} ({_span(a.span)})" for a in rule.authority)
    length = f"{rule.period.years} years" if rule.period.years else f"{rule.period.days} calendar days"
    before = " before" if rule.counts == "backward" else ""
    cells = (
        f"{title}{agreement}",
        f"{rule.who}; {rule.applies}" if rule.applies else rule.who,
        trigger,
        f"{length}{before}",
        _BOUND[rule.bound],
        authority,
        f"{_span(rule.in_force.span)}; verified {long_date(rule.verified_on)}",
        _SURE[rule.sure] + (f". {rule.note}" if rule.note else ""),
    )
    return _cells(cells)


def _cells(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _span(span: Span) -> str:
    start = f"from {long_date(span.start)}" if span.start else ""
    end = f"to {long_date(span.end)}" if span.end else ""
    return " ".join(part for part in (start, end) if part) or "no limit"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m assistant.retention.table FILE.md")
    try:
        Path(sys.argv[1]).write_text(markdown(), encoding="utf-8")
    except (AssistantError, OSError) as error:
        sys.exit(f"rules: {error}")
