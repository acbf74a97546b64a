"""Schemes that no rule was written for, each with a card that was written first: what is planted, and what is sound."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from outcomelang.compiler import compile_path
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.search import Report, find

OWN = Path(__file__).parent / "own"

PLANTED = {
    "falls_at_home": "08 09 21",
    "first_jobs": "04 05 20 35",
    "ready_for_school": "04 07 44",
    "keys_and_keeps": "08 14 20 46 47",
    "clean_start": "01 04 05 06 10 15 17 20 23 26",
    "two_boroughs": "20 24 27 40",
}
SOUND = {
    "falls_at_home": "01 04 05 12 13 20 23 25 35",
    "first_jobs": "01 09 10 13 15 17 25",
    "ready_for_school": "01 02 05 10 13 15 22",
    "keys_and_keeps": "01 04 09 10 13 15 26",
    "clean_start": "12 13 25 35",
    "two_boroughs": "13 16 25 26 36",
}


@cache
def _report(scheme: str) -> Report:
    return find(compile_path(str(OWN / f"{scheme}.outcome")).core, RULES, date(2026, 1, 1))


def _codes(listed: str) -> set[str]:
    return {f"OC{code}" for code in listed.split()}


@pytest.mark.parametrize("scheme", PLANTED)
def test_what_is_planted_is_found(scheme: str) -> None:
    report = _report(scheme)
    assert report.faults == ()
    assert _codes(PLANTED[scheme]) - {each.rule.code for each in report.loopholes} == set()


@pytest.mark.parametrize("scheme", SOUND)
def test_what_is_sound_is_left_alone(scheme: str) -> None:
    assert _codes(SOUND[scheme]) & {each.rule.code for each in _report(scheme).loopholes} == set()
