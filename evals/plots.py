"""Plots as SVG to stand inside a page: drawn without a network, coloured by the page's own styles.

The library wants colours, the page has two sets of them. So each colour here is a number that
stands for a name, and in the SVG it becomes ``var(--name)``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import altair as alt
import vl_convert

from evals.intervals import Mean, Rate

INK, QUIET, RULE, GOOD, BAD, PAPER = (f"#00000{number}" for number in range(1, 7))
_NAMES = {INK: "ink", QUIET: "quiet", RULE: "rule", GOOD: "good", BAD: "bad", PAPER: "paper"}
#: Pixels of a plot, and of a row of one.
WIDTH, ROW = 520, 24


def shares(
    named: Mapping[str, Rate | Mean],
    before: Mapping[str, float],
    bounds: Mapping[str, float],
    label: str,
) -> str:
    """A row a share: its value and interval, a ring where it was before, a line at its floor."""
    rows = [
        {
            "row": name,
            "value": figure.value,
            "low": figure.interval[0],
            "high": figure.interval[1],
            "said": _percent(figure.value, figure),
            "before": before.get(name),
            "bound": bounds.get(name),
        }
        for name, figure in named.items()
        if figure.total
    ]
    shown = [name for name, figure in named.items() if figure.total]
    base = alt.Chart(_data(rows)).encode(y=_rows(shown))
    low = min((row["low"] for row in rows if isinstance(row["low"], float)), default=0.0)
    scale = alt.Scale(domain=[max(0.0, int(low * 10) / 10), 1.0], nice=False)
    axis = alt.Axis(format="%", title=None, tickCount=6)
    value = base.mark_circle(size=70, color=GOOD, opacity=1).encode(
        x=alt.X("value:Q", scale=scale, axis=axis)
    )
    interval = base.mark_rule(color=GOOD, strokeWidth=2, opacity=0.55).encode(
        x=alt.X("low:Q", scale=scale), x2="high:Q"
    )
    ring = base.mark_point(size=80, color=QUIET, filled=False, strokeWidth=1.5).encode(
        x=alt.X("before:Q", scale=scale)
    )
    bound = base.mark_tick(color=BAD, thickness=2, size=16).encode(x=alt.X("bound:Q", scale=scale))
    said = base.mark_text(align="left", color=INK, dx=0).encode(text="said:N", x=alt.value(WIDTH + 10))
    return _svg(
        (interval + bound + ring + value + said).properties(width=WIDTH, height=ROW * len(rows)), label
    )


def matrix(
    rows: Mapping[Any, Mapping[Any, int]],
    columns: Sequence[str],
    bad: Sequence[tuple[str, str]],
    label: str,
) -> str:
    """Counts in a grid: deeper for more, in the colour of a fault where ``bad`` says so."""
    most = max((count for row in rows.values() for count in row.values()), default=1)
    cells = [
        {
            "row": name,
            "column": column,
            "count": row.get(column, 0),
            "said": str(row.get(column) or "·"),
            "share": _depth(row.get(column, 0) / most, (name, column) in bad),
            "bad": (name, column) in bad,
        }
        for name, row in rows.items()
        for column in columns
    ]
    base = alt.Chart(_data(cells)).encode(
        x=alt.X("column:N", sort=list(columns), axis=alt.Axis(orient="top", title=None, labelAngle=0)),
        y=_rows(list(rows)),
    )
    fill = base.mark_rect(stroke=RULE).encode(
        color=alt.condition("datum.bad", alt.value(BAD), alt.value(GOOD)),
        fillOpacity=alt.FillOpacity("share:Q", scale=None),
    )
    said = base.mark_text(fontSize=13, color=INK).encode(text="said:N")
    size = {"width": 100 * len(columns), "height": 32 * len(rows)}
    return _svg((fill + said).properties(**size), label)


def _depth(share: float, bad: bool) -> float:
    """How deep a cell is coloured; one fault among a thousand is still to be seen."""
    return 0.0 if not share else 0.35 + 0.2 * share if bad else 0.08 + 0.5 * share


def times(milliseconds: Sequence[float], median: float, most: float, label: str) -> str:
    """How many replies took how long, with the median and what 95 of 100 stay under."""
    # The few that take much longer share the last bar, or the rest would be one bar.
    cut = 2 * most
    values = [{"ms": min(value, cut)} for value in milliseconds]
    marks = [
        {"ms": median, "said": f"median {median:.0f} ms"},
        {"ms": most, "said": f"95 of 100: {most:.0f} ms"},
    ]
    axis = alt.Axis(title="milliseconds from question to reply", tickCount=8)
    bars = (
        alt.Chart(_data(values))
        .mark_bar(color=GOOD, opacity=0.6)
        .encode(
            x=alt.X("ms:Q", bin=alt.Bin(maxbins=40), axis=axis), y=alt.Y("count()", axis=alt.Axis(title=None))
        )
    )
    lines = alt.Chart(_data(marks)).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="ms:Q")
    said = (
        alt.Chart(_data(marks))
        .mark_text(align="left", dx=5, dy=8, baseline="top", color=INK)
        .encode(x="ms:Q", y=alt.value(0), text="said:N")
    )
    return _svg((bars + lines + said).properties(width=WIDTH + 60, height=170), label)


def _data(values: Sequence[Mapping[str, object]]) -> alt.InlineData:
    return alt.InlineData(values=[dict(value) for value in values])


def _rows(names: Sequence[str]) -> alt.Y:
    """The rows in the order given."""
    return alt.Y(
        "row:N", sort=list(names), axis=alt.Axis(title=None, ticks=False, domain=False, labelPadding=8)
    )


def _percent(value: float | None, figure: Rate | Mean) -> str:
    said = "–" if value is None else f"{100 * value:.1f} %"
    return f"{said}  ({figure.hits} of {figure.total})" if isinstance(figure, Rate) else said


def _svg(chart: alt.LayerChart, label: str) -> str:
    """The chart as one element that scales with the page and is read out by its label."""
    svg: str = vl_convert.vegalite_to_svg(chart.configure(**_LOOK).to_dict())
    for colour, name in _NAMES.items():
        svg = svg.replace(f'"{colour}"', f'"var(--{name})"')
    start = svg.index(">")
    box = svg[svg.index("viewBox=") : start]
    width = svg.split('width="', 1)[1].split('"', 1)[0]
    opening = f'<svg role="img" aria-label="{escape(label)}" {box} style="width:{width}px"'
    return opening + svg[start:]


_LOOK: dict[str, Any] = {
    "background": "transparent",
    # Letters may be wider in the reader's font than where they were measured.
    "padding": {"left": 24, "top": 5, "right": 40, "bottom": 5},
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": QUIET,
        "gridColor": RULE,
        "domainColor": RULE,
        "tickColor": RULE,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelLimit": 260,
    },
    "text": {"fontSize": 12.5},
}
