"""`matched by`: rows with one value are paired among themselves, as if there were no others."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Row

from .build import EMPTY, MORE, account, contract, day, days, flow, log, outcome, pounds, reaches, row
from .oracle import spells

START = day("2015-03-01")
LABEL = (ir.AttributeSpec("Place", ir.Unit.LABEL),)
PLACED = ir.State("Placed", ir.Spells("Move In", "Move Out", True, matched_by="Place"), MORE)


def made(length: int) -> ir.Contract:
    events = [ir.Event(name, "outcome", MORE, ("Provider",), attributes=LABEL) for name in ("Move In", "Move Out")]
    join = ir.Event("Join", "input", MORE, ("Buyer",))
    placed = outcome("Held", reaches(days(length), state="Placed", further=True), each_time=True)
    parts = {**EMPTY, "outcomes": (placed,), "flows": (flow("Held", pounds(1)),)}
    return contract(events=(join, *events), states=(PLACED,), **parts)


moves = st.lists(
    st.tuples(st.sampled_from(["Move In", "Move Out"]), st.integers(0, 30), st.sampled_from(["Mill", "Dock", None])),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(moves, st.integers(1, 6))
def test_each_value_has_spells_of_its_own(found: list[tuple[str, int, str | None]], length: int) -> None:
    rows: list[Row] = []
    for number, (name, offset, place) in enumerate(found):
        carried = {"Place": place} if place is not None else {}
        rows.append(row(f"R{number:03}", "A", name, START + offset, **carried))
    events = log([row("J", "A", "Join", "2015-02-01"), *rows])
    inside: set[int] = set()
    for value in ("Mill", "Dock", None):
        own = [each for each in rows if each.attributes.get("Place") == value]
        for begin, end in spells(own, "Move In", "Move Out"):
            inside |= set(range(begin.day, (events.last_day if end is None else end.day) + 1))
    completed = sorted(inside)[length - 1 :: length]
    assert [entry.day.toordinal() for entry in account(made(length), events).entries] == completed
