"""From a composed answer to a drafted one: ask, check, ask once more, or leave it as it was."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from assistant.answering.drafting.asking import Asker, Message, Said
from assistant.answering.drafting.binding import bind, sources_of
from assistant.answering.drafting.faults import BROKEN_OFF, UNFIT, UNSUPPORTED, Unused
from assistant.answering.drafting.form import Draft, read_draft
from assistant.answering.drafting.keeping import Told, kept, lost, opening
from assistant.answering.drafting.marking import Marker
from assistant.answering.drafting.model import unusable
from assistant.answering.drafting.pack import Pack, pack
from assistant.answering.drafting.prompts import prompt
from assistant.answering.grounding import Ground
from assistant.answering.reply import Claim, Finding, Reply, Usage
from assistant.answering.stream import Sentence, Step, blocks
from assistant.answering.wording import answer_text
from assistant.settings import Settings

#: How often one answer asks the model: a draft, and one more that knows what was found in it.
TRIES = 2
#: More sentences than this for each source are no answer.
MOST_SENTENCES = 3
#: How much of a sentence that was thrown away is recorded.
_RECORDED = 300

Steps = Generator[Step | Sentence, None, Reply]


@dataclass(slots=True)
class _Spent:
    calls: int = 0
    tokens_in: int | None = None
    tokens_out: int | None = None
    findings: list[Finding] = field(default_factory=list)

    def add(self, said: Said) -> None:
        if said.tokens_in is not None and said.tokens_out is not None:
            self.tokens_in = (self.tokens_in or 0) + said.tokens_in
            self.tokens_out = (self.tokens_out or 0) + said.tokens_out


class Drafter:
    """A model that may phrase answers, with what its sentences are checked against."""

    def __init__(self, settings: Settings, ground: Ground) -> None:
        self._settings = settings
        self._ground = ground
        self._marker = Marker(ground)
        self._asker = Asker(settings)
        self._unusable = unusable(settings)

    def close(self) -> None:
        """Close the connections to the model."""
        self._asker.close()

    def draft(self, question: str, day: date, composed: Reply) -> Steps:
        """The composed answer in the model's words where every one of them holds, else as it was.

        Yields the steps, and the sentences that stand whatever the model says; returns the Reply.
        """
        material = pack(question, day, composed.claims, self._marker)
        if not material.sources:
            return composed
        spent = _Spent()
        if self._unusable:
            return self._unused(composed, self._unusable, spent)
        yield from _certain(material)
        until = time.monotonic() + self._settings.chat_timeout
        messages = [Message("system", prompt("draft")), Message("user", material.to_json())]
        why = UNFIT
        for number in range(TRIES):
            yield Step.named("redrafting" if number else "drafting")
            spent.calls += 1
            try:
                said = self._asker.ask(messages, until)
            except Unused as error:
                return self._unused(composed, str(error), spent)
            spent.add(said)
            yield Step.named("checking")
            read = read_draft(said.words)
            told, found = self._checked(read, material, day)
            if told and not found:
                return self._used(composed, kept(told, material, opening(composed.claims[0])), spent)
            if isinstance(read, str) and not said.ended:
                return self._unused(composed, BROKEN_OFF, spent)
            spent.findings += found
            why = UNFIT if isinstance(read, str) else UNSUPPORTED
            messages += [Message("assistant", said.words), Message("user", _again(found))]
        return self._unused(composed, why, spent)

    def _checked(self, draft: Draft | str, material: Pack, day: date) -> tuple[list[Told], list[Finding]]:
        """The sentences with their sources, and everything that was found in the draft."""
        if isinstance(draft, str):
            return [], [Finding("", draft)]
        if not draft.claims:
            return [], [Finding("", "the draft has no sentence")]
        if len(draft.claims) > MOST_SENTENCES * len(material.sources):
            return [], [Finding("", f"{len(draft.claims)} sentences are more than the question needs")]
        told: list[Told] = []
        found: list[Finding] = []
        for sentence in draft.claims:
            bound = bind(sentence, material, self._ground, day)
            if isinstance(bound, list):
                found += bound
            elif bound.text.lower() in {claim.text.lower() for claim, _ in told}:
                found.append(Finding(bound.text, "it is said twice"))
            else:
                told.append((bound, sources_of(sentence, material)))
        return told, found or lost(told, material)

    def _used(self, composed: Reply, claims: Sequence[Claim], spent: _Spent) -> Reply:
        text = answer_text(claims, composed.deadlines, composed.amounts, (), composed.caveats)
        return replace(
            self._recorded(composed, spent), text=text, claims=tuple(claims), model=self._settings.chat_model
        )

    def _unused(self, composed: Reply, why: str, spent: _Spent) -> Reply:
        caveats = (*composed.caveats, f"The language model was not used: {why}.")
        text = answer_text(composed.claims, composed.deadlines, composed.amounts, (), caveats)
        return replace(self._recorded(composed, spent), text=text, caveats=caveats)

    def _recorded(self, composed: Reply, spent: _Spent) -> Reply:
        found = tuple(Finding(f.claim[:_RECORDED], f.fault[:_RECORDED]) for f in spent.findings)
        usage = Usage(
            self._settings.chat_model, spent.calls, spent.tokens_in, spent.tokens_out, self._cost(spent)
        )
        return replace(composed, findings=found, usage=usage if spent.calls else None)

    def _cost(self, spent: _Spent) -> Decimal | None:
        price = self._settings.chat_price
        if price is None or spent.tokens_in is None or spent.tokens_out is None:
            return None
        cost = (price[0] * spent.tokens_in + price[1] * spent.tokens_out) / 1_000_000
        return cost.quantize(Decimal("0.000001"))


def _certain(material: Pack) -> list[Sentence]:
    """The engine's lines, which stand first in the Reply whatever the model writes."""
    return blocks(answer_text(material.lines, (), (), (), ()))


def _again(found: Sequence[Finding]) -> str:
    listed = [f"- {f.claim[:200]!r}: {f.fault}" if f.claim else f"- {f.fault}" for f in found[:12]]
    return prompt("again", findings="\n".join(listed))
