"""The figures and the findings in the words of somebody who reads law and not programs."""

from __future__ import annotations

from evals.findings import Kind

#: What each figure is the share of; the milliseconds and the ranks are means.
FIGURES: dict[str, tuple[str, str]] = {
    "cases_right": ("Replies without a fault", "outcome, citations, statements, dates and amounts all right"),
    "answers_right": ("Answers without a fault", "the same, of the questions that can be answered"),
    "conversations_right": ("Conversations without a fault", "every reply of the conversation is right"),
    "wordings_agree": ("Wordings concluded alike", "groups of wordings of one question with one conclusion"),
    "wordings_right": ("Wordings all right", "groups of wordings of one question, every reply of them right"),
    "citation_recall": ("Authorities cited", "authorities that had to be cited, and were"),
    "citation_precision": ("Citations that are the authority", "the rest is support, and low by design"),
    "first_citation_right": ("First citation right", "answers whose first citation is the authority"),
    "recall_at_5": ("Authorities found by search", "among the first five passages for each question"),
    "must_say_met": ("Statements made", "statements that had to be made, and were"),
    "lead_right": ("Conclusions first", "answers that say in the first sentence what must come first"),
    "dates_exact": ("Dates exact to the day", "questions that end in a date"),
    "amounts_exact": ("Amounts exact to the cent", "questions that end in an amount"),
    "facts_asked_for": ("Missing facts asked for", "facts without which no answer is right"),
    "quotes_verbatim": ("Quotations verbatim", "words that stand in the text where they are cited to"),
    "editions_right": (
        "Quotations from the right edition",
        "law of the day asked about, or said to be former",
    ),
    "claims_cited": ("Statements with a citation", "of all statements in all replies"),
    "reasons_right": ("Refusals for the right reason", "of the refusals that are due for a certain reason"),
    "refusal_precision": ("Refusals that were due", "of the refusals given"),
    "refusal_recall": ("Refusals given where due", "of the questions that have to be refused"),
    "clarification_precision": ("Questions back that were due", "of the questions put back"),
    "clarification_recall": ("Questions back where due", "of the questions that lack a fact"),
    "answers_correct": ("Answers that are correct", "of the answers given, whatever they cite"),
    "answers_grounded": ("Answers that are grounded", "of the answers given, whatever they say"),
    "wrong_or_misgrounded": ("Wrong or misgrounded", "of all replies; the study's measure, lower is better"),
    "recall_1": ("Search: recall at 1", "authorities met by the first passage"),
    "recall_3": ("Search: recall at 3", "authorities met by the first three passages"),
    "recall_10": ("Search: recall at 10", "authorities met by the first ten passages"),
    "mrr_10": ("Search: mean reciprocal rank", "one over the place of the first authority, of ten"),
    "ndcg_10": ("Search: nDCG at 10", "authorities found, discounted by their place"),
    "median_ms": ("Median time", "milliseconds from question to reply, on the machine of this run"),
    "p95_ms": ("95 of 100 within", "milliseconds from question to reply, on the machine of this run"),
}

FINDINGS: dict[Kind, str] = {
    "error": "No reply: the program failed",
    "wrong_statement": "Says what is not so",
    "wrong_date": "Gives a wrong date",
    "wrong_amount": "Gives a wrong amount",
    "unverified_quote": "Quotes words that do not stand there",
    "uncited_claim": "Says something without a citation",
    "miscited": "Cites a place that it does not rest on",
    "unsupported": "Says a number that its authority does not have",
    "wrong_edition": "Cites law of another time as law of the day",
    "thrown_away": "Composed what grounding then threw away",
    "outcome": "Should have done something else",
    "reason": "Refuses for another reason",
    "not_asked_for": "Does not ask for a fact that decides",
    "not_cited": "Does not cite the authority",
    "not_said": "Does not say what it must",
    "not_first": "Does not say first what must come first",
    "no_date": "Gives no date",
    "no_amount": "Gives no amount",
}
