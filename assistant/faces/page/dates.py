"""Dates: choose the record, fill the dates that matter for it, see the date, its sum and authority.

Which records, agreements, events and facts there are is the engine's data; nothing is listed here.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import streamlit as st

from assistant.errors import AssistantError
from assistant.faces.page import drawer
from assistant.faces.page.desk import Desk, one_line
from assistant.faces.rendering.addresses import dates_link
from assistant.faces.rendering.chips import citation_chips
from assistant.faces.rendering.html import (
    copy_html,
    deadline_html,
    list_html,
    missing_html,
    note_html,
    print_html,
)
from assistant.faces.rendering.period import period_html
from assistant.faces.rendering.words import escape_label
from assistant.retention.deadlines import compute
from assistant.retention.rules import rulebook
from assistant.retention.schema import Rulebook
from assistant.retention.values import Computed, Deadline
from assistant.retention.vocabulary import check

#: What the date fields take; the engine itself says what is too late.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
_EITHER = "Not said"
_FILLED, _LINK = "dates-filled", "dates-link"


def show(desk: Desk) -> None:
    """The fields above, the result below; it follows each change, with no button to press.

    The address holds what is filled in, so that a link or a reload shows the same date.
    """
    st.html(
        '<div class="welcome"><h1>Until when, or by when</h1>'
        "<p>Choose the record and fill in the dates you know. What is missing is asked for by name.</p></div>"
    )
    try:
        book = rulebook()
        _fill_in(book)
        record, agreement = _record(book), None
        if book.records[record].takes_agreement:
            agreement = _agreement(book)
        events = _events(book, record, (agreement or "").partition(":")[0] or None)
        known = _facts(book, record)
        _keep_address(record, agreement, events, known, desk)
        facts = check(record, agreement, events, known)
        _show_computed(compute(facts, today=desk.today, as_of=desk.as_of), desk)
    except AssistantError as error:
        st.error(escape_label(one_line(error)), icon=":material/error:")


def _fill_in(book: Rulebook) -> None:
    """What the address names, once a session; a name or a day that cannot be is said and left out."""
    if st.session_state.get(_FILLED):
        return
    st.session_state[_FILLED] = True
    query, state, wrong = st.query_params, st.session_state, []
    for name, text in query.items():
        agreement, _, country = text.partition(":")
        if name == "record" and text in book.records:
            state["dates-record"] = text
        elif name == "agreement" and agreement in book.agreements:
            state["dates-agreement"] = agreement
            if country in book.agreements[agreement].countries:
                state[f"dates-country-{agreement}"] = country
        elif name in book.events and (day := _day(text)) is not None:
            state[f"dates-event-{name}"] = day
        elif text in ("yes", "no") and any(name in record.facts for record in book.records.values()):
            state[f"dates-fact-{name}"] = text
        elif name not in ("as_of", "show", "document", "words"):
            wrong.append(f"{name}={text}"[:60])
    if wrong:
        st.warning(
            escape_label(f"Left out of the address, since it cannot be read: {', '.join(wrong[:5])}"),
            icon=":material/info:",
        )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _keep_address(
    record: str, agreement: str | None, events: dict[str, date], facts: dict[str, str], desk: Desk
) -> None:
    known = {"record": record, "agreement": agreement or ""}
    known |= {name: day.isoformat() for name, day in events.items()} | facts
    link = dates_link(known, desk.as_of, desk.today)
    wanted = dict(parse_qsl(link.partition("?")[2]))
    if dict(st.query_params) != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[_LINK] = link


def _record(book: Rulebook) -> str:
    return st.selectbox(
        "Record",
        list(book.records),
        format_func=lambda name: _title(book.records[name].title),
        key="dates-record",
    )


def _agreement(book: Rulebook) -> str:
    name = st.selectbox(
        "Agreement",
        list(book.agreements),
        format_func=lambda name: book.agreements[name].name,
        key="dates-agreement",
    )
    countries = book.agreements[name].countries
    if not countries:
        return name
    country = st.selectbox(
        "Country",
        ["", *countries],
        format_func=lambda key: countries[key].name if key else _EITHER,
        key=f"dates-country-{name}",
    )
    return f"{name}:{country}" if country else name


def _events(book: Rulebook, record: str, agreement: str | None) -> dict[str, date]:
    """The dates that were filled in, two fields a row; a field is remembered while its event is asked."""
    known = {}
    columns = st.columns(2)
    for number, event in enumerate(book.events_of(record, agreement)):
        if number and number % 2 == 0:
            columns = st.columns(2)
        day = columns[number % 2].date_input(
            _title(book.events[event].words),
            value=None,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            key=f"dates-event-{event}",
        )
        if isinstance(day, date):
            known[event] = day
    return known


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]


def _facts(book: Rulebook, record: str) -> dict[str, str]:
    known = {}
    for fact in book.records[record].facts:
        label = fact.replace("_", " ").capitalize() + "?"
        chosen = st.segmented_control(
            label, ["yes", "no"], key=f"dates-fact-{fact}", format_func=str.capitalize
        )
        if chosen:
            known[fact] = chosen
    return known


def _show_computed(computed: Computed, desk: Desk) -> None:
    """The governing date first, or what is asked; then each sum with its authority."""
    with st.container(key="dates-result"):
        governing = computed.keep_through or computed.due_by
        ordered = sorted(computed.deadlines, key=lambda d: d.date != governing)
        if computed.missing:
            st.html(note_html("clarification", "What is still missing"))
            for item in computed.missing:
                st.html(missing_html(item.question))
        if computed.missing and ordered:
            st.html(note_html("known", "What is known so far; it does not decide yet"))
        for number, deadline in enumerate(ordered):
            if number == 1 and not computed.missing:
                st.html(note_html("known", "Also computed, and not governing"))
            _show_sum(deadline, number, desk)
        if computed.caveats:
            st.html(list_html("caveats", computed.caveats))
        if link := st.session_state.get(_LINK):
            st.html(f'<div class="tools">{copy_html(link)}{print_html()}</div>')


def _show_sum(deadline: Deadline, number: int, desk: Desk) -> None:
    st.html(deadline_html(deadline) + period_html(deadline) + list_html("steps", deadline.steps))
    chips = citation_chips(deadline.citations, desk.documents, as_of=desk.as_of, today=desk.today)
    drawer.show_chips(chips, f"dates-{number}")
