"""From a person's message to the facts a date or a maximum is computed from, with what was read shown back.

Nothing is computed here and nothing is guessed: a date without its event, a month instead of a day, or a
certificate without its agreement becomes a question. The way of a message: `message` writes out what it
corrects and blanks what it denies, `reading` tells whether a date is asked for, `duties` which records it
is about, `events` which event each date belongs to, `record` puts them together, and `told` makes the facts.
"""

from assistant.answering.facts.message import message_of, own_dates, settled_message
from assistant.answering.facts.penalty import PenaltyFacts, more_penalty, read_penalty
from assistant.answering.facts.reading import read_facts
from assistant.answering.facts.told import ReadFacts, Told, facts_of

__all__ = [
    "PenaltyFacts",
    "ReadFacts",
    "Told",
    "facts_of",
    "message_of",
    "more_penalty",
    "own_dates",
    "read_facts",
    "read_penalty",
    "settled_message",
]
