"""Silence: whether the texts held speak to what is asked, or only to what lies beside it.

Search always finds something near. A neighbouring rule, true as it is, is no answer to a question
that the texts leave open, so what was found is weighed against what the texts are known to be
silent on (`corpus/digest/silent.md`), and against the kind of thing that is asked for: a question
for a telephone number is not answered by a statement that has none.

The weights are those of a logistic regression over questions that the texts answer and questions
that they do not; few enough to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from assistant.answering.evidence import Scored
from assistant.answering.question import Question
from assistant.search.searcher import Ranked

#: From this cosine on, what is asked is only another wording of a question on which the texts are silent.
LITERAL = 0.85
#: A statement of silence is named in the refusal when its question is at least this near.
NAMED = 0.68

_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|sixty|ninety"
    r"|hundred|first|second|third|single|each|every|both|no)"
)
_COUNT = re.compile(r"\b(?:how many|(?:maximum|max|minimum|min|exact) number of|number of)((?:\s+\w+){1,4})")
_PASSED_OVER = frozenset("extra more other additional of the calendar working business total such".split())
#: It is CBP's own time that is asked about; a party's deadline is then no answer.
_THEIRS = re.compile(
    r"\bhow (?:many \w+|long|soon|fast|quickly)\s+(?:does|do|will|must|has|have|can|may)\s+"
    r"(?:cbp|customs|the agency|the auditors?|the port)\b"
)
_THEY_MUST = re.compile(
    r"\b(?:cbp|customs|auditors?|director|commissioner|officer)\s+(?:must|shall|will|has|is to|are to)\b"
    r"[^.;]*\b(?:days?|years?|months?|prompt|hours?)"
)
#: What a question can ask for by kind, and what a statement that gives it has.
_KINDS = tuple(
    (re.compile(asked), re.compile(given))
    for asked, given in (
        (
            r"\bhow much\b.*\b(?:costs?|charges?|fees?)\b|\b(?:an?|any|the|what) (?:\w+ )?fee\b",
            r"\$|\bfee|\bcost",
        ),
        (
            r"\b(?:phone|telephone|fax) numbers?\b|\be-?mail address|\bwebsite\b|\burl\b|\bhotline\b",
            r"\d{5}|@|http",
        ),
        (
            r"\bform (?:number|no)\b|\b(?:which|what) (?:cbp |customs )?form (?:do|does|is|should)\b",
            r"\bform\b",
        ),
        (
            r"\bwhat percent|\bpercentage\b|\binterest rate\b|\bhow likely\b|\bodds\b|\bpass mark\b",
            r"\bpercent",
        ),
        (
            r"\bhow often\b|\bhow frequently\b|\bhow many times\b",
            r"annual|year|every|each|once|times|month|regular",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells an answer from a neighbour: all about 0 to 1, but for the score (to about 6)."""

    #: The best statement's score; the nearest question and the nearest words among statements.
    score: float
    asked: float
    cosine: float
    #: The nearest question on which the texts are silent.
    silent: float
    #: The best of people's phrases for a matter on which they are silent, and for the best statement.
    silent_phrase: float
    phrase: float
    #: The question names a subject, a citation; asserts something.
    about: float
    cited: float
    premise: float
    #: It asks for a kind of thing that the statements found do not give.
    mistyped: float


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts for an answer."""

    score: float = 1.1
    asked: float = 6.75
    cosine: float = 4.8
    silent: float = -12.8
    silent_phrase: float = -5.35
    phrase: float = 1.45
    about: float = 0.6
    cited: float = 0.65
    premise: float = 1.9
    mistyped: float = -2.8
    #: What all together must reach: one in fifty of the questions that the texts answer falls short of
    #: it, and four in five of those that they do not.
    least: float = 0.8


def is_silent(ranked: Ranked) -> bool:
    """Whether a passage only says what the texts do not."""
    statement = ranked.passage.statement
    return statement is not None and statement.silent


def signs(question: Question, scored: Sequence[Scored], found: Sequence[Ranked]) -> Signs:
    """The signs for one question, from what search found. ``scored`` has the best statement first."""
    silent = [r for r in found if is_silent(r)]
    return Signs(
        score=scored[0].score if scored else 0.0,
        asked=max((s.ranked.asked for s in scored), default=0.0),
        cosine=max((s.ranked.cosine for s in scored), default=0.0),
        silent=max((r.asked for r in silent), default=0.0),
        silent_phrase=max((r.phrase for r in silent), default=0.0),
        phrase=scored[0].ranked.phrase if scored else 0.0,
        about=float(bool(question.abouts)),
        cited=float(bool(question.citations)),
        premise=float(bool(question.premise)),
        mistyped=float(mistyped(question.text, [s.ranked.passage.text for s in scored[:3]])),
    )


def speaks(read: Signs, weights: Weights | None = None) -> bool:
    """Whether what was found answers the question."""
    if read.silent >= LITERAL and read.silent > read.asked:
        return False
    weights = weights or Weights()
    total = sum(getattr(weights, f.name) * getattr(read, f.name) for f in fields(Signs))
    return bool(total >= weights.least)


def named(found: Sequence[Ranked]) -> str | None:
    """The sentence that says what the texts do not, where one is near enough to be about this."""
    nearest = max((r for r in found if is_silent(r)), key=lambda r: r.asked, default=None)
    return nearest.passage.text if nearest is not None and nearest.asked >= NAMED else None


def mistyped(question: str, texts: Sequence[str]) -> bool:
    """Whether the question asks for a kind of thing (a number of something, a fee, a form, a
    telephone number) that none of the texts gives."""
    wanted = list(_given(question.lower()))
    return any(not any(pattern.search(text.lower()) for text in texts) for pattern in wanted)


def _given(question: str) -> Iterator[re.Pattern[str]]:
    for asked in _COUNT.finditer(question):
        words = [word for word in asked[1].split() if word not in _PASSED_OVER]
        if words:
            stem = re.sub(r"(?:ies|es|s)$", "", words[0])
            yield re.compile(rf"\b{_NUMBER}[\s-]+(?:\w+[\s-]+){{0,2}}{re.escape(stem)}")
    if _THEIRS.search(question):
        yield _THEY_MUST
    for asked_for, given in _KINDS:
        if asked_for.search(question):
            yield given
