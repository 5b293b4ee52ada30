# ruff: noqa: E501  A table is easier to check with one row a line.
"""What people tell in one breath: several duties, denials, corrections, relative days, what Customs set.

A row is a message and what must come of it: ``keep`` or ``due`` with the governing date, or ``ask`` with a
fact that must be asked for. Each expectation is worked out from the law by hand; where a message cannot be
read in one way, asking is right and any date is wrong.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.computing import Sums, sums
from assistant.answering.conversation import Following
from assistant.answering.dates import find_dates
from assistant.answering.facts import read_facts, read_penalty
from assistant.answering.facts.demand import Prescribed, prescribed
from assistant.answering.facts.denied import owns, without_denied
from assistant.answering.facts.polarity import doubles
from assistant.answering.question import QuestionReader
from assistant.answering.triage import Triage
from assistant.reading.language import plain, read_language

LANGUAGE = read_language(Path(__file__).parents[2] / "corpus")
READER = QuestionReader(LANGUAGE)
FOLLOWING = Following(READER, LANGUAGE, Triage(LANGUAGE))
TODAY = date(2026, 11, 22)


def computed(text: str) -> Sums:
    return sums(read_facts(text, READER.read(text, TODAY, TODAY), LANGUAGE, TODAY), TODAY, TODAY)


TOLD = [
    ("Entry no. 1 dated 4/4/2022, entry no. 2 dated 3/3/2021: when can each be shredded?", "keep 2027-04-04"),
    ("The liquidation of our drawback claim took place on 28 June 2023. Until when?", "keep 2026-06-28"),
    ("Withdrawals from the bonded warehouse on 1/4/2022, 5/5/2022 and the last one 9/6/2022. Broker's records until?", "keep 2027-09-06"),
    ("FTZ operator: goods removed 1/2/2021, 3/4/2021 and finally 5/6/2021. Until when?", "keep 2026-05-06"),
    ("Demand for the entry records arrived Oct 1, 2026; an extension asked for on Oct 20 was granted through Nov 30, 2026. Due?", "due 2026-11-30"),
    ("Customs sent a request for entry records; it turned up on 16 November 2026. What day must we answer by?", "due 2026-12-16"),
    ("USMCA importer: imported 1 March 2022 and entered the same day. Until when?", "keep 2027-03-01"),
    ("Korea exporter: certificate issued 3/3/2022, reissued 6/6/2022. Until?", "keep 2027-06-06"),
    ("We plan to enter tomorrow. Keep until which date?", "keep 2031-11-23"),
    ("Entry made Feb 29, 2020. Can I bin it now?", "keep 2025-03-01"),
    ("The goods were released in spring 2022; how long do we keep the entry file, to the day?", "ask entry"),
    ("Entry no. 114 dated 3/3/2021, our invoice no. 12 dated 2/2/2021. Until when?", "keep 2026-03-03"),
    ("Packing lists: normal release was over 8/3/2026 but the goods stayed conditional until 8/24/2026. When may they go?", "keep 2026-10-23"),
    ("Our client revoked the power of attorney on 2022-05-09. Name the day on which it may leave the file.", "ask client_inactive"),
    # what has a time of its own does not take the day before it
    ("We filled in the USMCA certification for our buyer in Leon on April 4 2024, the goods crossed the next week. Exact day, how long?", "keep 2029-04-04"),
    ("We filled out a USMCA cert for Canada May 6 2024 and shipped three days later, exact date please, how long do we keep it?", "keep 2029-05-06"),
    # "no" is a correction only where it stands alone
    ("Release period over 5 Sept 2026, there was no conditional release. Is the packing list gone today a problem?", "keep 2026-11-04"),
    ("Packing list: release period ended 5 Sept 2026. No, sorry, 9 Sept 2026. Until when?", "keep 2026-11-08"),
    # leap days
    ("We entered it February 29, 2024; 2029 has no February 29, so until what day?", "keep 2029-03-01"),
    ("Entered on leap day 2020. Until when?", "keep 2025-03-01"),
    ("Drawback claim paid on leap day 2016 (2/29/2016). Retention over when?", "keep 2019-03-01"),
    ("The entry was made on leap day, 29 Feb 2020; are we done with the file?", "keep 2025-03-01"),
    # two told apart in one message
    ("Two entries here: one was entered 5 May 2021, the other 7 July 2022. How long each?", "keep 2027-07-07"),
    ("One entry was made 5/5/2021, another on 7/7/2022. Until when?", "keep 2027-07-07"),
    ("We have two entries: the first entered March 3, 2020, the second one April 4, 2022. How long for each?", "keep 2027-04-04"),
    ("Entered 3/3/2021 and 4/4/2022: two entries. Until when for the second one?", "keep 2027-04-04"),
    ("Entered 3/3/2021 and 4/4/2022: two entries. Until when for the older one?", "keep 2026-03-03"),
    # a day that two events share
    ("Entry was filed and the goods released yesterday. Retention end date?", "keep 2031-11-21"),
    ("The entry was made and estimated duties paid on 2 October 2025. How long do I keep the file?", "keep 2030-10-02"),
    ("Entry filed 3 March 2022 and duty paid 20 March 2022. Until when?", "keep 2027-03-03"),
    # a request of one's own is no demand
    ("We got the demand for entry records 10/19/2026 and requested an extension on 11/2/2026, no reply. When were the records due?", "due 2026-11-18"),
    ("Demand for the entry records received 10/19/2026. On 11/10/2026 we asked for more time. Due date?", "due 2026-11-18"),
    ("Customs requested the entry records on 11/2/2026. By when do we produce?", "due 2026-12-02"),
    # an end that somebody has worked out is no event
    ("POA revoked June 1, 2021, client inactive July 1, 2022; the software flags June 1, 2026 for it. Right date?", "keep 2027-07-01"),
    ("Entered 4/4/2022; our calendar shows 4/4/2027. Is that the day until which we keep it?", "keep 2027-04-04"),
    ("The broker says 3/1/2022 and ACE says 3/4/2022 for the entry date. Keep until?", "ask entry"),
    # other words for the question
    ("A written demand for entry docs got here on November 3, 2026. Answer by?", "due 2026-12-03"),
    ("Demand for entry records reached us January 30, 2024. What was the 30th day?", "due 2024-02-29"),
    ("What does Customs itself require for an entry of August 17, 2019?", "keep 2024-08-17"),
    ("Drawback claim was paid in 2017. Can the file go?", "ask claim_paid"),
    ("We operate a foreign trade zone; merchandise admitted March 3, 2020. Till when do the records stay?", "ask zone_removal"),
    # words of another matter
    ("We completed the USMCA certification on 20 May 2020 before the start and are the exporter. Until when?", "ask exportation"),
    ("USMCA importer: the truck crossed (imported) 28 Feb 2022, entered 4 March 2022, keep until?", "keep 2027-03-04"),
    ("In original format, not the packing lists: release ended 7/1/2026, conditional release ended 8/15/2026. Until when?", "keep 2026-12-13"),
    ("The import was entered April 9, 2021 and we got drawback on it, liquidated May 2, 2022. How long must the import papers stay?", "keep 2026-04-09"),
    ("Drawback claim liquidated 7/7/2023, underlying import entered 2/2/2022. When may all of it be destroyed?", "keep 2027-02-02"),
    ("Nobody claimed drawback. Date of entry 8/8/2022. Retain until?", "keep 2027-08-08"),
    ("There is no reconciliation on this; entered 9/19/2021, until what date do we hold the file?", "keep 2026-09-19"),
    ("No preference under USMCA was claimed. Entry date 6/6/2022, keep through?", "keep 2027-06-06"),
    ("We've had no demand or request from Customs. Entered 1/31/2022. Last day to keep the entry records?", "keep 2027-01-31"),
    ("Wasn't a de minimis parcel, it was entered formally on 5/5/2023. Keep till?", "keep 2028-05-05"),
    ("Consignee here, also the buyer of the goods; informal entry May 1, 2025, a broker filed it. Until when?", "keep 2030-05-01"),
    ("As consignee we neither own nor bought the merchandise; our broker made an informal entry on May 1, 2025. Until when?", "keep 2027-05-01"),
    ("Entry date: 4/4/2022. Sorry, I misread it, it should be 4/14/2022. Keep until when?", "keep 2027-04-14"),
    ("We entered them 4/4/2022, or perhaps 4/6/2022. Until when do we keep the 7501?", "ask entry"),
    ("The 7501 says 4/4/2022 but ACE shows 4/6/2022 as the entry date. Keep until?", "ask entry"),
    ("Dates are DD/MM/YYYY: entered 05/04/2022, keep until?", "keep 2027-04-05"),
    ("Goods entered 07/08/2021 (day first). Retention end date?", "keep 2026-08-07"),
    ("entered 6/1/2022 - 6/30/2022, until when must everything be held?", "keep 2027-06-30"),
    ("Entries from 1/1/2022 through 3/31/2022. How long until the last can go?", "keep 2027-03-31"),
    ("We entered it exactly five years ago. May we shred it today?", "keep 2026-11-22"),
    ("Demand for entry records landed 12 days ago. Due date?", "due 2026-12-10"),
    ("CBP's demand for our 7501s came last Wednesday. When is it due?", "due 2026-12-18"),
    ("We entered the cargo about three years ago; when can we dispose of the file?", "ask entry"),
    ("Entered in August 2021. Can we throw the file out?", "ask entry"),
    ("CBP demanded the commercial invoice and packing list; we received that on October 30, 2026. Response due?", "due 2026-11-29"),
    ("Customs wants the entry records within 5 days for a release decision. We received the demand November 19, 2026. Due?", "due 2026-11-24"),
    ("Demand received 11/12/2026; CBP wants them by 11/20/2026. When must we hand over the entry records?", "due 2026-11-20"),
    ("Received the demand for entry records Nov 2, 2026. Our request for more time was approved until Dec 31, 2026. Due?", "due 2026-12-31"),
    ("Verbal demand for the entry file on Nov 9, 2026, letter received Nov 16, 2026. When are the records due?", "due 2026-12-09"),
    ("Prior disclosure submitted 3/3/2023 on an entry of 1/20/2022. Until when do we keep the entry records?", "keep 2027-01-20"),
    ("Entry 1/20/2022, post-entry petition filed 6/6/2022, decided 7/7/2023. Last retention day?", "keep 2027-01-20"),
    ("Entry summary for the 3/3/2022 entry was submitted 3/15/2022; keep until?", "keep 2027-03-03"),
    ("NAFTA cert signed 2/2/2019 for goods exported 2/10/2019, and a USMCA certification completed 2/2/2021 for goods exported 2/10/2021. Until when for each?", "keep 2026-02-02"),
    ("Chile certificate signed 3/3/2022, Peru certificate signed 4/4/2022. Until when each?", "keep 2027-04-04"),
    ("USMCA export certification completed 5/5/2022; drawback on the same goods filed 6/6/2022 and liquidated 8/8/2023. Keep everything until?", "keep 2027-05-05"),
    ("Packing list and 7501: entered 9/1/2022, release period over 10/1/2022. When can each go?", "keep 2027-09-01"),
    ("The packing list for goods released 9/15/2026, never conditionally released. Last day to keep it?", "keep 2026-11-14"),
    ("Packing list. CBP demanded redelivery not later than 8/15/2026; nothing was sent back. Keep until?", "keep 2026-10-14"),
    ("If we enter a shipment on March 31, 2027, what will be the last retention day?", "keep 2032-03-31"),
    ("As broker: entry filed 6/6/2021; the client revoked our POA 7/7/2022 and went inactive 8/8/2022. How long for the entry file and the POA?", "keep 2027-08-08"),
    ("USMCA import: imported 3/3/2022, entered 3/9/2022; drawback claim filed 5/5/2022, liquidated 6/6/2023. Keep all until?", "keep 2027-03-09"),
    ("Formal entry 2/2/2022 and, as mere consignee without ownership and with a broker, an informal entry 3/3/2025. Until when for each?", "keep 2027-03-03"),
    ("Shipment 1 entered 5/5/2021, shipment 2 entered 6/6/2022. Give me each last day.", "keep 2027-06-06"),
    ("Demand received Friday November 6, 2026. 30 days lands on Sunday December 6. Next business day?", "due 2026-12-06"),
    ("Entered 11/20/2021; five years ends Friday. Weekend grace?", "keep 2026-11-20"),
    ("It was entered on the 4th, correction, the 14th of May 2022. Keep until?", "keep 2027-05-14"),
    ("Not 3/3/2022. The right entry date is 3/13/2022. Until when?", "keep 2027-03-13"),
    ("We paid the duties 4/4/2022 and the entry liquidated 2/2/2023. When may the entry file go?", "ask entry"),
    ("Our 2022 entries: what's the last day to keep them?", "ask entry"),
    ("Entered 2/29/2024, keep through what day if 2029 has no Feb 29?", "keep 2029-03-01"),
    ("The USMCA certification was completed 8/8/2022, no NAFTA certificate involved, exported 8/9/2022. Keep until?", "keep 2027-08-08"),
    ("Canada export under NAFTA, certificate signed 5/5/2020, exported 5/20/2020. We now use USMCA. Until when do we keep it?", "keep 2025-05-05"),
    ("Recon was never filed on the 10/10/2021 entry. When do the entry records expire?", "keep 2026-10-10"),
    ("Drawback claim filed 3/3/2023, no liquidation yet; import entry 2/2/2022. How long keep the entry documents?", "ask claim_liquidated"),
    ("Entry 12/12/2021; CBP opened an audit in 2025 that is still running. Keep until?", "keep 2026-12-12"),
    ("Section 321 wasn't available so we filed a consumption entry 10/1/2025. Retention until?", "keep 2030-10-01"),
    ("Informal entry 7/7/2025 by broker. We're a consignee, not the importer of record, and do not own the goods, nor did we purchase them. Until when?", "keep 2027-07-07"),
    ("Reconciliation filed 5/5/2022; nothing else. Until when?", "keep 2027-05-05"),
    ("Entry made two years ago today, how long to keep?", "keep 2029-11-22"),
    ("FTZ operator: goods admitted 3/3/2021, removed from the zone 4/4/2022 and entered for consumption 4/5/2022. Until when?", "keep 2027-04-04"),
    ("I have no idea when it was entered; the invoice is dated 3/3/2022. Until when do we keep?", "ask entry"),
    ("Korea certificate issued 4/4/2022; the one for Colombia was issued 5/5/2022. Last days?", "keep 2027-05-05"),
    ("Our drawback claim was not paid but was liquidated 9/9/2023, filed 9/9/2022. Keep until?", "keep 2026-09-09"),
    ("Hi, question from compliance: we brought in machine parts on entry dated June 14, 2021. The same goods were exported later and drawback was claimed 9/1/2022; the claim liquidated 4/4/2023. What is the final day for the entry packet?", "keep 2026-06-14"),
    ("Client says no drawback, no FTA. Entry filed 2/17/2022. Destroy after?", "keep 2027-02-17"),
    ("This shipment isn't subject to reconciliation. It was entered on 12/1/2021. When does the retention period end?", "keep 2026-12-01"),
    ("We did not use USMCA for this import, which was entered on October 3, 2021. Through what date do we retain?", "keep 2026-10-03"),
    ("The entry wasn't informal. Entered 3/8/2023 through a broker; we are consignee only. Until when?", "keep 2028-03-08"),
    ("My predecessor wrote 5/2/2021 as the entry date but that is wrong, it is 5/12/2021. Until when do I hold the file?", "keep 2026-05-12"),
    ("Entry date 10/11/2021 - broker says 10/12/2021. How long?", "ask entry"),
    ("the date on the 7501 (format dd.mm.yyyy) is 02.03.2022; keep until?", "keep 2027-03-02"),
    ("Entered the week beginning 5/2/2022; until when do we keep it?", "ask entry"),
    ("CBP sent a written demand for entry records, we got it 3 weeks ago. By when must they be produced?", "due 2026-12-01"),
    ("Entered four years and 364 days ago. Still need it?", "keep 2026-11-23"),
    ("The port demanded our entry records orally on November 12, 2026. What is the due date?", "due 2026-12-12"),
    ("Customs requires the entry documents in seven days because the goods are detained. Demand received November 18, 2026. Deadline?", "due 2026-11-25"),
    ("The demand (received November 4, 2026) covers entries of 1/5/2022 and 2/6/2022. When are the records due?", "due 2026-12-04"),
    ("Goods released 6/1/2022; 7501 filed 6/10/2022; liquidated 4/21/2023; protest filed 5/5/2023. Last day for the entry file?", "keep 2027-06-10"),
    ("Broker's copy of an entry made 9/9/2021. POA not revoked. Keep the entry copy until?", "keep 2026-09-09"),
    ("Two entries, one informal (3/3/2025, we are the owners), one formal (4/4/2025). Until when for each?", "ask question"),
    ("Peru TPA import entered 4/4/2022, no drawback. Until when?", "keep 2027-04-04"),
    ("We exported to Panama, certification issued 6/6/2022 but signed 6/1/2022. Last day to keep?", "keep 2027-06-06"),
    ("Reconciliation filed 1/15/2023 covering entries of 5/5/2021. Until when do we keep reconciliation records?", "keep 2028-01-15"),
    ("Entry 1/2/2023", "keep 2028-01-02"),
    ("We moved the records in 2024 and had a flood on 3/3/2025. The entry was on 8/14/2021. Keep until when?", "keep 2026-08-14"),
    ("Is November 20, 2026 the right shred date for something entered November 20, 2021?", "keep 2026-11-20"),
    ("Entry of 11/30/2021, do I get an extra day because it's a holiday weekend?", "keep 2026-11-30"),
    ("Drawback claim: filed 3/3/2021, paid 4/4/2021, liquidated 5/5/2022. There was an import entry of 1/1/2019 too. Until when keep drawback records?", "keep 2025-05-05"),
    ("I signed the NAFTA certificate on 6/20/2020, exported 6/25/2020, invoice 7/5/2020. Until when?", "keep 2025-06-20"),
    ("For the USMCA import: entry 8/8/2022, importation 8/1/2022, no claim for drawback. Keep?", "keep 2027-08-08"),
    ("Packing list only: release ended September 30, 2026, conditional release ended October 15, 2026. Until what day?", "keep 2026-12-14"),
    ("The demand arrived 11/2/2026. Customs later extended the time to 12/15/2026. Entry records due when?", "due 2026-12-15"),
    ("We requested an extension to 12/31/2026 but have had no answer. Demand for entry records received 11/10/2026. Due?", "due 2026-12-10"),
    ("On what date may I discard the commercial invoice for goods entered 2/2/2022, the packing list having been released 3/1/2022?", "keep 2027-02-02"),
    ("our drawback (not paid, liquidated 6/6/2023, filed 1/1/2022) and the export to Chile with certificate issued 2/2/2022: until when for both?", "keep 2027-02-02"),
    ("Entered 5/5/2021 per the broker and 5/8/2021 per ACE. Until when?", "ask entry"),
    ("Suppose we enter the goods on June 30, 2028. Retention until?", "keep 2033-06-30"),
    ("The storage notice: we go live with scanning on 3/1/2027. Latest day to tell CBP?", "due 2027-01-30"),
    ("Entry 3/3/2022 was rejected; we re-filed on 3/9/2022 and it was accepted. Until when?", "keep 2027-03-09"),
    ("entered yesterday five years ago, can it go", "keep 2026-11-21"),
    ("Removal notice from the program issued 11/1/2026; received 11/6/2026. Appeal due?", "due 2026-12-01"),
    ("Warehouse entry 1/1/2020; withdrawals on 2/2/2021 and 3/3/2022, the latter the last. We're the broker. Until when?", "keep 2027-03-03"),
    ("We had a NAFTA claim on file but no USMCA. NAFTA import entered 5/5/2019. Until when?", "keep 2024-05-05"),
    ("An entry was made on July 19, 2021, then reconciled: recon filed February 8, 2023. When can we destroy both sets?", "keep 2028-02-08"),
    ("The claim for drawback has since been liquidated (8/1/2023); it was filed 8/1/2022, and the imports were entered between 1/1/2021 and 6/30/2021. Keep import files until?", "keep 2026-08-01"),
    ("Not a drawback matter. It's an entry, 10/5/2021. Retention date?", "keep 2026-10-05"),
    ("entry: 2/2/22; POA revoked: 3/3/23; client inactive: 4/4/23. I'm the broker; give me both dates.", "keep 2028-04-04"),
    ("Packing list for a shipment released 9/10/2026 while the conditional release ran until 10/10/2026: until when?", "keep 2026-12-09"),
    ("We are owner AND consignee. Informal entry 2/2/2025 via broker; hold until?", "keep 2030-02-02"),
    ("The merchandise belongs to someone else and was bought by them, we're just consignee with a broker on an informal entry of 2/2/2025. Hold until?", "keep 2027-02-02"),
    ("Imported 6/6/2022 under USMCA. Entry date: 6/16/2022 (amended from 6/10/2022). Keep to?", "keep 2027-06-16"),
    ("We entered goods 5/5/2022. No, make that 5/15/2022. Until when do we keep the docs?", "keep 2027-05-15"),
    ("Depending on who you ask we entered on 1/3/2022 or 1/8/2022; what is the last retention day?", "ask entry"),
    ("Per our records, entry on 1/3/2022; per CBP's, 1/8/2022. Until when?", "ask question"),
    ("British style dates: entry 11/12/2021. When does retention end?", "keep 2026-12-11"),
    ("the entry happened 6 years ago today. still obliged?", "keep 2025-11-22"),
    ("CBP demanded our entry records eight days ago by letter. What's the due date?", "due 2026-12-14"),
    ("Demand for entry records hit our inbox last Thursday. Due?", "ask demand_received"),
    ("They need our entry records by December 1, 2026: CBP demand got here November 20, 2026. Deadline?", "due 2026-12-01"),
    ("Demand rec'd 11/16/2026. Import specialist gave us one week since the goods are held. Entry records due?", "due 2026-11-23"),
    ("An extension was requested but denied. Demand for entry records received 11/5/2026. Due when?", "due 2026-12-05"),
    ("Entry of 12/15/2021 - can it go on 12/15/2026 or must we wait a day?", "keep 2026-12-15"),
    ("Chile FTA: certificate issued 7/1/2022, no signature date. Keep the export records until?", "keep 2027-07-01"),
    ("The USMCA certification is not completed yet; goods exported 10/10/2026. Until when do we keep the records?", "ask certification_completed"),
    ("Entered March 3rd and again March 17th, 2022. Last day for each?", "keep 2027-03-17"),
    ("Entered 3/3, 3/17 and 4/1/2022. Last day for each?", "keep 2027-04-01"),
    ("Entry on or about 5/5/2022, until when?", "ask entry"),
    ("In May we found papers for an entry dated 5/5/2020. When could they go?", "keep 2025-05-05"),
    ("Customs never asked for redelivery. Released 10/20/2026. Packing list until?", "keep 2026-12-19"),
    ("We're in a dispute: CBP audit since 2025 and entries of 3/3/2021. Until when do the rules make us keep them?", "keep 2026-03-03"),
    ("A type 11 informal entry, 6/1/2025, we imported and own it. Until?", "keep 2030-06-01"),
    ("admitted into the FTZ 1/1/2022; it hasn't been removed. Zone operator. Until when?", "ask zone_removal"),
    ("Kimberley certificate: rough diamonds exported 6/6/2022, imported the year before on 5/5/2021. Until when?", "keep 2027-06-06"),
    ("Entry dated twenty-second of November 2021. Last day?", "keep 2026-11-22"),
    ("CBP's written demand came 2 weeks ago and gives 10 calendar days. Entry records due when?", "due 2026-11-18"),
    ("Peru certification issued 1/1/2022 & Chile certificate issued 2/2/2022 - keep until?", "keep 2027-02-02"),
    ("Entered 11/21/2021. Is tomorrow too early to shred?", "keep 2026-11-21"),
    ("Neither a NAFTA nor a USMCA claim was made. Entry 4/20/2022. Until?", "keep 2027-04-20"),
    ("dd/mm/yy: 09/10/21 entry. last day?", "keep 2026-10-09"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_what_is_told_is_computed_or_asked(text: str, expected: str) -> None:
    found = computed(text)
    kind, value = expected.split()
    if kind == "ask":
        assert value in {missing.fact for missing in found.missing}
        assert found.keep_through is None and found.due_by is None
    else:
        assert not found.missing
        assert str(found.keep_through if kind == "keep" else found.due_by) == value


#: A message, and the date and the words of every line in the order in which they are shown.
LINES = [
    ("Entered 1/2/2021, drawback filed 2/2/2022 and liquidated 3/3/2024. Until when?", [("March 3, 2027", "drawback claim"), ("January 2, 2026", "entry")]),
    ("Entered 5/1/2022, drawback filed 6/1/2022 and liquidated 7/1/2023. Until when?", [("May 1, 2027", "entry on May 1, 2022"), ("July 1, 2026", "liquidation of the drawback claim on July 1, 2023")]),
    ("Shipment A entered 1/10/2022, shipment B entered 6/20/2023. Until when each?", [("June 20, 2028", "entry on June 20, 2023"), ("January 10, 2027", "entry on January 10, 2022")]),
    ("Korea certificate issued 1/5/2022 and Panama certificate issued 2/6/2022. Until when each?", [("February 6, 2027", "on February 6, 2022"), ("January 5, 2027", "on January 5, 2022")]),
    ("Packing list and invoice: entered 3/1/2022, release period ended 4/1/2022. Until when for each?", [("March 1, 2027", "entry"), ("May 31, 2022", "packing lists")]),
    ("Demands received 10/20/2026 and 11/10/2026. When are the entry records due?", [("November 19, 2026", "October 20, 2026"), ("December 10, 2026", "November 10, 2026")]),
    ("Entry 6/1/2022; drawback filed 5/1/2024, liquidation still pending. Until when?", [("June 1, 2027", "Keep at least through")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), LINES)
def test_each_duty_has_its_line_and_the_governing_one_leads(text: str, lines: list[tuple[str, str]]) -> None:
    claims = [claim.text for claim in computed(text).claims]
    assert len(claims) == len(lines)
    for claim, parts in zip(claims, lines, strict=True):
        assert all(part in claim for part in parts)


#: What is set aside as a whole, and what is not: the thing exists, and only something about it is denied.
DENIED = [
    ("we never filed drawback on this", "on this"),
    ("no drawback was ever filed. entered 3/1/2022", "entered 3/1/2022"),
    ("there was never a reconciliation, entered", "entered"),
    ("not a usmca claim; entered", "; entered"),
    ("the section 321 release wasn't used, entered", ", entered"),
    ("we have not received any demand from cbp. entered", "entered"),
    ("the drawback claim was never paid", "the drawback claim was never paid"),
    ("the reconciliation has not been filed yet", "the reconciliation has not been filed yet"),
    ("drawback was filed and not paid", "drawback was filed and not paid"),
    ("no drawback has been filed yet", "no drawback has been filed yet"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "left"), DENIED)
def test_what_is_denied_as_a_whole_is_set_aside(text: str, left: str) -> None:
    words = ("drawback", "reconciliation", "usmca", "section 321", "demand")
    places = [(text.find(word), text.find(word) + len(word)) for word in words if word in text]
    found = without_denied(text, places)
    assert len(found) == len(text)
    assert left in " ".join(found.split())
    assert (left == text) == (found == text)


OWNERS = [
    ("we are the consignee and the purchaser", True),
    ("consignee who bought the goods", True),
    ("not the owner, but we did buy and we bought them all", True),
    ("we're the owners", True),
    ("i am neither owner nor purchaser", False),
    ("we do not own the goods and did not buy them", False),
    ("consignee for the owner", False),
    ("the owner is our customer; we are consignee", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OWNERS)
def test_who_owns_or_bought_the_goods(text: str, expected: bool) -> None:
    assert owns(text) is expected


GIVEN = [
    ("They want them within 10 days for admissibility", Prescribed(days=10)),
    ("CBP gave us two weeks", Prescribed(days=14)),
    ("Customs wants everything in 5 business days", Prescribed(days=5, business=True)),
    ("CBP set November 30, 2026: they want it by November 30, 2026", Prescribed(until=date(2026, 11, 30))),
    ("CBP granted an extension to 1/15/2027", Prescribed(until=date(2027, 1, 15), more=True)),
    ("We asked for an extension to 1/15/2027", None),
    ("Somebody told us it wants them within 10 days", None),
    ("They want them within 30 days", None),
    ("Can we send them within 10 days?", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GIVEN)
def test_what_customs_gave(text: str, expected: Prescribed | None) -> None:
    assert prescribed(text, find_dates(text, TODAY)) == expected


def test_a_later_day_without_approval_shortens_nothing() -> None:
    found = computed("CBP gave us until 2/1/2027. Demand for entry records received 11/10/2026. Due?")
    assert found.due_by == date(2026, 12, 10)
    assert any("more time was approved" in caveat for caveat in found.caveats)


def test_working_days_are_counted_as_the_calendar_days_that_end_earlier() -> None:
    found = computed(
        "CBP wants them within 10 business days. Demand for entry records received 11/10/2026. Due?"
    )
    assert found.due_by == date(2026, 11, 20)
    assert any("Working days" in caveat for caveat in found.caveats)


TWICE = [
    ("March 1, 2022 or maybe March 4, 2022", "either"),
    ("March 1, 2022 (or perhaps March 4, 2022)", "either"),
    ("March 1, 2022, correction: it was March 4, 2022", "corrected"),
    ("March 1, 2022 is wrong, it is March 4, 2022", "corrected"),
    ("at first we wrote March 1, 2022 but now it reads March 4, 2022", "corrected"),
    ("March 1, 2022 to March 4, 2022", "both"),
    ("3/1/2022-3/4/2022", "both"),
    ("March 1, 2022 through March 1, 2027", None),
    ("March 1, 2022 and we exported it March 4, 2022", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TWICE)
def test_how_two_days_stand_to_each_other(text: str, expected: str | None) -> None:
    found = doubles(text, find_dates(text, TODAY))
    assert [how for _, _, how in found] == ([expected] if expected else [])


OPEN = [
    ("Entered 3/1/2022, CBP sent a CF-28 last week, until when do we keep it?", True),
    ("Entered 3/1/2022, there is a pending protest. Until when?", True),
    ("Entered 3/1/2022, under audit now. Until when?", True),
    ("Entered 3/1/2022, never audited. Until when?", False),
    ("Entered 3/1/2022. Until when?", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OPEN)
def test_an_open_matter_is_said_beside_the_date(text: str, expected: bool) -> None:
    found = computed(text)
    assert found.keep_through == date(2027, 3, 1)
    assert any("matter that may still be open" in caveat for caveat in found.caveats) is expected


def test_an_agreement_that_is_not_held_is_said_beside_the_date() -> None:
    found = computed("Israel FTA import entered 5/5/2022. Until when?")
    assert found.keep_through == date(2027, 5, 5)
    assert any("Israel" in caveat for caveat in found.caveats)


def test_a_value_below_zero_is_asked_again() -> None:
    text = "What is the maximum penalty for negligence if the goods are valued at -5000 dollars?"
    found = read_penalty(text, READER.read(text, TODAY, TODAY))
    assert found is not None
    assert not found.values
    assert [missing.fact for missing in found.missing] == ["appraised_value"]


#: A message, what is added to it, and the governing date of both together.
ADDED = [
    ("Demand for entry records received 11/3/2026. Due?", "CBP granted an extension to 12/31/2026", "due 2026-12-31"),
    ("Demand for entry records received 11/3/2026. Due?", "they gave us until 11/20/2026", "due 2026-11-20"),
    ("Demand for entry records received 11/3/2026. Due?", "CBP wants them within 10 days", "due 2026-11-13"),
    ("Entered 3/1/2022. Until when?", "and drawback on it was liquidated 5/5/2023", "keep 2027-03-01"),
    ("Entered 3/1/2022. Until when?", "and drawback on it was liquidated 5/5/2025", "keep 2028-05-05"),
    ("Entered 3/1/2022. Until when?", "we never filed drawback on it", "keep 2027-03-01"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "added", "expected"), ADDED)
def test_what_is_added_later_stands_beside_what_was_told(first: str, added: str, expected: str) -> None:
    found = FOLLOWING.sums(FOLLOWING.state(added, [first], TODAY, TODAY), TODAY, TODAY)
    assert found is not None
    assert not found.missing
    kind, day = expected.split()
    assert str(found.keep_through if kind == "keep" else found.due_by) == day


@pytest.mark.parametrize("text", [text for text, _ in TOLD])
def test_offsets_hold(text: str) -> None:
    """A reading blanks and never cuts, so that what is found keeps its place."""
    assert all(plain(text)[one.start : one.end] == plain(one.text) for one in find_dates(text, TODAY))


@pytest.mark.parametrize(
    ("text", "cite"),
    [
        ("Entry was 11/22/2021, so five years end on a Sunday. Do we get until Monday?", "19 CFR 163.4"),
        ("Demand for entry records received 11/6/2026; 30 days end on a Sunday. Due?", "19 CFR 163.6(a)"),
        (
            "Released 2/12/2021 under immediate delivery, entry summary filed 2/24/2021. Until?",
            "19 CFR 141.68(c)",
        ),
        ("The entry summary of 2/24/2021 served as the entry. Keep until?", "19 CFR 141.68(b)"),
        ("Released 3/1/2021, entry summary filed 3/12/2021. Keep the entry file until?", "19 CFR 141.68(a)"),
        (
            "Type 21 of 2/12/2018, withdrawn for consumption 3/3/2021. Keep the entry file?",
            "19 CFR 141.68(g)",
        ),
        (
            "We bought the goods; our broker made an informal entry on 2/14/2025. Until when?",
            "19 CFR 163.4(b)(3)",
        ),
        ("POA revoked 3/1/2022, client inactive 7/15/2023. Broker, until when?", "19 CFR 111.23(b)"),
        ("Entered 3/1/2022. Until when do we keep it?", None),
        ("POA revoked 3/1/2022. Broker, until when?", None),
    ],
)
def test_why_a_day_counts_is_said_beside_it(text: str, cite: str | None) -> None:
    found = computed(text)
    said = [claim for claim in found.claims if cite in [str(one) for one in claim.citations]]
    explains = [claim for claim in said if claim.text in found.support]
    assert bool(explains) == (cite is not None)
    assert cite is None or cite in [str(one) for one in found.deadlines[0].citations]
