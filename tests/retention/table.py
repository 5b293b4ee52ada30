"""The engine's cases, read from ``cases.txt``; shared by the tests of the engine and of schedules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.retention.values import Facts
from assistant.retention.vocabulary import check

FACTS = ("admitted_free", "country")


@dataclass(frozen=True)
class Case:
    """A row of ``cases.txt``."""

    line: str
    record: str
    agreement: str | None
    events: dict[str, date]
    facts: dict[str, str]
    kind: str
    dates: tuple[date, ...]
    asked: tuple[str, ...]
    said: tuple[str, ...]

    def given(self) -> Facts:
        return check(self.record, self.agreement, self.events, self.facts)


def _case(line: str) -> Case:
    what, facts, comes, said = (part.strip() for part in line.split("|"))
    record, _, agreement = what.partition("/")
    pairs = dict(pair.split("=") for pair in facts.split())
    kind, _, rest = comes.partition(" ")
    asked, _, shown = rest.partition("shows") if kind == "ask" else ("", "", rest)
    return Case(
        line=line,
        record=record,
        agreement=agreement or None,
        events={name: date.fromisoformat(day) for name, day in pairs.items() if name not in FACTS},
        facts={name: value for name, value in pairs.items() if name in FACTS},
        kind=kind,
        dates=tuple(date.fromisoformat(day) for day in shown.split()),
        asked=tuple(asked.split()),
        said=tuple(filter(None, said.split(" & "))),
    )


def cases() -> list[Case]:
    text = Path(__file__).with_name("cases.txt").read_text(encoding="utf-8")
    return [_case(line) for line in text.splitlines() if line and not line.startswith("#")]
