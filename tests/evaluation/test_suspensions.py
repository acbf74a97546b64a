"""Suspended time limits end where a clock that is stopped day by day ends."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Row

from . import build, logs
from .oracle import Oracle

CLAIMS = date(2018, 12, 31)
suspensions = st.builds(
    lambda day, days: ir.Suspension(day, day + timedelta(days)),
    st.dates(date(2015, 12, 1), date(2016, 12, 31)),
    st.sampled_from((0, 1, 6, 27, 60)),
)


@given(logs.outcomes(), logs.lives(), st.lists(suspensions, min_size=1, max_size=4).map(tuple))
def test_outcomes_fall_on_the_days_that_a_stopped_clock_shows(
    outcomes: tuple[ir.Outcome, ...], life: list[Row], paused: tuple[ir.Suspension, ...]
) -> None:
    contract = evolve(logs.contract(outcomes), suspensions=paused)
    as_of = CLAIMS.toordinal()
    oracle = Oracle(contract, life, life[0].day, max(row.day for row in life), as_of, as_of)
    found = build.result(contract, life, "Main")
    assert tuple(achieved.day for achieved in found.achievements) == oracle.outcome("Main").days
