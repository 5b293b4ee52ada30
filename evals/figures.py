"""From results to figures: rates with their intervals, counts of what must not happen, the matrix."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import get_args

from evals.cases import Agreement, Case, Split
from evals.findings import FORBIDDEN, Kind
from evals.intervals import Mean, Rate, p95
from evals.retrieval import MEASURES, retrieval
from evals.run import Result
from evals.scorers import met
from evals.study import correctness, groundedness
from evals.wordings import all_right, groups, one_conclusion

AGREEMENTS: tuple[str, ...] = get_args(Agreement)
SPLITS: tuple[Split, ...] = get_args(Split)

_DATES: tuple[Kind, ...] = ("no_date", "wrong_date")
_AMOUNTS: tuple[Kind, ...] = ("no_amount", "wrong_amount")


def rates(results: Sequence[Result]) -> dict[str, Rate]:
    """Every share by name. What a case has several of (gold citations, patterns, facts) counts singly."""
    answers = [result for result in results if result.case.expected == "answer"]
    wordings = groups(results)
    return {
        "cases_right": Rate(sum(r.right for r in results), len(results)),
        "answers_right": Rate(sum(r.right for r in answers), len(answers)),
        "conversations_right": _conversations(results),
        "wordings_agree": Rate(sum(map(one_conclusion, wordings.values())), len(wordings)),
        "wordings_right": Rate(sum(map(all_right, wordings.values())), len(wordings)),
        **_citations(results),
        "recall_at_5": Rate(sum(sum(r.retrieved) for r in results), sum(len(r.retrieved) for r in results)),
        "must_say_met": _parts(results, lambda case: len(case.must_say), "not_said"),
        "lead_right": _cases(results, lambda case: bool(case.lead), "not_first"),
        "dates_exact": _cases(results, lambda case: bool(case.keep_through or case.due_by), *_DATES),
        "amounts_exact": _cases(results, lambda case: case.amount is not None, *_AMOUNTS),
        "facts_asked_for": _parts(results, lambda case: len(case.missing), "not_asked_for"),
        **_grounds(results),
        "reasons_right": _cases(results, lambda case: bool(case.accepted_reasons), "outcome", "reason"),
        **_outcomes(results),
        **_study(results),
    }


def _conversations(results: Iterable[Result]) -> Rate:
    """Conversations in which every reply is right."""
    right: dict[str, bool] = {}
    for result in results:
        if result.conversation:
            right[result.conversation] = right.get(result.conversation, True) and result.right
    return Rate(sum(right.values()), len(right))


def _citations(results: Sequence[Result]) -> dict[str, Rate]:
    """Gold that is cited; of what answers cite, what is gold; the first citation alone.

    What supports a conclusion is cited too and is seldom gold: precision is low by design.
    """
    fitting = [
        [met((place for unit in r.case.gold for place in unit), [citation]) for citation in r.reply.citations]
        for r in results
        if r.reply and r.reply.outcome == "answer" and r.case.gold
    ]
    return {
        "citation_recall": _parts(results, lambda case: len(case.gold), "not_cited"),
        "citation_precision": Rate(sum(map(sum, fitting)), sum(map(len, fitting))),
        "first_citation_right": Rate(sum(fits[:1] == [True] for fits in fitting), len(fitting)),
    }


def _grounds(results: Sequence[Result]) -> dict[str, Rate]:
    """Of quotes those that verify and those of the right edition; of claims those that are cited."""
    claims = [claim for r in results if r.reply for claim in r.reply.claims]
    quotes = sum(len(claim.quotes) for claim in claims)
    counts = forbidden(results)
    return {
        "quotes_verbatim": Rate(quotes - counts["unverified_quote"], quotes),
        "editions_right": Rate(quotes - counts["wrong_edition"], quotes),
        "claims_cited": Rate(sum(bool(claim.citations) for claim in claims), len(claims)),
    }


def _outcomes(results: Sequence[Result]) -> dict[str, Rate]:
    """Of the refusals given, those that were fair; of those due, those met. Clarifications alike."""
    found: dict[str, Rate] = {}
    for outcome in ("refusal", "clarification"):
        given = [r for r in results if r.reply and r.reply.outcome == outcome]
        due = [r for r in results if r.case.expected == outcome]
        fair = sum(outcome in r.case.accepted for r in given)
        kept = sum(r.reply is not None and r.reply.outcome in r.case.accepted for r in due)
        found |= {f"{outcome}_precision": Rate(fair, len(given)), f"{outcome}_recall": Rate(kept, len(due))}
    return found


def _study(results: Sequence[Result]) -> dict[str, Rate]:
    """Of the answers given those correct and those grounded; of all replies those wrong or misgrounded."""
    answers = [r for r in results if correctness(r) != "refused"]
    bad = sum(correctness(r) == "incorrect" or groundedness(r) == "misgrounded" for r in results)
    return {
        "answers_correct": Rate(sum(correctness(r) == "correct" for r in answers), len(answers)),
        "answers_grounded": Rate(sum(groundedness(r) == "grounded" for r in answers), len(answers)),
        "wrong_or_misgrounded": Rate(bad, len(results)),
    }


def _cases(results: Iterable[Result], applies: Callable[[Case], bool], *faults: Kind) -> Rate:
    """Of the cases to which it applies, those without such a fault."""
    them = [result for result in results if applies(result.case)]
    return Rate(sum(not result.has("error", *faults) for result in them), len(them))


def _parts(results: Iterable[Result], size: Callable[[Case], int], fault: Kind) -> Rate:
    """Of the parts of all cases, those without such a fault; a case that errored has none."""
    sizes = [(result, size(result.case)) for result in results]
    hits = sum(parts - len(result.has(fault)) for result, parts in sizes if result.reply)
    return Rate(hits, sum(parts for _, parts in sizes))


def means(results: Sequence[Result]) -> dict[str, Mean]:
    """Search by rank; and milliseconds from question to Reply, of what did not error."""
    times = tuple(result.milliseconds for result in results if result.reply)
    values = retrieval(results)
    return {
        **{name: Mean(values[name]) for name in MEASURES},
        "median_ms": Mean(times, statistics.median),
        "p95_ms": Mean(times, p95),
    }


def forbidden(results: Iterable[Result]) -> dict[Kind, int]:
    """How often there was what must never be, by kind."""
    counts = Counter(finding.kind for result in results for finding in result.findings)
    return {kind: counts[kind] for kind in FORBIDDEN}


def kinds(results: Iterable[Result]) -> dict[str, Rate]:
    """Cases right, by kind of question."""
    return dict(sorted(_right((result.case.kind, result) for result in results).items()))


def splits(results: Iterable[Result]) -> dict[str, Rate]:
    """Cases right, by split; a case may be in several, and most are in none."""
    found = _right((split, result) for result in results for split in result.case.splits)
    return {split: found[split] for split in SPLITS if split in found}


def _right(named: Iterable[tuple[str, Result]]) -> dict[str, Rate]:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name, result in named:
        total[name] += 1
        right[name] += result.right
    return {name: Rate(right[name], total[name]) for name in total}


def confusion(results: Iterable[Result]) -> dict[str, Counter[str]]:
    """By the agreement asked about, how many replies cite a provision of which agreement.

    A reply may cite several, and then counts in each; one that cites none counts under ``none``.
    """
    matrix: dict[str, Counter[str]] = {name: Counter() for name in AGREEMENTS}
    for result in results:
        if result.case.agreement:
            matrix[result.case.agreement].update(result.agreements or ("none",))
    return matrix


def confused(matrix: Mapping[str, Counter[str]]) -> int:
    """How many citations of an agreement that was not asked about."""
    return sum(
        count for asked, row in matrix.items() for cited, count in row.items() if cited not in (asked, "none")
    )
