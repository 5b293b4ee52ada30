"""A sentence as marks: its concepts, measures, citations, modal verbs and joints, in their order.

The same reader is used on the drafted sentence and on its support, so that a peculiarity of the
reading falls on both sides alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.grounding.vocabulary import NEUTRAL, PHRASES
from assistant.answering.grounding.words import DENIABLE, EVENTS, NEGATORS, concept, known
from assistant.law import Citation, find_citations

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_TENS = {
    ten: 10 * n for n, ten in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_NUMBERS = {word: value for value, word in enumerate(_UNITS.split())} | _TENS
_NUMBERS |= {f"{one} hundred": value * 100 for one, value in list(_NUMBERS.items())[1:10]}
_NUMBERS |= {f"{word} and twenty": value + 20 for word, value in _NUMBERS.items() if value >= 100}
_NUMBERS |= {f"{ten}-{one}": _NUMBERS[ten] + _NUMBERS[one]
             for ten in _TENS for one in _UNITS.split()[1:10]}  # fmt: skip
_ORDINALS = dict(
    zip("first second third fourth fifth sixth seventh eighth ninth tenth".split(), range(1, 11), strict=True)
)
_MONTHS = "january february march april may june july august september october november december".split()
_NUMBER = rf"\d[\d,]*|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}"


def _any(*phrases: str) -> str:
    return "|".join(phrases)


_BE = r"(?:is|are|was|were|be|been)"
_MAXIMUM = r"(?:a )?maximum(?: civil)?(?: penalty| amount| period| fine)? (?:of|is)"
_MINIMUM = r"(?:a )?minimum(?: retention)?(?: period| term)? (?:of|is)"
_FORCED = r"(?:required to|required|made to|compelled to|forced to)"
_BOUNDS = (
    ("at_least", _any(r"at least", r"at a minimum", _MINIMUM, r"(?:no|not) (?:less|fewer|shorter) than")),
    ("no_later", r"(?:no|not) later than"),
    ("no_earlier", r"(?:no|not) earlier than"),
    (
        "at_most",
        _any(
            r"at (?:the )?most",
            r"up to",
            r"(?:no|not)(?: be)? (?:more|longer|greater|higher) than",
            _MAXIMUM,
            r"(?:not|never|cannot) (?:to )?exceed(?:ing|s)?",
            r"limited to",
            r"cap(?:s|ped)? at",
            r"(?:a )?ceiling of",
        ),
    ),
    ("within", r"within"),
    ("under", r"less than|fewer than|shorter than"),
    ("over", r"more than|longer than|exceed(?:s|ing|ed)?|in excess of|greater than|higher than|over"),
    ("exact", r"exactly|precisely|(?:a )?fixed(?! date)|(?:a )?flat"),
)
_MODALS = (
    (
        "noduty",
        _any(
            r"need not",
            r"needn't",
            rf"{_BE} not (?:required|obliged|obligated|bound)(?: to)?",
            r"(?:do|does|did) not (?:have|need) to",
            r"no (?:duty|need|obligation)(?: to)?",
            r"optional",
            r"(?:do|does|did) not (?:itself |by itself )?(?:oblige|require)",
            r"(?:obliges?|requires?) (?:nobody|no one)",
        ),
    ),
    (
        "prohibit",
        _any(
            rf"(?:may|can) not be {_FORCED}",
            r"(?:may|must|shall|can|could) not",
            r"cannot",
            rf"{_BE} not (?:allowed|permitted)",
            r"disallowed",
            rf"{_BE} (?:prohibited|forbidden|barred) from",
        ),
    ),
    (
        "permit",
        _any(
            r"ha(?:s|ve) (?:a |the )?(?:right|authority|power|option) to",
            r"(?:is|are) able to",
            r"(?:is|are) (?:authorized|entitled) to(?= [a-z]+ )",
            rf"(?:may|can) be {_FORCED}",
            r"may choose to",
            r"may|can|could|might",
            rf"{_BE} (?:also )?(?:allowed|permitted|free)(?: to)?",
        ),
    ),
    (
        "duty",
        _any(
            r"must",
            r"shall",
            r"ha(?:s|ve|d) to",
            r"needs? to",
            r"(?:is|are|was|were) to be",
            rf"{_BE} (?:\w+ly |likewise |also )?(?:required|obliged|obligated|bound)(?: to)?",
            rf"{_BE} mandatory|mandatory",
            r"ha(?:s|ve) (?:a|an|the) (?:duty|obligation)(?: to)?",
            r"(?:is|are) under (?:a|an) (?:duty|obligation)(?: to)?",
            r"(?:is|are) responsible for",
            r"required to",
            r"(?:is|are) to(?= [a-z])",
            r"requires?(?=[^.;:]{0,160} to )",
            r"obliges?(?=[^.;:]{0,160} to )",
            r"required(?= (?:[\w§().-]+ ){1,8}to be )",
        ),
    ),
    ("advise", r"should|ought to|(?:is|are) (?:advised|advisable|recommended)"),
)
_EXCEPTION = _any(
    r"unless",
    r"except(?:ed|ing|ion|ions)?",
    r"other than",
    r"(?<!is )(?<!are )(?<!be )(?<!was )subject to",
    r"save for",
    r"exclud(?:ing|e|es|ed)",
    r"apart from",
    r"aside from",
    r"but not",
)
_CONDITION = r"provided(?= that)|providing that|on condition|as long as|if|when|whenever|where|wherever|once"
_PREPS = (
    ("until", r"until|till"),
    (
        "from",
        r"after|following|since|from|as of|(?:starting|beginning) (?:on|from|with|at)"
        r"|(?:start|begin)s? (?:when|on|with)|upon",
    ),
    ("before", r"before|prior to|preceding|earlier than"),
    ("through", r"through"),
    ("by", r"by"),
)
_SCAN = re.compile(
    "|".join(
        (
            rf"(?P<date>(?:{'|'.join(_MONTHS)}) \d{{1,2}}, \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})",
            r"(?P<amount>\$\s?\d[\d,]*(?:\.\d+)?(?: (?:thousand|million))?)",
            rf"(?P<percent>(?:{_NUMBER})(?:\.\d+)?\s?(?:%|percent|per cent)(?!\w))",
            rf"(?P<anniversary>(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)}) anniversar(?:y|ies)\b)",
            rf"(?P<period>\b(?:{_NUMBER})(?: full)?[\s-]"
            r"(?P<kind>(?:calendar|business|working)[\s-])?(?P<unit>year|month|week|day|hour)s?\b)",
            r"(?P<level>(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\))+)",
            *(rf"(?P<b_{name}>\b(?:{words})\b)" for name, words in _BOUNDS),
            *(rf"(?P<m_{name}>\b(?:{words})\b)" for name, words in _MODALS),
            rf"(?P<phrase>\b(?:{'|'.join(sorted(PHRASES, key=len, reverse=True))})(?!\w))",
            rf"(?P<exception>\b(?:{_EXCEPTION})\b)",
            rf"(?P<condition>\b(?:{_CONDITION})\b)",
            r"(?P<relative>\b(?:who|which|whose|that|whoever)\b)",
            r"(?P<join>\b(?:and|or|nor)\b)",
            *(rf"(?P<p_{name}>\b(?:{words})\b)" for name, words in _PREPS),
            rf"(?P<number>\b(?:{_NUMBER})\b)",
            r"(?P<word>[a-z][a-z0-9'.-]*[a-z0-9]|[a-z])",
            r"(?P<stop>[;:]|\.(?=\s|$))",
            r"(?P<comma>,)",
        )
    )
)
_PHRASES = [
    (re.compile(rf"(?:{pattern})\Z"), value)
    for pattern, value in sorted(PHRASES.items(), key=lambda p: -len(p[0]))
]


@dataclass(slots=True)
class Mark:
    """One reading: its kind, its value, and what stands around it.

    ``clause`` counts joints (commas, ifs, whos), ``part`` only the strong ones (``;`` and ``:``).
    ``bound`` belongs to measures; ``negated`` to words that a "not", a "no" or a "fail" governs, and
    ``either`` to the noun of a "no penalty may", which is denied by its verb or by its article;
    ``shadowed`` are all words that stand behind a negation in its clause. ``turned``: the bound is
    an "over" or "under" that a denial turned about.
    """

    kind: str
    value: str
    text: str
    clause: int
    part: int
    bound: str = ""
    negated: bool = False
    either: bool = False
    shadowed: bool = False
    turned: bool = False


def plain(text: str) -> str:
    """Lower case, straight quotes, plain dashes and spaces; as many characters as before."""
    table = {"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "\n": " "}
    return (
        "".join(table.get(c, c) for c in text).lower()
        if text.isascii() is False
        else text.lower().replace("\n", " ")
    )


@lru_cache(maxsize=2_048)
def read(text: str) -> tuple[Mark, ...]:
    """The marks of a sentence or of a support's sentence."""
    words = plain(text)
    cites = (
        {start: (citation, end) for citation, start, end in find_citations(text)}
        if len(words) == len(text)
        else {}
    )
    marks: list[Mark] = []
    clause = part = position = 0
    while position < len(words):
        if position in cites:
            citation, position = cites[position]
            marks.append(Mark("cite", str(citation), str(citation), clause, part))
            continue
        match = _SCAN.match(words, position)
        if (
            match is None
            or (later := next((s for s in cites if position < s < match.end()), None)) is not None
        ):
            position = position + 1 if match is None else later if later is not None else match.end()
            continue
        position = match.end()
        for kind, value in _values(match):
            if kind in ("comma", "stop", "condition", "exception", "relative"):
                clause += 1
                part += kind == "stop"
            marks.append(Mark(kind, value, match[0], clause, part))
    _bounds(marks)
    _subjects(marks)
    _negations(marks)
    _no_is(marks)
    return tuple(marks)


def _values(match: re.Match[str]) -> list[tuple[str, str]]:
    kind = next(
        name
        for name, value in match.groupdict().items()
        if value is not None and name not in ("kind", "unit")
    )
    text = match[0]
    if kind == "phrase":
        value = next(value for pattern, value in _PHRASES if pattern.match(text))
        return [_word(word) for word in value.split()]
    if kind == "word":
        return [_word(text)]
    if kind == "period":
        number = _number(
            re.split(rf"(?<=\w)[\s-](?={match['kind'] or ''}{match['unit']})", text)[0].replace(" full", "")
        )
        working = "business " if (match["kind"] or "").strip(" -") in ("business", "working") else ""
        calendar = [("word", "calendar")] if (match["kind"] or "").startswith("calendar") else []
        return [*calendar, ("period", f"{number} {working}{match['unit']}s")]
    if kind == "anniversary":
        word = text.split()[0]
        return [
            ("period", f"{_ORDINALS.get(word) or int(re.sub(r'[^0-9]', '', word))} years"),
            ("p_from", "of"),
        ]
    if kind in ("amount", "percent"):
        value = re.sub(r"[$%,\s]|percent|per cent", "", text)
        return [(kind, str(_NUMBERS.get(value, value)).removesuffix(".00"))]
    if kind == "number":
        return [("number", str(_number(text)))]
    if kind == "date":
        return [("date", _date(text))]
    if kind[:2] in ("b_", "m_", "p_"):
        return [({"b_": "bound", "m_": "modal", "p_": "p_" + kind[2:]}[kind[:2]], kind[2:])]
    return [(kind, text)]


def _word(word: str) -> tuple[str, str]:
    if word in NEGATORS:
        return "negator", word
    if word in NEUTRAL or _glue(word):
        return "neutral", word
    return "word", concept(word)


def _glue(word: str) -> bool:
    """A further form of a word that needs no support: "needed", "requirements"."""
    return not known(word) and any(
        word.endswith(ending) and word.removesuffix(ending) in NEUTRAL for ending in ("s", "ed", "ing")
    )


def _number(text: str) -> int:
    text = text.strip().rstrip("-").strip()
    return int(text.replace(",", "")) if text[0].isdigit() else _NUMBERS[text]


def _date(text: str) -> str:
    if text[0].isdigit():
        return text
    month, day, year = text.replace(",", "").split()
    return f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}"


MEASURES = ("period", "amount", "percent", "number")


def _bounds(marks: list[Mark]) -> None:
    """Give each measure the bound before it; a second sum of the same kind inherits the first's."""
    last: dict[str, str] = {}
    for place, mark in enumerate(marks):
        if mark.kind not in MEASURES:
            continue
        for back in range(place - 1, max(-1, place - 8), -1):
            before = marks[back]
            if before.kind == "bound":
                mark.bound = before.value
                before.kind = "spent"
                if back and marks[back - 1].value in ("never", "not") and before.value in ("over", "under"):
                    marks[back - 1].kind = "spent"
                    mark.bound = {"over": "at_most", "under": "at_least"}[mark.bound]
                break
            if not (
                before.kind in ("neutral", "spent", "join")
                or before.value in ("calendar", "lesser", "higher")
            ):
                break
        if not mark.bound and any("maximum" in m.text for m in marks[max(0, place - 8) : place]):
            mark.bound = "at_most"
        if not mark.bound and mark.kind != "percent":
            mark.bound = _behind(" ".join(m.text for m in marks[place + 1 : place + 4]))
        if mark.bound in ("over", "under") and any(_denies(m, mark) for m in marks[:place]):
            mark.bound, mark.turned = {"over": "at_most", "under": "at_least"}[mark.bound], True
        if mark.bound in ("no_later", "no_earlier"):
            ahead = [m.kind for m in marks[place + 1 : place + 5]]
            mark.bound = "at_least" if ("p_before" in ahead) == (mark.bound == "no_later") else "at_most"
        if not mark.bound and mark.kind in ("amount", "percent"):
            mark.bound = last.get("amount", "")
        if mark.bound:
            last["amount" if mark.kind == "percent" else mark.kind] = mark.bound
    for mark in marks:
        if mark.kind == "bound":
            mark.kind = "limit" if mark.value in ("no_later", "no_earlier") else "neutral"


def _behind(words: str) -> str:
    """The bound that stands behind its measure: "five years or more"."""
    if re.match(r"(?:or (?:more|longer)|at (?:the )?least|at a minimum|minimum)\b", words):
        return "at_least"
    if re.match(r"(?:or (?:less|fewer|shorter)|at (?:the )?most|maximum)\b", words):
        return "at_most"
    return ""


def _denies(mark: Mark, measure: Mark) -> bool:
    """Whether a "no" of the same clause, or a "may not" of the same part, turns "more than" about."""
    if mark.kind == "modal":
        return mark.value == "prohibit" and mark.part == measure.part
    return mark.kind == "negator" and mark.clause == measure.clause and not mark.value.startswith("fail")


def _subjects(marks: list[Mark]) -> None:
    """ "No penalty may be assessed" forbids: a "no" before the verb turns may and must about."""
    for place, mark in enumerate(marks):
        if mark.kind == "negator" and mark.value in ("no", "nobody", "neither", "none"):
            for ahead in marks[place + 1 : place + 40]:
                if ahead.kind in ("stop", "comma", "condition", "relative"):
                    break
                if ahead.kind == "modal" and ahead.value in _UNDER_NO:
                    ahead.value = (
                        "noduty" if ahead.text.startswith(("must", "ha")) else _UNDER_NO[ahead.value]
                    )
                    mark.kind = "spent"
                    noun = next((m for m in marks[place + 1 : place + 5] if m.kind == "word"), None)
                    if noun:
                        noun.either = True
                    break


def _no_is(marks: list[Mark]) -> None:
    """ "No notice is due" denies as "notice is not due" does."""
    for place, mark in enumerate(marks):
        if mark.kind != "negator" or mark.value != "no":
            continue
        for spot, ahead in enumerate(marks[place + 1 : place + 12], place + 1):
            if ahead.kind in ("stop", "comma", "condition", "relative", "modal"):
                break
            if ahead.text in ("is", "are", "was", "were") and spot + 1 < len(marks):
                noun = next((m for m in marks[place + 1 : spot] if m.kind == "word"), None)
                if noun:
                    noun.either = True
                if marks[spot + 1].kind == "word" or marks[spot + 1].text in DENIABLE:
                    marks[spot + 1].negated = True
                break


_UNDER_NO = {"permit": "prohibit", "duty": "prohibit", "prohibit": "permit", "noduty": "duty"}


def _negations(marks: list[Mark]) -> None:
    """Mark the word that each negation governs: the next one in its clause, else the one before it."""
    for place, mark in enumerate(marks):
        if mark.kind == "negator" or mark.value == "negligent":
            for ahead in marks[place + 1 : place + 9]:
                if ahead.kind in ("stop", "condition", "exception", "modal", "relative"):
                    break
                if mark.value == "no" and ahead.text == "for":
                    break
                ahead.shadowed = True
        if mark.kind != "negator":
            continue
        if place + 1 < len(marks) and marks[place + 1].kind == "p_from" and _not_from(marks[place + 2 :]):
            continue
        target = None
        for ahead in marks[place + 1 : place + 7]:
            if ahead.kind in ("stop", "condition", "exception", "modal", "period", "amount"):
                break
            if ahead.text in DENIABLE:
                ahead.negated = True
            if ahead.kind == "word" and ahead.value not in _ADVERBS:
                target = ahead
                break
        if target is None and mark.value != "no" and not (place and marks[place - 1].kind == "comma"):
            target = next((m for m in reversed(marks[max(0, place - 3) : place]) if m.kind == "word"), None)
        if target:
            target.negated = not target.negated
            spot = marks.index(target)
            tail = [m for m in marks[spot + 1 : spot + 4] if m.kind != "neutral"]
            if len(tail) >= 2 and tail[0].value in ("or", "nor") and tail[1].kind == "word":
                tail[1].negated = target.negated


def _not_from(ahead: list[Mark]) -> bool:
    """Deny every event of "not from exportation, entry or importation"; whether there was one."""
    found = False
    for place, mark in enumerate(ahead[:16]):
        if mark.kind == "stop" or (found and mark.kind not in ("comma", "join", "neutral", "word")):
            break
        if mark.kind == "word" and mark.value in EVENTS:
            mark.negated = found = True
        elif found and mark.kind == "word":
            break
        if found and mark.kind == "join" and not _event_next(ahead[place + 1 :]):
            break
    return found


def _event_next(ahead: list[Mark]) -> bool:
    return next((m.value in EVENTS for m in ahead if m.kind != "neutral"), False)


_ADVERBS = frozenset("knowing willful negligent immediate original timely calendar".split())


def citations(marks: tuple[Mark, ...]) -> list[Citation]:
    """The citations among the marks."""
    return [Citation.parse(mark.value) for mark in marks if mark.kind == "cite"]


def number_words() -> dict[str, int]:
    """Every number that is read in words, with its value."""
    return dict(_NUMBERS)
