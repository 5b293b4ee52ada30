"""Follow-ups: what a message takes from the turns before it.

"And for Chile?" and "It was liquidated on March 3" are read with the question they follow; a
message that can stand alone takes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.facts import ReadFacts
from assistant.answering.question import Question
from assistant.reading.language import plain

#: How many turns back a follow-up may reach.
_REACH = 4
_LEANS = re.compile(
    r"^\W*(?:and|what about|how about|what if|but|then|so|or|for|under|in that case|same|also|it|they|that|"
    r"those|these|he|she|who says|says who|why|which one|where does it|the \w+\??$)\b"
)
_REFERS = re.compile(r"\b(?:it|its|they|them|their|that|those|these|this|one|ones|same)\b")


def leans(text: str, question: Question) -> bool:
    """Whether a message needs the turns before it: it opens like one, or says too little alone."""
    words = plain(text)
    count = len(re.findall(r"\w+", words))
    subject = question.abouts or question.agreements or question.citations or question.unheld
    if _LEANS.search(words) and count <= 25:
        return True
    if count <= 8 and not (subject and question.facets):
        return True
    return count <= 20 and not subject and bool(_REFERS.search(words))


def earlier(history: Sequence[tuple[str, str]]) -> list[str]:
    """The person's own turns, oldest first, as far back as a follow-up may reach."""
    return [content for role, content in history if role == "user" and content.strip()][-_REACH:]


def carry(current: Question, before: Question, text: str) -> Question:
    """The current question with what it does not say itself taken from the one before.

    ``text`` is the two told as one message.
    """
    agreements = current.agreements or current.unheld
    topic = bool(current.facets.keys() - {"define", "who", "scope"})
    return replace(
        current,
        text=text,
        agreements=current.agreements if agreements else before.agreements,
        unheld=current.unheld if agreements else before.unheld,
        named=current.named if agreements else before.named,
        countries=current.countries or before.countries,
        abouts=current.abouts or before.abouts,
        roles=current.roles or before.roles,
        facets=current.facets if topic else {**before.facets, **current.facets},
        citations=current.citations or before.citations,
        expansion=f"{current.expansion} {before.expansion}".strip(),
        day=current.day if current.day_read or not before.day_read else before.day,
        day_read=current.day_read or before.day_read,
    )


def merge(read: Sequence[ReadFacts]) -> tuple[ReadFacts, ...]:
    """Facts of one record told over several turns: what was said last holds."""
    merged: dict[tuple[str, str | None] | None, ReadFacts] = {}
    for one in read:
        key = (one.facts.record, one.facts.agreement) if one.facts else None
        seen = merged.get(key)
        if seen is None or seen.facts is None or one.facts is None:
            merged[key] = one
            continue
        facts = replace(
            one.facts,
            country=one.facts.country or seen.facts.country,
            events={**seen.facts.events, **one.facts.events},
            facts={**seen.facts.facts, **one.facts.facts},
        )
        merged[key] = replace(one, facts=facts)
    return tuple(merged.values())
