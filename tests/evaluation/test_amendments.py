"""Amended contracts against plainer ways to the same figures: no amendment, two contracts, a walk day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from outcomelang.compiler import compile_text
from outcomelang.core import ir
from outcomelang.core.artefact import digest
from outcomelang.core.invariants import broken
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.ledger import Entry, Ledger

from . import build, logs
from .oracle import Oracle

DAY = date(2016, 6, 1)
TERMS = """\
contract "Test"
commissioner Buyer
commissioner Second Buyer
provider Provider
currency GBP
term beginning on 1 January 2015 and ending on 31 December 2018
claims up to and including 31 December 2019
participant Person (Persons), joins on Join, once
joint Funders: Buyer 60%, Second Buyer 40%; odd pennies to the Buyer
rounding each amount to the nearest penny, half up
group Kind of a Person, read from Kind of Join  "good"  "bad"
event Join is an input, recorded by Provider, has Kind as a label
event Work is an outcome, recorded by Provider, more is better
event Leave is an outcome, recorded by Provider, fewer is better
event Visit is an activity, recorded by Provider, has Fee as money
state Job beginning on Work and ending on Leave, more is better
table Price by Kind  "good" £30  "bad" £20
outcome Long Job of a Person, when Job reaches 4 weeks in total, within 6 months of Join, once
outcome Seen of a Person, when Visit occurs, up to 2 times
define Visits Paid of each Person as the number of Visits in the 3 months after Join
payment Job Fee: the Funders pay Provider £100 for each Long Job
payment Seen Fee: the Buyer pays Provider the Price for each Seen
payment Visit Fee: the Buyer pays Provider 50% of the Fee for each Visit
payment Count Fee: the Buyer pays Provider £7 for each Visits Paid
limit Visit Fee to £120 for each Person; earliest first; the excess is not paid
"""
CHANGES = """\
change Job Fee to £130
change Long Job to when Job reaches 2 weeks without a break
change Price to £35 for "bad"
change Seen to up to 3 times
delete Visit Fee
insert payment Visit Fee: the Funders pay Provider 40% of the Fee for each Visit
change Visits Paid to the number of Visits in the 2 months after Join
change the limit on Visit Fee to £90
delete Funders
insert joint Funders: Buyer 30%, Second Buyer 70%; odd pennies to the Buyer
insert payment Head Fee: the Buyer pays Provider £3 for each Person
"""

NOTHING = """\
change Job Fee to £100
change Long Job to within 6 months of Join
change Price to £20 for "bad"
delete Seen Fee
insert payment Seen Fee: the Buyer pays Provider the Price for each Seen
change the limit on Visit Fee to £120
"""


def beside(base: str) -> Callable[[str], str]:
    """Reads the base from the file beside the contract, and no other."""

    def load(path: str) -> str:
        if path != "base.outcome":
            raise FileNotFoundError(path)
        return base

    return load


@cache
def compiled(amendment: str = "", changes: str = "") -> ir.Contract:
    core = compile_text(f"{TERMS}{amendment}\n{changes}").core
    assert broken(core) == ()
    return core


@cache
def wholly_changed() -> ir.Contract:
    """The changes made to the terms as signed: the same contract, written without an amendment."""
    base = 'contract "Test" based on "base.outcome"\n'
    return compile_text(base + CHANGES, load=beside(TERMS)).core


@st.composite
def people(draw: st.DrawFn) -> list[Row]:
    """A few people around the day of the amendment, with days just before, on and after every boundary."""
    found: list[Row] = []
    for number in range(draw(st.integers(1, 4))):
        joined = DAY.toordinal() + draw(st.sampled_from((-200, -91, -30, -1, 0, 1, 40)))
        who, on = f"P{number}", joined
        kind = draw(st.sampled_from(("good", "bad", None)))
        found.append(build.row(f"{who}-00", who, "Join", joined, **({"Kind": kind} if kind else {})))
        for place in range(1, draw(st.integers(1, 9))):
            on += draw(st.sampled_from((0, 1, 13, 14, 27, 28, 60)))
            name = draw(st.sampled_from(("Work", "Leave", "Visit")))
            more = {"Fee": draw(st.sampled_from((3333, 10000)))} if name == "Visit" else {}
            found.append(build.row(f"{who}-{place:02}", who, name, on, **more))
    return found


def due(ledger: Ledger) -> list[tuple[object, ...]]:
    return sorted((e.payment, e.payer, e.subject, e.day, e.sequence, e.price, e.amount) for e in ledger.entries)


def test_an_amendment_that_changes_nothing_leaves_the_contract_as_it_was() -> None:
    for amendment in ("amendment 1 effective 1 June 2016", joining()):
        amended = compiled(amendment, NOTHING)
        assert (amended, digest(amended)) == (compiled(), digest(compiled()))


def joining(number: int = 1) -> str:
    return f"amendment {number} effective 1 June 2016, for Persons joining on or after that date"


@given(people())
def test_an_amendment_for_those_who_join_is_two_contracts_on_a_divided_log(rows: list[Row]) -> None:
    later = {row.participant for row in rows if row.event == "Join" and row.day >= DAY.toordinal()}
    one = build.account(compiled(joining(), CHANGES), rows)
    old = build.account(compiled(), divided(rows, later, False))
    new = build.account(wholly_changed(), divided(rows, later, True))
    assert due(one) == sorted(due(old) + due(new))
    assert one.total == old.total + new.total


def divided(rows: list[Row], later: set[str], of_later: bool) -> list[Row]:
    """The rows of one half of the people; the log still ends on the same day, by a row of nobody."""
    last = max(rows, key=lambda row: row.day)
    own = [row for row in rows if (row.participant in later) is of_later]
    return (
        [*own, last._replace(id="end", participant="nobody", event="Leave", attributes={})] if last not in own else own
    )


PRICES = 'change Job Fee to £130\nchange Price to £35 for "bad"\ndelete Count Fee\n'


@given(people())
def test_new_prices_are_those_of_the_changed_contract_from_the_day_on(rows: list[Row]) -> None:
    amended = build.account(compiled("amendment 1 effective 1 June 2016", PRICES), rows)
    changed = compile_text('contract "Test" based on "base.outcome"\n' + PRICES, load=beside(TERMS)).core
    before = [entry for entry in due(build.account(compiled(), rows)) if entry[3] < DAY]
    after = [entry for entry in due(build.account(changed, rows)) if entry[3] >= DAY]
    assert due(amended) == sorted(before + after)
    assert all(
        (entry.amendment == 1) == (entry.day >= DAY and entry.payment != "Visit Fee") for entry in priced(amended)
    )


def priced(ledger: Ledger) -> list[Entry]:
    return [entry for entry in ledger.entries if entry.payment in ("Job Fee", "Seen Fee", "Visit Fee")]


@given(people(), st.sampled_from((50, 120, 200)), st.sampled_from((0, 50, 200, 300)))
def test_a_changed_limit_goes_on_with_what_was_used(rows: list[Row], old: int, new: int) -> None:
    """Against a purse: what is paid leaves it, and on the day of the amendment it is filled up, or emptied."""
    limit = f"limit all payments to £{old}; earliest first; the excess is not paid\n"
    amendment = f"amendment 1 effective 1 June 2016\nchange the limit on all payments to £{new}\n"
    limited = compile_text(TERMS + limit + amendment).core
    free = build.account(compiled(), rows)
    spent, paid = Fraction(0), Fraction(0)
    for entry in units_of(free):
        bound = Fraction(new if entry[0] >= DAY else old) * 100
        given_out = max(min(entry[1], bound - spent), Fraction(0))
        spent += given_out
        paid += given_out
    assert build.account(limited, rows).total == paid


def units_of(ledger: Ledger) -> list[tuple[date, Fraction]]:
    """Day and amount of each unit in the order of claims; the shares of joint payers are one unit."""
    found: dict[tuple[object, ...], tuple[date, Fraction]] = {}
    for entry in ledger.entries:
        key = (entry.payment, entry.subject, entry.day, entry.sequence, entry.rows)
        day, amount = found.get(key, (entry.day, Fraction(0)))
        found[key] = (day, amount + entry.amount)
    return list(found.values())


@given(logs.outcomes(), logs.outcomes(), logs.lives(), st.integers(0, 500))
def test_each_day_is_judged_by_its_own_words(
    old: tuple[ir.Outcome, ...], new: tuple[ir.Outcome, ...], life: list[Row], waits: int
) -> None:
    first = date.fromordinal(life[0].day + waits)
    signed, changed = (evolve(one[1], after=None) for one in (old, new))
    if any(isinstance(one.when, ir.Reaches) and one.when.further for one in (signed, changed)):
        return  # blocks go on from those before: the golden pages show it
    amended = evolve(signed, amended=(ir.AmendedOutcome((1,), 1, changed),))
    versions = (ir.Version(0), ir.Version(1, first))
    contract = evolve(logs.contract((old[0], amended)), versions=versions)
    found = build.result(contract, life, "Main")
    days = [day for day in alone(old[0], signed, life, None) if day < first.toordinal()]
    days = days[: most(signed)]
    later = [day for day in alone(old[0], changed, life, first.toordinal()) if day >= first.toordinal()]
    days += later[: max(most(changed) - len(days), 0)]
    assert [each.day for each in found.achievements] == days


def most(outcome: ir.Outcome) -> int:
    if outcome.each_time:
        return 1000
    return 1 if outcome.times is None else int(outcome.times.value)


def alone(base: ir.Outcome, outcome: ir.Outcome, life: list[Row], begins: int | None) -> list[int]:
    """Every day on which one set of words is met within its time limit, as a calendar shows."""
    claims = date(2018, 12, 31).toordinal()
    contract = logs.contract((base, evolve(outcome, each_time=True, times=None)))
    oracle = Oracle(contract, life, life[0].day, max(row.day for row in life), claims, claims)
    return list(oracle.outcome("Main").days)
