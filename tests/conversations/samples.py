"""Replies to keep. Loads nothing else, so that a process that only writes starts at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.answering.reply import Claim, Quote, Reply
from assistant.law import Citation

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def a_reply(
    question: str = "How long must packing lists be kept?", text: str = "They are kept 60 days."
) -> Reply:
    citation = Citation.parse("19 CFR 163.4(b)(2)")
    quote = Quote(citation, "cfr-19-163@2025", "60 calendar days", 10, 26)
    return Reply(
        question, TODAY, TODAY, "answer", text, claims=(Claim(text, "quote", (citation,), (quote,)),)
    )
