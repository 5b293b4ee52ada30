"""Replies that people said were bad, as rows for a person to turn into cases; nothing is added by itself.

A row names no kind, no outcome and no authority, so that it does not load until a person has
written them from the law. What people asked is theirs: the file is readable by its owner alone,
and names, numbers and dates of theirs are to be taken out before a row goes into ``cases/``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.conversations import Store
from assistant.conversations.values import Judged
from assistant.errors import UsageError
from assistant.settings import Settings
from assistant.wiring import open_store
from evals.cases import FOLDER, each_case, load_all

_HEAD = """\
# Candidate cases, from replies that people said were bad: {count}.
# A person decides about each. To accept one: write kind, outcome, why and the gold from the law and not from
# the reply, take out whatever tells who asked, and move the row into evals/cases/. The rest is thrown away.
# Until kind and outcome are written, no row loads.
"""
#: What a comment in TOML cannot hold, and what ends a line somewhere.
_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


#: What was said before, as (role, content), oldest first.
History = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One question after what was said before it, with every bad word about the replies to it."""

    judged: tuple[Judged, ...]
    history: History = ()
    known: str | None = None

    @property
    def question(self) -> str:
        return self.judged[0].reply.question


def main(arguments: Sequence[str]) -> int:
    """0 also when there is nothing; what is wrong with the store or the file is raised."""
    parsed = _parser().parse_args(arguments)
    out: Path | None = parsed.out
    if out and FOLDER.resolve() in out.resolve().parents:
        raise UsageError(f"{out} lies in evals/cases/, where a row is a case; name a file elsewhere")
    settings = Settings.from_environment(os.environ)
    store = open_store(replace(settings, conversations=parsed.store) if parsed.store else settings)
    try:
        found = candidates(with_history(store))
    finally:
        store.close()
    text = "".join(written(found))
    if out is None:
        print(text, end="")
        return 0
    _write(out, text)
    count = "1 candidate" if len(found) == 1 else f"{len(found)} candidates"
    print(f"{count} in {out}; evals/README.md says how one becomes a case", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals candidates",
        description="Write the replies that people said were bad as rows of TOML, for a person to complete.",
    )
    add = parser.add_argument
    add("--store", metavar="URL", help="the conversations: a SQLite file or a database's URL")
    add("--out", type=Path, metavar="FILE", help="write them there, readable by you alone; default: print")
    return parser


def with_history(store: Store) -> Iterator[tuple[Judged, History]]:
    """Every turn that somebody said was bad, with what was said before it in its conversation."""
    owners = {summary.id: owner for owner, summary in store.everyones()}
    for judged in store.judged(good=False):
        turns = store.turns(judged.conversation, owner=owners[judged.conversation])
        place = [turn.id for turn in turns].index(judged.turn)
        replies = [turn.reply for turn in turns[:place]]
        yield (
            judged,
            tuple(
                said for reply in replies for said in (("user", reply.question), ("assistant", reply.text))
            ),
        )


def candidates(judged: Iterable[tuple[Judged, History]]) -> tuple[Candidate, ...]:
    """One a question, in the order in which the first word about it was given."""
    cases = {_folded(case.question): case.id for case in each_case(load_all())}
    found: dict[tuple[str, History], Candidate] = {}
    for each, history in judged:
        key = _folded(each.reply.question), history
        before = found.get(key) or Candidate((), history, None if history else cases.get(key[0]))
        found[key] = replace(before, judged=(*before.judged, each))
    return tuple(found.values())


def written(found: Sequence[Candidate]) -> Iterator[str]:
    """The rows as TOML, with what was replied and said as comments."""
    yield _HEAD.format(count=len(found))
    for number, candidate in enumerate(found, start=1):
        yield "\n[[case]]\n" + "\n".join(_row(number, candidate)) + "\n"


def _row(number: int, candidate: Candidate) -> Iterator[str]:
    first = candidate.judged[0].reply
    for judged in candidate.judged:
        said = f"bad, said on {judged.given.date()} ({judged.face})"
        yield _comment(f"{said}: {judged.reason}" if judged.reason.strip() else f"{said}, without a reason")
    if candidate.known:
        yield _comment(f"the case {candidate.known} asks this already")
    yield _comment(f"replied: {first.outcome}" + (f" ({first.reason})" if first.reason else ""))
    yield from (_comment(f"  {line}") for line in first.text.splitlines() if line.strip())
    if first.citations:
        yield _comment(f"cited: {'; '.join(map(str, first.citations))}")
    if first.model:
        yield _comment(f"drafted by {first.model}")
    yield f'id = "feedback-{number}"'
    yield 'kind = ""'
    yield f"question = {_text(first.question)}"
    if candidate.history:
        turns = (
            f"  {{ role = {_text(role)}, content = {_text(said)} }}," for role, said in candidate.history
        )
        yield "\n".join(["history = [", *turns, "]"])
    yield f"as_of = {first.as_of}"
    yield f"today = {first.today}"
    yield 'why = ""'
    yield 'outcome = ""'


def _comment(text: str) -> str:
    return f"# {_CONTROLS.sub(' ', text)}".rstrip()


def _text(value: str) -> str:
    """A basic string: TOML reads JSON's escapes, and wants DEL escaped too."""
    value = value.encode("utf-8", "replace").decode()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _folded(question: str) -> str:
    return " ".join(question.casefold().split())


def _write(out: Path, text: str) -> None:
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(text)
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror})") from None
