"""The evals, tested: the program is spoilt in one way at a time, and each time the gate must be red.

`edits` has the means by which files are changed, `spoil` what a sabotage is, `workshop` puts one
into a copy of the real parts, `judging` asks the gate. The sabotages themselves are in `law` (texts
and rules), `search` and `answers`; `evals.sabotage` runs them.
"""

from evals.sabotages.answers import ANSWERS
from evals.sabotages.law import LAW
from evals.sabotages.search import SEARCH
from evals.sabotages.spoil import Sabotage

__all__ = ["SABOTAGES", "Sabotage"]

#: In the order in which they are run and shown.
SABOTAGES: tuple[Sabotage, ...] = (*LAW, *SEARCH, *ANSWERS)
