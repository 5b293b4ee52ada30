"""The English of dates and numbers, in one place: what is written and what is read agree."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
#: ``zero`` to ``ninety-nine``, the whole tens before what is made of them.
NUMBERS = {word: number for number, word in enumerate(_UNITS)}
NUMBERS |= {ten: 10 * number for number, ten in enumerate(_TENS, 2)}
NUMBERS |= {f"{ten}-{one}": NUMBERS[ten] + NUMBERS[one] for ten in _TENS for one in _UNITS[1:10]}


def long_date(day: date) -> str:
    """``March 1, 2027``: a date nobody can misread, in English whatever the process's locale is."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def ordinal(number: int) -> str:
    """``3rd``, ``5th``."""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
