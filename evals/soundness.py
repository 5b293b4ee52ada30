"""Whether a reply stands on what it cites: checked against the documents, without any gold.

Written apart from the program's own grounding and sharing nothing with it, so that a fault there
does not hide itself here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from assistant.answering.reply import Claim, Quote, Reply
from assistant.law import Document, Provision
from assistant.law.english import MONTHS
from evals.cases import Case
from evals.findings import Finding

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_NUMBER_WORDS = {word: str(value) for value, word in enumerate(_WORDS)} | {
    "thirty": "30",
    "forty": "40",
    "sixty": "60",
    "ninety": "90",
    "hundred": "100",
}
_NUMBER = re.compile(rf"\b(?:\d+(?:,\d{{3}})*(?:\.\d+)?|{'|'.join(_NUMBER_WORDS)})\b", re.I)
#: Where a number is part of an address and not of what is said.
_ADDRESS = re.compile(
    r"(?:\d+ )?(?:U\.S\.C\.|CFR|§+|sections?|subsections?|paragraphs?|[Pp]arts?|Pub\. L\.|CBP Dec\.|T\.D\.)"
    r"(?: §+)?(?: Part)? ?[\d.\-–a-z]*\w(?:\([A-Za-z0-9]+\))*"
    r"|(?:\([A-Za-z0-9]{1,4}\))+"
)
#: How a sentence says of itself that it is about law of another time. A bare "until", "before" or "then"
#: is how the law of today speaks; with a day that has passed it tells of what ended then.
_OF_ANOTHER_TIME = re.compile(
    r"\b(?:former|formerly|superseded|repealed|(?:was|were) replaced|then in force)\b", re.I
)
_TO_A_DAY = re.compile(rf"\b(?:until|before|through) ({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})\b", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def quotes(reply: Reply, documents: Mapping[str, Document]) -> list[Finding]:
    """Every quote stands at its offsets, inside the provision it is cited to; every claim is cited."""
    found = [Finding("uncited_claim", claim.text) for claim in reply.claims if not claim.citations]
    for quote in (quote for claim in reply.claims for quote in claim.quotes):
        document = documents.get(quote.document)
        if document is None or document.text[quote.start : quote.end] != quote.text or not quote.text:
            found.append(Finding("unverified_quote", f"{quote.document} {quote.start}: {quote.text!r}"))
        elif not _around(quote, documents):
            found.append(Finding("unverified_quote", f"{quote.text!r} does not stand in {quote.citation}"))
    return found


def miscited(reply: Reply) -> list[Finding]:
    """A claim cites the places that its quotes stand at, or those of the sums it rests on."""
    sums = {c for deadline in reply.deadlines for c in deadline.citations}
    sums |= {c for amount in reply.amounts for c in amount.citations}
    return [
        Finding("miscited", f"{citation} has no quote and no sum behind it: {claim.text!r}")
        for claim in reply.claims
        for citation in claim.citations
        if citation not in {quote.citation for quote in claim.quotes} | sums
    ]


def unsupported(reply: Reply) -> list[Finding]:
    """Each number a claim says stands in its quotes, or in the steps of the sums it rests on.

    So do the days that are left until a date, which each sum has beside its steps.
    """
    steps = [step for deadline in reply.deadlines for step in deadline.steps]
    steps += [str(abs(deadline.days_left)) for deadline in reply.deadlines]
    steps += [step for amount in reply.amounts for step in amount.steps]
    found = []
    for claim in reply.claims:
        support = [quote.text for quote in claim.quotes]
        lacking = _numbers([claim.text]) - _numbers(support + (steps if claim.basis == "rule" else []))
        if lacking:
            found.append(Finding("unsupported", f"{', '.join(sorted(lacking))} in {claim.text!r}"))
        if unsaid := _numbers(_law_restated(claim)) - _numbers([claim.text]):
            found.append(
                Finding("unsupported", f"the words quoted have {', '.join(sorted(unsaid))}: {claim.text!r}")
            )
    return found


def _law_restated(claim: Claim) -> list[str]:
    """The words that a restatement of ours quotes, whose numbers it has one by one.

    It rests on itself too, so that a number which is no longer the law's would support itself.
    """
    quoted = [quote.text for quote in claim.quotes]
    restates = any(claim.text.endswith(text) for text in quoted)
    return [text for text in quoted if text not in claim.text] if restates else []


def editions(case: Case, reply: Reply, documents: Mapping[str, Document]) -> list[Finding]:
    """What is quoted was law on the day asked about, or in a year asked about, or is said to be former."""
    return [
        Finding(
            "wrong_edition", f"{quote.citation} of {quote.document} on {case.asked_on[0]}: {claim.text!r}"
        )
        for claim in reply.claims
        for quote in claim.quotes
        if not in_time(case, claim, quote, documents)
    ]


def in_time(case: Case, claim: Claim, quote: Quote, documents: Mapping[str, Document]) -> bool:
    """Whether the edition that is quoted is one that may be quoted on the day the case is asked on."""
    around = _around(quote, documents)
    days = [case.asked_on[0]]
    said = " ".join([case.question, *(turn.content for turn in case.history)])
    days += [date(int(year), month, 1) for year in _YEAR.findall(said) for month in (1, 12)]
    return (
        not around  # a quote that stands nowhere is another fault
        or any(day in provision.in_force for provision in around for day in days)
        or _of_another_time(claim.text, case.asked_on[0])
    )


def _of_another_time(said: str, day: date) -> bool:
    """Whether a sentence says that what it tells is not the law of the day."""
    today = (day.year, day.month, day.day)
    return bool(_OF_ANOTHER_TIME.search(said)) or any(
        (int(year), MONTHS.index(month.capitalize()) + 1, int(of_month)) <= today
        for month, of_month, year in _TO_A_DAY.findall(said)
    )


def _around(quote: Quote, documents: Mapping[str, Document]) -> list[Provision]:
    """The provisions at the quote's address that hold its words."""
    document = documents.get(quote.document)
    return [
        provision
        for provision in (document.provisions if document else ())
        if provision.citation == quote.citation
        and provision.start <= quote.start
        and quote.end <= provision.end
    ]


def _numbers(texts: Iterable[str]) -> set[str]:
    found = (match.group().lower() for text in texts for match in _NUMBER.finditer(_ADDRESS.sub(" ", text)))
    return {_NUMBER_WORDS.get(word, word.replace(",", "").removesuffix(".00")) for word in found}
