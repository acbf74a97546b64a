"""Prices until so much has been paid, divisions, early endings, guarantees, and the lines of the statement."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from outcomelang.core import ir
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.ledger import Ledger

from .build import account, contract, flow, money_limit, number, pounds, row, rows, visited

PROVIDER, VERIFIER, SECOND = map(ir.NamedParty, ("Provider", "Verifier", "Second Buyer"))
VISITS = ir.Counted(rows("Visit"))
YEAR = ir.Calendar("Year", 12, 0, date(2015, 1, 1), date(2016, 12, 31))
ROUNDING = ir.RoundEach("half up", 1)


def visits(*days: str, person: str = "A", place: str = "North") -> list[Row]:
    """A joining on 1 January 2015 and a visit on each day."""
    found = [row(f"{person}0", person, "Join", "2015-01-01", Place=place)]
    return found + [row(f"{person}{n}", person, "Visit", when) for n, when in enumerate(days, 1)]


THREE = visits("2015-02-01", "2015-02-02", "2015-02-03")


def amounts(ledger: Ledger) -> list[Fraction]:
    ids = [entry.id for entry in ledger.entries]
    assert len(set(ids)) == len(ids)
    assert sum(line.amount for line in ledger.lines) == ledger.total
    return [entry.amount for entry in ledger.entries]


def passed(ledger: Ledger) -> dict[str, tuple[int, int]]:
    """Count and pence for each payee."""
    amounts(ledger)
    return {line.payee: (int(line.count), line.amount) for line in ledger.lines}


# ---------------------------------------------------------------- prices until so much has been paid


def table(until: int, before: int, after: int | None) -> ir.Table:
    later = pounds(after) if after is not None else None
    paid = ir.UntilPaid(until * 100, later)
    return ir.Table("Price", (), (ir.TableRow((), pounds(before)),), ir.Unit.MONEY, until_paid=paid)


PRICE = ir.Lookup("Price", ir.Unit.MONEY)
MEASURED = flow("Visited", PRICE, ir.EachUnit(VISITS, "exact"))


def tiered(priced: ir.Table, paying: ir.Flow, *more: ir.Stage) -> ir.Contract:
    return contract(
        outcomes=(visited(),), tables=(priced,), flows=(paying,), stages=(ir.Tier(("Visited",), "Price"), *more)
    )


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (0, [400, 400, 400]),
        (1, [460, 400, 400]),
        (9, [940, 400, 400]),
        (10, [1000, 400, 400]),
        (15, [1000, 700, 400]),
        (30, [1000, 1000, 1000]),
        (31, [1000, 1000, 1000]),
    ],
)
def test_the_unit_at_the_margin_is_split_exactly(until: int, expected: list[int]) -> None:
    paying = flow("Visited", PRICE)
    ledger = account(tiered(table(until, 10, 4), paying), THREE)
    assert amounts(ledger) == expected
    assert ledger.lines[0].count == 3
    together = account(tiered(table(until, 10, 4), MEASURED), THREE)
    assert (amounts(together), together.lines[0].count) == ([sum(expected)], 3)


def test_a_later_price_may_be_higher_or_nothing() -> None:
    paying = flow("Visited", PRICE)
    assert amounts(account(tiered(table(15, 10, 20), paying), THREE)) == [1000, 1500, 2000]
    assert amounts(account(tiered(table(15, 10, None), paying), THREE)) == [1000, 500, 0]


def test_a_price_of_nothing_never_reaches_the_amount() -> None:
    assert amounts(account(tiered(table(15, 0, 20), flow("Visited", PRICE)), THREE)) == [0, 0, 0]


def test_a_unit_at_the_margin_is_rounded_as_a_whole() -> None:
    ledger = account(tiered(table(10, 7, 2), flow("Visited", PRICE), ROUNDING), THREE)
    assert amounts(ledger) == [700, 414, 200]  # £3 of £7, and 4/7 of £2
    assert ledger.entries[1].rounding == Fraction(-2, 7)


# ---------------------------------------------------------------- divisions


def divided(*parts: ir.Part, rest: ir.Payer | None = PROVIDER, **more: object) -> ir.Contract:
    stages = more.pop("stages", None) or (ir.Division("Visited", parts, rest),)
    price, paid = more.pop("price", pounds(30)), more.pop("paid", {})
    assert isinstance(price, ir.Const)
    assert isinstance(paid, dict)
    return contract(outcomes=(visited(),), flows=(flow("Visited", price, **paid),), stages=stages, **more)


def each(party: ir.Payer, price: int) -> ir.Part:
    return ir.Part(party, Fraction(price * 100), None)


def share(party: ir.Payer, part: Fraction) -> ir.Part:
    return ir.Part(party, None, part)


def test_each_takes_its_part_of_every_unit_and_the_last_the_rest() -> None:
    made = divided(each(VERIFIER, 20), each(SECOND, 4))
    assert passed(account(made, THREE)) == {"Verifier": (3, 6000), "Second Buyer": (3, 1200), "Provider": (3, 1800)}


def test_percentages_may_make_up_the_whole() -> None:
    made = divided(share(VERIFIER, Fraction(7, 10)), share(PROVIDER, Fraction(3, 10)), rest=None)
    assert passed(account(made, THREE)) == {"Verifier": (3, 6300), "Provider": (3, 2700)}


def test_parts_are_rounded_and_add_up_to_what_was_due() -> None:
    stages = (ROUNDING, ir.Division("Visited", (share(VERIFIER, Fraction(1, 5)),), PROVIDER))
    made = divided(price=pounds(Fraction(3333, 100)), stages=stages)
    assert passed(account(made, THREE)) == {"Verifier": (3, 2001), "Provider": (3, 7998)}
    halves = (share(VERIFIER, Fraction(1, 2)), share(PROVIDER, Fraction(1, 2)))
    made = divided(price=pounds(Fraction(3333, 100)), stages=(ROUNDING, ir.Division("Visited", halves, None)))
    assert passed(account(made, THREE)) == {"Verifier": (3, 5001), "Provider": (3, 4998)}


def test_rounding_the_total_closes_the_account_of_each_payee() -> None:
    stages = (ir.Division("Visited", (share(VERIFIER, Fraction(1, 5)),), PROVIDER), ir.RoundTotal("half up", 1))
    made = divided(price=pounds(Fraction(3333, 100)), stages=stages)
    assert passed(account(made, THREE)) == {"Verifier": (3, 2000), "Provider": (3, 7999)}


def test_one_party_that_gets_two_parts_has_one_entry() -> None:
    made = divided(each(VERIFIER, 20), share(VERIFIER, Fraction(1, 10)), each(PROVIDER, 1))
    assert passed(account(made, THREE)) == {"Verifier": (3, 6900), "Provider": (3, 2100)}


def test_what_is_larger_than_the_payment_is_taken_as_far_as_it_goes() -> None:
    assert passed(account(divided(each(VERIFIER, 40)), THREE)) == {"Verifier": (3, 9000), "Provider": (3, 0)}


@pytest.mark.parametrize(("most", "verifier", "provider"), [(90, 60, 30), (55, 40, 15), (50, 40, 10), (45, 35, 10)])
def test_what_a_limit_leaves_of_each_unit_is_divided_in_turn(most: int, verifier: int, provider: int) -> None:
    limit = money_limit("Visited", most=pounds(most))
    made = divided(stages=(limit, ir.Division("Visited", (each(VERIFIER, 20),), PROVIDER)))
    wanted = {"Verifier": (3, verifier * 100), "Provider": (3, provider * 100)}
    assert passed(account(made, THREE)) == wanted


@pytest.mark.parametrize(("most", "verifier", "provider"), [(90, 60, 30), (70, 60, 10), (60, 60, 0), (50, 50, 0)])
def test_a_limit_that_ranks_the_parties_serves_the_first_in_full(most: int, verifier: int, provider: int) -> None:
    limit = money_limit("Visited", most=pounds(most), order=ir.Order.IN_ORDER, names=("Verifier", "Provider"))
    made = divided(stages=(ir.Division("Visited", (each(VERIFIER, 20),), PROVIDER), limit))
    wanted = {"Verifier": (3, verifier * 100), "Provider": (3, provider * 100)}
    assert passed(account(made, THREE)) == wanted


def test_joint_payers_bear_their_share_of_every_part() -> None:
    both = ir.JointParty("Both", (("Buyer", Fraction(4, 5)), ("Second Buyer", Fraction(1, 5))), "Buyer")
    stages = (ir.ShareOut(), ir.Division("Visited", (each(VERIFIER, 20),), PROVIDER))
    made = divided(stages=stages, joint_parties=(both,), paid={"payer": ir.Jointly("Both")})
    ledger = account(made, THREE)
    amounts(ledger)
    assert {(line.payer, line.payee): (int(line.count), line.amount) for line in ledger.lines} == {
        ("Buyer", "Verifier"): (3, 4800),
        ("Buyer", "Provider"): (3, 2400),
        ("Second Buyer", "Verifier"): (3, 1200),
        ("Second Buyer", "Provider"): (3, 600),
    }


def test_an_excess_that_another_pays_is_divided_with_its_unit() -> None:
    taken = money_limit("Visited", most=pounds(60), excess=ir.Excess_.PAID_BY, excess_to="Second Buyer")
    stages = (taken, ir.Division("Visited", (each(VERIFIER, 20),), PROVIDER))
    ledger = account(divided(stages=stages), THREE)
    amounts(ledger)
    assert {(line.payer, line.payee): (int(line.count), line.amount) for line in ledger.lines} == {
        ("Buyer", "Verifier"): (3, 4000),
        ("Buyer", "Provider"): (3, 2000),
        ("Second Buyer", "Verifier"): (0, 2000),
        ("Second Buyer", "Provider"): (0, 1000),
    }


PLACE = ir.Partition("Place", "group", "Person", ir.ByOwnLabel(), (ir.PartitionRow("North"), ir.PartitionRow("South")))


def test_a_part_may_go_to_the_party_of_a_group() -> None:
    made = divided(each(ir.PartyOfGroup("Place"), 20), partitions=(PLACE,))
    events = [*visits("2015-02-01", "2015-02-02"), *visits("2015-02-03", person="B", place="South")]
    assert passed(account(made, events)) == {"North": (2, 4000), "South": (1, 2000), "Provider": (3, 3000)}


# ---------------------------------------------------------------- early endings


@pytest.mark.parametrize(("left_on", "paid"), [("2015-01-31", 2000), ("2015-02-02", 2000), ("2015-02-03", 3000)])
def test_what_comes_after_the_day_falls_away_if_the_event_was_there_by_then(left_on: str, paid: int) -> None:
    stage = ir.FallAway("Leave", date(2015, 2, 2), ("Visited",), "Early End")
    made = contract(outcomes=(visited(),), flows=(flow("Visited", pounds(10)),), stages=(stage,))
    ledger = account(made, [*THREE, row("L", "", "Leave", left_on)])
    assert (sum(amounts(ledger)), ledger.lines[0].count * 1000) == (paid, paid)


def test_without_the_event_nothing_falls_away_and_other_payments_stay() -> None:
    stage = ir.FallAway("Leave", date(2015, 2, 2), ("Visited",), "Early End")
    flows = (flow("Visited", pounds(10)), flow("Other", pounds(1), ir.EachAchievement("Visited")))
    made = contract(outcomes=(visited(),), flows=flows, stages=(stage,))
    assert sum(amounts(account(made, THREE))) == 3300
    assert sum(amounts(account(made, [*THREE, row("L", "", "Leave", "2015-02-01")]))) == 2300


# ---------------------------------------------------------------- guarantees


def missing(guaranteed: int, *tests: ir.Test) -> ir.EachUnit:
    counted = ir.Counted(rows("Visit", *tests))
    return ir.EachUnit(ir.Excess(number(guaranteed), counted, ir.Unit.NUMBER), "exact")


@pytest.mark.parametrize(("guaranteed", "short"), [(2, []), (3, []), (4, [50]), (10, [350])])
def test_one_guarantor_pays_for_each_thing_short(guaranteed: int, short: list[int]) -> None:
    made = contract(flows=(flow("Volume", pounds(50), missing(guaranteed)),))
    assert amounts(account(made, THREE)) == [100 * amount for amount in short]


def test_a_surplus_of_one_guarantor_helps_no_other() -> None:
    own = {place: missing(3, ir.InGroup("Place", (place,))) for place in ("North", "South")}
    flows = tuple(flow(f"Volume: {p}", pounds(50), driver, card="Volume") for p, driver in own.items())
    events = [
        *visits("2015-02-01", "2015-02-02", "2015-02-03", "2015-02-04"),
        *visits("2015-02-05", person="B", place="South"),
    ]
    ledger = account(contract(flows=flows, partitions=(PLACE,)), events)
    assert [(line.payment, line.count, line.amount) for line in ledger.lines] == [("Volume: South", 2, 10_000)]


def test_a_guarantee_in_each_period_does_not_carry_over() -> None:
    paying = flow("Volume", pounds(50), missing(2), subject=ir.PerPeriod("Year", ir.Whole()))
    made = contract(flows=(paying,), calendars=(YEAR,))
    assert amounts(account(made, THREE)) == [10_000]
    assert account(made, THREE).entries[0].period == "Year 2"


# ---------------------------------------------------------------- lines shown by a key


def shown(ledger: Ledger) -> list[tuple[str, int, int]]:
    amounts(ledger)
    return [(line.payment, int(line.count), line.amount) for line in ledger.lines]


def test_lines_are_split_by_the_label_of_whoever_is_paid_for() -> None:
    paying = flow("Visited", pounds(10), shown_by=ir.KeyByGroup("Place"))
    made = contract(outcomes=(visited(),), flows=(paying,), partitions=(PLACE,))
    events = [*visits("2015-02-01"), *visits("2015-01-31", "2015-02-03", person="B", place="South")]
    assert shown(account(made, events)) == [("Visited, North", 1, 1000), ("Visited, South", 2, 2000)]


def test_lines_are_split_by_the_period_of_their_day() -> None:
    paying = flow("Visited", pounds(10), shown_by=ir.KeyByPeriod("Year"))
    made = contract(outcomes=(visited(),), flows=(paying,), calendars=(YEAR,))
    events = visits("2015-12-31", "2016-01-01", "2016-12-31", "2017-01-01")
    assert shown(account(made, events)) == [
        ("Visited, Year 1", 1, 1000),
        ("Visited, Year 2", 2, 2000),
        ("Visited", 1, 1000),
    ]
