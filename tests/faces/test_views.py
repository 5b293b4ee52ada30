"""The Dates and Schedule views under AppTest, over the real engine."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from io import BytesIO

import polars as pl
import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from assistant.errors import UsageError
from assistant.faces.page import schedule
from tests.conftest import PATIENCE, TODAY

TABLE = """\
reference,record,agreement,entry,claim_filed,claim_liquidated,legal_hold
E-1,entry,,2024-03-15,,,
E-2,entry,,2023-02-29,,,
D-1,drawback,,,2020-01-10,2024-02-29,
=H-1,entry,,2024-03-15,,,yes
"""


def _dates() -> None:
    from datetime import date

    from assistant.faces.page import dates, drawer
    from assistant.faces.page.desk import Desk
    from tests.faces.page.reading import held_texts

    documents = held_texts()
    today = date(2026, 11, 22)
    desk = Desk(None, "", documents, today, today)
    dates.show(desk)
    drawer.show_opened(desk)


def _schedule() -> None:
    from datetime import date

    from assistant.faces.page import schedule
    from assistant.faces.page.desk import Desk

    today = date(2026, 11, 22)
    schedule.show(Desk(None, "", {}, today, today))


def text(page: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", " ".join(element.value for element in page.html)))


@pytest.fixture
def dates() -> AppTest:
    return AppTest.from_function(_dates, default_timeout=PATIENCE).run()


def test_only_the_dates_that_matter_are_asked(dates: AppTest) -> None:
    assert not dates.exception
    assert [field.key for field in dates.date_input] == ["dates-event-entry"]
    dates.selectbox(key="dates-record").set_value("drawback").run()
    fields = [field.key for field in dates.date_input]
    assert sorted(fields) == [
        "dates-event-claim_filed",
        "dates-event-claim_liquidated",
        "dates-event-claim_paid",
    ]
    assert "What is still missing" in text(dates)


def test_a_date_has_its_sum_and_an_authority_that_opens(dates: AppTest) -> None:
    dates.selectbox(key="dates-record").set_value("drawback").run()
    dates.date_input(key="dates-event-claim_filed").set_value(date(2020, 1, 10)).run()
    dates.date_input(key="dates-event-claim_liquidated").set_value(date(2024, 2, 29)).run()
    assert not dates.exception
    # February 29: forward to March 1, never back to February 28.
    assert "Keep through March 1, 2027" in text(dates)
    assert "2027 has no February 29" in text(dates)
    chip = next(b for b in dates.button if (b.key or "").startswith("chip-") and "1508(c)(2)" in b.label)
    chip.click().run()
    assert any("<mark>" in element.value for element in dates.html)
    assert "Keep through March 1, 2027" in text(dates)


def test_an_agreement_brings_its_own_dates_and_countries(dates: AppTest) -> None:
    dates.selectbox(key="dates-record").set_value("fta_export").run()
    dates.selectbox(key="dates-agreement").set_value("cafta-dr").run()
    dates.selectbox(key="dates-country-cafta-dr").set_value("honduras").run()
    dates.date_input(key="dates-event-certificate_issued").set_value(date(2012, 5, 1)).run()
    assert not dates.exception
    assert "May 1, 2017" in text(dates)


def test_what_is_known_is_shown_while_a_fact_is_missing(dates: AppTest) -> None:
    dates.selectbox(key="dates-record").set_value("duty_free_low_value").run()
    dates.date_input(key="dates-event-entry").set_value(date(2025, 9, 10)).run()
    assert "What is known so far" in text(dates)
    assert not dates.exception


def test_a_table_comes_back_problems_first(monkeypatch: pytest.MonkeyPatch) -> None:
    page = AppTest.from_function(_schedule, default_timeout=PATIENCE).run()
    assert not page.exception and not page.metric
    page.file_uploader(key="schedule-file").set_value(("records.csv", TABLE.encode(), "text/csv")).run()
    assert not page.exception
    assert [metric.value for metric in page.metric] == ["4", "1", "2", "0", "1"]
    assert "'2023-02-29' is not a date of the calendar" in text(page)
    (frame,) = page.dataframe
    assert list(frame.value["reference"]) == ["E-1", "D-1"]
    assert str(frame.value["keep_through"].iloc[1])[:10] == "2027-03-01"


def test_an_unknown_column_is_one_line_without_a_path() -> None:
    page = AppTest.from_function(_schedule, default_timeout=PATIENCE).run()
    page.file_uploader(key="schedule-file").set_value(
        ("r.csv", b"reference,record,agreement,enrty\n", "text/csv")
    )
    page.run()
    (error,) = page.error
    assert "enrty" in error.value and "/" not in error.value and not page.exception


def test_the_files_are_the_engines_own() -> None:
    csv = schedule._written(TABLE.encode(), TODAY, ".csv").decode()
    assert "E-1,2029-03-15" in csv and "'=H-1" in csv
    sheet = load_workbook(BytesIO(schedule._written(TABLE.encode(), TODAY, ".xlsx"))).active
    assert sheet is not None and sheet.max_row == 5
    calendar = Calendar.from_ical(schedule._written(TABLE.encode(), TODAY, ".ics"))
    assert len(list(calendar.walk("VEVENT"))) == 2
    with pytest.raises(UsageError, match=r"^(?!.*/tmp)"):
        schedule._written(b"nothing\n", TODAY, ".csv")


@pytest.mark.parametrize("count", [3, 400])
def test_the_picture_names_records_while_it_can(count: int) -> None:
    days = [date(2027, 1, 1 + number % 28) for number in range(count)]
    rows = pl.DataFrame({"reference": [str(n) for n in range(count)], "keep_through": days, "due_by": None})
    picture = str(schedule.timeline(rows, TODAY).to_dict())
    assert ("reference" in picture) == (count == 3)
