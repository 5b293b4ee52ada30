"""A run as one HTML page: nothing is fetched, plots are part of it, and a lawyer can read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from evals import plots, study
from evals.changes import Changes, changes
from evals.failures import failure
from evals.figures import AGREEMENTS, confusion, kinds, splits
from evals.findings import FORBIDDEN
from evals.gate import Baseline, Floor, figures
from evals.intervals import Mean, Rate
from evals.run import Result
from evals.words import FIGURES, FINDINGS

_STYLE = Path(__file__).with_suffix(".css")
#: The figures a reader looks at first.
_FIRST = ("cases_right", "answers_right", "conversations_right", "dates_exact", "citation_recall")
#: The shares of the plot of figures; the rest stands in the table.
_PLOTTED = (*FIGURES,)[: list(FIGURES).index("wrong_or_misgrounded")]


def page(results: Sequence[Result], faults: Sequence[str], floor: Floor | None, before: Baseline) -> str:
    """The whole page. ``before`` is what the run is compared with; it may know none of the cases."""
    measured = figures(results)
    body = [
        _verdict(results, faults),
        _tiles(measured, results),
        _section("By kind of question", _kinds(results, before)),
        _section("By split", _splits(results, before)),
        _section("Every figure", _plot(measured, floor, before) + _table(measured, floor, before)),
        _section("Before and after", _changes(changes(results, before), before)),
        _section("Correct, and grounded", _study(results)),
        _section("Agreements that read alike", _confusion(results)),
        _section("Time", _times(measured, results)),
        _section("Replies that are not right", _failures(results)),
        _section("What these evals cannot see", _CANNOT),
    ]
    style = _STYLE.read_text("utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>Evals: {'red' if faults else 'green'}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{''.join(body)}</main>\n</body>\n</html>\n"
    )


def _verdict(results: Sequence[Result], faults: Sequence[str]) -> str:
    right = sum(result.right for result in results)
    said = (
        f"{len(results):,} questions, each with the law’s own answer written down beforehand, were put to "
        f"the assistant. {right:,} replies are without a fault."
    )
    if not faults:
        return f'<header class="green"><h1>The evals are green</h1><p>{said}</p></header>\n'
    count = "one reason" if len(faults) == 1 else f"{len(faults)} reasons"
    listed = "".join(f"<li>{escape(_fault(line))}</li>" for line in faults[:40])
    more = f"<p>And {len(faults) - 40} more.</p>" if len(faults) > 40 else ""
    return (
        f'<header class="red"><h1>The evals are red</h1><p>{said}</p>'
        f"<p>For {count} this version may not be released:</p><ul>{listed}</ul>{more}</header>\n"
    )


def _fault(line: str) -> str:
    """A line of the gate with its figure or its findings by the names that this page gives them."""
    first, _, rest = line.partition(" ")
    if first in FIGURES:
        return f"{FIGURES[first][0]}: {rest}"
    for kind, said in FINDINGS.items():
        line = line.replace(f"{kind}: ", f"{said.lower()}: ") if f" {kind}: " in line else line
        if line.startswith(f"{kind.replace('_', ' ')}: "):
            line = f"{said}: {line.partition(': ')[2]}"
    return line


def _section(title: str, inside: str) -> str:
    return f"<section>\n<h2>{escape(title)}</h2>\n{inside}\n</section>\n" if inside else ""


def _tiles(measured: Mapping[str, Rate | Mean], results: Sequence[Result]) -> str:
    never = sum(any(result.has(kind) for kind in FORBIDDEN) for result in results)
    tiles = [
        (FIGURES[name][0], f"{100 * value:.1f} %", f"95 % interval {_interval(measured[name])}")
        for name in _FIRST
        if (value := measured[name].value) is not None
    ]
    tiles.append(("Replies with what must never be", str(never), "wrong statement, date, amount or quote"))
    cells = (f"<div><dt>{label}</dt><dd>{value}</dd><p>{note}</p></div>" for label, value, note in tiles)
    return f'<dl class="tiles">{"".join(cells)}</dl>\n'


def _kinds(results: Sequence[Result], before: Baseline) -> str:
    named = {kind.replace("_", " "): rate for kind, rate in kinds(results).items()}
    was = _before(((result.case.kind, result) for result in results), before)
    return _figure(plots.shares(named, was, {}, "Cases right by kind of question"), _LEGEND)


def _splits(results: Sequence[Result], before: Baseline) -> str:
    named = {split.replace("_", " "): rate for split, rate in splits(results).items()}
    if not named:
        return ""
    was = _before(((split, result) for result in results for split in result.case.splits), before)
    note = "A question may be in several splits; most are in none. "
    return _figure(plots.shares(named, was, {}, "Cases right by split"), note + _LEGEND)


def _before(named: Iterable[tuple[str, Result]], before: Baseline) -> dict[str, float]:
    """The share that was right in the baseline, of the cases that it knows."""
    known: dict[str, list[bool]] = {}
    for name, result in named:
        if stored := before.cases.get(result.case.id):
            known.setdefault(name.replace("_", " "), []).append(stored.right)
    return {name: sum(right) / len(right) for name, right in known.items()}


def _plot(measured: Mapping[str, Rate | Mean], floor: Floor | None, before: Baseline) -> str:
    named = {FIGURES[name][0]: measured[name] for name in _PLOTTED}
    was = {FIGURES[name][0]: value for name, value in before.figures.items() if name in _PLOTTED}
    least = {FIGURES[name][0]: bound for name, bound in (floor.at_least if floor else {}).items()}
    return _figure(plots.shares(named, was, least, "Every share with its interval and its floor"), _LEGEND)


def _table(measured: Mapping[str, Rate | Mean], floor: Floor | None, before: Baseline) -> str:
    bounds = {
        name: f"at least {_said(name, bound)}" for name, bound in (floor.at_least if floor else {}).items()
    }
    bounds |= {
        name: f"at most {_said(name, bound)}" for name, bound in (floor.at_most if floor else {}).items()
    }
    rows = [
        (
            f"<b>{FIGURES[name][0]}</b><br><small>{FIGURES[name][1]}</small>",
            _said(name, figure.value),
            f"{figure.hits} of {figure.total}" if isinstance(figure, Rate) else f"of {figure.total}",
            _interval(figure, name),
            _said(name, before.figures.get(name)),
            bounds.get(name, ""),
        )
        for name, figure in measured.items()
        if figure.total
    ]
    head = ("", "now", "count", "95 % interval", "before", "floor")
    return f"<details><summary>As a table, with what each counts</summary>{_rows(head, rows)}</details>"


def _changes(found: Changes, before: Baseline) -> str:
    if not before.cases:
        return "<p>There is no baseline to compare with yet.</p>"
    parts = []
    for title, results in (
        ("Lost: right before, not right now", found.losses),
        ("Gained: right now, not right before", found.gains),
        ("New and not right", [result for result in found.new if not result.right]),
    ):
        if results:
            items = (
                f'<li><a href="#{r.case.id}">{escape(r.case.id)}</a> {escape(r.case.question)}</li>'
                if not r.right
                else f"<li>{escape(r.case.id)} {escape(r.case.question)}</li>"
                for r in results
            )
            parts.append(f"<h3>{title} ({len(results)})</h3><ul class='cases'>{''.join(items)}</ul>")
    for title, ids in (("Not asked any more", found.gone), ("Question or gold changed", found.regraded)):
        if ids:
            parts.append(f"<h3>{title} ({len(ids)})</h3><p class='ids'>{escape(', '.join(ids))}</p>")
    return "".join(parts) or "<p>No case has changed.</p>"


def _study(results: Sequence[Result]) -> str:
    rows = study.table(results)
    bad = [
        (row, column)
        for row in study.CORRECTNESS
        for column in study.GROUNDEDNESS
        if row == "incorrect" or column == "misgrounded" or (row == "correct" and column == "ungrounded")
    ]
    drawn = plots.matrix(rows, study.GROUNDEDNESS, bad, "Replies: correct by grounded")
    return _figure(
        drawn,
        "Whether a reply is right, and whether what it cites supports it, are judged apart, as in the "
        "published study of legal research tools. “Refused” is every reply without an answer: a refusal or "
        "a question back, due or not. A plain refusal cites nothing and is therefore ungrounded.",
    )


def _confusion(results: Sequence[Result]) -> str:
    if not any(result.case.agreement for result in results):
        return ""
    columns = (*AGREEMENTS, "none")
    bad = [(row, column) for row in AGREEMENTS for column in AGREEMENTS if row != column]
    drawn = plots.matrix(confusion(results), columns, bad, "Agreement asked about, by agreement cited")
    return _figure(
        drawn,
        "Rows: the agreement asked about. Columns: the agreements whose provisions the reply cites. Their "
        "subsections are nearly identical in wording; one count off the diagonal makes the run red. “None” "
        "rests on general rules.",
    )


def _times(measured: Mapping[str, Rate | Mean], results: Sequence[Result]) -> str:
    median, most = measured["median_ms"].value, measured["p95_ms"].value
    if median is None or most is None:
        return ""
    taken = [result.milliseconds for result in results if result.reply]
    return _figure(
        plots.times(taken, median, most, "Milliseconds from question to reply"),
        "On the machine of this run, one question after another. The last bar holds all that took longer.",
    )


def _failures(results: Sequence[Result]) -> str:
    """What must never be comes first; then by kind of question."""
    earlier: dict[str, list[Result]] = {}
    grave: list[tuple[Result, tuple[Result, ...]]] = []
    others: list[tuple[Result, tuple[Result, ...]]] = []
    for result in results:
        before = earlier.setdefault(result.conversation or result.case.id, [])
        if not result.right:
            (grave if result.has(*FORBIDDEN) else others).append((result, tuple(before)))
        before.append(result)
    if not grave and not others:
        return "<p>There is none.</p>"
    parts = []
    for title, group in (("With what must never be", grave), ("All others", others)):
        if group:
            group.sort(key=lambda item: item[0].case.kind)
            parts.append(f"<h3>{title} ({len(group)})</h3>{''.join(failure(*item) for item in group)}")
    counts = _counts(results)
    return f"{counts}{''.join(parts)}"


def _counts(results: Sequence[Result]) -> str:
    """How many replies have which fault."""
    rows = [
        (said, str(count), "makes the run red" if kind in FORBIDDEN else "")
        for kind, said in FINDINGS.items()
        if (count := sum(bool(result.has(kind)) for result in results))
    ]
    return _rows(("fault", "replies", ""), [(escape(said), *rest) for said, *rest in rows])


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    top = "".join(f'<th scope="col">{name}</th>' for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _figure(drawn: str, caption: str) -> str:
    return f'<figure><div class="wide">{drawn}</div><figcaption>{caption}</figcaption></figure>'


def _interval(figure: Rate | Mean, name: str = "") -> str:
    low, high = figure.interval
    return f"{_said(name, low)} to {_said(name, high)}"


def _said(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    if name.endswith("_ms"):
        return f"{value:.1f} ms"
    return f"{value:.3f}" if name.startswith(("mrr", "ndcg")) else f"{100 * value:.1f} %"


_LEGEND = (
    "Point: the share now. Line: its 95 % interval; few questions give a wide one. "
    "Ring: before. Red mark: the floor."
)
_CANNOT = (
    "<p>Whether the law’s own answer, as written down here, is good law. Wrong statements that nobody "
    "thought of. Whether an answer fits the person who asked. The law after the texts held were verified. "
    "The full list stands in <code>evals/README.md</code>.</p>"
)
