# ruff: noqa: E501  A table is easier to check with one row a line.
"""What is read from people's messages: record, agreement, events, and what has to be asked.

A row is a message and what must be read from it, written as
``record[:agreement[:country]] event=date … ?missing …``; several computations are joined by `` & ``.
An empty reading means that the message asks for no computation.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest

from assistant.answering.computing import Sums, maxima, sums
from assistant.answering.conversation import Following
from assistant.answering.conversation_words import in_place
from assistant.answering.dates import find_dates
from assistant.answering.facts import ReadFacts, read_facts, read_penalty
from assistant.answering.facts.events import pairs_of, phrases_of
from assistant.answering.facts.words import read_words
from assistant.answering.question import QuestionReader
from assistant.answering.triage import Triage
from assistant.reading.language import read_language
from assistant.retention.vocabulary import check

LANGUAGE = read_language(Path(__file__).parents[2] / "corpus")
READER = QuestionReader(LANGUAGE)
FOLLOWING = Following(READER, LANGUAGE, Triage(LANGUAGE))
TODAY = date(2026, 11, 22)


def read(text: str) -> tuple[ReadFacts, ...]:
    return read_facts(text, READER.read(text, TODAY, TODAY), LANGUAGE, TODAY)


def told(one: ReadFacts) -> str:
    """A reading in the notation of the tables."""
    parts = []
    if one.facts:
        names = [one.facts.record, one.facts.agreement, one.facts.country]
        parts.append(":".join(name for name in names if name))
        named = {**one.facts.events, **one.facts.facts}
        parts += sorted(f"{name}={value}" for name, value in named.items())
    return " ".join([*parts, *(f"?{missing.fact}" for missing in one.missing)])


def normal(row: str) -> str:
    """A row of the tables with its events in one order."""
    first, *rest = row.split()
    return " ".join(
        [first, *sorted(part for part in rest if part[0] != "?"), *(p for p in rest if p[0] == "?")]
    )


ENTRIES = [
    ("Entered a container of lamps 2021-03-15, keep until?", "entry entry=2021-03-15"),
    ("We made entry on Jan. 4, 2022. How long do the files stay?", "entry entry=2022-01-04"),
    ("entry 2021-03-15", "entry entry=2021-03-15"),
    ("Entry: 15 Mar 2021", "entry entry=2021-03-15"),
    ("entry date was March 15th, 2021 - toss date?", "entry entry=2021-03-15"),
    ("cleared on 9/9/2020, how many years do I sit on it", "entry entry=2020-09-09"),
    ("Shipment cleared customs 09-09-2020. Until when do we hold the 7501?", "entry entry=2020-09-09"),
    ("7501 filed 1 Feb 2024. shred date?", "entry entry=2024-02-01"),
    ("Our broker filed the entry on June 3, 2022. When can we shred our copies?", "entry entry=2022-06-03"),
    ("Can I shred an entry from 2019-04-04?", "entry entry=2019-04-04"),
    ("Is it too early to toss the file of an entry made 2022-01-15?", "entry entry=2022-01-15"),
    ("On 2021-05-05 we entered bicycles. Retention ends when?", "entry entry=2021-05-05"),
    ("On 2021-05-05, the goods were entered; last day to keep the papers?", "entry entry=2021-05-05"),
    ("ent date 04/18/2023 retention?", "entry entry=2023-04-18"),
    ("consumption entry of 29 February 2020, keep through what day", "entry entry=2020-02-29"),
    ("Entered 2/29/2024. Hold until?", "entry entry=2024-02-29"),
    ("We entered goods yesterday. Until what date must the records stay?", "entry entry=2026-11-21"),
    ("If we enter the goods tomorrow, the entry being made tomorrow, keep until when?", "entry entry=2026-11-23"),
    ("Entry made 20 Dec 2027 (planned), keep through?", "entry entry=2027-12-20"),
    ("Invoice dated 2021-01-10, entered 2021-02-20. Keep until?", "entry entry=2021-02-20"),
    ("PO dated 3 Jan 2021; entered 5 Mar 2021; how long do we keep the PO?", "entry entry=2021-03-05"),
    ("Imported 2023-02-01, entered 2023-02-05. Last day to keep?", "entry entry=2023-02-05"),
    ("Goods released 2023-02-01 and entry summary filed 2023-02-10. How long is the entry file kept?", "entry entry=2023-02-10"),
    ("Withdrawn for consumption on 2022-08-08. Keep those records until when?", "entry entry=2022-08-08"),
    ("informal entry on 2024-05-06, we own the goods. keep till?", "entry entry=2024-05-06"),
    ("Informal entry made July 8 2024 by us as owner and consignee; until when do records stay?", "entry entry=2024-07-08"),
    ("Entries of 2021-03-15 and 2021-04-02, keep until?", "entry entry=2021-03-15 & entry entry=2021-04-02"),
    ("The entry was filed on 15MAR21. Last day?", "entry entry=2021-03-15"),
    ("entry 20210315 - when can it go", "entry entry=2021-03-15"),
    ("entered 3/1/12, when did it run out?", "entry entry=2012-03-01"),
    ("entry on 12/25/97. when was retention over?", "entry entry=1997-12-25"),
    ("Entered on the 5th of May, 2022. How long?", "entry entry=2022-05-05"),
    ("Under 19 CFR 163.4(a), entry of 2020-10-10: last day?", "entry entry=2020-10-10"),
    ("Entry no. 231-1234567-8 of 2022-03-03. Keep until when?", "entry entry=2022-03-03"),
    ("An invoice over $10,000 for goods entered 2022-03-03; keep until what date?", "entry entry=2022-03-03"),
    ("Entered 2022-03-03. May I destroy it on 2025-01-01?", "entry entry=2022-03-03"),
    ("Is it true the entry of 2021-03-15 can go after 2024-03-15? Until when must it stay?", "entry entry=2021-03-15"),
    ("goods entered june 12, what day can we stop keeping the 7501", "entry ?year"),
    ("Entered on 6/12. Last day to keep?", "entry ?year"),
    ("Entered on June 12. The year was 2023. Last day?", "entry entry=2023-06-12"),
    ("Entry was in May 2022, exact end date please", "entry ?entry"),
    ("entered sometime in 2021 - exactly what date can the file go?", "entry ?entry"),
    ("Entry date 2023-02-30, keep until?", "entry ?entry"),
    ("We entered on June 31, 2022. last day?", "entry ?entry"),
    ("entry 13/13/2020, how long?", "entry ?entry"),
    ("Give me the exact date on which our entry records may be destroyed.", "entry"),
    ("We imported tiles on 2023-02-01. Until when do we keep the customs file?", "entry"),
    ("Those papers are from 2022-05-05. What day can they go?", "?record"),
    ("Something happened 2021-01-01, until when do I keep it?", "?record"),
]  # fmt: skip

OTHERS = [
    # activity, carriers, low value, informal
    ("A customs regulation made us write a report. The activity took place 2022-09-09. Keep until?", "activity activity=2022-09-09"),
    ("Activity of 3 March 2023, not tied to an entry. Last day?", "activity activity=2023-03-03"),
    ("activity 2021-07-01 how long", "activity activity=2021-07-01"),
    ("Records unrelated to an entry, activity date 7/4/2022, retention?", "activity activity=2022-07-04"),
    ("We're a carrier: manifested cargo exempt from entry moved 2025-05-05. Keep through?", "exempt_cargo activity=2025-05-05"),
    ("Airline. Exempt cargo flown on 1 April 2025 - how long for the manifest?", "exempt_cargo activity=2025-04-01"),
    ("Section 321 shipment entered 2024-06-01, until when?", "duty_free_low_value entry=2024-06-01"),
    ("type 86 cleared 5/6/2024 keep till", "duty_free_low_value entry=2024-05-06"),
    ("De minimis parcel admitted 2024-03-02, end of retention?", "duty_free_low_value entry=2024-03-02"),
    ("Low value shipment entered 2026-02-10, not admitted free. Date it can go?", "duty_free_low_value entry=2026-02-10 admitted_free=no"),
    ("321 parcel of 2026-02-10, it was admitted free. Keep until?", "duty_free_low_value entry=2026-02-10 admitted_free=yes"),
    ("I'm just the consignee, not the owner; our broker made an informal entry 2025-04-04. keep until?", "informal_entry entry=2025-04-04"),
    ("Consignee only (don't own it), informal entry by our customs broker on 4/5/2025, last day?", "informal_entry entry=2025-04-05"),
    # reconciliation
    ("recon filed 8/14/2023 - keep until?", "reconciliation reconciliation_filed=2023-08-14"),
    ("We filed the reconciliation on August 14, 2023. End date?", "reconciliation reconciliation_filed=2023-08-14"),
    ("Type 09 entry submitted 2022-02-02, retention?", "reconciliation reconciliation_filed=2022-02-02"),
    ("Is the clock for our reconciliation filed 2023-08-14 up?", "reconciliation reconciliation_filed=2023-08-14"),
    ("Packing lists for goods released on 9/1/2026 and 9/15/2026: when can each be tossed?", "packing_list release_end=2026-09-01 & packing_list release_end=2026-09-15"),
    ("Recon entry: 2 Feb 2022. How long?", "reconciliation reconciliation_filed=2022-02-02"),
    # packing lists
    ("packing list, goods released 10 Jan, conditional release ended 15 Jan", "packing_list ?year"),
    ("packing list, goods released 10 Jan 2026, conditional release ended 15 Jan 2026", "packing_list release_end=2026-01-10 conditional_release_end=2026-01-15"),
    ("Pack list. Cargo released 2026-05-01. Toss when?", "packing_list release_end=2026-05-01"),
    ("packing slip: end of the conditional release period was 3 Apr 2026. keep until", "packing_list conditional_release_end=2026-04-03"),
    ("Packing list; goods were redelivered 4/20/2026 after a demand. Until when?", "packing_list redelivered=2026-04-20"),
    ("Packing list: demand for redelivery, redelivery due by 2026-06-30, nothing went back. Keep through?", "packing_list redelivery_due=2026-06-30"),
    ("packing list, release ended 2026-05-01, conditional release ended in June 2026, last day?", "packing_list release_end=2026-05-01 ?conditional_release_end"),
    ("packing list, release ended 2026-05-01, conditional release ended in March 2026, last day?", "packing_list release_end=2026-05-01"),
    ("Packing list - exact date it can be binned?", "packing_list"),
    # original format
    ("Originals: release period ended 2026-03-03. When may we rely on the scans?", "original_format release_end=2026-03-03"),
    ("How long keep the original paper if goods were released on 3 March 2026?", "original_format release_end=2026-03-03"),
    ("120 days after release: goods released 2026-03-03, conditional release ended 2026-04-01. Which day?", "original_format release_end=2026-03-03 conditional_release_end=2026-04-01"),
    # broker
    ("As a broker: our copies for an entry of 2022-02-02, keep until?", "broker_entry entry=2022-02-02"),
    ("Licensed broker here. Entry filed 3/3/2023. Retention end?", "broker_entry entry=2023-03-03"),
    ("Broker's records, client's entry dated Aug 8, 2020. Through when?", "broker_entry entry=2020-08-08"),
    ("revoked POA on 2/1/2023, client went inactive 6/30/2024 - when can the POA go", "broker_power_of_attorney power_revoked=2023-02-01 client_inactive=2024-06-30"),
    ("Client pulled the POA 2023-02-01 and dropped us 2024-06-30. Keep the power until?", "broker_power_of_attorney power_revoked=2023-02-01 client_inactive=2024-06-30"),
    ("power of attorney revoked as of 2023-02-01; account closed 2024-06-30; last day?", "broker_power_of_attorney power_revoked=2023-02-01 client_inactive=2024-06-30"),
    ("POA canceled 1 Feb 2023. destroy date?", "broker_power_of_attorney power_revoked=2023-02-01"),
    ("5291 revoked 2022-08-08, client inactive in 2023. exact date?", "broker_power_of_attorney power_revoked=2022-08-08"),
    # zones, warehouses, diamonds, vehicles
    ("FTZ operator, goods left the zone 2022-07-07. Until when?", "ftz_operator zone_removal=2022-07-07"),
    ("Merchandise removed from the foreign-trade zone on 7/7/2022, how long?", "ftz_operator zone_removal=2022-07-07"),
    ("zone operator: shipped out of the zone 7 Jul 2022, keep till", "ftz_operator zone_removal=2022-07-07"),
    ("Bonded warehouse, final withdrawal 2023-03-03. Broker's retention?", "warehouse_withdrawal last_withdrawal=2023-03-03"),
    ("warehouse entry, last w/d 3/3/2023, keep until", "warehouse_withdrawal last_withdrawal=2023-03-03"),
    ("The last goods were withdrawn from warehouse on March 3, 2023. Until when do we keep?", "warehouse_withdrawal last_withdrawal=2023-03-03"),
    ("rough diamonds shipped 2024-04-04, Kimberley cert kept until?", "rough_diamonds exportation=2024-04-04"),
    ("KPC for diamonds exported on 4 April 2024, last day", "rough_diamonds exportation=2024-04-04"),
    ("LVC certification filed 2024-03-31 by our assembly plant. Keep until?", "usmca_vehicle certifications_filed=2024-03-31"),
    ("Light trucks: LVC certification filed 1/5/2024, steel cert 2/6/2024. keep until", "usmca_vehicle certifications_filed=2024-02-06"),
    ("POA revoked 5/5/22, but they stayed active until 12/31/23. Keep it until?", "broker_power_of_attorney power_revoked=2022-05-05 client_inactive=2023-12-31"),
    ("automaker: steel and aluminum certs submitted March 31, 2024. end date?", "usmca_vehicle certifications_filed=2024-03-31"),
]  # fmt: skip

DRAWBACK = [
    ("our drawback claim was paid in May 2019 and liquidated 2/29/2024", "drawback claim_liquidated=2024-02-29"),
    ("drawback clm filed 6/30/21, accel pmt 8/15/21, liq 7/1/22", "drawback claim_filed=2021-06-30 claim_paid=2021-08-15 claim_liquidated=2022-07-01"),
    ("We filed the claim on 2019-05-02; CBP liquidated it on 2020-05-04; check came 2019-06-01. Drawback. Until when?", "drawback claim_filed=2019-05-02 claim_liquidated=2020-05-04 claim_paid=2019-06-01"),
    ("drawback filed 5/2/19 liq 5/4/20 pd 6/1/19 keep till?", "drawback claim_filed=2019-05-02 claim_liquidated=2020-05-04 claim_paid=2019-06-01"),
    ("Drawback: submitted 2021-01-05, refund received 2021-03-01, liquidation 2022-01-07. Last day?", "drawback claim_filed=2021-01-05 claim_paid=2021-03-01 claim_liquidated=2022-01-07"),
    ("On 2021-01-05 we filed for drawback, on 2022-01-07 it liquidated. keep until when?", "drawback claim_filed=2021-01-05 claim_liquidated=2022-01-07"),
    ("2022-01-07 liquidation, 2022-02-02 payment, drawback. How long?", "drawback claim_liquidated=2022-01-07 claim_paid=2022-02-02"),
    ("Drawback claim liquidated 2022-01-07. Exported 2019-01-01. Keep until?", "drawback claim_liquidated=2022-01-07"),
    ("We claimed drawback on 3 Mar 2020 and it liquidated 5 Mar 2021, retention end?", "drawback claim_filed=2020-03-03 claim_liquidated=2021-03-05"),
    ("Drawback paid April 3, 2017. until when did we need it?", "drawback claim_paid=2017-04-03"),
    ("drawback claim was paid in 2016, exact last day of retention?", "drawback ?claim_paid"),
    ("drawback claim filed in 2016, paid 2016-11-15, keep until when?", "drawback claim_filed=2016-01-01 claim_paid=2016-11-15"),
    ("drawback filed in June 2021, liquidated 2022-06-20, keep until when?", "drawback claim_filed=2021-06-01 claim_liquidated=2022-06-20"),
    ("drawback filed in 2018, liquidated 2019-06-20, keep until when?", "drawback claim_liquidated=2019-06-20 ?claim_filed"),
    ("drawback liquidated 2018-06-01, paid in 2016, keep until when?", "drawback claim_liquidated=2018-06-01 ?claim_paid"),
    ("drawback liquidated June 31, 2022, keep until?", "drawback ?claim_liquidated"),
    ("Drawback filed 10 Jan, liquidated 2022-01-07. Keep until?", "drawback claim_liquidated=2022-01-07 ?year"),
    ("duty refund under 1313: liquidated on 7 Jan 2022, how long keep?", "drawback claim_liquidated=2022-01-07"),
    ("Drawback claim dated 2021-01-05 was paid on 2021-02-02, liquidated 2022-01-07 – retention?", "drawback claim_filed=2021-01-05 claim_paid=2021-02-02 claim_liquidated=2022-01-07"),
    ("Our 7551 went in: filed 2021-01-05. Liquidated: 2022-01-07. Last day?", "drawback claim_filed=2021-01-05 claim_liquidated=2022-01-07"),
]  # fmt: skip

AGREEMENTS = [
    ("KORUS cert issued 3/1/12", "fta_export:korea certificate_issued=2012-03-01"),
    ("KORUS certificate issued March 20, 2012, keep until?", "fta_export:korea certificate_issued=2012-03-20"),
    ("Korea FTA cert: signed 2023-09-10, issued 2023-09-15. exporter. last day?", "fta_export:korea certificate_signed=2023-09-10 certificate_issued=2023-09-15"),
    ("Panama TPA certificate issued on 1 May 2021, until when?", "fta_export:panama certificate_issued=2021-05-01"),
    ("We issued a Colombia TPA certification 5/5/2020. Toss when?", "fta_export:colombia certificate_issued=2020-05-05"),
    ("Chile: certificate issued 2023-05-09 and signed 2023-05-01, exporter file until?", "fta_export:chile certificate_issued=2023-05-09 certificate_signed=2023-05-01"),
    ("Signed the Peru certificate Dec 31, 2022. How long do exporters keep the backup?", "fta_export:peru certificate_signed=2022-12-31"),
    ("CAFTA-DR cert for Honduras issued 2006-05-05. Retention end?", "fta_export:cafta-dr:honduras certificate_issued=2006-05-05"),
    ("CAFTA certification to our buyer in Guatemala, issued 2022-02-02, keep until", "fta_export:cafta-dr:guatemala certificate_issued=2022-02-02"),
    ("CAFTA-DR certification issued 2008-01-01, until when?", "fta_export:cafta-dr certificate_issued=2008-01-01"),
    ("USMCA cert completed 2/1/2021, goods exported 2/10/2021, keep until?", "fta_export:usmca certification_completed=2021-02-01 exportation=2021-02-10"),
    ("Completed the USMCA certification of origin on 3 Aug 2024. Last day?", "fta_export:usmca certification_completed=2024-08-03"),
    ("USMCA certification signed 2021-02-01, shipped to Monterrey 2021-02-10. Keep until?", "fta_export:usmca exportation=2021-02-10"),
    ("USMCA certification dated 2021-02-01. Exporter. Keep until?", "fta_export:usmca certification_completed=2021-02-01"),
    ("USMCA cert filled out 2021-02-01, crossed to Canada 2021-02-03, retention?", "fta_export:usmca certification_completed=2021-02-01 exportation=2021-02-03"),
    ("USMCA certification completed 2021-02-01, exported in March 2021. Last day?", "fta_export:usmca certification_completed=2021-02-01 exportation=2021-03-01"),
    ("NAFTA certificate signed 3/10/2019, exported April 1, 2019. keep through?", "fta_export:nafta certificate_signed=2019-03-10 exportation=2019-04-01"),
    ("NAFTA cert of origin issued 2018-01-05, keep until?", "fta_export:nafta"),
    ("NAFTA CO dated 5 Jan 2018. We're the exporter. Keep the certificate until?", "fta_export:nafta certificate_signed=2018-01-05"),
    ("Exported tools to Canada 2018-05-05 with a certificate of origin signed 2018-05-01. Until when?", "fta_export:nafta exportation=2018-05-05 certificate_signed=2018-05-01"),
    ("Exported tools to Mexico 2022-05-05, certification completed 2022-05-01. Until when?", "fta_export:usmca exportation=2022-05-05 certification_completed=2022-05-01"),
    ("exports to canada in the old days: exported 1990-06-06 under the 1988 agreement. until when?", "fta_export:canada exportation=1990-06-06"),
    ("CUSFTA export of June 6, 1990: exported 6/6/1990, when did it end?", "fta_export:canada exportation=1990-06-06"),
    ("fta cert issued 2022-03-03, keep until?", "fta_export ?agreement certificate_issued=2022-03-03"),
    ("We signed a certificate of origin on 2022-03-03. How long do we keep the support?", "fta_export certificate_signed=2022-03-03 ?agreement"),
    ("KORUS cert issued 10 Jan. keep until?", "fta_export:korea ?year"),
    ("Korea cert issued 2022-02-30, until when?", "fta_export:korea ?certificate_issued"),
    ("Korean cert issued in March 2022, last day?", "fta_export:korea ?certificate_issued"),
    ("Our importer in Bogota asked for a cert, which we issued on 9/9/2022. Keep until?", "fta_export:colombia certificate_issued=2022-09-09"),
    ("we did our certification for a buyer in Lima on 5 May 2022 (date of issue), until which day must the backup stay", "fta_export:peru certificate_issued=2022-05-05"),
    ("Peru TPA: signed 2009-03-15, issued 2009-03-20, how long?", "fta_export:peru certificate_signed=2009-03-15 certificate_issued=2009-03-20"),
    ("NAFTA cert signed 1/5/2019; last shipment to Mexico 6/30/2019. Until when?", "fta_export:nafta certificate_signed=2019-01-05 exportation=2019-06-30"),
    ("USMCA importer here. Imported 2022-04-10, entered 2022-04-14. Last day?", "fta_import:usmca importation=2022-04-10 entry=2022-04-14"),
    ("We import under USMCA: goods arrived 4/10/2022; entry 4/14/2022; until?", "fta_import:usmca importation=2022-04-10 entry=2022-04-14"),
    ("USMCA preference claim, imported and entered on 2022-04-10. Keep until?", "fta_import:usmca importation=2022-04-10 entry=2022-04-10"),
    ("NAFTA claim as importer, entered 20 Nov 2018, keep till?", "fta_import:nafta entry=2018-11-20"),
    ("KORUS claim on an entry of 2024-10-31, keep to?", "fta_import:korea entry=2024-10-31"),
    ("Importer, Chile FTA, imported Jan 5 2023, entry Jan 20 2023 - last day?", "fta_import:chile importation=2023-01-05 entry=2023-01-20"),
    ("Colombia TPA importer: entry 2024-08-07; importation 2024-08-09; end date?", "fta_import:colombia entry=2024-08-07 importation=2024-08-09"),
    ("We imported shirts from El Salvador claiming CAFTA, entered 2023-03-03. until when?", "fta_import:cafta-dr:el-salvador entry=2023-03-03"),
    ("USMCA importer; supplier completed the certification 2022-03-01; imported 2022-04-10; entered 2022-04-14. Keep until?", "fta_import:usmca importation=2022-04-10 entry=2022-04-14"),
    ("Entered chairs from Korea on 2023-03-03, no preference. Keep until?", "entry entry=2023-03-03"),
]  # fmt: skip

DUE = [
    ("Got the demand for our 7501s on 2026-11-02. Due when?", "entry_records_demand demand_received=2026-11-02"),
    ("CBP demanded entry records, we received it 11/2/2026, deadline?", "entry_records_demand demand_received=2026-11-02"),
    ("demand letter dated 2026-11-02 for entry documents, by when do we produce?", "entry_records_demand"),
    ("Demand letter dated 2026-10-28, received 2026-11-02. Last day to hand over the entry docs?", "entry_records_demand demand_received=2026-11-02"),
    ("The port's demand for entry documents reached us on Nov 2 2026. When's the due date?", "entry_records_demand demand_received=2026-11-02"),
    ("customs demanded the entry file, exact due date?", "entry_records_demand"),
    ("A demand dated October 30, 2026 (received November 3, 2026) for entry records: our response due?", "entry_records_demand demand_received=2026-11-03"),
    ("Is 2026-12-02 the right due date for a demand received 2026-11-02?", "entry_records_demand demand_received=2026-11-02"),
    ("We were told on 5 Nov 2026 to produce entry records. Due date?", "entry_records_demand demand_received=2026-11-05"),
    ("Customs demanded records; the letter came Nov 2. When is it due?", "entry_records_demand ?year"),
    ("Notice of denial dated 2026-11-10 from the recordkeeping program. Appeal deadline?", "program_appeal notice_issued=2026-11-10"),
    ("We were removed from the RCP, notice issued 10 Nov 2026; appeal due when?", "program_appeal notice_issued=2026-11-10"),
    ("Program denial letter issued Nov 10, 2026, received Nov 14, 2026. Last day to appeal?", "program_appeal notice_issued=2026-11-10"),
    ("We received the notice of removal from the program on 2026-11-14. Appeal by when?", "program_appeal"),
    ("plan to go live with scanning on 2027-01-15, when must the notice go out?", "storage_notice implementation=2027-01-15"),
    ("We switch to electronic storage on Jan 15, 2027. By when do we notify CBP?", "storage_notice implementation=2027-01-15"),
    ("Alternative storage starts 1/15/2027: latest day for our letter to CBP?", "storage_notice implementation=2027-01-15"),
    ("Drawback claimed 2019-05-10 on goods exported 2019-05-01. When was disclosure of the NAFTA certificate due?", "certificate_disclosure claim_made=2019-05-10 exportation=2019-05-01"),
    ("USMCA drawback claim filed 2026-11-05, goods exported 2026-08-20; by when must we disclose the certification of origin?", "certificate_disclosure claim_made=2026-11-05 exportation=2026-08-20"),
    ("We learned of the NAFTA certificate on 2019-07-01 after claiming drawback 2019-05-10, exported 2019-05-01. Disclosure due?", "certificate_disclosure certificate_learned=2019-07-01 claim_made=2019-05-10 exportation=2019-05-01"),
]  # fmt: skip

SEVERAL = [
    ("Our drawback claim liquidated 2022-01-07 and the packing list's goods were released 2026-05-01. Keep each until when?", "drawback claim_liquidated=2022-01-07 & packing_list release_end=2026-05-01"),
    ("Packing list: goods released 2026-09-01. Recon filed 2023-08-14. Until when for both?", "packing_list release_end=2026-09-01 & reconciliation reconciliation_filed=2023-08-14"),
    ("FTZ: removed from the zone 2022-07-07. POA revoked 2023-02-01. Last days?", "ftz_operator zone_removal=2022-07-07 & broker_power_of_attorney power_revoked=2023-02-01"),
    ("Entered 2021-03-15. Our KORUS cert was issued 2022-02-02. Keep until?", "entry entry=2021-03-15 & fta_export:korea certificate_issued=2022-02-02"),
]  # fmt: skip

NOTHING = [
    "How long must entry records be kept?",
    "What changed on July 1, 2020?",
    "Was NAFTA in force in 2010?",
    "Was NAFTA in force on 2010-01-01?",
    "How long were drawback records kept in 2015?",
    "As of 2015-06-01, how long were drawback records to be kept?",
    "How long are entry records kept under the law as of January 1, 2019?",
    "How long for goods exported before July 1, 2020 under NAFTA?",
    "What is the rule for drawback claims filed after February 24, 2018?",
    "Who must keep the records of an entry made 2021-03-15?",
    "What is an entry record?",
    "What's the penalty for losing the papers of an entry of 2021-03-15?",
    "Does 19 CFR 163.4(b)(1) apply to drawback?",
    "Which law governs NAFTA certificates signed in 2018 and 2019, and how long is the retention?",
    "Retention for Section 321 parcels back in 2024?",
    "Did the KORUS agreement take effect on March 15, 2012?",
    "When did the Korea agreement enter into force?",
    "Is a packing list kept for 60 days after release?",
    "How many days do we have to answer a demand?",
    "We have 30 days to produce entry records, right?",
    "Can they summon us under 1509 today?",
    "My predecessor left in July and nobody knows how long to keep entries.",
    "We export to Singapore under the USSFTA, certificate issued 2022-03-03. Keep until?",
    "Summons served 2026-11-01 for entry records, when do we appear?",
    "The audit closing conference was 2026-10-01. When is the report due?",
    "CBP sent us a CF-28 dated 2026-11-02. When is it due?",
    "We opened the company on 2010-01-01; how long must we keep import records?",
    "We lost records of entry 2021-03-15 in a flood on 2023-08-01. Are we liable?",
    "Pub. L. 114-125 was signed on February 24, 2016. How did it change drawback?",
]

# What is denied, unknown, corrected, given as a range or of another paper: the gravest fault is a date computed from it.
UNSETTLED = [
    ("invoice 5/5/2021, no entry filed yet, how long keep", "entry"),
    ("entry date unknown but invoice is 5/5/2021, keep till?", "entry"),
    ("I can't find when it was entered, the invoice says 5/5/2021. How long keep?", "entry"),
    ("We don't know the entry date; the PO is 4/2/2021. Keep until?", "entry"),
    ("Not sure on what day it was entered. Invoice dated 5/5/2021. Last day to keep?", "entry"),
    ("Entry has not been filed, goods ordered 2/2/2021. Keep until when?", "entry"),
    ("entry hasn't been made yet, commercial invoice 5/5/2021, keep until", "entry"),
    ("The entry is still pending. Arrival notice 5/5/2021. Keep entry records until when?", "entry"),
    ("entry date tbd, bill of lading 4/4/2021, until when do we keep it?", "entry"),
    ("bill of lading 4/4/2021, keep entry records until when", "entry"),
    ("air waybill 4/4/2021: keep entry records until?", "entry"),
    ("Our purchase order is of 4/4/2021. Until when do we keep the entry records?", "entry"),
    ("We did not file the entry, the invoice is 5/5/2021. Until when?", "entry"),
    ("never entered; invoice 5/5/2021; keep entry file until?", "entry"),
    ("drawback claim not yet liquidated, filed 3/3/2022, paid 5/5/2022", "drawback claim_filed=2022-03-03 claim_paid=2022-05-05"),
    ("drawback claim filed 3/3/2022, paid 5/5/2022, never liquidated", "drawback claim_filed=2022-03-03 claim_paid=2022-05-05"),
    ("drawback filed 3/3/2022, liquidation still pending, paid 5/5/2022. keep until?", "drawback claim_filed=2022-03-03 claim_paid=2022-05-05"),
    ("drawback filed 3/3/2022, hasn't liquidated. keep until?", "drawback claim_filed=2022-03-03"),
    ("drawback filed 3/3/2022, awaiting liquidation. keep until?", "drawback claim_filed=2022-03-03"),
    ("drawback filed 3/3/2016, not paid yet. keep until?", "drawback claim_filed=2016-03-03"),
    ("POA never revoked, client inactive since 5/5/2021", "broker_power_of_attorney client_inactive=2021-05-05"),
    ("The POA was not revoked. Client went inactive 5/5/2021. Keep until?", "broker_power_of_attorney client_inactive=2021-05-05"),
    ("POA revoked 5/5/2021, client is not inactive. keep until?", "broker_power_of_attorney power_revoked=2021-05-05"),
    ("FTZ goods admitted 1/1/2020, not removed yet. How long keep?", "ftz_operator"),
    ("FTZ goods admitted 1/1/2020, never left the zone. Keep until?", "ftz_operator"),
    ("FTZ: admission 1/1/2020, removal has not happened. Keep until?", "ftz_operator"),
    ("warehouse entry 1/1/2020; last withdrawal not made yet. keep until?", "warehouse_withdrawal"),
    ("warehouse entry 1/1/2020, withdrawals 2/1/2021 and 6/1/2021, keep until?", "warehouse_withdrawal last_withdrawal=2021-06-01"),
    ("USMCA vehicle certifications not filed yet, model year began 1/1/2021. keep until?", "usmca_vehicle"),
    ("recon not filed yet, flagged on 1/1/2021 entry. keep until", "reconciliation"),
    ("reconciliation yet to be filed, entry flagged 1/1/2021, keep until?", "reconciliation"),
    ("conditional release has not ended, released 9/1/2026, packing list, keep until?", "packing_list release_end=2026-09-01 ?conditional_release_end"),
    ("packing list, released 9/1/2026, conditional release still running, keep until?", "packing_list release_end=2026-09-01 ?conditional_release_end"),
    ("packing list, released 9/1/2026, no conditional release, keep until?", "packing_list release_end=2026-09-01"),
    ("packing list, not redelivered, redelivery due Oct 5, 2026. keep until?", "packing_list redelivery_due=2026-10-05"),
    ("packing list: we never redelivered; latest redelivery date was Oct 5, 2026. keep until?", "packing_list redelivery_due=2026-10-05"),
    ("demand dated Nov 2, 2026. when due", "entry_records_demand"),
    ("CBP mailed the demand for entry records on Nov 2, 2026. When is our response due?", "entry_records_demand"),
    ("CBP mailed Nov 2, we received it Nov 10, 2026. when due?", "entry_records_demand demand_received=2026-11-10"),
    ("Demand for entry records dated Nov 2, 2026, not received yet. When due?", "entry_records_demand"),
    ("we did not receive the demand until Nov 10, 2026. When are entry records due?", "entry_records_demand demand_received=2026-11-10"),
    ("The demand was not received until 11/10/2026. Entry records due when?", "entry_records_demand demand_received=2026-11-10"),
    ("NAFTA cert signed 1/5/2020, goods not exported until 8/1/2020. keep until?", "fta_export:nafta certificate_signed=2020-01-05 exportation=2020-08-01"),
    ("NAFTA cert signed 1/5/2020, we didn't export until 6/1/2020. keep until?", "fta_export:nafta certificate_signed=2020-01-05 exportation=2020-06-01"),
    ("NAFTA cert signed 1/5/2020, goods not exported yet. keep until?", "fta_export:nafta certificate_signed=2020-01-05 ?exportation"),
    ("The goods weren't entered until 3/11/2021. Keep until?", "entry entry=2021-03-11"),
    ("Entry was not filed until March 11, 2021. How long keep?", "entry entry=2021-03-11"),
    ("We can't shred the file until 3/1/2026, right? It was entered 3/1/2021.", "entry entry=2021-03-01"),
    # corrected in the same breath
    ("entry was not 3/1/2021 but 3/11/2021, keep until?", "entry entry=2021-03-11"),
    ("entry wasn't filed on 3/1, it was 3/11/2021. keep until?", "entry entry=2021-03-11"),
    ("entered 3/11/2021, not 3/1/2021. keep until?", "entry entry=2021-03-11"),
    ("entered 3/1/2021, sorry, 3/11/2021. keep until?", "entry entry=2021-03-11"),
    ("entered 3/1/2021 - no wait, 3/11/2021. keep until?", "entry entry=2021-03-11"),
    ("3/1/2021 isn't the entry date, it was 3/11/2021. keep until?", "entry entry=2021-03-11"),
    ("entered 3/11/2021 rather than 3/1/2021. keep until?", "entry entry=2021-03-11"),
    ("Korea cert issued not on 5/1 but on 5/9/2021, keep until", "fta_export:korea certificate_issued=2021-05-09"),
    # ranges, and two days of one thing
    ("entries 1/1/2021 through 6/30/2021, keep until", "entry entry=2021-01-01 & entry entry=2021-06-30"),
    ("our entries ran from 1/1/2021 to 6/30/2021, keep until?", "entry entry=2021-01-01 & entry entry=2021-06-30"),
    ("entries between 1/1/2021 and 6/30/2021: keep until?", "entry entry=2021-01-01 & entry entry=2021-06-30"),
    ("entries of 1/1/2021 - 6/30/2021, last day to keep?", "entry entry=2021-01-01 & entry entry=2021-06-30"),
    ("Keep entry of 3/1/2021 through 3/1/2026?", "entry entry=2021-03-01"),
    ("entered 3/1/2021 per broker, 3/4/2021 per ACE. keep until?", "entry ?entry"),
    ("entered 3/1/2021 or 3/4/2021, keep until?", "entry ?entry"),
    ("entry: broker says 3/1/2021, ACE says 3/4/2021. keep until?", "entry ?entry"),
    ("notice of denial not issued yet, applied 5/5/2026; when is appeal due?", "program_appeal"),
    ("Korea certificate not issued yet, PO of 5/5/2021. keep until?", "fta_export:korea"),
    ("Colombia cert: issue date unknown, signed 5/5/2021, keep till?", "fta_export:colombia certificate_signed=2021-05-05"),
    ("imported 5/1/2021 under USMCA, entry not filed yet, keep until?", "fta_import:usmca importation=2021-05-01 ?entry"),
    ("KPC: diamonds not exported yet, certificate issued 5/5/2021. keep until?", "rough_diamonds"),
    ("de minimis parcel not yet entered, ordered 5/5/2025, until when keep?", "duty_free_low_value"),
    ("Entry date not on file. Shipped 4/4/2021. Until when keep?", "entry"),
    ("entered around 3/1/2021, keep until?", "entry ?entry"),
    ("entered on or about 3/1/2021, keep until?", "entry ?entry"),
    ("Entry was supposed to be filed 3/1/2021 but was not. keep until?", "entry"),
    ("Entry planned for 3/1/2021 was cancelled. keep until?", "entry"),
    ("The entry was rejected on 3/1/2021 and refiled 3/11/2021. keep until?", "entry entry=2021-03-11"),
    ("entered 2021-03-01 through 2021-03-05, keep until?", "entry entry=2021-03-01 & entry entry=2021-03-05"),
    ("Keep entries of 3/1/2021 through 2/28/2026?", "entry entry=2021-03-01"),
    ("entry 3/1/2021 was not under NAFTA, keep until?", "entry entry=2021-03-01"),
    # denials of something else leave the date where it is
    ("Isn't the entry of 3/1/2021 over yet?", "entry entry=2021-03-01"),
    ("We never received a demand. Entry filed 3/1/2021. keep until?", "entry entry=2021-03-01"),
    ("I can't find the invoice for the entry of 3/1/2021. Keep until?", "entry entry=2021-03-01"),
    ("I don't know what day to shred entry of 3/1/2021", "entry entry=2021-03-01"),
    ("not liquidated, entered 3/1/2021, keep until?", "entry entry=2021-03-01"),
    ("no entry number at hand, entered 3/1/2021, keep until?", "entry entry=2021-03-01"),
    ("commercial invoice of the entry of 3/1/2021, keep until?", "entry entry=2021-03-01"),
    ("informal entry 3/1/2024, we're the owner, not just consignee. keep until?", "entry entry=2024-03-01"),
    ("consignee, informal entry 3/1/2024, no broker appointed, keep until?", "entry entry=2024-03-01"),
    ("Entry date 11/22/2021. are we past it today?", "entry entry=2021-11-22"),
    ("demand for entry records received 11/10/2026, is it late today?", "entry_records_demand demand_received=2026-11-10"),
]  # fmt: skip

ROWS = [*ENTRIES, *OTHERS, *DRAWBACK, *AGREEMENTS, *DUE, *SEVERAL, *UNSETTLED]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_facts_are_read(text: str, expected: str) -> None:
    assert [told(one) for one in read(text)] == [normal(row) for row in expected.split(" & ")]


@pytest.mark.parametrize("text", NOTHING)
def test_no_computation_is_read_into_a_general_question(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize("text", [text for text, _ in ROWS])
def test_what_is_read_can_be_given_to_the_engine(text: str) -> None:
    for one in read(text):
        if one.facts and not any(missing.fact == "agreement" for missing in one.missing):
            facts = one.facts
            agreement = f"{facts.agreement}:{facts.country}" if facts.country else facts.agreement
            check(facts.record, agreement, facts.events, facts.facts)


@pytest.mark.parametrize(
    "text",
    [
        "We entered goods on 2021-03-15 and paid $10,000, May 5 or 3/4/2021 so keep until when? " * 90,
        "2021-03-15 " * 720,
        "- " * 4000,
        "entry, " * 1100,
    ],
)
def test_a_long_message_costs_no_more_than_its_length(text: str) -> None:
    started = process_time()
    read(text[:8000])
    assert process_time() - started < 10, "seconds of the processor; it is one, or no end of them"


# ---------------------------------------------------------------- what is shown back

NOTES = [
    ("entry 3/1/12, keep until?", "3/1/12 was read month first, as March 1, 2012."),
    ("entry 15/3/2021, keep until?", "15/3/2021 was read day first, as March 15, 2021."),
    ("entry 2021-03-15, keep until?", "Read from the question: records of an entry; entry March 15, 2021."),
    ("drawback paid in May 2019 and liquidated 2/29/2024", "May 2019 (drawback claim paid) is not a full date and was left out of the sum."),
    ("drawback filed in 2021, liquidated 2022-06-20, keep until?", "2021 is no full date, but it is enough to tell when the drawback claim was filed."),
    ("Demand letter dated 2026-11-02 for entry records, due when?", "The 30 days run from the receipt of the demand; the day it was dated or sent (2026-11-02) was not taken for it."),
    ("USMCA certification signed 2021-02-01, exported 2021-02-10, until when?", "For a USMCA certification the day on which it was completed counts; a day of signature alone (2021-02-01) was not taken for it."),
    ("Imported 2023-02-01, entered 2023-02-05, keep until?", "The period runs from the date of entry; the date of importation (2023-02-01) was not taken for it."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "note"), NOTES)
def test_what_was_read_is_shown_back(text: str, note: str) -> None:
    (one,) = read(text)
    assert note in one.notes


def test_a_day_that_stands_for_a_month_is_not_shown_as_read() -> None:
    (one,) = read("drawback filed in June 2021, liquidated 2022-06-20, keep until?")
    assert not any("June 1, 2021" in note for note in one.notes)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Entry date 2023-02-29. Keep until?", "2023-02-29"),
        ("Entered on April 31, 2022, last day?", "April 31, 2022"),
        ("packing list, goods released 10 Jan, conditional release ended 15 Jan", "10 Jan"),
        ("Entry was in May 2022, exact end date please", "May 2022"),
    ],
)
def test_a_question_back_names_the_date_as_it_was_written(text: str, named: str) -> None:
    (one,) = read(text)
    assert named in one.missing[0].question


# ---------------------------------------------------------------- the answer to a question put back

ANSWERS = [
    ("Drawback claim paid on 2021-03-03. Keep until when?", "claim_liquidated", "May 4, 2022", "drawback claim_paid=2021-03-03 claim_liquidated=2022-05-04"),
    ("Drawback claim paid on 2021-03-03. Keep until when?", "claim_liquidated", "it liquidated on 5/4/22", "drawback claim_paid=2021-03-03 claim_liquidated=2022-05-04"),
    ("Goods entered June 12, last day?", "year", "2023", "entry entry=2023-06-12"),
    ("packing list, goods released 10 Jan, conditional release ended 15 Jan", "year", "both in 2026", "packing_list release_end=2026-01-10 conditional_release_end=2026-01-15"),
    ("Entry date 2023-02-29. Keep until?", "entry", "sorry, 2023-02-28", "entry entry=2023-02-28"),
    ("Entry was in May 2022, exact end date please", "entry", "May 9, 2022", "entry entry=2022-05-09"),
    ("fta cert issued 2022-03-03, keep until?", "agreement", "Korea", "fta_export:korea certificate_issued=2022-03-03"),
    ("CAFTA-DR certification issued 2007-08-08. Keep until when?", "country", "Honduras", "fta_export:cafta-dr:honduras certificate_issued=2007-08-08"),
    ("Section 321 parcel entered 2026-02-10, until when?", "admitted_free", "yes", "duty_free_low_value entry=2026-02-10 admitted_free=yes"),
    ("Section 321 parcel entered 2026-02-10, until when?", "admitted_free", "no, we paid", "duty_free_low_value entry=2026-02-10 admitted_free=no"),
    ("Those papers are from 2022-05-05. What day can they go?", "record", "an entry", "entry entry=2022-05-05"),
    ("customs demanded the entry file, exact due date?", "demand_received", "2026-11-02", "entry_records_demand demand_received=2026-11-02"),
    ("USMCA importer, entered 2023-02-02, until when?", "importation", "Jan 30, 2023", "fta_import:usmca entry=2023-02-02 importation=2023-01-30"),
    ("POA revoked 2022-08-08, when can it go?", "client_inactive", "12/31/2023", "broker_power_of_attorney power_revoked=2022-08-08 client_inactive=2023-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "asked", "reply", "expected"), ANSWERS)
def test_a_reply_completes_the_message(text: str, asked: str, reply: str, expected: str) -> None:
    before = FOLLOWING.state(text, [], TODAY, TODAY)
    found = FOLLOWING.sums(before, TODAY, TODAY)
    assert found is not None and asked in {missing.fact for missing in found.missing}
    assert [told(one) for one in FOLLOWING.state(reply, [text], TODAY, TODAY).read] == [normal(expected)]


@pytest.mark.parametrize("event", sorted(read_words().events))
def test_every_event_is_known_by_its_own_words(event: str) -> None:
    """So that a bare date, put behind them, is the event's."""
    words = read_words()
    records = [name for name, events in words.events_of.items() if event in events]
    assert records
    for name in records:
        record, _, agreement = name.partition(":")
        text = f"{words.events[event].words}: 2022-05-04"
        phrases = phrases_of(text, record, agreement or None, words, LANGUAGE)
        (pair,) = pairs_of(text, find_dates(text, TODAY), phrases)
        assert (pair.phrase.event, pair.phrase.own) == (event, True)


# ---------------------------------------------------------------- amounts

PENALTIES = [
    ("We negligently lost a demanded invoice, goods worth $20,000. Max fine?", "entry negligent 20000"),
    ("Deliberately shredded demanded 7501, appraised value 60k, what's the most they can fine us?", "entry willful 60000"),
    ("Appraised at $1.2 million, willful. Max penalty?", "entry willful 1200000"),
    ("sloppy filing, can't find demanded entry docs, release valued at 250,000 dollars, ceiling?", "entry negligent 250000"),
    ("Penalty ceiling for an inadvertent loss, merchandise value $12,345.67?", "entry negligent 12345.67"),
    ("It wasn't willful. Value of the goods: $30,000. How much can the penalty be?", "entry negligent 30000"),
    ("knowingly failed to produce, appraised value $100,000, max fine?", "entry willful 100000"),
    ("negligent, appraised value $10,000, max fine?", "entry negligent 10000"),
    ("Three releases at $20,000 each, negligent, maximum penalty?", "entry negligent 20000 20000 20000"),
    ("Two releases, $20,000 and $30,000 appraised value, careless. Max fine?", "entry negligent 20000 30000"),
    ("3 releases worth $60,000 in total, negligent. Compute the max fine.", "entry negligent ?appraised_value"),
    ("Goods appraised at $20,000, can't produce the demanded record. How much could the fine be?", "entry 20000 ?culpability"),
    ("We were careless. Work out the maximum fine in dollars.", "entry negligent ?appraised_value"),
    ("Compute our maximum penalty for the missing entry records in dollars.", "entry ?culpability ?appraised_value"),
    ("Willful or negligent is disputed; goods worth $80,000; max penalty?", "entry 80000 ?culpability"),
    ("A shipment worth 48500 dollars, on purpose, top penalty figure?", "entry willful 48500"),
    ("negligently lost entry records, $9k, max penalty", "entry negligent 9000"),
    ("negligent, value is 9k, max penalty?", "entry negligent 9000"),
    ("willful failure, one hundred thousand dollars value, max penalty?", "entry willful 100000"),
    ("careless, goods worth twenty-five thousand dollars, max fine?", "entry negligent 25000"),
    ("negligent, lost when office moved, value $20,000", "entry negligent 20000"),
    ("KORUS exporter lost the origin file. Maximum fine in dollars?", "fta_export"),
    ("USMCA exporter without origin records: dollar amount of the fine?", "usmca_export"),
    ("1508(e)(2), exporter under the 1988 Canada agreement: penalty in dollars?", "canada_export"),
]  # fmt: skip

NO_PENALTY = [
    "What is the penalty for not keeping entry records?",
    "What's the max for negligence?",
    "Is the fine capped at $10,000?",
    "Is it true that CBP takes the bigger of $10k and 40% of the value for negligence?",
    "What's the max penalty for a willful failure?",
    "Penalty for willful failure: $100,000 or 75% of the appraised value, right?",
    "How much trouble are we in if we lost a file?",
    "What dollar figure will they likely assess?",
    "How long do we keep entries of goods worth $20,000?",
    "Goods worth $20,000 were entered in March.",
    "CBP offered to settle our penalty for $4,500. Should we take it?",
    "If we carelessly lost an entry file, what's the fine range?",
    "Our system refuses to compute the date of our entry. What day do I type in?",
    "We were negligent and they offered to settle for $4,500; is that the max?",
]


@pytest.mark.parametrize(("text", "expected"), PENALTIES)
def test_penalty_facts_are_read(text: str, expected: str) -> None:
    found = read_penalty(text, READER.read(text, TODAY, TODAY))
    assert found is not None
    parts = [
        found.kind,
        *([found.culpability] if found.culpability else []),
        *(f"{v:f}" for v in found.values),
    ]
    assert " ".join([*parts, *(f"?{missing.fact}" for missing in found.missing)]) == expected
    assert all(isinstance(value, Decimal) for value in found.values)


@pytest.mark.parametrize("text", NO_PENALTY)
def test_a_general_question_about_penalties_has_no_sum(text: str) -> None:
    assert read_penalty(text, READER.read(text, TODAY, TODAY)) is None


# ---------------------------------------------------------------- over several messages

LATER = [
    ("entry 3/1/2021 keep until?", "actually no entry was filed", "entry"),
    ("entry 3/1/2021 keep until?", "sorry, the entry has not been filed yet", "entry"),
    ("entry 3/1/2021 keep until?", "it wasn't 3/1, it was 3/11/2021", "entry entry=2021-03-11"),
    ("entry 3/1/2021 keep until?", "not 3/1/2021 but 3/11/2021", "entry entry=2021-03-11"),
    ("Until when do we keep entry records?", "no entry filed yet, the invoice is 5/5/2021", "entry"),
    ("Until when do we keep entry records?", "we don't know the entry date, invoice 5/5/2021", "entry"),
    ("FTZ operator records, goods admitted 1/1/2020, until when?", "they were removed 2/1/2022", "ftz_operator zone_removal=2022-02-01"),
    ("demand for entry records dated Nov 2, 2026. when due?", "we received it Nov 10, 2026", "entry_records_demand demand_received=2026-11-10"),
    ("demand for entry records dated Nov 2, 2026. when due?", "we don't know when we received it, it was mailed Nov 3, 2026", "entry_records_demand"),
    ("packing list, goods released 9/1/2026, keep until?", "the conditional release has not ended", "packing_list release_end=2026-09-01 ?conditional_release_end"),
    ("packing list, goods released 9/1/2026, conditional release not over, keep until?", "it ended 10/1/2026, the conditional release", "packing_list release_end=2026-09-01 conditional_release_end=2026-10-01"),
    ("entered 3/1/2021 per broker, 3/4/2021 per ACE. keep until?", "3/4/2021", "entry entry=2021-03-04"),
    ("POA revoked 5/5/2021, client inactive 6/6/2021. until when?", "sorry, it was never revoked", "broker_power_of_attorney client_inactive=2021-06-06"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "then", "expected"), LATER)
def test_what_is_denied_or_corrected_later_takes_its_date_back(first: str, then: str, expected: str) -> None:
    state = FOLLOWING.state(then, [first], TODAY, TODAY)
    assert [told(one) for one in state.read] == [normal(expected)]


# ---------------------------------------------------------------- how a sum is worded


def sums_of(text: str) -> Sums:
    return sums(read(text), TODAY, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "POA never revoked, client inactive since 5/5/2021",
        "POA revoked 5/5/2021, client inactive 5/5. keep until?",
        "conditional release has not ended, released 9/1/2026, packing list, keep until?",
    ],
)
def test_nothing_has_passed_while_what_decides_is_open(text: str) -> None:
    found = sums_of(text)
    assert found.missing and found.keep_through is None
    assert not any("passed" in claim.text for claim in found.claims)


def test_the_last_of_a_range_is_said_first() -> None:
    found = sums_of("entries 1/1/2021 through 6/30/2021, keep until")
    assert [claim.text.split(":")[0] for claim in found.claims] == [
        "Keep through June 30, 2026",
        "Keep through January 1, 2026",
    ]
    assert found.keep_through == date(2026, 6, 30)


def test_the_last_day_itself_has_not_passed() -> None:
    (claim,) = sums_of("Entry date 11/22/2021. are we past it today?").claims
    assert claim.text == "Keep through November 22, 2026: records that relate to an entry."


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("willful, 2 releases of $50,000 each, max penalty?", "$75,000.00 for the 2 releases"),
        (
            "negligent, releases of $10,000, $20,000 and $30,000, max penalty?",
            "$22,000.00 for the 3 releases",
        ),
    ],
)
def test_several_releases_are_added_up(text: str, total: str) -> None:
    found = read_penalty(text, READER.read(text, TODAY, TODAY))
    assert found is not None
    assert maxima(found).claims[-1].text == f"At most {total} together."


@pytest.mark.parametrize(
    "text",
    [
        "We ship to Canada tomorrow under USMCA. What date starts the five years?",
        "Drawback filed in 2023: from payment or liquidation do we count?",
        "From which date do we count the five years for an entry?",
    ],
)
def test_a_question_from_which_event_is_no_sum(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("before", "then", "expected"),
    [
        ("what must an importer keep", "and a broker?", "what must a broker keep"),
        ("what must a broker keep", "and an exporter?", "what must an exporter keep"),
    ],
)
def test_a_role_put_in_another_s_place_has_its_own_article(before: str, then: str, expected: str) -> None:
    assert in_place(before, then, LANGUAGE.roles) == expected
