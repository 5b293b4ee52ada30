"""From a thumb down to a row for a person, and never by itself into the cases."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.answering.reply import Reply
from assistant.conversations import Store
from evals import __main__ as program
from evals.candidates import candidates, with_history, written
from evals.cases import FOLDER, CaseError, load_cases
from tests.evals.made import ANSWER, REFUSAL

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NASTY = 'He said "x"\n[[case]]\nid = "mine"\x7f \\ end'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(str(tmp_path / "kept.sqlite"))
    yield opened
    opened.close()


def keep(store: Store, owner: str, *replies: Reply) -> list[str]:
    """A conversation of these replies; the ids of its turns."""
    conversation = store.begin(owner=owner)
    return [store.append(conversation, reply, owner=owner, corpus="", now=NOW) for reply in replies]


def judge(store: Store, owner: str, turn: str, reason: str = "", good: bool = False) -> None:
    store.feedback(turn, owner=owner, good=good, reason=reason, now=NOW, face="page")


def rows(store: Store) -> list[dict[str, object]]:
    return tomllib.loads("".join(written(candidates(with_history(store))))).get("case", [])


def test_a_bad_reply_is_a_row_with_what_was_said_before_it(store: Store) -> None:
    first, second = replace(ANSWER, question="One?"), replace(REFUSAL, question="Two?")
    turns = keep(store, "a", first, second, replace(ANSWER, question="Three?"))
    judge(store, "a", turns[1], "It is in 163.4.\nReally.")
    judge(store, "a", turns[2], good=True)
    text = "".join(written(candidates(with_history(store))))
    assert rows(store) == [
        {
            "id": "feedback-1",
            "kind": "",
            "question": "Two?",
            "history": [
                {"role": "user", "content": "One?"},
                {"role": "assistant", "content": "Five years."},
            ],
            "as_of": ANSWER.as_of,
            "today": ANSWER.today,
            "why": "",
            "outcome": "",
        }
    ]
    for line in (
        "# bad, said on 2026-11-22 (page): It is in 163.4. Really.",
        "# replied: refusal (advice)",
        "#   No.",
    ):
        assert line in text.splitlines()


def test_one_question_is_one_row_whoever_asked_it(store: Store) -> None:
    for owner, question in (("a", "How long?"), ("b", " how  long? "), ("c", "Who?")):
        (turn,) = keep(store, owner, replace(ANSWER, question=question))
        judge(store, owner, turn, f"said by {owner}")
    assert [row["question"] for row in rows(store)] == ["How long?", "Who?"]
    assert "".join(written(candidates(with_history(store)))).count("# bad, said on") == 3


def test_a_question_that_is_a_case_already_is_said_to_be(store: Store) -> None:
    known = load_cases()[0]
    (turn,) = keep(store, "a", replace(ANSWER, question=known.question.upper()))
    judge(store, "a", turn)
    text = "".join(written(candidates(with_history(store))))
    assert "asks this already" in text
    assert "without a reason" in text


def test_what_a_person_typed_stays_text(store: Store) -> None:
    (turn,) = keep(store, "a", replace(ANSWER, question=NASTY, text=NASTY))
    judge(store, "a", turn, NASTY)
    (row,) = rows(store)
    assert row["id"] == "feedback-1"
    assert str(row["question"]).startswith('He said "x"')


def test_no_row_loads_before_a_person_has_completed_it(store: Store, tmp_path: Path) -> None:
    (turn,) = keep(store, "a", ANSWER)
    judge(store, "a", turn)
    (tmp_path / "candidates.toml").write_text("".join(written(candidates(with_history(store)))), "utf-8")
    with pytest.raises(CaseError, match="Invalid enum value ''"):
        load_cases(tmp_path)


def test_the_command_writes_a_file_of_its_owners_alone(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (turn,) = keep(store, "a", ANSWER)
    judge(store, "a", turn)
    out = tmp_path / "candidates.toml"
    arguments = ["candidates", "--store", str(tmp_path / "kept.sqlite")]
    assert program.main([*arguments, "--out", str(out)]) == 0
    assert "1 candidate in" in capsys.readouterr().err
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert program.main(arguments) == 0
    assert capsys.readouterr().out == out.read_text("utf-8")


def test_nothing_is_written_into_the_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["candidates", "--store", str(tmp_path / "kept.sqlite"), "--out"]
    assert program.main([*arguments, str(FOLDER / "mine.toml")]) == 2
    assert program.main([*arguments, str(FOLDER / "conversations" / "mine.toml")]) == 2
    assert "name a file elsewhere" in capsys.readouterr().err
    assert not (FOLDER / "mine.toml").exists()
    assert program.main([*arguments, str(tmp_path / "no" / "such.toml")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_store_that_cannot_be_opened_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kept.sqlite").write_text("not a database, but long enough to be looked at" * 20)
    assert program.main(["candidates", "--store", str(tmp_path / "kept.sqlite")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("evals: ") and said.count("\n") == 1
