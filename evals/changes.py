"""What a run changed against a baseline: gains, losses, figures; in plain lines and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.gate import Baseline, figures, fingerprint
from evals.report import short
from evals.run import Result

#: A figure that moved by less than this is not worth a line; milliseconds move with the machine.
_WORTH = 0.0005
#: Items of a list: a comment holds some sixty thousand characters.
_MOST = 60
_NOTHING = "No case and no figure has changed."


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of cases by what became of them, and the figures that moved as (name, before, now).

    ``regraded`` are cases whose question or gold is another than the one the baseline was right by.
    """

    gains: tuple[Result, ...]
    losses: tuple[Result, ...]
    new: tuple[Result, ...]
    gone: tuple[str, ...]
    regraded: tuple[str, ...]
    figures: tuple[tuple[str, float | None, float | None], ...]


def changes(results: Sequence[Result], baseline: Baseline) -> Changes:
    """A run beside a baseline."""
    known = [(r, baseline.cases[r.case.id]) for r in results if r.case.id in baseline.cases]
    put = {result.case.id for result in results}
    return Changes(
        gains=tuple(r for r, stored in known if r.right and not stored.right),
        losses=tuple(r for r, stored in known if stored.right and not r.right),
        new=tuple(r for r in results if r.case.id not in baseline.cases),
        gone=tuple(id for id in baseline.cases if id not in put),
        regraded=tuple(r.case.id for r, stored in known if stored.gold != fingerprint(r.case)),
        figures=tuple(_moved(results, baseline)),
    )


def _moved(results: Sequence[Result], baseline: Baseline) -> Iterator[tuple[str, float | None, float | None]]:
    for name, figure in figures(results).items():
        before, now = baseline.figures.get(name), figure.value
        if not name.endswith("_ms") and abs((now or 0) - (before or 0)) > _WORTH:
            yield name, before, now


def lines(found: Changes) -> str:
    """For a terminal, before a baseline is written."""
    said = [f"gained  {r.case.id}: {short(r.case.question)}" for r in found.gains]
    said += [f"LOST    {r.case.id}: {short(r.case.question)} — {_why(r)}" for r in found.losses]
    said += [f"gone    {id}" for id in found.gone]
    if found.new:
        said.append(f"new     {len(found.new)} cases, {sum(r.right for r in found.new)} of them right")
    if found.regraded:
        said.append(f"changed {len(found.regraded)} questions or their gold: {', '.join(found.regraded)}")
    said += [f"moved   {_words(name)}: {_shown(was)} to {_shown(now)}" for name, was, now in found.figures]
    return "\n".join(said) or _NOTHING


def markdown(results: Sequence[Result], red: Sequence[str], baseline: Baseline) -> str:
    """For a comment on a pull request: why the gate is ``red``, losses, gains, figures that moved."""
    found = changes(results, baseline)
    right = sum(result.right for result in results)
    said = [f"### Evals: {'red' if red else 'green'} · {right} of {len(results)} cases right", ""]
    said += _section("Why the gate is red", [_plain(line) for line in red])
    said += _section("Lost", [_row(result) for result in found.losses])
    said += _section("Gained", [_row(result) for result in found.gains])
    said += _section("New and not right", [_row(result) for result in found.new if not result.right])
    if found.new:
        said += [f"New cases: {len(found.new)}, {sum(r.right for r in found.new)} of them right.", ""]
    said += _section("Not asked any more", [f"`{id}`" for id in found.gone])
    said += _section("Question or gold changed", [f"`{id}`" for id in found.regraded])
    if found.figures:
        said += ["| figure | before | now |", "|---|---|---|"]
        said += [f"| {_words(name)} | {_shown(was)} | {_shown(now)} |" for name, was, now in found.figures]
    return "\n".join(said if len(said) > 2 else [*said, _NOTHING]).rstrip() + "\n"


def _row(result: Result) -> str:
    line = f"`{result.case.id}` {_plain(short(result.case.question))}"
    return line if result.right else f"{line} — {_plain(_why(result))}"


def _section(title: str, items: Sequence[str]) -> list[str]:
    """A heading with its list; longer lists are folded. Nothing where there is nothing."""
    if not items:
        return []
    more = [f"- and {len(items) - _MOST} more"] if len(items) > _MOST else []
    listed = ["", *(f"- {item}" for item in items[:_MOST]), *more, ""]
    if len(items) <= 12:
        return [f"**{title}** ({len(items)})", *listed]
    return [f"<details><summary><b>{title}</b> ({len(items)})</summary>", *listed, "</details>", ""]


def _why(result: Result) -> str:
    return "; ".join(short(str(finding)) for finding in result.findings)


def _plain(text: str) -> str:
    """Words of a question or a reply, which are nobody's markup, link or mention here."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    text = "".join(f"\\{letter}" if letter in "\\`*_[]|~" else letter for letter in text)
    return text.replace("@", "@\u200b").replace("#", "#\u200b")


def _words(name: str) -> str:
    return name.replace("_", " ")


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
