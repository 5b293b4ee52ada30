"""Print a document, or the provision at a citation; with --json, the text that offsets count in."""

from __future__ import annotations

import argparse
import json
import os

from assistant.faces.asked import clock, day, shown

EXAMPLES = """  python -m assistant show "19 U.S.C. § 1508(i)(3)"
  python -m assistant show "1508(c)(3)" --as-of 2015-06-01
  python -m assistant show usc-19-1508@2011-10-21 --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="DOCUMENT|CITATION", help="a document's id, or a citation")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="the day whose law is shown (today)")
    parser.add_argument("--json", action="store_true", help="one JSON object; 'text' is the whole document")


def run(arguments: argparse.Namespace) -> int:
    from assistant.law.held import show
    from assistant.settings import Settings
    from assistant.wiring import held_documents

    documents = held_documents(Settings.from_environment(os.environ))
    document, provision = show(documents, arguments.target, arguments.as_of or clock(None))
    if arguments.json:
        print(json.dumps(shown(document, provision), ensure_ascii=False, indent=2))
        return 0
    span = (provision or document).in_force
    print(f"{provision.citation if provision else document.citation} · {document.tier} · {document.id}")
    print(f"in force {span.start or 'from the beginning'} to {span.end or 'today'}")
    if provision and provision.lead_in:
        print(f"\n[{provision.lead_in}]")
    print(f"\n{document.text[provision.start : provision.end] if provision else document.text}")
    return 0
