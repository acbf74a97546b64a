"""Schemes that no rule was written for, each with a card that was written first: what is planted, and what is sound."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from outcomelang.compiler import compile_path, compile_text
from outcomelang.diagnostic import Severity
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
    "wellness": "04",
    "restoring_families": "08 20 43",
    "girls_in_school": "05",
    "probation_area": "15 20 33",
    "points_for_surgeries": "02 04 20 43",
}
SOUND = {
    "falls_at_home": "01 04 05 12 13 20 23 25 35",
    "first_jobs": "01 09 10 13 15 17 25",
    "ready_for_school": "01 02 05 10 13 15 22",
    "keys_and_keeps": "01 04 09 10 13 15 26",
    "clean_start": "12 13 25 35",
    "two_boroughs": "13 16 25 26 36",
    "wellness": "05 13 20 25",
    "restoring_families": "13 22 25",
    "girls_in_school": "08 13 20 25",
    "probation_area": "13 25",
    "points_for_surgeries": "13 25 38",
}
# Sound in everything: what may be noted, and nothing else.
CLEAN = {
    "weeks_in_work": "",
    "places_instead_of_cells": "20 34",
    "back_from_hospital": "",
    "advice_in_the_library": "",
    "days_at_school": "20",
    "shared_savings": "34",
    "jobs_with_support": "34",
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


@pytest.mark.parametrize("scheme", CLEAN)
def test_in_what_is_sound_throughout_nothing_is_found(scheme: str) -> None:
    found = {(each.rule.code, each.severity) for each in _report(scheme).loopholes}
    assert found == {(code, Severity.NOTE) for code in _codes(CLEAN[scheme])}


# ---------------------------------------------------------------- one change to what is sound


def _changes() -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """By scheme and code what is written in place of what."""
    found: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for section in (OWN / "changes.txt").read_text("utf-8").split("== ")[1:]:
        title, body = section.split("\n", 1)
        scheme, code = title.split()
        blocks = (block.splitlines() for block in body.strip().split("\n\n"))
        found[scheme, code] = tuple((_lines(block, "-"), _lines(block, "+")) for block in blocks)
    return found


def _lines(block: list[str], sign: str) -> str:
    return "\n".join(line[2:] for line in block if line.startswith(sign))


CHANGES = _changes()


@pytest.mark.parametrize(("scheme", "code"), CHANGES)
def test_one_change_plants_it(scheme: str, code: str) -> None:
    terms = (OWN / f"{scheme}.outcome").read_text("utf-8")
    for old, new in CHANGES[scheme, code]:
        assert old in terms
        terms = terms.replace(old, new)
    report = find(compile_text(terms).core, RULES, date(2026, 1, 1))
    assert report.faults == ()
    assert code in {each.rule.code for each in report.loopholes} - _codes(CLEAN[scheme])
