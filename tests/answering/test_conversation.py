# ruff: noqa: E501  A table is easier to check with one row a line.
"""A conversation is folded message by message; each row is one, and what is known after its last message.

What is known is written as ``record[:agreement[:country]] event=date … ?missing …``, as in the tables of
`test_facts`; ``words:`` is followed by what the question must say once it stands alone.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.conversation import Following, State, earlier
from assistant.answering.followups import cues, opened
from assistant.answering.question import QuestionReader
from assistant.answering.reply import Reply
from assistant.answering.triage import Triage
from assistant.errors import CorpusError
from assistant.reading.language import read_language
from assistant.wiring import Assistant
from tests.conftest import ROOT, TODAY

LANGUAGE = read_language(Path(__file__).parents[2] / "corpus")
FOLLOWING = Following(QuestionReader(LANGUAGE), LANGUAGE, Triage(LANGUAGE))
FIRST = "How long must an exporter keep records for a Korea certificate of origin?"


def _state(conversation: str) -> State:
    *turns, last = conversation.split(" | ")
    return FOLLOWING.state(last, turns, TODAY, TODAY)


def _known(state: State) -> str:
    """What is computed from a state, in the notation of the tables."""
    parts: list[str] = []
    for one in state.read:
        if one.facts:
            names = [one.facts.record, one.facts.agreement, one.facts.country]
            named = {**one.facts.events, **one.facts.facts}
            parts += [":".join(name for name in names if name), *sorted(f"{k}={v}" for k, v in named.items())]
        parts += [f"?{missing.fact}" for missing in one.missing]
    if state.penalty:
        parts += [state.penalty.culpability or "", *map(str, state.penalty.values)]
        parts += [f"?{missing.fact}" for missing in state.penalty.missing]
    return " ".join(filter(None, parts))


FACTS = [
    # A correction replaces the fact it corrects, and no other.
    ("Drawback filed 2020-01-10, liquidated 2021-01-10. Last day? | Wrong, liquidated 10 February 2021", "drawback claim_filed=2020-01-10 claim_liquidated=2021-02-10"),
    ("Our entry was filed 4 April 2022. Keep until? | It was filed in 2021, sorry.", "entry entry=2021-04-04"),
    ("Reconciliation filed 2021-04-04, keep until? | It was filed 2021-05-05, not 2021-04-04", "reconciliation reconciliation_filed=2021-05-05"),
    ("Warehouse: last withdrawal 2022-09-09, keep until? | actually 9 Oct 2022", "warehouse_withdrawal last_withdrawal=2022-10-09"),
    ("Entered 2021-06-15, until when? | Make that June 16", "entry ?year"),
    ("Entered 2021-06-15, until when? | Make that June 16 | 2022", "entry entry=2022-06-16"),
    ("Reconciliation filed 2020-02-29, keep until? | sorry, 2021", "reconciliation ?reconciliation_filed"),  # no February 29
    ("Demand for entry records received 2026-11-03, when due? | can I get more time | no wait, the demand came October 27", "entry_records_demand demand_received=2026-10-27"),
    ("Demand for entry records received 2026-11-03, when due? | and if it was received October 27", "entry_records_demand ?year"),
    ("Packing list released 2026-11-01, keep until? | sorry, November 10", "packing_list release_end=2026-11-10"),
    ("Packing list released 2024-11-01, keep until? | sorry, November 10", "packing_list ?year"),
    ("our importer of record entry 7/1/2024. Kept until? | in 2023 i mean", "entry entry=2023-07-01"),
    ("Drawback claim filed 2021-09-01 on goods exported to Canada 2020-11-04. When was our statement about certifications of origin due? | no wait, they were exported 2020-05-11", "certificate_disclosure claim_made=2021-09-01 exportation=2020-05-11"),
    ("Drawback claim filed 2021-09-01 on goods exported to Canada 2020-05-11. When was our statement about certifications of origin due? | the claim liquidated 2022-11-18. how long do we keep its papers", "drawback claim_liquidated=2022-11-18"),
    ("we import from mexico and claim USMCA. how long do we keep the certification | imported jan 5 2022, entry jan 11 2022", "fta_import:usmca entry=2022-01-11 importation=2022-01-05"),
    ("Packing list, release period ended 8/3/2026, until when | customs demanded redelivery and we brought the goods back 9/30/2026", "packing_list redelivered=2026-09-30 release_end=2026-08-03"),
    ("Packing list, release period ended 8/3/2026, until when | customs demanded redelivery and we brought the goods back 9/30/2026 | and if we hadnt brought them back? latest date in the demand was 10/5/2026", "packing_list redelivery_due=2026-10-05 release_end=2026-08-03"),
    ("we make cars claimed under USMCA. how long for the labor value content records | the certifications? one filed 3/1/2022, the steel one 6/15/2022", "usmca_vehicle certifications_filed=2022-06-15"),
    ("customs demanded the certificate behind our special rate claim and we lost it. what happens to the duty? | the entry liquidated 2025-03-03 and the demand came 2026-10-10", ""),
    ("Drawback filed 2017-05-01, paid 2019-01-15, until? | and a third claim, filed 3/9/2022, liquidated 3/9/2023", "drawback claim_filed=2022-03-09 claim_liquidated=2023-03-09"),
    # Supposed otherwise.
    ("how long for papers on small parcels that came in duty free | one came in on 2024-03-05 | and what if they had charged us duty", "duty_free_low_value admitted_free=no entry=2024-03-05"),
    ("small duty free parcel entered 2024-03-05, until when | and one entered 2024-07-08 on which duty was paid", "entry entry=2024-07-08"),
    ("informal entry of 2024-02-02, I was only the consignee and my broker filed. how long | what if I had bought the goods", "entry entry=2024-02-02"),
    ("informal entry of 2024-02-02, I was only the consignee and my broker filed. how long | and if no broker was used", "entry entry=2024-02-02"),
    # Asked on, said again, and begun: what is known stays.
    ("Reconciliation filed 2022-09-15, keep until? | can you say that shorter", "reconciliation reconciliation_filed=2022-09-15"),
    ("Reconciliation filed 2022-09-15, keep until? | who may ask for them | put that in one sentence", ""),
    ("Zone: goods left the zone 2022-08-08, until when | and for how long", "ftz_operator zone_removal=2022-08-08"),
    ("Drawback filed 2019-05-01, liquidated 2023-02-28, until? | do we get it back in cash", ""),
    ("Entered 2021-06-15, until when? | who has to keep them | so we can shred it?", "entry entry=2021-06-15"),
    ("can we scan our customs paper | we would go live March 1 2027. by when do we have to tell them", "storage_notice implementation=2027-03-01"),
    ("can we keep everything in the cloud | we start on 2027-02-01", "storage_notice implementation=2027-02-01"),
    ("can we keep everything in the cloud | we bought it on 2027-02-01", ""),
    ("they want to remove us from the compliance program | notice issued November 5 2026: how long to fight it", "program_appeal notice_issued=2026-11-05"),
    ("Drawback filed 2019-05-01, liquidated 2023-02-28, until? | and if it had liquidated six months later?", "drawback claim_filed=2019-05-01 claim_liquidated=2023-08-28"),
    ("Drawback filed 2019-05-01, liquidated 2024-02-29, until? | what if it liquidated a year later", "drawback claim_filed=2019-05-01 ?claim_liquidated"),  # a day that is not
    ("Section 321 parcel entered 2024-03-03, admitted free, until when? | what if duty was paid", "duty_free_low_value admitted_free=no entry=2024-03-03"),
    # Which day is meant is asked, not guessed.
    ("Korea certificate issued 2022-02-02 and signed 2022-02-01, until when? | and for Chile, a year later?", "?question"),
    ("Drawback filed 2019-05-01, liquidated 2023-02-28, until? | no, 2023-03-01", "?question"),
    # An answer, and one after another question.
    ("I signed a Colombia certificate of origin on 2022-02-02. When can it go? | It was issued the same day", "fta_export:colombia certificate_issued=2022-02-02 certificate_signed=2022-02-02"),
    ("POA revoked May 5, 2023. Until when? | still active | ok inactive since June 1, 2024", "broker_power_of_attorney client_inactive=2024-06-01 power_revoked=2023-05-05"),
    # The same dates under another agreement, in another role, for another record.
    ("Panama certificate issued 2022-05-05, exporter, until when? | And if it was issued under Colombia's agreement instead?", "fta_export:colombia certificate_issued=2022-05-05"),
    ("CAFTA-DR import from Nicaragua, entered 2023-01-15. Keep until? | no, Guatemala | and imported 2023-01-10", "fta_import:cafta-dr:guatemala entry=2023-01-15 importation=2023-01-10"),
    ("Panama certificate issued 2022-05-05, until when? | suppose we were the importer and entered 2022-06-01", "fta_import:panama entry=2022-06-01"),
    ("Warehouse: last withdrawal 2022-09-09, keep until? | and if it were an FTZ, removed the same day", "ftz_operator zone_removal=2022-09-09"),
    # Another of its kind has its own dates, and nothing of the first one's.
    ("Drawback filed 2019-05-01, liquidated 2023-02-28, until? | and a second claim liquidated 2024-02-28", "drawback claim_liquidated=2024-02-28"),
    # A new subject drops what does not belong; the old one can be taken up again.
    ("Entered 2021-06-15, until when? | what is a packing list kept for?", ""),
    ("Entered 2021-06-15, until when? | what is a packing list kept for? | and for the entry, when?", "entry entry=2021-06-15"),
    ("Panama certificate issued 2022-05-05, until when? | does the importer have to keep longer?", ""),
    # A day told in parts of one event is joined; a year told anew beside another day is not.
    ("How long are entry records kept? | it was entered in May 2021 | the 9th", "entry entry=2021-05-09"),
    ("How long are entry records kept? | entered May 2021 | May 9", "entry entry=2021-05-09"),
    ("How long are entry records kept? | entered May 2021 | June 9", "entry ?year"),
    ("Drawback filed 2019-05-01, liquidated 2020-06-01, until? | no, filed in 2016, paid 2017-03-02", "drawback claim_filed=2016-01-01 claim_liquidated=2020-06-01 claim_paid=2017-03-02"),
    ("We got CBP's demand for entry records 2026-11-02, due when? | sorry, the 4th", "entry_records_demand demand_received=2026-11-04"),
    # The year in which papers are to go is no event's.
    ("Entered 2021-06-15, until when? | and can we toss it in 2026?", "entry entry=2021-06-15"),
    ("Reconciliation filed 2023-04-04, its entry was 2021-08-08, until when? | so those entry papers go in 2026?", "reconciliation reconciliation_filed=2023-04-04 entry entry=2021-08-08"),
    # The first, the second or the other of several.
    ("Section 321 parcel entered 2024-03-03, until when? | and one entered 2024-06-06 | and the first one?", "duty_free_low_value entry=2024-03-03"),
    ("Entered 2021-06-15, until when? | another entry, entered 2022-01-02 | and the other one again?", "entry entry=2021-06-15"),
    # Whose papers they are decides.
    ("Entered 2021-06-15, until when do we keep the file? | hang on, I'm the broker, not the importer", "broker_entry entry=2021-06-15"),
    ("POA revoked May 5, 2023, client inactive May 1, 2023. Until when? | and that client's entry files, entered 2022-02-02", "broker_entry entry=2022-02-02"),
    # A demand for what was spoken of; a day in a topic that has one event.
    ("Entered 2022-06-15, until when are the entry records kept? | CBP mailed a demand for them, we received it November 3, 2026", "entry_records_demand demand_received=2026-11-03"),
    ("Who do we notify of alternative storage? | we begin 2027-05-05", "storage_notice implementation=2027-05-05"),
    ("customs wants our entry summaries, the letter arrived Nov 16, 2026. by when", "entry_records_demand demand_received=2026-11-16"),
    ("customs wants our 7501s, the goods arrived Nov 16, 2026. how long are they kept", "entry"),
    ("customs wants our entry summaries, the letter arrived Nov 16, 2026. by when | who may ask for that | back to the letter. no wait, it came nov 9", "entry_records_demand demand_received=2026-11-09"),
    ("i'm the broker. how long for the poa | the client took back the power of attorney on 2022-03-03 and stopped being active 2021-12-01", "broker_power_of_attorney client_inactive=2021-12-01 power_revoked=2022-03-03"),
    ("section 321 parcel entered 2025-02-10, until when | and another from 2025-04-04 where we did pay duty?", "duty_free_low_value admitted_free=no entry=2025-04-04"),
    ("section 321 parcel entered 2025-02-10, duty was paid, until when | and one of 2025-05-05, did not pay duty", "duty_free_low_value admitted_free=yes entry=2025-05-05"),
    ("I issued a certificate of origin for an export to Korea on 2022-10-10, until when do I keep it", "fta_export:korea certificate_issued=2022-10-10"),
    ("certificate of origin for Korea, exported on 2022-10-10, until when do I keep it", "fta_export:korea exportation=2022-10-10"),
    ("we store our files electronically, starting March 15, 2027. by when is the notice due | pushed back two weeks", "storage_notice implementation=2027-03-29"),
    ("Entered 2022-06-15, until when do we keep the file? | do we have to keep it at our office?", ""),
    ("Entered 2022-06-15, until when do we keep the file? | do we have to keep it?", "entry entry=2022-06-15"),
    # Amounts.
    ("Fined for losing a demanded entry record carelessly, goods worth $25,000? How much? | and if my boss shredded it on purpose?", "willful 25000"),
    ("Fined for losing a demanded entry record carelessly, goods worth 25,000 dollars? How much? | no, 15,000", "negligent 15000"),
    ("Fined for losing a demanded entry record carelessly, goods worth $25,000? How much? | can that be waived? | and if it was on purpose", "willful 25000"),
    ("Maximum for losing a demanded entry record by mistake, goods worth $5,000? | what if it was two releases?", "negligent 5000 5000"),
]  # fmt: skip


@pytest.mark.parametrize(("conversation", "known"), FACTS)
def test_facts_over_several_messages(conversation: str, known: str) -> None:
    assert _known(_state(conversation)) == known


WORDS = [
    ("How long do I keep a NAFTA certificate? | What about USMCA? | and who keeps it?", "who keeps it?", "USMCA", "NAFTA"),
    ("How long must Korean exporters keep certificates? | And Peru? | What about importers there?", "Peru importers", "How long", "Korea"),
    ("How long do brokers keep entry records? | and foreign trade zone operators?", "foreign trade zone", "How long", "broker"),
    ("how long do usmca importers keep records | and exports?", "exporters", "USMCA", "importers"),
    ("how long do usmca exporters keep records | and what about imports", "importers", "usmca", "exporters"),
    ("how long is a usmca vehicle producer's file kept, certifications filed 2022-03-01 | can customs summon us", "summon us", "vehicle producer", "filed"),
    ("how long must drawback records be kept | can customs summon us", "summon us", "summon", "producer"),
    ("how long must usmca exporters keep records | what was it before 2020", "usmca exporters", "keep records", "before"),
    ("broker: how long for a client's entry file | must we keep it at our office", "office", "at what place", "how long"),
    ("Can CBP audit us? | is there a fee | do they refund us", "refund", "1520", "fee"),
    ("can we keep scans only | do they have to approve it", "approve", "not a request for approval", "audit"),
    ("Can CBP audit us? | how much notice do they give", "notice", "audit", "us?"),
    ("our drawback claim, filed 2021-05-05 and liquidated 2022-06-06, until? | and the penalty?", "penalty", "drawback", "2022"),
]  # fmt: skip


@pytest.mark.parametrize(("conversation", "first", "second", "gone"), WORDS)
def test_a_follow_up_is_put_into_words_that_stand_alone(
    conversation: str, first: str, second: str, gone: str
) -> None:
    text = _state(conversation).question.text
    assert first in text and second in text and gone not in text


def _ask(assistant: Assistant, question: str, *before: str) -> Reply:
    history = tuple(turn for text in before for turn in (("user", text), ("assistant", "…")))
    return assistant.ask(question, as_of=TODAY, today=TODAY, history=history)


@pytest.mark.parametrize(
    ("follow_up", "agreement"), [("And for Chile?", "Chile"), ("What about Panama?", "Panama")]
)
def test_a_follow_up_changes_the_agreement(assistant: Assistant, follow_up: str, agreement: str) -> None:
    reply = _ask(assistant, follow_up, FIRST)
    assert reply.outcome == "answer"
    assert agreement in reply.claims[0].text
    assert reply.question == follow_up


def test_a_question_that_stands_alone_takes_nothing(assistant: Assistant) -> None:
    question = "What is the penalty for a willful failure to produce entry records on demand?"
    alone, after = _ask(assistant, question), _ask(assistant, question, FIRST)
    assert after.text == alone.text


def test_an_answer_to_what_was_asked(assistant: Assistant) -> None:
    asked = _ask(assistant, "How long must I keep the certificate of origin?")
    assert [missing.fact for missing in asked.missing] == ["agreement"]
    assert _ask(assistant, "Chile", "How long must I keep the certificate of origin?").outcome == "answer"


DRAWBACK = "drawback claim filed May 1, 2019, liquidated February 28, 2024, keep until?"


@pytest.mark.parametrize(
    ("follow_up", "said"),
    [
        ("how many days left?", "98 days are left: from November 22, 2026 through February 28, 2027."),
        ("why?", "The period runs from the liquidation of the drawback claim: February 28, 2024."),
        ("who says so?", "Keep through February 28, 2027: records of a drawback claim."),
        ("can you show the sum", "Keep through February 28, 2027: records of a drawback claim."),
    ],
)
def test_a_question_about_the_last_reply(assistant: Assistant, follow_up: str, said: str) -> None:
    reply = _ask(assistant, follow_up, DRAWBACK)
    assert reply.claims[0].text == said
    assert reply.claims[0].basis == "rule" and reply.claims[0].citations
    assert reply.keep_through == date(2027, 2, 28)
    assert (
        "Carried over from before: records of a drawback claim; drawback claim filed May 1, 2019, drawback claim"
        " liquidated February 28, 2024."
    ) in reply.caveats


def test_the_days_that_are_left_may_be_over(assistant: Assistant) -> None:
    reply = _ask(assistant, "how many days left?", "entered 2020-11-21, keep until?")
    assert (
        reply.claims[0].text == "No days are left: November 21, 2025 was 366 days before November 22, 2026."
    )


def test_what_was_taken_over_is_shown(assistant: Assistant) -> None:
    reply = _ask(assistant, "and the penalty?", DRAWBACK)
    assert "Carried over from before: records of a drawback claim." in reply.caveats
    assert not reply.deadlines


def test_a_refused_message_changes_nothing_unless_it_is_put_right(assistant: Assistant) -> None:
    before = ("entered 2021-06-15, keep until?", "what is the duty rate on office chairs?")
    assert _ask(assistant, "how many days left?", *before).keep_through == date(2026, 6, 15)
    refused = "how much is a 1592 penalty for gross negligence"
    assert "100,000" in _ask(assistant, "no, I meant for not producing entry records", refused).text


@pytest.mark.parametrize(
    "follow_up", ["And for Chile?", "why", "it", "", "😀", "a year later", "2021", "not"]
)
@pytest.mark.parametrize("before", ["", "😀", "x" * 50_000, "hello", "\udcff", "entered 0001-01-01, until?"])
def test_no_history_breaks_a_reply(assistant: Assistant, follow_up: str, before: str) -> None:
    assert _ask(assistant, follow_up, before, before).text


def test_only_the_last_turns_of_the_person_count() -> None:
    history = [(role, f"{role} {n}") for n in range(15) for role in ("user", "assistant")]
    assert earlier(history) == [f"user {n}" for n in range(3, 15)]
    assert earlier([("user", "  "), ("assistant", "x")]) == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("ok korea then", "korea then"),
        ("no wait, signed June 1", "signed June 1"),
        ("fine. what if it was paid", "what if it was paid"),
        ("fine for losing records", "fine for losing records"),
        ("right away?", "right away?"),
        ("sorry", "sorry"),
    ],
)
def test_what_precedes_a_message_is_cut_off(text: str, rest: str) -> None:
    assert opened(text)[0] == rest


def test_an_unknown_cue_does_not_load(tmp_path: Path) -> None:
    path = tmp_path / "followups.toml"
    path.write_text(
        (ROOT / "corpus" / "language" / "followups.toml").read_text(encoding="utf-8")
        + '\n[sarcasm]\nsay = ["sure thing"]\n',
        encoding="utf-8",
    )
    with pytest.raises(CorpusError, match=r"followups\.toml"):
        cues(path)
