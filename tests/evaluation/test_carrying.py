"""What is carried forward: against queues served a pound at a time, on every day of random accounts."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from outcomelang.compiler import compile_text
from outcomelang.core import ir
from outcomelang.evaluation.log import rows_from_table
from outcomelang.evaluation.reference import evaluate

CONTRACT = """
contract "Sessions"
commissioner Council
provider Charity
currency GBP
term beginning on 1 April 2015 and ending on 31 December 2016
claims up to and including 31 March 2017
participant Client, joins on Referral, once
period Quarter is every 3 months from 1 April 2015 up to and including 31 March 2016
event Referral is an input, recorded by the Council
event Session is an activity, recorded by the Charity, has Cost as money
payment Session Fee: the Council pays the Charity {price} for each Session
limit {limit} in each Quarter by date achieved; earliest first; the excess is carried forward
"""
QUARTERS = [date(2015, 4, 1), date(2015, 7, 1), date(2015, 10, 1), date(2016, 1, 1), date(2016, 4, 1)]
DAYS = st.dates(date(2015, 4, 1), date(2016, 3, 31))
SESSIONS = st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=8)


def made(price: str, limit: str) -> ir.Contract:
    return compile_text(CONTRACT.format(price=price, limit=limit), "c.outcome").core


MONEY = {
    50: made("the Cost", "Session Fee to £50"),
    17: made("the Cost", "Session Fee to £17"),
}
THINGS = {2: made("£10", "Sessions to 2"), 1: made("£10", "Sessions to 1")}


def rows(sessions: list[tuple[date, int]]) -> list[dict[str, str]]:
    found = [{"id": "0", "participant": "Ann", "event": "Referral", "date": "2015-04-01", "source": "Council"}]
    for n, (day, cost) in enumerate(sorted(sessions), 1):
        own = {"id": f"{n:02}", "participant": "Ann", "event": "Session", "date": day.isoformat(), "source": "Charity"}
        found.append({**own, "cost": str(cost)})
    return [{"cost": "", **row} for row in found]


def served(sessions: list[tuple[date, int]], most: int, as_of: date) -> list[tuple[date, int]]:
    """(first day of the quarter in which it is paid, pounds): each pound waits its turn."""
    queue, paid = [], []
    for first, following in itertools.pairwise(QUARTERS):
        if first > as_of:
            break
        for day, cost in sorted(sessions):
            if first <= day < following and day <= as_of:
                queue += [day] * cost
        paid += [(first, 1) for _ in queue[:most]]
        queue = queue[most:]
    return paid


@settings(max_examples=80, deadline=None)
@given(sessions=SESSIONS, most=st.sampled_from(sorted(MONEY)), as_of=st.dates(date(2015, 4, 1), date(2017, 3, 31)))
def test_money_above_a_limit_waits_for_the_next_quarter(
    sessions: list[tuple[date, int]], most: int, as_of: date
) -> None:
    contract = MONEY[most]
    ledger = evaluate(contract, rows_from_table(contract, rows(sessions)), as_of)
    wanted = served(sessions, most, as_of)
    for first, following in itertools.pairwise(QUARTERS):
        paid = sum(entry.amount for entry in ledger.entries if first <= entry.day < following)
        assert paid == 100 * sum(pounds for day, pounds in wanted if day == first)
    assert all(entry.earned - sum(cut.taken for cut in entry.cuts) == entry.amount for entry in ledger.entries)
    assert len({entry.id for entry in ledger.entries}) == len(ledger.entries)
    assert sum(line.count for line in ledger.lines) == len([day for day, _ in sessions if day <= as_of])


@settings(max_examples=60, deadline=None)
@given(sessions=SESSIONS, most=st.sampled_from(sorted(THINGS)), as_of=st.dates(date(2015, 4, 1), date(2017, 3, 31)))
def test_things_above_a_number_wait_for_the_next_quarter(
    sessions: list[tuple[date, int]], most: int, as_of: date
) -> None:
    contract = THINGS[most]
    ledger = evaluate(contract, rows_from_table(contract, rows(sessions)), as_of)
    wanted = served([(day, 1) for day, _ in sessions], most, as_of)
    for first, following in itertools.pairwise(QUARTERS):
        paid = [entry for entry in ledger.entries if first <= entry.day < following and entry.amount]
        assert len(paid) == len([1 for day, _ in wanted if day == first])
    assert ledger.total == 1_000 * len(wanted)
    assert sum(line.count for line in ledger.lines) == len(wanted)
