"""Pairs of the catalogue of loopholes: the bad terms have it, and the mended ones have it no more.

`catalogue.txt` holds the terms; after the code stands what they change in the head that all of them share.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from outcomelang.compiler import compile_text
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.search import find

HEAD = """contract "Families"
purpose "To help families"
commissioner Council
provider Trust
assessor Registry independent
party Jobcentre
party Employer
currency GBP
term beginning on 1 April 2025 and ending on 31 March 2028
claims up to and including {claims}
rounding each amount to the nearest penny, half up
participant Family, joins on Referral between 1 April 2025 and {joins}, {again}, selected by {by}{most}
event Referral of a Family is an input, recorded by {referred_by}, has Band as a label and Arm as a label
event School Report of a Family is an outcome, recorded by the Registry, more is better,
  observed until 31 March 2029, has Attendance as a percentage
event Home Start of a Family is an outcome, recorded by the Registry, more is better, observed until 31 March 2029
event Home End of a Family is an outcome, recorded by the Registry, fewer is better, observed until 31 March 2029
event Work Start of a Family is an outcome, recorded by the Registry, more is better, observed until 31 March 2029
event Work End of a Family is an outcome, recorded by the Registry, fewer is better, observed until 31 March 2029
event Offence of a Family is an outcome, recorded by the Registry, fewer is better, observed until 31 March 2029
event Assessment of a Family is an activity, recorded by the Jobcentre, has Score as a number
state Housed beginning on Home Start and ending the day before Home End, more is better
state Working beginning on Work Start and ending the day before Work End, more is better
"""
USUAL = {
    "claims": "31 March 2029",
    "joins": "31 March 2026",
    "again": "once",
    "by": "the Council",
    "most": ", up to 200",
    "referred_by": "the Council",
}


def _terms() -> dict[tuple[str, str], str]:
    """The whole contracts, by code and by which of the pair they are."""
    found: dict[tuple[str, str], str] = {}
    for section in Path(__file__).with_name("catalogue.txt").read_text("utf-8").split("== ")[1:]:
        title, clauses = section.split("\n", 1)
        named, *changes = title.split(" | ")
        code, which = named.split()
        head = dict(change.split(":", 1) for change in changes)
        found[code, which] = HEAD.format(**USUAL | {name: value.strip() for name, value in head.items()}) + clauses
    return found


TERMS = _terms()
CODES = sorted({code for code, _ in TERMS})


def found(code: str, which: str) -> set[str]:
    report = find(compile_text(TERMS[code, which]).core, RULES, date(2026, 1, 1))
    assert report.faults == ()
    return {each.rule.code for each in report.loopholes}


@pytest.mark.parametrize("code", CODES)
def test_bad_terms_have_it(code: str) -> None:
    assert code in found(code, "bad")


@pytest.mark.parametrize("code", CODES)
def test_mended_terms_have_it_no_more(code: str) -> None:
    assert code not in found(code, "mended")
