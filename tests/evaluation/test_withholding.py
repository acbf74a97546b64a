"""What is withheld, on every day of random accounts."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from outcomelang.compiler import compile_text
from outcomelang.evaluation.log import rows_from_table
from outcomelang.evaluation.reference import evaluate

CONTRACT = """
contract "Sessions"
commissioner Council
provider Charity
currency GBP
term beginning on 1 April 2015 and ending on 31 March 2016
claims up to and including 30 September 2016
participant Client, joins on Referral, once
event Referral is an input, recorded by the Council
event Session is an activity, recorded by the Charity
event Job Start is an outcome, recorded by the Charity, more is better
payment Session Fee: the Council pays the Charity £40 for each Session, withheld until the first Job Start
payment Late Fee: the Council pays the Charity £3 for each Session, withheld until 1 January 2016
"""
DAYS = st.dates(date(2015, 4, 1), date(2016, 3, 31))
CORE = compile_text(CONTRACT, "c.outcome").core


@settings(max_examples=40, deadline=None)
@given(
    sessions=st.lists(DAYS, max_size=5),
    jobs=st.lists(DAYS, max_size=2),
    accounts=st.lists(DAYS, min_size=1, max_size=8),
)
def test_on_every_day_what_is_released_by_then_is_due(
    sessions: list[date], jobs: list[date], accounts: list[date]
) -> None:
    happened = [("Referral", date(2015, 4, 1), "Council")]
    happened += [("Session", day, "Charity") for day in sessions] + [("Job Start", day, "Charity") for day in jobs]
    rows = [
        {"id": str(n), "participant": "Ann", "event": event, "date": day.isoformat(), "source": source}
        for n, (event, day, source) in enumerate(happened)
    ]
    log = rows_from_table(CORE, rows)
    for as_of in [*accounts, date(2016, 9, 30)]:
        held = [day for day in sessions if day <= as_of]
        released = any(day <= as_of for day in jobs)
        wanted = 4_000 * len(held) * released + 300 * len(held) * (as_of >= date(2016, 1, 1))
        ledger = evaluate(CORE, log, as_of)
        assert ledger.total == wanted
        for entry in ledger.entries:
            day = date(2016, 1, 1) if entry.payment == "Late Fee" else min(jobs, default=None)
            known = day if entry.payment == "Late Fee" or (day is not None and day <= as_of) else None
            assert entry.due == (max(known, entry.day) if known is not None else None)
