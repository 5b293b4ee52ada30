"""The field's English: which words say the same thing, and which say nothing that needs support.

A *concept* is a set of words that may stand for one another in a sentence about records; what is
not listed is its own concept, by its stem. These are facts about English and no law: two words
share a line only where swapping them never changes who must do what, from when, or for how long.
"issued", "signed" and "completed" are therefore three concepts, and so are "import" and "importer".
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.answering.grounding.vocabulary import GROUPS, PHRASES

#: What a word may also be borne out by: the support's word is narrower, or says it from the other side.
ALSO = {
    "disclose": ("notice", "explain", "show"),
    "notice": ("disclose",),
    "reach": ("receive",),
    "pay": ("bear",),
    "provide": ("produce", "render", "disclose"),
    "produce": ("provide",),
    "govern": ("control",),
    "control": ("govern",),
    "preclude": ("limit",),
    "limit": ("preclude",),
    "show": ("explain",),
    "ask": ("demand", "request"),
    "available": ("render", "produce", "provide"),
    "finish": ("complete",),
    "complete": ("~accomplish",),
    "~another": ("~different", "differ"),
    "penalty": ("general-penalty",),
    "document": ("record",),
    "begin": ("~initiat",),
    "request": ("~appl",),
}

#: Neutral verbs whose denial matters all the same, each with its forms.
DENIABLE = {
    form: forms.split()[0]
    for forms in (
        "say says said",
        "apply applies applied",
        "count counts counted",
        "extend extends extended",
        "cover covers covered",
        "mean means",
        "require requires required",
        "run runs",
        "start starts started",
        "use uses used",
        "rule rules",
        "due",
        "subsection subsections",
        "exist exists",
    )
    for form in forms.split()
}

ACTORS = frozenset(
    "importer exporter maker owner buyer consignee broker carrier secretary agent filer proprietor operator"
    " cbp court officer director witness auditor claimant commissioner".split()
)
AGREEMENTS = frozenset("usmca nafta chile cafta peru korea colombia panama canada mexico".split())
COUNTRIES = AGREEMENTS | frozenset("singapore australia morocco bahrain oman jordan israel".split())
COMPARE = frozenset("higher lesser later earlier longer shorter".split())
PERSONS = ("person", "party", "parties", "persons", "anyone", "whoever", "everyone")
#: Words of the law's own voice: in a support without any modal verb they state a duty.
DUTIES = frozenset(
    "keep provide produce render file sign send notice disclose oblige prescribe complete approve"
    " explain".split()
)
CULPABILITY = frozenset("willful negligent knowing intentional".split())
EVENTS = frozenset(
    "entry import export liquidate pay file issue sign complete receive revoke remove admit withdraw"
    " redeliver release implement create activity send conference own-date reliquidate deny serve destroy"
    " mail expire".split()
)
NEGATORS = frozenset(
    "not no never neither nor nobody none nothing fail fails failed failing failure failures without"
    " cannot".split()
)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in re.sub(r"\n ", " ", GROUPS).splitlines():
        concept, _, forms = line.partition(":")
        table[concept] = concept
        table.update(dict.fromkeys(forms.split(), concept))
    table.update({value: value for value in PHRASES.values() if " " not in value and value not in table})
    return table


def known(word: str) -> bool:
    """Whether a group names the word."""
    return word in _table()


_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ies",
    "ed",
    "es",
    "al",
    "ly",
    "s",
    "e",
    "y",
)


@lru_cache(maxsize=8_192)
def concept(word: str) -> str:
    """The concept that a lower-case word stands for, or its stem in ``~`` when it is in no group."""
    table = _table()
    word = word.removesuffix("'s").removesuffix("'")
    if word in table:
        return table[word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return f"~{word[: -len(ending)]}"
    return f"~{word}"
