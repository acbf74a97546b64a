"""Generated lives: the plan earns what the reference earns, whatever happens on whatever days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outcomelang.compiler import compile_text
from outcomelang.core import ir
from outcomelang.evaluation.log import rows_from_table

from . import samples
from .agreement import agreement

CLAUSES = """
outcome Steady of a Client, when Housed reaches 3 months without a break, once
outcome Sixty of a Client, when Housed reaches 60 days in total, once
outcome Job of a Client, when Job Start occurs within 12 months of Referral, each time
outcome Quiet of a Client, when no Offence occurs in the 12 months beginning with Referral, once
payment Long Fee: the Council pays the Charity £10 for each Steady
payment Sum Fee: the Council pays the Charity £7 for each Sixty
payment Job Fee: the Council pays the Charity £5 for each Job
payment Quiet Fee: the Council pays the Charity £3 for each Quiet
"""
SOURCES = {
    "Referral": "Council", "Moving In": "Charity", "Moving Out": "Charity", "Job Start": "Charity",
    "Job End": "Charity", "Offence": "Registrar",
}  # fmt: skip
FIRST = date(2025, 4, 1)
happenings = st.lists(
    st.tuples(st.sampled_from(("Ann", "Ben")), st.sampled_from(sorted(SOURCES)), st.integers(0, 500)),
    min_size=1,
    max_size=14,
)


@cache
def contract() -> ir.Contract:
    base = (samples.GOLDEN / "bases" / "homes.outcome").read_text("utf-8")
    return compile_text(base + CLAUSES, "a.outcome", str, None, doubts=False).core


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(happened=happenings, account=st.none() | st.integers(0, 600))
def test_generated_lives_agree(happened: list[tuple[str, str, int]], account: int | None) -> None:
    rows: list[dict[str, object]] = [
        {"id": str(n), "participant": who, "event": what, "date": FIRST + timedelta(day), "source": SOURCES[what]}
        for n, (who, what, day) in enumerate(happened, 1)
    ]
    as_of = None if account is None else FIRST + timedelta(account)
    found = agreement(contract(), rows_from_table(contract(), rows), as_of)
    assert found.refused == ()
    assert (found.missing, found.added) == ([], [])
