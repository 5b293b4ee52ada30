"""The questions as data: ``cases/*.toml``, read strictly, so that wrong gold fails at once."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from assistant.answering.reply import Outcome, Reason
from assistant.errors import AssistantError, CitationError
from assistant.law import Citation

FOLDER = Path(__file__).resolve().parent / "cases"
#: The day treated as today where a case names none: fixed, so that a score never depends on the clock.
TODAY = date(2026, 11, 22)

Kind = Literal[
    "agreement",
    "as_of",
    "audit",
    "change",
    "clarification",
    "dates",
    "define",
    "how_long",
    "multi",
    "penalty",
    "premise",
    "produce",
    "program",
    "refusal",
    "robust",
    "scope",
    "storage",
    "summons",
    "what",
    "who",
]
#: The agreements whose subsections read alike, and must not be taken for one another.
Agreement = Literal["chile", "cafta-dr", "peru", "korea", "colombia", "panama"]
Text = Annotated[str, msgspec.Meta(min_length=1)]


class CaseError(AssistantError):
    """A case breaks its schema, or asks for what cannot be."""


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question and what a right reply to it is.

    ``citations`` must all be cited; of ``any_citation`` one is enough. ``must_say`` is looked for
    in the whole text, ``must_not_say`` in the claims with their citations; each is plain words or a
    ``/regular expression/``, without regard to case. ``missing`` are facts that must be asked for.
    ``questions`` is how many questions the message asks; ``why`` is the authority in a few words.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    kind: Kind
    question: str
    why: Text
    outcome: Outcome
    as_of: date | None = None
    today: date | None = None
    agreement: Agreement | None = None
    questions: Annotated[int, msgspec.Meta(ge=1, le=6)] = 1
    citations: tuple[Text, ...] = ()
    any_citation: tuple[Text, ...] = ()
    must_say: tuple[Text, ...] = ()
    must_not_say: tuple[Text, ...] = ()
    keep_through: date | None = None
    due_by: date | None = None
    amount: Annotated[str, msgspec.Meta(pattern=r"^\d+\.\d\d$")] | None = None
    missing: tuple[Text, ...] = ()
    reason: Reason | None = None

    def __post_init__(self) -> None:
        if self.outcome == "answer" and not self.gold:
            raise ValueError("an answer has a gold citation")
        if self.outcome != "answer" and (self.gold or self.computed):
            raise ValueError("only an answer has gold citations, dates or amounts")
        if self.reason and self.outcome != "refusal":
            raise ValueError("only a refusal has a reason")
        if self.missing and self.outcome != "clarification":
            raise ValueError("only a clarification asks for a fact")
        if (self.kind == "agreement") != (self.agreement is not None):
            raise ValueError("a case of the kind 'agreement', and no other, names its agreement")
        for pattern in (*self.must_say, *self.must_not_say):
            compiled(pattern)

    @property
    def gold(self) -> tuple[tuple[Citation, ...], ...]:
        """What must be cited: of each inner tuple at least one."""
        try:
            units = [(Citation.parse(text),) for text in self.citations]
            either = tuple(Citation.parse(text) for text in self.any_citation)
        except CitationError as error:
            raise ValueError(str(error)) from None
        return (*units, either) if either else tuple(units)

    @property
    def computed(self) -> bool:
        """Whether a date or an amount is asked for, which is computed from rules and not retrieved."""
        return bool(self.keep_through or self.due_by or self.amount)

    @property
    def asked_on(self) -> tuple[date, date]:
        """The day whose law is asked about, and the day treated as today."""
        today = self.today or TODAY
        return self.as_of or today, today


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    case: tuple[Case, ...]


def compiled(pattern: str) -> re.Pattern[str]:
    """``/regular expression/`` or plain words, either without regard to case."""
    inside = re.fullmatch(r"/(.+)/", pattern, re.DOTALL)
    try:
        return re.compile(inside[1] if inside else re.escape(pattern), re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"{pattern} is not a regular expression ({error})") from None


def load_cases(folder: Path = FOLDER) -> tuple[Case, ...]:
    """Every case of the folder's files, by file and then as written."""
    cases: list[Case] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            cases += msgspec.toml.decode(path.read_bytes(), type=_File).case
        except (msgspec.MsgspecError, ValueError) as error:
            raise CaseError(f"{path.name}: {' '.join(str(error).split())}") from None
    twice = [id for id, count in Counter(case.id for case in cases).items() if count > 1]
    if twice:
        raise CaseError(f"{folder}: the id {twice[0]!r} is given twice")
    if not cases:
        raise CaseError(f"{folder} holds no case")
    return tuple(cases)
