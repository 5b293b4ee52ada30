"""A run as JUnit XML: one test case a case, and one for the gate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from evals.run import Result

#: What XML 1.0 cannot hold, escaped or not.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(results: Sequence[Result], faults: Sequence[str]) -> ElementTree[Element]:
    """The suites ``evals`` and ``gate``; a case that is not right fails, one that errored is an error."""
    root = Element("testsuites", name="evals")
    errors = sum(bool(result.has("error")) for result in results)
    wrong = sum(not result.right for result in results) - errors
    seconds = sum(result.milliseconds for result in results) / 1000
    cases = _suite(root, "evals", len(results), wrong, errors, seconds)
    for result in results:
        case = SubElement(
            cases,
            "testcase",
            name=result.case.id,
            classname=f"evals.{result.case.kind}",
            time=f"{result.milliseconds / 1000:.6f}",
        )
        if not result.right:
            tag = "error" if result.has("error") else "failure"
            first = SubElement(case, tag, type=result.findings[0].kind, message=_fit(str(result.findings[0])))
            first.text = _fit("\n".join([result.case.question, *map(str, result.findings)]))
        if not result.right and result.reply:
            SubElement(case, "system-out").text = _fit(result.reply.text)
    gate = _suite(root, "gate", 1, int(bool(faults)), 0, 0.0)
    verdict = SubElement(gate, "testcase", name="the gate", classname="evals.gate", time="0")
    if faults:
        SubElement(verdict, "failure", type="gate", message=_fit(faults[0])).text = _fit("\n".join(faults))
    indent(root)
    return ElementTree(root)


def _suite(root: Element, name: str, tests: int, failures: int, errors: int, seconds: float) -> Element:
    return SubElement(
        root,
        "testsuite",
        name=name,
        tests=str(tests),
        failures=str(failures),
        errors=str(errors),
        skipped="0",
        time=f"{seconds:.3f}",
    )


def _fit(text: str) -> str:
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
