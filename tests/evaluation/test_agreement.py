"""The evaluator agrees with the day-by-day oracle on generated lives, and with the calendar on every day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from outcomelang.core import ir
from outcomelang.core.calendar import corresponding
from outcomelang.evaluation.days import reached_without_break
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.verdict import Standing

from . import build, logs
from .oracle import LATE, Oracle, corresponding_date

CLAIMS = date(2018, 12, 31)
observations = st.none() | st.sampled_from((date(2016, 3, 31), date(2016, 6, 30), date(2017, 6, 30))).map(ir.Fixed)
accounts = st.none() | st.integers(0, 400)


def differences(
    outcomes: tuple[ir.Outcome, ...], life: list[Row], observed: ir.Fixed | None, waits: int | None
) -> list[str]:
    """Both give the same days; where there are none, both say whether that is final. Neighbouring lives as well."""
    found: list[str] = []
    for moved in (0, 1, -1):
        last = life[-1]._replace(day=life[-1].day + moved, recorded=life[-1].recorded + moved)
        found += differences_on_one(outcomes, [*life[:-1], last], observed, waits)
    return found


def differences_on_one(
    outcomes: tuple[ir.Outcome, ...], life: list[Row], observed: ir.Fixed | None, waits: int | None
) -> Iterator[str]:
    contract = logs.contract(outcomes, observed)
    joined = life[0].day
    as_of = CLAIMS.toordinal() if waits is None else joined + waits
    known = [row for row in life if row.recorded <= as_of]
    last = observed.day.toordinal() if observed is not None else max(row.day for row in known)
    oracle = Oracle(contract, known, joined, min(last, as_of), as_of, CLAIMS.toordinal())
    wanted = oracle.outcome("Main")
    got = build.result(contract, life, "Main", None if waits is None else date.fromordinal(as_of).isoformat())
    for row in life:
        note(f"{date.fromordinal(row.day)} {row.id} {row.event} {row.attributes}")
    note(f"{outcomes[-1]}\nas of {date.fromordinal(as_of)}: {build.said(got)}")
    if (days := [a.day for a in got.achievements]) != list(wanted.days):
        yield f"achieved on {days}, and by the calendar on {wanted.days}"
    if (numbers := [a.number for a in got.achievements]) != list(range(1, len(wanted.days) + 1)):
        yield f"numbered {numbers}"
    if not wanted.days and wanted.final and got.verdict.standing not in (Standing.FAILED, Standing.LEFT_OUT):
        yield f"{got.verdict.standing} where the calendar is final"
    if got.verdict.standing is Standing.OPEN and got.verdict.day is None:
        yield "open without a day"


@given(logs.outcomes(), logs.lives(), observations, accounts)
def test_outcomes_fall_on_the_days_that_a_calendar_shows(
    outcomes: tuple[ir.Outcome, ...], life: list[Row], observed: ir.Fixed | None, waits: int | None
) -> None:
    assert differences(outcomes, life, observed, waits) == []


@given(logs.reachings(), st.sampled_from((None, build.number(13))), logs.lives(16), observations, accounts)
def test_states_reach_lengths_on_the_days_that_a_calendar_shows(
    reaching: ir.Reaches, times: ir.Const | None, life: list[Row], observed: ir.Fixed | None, waits: int | None
) -> None:
    base = build.outcome("Base", ir.Happens(ir.Select(ir.Rows("Visit"))))
    after = "Base" if reaching.further and times is None else None
    outcomes = base, build.outcome("Main", reaching, times=times, after=after)
    assert differences(outcomes, life, observed, waits) == []


@given(logs.rising(), logs.lives(16), observations, accounts)
def test_rising_quantities_suffice_on_the_days_that_a_calendar_shows(
    rising: ir.Compares, life: list[Row], observed: ir.Fixed | None, waits: int | None
) -> None:
    base = build.outcome("Base", ir.Happens(ir.Select(ir.Rows("Visit"))))
    assert differences((base, build.outcome("Main", rising)), life, observed, waits) == []


@pytest.mark.parametrize("months", (1, 3, 6, 12, -1, -12))
def test_corresponding_dates_of_every_day_of_two_centuries(months: int) -> None:
    for day in range(date(1900, 1, 1).toordinal(), date(2101, 1, 1).toordinal()):
        assert corresponding(day, months) == corresponding_date(day, months)


@pytest.mark.parametrize("months", (1, 3, 18))
def test_lengths_in_months_are_reached_on_the_day_before_the_corresponding_date(months: int) -> None:
    for day in range(date(1900, 1, 1).toordinal(), date(2101, 1, 1).toordinal()):
        assert next(reached_without_break([(day, day + 700)], months, 0)) == corresponding_date(day, months) - 1


def test_the_oracle_looks_at_every_day_of_the_generated_lives() -> None:
    assert CLAIMS.toordinal() == LATE
