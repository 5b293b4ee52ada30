"""Until when a record is kept, or by when a duty is due: the date, the sum and the authority."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from assistant.errors import UsageError
from assistant.faces.asked import clock, computed, day
from assistant.law.english import long_date
from assistant.retention.values import Computed, Deadline

EXAMPLES = """\
  python -m assistant deadline entry --event entry=2021-03-15
  python -m assistant deadline drawback --event claim_filed=2021-01-10 --event claim_liquidated=2024-02-29
  python -m assistant deadline fta_export --agreement cafta-dr:honduras --event certificate_issued=2012-05-01
  python -m assistant deadline duty_free_low_value --event entry=2025-09-10 --fact admitted_free=yes --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The contract's flags."""
    parser.add_argument("record", metavar="RECORD", help="the kind of record, for example entry or drawback")
    parser.add_argument(
        "--agreement", metavar="A", help="for fta_export and fta_import: korea, cafta-dr:honduras, …"
    )
    parser.add_argument(
        "--event", metavar="NAME=DATE", action="append", default=[], help="a date, as often as needed"
    )
    parser.add_argument(
        "--fact", metavar="NAME=VALUE", action="append", default=[], help="another fact that decides"
    )
    parser.add_argument(
        "--as-of", metavar="DATE", type=day, help="the day whose law is asked about (default: today)"
    )
    parser.add_argument(
        "--today", metavar="DATE", type=day, help="the day treated as today (default: the clock)"
    )
    parser.add_argument("--json", action="store_true", help="print the contract's JSON")


def run(arguments: argparse.Namespace) -> int:
    """Compute and print; 0 for a date and for a question back."""
    found = computed(
        arguments.record,
        arguments.agreement,
        _pairs("event", arguments.event, "DATE"),
        _pairs("fact", arguments.fact, "VALUE"),
        today=clock(arguments.today),
        as_of=arguments.as_of,
    )
    print(json.dumps(found.to_json(), ensure_ascii=False, indent=2) if arguments.json else _page(found))
    return 0


def _pairs(what: str, words: Sequence[str], form: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name or not value:
            raise UsageError(f"--{what} {word!r} is not in the form NAME={form}")
        if name in found:
            raise UsageError(f"the {what} {name!r} is given twice; give it once")
        found[name] = value
    return found


def _page(computed: Computed) -> str:
    """What a person reads: the date or the question first, then the sum, authority, caveats."""
    lines: list[str] = []
    lines += [f"{one.verb} {long_date(one.date)}." for one in computed.governing]
    if computed.missing:
        lines.append("A fact that decides is missing.")
        lines += [f"  ? {m.question}  [{m.fact}]" for m in computed.missing]
    for deadline in computed.deadlines:
        lines += ["", *_sum(deadline)]
    if computed.caveats:
        lines += ["", "Note:", *(f"  - {caveat}" for caveat in computed.caveats)]
    return "\n".join(lines)


def _sum(deadline: Deadline) -> list[str]:
    return [
        f"{long_date(deadline.date)} ({deadline.left})",
        *(f"  {number}. {step}" for number, step in enumerate(deadline.steps, 1)),
        f"  Authority: {'; '.join(map(str, deadline.citations))}",
    ]
