"""Schedule: a table in, its dates out: problems first, then the picture, then the files.

The engine reads and writes the files, so that what is downloaded here is what ``schedule`` writes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import altair as alt
import polars as pl
import streamlit as st

from assistant.errors import AssistantError
from assistant.faces.page.desk import Desk, one_line
from assistant.faces.rendering.html import table_html
from assistant.faces.rendering.words import escape_label
from assistant.retention.rules import rulebook
from assistant.retention.schedule import run
from assistant.retention.vocabulary import asked_facts

#: Rows shown; the files hold all of them.
SHOWN = 500
#: Up to this many dates the picture names each record, beyond it counts by month.
NAMED = 40
#: A grey that is legible on paper and on the dark ground.
_QUIET = "#85807a"
MEDIA = {
    ".csv": ("CSV", "text/csv"),
    ".xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".ics": ("Calendar", "text/calendar"),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A schedule in the session: the file it came from, and a row for each of its rows."""

    source: bytes
    today: date
    rows: pl.DataFrame


def show(desk: Desk) -> None:
    """The upload, and below it whatever came of it."""
    st.html(
        '<div class="welcome"><h1>A whole table of records</h1>'
        "<p>Upload a CSV with a row for each record; each comes back with its date, its authority and"
        " what is wrong with it, if anything is.</p></div>"
    )
    uploaded = st.file_uploader("Table of records (CSV)", type=["csv", "txt"], key="schedule-file")
    st.download_button(
        "An empty table to fill in",
        _template(),
        file_name="records.csv",
        mime="text/csv",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
    if uploaded is None:
        return
    try:
        made = _made(uploaded.file_id, uploaded.getvalue(), desk.today)
    except AssistantError as error:
        st.error(escape_label(one_line(error)), icon=":material/error:")
        return
    _show_made(made)


def _made(upload: str, source: bytes, today: date) -> Made:
    """Computed once an upload and day, and kept by this session alone: it goes when the tab does."""
    kept = st.session_state.get("made")
    if kept is None or kept[0] != (upload, today):
        with st.spinner("Computing every row…"):
            table = _written(source, today, ".parquet")
        kept = (upload, today), Made(source, today, pl.read_parquet(table))
        st.session_state["made"] = kept
    made: Made = kept[1]
    return made


def _written(source: bytes, today: date, ending: str) -> bytes:
    """The engine's own file; the upload's name is replaced, since it is in no one's hands but theirs."""
    with tempfile.TemporaryDirectory() as folder:
        table, out = Path(folder, "table.csv"), Path(folder, f"schedule{ending}")
        table.write_bytes(source)
        try:
            run(table, out, today=today)
        except AssistantError as error:
            raise type(error)(str(error).replace(str(table), "The table")) from None
        return out.read_bytes()


def _writer(made: Made, ending: str) -> Callable[[], bytes]:
    """Written when it is asked for: a large workbook takes seconds that a preview need not wait for."""
    return lambda: _written(made.source, made.today, ending)


def _show_made(made: Made) -> None:
    rows = made.rows
    problems = rows.filter(pl.col("status") == "problem")
    counts = dict(rows["status"].value_counts().iter_rows())
    with st.container(horizontal=True, gap="large"):
        st.metric("Records", f"{rows.height:,}", width="content")
        for status, label in (
            ("problem", "With a problem"),
            ("running", "Running"),
            ("past", "Past"),
            ("on_hold", "On hold"),
        ):
            st.metric(label, f"{counts.get(status, 0):,}", width="content")
    if problems.height:
        st.html('<h2 class="part">Problems, to be mended in the table</h2>')
        listed = problems.select("reference", "problem").head(SHOWN)
        st.html(table_html(("Reference", "What is wrong"), listed.iter_rows()))
        _rest(problems)
    dated = rows.filter(pl.col("keep_through").is_not_null() | pl.col("due_by").is_not_null())
    if dated.height:
        st.html('<h2 class="part">When</h2>')
        st.altair_chart(timeline(dated, made.today), alt="The dates of the records in time", key="timeline")
        st.html('<h2 class="part">Dates</h2>')
        _show_dates(dated)
    with st.container(horizontal=True, gap="small", key="schedule-files"):
        for ending, (label, mime) in MEDIA.items():
            st.download_button(
                label,
                _writer(made, ending),
                file_name=f"schedule-{made.today.isoformat()}{ending}",
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
                key=f"schedule-download-{ending[1:]}",
            )


def _show_dates(rows: pl.DataFrame) -> None:
    columns = {
        "reference": st.column_config.TextColumn("Reference"),
        "status": st.column_config.TextColumn("Status"),
        "keep_through": st.column_config.DateColumn("Keep through", format="YYYY-MM-DD"),
        "due_by": st.column_config.DateColumn("Due by", format="YYYY-MM-DD"),
        "citations": st.column_config.TextColumn("Authority"),
    }
    shown = rows.select(*columns).head(SHOWN)
    st.dataframe(shown, hide_index=True, column_config=columns, key="schedule-dates", placeholder="")
    _rest(rows)


def _rest(rows: pl.DataFrame) -> None:
    if rows.height > SHOWN:
        st.caption(f"The first {SHOWN:,} of {rows.height:,}; the files have all.")


def timeline(dated: pl.DataFrame, today: date) -> alt.LayerChart | alt.FacetChart:
    """Each record by name while they can be told apart, otherwise how many end in each month.

    Shape or words tell a kind from the other, never colour alone; the line is today.
    """
    points = pl.concat(
        dated.filter(pl.col(column).is_not_null()).select(
            "reference", pl.col(column).cast(pl.Date).alias("day"), pl.lit(kind).alias("kind")
        )
        for column, kind in (("keep_through", "Keep through"), ("due_by", "Due by"))
    )
    kind = alt.Color("kind:N", title=None, scale=alt.Scale(range=["#a8483c", "#3f78b0"])).legend(orient="top")
    when = alt.X("day:T", title=None).axis(format="%b %Y", labelOverlap=True, tickCount=8)
    if points.height <= NAMED:
        named = alt.Chart(points).encode(x=when, y=alt.Y("reference:N", title=None, sort="x"))
        marks = alt.layer(
            named.mark_point(filled=True, size=90, opacity=1).encode(
                color=kind,
                shape=alt.Shape("kind:N", title=None),
                tooltip=["reference", alt.Tooltip("day:T", format="%B %-d, %Y"), "kind"],
            ),
            named.mark_text(align="left", dx=9, color=_QUIET, fontSize=12).encode(
                text=alt.Text("day:T", format="%B %-d, %Y")
            ),
        )
    else:
        months = points.group_by(pl.col("day").dt.truncate("1mo"), "kind").len("records").sort("day")
        marks = alt.layer(
            alt.Chart(months)
            .mark_bar()
            .encode(
                x=when,
                y=alt.Y("records:Q", title="Records that month"),
                color=kind,
                tooltip=[alt.Tooltip("day:T", format="%B %Y"), "records", "kind"],
            )
        )
    now = alt.Chart(pl.DataFrame({"day": [today], "words": ["Today"]})).encode(x=when)
    line = now.mark_rule(strokeDash=[4, 3], strokeWidth=1.5, color=_QUIET)
    word = now.mark_text(align="left", baseline="bottom", dx=-3, dy=-4, color=_QUIET, fontSize=12).encode(
        y=alt.value(0), text="words:N"
    )
    return alt.layer(marks, line, word).properties(padding={"right": 110, "left": 5, "top": 22, "bottom": 5})


def _template() -> str:
    """The header that the engine reads, and one record to show the form of a date."""
    book = rulebook()
    columns = ["reference", "record", "agreement", *book.events, *asked_facts(), "legal_hold"]
    first = {"reference": "EXAMPLE-1", "record": "entry", "entry": "2024-03-15"}
    return ",".join(columns) + "\n" + ",".join(first.get(column, "") for column in columns) + "\n"
