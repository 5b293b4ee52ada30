"""The rule files: they load whole, a broken one says why, and their quotes stand in the text."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import RuleError
from assistant.law import Citation
from assistant.retention.amounts import Penalty, penalties
from assistant.retention.rules import rulebook
from assistant.retention.schema import Agreement, Rule
from assistant.settings import Settings

BOOK = rulebook()
FOLDER = Settings().corpus / "rules"
TEXT = (FOLDER.parent / "statute" / "usc-19-1508@2011-10-21.txt").read_text(encoding="utf-8")
QUOTABLE: list[Rule | Agreement | Penalty] = [*BOOK.rules.values(), *BOOK.agreements.values()]
QUOTED = [entry for entry in (*QUOTABLE, *penalties().penalty) if entry.quote]
#: When the rules were first read against the law; a day before it is a slip of the pen.
VERIFIED_FIRST = date(2026, 11, 22)
AGREEMENTS = {
    "usmca": date(2020, 7, 1),
    "nafta": date(1994, 1, 1),
    "canada": date(1989, 1, 1),
    "chile": date(2004, 1, 1),
    "cafta-dr": date(2006, 3, 1),
    "peru": date(2009, 2, 1),
    "korea": date(2012, 3, 15),
    "colombia": date(2012, 5, 15),
    "panama": date(2012, 10, 31),
}


@pytest.mark.parametrize("entry", QUOTED, ids=lambda entry: entry.id)
def test_a_quote_stands_in_the_text_we_hold(entry: Rule | Agreement | Penalty) -> None:
    assert entry.quote in TEXT
    assert Citation("usc", 19, "1508").contains(Citation.parse(entry.quote_of))


@pytest.mark.parametrize("rule", [r for r in BOOK.rules.values() if r.examples], ids=lambda r: r.id)
def test_every_example_of_a_rule_holds(rule: Rule) -> None:
    for example in rule.examples:
        assert rule.end(example[rule.trigger]) == example[rule.kind], example["why"]
    days = [d for e in rule.examples for d in e.values() if isinstance(d, date)]
    assert any((d.month, d.day) == (2, 29) for d in days)


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=lambda r: r.id)
def test_what_a_lawyer_needs_is_there(rule: Rule) -> None:
    assert rule.verified_on >= VERIFIED_FIRST
    assert rule.who and rule.applies and rule.note.endswith(".") and rule.source
    if rule.sure in ("unverified", "inference"):
        assert re.search("inference|general knowledge|follow|ceiling", rule.note)


def test_a_ceiling_yields_no_date_and_is_named_by_no_branch() -> None:
    ceilings = {rule.id for rule in BOOK.rules.values() if rule.bound == "ceiling"}
    assert ceilings == {"general-ceiling"}
    assert not ceilings & {name for branch in BOOK.branches for name in branch.keep}


def test_entry_into_force() -> None:
    assert {a.id: a.in_force for a in BOOK.agreements.values()} == AGREEMENTS
    assert {name: c.in_force for name, c in BOOK.agreements["cafta-dr"].countries.items()} == {
        "el-salvador": date(2006, 3, 1),
        "honduras": date(2006, 4, 1),
        "nicaragua": date(2006, 4, 1),
        "guatemala": date(2006, 7, 1),
        "dominican-republic": date(2007, 3, 1),
        "costa-rica": date(2009, 1, 1),
    }


def test_every_citation_in_a_caveat_or_question_is_one_we_can_read() -> None:
    for text in [c.text for c in BOOK.caveats.values()] + [q.text for q in BOOK.questions.values()]:
        for cite in re.findall(r"19 (?:CFR|U\.S\.C\. §) [\w.]+(?:\(\w+\))*", text):
            assert str(Citation.parse(cite.rstrip("."))) == cite.rstrip(".")


def test_every_caveat_rests_on_an_authority_or_says_that_it_is_a_convention() -> None:
    plain = {
        "future",
        "at-least-through",
        "disclosure-learned-later",
        "disclosure-claim-own",
        "disclosure-each",
    }
    for caveat in BOOK.caveats.values():
        cited = re.search(
            r"CFR|U\.S\.C\.|Pub\. L\.|§|[Cc]onvention|into force|\{(source|cite|subsection|importer_rule)\}",
            caveat.text,
        )
        assert cited or caveat.id in plain, caveat.id


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("retention.toml", 'leap_day = "forward"\n', "", r"retention.toml: rule 'entry': .*leap_day"),
        ("retention.toml", 'leap_day = "forward"', 'leap_day = "back"', r"rule 'entry'"),
        ("retention.toml", 'leap_day = "forward"', 'leap_day = "none"', "rule 'entry': leap_day is"),
        ("retention.toml", 'bound = "fixed"', 'bound = "fixed"\nbuond = 1', r"rule 'entry': .*buond"),
        ("retention.toml", "2026-03-15, why", "2026-03-14, why", "rule 'entry': example .*gives 2026-03"),
        ("retention.toml", "period = { years = 5 }", "period = { years = 5, days = 1 }", r"rule 'entry'"),
        ("retention.toml", 'authority = ["19 CFR 163.4(a)"', 'authority = ["a law"', "not a citation"),
        ("retention.toml", 'trigger = "entry"', 'trigger = "entri"', r"names the event 'entri'"),
        ("retention.toml", '[[record]]\nid = "entry"', '[[record]]\nid = "drawback"', "there twice"),
        ("retention.toml", "verified_on = 2026-11-22\n", "", r"verified_on"),
        ("retention.toml", "[[record]]", "[[record", r"retention.toml is not TOML"),
        ("agreements.toml", "in_force = 2020-07-01", "inforce = 2020-07-01", r"agreement 'usmca': .*inforce"),
        ("decisions.toml", 'keep = ["entry"]', 'keep = ["entri"]', r"branch 1 \(entry\) .* rule 'entri'"),
        ("decisions.toml", 'keep = ["entry"]', 'keep = ["general-ceiling"]', "a ceiling"),
        ("decisions.toml", 'ask = ["activity"]', 'ask = ["activty"]', r"names the question 'activty'"),
        ("decisions.toml", '"date-of-entry"]', '"date-of-enrty"]', r"names the caveat 'date-of-enrty'"),
        ("decisions.toml", "when = { entry = {", "when = { exportation = {", r"event or fact 'exportation'"),
        ("decisions.toml", 'shows = "either"\n', "", r"shows belongs to a branch that both"),
        ("decisions.toml", 'ask = ["zone_removal"]', 'keep = ["ftz-operator"]', "'ftz_operator' must ask"),
    ],
)  # fmt: skip
def test_a_broken_file_does_not_load_and_says_why(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    for source in FOLDER.glob("*.toml"):
        shutil.copy(source, tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError, match=said):
        rulebook(tmp_path)


def test_a_rule_without_examples_does_not_load(tmp_path: Path) -> None:
    for source in FOLDER.glob("*.toml"):
        shutil.copy(source, tmp_path)
    path = tmp_path / "retention.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"examples = \[\n.*?\n\]", "examples = []", text, count=1, flags=re.S), encoding="utf-8"
    )
    with pytest.raises(RuleError, match="rule 'entry' has no examples"):
        rulebook(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('value = "15000.00"', 'value = "15000.01"', "penalty 'entry-willful': example .* gives 15000.00"),
        ('percent = "75"\n', "", "'lesser_of' has a percent"),
        ('cap = "100000"', 'capp = "100000"', "capp"),
    ],
)
def test_a_broken_penalty_does_not_load(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (FOLDER / "penalties.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "penalties.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError, match=said):
        penalties(tmp_path)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"retention\.toml cannot be read \(No such file"):
        rulebook(tmp_path / "nowhere")
