"""Reading the labelled sentences, and making claims of them over the real corpus."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answering.reply import Claim, Quote
from assistant.errors import UsageError
from assistant.law import Citation, Document
from assistant.law.quoting import find_quote

_HERE = Path(__file__).parent
_LATER = tuple("fourth fifth sixth seventh eighth ninth tenth eleventh".split())
SENTENCES = tuple(_HERE / f"{name}.toml" for name in ("sentences", "second_author", *_LATER))
#: The parts of the set; `sentences.toml` is two halves, by number.
PARTS = ("developed", "measured", "second author", *_LATER)
_TODAY = date(2026, 11, 22)
_KEYS = frozenset({"number", "passages", "words", "computed", "day", "right", "freer", "wrong"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence with its support; ``fault`` is the kind of its fault, empty when it is right.

    ``freer``: it is right, but in words or an order of its own, which the drafting prompt asks a model not
    to use.
    """

    support: int
    claim: Claim
    day: date
    computed: tuple[str, ...]
    fault: str
    part: str
    freer: bool = False


def read_sentences(
    documents: Mapping[str, Document], paths: tuple[Path, ...] = SENTENCES
) -> tuple[Labelled, ...]:
    """Every labelled sentence; `UsageError` when a support does not stand in the corpus."""
    passages = {
        provision.statement.id: Quote(
            provision.citation,
            document.id,
            document.text[provision.start : provision.end],
            provision.start,
            provision.end,
        )
        for document in documents.values()
        for provision in document.provisions
        if provision.statement
    }
    found = []
    for path in paths:
        for entry in tomllib.loads(path.read_text("utf-8"))["support"]:
            unknown = entry.keys() - _KEYS
            if unknown:
                raise UsageError(
                    f"{path.name}: support {entry.get('number')} has unknown keys: {sorted(unknown)}"
                )
            found += _labelled(entry, _part(path, entry["number"]), passages, documents)
    return tuple(found)


def _part(path: Path, number: int) -> str:
    if path.stem != "sentences":
        return path.stem.replace("_", " ")
    return "measured" if number % 2 else "developed"


def _labelled(
    entry: dict[str, Any], part: str, passages: Mapping[str, Quote], documents: Mapping[str, Document]
) -> list[Labelled]:
    missing = [key for key in entry.get("passages", ()) if key not in passages]
    if missing:
        raise UsageError(f"support {entry['number']}: the corpus has no passage {missing[0]!r}")
    quotes = [passages[key] for key in entry.get("passages", ())]
    for citation, words in entry.get("words", ()):
        address = Citation.parse(citation)
        place = find_quote(documents.values(), words, address)
        if place is None:
            raise UsageError(f"support {entry['number']}: {words[:40]!r} does not stand in {citation}")
        document, start, end = place
        quotes.append(Quote(address, document.id, document.text[start:end], start, end))
    citations = tuple(dict.fromkeys(quote.citation for quote in quotes))
    day, computed = entry.get("day", _TODAY), tuple(entry.get("computed", ()))
    sentences = [(text, "", False) for text in entry.get("right", ())]
    sentences += [(text, "", True) for text in entry.get("freer", ())]
    sentences += [(text, fault, False) for fault, text in entry.get("wrong", ())]
    return [
        Labelled(
            entry["number"], Claim(text, "quote", citations, tuple(quotes)), day, computed, fault, part, freer
        )
        for text, fault, freer in sentences
    ]
