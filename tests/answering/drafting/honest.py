"""Honest drafts: what a careful person would write of the same sources, in other words.

A row is a question, the sentence, and words of the source it rests on. ``@`` in a slot stands for that
source's id.
"""

from __future__ import annotations

from typing import Any

from assistant.answering.drafting.marking import unmarked

Row = tuple[str, str, str]

HONEST: list[Row] = [
    (
        "How long must entry records be kept?",
        "Except as {{@-citation-1}} provides otherwise, a record relating to an entry has to be kept for five"
        " years from the date of entry.",
        "must be kept for 5 years from the date of entry",
    ),
    (
        "Is a packing list a five-year record?",
        "Under {{@-citation-1}} a packing list is not a five-year record: the 60-calendar-day rule is an"
        ' exception to the five-year rule of {{@-citation-2}}, which applies "except as otherwise provided"'
        " in {{@-citation-3}}.",
        "the 60-calendar-day rule is an exception",
    ),
    (
        "How long must drawback records be kept?",
        "Records for a drawback claim must be kept until the 3rd anniversary of the date on which the claim"
        " was liquidated.",
        "until the 3rd anniversary",
    ),
    (
        "How long must drawback records be kept?",
        "The records of any drawback claim are to be kept until the third anniversary of the date of"
        " liquidation of the claim.",
        "until the 3rd anniversary",
    ),
    (
        "How long must an exporter keep a KORUS certification of origin?",
        "Whoever issues a KFTA certification of origin must keep the records and supporting documents that"
        " relate to it for at least 5 years after the date on which the certification was issued.",
        "must keep the records and supporting documents relating to it",
    ),
    (
        "How long must a USMCA exporter keep records?",
        "A person who completes a USMCA certification of origin or provides a written representation must"
        " keep the records that relate to that certification for at least five years after the date on which"
        " it is completed.",
        "must keep the records relating to that certification",
    ),
    (
        "How many days do I have to respond to a demand for records?",
        "Entry records must be produced within 30 calendar days of receipt of CBP's demand, or within any"
        " shorter period that CBP prescribes when they are required in connection with a determination about"
        " the admissibility or release of merchandise.",
        "within 30 calendar days of receipt",
    ),
    (
        "How long does a broker keep records?",
        "A customs broker must keep its records, other than powers of attorney, for at least 5 years after"
        " the date of entry.",
        "for at least 5 years after the date of entry",
    ),
    (
        "How long does a broker keep records?",
        "Records of a customs broker, other than powers of attorney, must be retained for at least five years"
        " after the date of entry.",
        "for at least 5 years after the date of entry",
    ),
    (
        "Can records be kept electronically?",
        "All persons listed in {{@-citation-1}} must maintain all required records for the required periods"
        " as original records, paper or electronic, unless alternative storage methods have been adopted in"
        " accordance with {{@-citation-2}}.",
        "as original records, whether paper or electronic",
    ),
    (
        "Is the recordkeeping program voluntary?",
        "The Recordkeeping Compliance Program is a voluntary program of CBP under which certified"
        " recordkeepers may be eligible for alternatives to the penalties that might be assessed for failure"
        " to produce a demanded entry record.",
        "a voluntary CBP program",
    ),
    (
        "Under Part 163, are attorneys, accountants and customs brokers third-party recordkeepers?",
        'Attorneys, accountants and customs brokers are "third-party recordkeepers", except for a customs'
        " broker who is the importer of record on an entry.",
        "Attorneys, accountants and customs brokers",
    ),
    (
        "How long did NAFTA exporters keep certificates of origin in 2015?",
        "For goods exported before {{@-date-1}}, the former {{@-citation-1}} requires NAFTA export records to"
        " be retained for a minimum of five years from the date of signature of the NAFTA Certificate of"
        " Origin.",
        "NAFTA export records to be kept",
    ),
    (
        "How long must Chile certificates be kept?",
        "A person who issues a Chile FTA Certificate of Origin must keep the records and supporting documents"
        " relating to it for at least five years after the certificate was issued.",
        "The person who issues a Chile FTA Certificate of Origin",
    ),
    (
        "What does the term (a)(1)(A) documents mean?",
        '"Entry records" and "(a)(1)(A) list" mean the records that law or regulation requires for the entry'
        " of merchandise, whether or not Customs required their presentation at the time of entry.",
        "mean the records required by law or regulation",
    ),
    (
        "How long must informal entry records be kept by a consignee?",
        "A record pertaining to merchandise covered by an informal entry must be kept for 2 years from the"
        " date of the informal entry by a consignee who is not the owner or purchaser and who appoints a"
        " customs broker.",
        "must keep a record pertaining to merchandise covered by an informal entry",
    ),
    (
        "What notice must I give before using alternative storage?",
        "The notice of alternative storage must identify the type of method to be used and state that it"
        " complies with the standards of {{@-citation-1}}.",
        "must identify the type of method",
    ),
    (
        "Does section 1508 say where records must be kept or in what format?",
        "{{@-citation-1}} does not say where records must be kept, in what format or by which method; storage"
        " is left to the regulations, chiefly to {{@-citation-2}}.",
        "storage is left to the regulations",
    ),
    (
        "What happens if I willfully fail to produce demanded records?",
        "Willful failure or repeated failures to produce demanded entry records may result in penalties"
        " pursuant to {{@-citation-1}} and the removal of certification, until corrective action satisfactory"
        " to CBP is taken.",
        "repeated failures to produce demanded entry records",
    ),
    (
        "Who must keep records under 1508?",
        "{{@-citation-1}} binds parties to importing, drawback and bonded movement or storage, those who"
        " knowingly cause these activities, their agents, anyone who must file a declaration or entry, USMCA"
        " certifiers and givers of written representations, USMCA importers and vehicle producers, exporters"
        " under the {{@-date-1}} Canada agreement, and issuers of certificates under (f) to (k).",
        "binds parties to importing, drawback and bonded movement",
    ),
    (
        "How long must entry records be kept?",
        "Any record that relates to an entry must be retained for five years from the entry date, unless"
        " {{@-citation-1}} provides otherwise.",
        "must be kept for 5 years from the date of entry",
    ),
    (
        "What is the penalty for a negligent failure to produce records?",
        "Penalties can be imposed on a person who fails to comply with a lawful demand for an entry record"
        " and is not excused: for willful failure, per release, not more than {{@-amount-1}} or 75 percent of"
        " appraised value, whichever is lower; for negligence, not more than {{@-amount-2}} or 40 percent,"
        " whichever is lower.",
        "Penalties may be imposed on a person",
    ),
    (
        "Can a penalty be avoided if the records were destroyed by a flood?",
        "If the loss of the demanded information was the result of an act of God or other natural casualty or"
        " disaster beyond the fault of the person or an agent of the person, no penalty may be assessed.",
        "an act of God or other natural casualty",
    ),
    (
        "Is it true that records must be kept for 7 years?",
        "Except as {{@-citation-1}} provides, any record required to be made, kept and rendered for"
        " examination and inspection by Customs has to be retained for five years from the entry date, if the"
        " record pertains to an entry, or five years from the date of the activity which required its"
        " creation.",
        "must be kept for 5 years from the date of entry",
    ),
]

#: Right, but in words of their own: the checks do not know it, and the composed answer stands.
LOST: list[Row] = [
    (
        "How long did NAFTA exporters keep certificates of origin in 2015?",
        "For goods exported before {{@-date-1}}, NAFTA export records must be kept for at least 5 years from"
        " the date of signature of the NAFTA Certificate of Origin under the former {{@-citation-1}}.",
        "NAFTA export records to be kept",
    ),
    (
        "What is the penalty for a negligent failure to produce records?",
        "A person who fails to comply with a lawful demand for an entry record and is not excused may face"
        " penalties: for willful failure, per release, not to exceed {{@-amount-1}} or 75 percent of"
        " appraised value, whichever is less; for negligence, not to exceed {{@-amount-2}} or 40 percent,"
        " whichever is less.",
        "Penalties may be imposed on a person",
    ),
    (
        "Can a penalty be avoided if the records were destroyed by a flood?",
        "No penalty may be assessed if the demanded information was lost as the result of an act of God or"
        " other natural casualty or disaster beyond the fault of the person or an agent of the person.",
        "an act of God or other natural casualty",
    ),
    (
        "Is it true that records must be kept for 7 years?",
        "It is not correct that records have to be kept for longer than five years: except as"
        " {{@-citation-1}} provides, that is the period from the date of entry for a record that relates to"
        " an entry.",
        "must be kept for 5 years from the date of entry",
    ),
    (
        "How long must an exporter keep a KORUS certification of origin?",
        "The records and supporting documents of a KFTA certification of origin must be kept for at least"
        " five years after the date the certification was issued, by the person who issues it.",
        "must keep the records and supporting documents relating to it",
    ),
    (
        "How long must an exporter keep a KORUS certification of origin?",
        "The records and supporting documents relating to a KFTA certification of origin must be kept by the"
        " person who issues it for at least five years after the date the certification was issued.",
        "must keep the records and supporting documents relating to it",
    ),
]


def draft(material: dict[str, Any], row: Row) -> list[dict[str, Any]] | None:
    """The row's sentence for the material sent; ``None`` when its source is not the conclusion."""
    _, text, quote = row
    source = material["sources"][0]
    if not any(quote in unmarked(words) for words in source["words"]):
        return None
    return [{"text": text.replace("{{@", "{{" + source["id"]), "passages": [source["id"]], "quotes": [quote]}]
