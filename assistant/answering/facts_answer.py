"""The answer to a question that was put back: read as part of the message it completes.

"March 4, 2024" says nothing alone; after "On what day was the claim liquidated?" it is a date with
its event. The answer is put into a sentence of its own behind the message, and both are read anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.facts_words import read_words
from assistant.reading.language import plain

_YES = re.compile(r"\W*(?:yes|yep|yeah|y|correct|right|it was|they were|admitted free|free)\b")
_NO = re.compile(r"\W*(?:no|nope|n|not|it wasn't|it was not|they weren't|they were not|dutiable)\b")


def with_answer(text: str, asked: Sequence[str], reply: str) -> str:
    """The message with the reply to what was asked (`Missing.fact` names) told as a sentence.

    A reply that tells its own event ("it liquidated on …"), or that answers one of several facts
    asked for, is added as it is: its words say where it belongs.
    """
    words = read_words()
    plainly = plain(reply).strip()
    told = {found.name for found in words.event_phrases.find(plainly)}
    events = [fact for fact in asked if fact in words.events]
    if events and told & words.events.keys():
        return f"{text}\n{reply}"
    facts = [fact for fact in asked if fact in words.answers or fact in words.events]
    if not facts:
        return f"{text}\n{reply}"
    fact = facts[0]
    if fact == "admitted_free" and (_YES.match(plainly) or _NO.match(plainly)):
        return f"{text}\n{words.answers['admitted_free_no' if _NO.match(plainly) else 'admitted_free']}"
    if fact in words.events:
        return f"{text}\n{words.events[fact].words}: {reply}"
    return f"{text}\n{words.answers[fact].format(reply=reply)}"
