"""Spoil the program in one way at a time: each time the gate must be red. Exit status 1 when it is not.

Everything is done in one process, and only what a sabotage changes is embedded again.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.errors import AssistantError, UsageError
from assistant.settings import Settings
from evals.cases import check_gold, each_case, load_all
from evals.gate import read_floor
from evals.report import short
from evals.run import run
from evals.sabotages import SABOTAGES, Sabotage
from evals.sabotages.edits import NothingSpoilt
from evals.sabotages.judging import EVERY, Honest, Verdict, chosen, ids
from evals.sabotages.spoil import Asked
from evals.sabotages.workshop import Workshop


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every sabotage is caught, 1 when one is not, 2 for bad usage or a missing index."""
    parser = argparse.ArgumentParser(prog="python -m evals.sabotage", description=__doc__)
    parser.add_argument("--only", action="append", metavar="NAME", help="one sabotage, by its name")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table as Markdown")
    parser.add_argument("--list", action="store_true", help="the names, and what each spoils")
    options = parser.parse_args(arguments)
    try:
        if options.list:
            print("\n".join(f"{one.name:28}{one.says}" for one in SABOTAGES))
            return 0
        if options.markdown and not options.markdown.resolve().parent.is_dir():
            raise UsageError(f"{options.markdown} cannot be written: there is no such folder")
        return _run(_named(options.only), options.markdown)
    except AssistantError as error:
        print(f"evals.sabotage: {' '.join(str(error).split())}", file=sys.stderr)
        return 2


def _named(only: Sequence[str] | None) -> tuple[Sabotage, ...]:
    names = {one.name for one in SABOTAGES}
    for name in only or ():
        if name not in names:
            raise UsageError(f"there is no sabotage {name!r}; --list has their names")
    return tuple(one for one in SABOTAGES if not only or one.name in only)


def _run(sabotages: Sequence[Sabotage], file: Path | None) -> int:
    started = time.perf_counter()
    workshop = Workshop(Settings.from_environment(os.environ))
    asked = load_all()
    honest = honest_run(workshop, asked if len(sabotages) > 4 else put_to(sabotages, asked))
    took = time.perf_counter() - started
    print(f"honest run: {len(honest.results)} questions in {took:.0f} s, {len(honest.aside)} set aside\n")
    print(f"{'sabotage':28}{'put':>5}{'lost':>6}  caught by")
    verdicts = []
    for verdict in verdicts_on(sabotages, workshop, honest, asked):
        verdicts.append(verdict)
        print(f"{verdict.sabotage.name:28}{verdict.put:>5}{len(verdict.lost):>6}  {by(verdict)}", flush=True)
    caught = sum(verdict.caught for verdict in verdicts)
    seconds = time.perf_counter() - started
    print(f"\n{caught} of {len(verdicts)} caught in {seconds:.0f} s; {workshop.embedder.made} texts embedded")
    if file:
        kept = file.read_text("utf-8") if file.exists() else ""
        file.write_text(in_place(kept, markdown(verdicts, honest, seconds)), "utf-8")
    return 0 if caught == len(verdicts) else 1


def in_place(text: str, table: str) -> str:
    """A document with this table under its heading "The table", all else as it was; or the table alone."""
    heading = "## The table\n"
    if heading not in text:
        return table
    before, _, rest = text.partition(heading)
    _, next_one, behind = rest.partition("\n## ")
    return f"{before}{heading}\n{table}{next_one}{behind}"


def put_to(sabotages: Sequence[Sabotage], asked: Asked) -> Asked:
    """All that is put to any of a few sabotages: enough of an honest run to judge them by."""
    wanted = {item.id for one in sabotages for item in chosen(one, asked)}
    return tuple(item for item in asked if item.id in wanted)


def honest_run(workshop: Workshop, asked: Asked) -> Honest:
    """Everything that is asked, with nothing spoilt."""
    with workshop.assistant() as assistant:
        check_gold(each_case(asked), assistant.documents.values())
        return Honest(list(run(assistant, asked)), read_floor())


def verdicts_on(
    sabotages: Sequence[Sabotage], workshop: Workshop, honest: Honest, asked: Asked
) -> Iterator[Verdict]:
    """Each sabotage in turn, and undone before the next."""
    for sabotage in sabotages:
        started = time.perf_counter()
        verdict = verdict_on(sabotage, workshop, honest, asked)
        yield replace(verdict, seconds=time.perf_counter() - started)


def verdict_on(sabotage: Sabotage, workshop: Workshop, honest: Honest, asked: Asked) -> Verdict:
    """What the gate says of one. A program that will not load the files is as red as can be."""
    kept = sabotage.asked(asked) if sabotage.asked else asked
    try:
        with workshop.assistant(sabotage) as assistant:
            put = chosen(sabotage, kept)
            results = list(run(assistant, put))
    except NothingSpoilt:
        raise
    except AssistantError as error:
        return Verdict(sabotage, refused=" ".join(str(error).split()))
    return honest.judge(sabotage, results, ids(asked) - ids(kept))


def by(verdict: Verdict) -> str:
    """What caught it, in one line."""
    if verdict.refused:
        return f"does not load: {short(verdict.refused)}"
    said = [f"{count} {kind}" for kind, count in verdict.never]
    said += [f"{name} {value:.3f} (bound {bound:g})" for name, value, bound in verdict.under]
    if verdict.red and not said:
        said = [f"cases that were right: {len(verdict.red)}"]
    return ", ".join(said) or "NOT CAUGHT"


def markdown(verdicts: Sequence[Verdict], honest: Honest, seconds: float) -> str:
    """The table as it is kept in the docs."""
    caught = sum(verdict.caught for verdict in verdicts)
    aside = (
        f" {len(honest.aside)} of them have a fault that must never be even so, and are set aside."
        if honest.aside
        else ""
    )
    asked = len(honest.results) + len(honest.aside)
    lines = [
        f"**{caught} of {len(verdicts)} caught**, in {seconds:.0f} seconds and one process. The honest run"
        f" puts {asked} questions.{aside} A sabotage is put its own kinds whole and every {EVERY}th case of"
        " the others.",
        "",
        "| sabotage | what is spoilt | put | lost | what must never be | figures under the floor |",
        "|---|---|--:|--:|---|---|",
    ]
    for one in verdicts:
        never = ", ".join(f"{kind} {count}" for kind, count in one.never)
        under = ", ".join(f"{name.replace('_', ' ')} {value:.3f}" for name, value, _ in one.under)
        name = f"`{one.sabotage.name}`" if one.caught else f"**`{one.sabotage.name}` NOT CAUGHT**"
        if one.refused:
            never = f"does not load: {_plain(one.refused)}"
        lost = str(len(one.lost)) if not one.refused else ""
        put = str(one.put) if not one.refused else ""
        lines.append(f"| {name} | {one.sabotage.says} | {put} | {lost} | {never or '–'} | {under or '–'} |")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return short(text).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
