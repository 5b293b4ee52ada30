"""What changed in the law or in the texts since a reply was given, one line each.

A reply is kept as it was said and is never rewritten; these lines stand above it when it is
reopened. They are found without asking anew: in the texts it quotes, in the rules of its sums, and
in the calendar. Nothing to say is no line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from assistant.answering.computing import SET
from assistant.answering.reply import Quote, Reply
from assistant.conversations.values import Turn
from assistant.law import Document
from assistant.law.english import long_date
from assistant.retention.rules import rulebook
from assistant.retention.schema import Rulebook
from assistant.retention.values import Deadline

#: Digits of a document's sha256 that are kept beside a reply: enough to see a change.
_DIGITS = 12
#: Characters of quoted words that a line repeats.
_SHOWN = 60


def corpus_of(documents: Mapping[str, Document] | Iterable[Document]) -> str:
    """The editions held, one ``id sha256`` a line: what `Store.append` keeps beside a reply."""
    held = documents.values() if isinstance(documents, Mapping) else documents
    return "\n".join(sorted(f"{document.id} {document.sha256[:_DIGITS]}" for document in held))


def changed(
    turn: Turn, documents: Mapping[str, Document], *, today: date, rules: Rulebook | None = None
) -> tuple[str, ...]:
    """The lines for a turn reopened on ``today``, over the documents held by then.

    A reply about the law of a former day is not outdated by the calendar, only by a changed text.
    """
    reply = turn.reply
    lines = [*_texts(turn, documents), *_words(reply, documents)]
    lines += [line for deadline in reply.deadlines for line in _sum(deadline, rules or rulebook())]
    if reply.as_of == reply.today:
        lines += [*_left_force(reply, documents, today), *_came_into_force(reply, documents, today)]
    lines += [line for deadline in reply.deadlines for line in _past(deadline, today)]
    return tuple(dict.fromkeys(lines))


def _rested(reply: Reply) -> list[str]:
    """The documents whose words the reply rests on, by id, in its order."""
    return list(dict.fromkeys(quote.document for quote in _quotes(reply)))


def _quotes(reply: Reply) -> list[Quote]:
    return list(dict.fromkeys(quote for claim in reply.claims for quote in claim.quotes))


def _texts(turn: Turn, documents: Mapping[str, Document]) -> Iterator[str]:
    """Texts that went, were altered, or have a newer edition than any held at the time."""
    then = dict(_pair(line) for line in turn.corpus.splitlines() if _is_pair(line))
    for id in _rested(turn.reply):
        document = documents.get(id)
        newer = sorted(other for other in documents.keys() - then.keys() - {id} if _same_text(other, id))
        if document is None:
            instead = f"; held now: {', '.join(newer)}" if newer else ""
            yield f"The text {id}, on which this answer rests, is no longer held{instead}."
            continue
        if id in then and then[id] != document.sha256[:_DIGITS]:
            yield f"{document.title} ({id}), on which this answer rests, was changed since."
        if then and newer:
            yield f"A newer edition of {document.title} is held since: {', '.join(newer)}."


def _words(reply: Reply, documents: Mapping[str, Document]) -> Iterator[str]:
    """Quotes that no longer stand where they stood, nor anywhere else in their text."""
    for quote in _quotes(reply):
        document = documents.get(quote.document)
        if document is None or document.text[quote.start : quote.end] == quote.text:
            continue
        if " ".join(quote.text.split()) not in " ".join(document.text.split()):
            words = " ".join(quote.text.split())
            shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rpartition(' ')[0]} …"
            yield f"The words “{shown}” ({quote.citation}) no longer stand in {document.title}."


def _sum(deadline: Deadline, rules: Rulebook) -> Iterator[str]:
    """A sum whose rule is another one now; a period that Customs set itself is no rule's."""
    if any(step.startswith(SET) for step in deadline.steps):
        return
    rule = rules.rules.get(deadline.rule)
    computed = f"The rule {deadline.rule}, by which {long_date(deadline.date)} was computed,"
    if rule is None:
        yield f"{computed} is no longer held."
        return
    now = (rule.period.iso, rule.bound, rule.end(deadline.trigger))
    if now != (deadline.period, deadline.bound, deadline.date):
        yield f"{computed} was changed since."


def _left_force(reply: Reply, documents: Mapping[str, Document], today: date) -> Iterator[str]:
    for quote in _quotes(reply):
        document = documents.get(quote.document)
        span = document.span_at(quote.start, quote.end) if document else None
        if span and reply.today in span and today not in span and span.end and span.end < today:
            yield f"{quote.citation}, as quoted here, was law through {long_date(span.end)} only."


def _came_into_force(reply: Reply, documents: Mapping[str, Document], today: date) -> Iterator[str]:
    """Text at a cited address that became law after the reply was given."""
    for citation in reply.citations:
        for document in documents.values():
            for provision in document.provisions:
                start = provision.in_force.start
                if provision.citation == citation and start and reply.today < start <= today:
                    yield f"{citation} has a text that became law on {long_date(start)}, after this answer."


def _past(deadline: Deadline, today: date) -> Iterator[str]:
    if deadline.status == "running" and deadline.date < today:
        days = (today - deadline.date).days
        yield (
            f"{deadline.verb} {long_date(deadline.date)}: that day has passed since,"
            f" {days:,} {'day' if days == 1 else 'days'} ago."
        )


def _same_text(one: str, other: str) -> bool:
    """Whether two document ids name editions of one text."""
    return one.partition("@")[0] == other.partition("@")[0]


def _is_pair(line: str) -> bool:
    return len(line.split()) == 2


def _pair(line: str) -> tuple[str, str]:
    id, _, digits = line.partition(" ")
    return id, digits
