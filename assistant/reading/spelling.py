"""Slips of the pen: a word that nobody knows becomes the nearest word of the field.

Only a word that stands in no vocabulary is touched, only when a word of the field is a letter or
two away, and never a name, a number or a citation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from assistant.reading.remembered import remembered

_WORD = re.compile(r"(?<![\w.§$'’])[^\W\d_]+(?![\w§('’]|\.\w)")
#: A word in which figures stand for letters; only one that is listed is replaced.
_FIGURES = re.compile(r"(?<![\w.§$'’])(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]+(?![\w§('’]|\.\w)", re.IGNORECASE)
#: A shorter word is not corrected, and is no correction.
_SHORTEST = 5
#: From this length on two letters may be wrong, and a letter may stand for another: shorter words
#: that differ so are mostly different words.
_LONG = 8
#: A word that ends so may be a form of a word that is known.
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "est")


class Spelling:
    """Corrects words toward ``field``; those in ``known``, and those of the field, stay as they are."""

    def __init__(
        self, field: Iterable[str], known: Collection[str] = (), fixed: Mapping[str, str] | None = None
    ) -> None:
        self._field = {word for word in field if word.isalpha()}
        self._words = self._field | set(known)
        self._fixed = dict(fixed or {})
        self._near: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
        for word in sorted(self._field):
            if len(word) >= _SHORTEST:
                self._near[word[0], len(word)].append((word, _letters(word)))
        self._correct = remembered(self._nearest)

    def mend(self, text: str) -> str:
        """The text with its misspelt words corrected; everything else is as it was."""
        loud = text.isupper()

        def corrected(match: re.Match[str]) -> str:
            word = match.group()
            lower = word.lower()
            if lower in self._fixed:
                return self._fixed[lower]
            named = word[0].isupper() and match.start() > 0 and not loud
            if named or len(word) < _SHORTEST or self._is_word(lower):
                return word
            return self._correct(lower) or word

        text = _FIGURES.sub(lambda match: self._fixed.get(match.group().lower(), match.group()), text)
        return _WORD.sub(corrected, text)

    def _is_word(self, word: str) -> bool:
        if word in self._words:
            return True
        stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
        forms = [f"{stem}{end}" for stem in (word, *stems) for end in ("", "e", "s", "ed", "ing", "d")]
        return not self._words.isdisjoint(forms)

    def _nearest(self, word: str) -> str | None:
        allowed = 1 if len(word) < _LONG else 2
        letters = _letters(word)
        best: tuple[int, int, str] | None = None
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for candidate, mask in self._near.get((word[0], length), ()):
                if (letters ^ mask).bit_count() > 2 * allowed:
                    continue
                if allowed == 1 and len(candidate) == len(word) and letters != mask:
                    continue
                distance = _distance(word, candidate, allowed)
                found = (distance, abs(len(candidate) - len(word)), candidate)
                if distance <= allowed and (best is None or found < best):
                    best = found
        return best[2] if best else None


def _letters(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) % 64)
    return mask


def _distance(left: str, right: str, limit: int) -> int:
    """Letters to add, drop, change or swap with the next; anything above ``limit`` is cut short."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        before, above, row = row, before, [i]
        for j, other in enumerate(right, 1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and other == left[i - 2]:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
