"""The questions as data: ``cases/*.toml`` and ``cases/conversations/*.toml``.

Read strictly, so that wrong gold fails at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from assistant.answering.reply import Outcome, Reason
from assistant.errors import AssistantError, CitationError
from assistant.law import Citation, Document

FOLDER = Path(__file__).resolve().parent / "cases"
#: The day treated as today where a case names none: fixed, so that a score never depends on the clock.
TODAY = date(2026, 11, 22)

Kind = Literal[
    "adversarial",
    "agreement",
    "as_of",
    "audit",
    "change",
    "clarification",
    "conversation",
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
    "unanswerable",
    "what",
    "who",
]
#: A part of the cases that is looked at by itself, across kinds.
Split = Literal["as_of", "near_duplicate", "premise", "conversation", "adversarial", "unanswerable"]
#: The split that a kind is plainly of; a row need not say it.
SPLIT_OF: dict[Kind, Split] = {
    "adversarial": "adversarial",
    "agreement": "near_duplicate",
    "as_of": "as_of",
    "conversation": "conversation",
    "premise": "premise",
    "robust": "adversarial",
    "unanswerable": "unanswerable",
}
#: The agreements whose subsections read alike, and must not be taken for one another.
Agreement = Literal["chile", "cafta-dr", "peru", "korea", "colombia", "panama"]
Text = Annotated[str, msgspec.Meta(min_length=1)]
Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class CaseError(AssistantError):
    """A case breaks its schema, or asks for what cannot be."""


class Turn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something said before the question."""

    role: Literal["user", "assistant"]
    content: Text


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question and what a right reply to it is.

    ``citations`` must all be cited; of ``any_citation`` one is enough. ``must_say`` is looked for
    in the whole text, ``must_not_say`` in the claims with their citations, ``lead`` in the
    conclusion alone, which comes first; each is plain words or a ``/regular expression/``, without
    regard to case. ``missing`` are facts that must be asked for. Of ``outcomes`` and ``reasons`` any
    will do, and the first is the one counted on. ``questions`` is how many questions the message
    asks; ``why`` is the authority in a few words.
    """

    question: str
    why: str = ""
    outcome: Outcome | None = None
    outcomes: tuple[Outcome, ...] = ()
    as_of: date | None = None
    today: date | None = None
    agreement: Agreement | None = None
    questions: Annotated[int, msgspec.Meta(ge=1, le=6)] = 1
    citations: tuple[Text, ...] = ()
    any_citation: tuple[Text, ...] = ()
    lead: tuple[Text, ...] = ()
    must_say: tuple[Text, ...] = ()
    must_not_say: tuple[Text, ...] = ()
    keep_through: date | None = None
    due_by: date | None = None
    amount: Annotated[str, msgspec.Meta(pattern=r"^\d+\.\d\d$")] | None = None
    missing: tuple[Text, ...] = ()
    reason: Reason | None = None
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        accepted = self.accepted
        if not accepted:
            raise ValueError("an outcome is given, or several in outcomes")
        if self.outcome and self.outcome not in accepted:
            raise ValueError("outcome is one of outcomes")
        if "answer" in accepted and not self.gold:
            raise ValueError("an answer has a gold citation")
        if "answer" not in accepted and (self.gold or self.computed or self.lead):
            raise ValueError("only an answer has gold citations, dates or amounts, and a lead")
        if self.accepted_reasons and "refusal" not in accepted:
            raise ValueError("only a refusal has a reason")
        if self.reason and self.reason not in self.accepted_reasons:
            raise ValueError("reason is one of reasons")
        if self.missing and "clarification" not in accepted:
            raise ValueError("only a clarification asks for a fact")
        for pattern in (*self.lead, *self.must_say, *self.must_not_say):
            compiled(pattern)

    @property
    def accepted(self) -> tuple[Outcome, ...]:
        """The outcomes of which any is right, the one counted on first."""
        return self.outcomes or ((self.outcome,) if self.outcome else ())

    @property
    def expected(self) -> Outcome:
        """The outcome counted on: the only one, or the one named beside ``outcomes``, or their first."""
        return self.outcome or self.accepted[0]

    @property
    def accepted_reasons(self) -> tuple[Reason, ...]:
        """The reasons of a refusal of which any is right; empty where it does not matter."""
        return self.reasons or ((self.reason,) if self.reason else ())

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


class Case(Question, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question that stands alone, or follows a ``history`` that is fixed.

    ``group`` is shared by wordings of one question, which must be concluded alike.
    """

    id: Id
    kind: Kind
    why: Text
    split: tuple[Split, ...] = ()
    group: Id | None = None
    history: tuple[Turn, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.kind == "agreement" and self.agreement is None:
            raise ValueError("a case of the kind 'agreement' names its agreement")

    @property
    def splits(self) -> tuple[Split, ...]:
        """The splits it is in: those of its row, that of its kind, and what its fields say."""
        plain = [SPLIT_OF[self.kind]] if self.kind in SPLIT_OF else []
        plain += ["near_duplicate"] if self.agreement else []
        plain += ["conversation"] if self.history else []
        return tuple(dict.fromkeys((*self.split, *plain)))


class ConversationTurn(Question, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One message of a conversation, put after the real replies to those before it."""


class Conversation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Messages in turn; right when the reply to each of them is."""

    id: Id
    why: Text
    split: tuple[Split, ...] = ()
    turn: Annotated[tuple[ConversationTurn, ...], msgspec.Meta(min_length=2)]

    @property
    def cases(self) -> tuple[Case, ...]:
        """Each message as a case of its own; its history is there only when it is asked."""
        return tuple(
            Case(
                id=f"{self.id}-turn-{number}",
                kind="conversation",
                split=self.split,
                **_fields(turn) | {"why": turn.why or self.why},
            )
            for number, turn in enumerate(self.turn, start=1)
        )


def _fields(value: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__struct_fields__}


class _Cases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    case: tuple[Case, ...]


class _Conversations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    conversation: tuple[Conversation, ...]


def compiled(pattern: str) -> re.Pattern[str]:
    """``/regular expression/`` or plain words, either without regard to case."""
    inside = re.fullmatch(r"/(.+)/", pattern, re.DOTALL)
    try:
        return re.compile(inside[1] if inside else re.escape(pattern), re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"{pattern} is not a regular expression ({error})") from None


def load_cases(folder: Path = FOLDER) -> tuple[Case, ...]:
    """Every case of the folder's files, by file and then as written; conversations are apart."""
    cases = tuple(case for file in _read(folder, _Cases) for case in file.case)
    _once(folder, (case.id for case in cases))
    if not cases:
        raise CaseError(f"{folder} holds no case")
    return cases


def load_conversations(folder: Path = FOLDER / "conversations") -> tuple[Conversation, ...]:
    """Every conversation of the folder's files; none where there is no such folder."""
    found = tuple(row for file in _read(folder, _Conversations) for row in file.conversation)
    _once(folder, (row.id for row in found))
    return found


def load_all(folder: Path = FOLDER) -> tuple[Case | Conversation, ...]:
    """What a run puts to the assistant: the cases, then the conversations."""
    cases, conversations = load_cases(folder), load_conversations(folder / "conversations")
    _once(folder, (case.id for case in each_case((*cases, *conversations))))
    return (*cases, *conversations)


def each_case(asked: Iterable[Case | Conversation]) -> Iterator[Case]:
    """Every question as a case, those of a conversation turn by turn."""
    for item in asked:
        yield from item.cases if isinstance(item, Conversation) else (item,)


_File = TypeVar("_File", _Cases, _Conversations)


def _read(folder: Path, shape: type[_File]) -> Iterator[_File]:
    for path in sorted(folder.glob("*.toml")):
        try:
            yield msgspec.toml.decode(path.read_bytes(), type=shape)
        except (msgspec.MsgspecError, ValueError) as error:
            raise CaseError(f"{path.name}: {' '.join(str(error).split())}") from None


def _once(folder: Path, ids: Iterable[str]) -> None:
    twice = [id for id, count in Counter(ids).items() if count > 1]
    if twice:
        raise CaseError(f"{folder}: the id {twice[0]!r} is given twice")


def check_gold(cases: Iterable[Case], documents: Iterable[Document]) -> None:
    """Every gold citation names a span of a document held, or `CaseError` names the first that does not.

    A span is a provision at the very address, one inside it, or a subdivision around it.
    """
    held = {
        place
        for document in documents
        for place in (document.citation, *(provision.citation for provision in document.provisions))
    }
    known: dict[Citation, bool] = {}
    for case in cases:
        for citation in (citation for unit in case.gold for citation in unit):
            if citation not in known:
                known[citation] = any(
                    citation.contains(place) or (bool(place.path) and place.contains(citation))
                    for place in held
                )
            if not known[citation]:
                raise CaseError(f"case {case.id}: nothing that is held stands at {citation}")
