"""Questions to begin with, wherever a face offers some; the tests put every one of them to the assistant."""

from __future__ import annotations

#: One of each of the commonest kinds.
FIRST = (
    "How long must we keep records for a drawback claim, and what starts the clock?",
    "KORUS certificate of origin issued March 15, 2024: until when do we keep the records?",
    "What is the most we could be fined for not producing entry records CBP demanded?",
    "Is it true that every import record must be kept for seven years?",
)
#: Further kinds.
MORE = (
    "Who has to keep customs records?",
    "What is the (a)(1)(A) list?",
    "What changed in § 1508 when the USMCA replaced NAFTA?",
    "What does the Recordkeeping Compliance Program ask of us, and what does it not do?",
    "CBP demanded entry records on October 5, 2026. By when must we produce them?",
    "May we keep our records as scans instead of on paper?",
)
