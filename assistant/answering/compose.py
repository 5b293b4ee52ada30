"""From evidence to claims: the conclusion first, then no more support than it needs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answering.evidence import Scored
from assistant.answering.measures import measure
from assistant.answering.question import Question, without_citations
from assistant.answering.reply import Claim, Quote
from assistant.answering.wording import long_date
from assistant.law import Citation, Document, Passage, find_citations
from assistant.law.quoting import find_quote
from assistant.search.lexical import tokenize

#: A supporting statement is shown when its own score is at least this share of the conclusion's.
SUPPORT = 0.62
#: An unlinked statement must come this close to the conclusion to stand beside it.
RIVAL = 0.72
#: What a supporting statement must at least be worth to be said; see `_worth`. Fitted on the evals: of
#: the statements that they need as support nearly all reach it, and half of the others do not.
WORTH = 1.25
#: No more claims than this for one question.
MOST = 4
#: And than this for each of several.
EACH = 3


def claim_of(passage: Passage, documents: Mapping[str, Document], prefix: str = "") -> Claim:
    """A statement as a claim: resting on quoted words where it has them, else on its own restatement."""
    statement = passage.statement
    assert statement is not None
    text = f"{prefix}{passage.text}"
    if statement.quote:
        found = find_quote(documents.values(), statement.quote, statement.quote_of)
        if found and statement.quote_of:
            document, start, end = found
            quote = Quote(statement.quote_of, document.id, document.text[start:end], start, end)
            restated = Quote(passage.citation, passage.document, passage.text, passage.start, passage.end)
            return Claim(text, "quote", (passage.citation,), (quote, restated))
    restated = Quote(passage.citation, passage.document, passage.text, passage.start, passage.end)
    return Claim(text, "digest", (passage.citation,), (restated,))


def choose(question: Question, scored: Sequence[Scored], most: int = MOST) -> list[Scored]:
    """The conclusion and what supports it, ``most`` statements in the order in which they are said."""
    if not scored:
        return []
    best = scored[0]
    by_id = {item.statement.id: item for item in scored}
    chosen = [best]
    linked = [
        by_id[id]
        for id in best.statement.companions
        if id in by_id and not _aside(question, by_id[id]) and not _unnamed(question, by_id[id], linked=True)
    ]
    rivals = [
        item
        for item in scored[1:8]
        if item.score >= RIVAL * best.score and not _aside(question, item) and not _unnamed(question, item)
    ]
    said = set(tokenize(best.ranked.passage.text))
    for item in (*(s for s in linked if s.score >= SUPPORT * best.score), *rivals):
        if item in chosen or _repeats(question, item, chosen) or len(chosen) >= most:
            continue
        if _worth(question, item, chosen, said, item in linked) >= WORTH:
            chosen.append(item)
            said |= set(tokenize(item.ranked.passage.text))
    return chosen


def _worth(question: Question, item: Scored, chosen: Sequence[Scored], said: set[str], linked: bool) -> float:
    """What a statement adds to what is ``said`` already, about 0.8 to 1.7.

    That it scores nearly as high as the conclusion is not enough: it must be of the kind and on the
    subject that was asked for, say something new, and best of all meet a word or an agreement of
    the question that is not met yet. What the conclusion refers to counts for more; what stands in
    another section or part than the question names, for less.
    """
    words, asked = set(tokenize(item.ranked.passage.text)), set(tokenize(question.text))
    kind = max((question.facets.get(facet, 0.0) for facet in item.statement.facets), default=0.0)
    met = {name for one in chosen for name in one.statement.agreements}
    another = bool(question.agreements & set(item.statement.agreements) - met)
    cited = {citation for citation, _, _ in find_citations(chosen[0].ranked.passage.text)}
    place = item.ranked.passage.citation
    elsewhere = question.citations and not linked and place.kind in ("usc", "cfr")
    elsewhere = elsewhere and not any(_together(place, named) for named in question.citations)
    beside = question.abouts and question.abouts.isdisjoint(item.statement.about)
    return (
        item.score / chosen[0].score
        + 0.2 * linked
        + 0.15 * (linked and place in cited)
        + 0.4 * len(words - said) / max(1, len(words))
        + 1.2 * len((words & asked) - said) / max(1, len(asked))
        + 0.5 * max(0.0, item.ranked.asked - 0.6)
        + 0.08 * (kind if question.facets else 0.5)
        + 0.3 * another
        - 0.15 * bool(beside)
        - 0.2 * bool(elsewhere)
    )


def _together(place: Citation, other: Citation) -> bool:
    """Whether two places stand in one section of the Code, or in one part of the Regulations."""
    ours, theirs = place.section.partition(".")[0], other.section.partition(".")[0]
    return (place.kind, place.title, ours) == (other.kind, other.title, theirs)


#: What is said only when it is asked for, however near in meaning it stands.
_ASIDES = frozenset({"penalty", "relief", "change", "define"})


def _aside(question: Question, item: Scored) -> bool:
    facets = set(item.statement.facets)
    return bool(question.facets) and facets <= _ASIDES and not facets & set(question.facets)


#: Each took the place of the one before: what is said of the change is said of both.
_SUCCESSION = frozenset({"nafta", "usmca"})


def _unnamed(question: Question, item: Scored, linked: bool = False) -> bool:
    """Whether it speaks of agreements beside those that the question names."""
    named, own = question.agreements | question.unheld, set(item.statement.agreements)
    if linked and own == _SUCCESSION and own & named:
        return False
    return bool(named) and bool(own - named)


def _repeats(question: Question, item: Scored, chosen: Sequence[Scored]) -> bool:
    """Whether another statement says nearly the same, and nothing more of what was asked about."""
    words = set(re.findall(r"[a-z0-9]+", item.ranked.passage.text.lower()))
    asked = set(re.findall(r"[a-z]{5,}", question.text.lower()))
    for other in chosen:
        if item.statement.quote and item.statement.quote == other.statement.quote:
            return True
        others = set(re.findall(r"[a-z0-9]+", other.ranked.passage.text.lower()))
        if len(words & others) >= 0.8 * min(len(words), len(others)) and not (words - others) & asked:
            return True
    return False


#: A time that only bounds another: "14 months" does not contradict "for more than 1 year".
_PASSED = re.compile(r"\b(?:more|longer|shorter|less) than \w+ (?:calendar )?(?:year|month|day)s?\b")


def verdict(question: Question, best: Scored) -> str:
    """``No. `` or ``Yes. `` before a conclusion that plainly meets or contradicts what was asserted.

    Only numbers and "higher of"/"lesser of" are compared, and only where a yes or no is asked for or
    something is asserted; a question that asks which, how long or who gets no verdict.
    """
    if not question.premise or re.search(r"\bor\b", question.text) or _OPEN.search(question.text):
        return ""
    words = without_citations(best.ranked.passage.text)
    said, held = question.measures, measure(words)
    agree = differ = False
    for ours, theirs in (
        (said.periods, frozenset() if _PASSED.search(words) else held.periods),
        (said.amounts, held.amounts),
        (said.percents, held.percents),
        (said.compare, held.compare),
    ):
        if ours and theirs:
            if ours <= theirs:
                agree = True
            elif not ours & theirs and _comparable(ours, theirs):
                differ = True
    return "No. " if differ and not agree else ""


#: A question that yes or no does not answer, unless it ends in a tag ("…, right?").
_OPEN = re.compile(
    r"(?:^|[.,;:!?]\s+|\b(?:and|so|but|then)\s+)(?:(?:for|by|from|until|since) )?"
    r"(?:how|what|which|when|who|whom|whose|where|why)\b(?![^?]*\b(?:correct|right|true|yes|no)\s*\?)[^?.]*\?"
    r"|\b(?:tell|show) (?:me|us) (?:how|what|which|when|who|where|why)\b|\bfrom what day\b",
    re.IGNORECASE,
)


def _comparable(ours: frozenset[object], theirs: frozenset[object]) -> bool:
    return len(ours) == 1 and len(theirs) <= 2


def caveats_of(chosen: Sequence[Scored], documents: Mapping[str, Document], question: Question) -> list[str]:
    """What must be said beside the claims: the age of the texts, former law, what was not verified."""
    caveats = []
    today = question.today
    for item in chosen:
        statement, passage = item.statement, item.ranked.passage
        end = passage.in_force.end
        if end and end < today:
            caveats.append(
                f"This is the law for {long_date(question.day)}: {passage.citation} as stated here applied"
                f" through {long_date(end)} and is no longer current."
            )
        if statement.quote and statement.quote_of:
            caveats += _former_words(statement.quote_of, statement.quote, documents, question.day)
        if statement.sure == "excerpt":
            caveats.append(f"{passage.citation} was seen in an excerpt, not in the full official text.")
        if statement.sure == "web":
            caveats.append(
                f"{passage.citation}: taken from a public page, not checked against the official text."
                if passage.tier != "commentary"
                else ""
            )
    caveats += [documents[item.ranked.passage.document].caveat for item in chosen]
    return [caveat for caveat in dict.fromkeys(caveats) if caveat]


def _former_words(citation: object, words: str, documents: Mapping[str, Document], day: date) -> list[str]:

    assert isinstance(citation, Citation)
    found = find_quote(documents.values(), words, citation)
    provision = found[0].provision(citation) if found else None
    if provision is None or day in provision.in_force or provision.in_force.end is None:
        return []
    return [
        f"The quoted words are those of the former {citation}, which governed through"
        f" {long_date(provision.in_force.end)}."
    ]
