"""Slips of the pen are mended; names, numbers, citations and abbreviations stay."""

from __future__ import annotations

import pytest

from assistant.reading.spelling import Spelling

SPELLING = Spelling(
    ["drawback", "records", "retention", "liquidation", "certificate", "importer", "claim"],
    known={"keep", "broker", "reform", "how", "long"},
    fixed={"u": "you", "r": "are", "clame": "claim", "l0ng": "long"},
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("how long do u keep drawbak recrods", "how long do you keep drawback records"),
        ("r u the importr", "are you the importer"),
        ("the clame", "the claim"),
        ("h0w L0NG in 2020, 163.4 or l0ng(a)", "h0w long in 2020, 163.4 or l0ng(a)"),
        ("liqudation of a cerificate", "liquidation of a certificate"),
        ("reforms", "reforms"),  # a form of a word that is known
        ("ask Recrods Inc", "ask Recrods Inc"),  # a name
        ("19 U.S.C. § 1508 and the U.S. importer", "19 U.S.C. § 1508 and the U.S. importer"),
        ("see u.s.c. 1508", "see u.s.c. 1508"),
        ("recrods2 §recrods recrods(c)", "recrods2 §recrods recrods(c)"),
        ("KEEP DRAWBAK RECRODS", "KEEP drawback records"),
        ("clam", "clam"),  # too short to be told from another word
        ("", ""),
    ],
)
def test_mended(written: str, read: str) -> None:
    assert SPELLING.mend(written) == read
