"""What may be said to the engine: records, agreements, events and facts, and which belong together.

Raises `UsageError` for the contract's list of bad usage, naming what is allowed instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from assistant.errors import UsageError
from assistant.retention.rules import rulebook
from assistant.retention.schema import Rulebook
from assistant.retention.values import Facts

#: Facts other than events that the contract knows, whatever command takes them.
FACTS = (
    "record",
    "agreement",
    "country",
    "admitted_free",
    "year",
    "appraised_value",
    "culpability",
    "question",
)
_VALUES = {"admitted_free": ("yes", "no")}


def check(
    record: str,
    agreement: str | None = None,
    events: Mapping[str, date] | None = None,
    facts: Mapping[str, str] | None = None,
) -> Facts:
    """The facts, checked; ``agreement`` may carry a country (``cafta-dr:costa-rica``).

    Raises `UsageError` for an unknown record, agreement, country, event or fact, for one that does
    not belong to the record, and for a missing agreement.
    """
    book = rulebook()
    events, facts = dict(events or {}), dict(facts or {})
    if not record:
        raise UsageError(f"the record is empty; {_one_of('records', book.records)}")
    if record not in book.records:
        raise UsageError(
            f"there is no record {record!r}{near(record, book.records)}; {_one_of('records', book.records)}"
        )
    name, country = _agreement(book, record, agreement)
    country = _country(book, name, country, facts.pop("country", None))
    _facts(book, record, facts)
    _events(book, record, name, events)
    return Facts(record=record, agreement=name, country=country, events=events, facts=facts)


def asked_facts() -> tuple[str, ...]:
    """The facts besides record, agreement and events that a rule may ask for."""
    named = (fact for record in rulebook().records.values() for fact in record.facts)
    return tuple(dict.fromkeys(("country", *named)))


def _agreement(book: Rulebook, record: str, agreement: str | None) -> tuple[str | None, str | None]:
    if not book.records[record].takes_agreement:
        if agreement:
            takers = [r.id for r in book.records.values() if r.takes_agreement]
            raise UsageError(f"the record {record!r} takes no agreement; those that do: {', '.join(takers)}")
        return None, None
    if not agreement:
        raise UsageError(
            f"the record {record!r} needs an agreement; {_one_of('agreements', book.agreements)}"
        )
    name, _, country = agreement.partition(":")
    if name not in book.agreements:
        raise UsageError(
            f"there is no agreement {name!r}{near(name, book.agreements)};"
            f" {_one_of('agreements', book.agreements)}"
        )
    if ":" in agreement and not country:
        raise UsageError(f"the agreement {agreement!r} names no country after the colon")
    return name, country or None


def _country(book: Rulebook, agreement: str | None, country: str | None, fact: str | None) -> str | None:
    if country and fact and country != fact:
        raise UsageError(f"two countries are named, {country!r} and {fact!r}; name one")
    country = country or fact
    if country is None:
        return None
    countries = book.agreements[agreement].countries if agreement else {}
    if not countries:
        takers = [a.id for a in book.agreements.values() if a.countries]
        raise UsageError(
            f"a country belongs to the agreement {', '.join(takers)} only, and {country!r} is named"
        )
    if country not in countries:
        raise UsageError(
            f"the agreement {agreement!r} has no country {country!r}{near(country, countries)};"
            f" {_one_of('countries', countries)}"
        )
    return country


def _events(book: Rulebook, record: str, agreement: str | None, events: Mapping[str, date]) -> None:
    allowed = book.events_of(record, agreement)
    under = f" under {agreement!r}" if agreement else ""
    for event in events:
        if event not in book.events:
            raise UsageError(
                f"there is no event {event!r}{near(event, book.events)};"
                f" the events of {record!r}{under}: {', '.join(allowed)}"
            )
        if event not in allowed:
            raise UsageError(
                f"the event {event!r} does not belong to {record!r}{under};"
                f" those that do: {', '.join(allowed)}"
            )


def _facts(book: Rulebook, record: str, facts: Mapping[str, str]) -> None:
    allowed = [*book.records[record].facts, *(["country"] if book.records[record].takes_agreement else [])]
    for fact, value in facts.items():
        if fact not in allowed:
            takes = f"those that do: {', '.join(allowed)}" if allowed else "it takes none"
            hint = "; events go as events" if fact in book.events else ""
            raise UsageError(f"the fact {fact!r} does not belong to {record!r}; {takes}{hint}")
        if fact in _VALUES and value not in _VALUES[fact]:
            raise UsageError(f"the fact {fact!r} is {' or '.join(_VALUES[fact])}, not {value!r}")


def near(word: str, words: Iterable[str]) -> str:
    """``(did you mean 'entry'?)`` for a word close to one that exists, capitals aside; else nothing."""
    import difflib  # only for the words of an error

    known = {_bare(name): name for name in words}
    found = difflib.get_close_matches(_bare(word), known, n=1)
    return f" (did you mean {known[found[0]]!r}?)" if found else ""


def _bare(word: str) -> str:
    return word.lower().replace(" ", "_").replace("-", "_")


def _one_of(what: str, names: Iterable[str]) -> str:
    return f"the {what}: {', '.join(names)}"
