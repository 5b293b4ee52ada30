"""The page's script, run from the top at every click: lays out the views; no law, no search."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assistant.faces.page import about, ask, dates, drawer, library, links, schedule, sidebar, talk
from assistant.faces.page.desk import icon, set_desk, style
from assistant.faces.page.gate import entered


def main() -> None:
    """Style and sidebar first, then the drawer that a click asked for, and last the chosen view.

    The view comes last since it may look on while an answer is made, for as long as that takes.
    """
    st.set_page_config(page_title="Customs recordkeeping", page_icon=icon(), layout="centered")
    st.html(style(), unsafe_allow_javascript=True)
    # The drawer hangs outside the element that carries the theme's color-scheme.
    st.html(f"<style>:root {{ color-scheme: {st.context.theme.type or 'light dark'} }}</style>")
    today = date.today()
    links.day_of_address()
    desk = set_desk(sidebar.show_head(today), today)
    questions = st.Page(lambda: ask.show(desk), title="Ask", url_path="ask", default=True)
    view = st.navigation(
        [
            questions,
            st.Page(lambda: dates.show(desk), title="Dates", url_path="dates"),
            st.Page(lambda: schedule.show(desk), title="Schedule", url_path="schedule"),
            st.Page(lambda: library.show(desk), title="Library", url_path="library"),
            st.Page(lambda: about.show(desk), title="About", url_path="about"),
        ],
        position="top",
    )
    asking = view.title == "Ask"
    if sidebar.goes_to_ask() and not asking:
        st.switch_page(questions)
    links.follow(desk, asking=asking)
    links.keep_address(asking=asking)
    sidebar.show(desk)
    listed = talk.is_listed()
    drawer.show_opened(desk)
    view.run()
    if listed and not talk.is_listed():
        st.rerun()  # an answer that came while the page was drawn: its conversation is not beside it yet


with entered():
    main()
