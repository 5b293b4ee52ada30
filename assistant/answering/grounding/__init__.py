"""Grounding: every claim is checked against what it rests on before anybody sees it.

`Ground.check` is for the claims we compose: quotes verbatim at their offsets, citations held and in
force, every measure, date and agreement in the quotes or in the computed steps.

`Ground.check_draft` is for a sentence that a language model wrote. Besides all of that:

* **form** (`form`): one plain sentence, no link, markup, mention, hidden character or word to the reader;
* **entailment** (`entailment`), without a model. The sentence and its support (the whole passage round
  each quote, and the computed steps) are read by one reader (`marks`) into concepts, measures with their
  bounds, citations, modal verbs and joints. Every concept of the sentence must stand in the support,
  itself or by a word that says the same (`added`, `words`). Then relations (`relations`, `duties`,
  `together`, `omitted`): each measure with its bound, each trigger with its direction, each modal verb
  with its verb, each denial, each and/or between the same two things, each actor in its place, values
  that belong together (a degree of fault with its sum), and no exception, condition or "former" of the
  nearest sentence of the support left out.

A sentence is thrown away when any check finds a fault: the deterministic answer stands behind it.

What this cannot see: who does what to whom when both stand in one support in like places; a condition cut
short by less than half of its words; a plain verb put for another of the same line in `words`; a word
order that changes the sense without moving an actor, a trigger, a measure or a joint; sense that only
knowledge of the law gives. `evals/grounding/` measures it, and lists what still gets through.
"""

from assistant.answering.grounding.ground import Ground
from assistant.answering.reply import Finding

__all__ = ["Finding", "Ground"]
