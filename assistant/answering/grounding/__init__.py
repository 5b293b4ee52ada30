"""Grounding: every claim is checked against what it rests on before anybody sees it.

`Ground.check` is for the claims we compose: quotes verbatim at their offsets, citations held and in
force, every measure, date and agreement in the quotes or in the computed steps.

`Ground.check_draft` is for a sentence that a language model wrote. Besides all of that:

* **form** (`form`): one plain sentence, no link, markup, mention, hidden character or word to the reader;
* **entailment** (`entailment`), without a model: the sentence must follow the words of one clause of one
  passage. Both are read into tokens by one reader (`tokens`, `values`, `inflection`), with phrases that mean
  the same put into one form (`equivalences`). Then every token of the sentence must meet its equal in the
  clause, in order (`alignment`); the phrases about a clause may stand elsewhere (`frames`), active may be
  passive (`rewrites`), and what a closed list lets go may be left out (`clauses`, `coordination`), but no
  clause that binds what was said (`derivation`). Anything else is refused: a word added, dropped, exchanged
  or moved to another clause needs no check of its own.

A sentence is thrown away when any check finds a fault: the deterministic answer stands behind it. Sound
paraphrases are thrown away too; decision 8 says which, and `evals/grounding/` measures how many.
"""

from assistant.answering.grounding.ground import Ground
from assistant.answering.reply import Finding

__all__ = ["Finding", "Ground"]
