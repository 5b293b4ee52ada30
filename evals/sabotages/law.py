"""The law spoilt: rules, and the words and spans of texts, in a copy of ``corpus/``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import msgspec

from assistant.retention.amounts import Penalties
from assistant.retention.schema import Rule, Rulebook
from evals.sabotages.edits import edit, edit_entry, penalty, replaced, rotated, rule, statement
from evals.sabotages.spoil import Sabotage

_TODAY = "usc-19-1508-today.md"
_PART_163 = "cfr-19-163.md"
_STATUTE = "usc-19-1508@2011-10-21.xml"


class _BackwardLeap(Rule, frozen=True):
    """February 29 has its anniversary on February 28, as most libraries have it."""

    def end(self, trigger: date) -> date:
        day = Rule.end(self, trigger)
        leap = (trigger.month, trigger.day) == (2, 29) and self.period.years and day.day == 1
        return day - timedelta(days=1) if leap else day


class _TriggerCounted(Rule, frozen=True):
    """The day of the trigger is the first day of the period."""

    def end(self, trigger: date) -> date:
        return Rule.end(self, trigger) + timedelta(days=1 if self.counts == "backward" else -1)


def _each_rule(kind: type[Rule]) -> Callable[[Rulebook], Rulebook]:
    def change(book: Rulebook) -> Rulebook:
        rules = {
            id: kind(**{name: getattr(old, name) for name in old.__struct_fields__})
            for id, old in book.rules.items()
        }
        return msgspec.structs.replace(book, rules=rules)

    return change


def _higher_of(book: Penalties) -> Penalties:
    """The higher of two limbs where the law says the lesser; as a file it would not load."""
    changed = [
        msgspec.structs.replace(p, bound="higher_of") if p.bound == "lesser_of" else p for p in book.penalty
    ]
    return msgspec.structs.replace(book, penalty=changed)


def _rules_swapped(book: Rulebook) -> Rulebook:
    """Korea's rule stands under Colombia's name, and Colombia's under Korea's."""
    one, other = book.rules["korea-certificate-issued"], book.rules["colombia-certificate-issued"]
    swapped = {
        one.id: msgspec.structs.replace(other, id=one.id),
        other.id: msgspec.structs.replace(one, id=other.id),
    }
    return msgspec.structs.replace(book, rules={**book.rules, **swapped})


def _culpability_swapped(corpus: Path) -> None:
    penalty(corpus, "entry-willful", ('culpability = "willful"', 'culpability = "negligent"'))
    penalty(corpus, "entry-negligent", ('culpability = "negligent"', 'culpability = "willful"'))


def _words_swapped(corpus: Path) -> None:
    """What people call Korea's agreement means Colombia's, and the other way."""
    path = corpus / "language" / "terms.toml"
    edit(path, ('name = "korea"', 'name = "?"'), ('name = "colombia"', 'name = "korea"'))
    edit(path, ('name = "?"', 'name = "colombia"'))


def _never_asks(corpus: Path) -> None:
    """A date for which a fact is missing is given as if none were."""

    def change(text: str) -> str:
        kept = []
        for entry in text.split("\n[[branch]]\n"):
            asks = "\nkeep = " in f"\n{entry}" and "\nask = " in f"\n{entry}"
            lines = [
                line for line in entry.split("\n") if not (asks and line.startswith(("ask = ", "shows = ")))
            ]
            kept.append("\n".join(lines))
        return "\n[[branch]]\n".join(kept)

    path = corpus / "rules" / "decisions.toml"
    text = path.read_text("utf-8")
    path.write_text(replaced(text, text, change(text), path.name), "utf-8")


def _statute_three_years(corpus: Path) -> None:
    """Three years in the words of § 1508(i)(3), and nothing else follows."""
    edit(
        corpus / "statute" / _STATUTE,
        (
            "KFTA certification of origin shall keep the records and supporting documents relating to that "
            "certification of origin for a period of at least 5 years",
            "KFTA certification of origin shall keep the records and supporting documents relating to that "
            "certification of origin for a period of at least 3 years",
        ),
    )


def _statute_and_quotes_three_years(corpus: Path) -> None:
    """The same, and the restatement quotes the words as they now are."""
    _statute_three_years(corpus)
    for id in ("korea-how-long", "korea-trigger"):
        statement(
            corpus, _TODAY, id, ('quote="for a period of at least 5', 'quote="for a period of at least 3')
        )


def _lesser_for_greater(corpus: Path) -> None:
    """§ 1508(l), the statute and every quotation of it: the lesser of two amounts."""
    edit(
        corpus / "statute" / _STATUTE,
        ("shall be liable for the greater of", "shall be liable for the lesser of"),
    )
    edit(
        corpus / "digest" / _TODAY,
        ("liable for the greater of", "liable for the lesser of"),
    )


def _shuffled(corpus: Path) -> None:
    for path in sorted((corpus / "digest").glob("*.md")):
        if path.name != "silent.md":
            rotated(path, "cite", 5, skip="quote=")


def _usmca_a_year_late(corpus: Path) -> None:
    edit(corpus / "digest" / _TODAY, ("from=2020-07-01", "from=2021-07-01"))
    edit_entry(
        corpus / "sources.toml",
        'id = "digest-usc-19-1508@2020-07-01"',
        lambda entry: replaced(entry, "from = 2020-07-01", "from = 2021-07-01", "sources.toml"),
    )


def _denied(corpus: Path) -> None:
    statement(
        corpus, _PART_163, "p163-packing-lists-not-five", ("A packing list is not a", "A packing list is a")
    )


_FIVE, _THREE = "period = { years = 5 }", "period = { years = 3 }"

_RULES = (
    Sabotage(
        name="entry-six-years",
        says="the rule for entry records: 6 years, not 5",
        kinds=("dates",),
        corpus=lambda c: rule(c, "entry", (_FIVE, "period = { years = 6 }")),
    ),
    Sabotage(
        name="packing-list-90-days",
        says="the rule for packing lists: 90 days, not 60",
        kinds=("dates", "conversation"),
        corpus=lambda c: rule(c, "packing-list-release", ("{ days = 60 }", "{ days = 90 }")),
    ),
    Sabotage(
        name="drawback-five-years",
        says="the rule for drawback: 5 years, not 3",
        kinds=("dates",),
        corpus=lambda c: rule(c, "drawback-liquidation", (_THREE, _FIVE)),
    ),
    Sabotage(
        name="drawback-from-payment",
        says="the rule for drawback: from payment, not from liquidation",
        kinds=("dates",),
        corpus=lambda c: rule(c, "drawback-liquidation", ("claim_liquidated", "claim_paid")),
    ),
    Sabotage(
        name="demand-45-days",
        says="the rule for demanded records: due in 45 days, not 30",
        kinds=("dates",),
        corpus=lambda c: rule(c, "entry-records-demand", ("{ days = 30 }", "{ days = 45 }")),
    ),
    Sabotage(
        name="agreement-rules-swapped",
        says="Korea's rule and Colombia's stand under each other's name",
        kinds=("dates", "conversation"),
        book=_rules_swapped,
    ),
    Sabotage(
        name="leap-day-backward",
        says="an anniversary of February 29 falls on February 28, not on March 1",
        kinds=("dates",),
        book=_each_rule(_BackwardLeap),
    ),
    Sabotage(
        name="trigger-day-counted",
        says="the day of the trigger counts: every period ends a day early",
        kinds=("dates",),
        book=_each_rule(_TriggerCounted),
    ),
    Sabotage(
        name="dates-not-asked-for",
        says="a date is given although a fact that decides it is missing",
        kinds=("dates", "clarification", "conversation"),
        corpus=_never_asks,
    ),
    Sabotage(
        name="willful-cap-10000",
        says="the maximum for willful failure: $10,000, not $100,000",
        kinds=("penalty",),
        corpus=lambda c: penalty(c, "entry-willful", ('cap = "100000"', 'cap = "10000"')),
    ),
    Sabotage(
        name="willful-40-percent",
        says="the share for willful failure: 40 percent, not 75",
        kinds=("penalty",),
        corpus=lambda c: penalty(c, "entry-willful", ('percent = "75"', 'percent = "40"')),
    ),
    Sabotage(
        name="culpability-swapped",
        says="negligence has the maximum of willful failure, and the other way",
        kinds=("penalty",),
        corpus=_culpability_swapped,
    ),
    Sabotage(
        name="higher-of-two",
        says="the maximum is the higher of the two limbs, not the lesser",
        kinds=("penalty",),
        amounts=_higher_of,
    ),
)

_TEXTS = (
    Sabotage(
        name="statute-altered",
        says="§ 1508(i)(3) of the statute says 3 years; its quotations do not follow",
        kinds=("agreement",),
        corpus=_statute_three_years,
    ),
    Sabotage(
        name="statute-and-quotes-altered",
        says="§ 1508(i)(3) of the statute says 3 years, and so do its quotations",
        kinds=("agreement", "how_long"),
        corpus=_statute_and_quotes_three_years,
    ),
    Sabotage(
        name="greater-made-lesser",
        says="§ 1508(l), its quotations and restatements: the lesser of two amounts, not the greater",
        kinds=("agreement", "penalty"),
        corpus=_lesser_for_greater,
    ),
    Sabotage(
        name="restated-number",
        says="the restatement of 19 CFR 163.4(b)(2): 90 days for packing lists, not 60",
        kinds=("how_long", "premise"),
        corpus=lambda c: statement(
            c, _PART_163, "p163-packing-lists", ("kept for 60 cal", "kept for 90 cal")
        ),
    ),
    Sabotage(
        name="restated-denial",
        says="a packing list is said to be a five-year record, where the text says that it is not",
        kinds=("how_long", "premise"),
        corpus=_denied,
    ),
    Sabotage(
        name="neighbour-cited",
        says="the packing-list rule is cited to 19 CFR 163.4(b)(3), its neighbour",
        kinds=("how_long", "premise"),
        corpus=lambda c: statement(c, _PART_163, "p163-packing-lists", ("163.4(b)(2)", "163.4(b)(3)")),
    ),
    Sabotage(
        name="citations-shuffled",
        says="every restatement is cited to the place of the fifth after it",
        kinds=("what",),
        corpus=_shuffled,
    ),
    Sabotage(
        name="usmca-a-year-late",
        says="the law since July 1, 2020 is in force from July 1, 2021",
        kinds=("as_of",),
        corpus=_usmca_a_year_late,
    ),
    Sabotage(
        name="agreement-words-swapped",
        says="what people call Korea's agreement means Colombia's, and the other way",
        kinds=("agreement",),
        corpus=_words_swapped,
    ),
)

LAW = (*_RULES, *_TEXTS)
