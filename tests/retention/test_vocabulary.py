"""Bad usage: what is wrong is named, and what is allowed with it; as a call and as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date

import pytest

from assistant.errors import UsageError
from assistant.faces.cli import main
from assistant.retention.rules import rulebook
from assistant.retention.vocabulary import check
from tests.conftest import ROOT

DAY = date(2021, 3, 15)
BOOK = rulebook()

BAD = [
    # record, agreement, events, facts, words of the message
    ("entri", None, {}, {}, "there is no record 'entri' (did you mean 'entry'?); the records: entry"),
    ("", None, {}, {}, "the record is empty; the records: entry"),
    ("Entry", None, {}, {}, "there is no record 'Entry' (did you mean 'entry'?)"),
    ("fta_export", "USMCA", {}, {}, "there is no agreement 'USMCA' (did you mean 'usmca'?)"),
    ("fta_export", "CAFTA DR", {}, {}, "there is no agreement 'CAFTA DR' (did you mean 'cafta-dr'?)"),
    ("fta_export", "cafta-dr:Costa Rica", {}, {}, "no country 'Costa Rica' (did you mean 'costa-rica'?)"),
    ("entry", "korea", {}, {}, "takes no agreement; those that do: fta_export, fta_import"),
    ("drawback", "usmca", {}, {}, "takes no agreement"),
    ("usmca_vehicle", "usmca", {}, {}, "takes no agreement"),
    ("fta_export", None, {}, {}, "needs an agreement; the agreements: usmca, nafta, canada, chile"),
    ("fta_import", None, {"entry": DAY}, {}, "needs an agreement"),
    ("fta_export", "", {}, {}, "needs an agreement"),
    ("fta_export", "kore", {}, {}, "there is no agreement 'kore' (did you mean 'korea'?)"),
    ("fta_export", "israel", {}, {}, "there is no agreement 'israel'"),
    ("fta_export", "cafta-dr:belize", {}, {}, "has no country 'belize'; the countries: el-salvador"),
    ("fta_export", "cafta-dr:", {}, {}, "names no country after the colon"),
    ("fta_export", "korea:seoul", {}, {}, "belongs to the agreement cafta-dr only"),
    ("fta_export", "cafta-dr:honduras", {}, {"country": "guatemala"}, "two countries are named"),
    ("fta_export", "korea", {}, {"country": "guatemala"}, "belongs to the agreement cafta-dr only"),
    ("entry", None, {"entri": DAY}, {}, "no event 'entri' (did you mean 'entry'?); the events of 'entry'"),
    ("entry", None, {"claim_paid": DAY}, {}, "not belong to 'entry'; those that do: entry"),
    ("drawback", None, {"entry": DAY}, {}, "do: claim_filed, claim_paid, claim_liquidated"),
    ("packing_list", None, {"entry": DAY}, {}, "conditional_release_end, redelivered, redelivery_due"),
    ("fta_export", "usmca", {"certificate_signed": DAY}, {}, "those that do: certification_completed"),
    ("fta_export", "nafta", {"certificate_issued": DAY}, {}, "do: certificate_signed, exportation"),
    ("fta_export", "canada", {"certificate_issued": DAY}, {}, "under 'canada'; those that do: exportation"),
    ("fta_export", "korea", {"certification_completed": DAY}, {}, "issued, certificate_signed, exportation"),
    ("fta_export", "chile", {"importation": DAY}, {}, "'importation' does not belong"),
    ("fta_import", "chile", {"exportation": DAY}, {}, "those that do: importation, entry"),
    ("rough_diamonds", None, {"entry": DAY}, {}, "those that do: exportation"),
    ("entry", None, {}, {"admitted_free": "yes"}, "does not belong to 'entry'; it takes none"),
    ("entry", None, {}, {"entry": "2021-03-15"}, "events go as events"),
    ("duty_free_low_value", None, {}, {"admitted_free": "perhaps"}, "yes or no, not 'perhaps'"),
    ("drawback", None, {}, {"country": "honduras"}, "country belongs"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "agreement", "events", "facts", "said"), BAD)
def test_bad_usage_is_named(
    record: str, agreement: str | None, events: dict[str, date], facts: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        check(record, agreement, events, facts)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def _agreements(record: str) -> list[str | None]:
    return [*BOOK.agreements] if BOOK.records[record].takes_agreement else [None]


@pytest.mark.parametrize("record", BOOK.records)
def test_exactly_the_events_of_the_contract_are_taken(record: str) -> None:
    for agreement in _agreements(record):
        allowed = BOOK.events_of(record, agreement)
        assert check(record, agreement, dict.fromkeys(allowed, DAY)).events == dict.fromkeys(allowed, DAY)
        for event in set(BOOK.events) - set(allowed):
            with pytest.raises(UsageError, match="does not belong"):
                check(record, agreement, {event: DAY})


NAMES = {
    "records": """entry activity reconciliation drawback packing_list informal_entry duty_free_low_value
        exempt_cargo fta_export fta_import usmca_vehicle broker_entry broker_power_of_attorney ftz_operator
        warehouse_withdrawal rough_diamonds original_format entry_records_demand certificate_disclosure
        program_appeal storage_notice""",
    "agreements": "usmca nafta canada chile cafta-dr peru korea colombia panama",
    "events": """entry activity reconciliation_filed claim_filed claim_paid claim_liquidated release_end
        conditional_release_end redelivered redelivery_due importation exportation certification_completed
        certificate_issued certificate_signed certifications_filed last_withdrawal zone_removal
        power_revoked client_inactive demand_received notice_issued claim_made certificate_learned
        implementation""",
}


@pytest.mark.parametrize(("what", "names"), NAMES.items())
def test_the_names_of_the_contract(what: str, names: str) -> None:
    assert set(getattr(BOOK, what)) == set(names.split())


WORDS = [
    ("entry --event entry=2023-02-29", "entry: '2023-02-29' is not a date of the calendar"),
    ("entry --event entry=03/15/2021", "is not a date of the calendar in the form YYYY-MM-DD"),
    ("entry --event entry=2021-3-5", "'2021-3-5' is not a date"),
    ("entry --event entry=20210315", "'20210315' is not a date"),
    ("entry --event entry=2021-W10-1", "'2021-W10-1' is not a date"),
    ("entry --event entry=2021-03-15 --event entry=2021-03-15", "the event 'entry' is given twice"),
    ("entry --event entry=2021-03-15 --event entry=2021-03-16", "the event 'entry' is given twice"),
    ("entry --event entry", "is not in the form NAME=DATE"),
    ("entry --event entry=", "is not in the form NAME=DATE"),
    ("entry --event =2021-03-15", "is not in the form NAME=DATE"),
    ("entry --event entry=9995-01-01", "end past the year 9999"),
    ("storage_notice --event implementation=0001-01-15", "before the year 1"),
    ("entry --event entry=2021-03-15 --today 2021-02-30", "--today: '2021-02-30' is not a date"),
    ("entry --event entry=2021-03-15 --as-of yesterday", "--as-of: 'yesterday' is not a date"),
    ("entry --fact x", "is not in the form NAME=VALUE"),
    ("entry --event exportation=2023-02-29", "'exportation' does not belong to 'entry'"),
    ("nonsense", "there is no record 'nonsense'"),
    ("fta_export --event exportation=2021-01-01", "needs an agreement"),
    ("entry --agreement korea --event entry=2021-01-01", "takes no agreement"),
    ("entry --frobnicate", "--help"),
    ("", "--help"),
]


@pytest.mark.parametrize(("words", "said"), WORDS)
def test_the_command_answers_bad_usage_in_one_line(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["deadline", *words.split()]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def _process(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
        cwd=ROOT,
    )


def test_the_process_prints_the_contract_and_loads_no_ai() -> None:
    done = _process("deadline", "drawback", "--event", "claim_filed=2021-01-10", "--event",
                    "claim_liquidated=2024-02-29", "--today", "2026-11-22", "--json")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert (found["outcome"], found["keep_through"], found["due_by"]) == ("answer", "2027-03-01", None)
    assert found["deadlines"][0]["days_left"] == 99
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "assistant", "deadline", "entry"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    ).stderr  # fmt: skip
    for heavy in ("pydantic", "langchain", "polars", "chromadb", "streamlit", "torch", "numpy"):
        assert f" {heavy}\n" not in loaded


def test_the_process_answers_people_with_the_date_first() -> None:
    done = _process("deadline", "entry", "--event", "entry=2020-02-29", "--today", "2026-11-22")
    assert done.stdout.splitlines()[0] == "Keep through March 1, 2025."
    least = ["fta_export", "--agreement", "korea", "--event", "certificate_issued=2023-01-05"]
    done = _process("deadline", *least, "--today", "2028-01-04")
    assert done.stdout.splitlines()[:3:2] == [
        "Keep at least through January 5, 2028.",
        "January 5, 2028 (1 day left)",
    ]
    asked = _process("deadline", "broker_power_of_attorney", "--event", "power_revoked=2022-01-01")
    assert asked.returncode == 0
    assert asked.stdout.startswith("A fact that decides is missing.")
    assert "January 1, 2027" in asked.stdout


def test_bad_usage_of_the_process_is_status_2_in_one_line() -> None:
    done = _process("deadline", "entry", "--event", "entry=2023-02-29")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_process_takes_no_longer_than_its_parts() -> None:
    """Processor time, beside a process that loads what it needs; some three tenths of a second."""
    words = ["-m", "assistant", "deadline", "entry", "--event", "entry=2021-03-15"]
    least = ["-c", "import argparse, datetime, decimal, json, pathlib, tomllib, msgspec"]
    assert min(_took(words) for _ in range(5)) < 3 * min(_took(least) for _ in range(5))


def _took(words: list[str]) -> float:
    """Seconds of processor time."""
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime
