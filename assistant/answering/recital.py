"""A question that names a place of the law and nothing else: "what does 163.4(b)(2) say?"

Nearness in meaning has nothing to go by there; what is wanted is what stands at that place, the rule
itself before what is remarked on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.evidence import CORRECTS, Scored
from assistant.answering.question import BARE, Question, without_citations
from assistant.law import Citation
from assistant.reading.language import plain

#: Words of a question that ask what a text says, and name nothing that it says.
_ASKS = frozenset(
    "what whats which does do did is are was were say says said saying state states stated read reads"
    " mean means meant provide provides cover covers require requires about contain contains contents"
    " regulate regulates in on of under at to for from by the a an and or section sec subsection subsec"
    " paragraph para part title code us cfr usc reg regs regulation statute act rule law provision text"
    " wording tell language me we i you have explain show quote recite cite give summarize summarise"
    " summary describe please can could would need want know look up see exactly precisely actually"
    " currently current now today as s it its that this there has get pull go over verbatim full plain"
    " english terms hi hello thanks".split()
)
#: A remark on a place: what it used to say, what it does not.
_REMARKS = re.compile(
    r"\bformer\b|\btexts held\b|\bgives? no rule\b|\bdo(?:es)? not (?:name|say|define|set)\b"
)


def recites(question: Question) -> bool:
    """Whether a question asks for the words at a place of the law, and for nothing in particular there."""
    words = re.findall(r"[a-z]+", without_citations(BARE.sub(" ", plain(question.text))))
    return bool(question.citations) and _ASKS.issuperset(words)


def recited(question: Question, scored: Sequence[Scored]) -> list[Scored]:
    """The statements of what stands at the places named, and below them, in the order of the law.

    Remarks (corrections, inferences, what it used to say) come after the rules. Empty where nothing is
    held of the places. The scores fall evenly, since all of them answer.
    """
    told: list[Scored] = []
    for place in question.citations:
        found = [s for s in scored if place.contains(s.ranked.passage.citation) and s not in told]
        told += sorted(found, key=lambda item: _rank(item, place))
    top = max((item.score for item in scored), default=0.0)
    return [replace(item, score=top - number / 1_000) for number, item in enumerate(told)]


def nowhere(question: Question, scored: Sequence[Scored]) -> bool:
    """Whether of the sections of the places named nothing is held: there is no "19 CFR 163.99"."""
    sections = {(place.kind, place.title, place.section) for place in question.citations}
    held = (item.ranked.passage.citation for item in scored)
    return sections.isdisjoint((place.kind, place.title, place.section) for place in held)


def _rank(item: Scored, place: Citation) -> tuple[bool, bool, bool, str, int]:
    """Rules before remarks; of a whole section what it is, its paragraphs, then what is said of it all;
    of one place what holds for several agreements first."""
    statement, passage = item.statement, item.ranked.passage
    remark = (
        passage.tier == "commentary"
        or statement.sure in ("unverified", "inference")
        or statement.facets[:1] == ("change",)
        or "history" in statement.about
        or passage.text.startswith(CORRECTS)
        or bool(_REMARKS.search(passage.text))
    )
    here = passage.citation == place
    of_all = here and not place.path and statement.facets[:1] != ("define",)
    of_one = here and len(statement.agreements) == 1
    return remark, of_all, of_one, passage.document, passage.start
