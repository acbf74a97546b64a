"""Prices that follow an index: against a walk through the years, on random indices and days."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from outcomelang.compiler import compile_text
from outcomelang.evaluation.log import rows_from_table
from outcomelang.evaluation.reference import evaluate

from .oracle import corresponding_date

CONTRACT = """
contract "Sessions"
commissioner Council
provider Charity
assessor Registrar
currency GBP
term beginning on 1 April 2015 and ending on 31 March 2022
claims up to and including 31 March 2023
rounding the total to the nearest penny, half up
participant Client, joins on Referral, once
period Index Period is every {length} from 1 January 2014
event Referral is an input, recorded by the Council
event Session is an activity, recorded by the Charity
figure Price Index in each Index Period, reported by the Registrar, as a number
payment Session Fee: the Council pays the Charity £100 for each Session,
  indexed by Price Index from {since:%Y-%m-%d}{cap}
"""
DAYS = st.dates(date(2015, 4, 1), date(2022, 3, 31))


def periods(months: int) -> list[tuple[date, date]]:
    """First and last day of each index period, one after the other."""
    first, found = date(2014, 1, 1), []
    while first <= date(2022, 3, 31):
        following = date.fromordinal(corresponding_date(date(2014, 1, 1).toordinal(), months * (len(found) + 1)))
        found.append((first, following - timedelta(days=1)))
        first = following
    return found


def price(day: date, since: date, cap: Fraction | None, months: int, values: list[int | None]) -> Fraction | None:
    """The price on a day, walking through every day from the base on and taking a step on each anniversary."""

    def published(on: date) -> int | None:
        over = [value for (_, last), value in zip(periods(months), values, strict=True) if last < on]
        return over[-1] if over else None

    now, base, years, walking = Fraction(10_000), published(since), 0, since
    while walking <= day:
        if walking.toordinal() == corresponding_date(since.toordinal(), 12 * (years + 1)):
            later = published(walking)
            if base is None or later is None:
                return None
            ratio = Fraction(later, base)
            now, base, years = now * (ratio if cap is None else min(ratio, 1 + cap)), later, years + 1
        walking += timedelta(days=1)
    return now


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_index_is_followed_as_a_walk_through_the_years_finds(data: st.DataObject) -> None:
    months = data.draw(st.sampled_from([1, 3, 12]))
    since = data.draw(st.dates(date(2015, 1, 1), date(2018, 3, 1)))
    cap = data.draw(st.sampled_from([None, Fraction(3, 100), Fraction(0)]))
    numbers = st.integers(90, 140) if data.draw(st.booleans()) else st.one_of(st.just(101), st.none())
    values = [data.draw(numbers) for _ in periods(months)]
    days = data.draw(st.lists(DAYS, max_size=4, unique=True))
    length = f"{months} month{'s' if months > 1 else ''}"
    said = "" if cap is None else f", at most {int(cap * 100)}% each year"
    contract = compile_text(CONTRACT.format(length=length, since=since, cap=said), "c.outcome").core
    rows = [{"id": "0", "participant": "Ann", "event": "Referral", "date": "2015-04-01", "source": "Council"}]
    rows += [
        {"id": f"s{n}", "participant": "Ann", "event": "Session", "date": day.isoformat(), "source": "Charity"}
        for n, day in enumerate(days)
    ]
    rows += [
        {"id": f"f{n}", "event": "Price Index", "date": last.isoformat(), "source": "Registrar", "price index": str(v)}
        for n, ((_, last), v) in enumerate(zip(periods(months), values, strict=True))
        if v is not None
    ]
    ledger = evaluate(contract, rows_from_table(contract, [{"participant": "", **row} for row in rows]))
    found = {entry.day: entry.earned for entry in ledger.entries if entry.units}
    wanted = {day: price(day, since, cap, months, values) for day in days}
    assert found == {day: amount for day, amount in wanted.items() if amount is not None}
