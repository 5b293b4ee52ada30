"""What a sabotage is: a name, what it spoils, by which means, and which cases are put to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from assistant.answering.chain import Answering
from assistant.retention.amounts import Penalties
from assistant.retention.schema import Rulebook
from assistant.search.searcher import Legs
from evals.cases import Case, Conversation, Kind

Asked: TypeAlias = tuple[Case | Conversation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sabotage:
    """One way of spoiling the program; what is left out stays as it is.

    ``kinds`` are put whole, beside the sample of all kinds that every sabotage gets. ``corpus``
    edits a copy of the corpus's files, whose checksums are then renewed; ``book`` and ``amounts``
    change the rules once they are read; ``make`` joins other parts than the real ones; ``asked``
    changes what is asked.
    """

    name: str
    says: str
    kinds: tuple[Kind, ...] = ()
    corpus: Callable[[Path], None] | None = None
    book: Callable[[Rulebook], Rulebook] | None = None
    amounts: Callable[[Penalties], Penalties] | None = None
    legs: Legs | None = None
    make: Callable[..., Answering] = Answering
    asked: Callable[[Asked], Asked] | None = None
