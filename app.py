"""The page: ``streamlit run app.py``, or ``make chat``. Lays out the views; no law, no search."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assistant.faces.page import ask, dates, library, schedule
from assistant.faces.page.desk import STYLE, Desk, set_desk

#: What the date fields take; Streamlit's own limits are ten years either way.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


def main() -> None:
    """Style and sidebar first, then the chosen view, and last the drawer that a click asked for."""
    st.set_page_config(page_title="Customs recordkeeping", layout="centered")
    st.html(STYLE)
    # The drawer hangs outside the element that carries the theme's color-scheme.
    st.html(f"<style>:root {{ color-scheme: {st.context.theme.type or 'light dark'} }}</style>")
    today = date.today()
    as_of = _day(today)
    desk = set_desk(as_of, today)
    view = st.navigation(
        [
            st.Page(lambda: ask.show(desk), title="Ask", url_path="ask", default=True),
            st.Page(lambda: dates.show(desk), title="Dates", url_path="dates"),
            st.Page(lambda: schedule.show(desk), title="Schedule", url_path="schedule"),
        ],
        position="top",
    )
    _sidebar(desk, asking=view.title == "Ask")
    view.run()
    library.show_opened(desk)


def _day(today: date) -> date:
    with st.sidebar:
        return st.date_input(
            "The day asked about",
            value=today,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            key="as_of",
            format="YYYY-MM-DD",
            help="Answers state the law of this day. Leave it at today for the law as it stands.",
        )


def _sidebar(desk: Desk, *, asking: bool) -> None:
    with st.sidebar:
        if asking:
            st.subheader("Questions to try", anchor=False)
            ask.show_examples(desk)
        with st.expander(f"What is held ({len(desk.documents)})"):
            library.show_held(desk)
        st.html('<div class="foot">Not legal advice. Read the authority behind each sentence.</div>')


main()
