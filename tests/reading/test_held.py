"""What is held follows the corpus in use, in every thread, and can be another inside a block."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from assistant.answering.followups import cues
from assistant.errors import RuleError
from assistant.faces.cli import main
from assistant.reading.held import using
from assistant.retention.amounts import penalties, penalty
from assistant.retention.rules import rulebook
from assistant.retention.schedule import table
from tests.conftest import ROOT


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A corpus whose entries are kept six years, whose lowest maximum is another, and that knows one cue."""
    corpus = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus" / "rules", corpus / "rules")
    retention = corpus / "rules" / "retention.toml"
    text = retention.read_text(encoding="utf-8")
    at = text.index('id = "entry"\nrecord = "entry"')
    rule, rest = text[at:].split("\n[[rule]]", 1)
    head, _, _ = rule.partition("examples")
    example = '{ entry = 2020-02-29, keep_through = 2026-03-01, why = "six" }'
    head = head.replace("years = 5", "years = 6")
    retention.write_text(f"{text[:at]}{head}examples = [{example}]\n[[rule]]{rest}", encoding="utf-8")
    language = corpus / "language"
    language.mkdir()
    (language / "followups.toml").write_text('[why]\nsay = ["whence"]\n', encoding="utf-8")
    return corpus


def _kept() -> date | None:
    row = {"reference": "A", "record": "entry", "agreement": "", "entry": "2021-03-15"}
    return table(pl.DataFrame([row]), today=date(2026, 11, 22))["keep_through"][0]


def test_every_part_follows_the_corpus_in_use(other: Path) -> None:
    ours = rulebook(), penalties(), _kept()
    with using(other), ThreadPoolExecutor(1) as pool:
        assert rulebook().rules["entry"].period.years == 6
        assert pool.submit(_kept).result() == _kept() == date(2027, 3, 15), "and no plan is kept from before"
        assert cues().names("whence") == {"why"}
        assert penalties() is not ours[1]
    assert (rulebook(), penalties(), _kept()) == ours == (ours[0], ours[1], date(2026, 3, 15))


def test_the_commands_take_the_corpus_of_the_environment(
    other: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECORDKEEPING_CORPUS", str(other))
    words = ["deadline", "entry", "--event", "entry=2021-03-15"]
    assert main(words) == 0
    assert capsys.readouterr().out.startswith("Keep through March 15, 2027.")
    monkeypatch.delenv("RECORDKEEPING_CORPUS")
    assert main(words) == 0
    assert capsys.readouterr().out.startswith("Keep through March 15, 2026.")


def test_a_corpus_without_rules_is_one_line(tmp_path: Path) -> None:
    with using(tmp_path), pytest.raises(RuleError, match=r"retention\.toml cannot be read \(No such file"):
        rulebook()


def test_another_stands_in_inside_a_block_and_in_no_other_thread(other: Path) -> None:
    six = rulebook(other / "rules")
    with rulebook.instead(six), ThreadPoolExecutor(1) as pool:
        assert (rulebook(), _kept()) == (six, date(2027, 3, 15))
        assert pool.submit(_kept).result() == date(2026, 3, 15)
        with pytest.raises(ZeroDivisionError), penalties.instead(penalties()):
            penalty("entry", "20000")
            _ = 1 / 0
    assert _kept() == date(2026, 3, 15)
