"""Ids of entries: no two alike in an account, and none that another row could change."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from outcomelang.compiler import compile_text
from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog, Row
from outcomelang.evaluation.ledger import Ledger
from outcomelang.evaluation.log import rows_from_table
from outcomelang.evaluation.reference import evaluate

from . import build
from .test_properties import BOTH, ROUND_EACH, YEAR, contract, crowds

HEAD = """
contract "Families"
commissioner Council
commissioner Fund
provider Charity
party Landlord
joint Payers: Council 80%, Fund 20%; odd pennies to the Council
currency GBP
term beginning on 1 April 2025 and ending on 31 March 2028
claims up to and including 30 September 2029
rounding each amount to the nearest penny, half up
participant Family (Families), joins on Referral, again after 12 months
member Child (Children) of a Family, read from Name of Household
group Funder of a Family, set by the Council  "Council"  "Fund"
period Quarter is every 3 months from 1 April 2025 up to and including 31 March 2026
event Referral is an input, recorded by the Council
event Household of a Family is an input, recorded by the Council, has Name as a label
event Session is an activity, recorded by the Charity, more is better
outcome Seen of a Family, when Session occurs, each time
outcome First Seen of a Family, when Session occurs, once
"""

PAYMENTS = """
payment Head Fee: the Payers pay the Charity £33.33 for each Family
payment Child Fee: the Funder pays the Charity £5 for each Child
payment Seen Fee: the Funder pays the Charity £7 for each Seen
payment Session Fee: the Council pays the Charity £30 for each Session
payment Core Fee: the Council pays the Charity £100 in 3 equal monthly instalments from 31 May 2025
payment Desk Fee: the Council pays the Charity £11 in each Quarter
payment First Card: the Council pays the Charity for each: First Seen £10
payment Second Card: the Council pays the Charity for each: First Seen £20
divide Session Fee: £20 of each to the Landlord, the rest to the Charity
"""

LIMITS = (
    "limit Head Fee to £40; earliest first; the excess is paid by the Fund",
    "limit all payments by the Council to £25; earliest first; the excess is paid by the Fund",
    "limit all payments to £60 in each Quarter by date achieved; taken from the total; the excess is not paid",
    "limit Session Fee to £45; in proportion; the excess is not paid",
)
KINDS = ("Referral", "Household", "Session")
Cells = dict[str, str]


@st.composite
def tables(draw: st.DrawFn) -> list[Cells]:
    """Families that join, again too, with children of any spelling and sessions; names that look like parts of ids."""
    found: list[Cells] = []
    for person in ("A", "A / 1", "A (2)", "row")[: draw(st.integers(1, 4))]:
        for kind in ("Referral", *draw(st.lists(st.sampled_from(KINDS), max_size=5))):
            day = date(2025, 4, 1).toordinal() + draw(st.integers(0, 900))
            cells = {"participant": person, "event": kind, "date": date.fromordinal(day).isoformat()}
            if kind == "Household":
                cells["name"] = draw(st.sampled_from(("Amy", "AMY", "Bob")))
            if kind == "Referral":
                cells["funder"] = draw(st.sampled_from(("Council", "Fund")))
            source = "Charity" if kind == "Session" else "Council"
            found.append({"id": f"R{len(found) + 1}", "source": source, **cells})
    return found


@cache
def compiled(text: str) -> ir.Contract:
    return compile_text(text).core


def account(rows: list[Cells], text: str) -> Ledger:
    made = compiled(text)
    columns = ("id", "participant", "event", "date", "source", "name", "funder")
    table = {column: [row.get(column, "") for row in rows] for column in columns}
    return evaluate(made, rows_from_table(made, table), date(2028, 3, 31))


@given(tables(), st.sets(st.sampled_from(LIMITS)))
def test_no_two_entries_share_an_id(rows: list[Cells], limits: set[str]) -> None:
    ledger = account(rows, HEAD + PAYMENTS + "\n".join(sorted(limits)))
    ids = [entry.id for entry in ledger.entries]
    assert sorted(set(ids)) == sorted(ids)


@given(tables(), st.randoms())
def test_rows_of_others_and_the_order_of_rows_change_no_id(rows: list[Cells], random: object) -> None:
    everybody = {e.id: e.rows for e in account(rows, HEAD + PAYMENTS).entries}
    own = {e.id: e.rows for e in account([r for r in rows if r["participant"] == "A"], HEAD + PAYMENTS).entries}
    assert set(own) <= set(everybody)
    assert {name: [row.id for row in some] for name, some in own.items()} == {
        name: [row.id for row in everybody[name]] for name in own
    }
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {e.id for e in account(shuffled, HEAD + PAYMENTS).entries} == set(everybody)


@given(tables(), tables())
def test_a_unit_that_stays_keeps_its_id_when_rows_arrive_late(rows: list[Cells], late: list[Cells]) -> None:
    """A session, and what is paid for it, is known by its row, however many earlier ones turn up."""
    more = [{**row, "id": f"L{n}"} for n, row in enumerate(late) if row["event"] == "Session"]
    before = {(e.payment, e.payer, e.payee, e.rows[0].id): e.id for e in units(account(rows, HEAD + PAYMENTS))}
    after = {(e.payment, e.payer, e.payee, e.rows[0].id): e.id for e in units(account([*rows, *more], HEAD + PAYMENTS))}
    assert before.items() <= after.items()


def units(ledger: Ledger) -> list:
    return [entry for entry in ledger.entries if entry.payment in ("Session Fee", "Seen Fee")]


@given(crowds(), crowds())
def test_ids_of_somebody_depend_on_nobody_else(crowd: list[Row], others: list[Row]) -> None:
    made = contract(*ROUND_EACH)
    renamed = [row._replace(participant="O" + row.participant, id="O" + row.id) for row in others]
    both = build.log([*crowd, *renamed])
    alone = EventLog(("log.csv",), [r for r in both.rows if r.id[0] != "O"], [], both.last_day, (), both.corrected)
    own = [entry for entry in evaluate(made, both).entries if entry.participant[:1] != "O"]
    assert [(e.id, e.day, e.amount) for e in evaluate(made, alone).entries] == [(e.id, e.day, e.amount) for e in own]


@given(crowds(), st.integers(2, 4))
def test_ids_do_not_depend_on_how_a_log_is_split(crowd: list[Row], files: int) -> None:
    made = contract(*ROUND_EACH)
    whole = build.log(crowd)
    split = [row._replace(file=number % files, line=number) for number, row in enumerate(whole.rows)]
    over = evolve(whole, files=tuple(f"{n}.csv" for n in range(files)), rows=split)
    assert [e.id for e in evaluate(made, over).entries] == [e.id for e in evaluate(made, whole).entries]


def test_a_participation_is_known_by_the_row_that_began_it() -> None:
    made = HEAD + "payment Head Fee: the Council pays the Charity £100 for each Family\n"
    rows = [{"id": "7", "participant": "A", "event": "Referral", "date": "2026-05-01", "source": "Council"}]
    assert [e.id for e in account(rows, made).entries] == ["Head Fee / A / 7 / 1"]
    late = {"id": "9", "participant": "A", "event": "Referral", "date": "2025-05-01", "source": "Council"}
    assert [e.id for e in account([late, *rows], made).entries] == ["Head Fee / A / 9 / 1", "Head Fee / A / 7 / 1"]


@pytest.mark.parametrize("order", [ir.Order.EARLIEST, ir.Order.FROM_TOTAL])
def test_two_limits_of_one_title_make_entries_of_their_own(order: ir.Order) -> None:
    limits = tuple(
        build.money_limit(
            most=build.pounds(amount), order=order, excess=ir.Excess_.PAID_BY, excess_to="Verifier", calendar=calendar
        )
        for amount, calendar in ((8, "Year"), (5, None))
    )
    flows = (build.flow("Visited", build.pounds(10), payer=ir.Jointly("Both")),)
    made = build.contract(
        outcomes=(build.visited(),), flows=flows, joint_parties=(BOTH,), calendars=(YEAR,),
        stages=(ir.RoundEach("half up", 1), ir.ShareOut(), *limits),
    )  # fmt: skip
    log = [build.row("J", "A", "Join", "2015-01-01"), build.row("V", "A", "Visit", "2015-06-01")]
    ids = [entry.id for entry in build.account(made, log).entries]
    assert len(ids) == len(set(ids))
    assert sum((e.amount for e in build.account(made, log).entries), Fraction(0)) >= 500
