"""Changing the files of a copy of the corpus: always what is named, and never nothing.

A rule file does not load when a rule and its examples disagree, so the examples are made to fit,
as somebody would who is sure of a mistake.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

import msgspec

from assistant.errors import AssistantError
from assistant.retention.schema import Rule


class NothingSpoilt(AssistantError):
    """A sabotage that finds nothing to spoil: what it spoils has changed, and so must it."""


def replaced(text: str, old: str, new: str, where: object) -> str:
    """The text with every ``old`` as ``new``; `NothingSpoilt` where there is none."""
    if old == new or old not in text:
        raise NothingSpoilt(f"{where}: {old[:80]!r} is not there any more; look at evals/sabotages/")
    return text.replace(old, new)


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """Replace words of a file."""
    text = path.read_text("utf-8")
    for old, new in changes:
        text = replaced(text, old, new, path.name)
    path.write_text(text, "utf-8")


def edit_entry(path: Path, mark: str, change: Callable[[str], str]) -> None:
    """Change the one entry of a file (a TOML table, a paragraph) in which ``mark`` stands."""
    divide = r"(?m)^(?=\[\[)" if path.suffix == ".toml" else r"(?<=\n)(?=\n)"
    entries = re.split(divide, path.read_text("utf-8"))
    found = [number for number, entry in enumerate(entries) if mark in entry]
    if len(found) != 1:
        raise NothingSpoilt(f"{path.name}: {mark!r} stands in {len(found)} entries, not in one")
    before = entries[found[0]]
    entries[found[0]] = change(before)
    if entries[found[0]] == before:
        raise NothingSpoilt(f"{path.name}: the entry of {mark!r} is as it was")
    path.write_text("".join(entries), "utf-8")


def statement(corpus: Path, file: str, id: str, *changes: tuple[str, str]) -> None:
    """Change a statement of a digest, its words or its attributes."""
    path = corpus / "digest" / file
    for old, new in changes:
        edit_entry(path, f"{{#{id} ", lambda entry, old=old, new=new: replaced(entry, old, new, id))  # type: ignore[misc]


def rule(corpus: Path, id: str, *changes: tuple[str, str]) -> None:
    """Change a rule of ``retention.toml``, and let its examples follow."""

    def change(entry: str) -> str:
        for old, new in changes:
            entry = replaced(entry, old, new, id)
        return _fitting(entry)

    edit_entry(corpus / "rules" / "retention.toml", f'[[rule]]\nid = "{id}"\n', change)


def _fitting(entry: str) -> str:
    """The entry with the dates in its examples as the rule now gives them."""
    changed = msgspec.convert(tomllib.loads(entry)["rule"][0], Rule)
    example = re.compile(rf"({changed.trigger} = ([\d-]+), {changed.kind} = )[\d-]+")
    return example.sub(lambda m: f"{m[1]}{changed.end(date.fromisoformat(m[2]))}", entry)


def penalty(corpus: Path, id: str, *changes: tuple[str, str]) -> None:
    """Change a penalty of ``penalties.toml``, and let its examples follow."""

    def change(entry: str) -> str:
        for old, new in changes:
            entry = replaced(entry, old, new, id)
        stated = tomllib.loads(entry)["penalty"][0]
        cap, percent = Decimal(stated["cap"]), Decimal(stated["percent"])

        def fitting(match: re.Match[str]) -> str:
            limit = min(cap, Decimal(match[2]) * percent / 100)
            return f'{match[1]}"{limit.quantize(Decimal("0.01"), ROUND_DOWN)}"'

        return re.sub(r'(appraised_value = "([\d.]+)", value = )"[\d.]+"', fitting, entry)

    edit_entry(corpus / "rules" / "penalties.toml", f'[[penalty]]\nid = "{id}"\n', change)


def rotated(path: Path, attribute: str, by: int, skip: str) -> None:
    """Give each statement of a digest the attribute of another, ``by`` places on.

    Statements whose attributes have ``skip`` keep theirs.
    """
    lines = path.read_text("utf-8").split("\n")
    pattern = re.compile(rf'{attribute}="([^"]+)"')
    at = [
        n
        for n, line in enumerate(lines)
        if line.startswith("{#") and skip not in line and pattern.search(line)
    ]
    values = [pattern.findall(lines[n])[0] for n in at]
    moved = [*values[by:], *values[:by]]
    if moved == values:
        raise NothingSpoilt(f"{path.name}: its statements have one {attribute} among them")
    for n, value in zip(at, moved, strict=True):
        lines[n] = pattern.sub(lambda _, value=value: f'{attribute}="{value}"', lines[n], count=1)  # type: ignore[misc]
    path.write_text("\n".join(lines), "utf-8")


def without_entries(path: Path, table: str, has: str) -> None:
    """Take away the tables of a TOML file in which a line stands."""
    entries = re.split(r"(?m)^(?=\[\[)", path.read_text("utf-8"))
    kept = [entry for entry in entries if not (entry.startswith(f"[[{table}]]") and has in entry)]
    if len(kept) == len(entries):
        raise NothingSpoilt(f"{path.name}: no {table} has {has!r}")
    left = any(entry.startswith(f"[[{table}]]") for entry in kept)
    path.write_text("".join(kept) if left else f"{table} = []\n{''.join(kept)}", "utf-8")
