"""An account since an earlier one: what was given stays, each difference is an entry, and sums agree to the penny."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from outcomelang.cli.ledger_json import ledger_json
from outcomelang.core import ir
from outcomelang.diagnostic import UsageError
from outcomelang.evaluation.adjustments import evaluate_since
from outcomelang.evaluation.causes import CAUSES, told
from outcomelang.evaluation.earlier_ledger import read_ledger
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.ledger import Ledger
from outcomelang.evaluation.reference import evaluate

from . import build
from .test_properties import LIMIT, ROUND_EACH, contract, crowds

STAGES = (
    (*ROUND_EACH,),
    (*ROUND_EACH, LIMIT),
    (ir.ShareOut(), ir.RoundTotal("half even", 1)),
    (*ROUND_EACH, evolve(LIMIT, order=ir.Order.FROM_TOTAL)),
)
DIGEST = "ab" * 32


def read_back(ledger: Ledger, places: bool = False) -> Ledger:
    return read_ledger(ledger_json(ledger, places).encode(), "a.json", ledger.currency, ledger.minor_digits)


def kept(ledger: Ledger) -> tuple[object, ...]:
    """All of a ledger that its JSON holds for the next account."""
    entries = [(entry.id, entry.payment, entry.participant, told(entry)) for entry in ledger.entries]
    return ledger.digest, ledger.as_of, ledger.log_ends, ledger.total, ledger.lines, entries, ledger.accounts


@given(crowds(), crowds(), st.sampled_from(STAGES), st.integers(0, 400), st.integers(0, 400), st.booleans())
def test_the_earlier_account_and_its_adjustments_are_the_new_one(
    before: list[Row], after: list[Row], stages: tuple[ir.Stage, ...], wait: int, more: int, places: bool
) -> None:
    """Whatever the two logs have in common: for each entry, for each payer, and in all."""
    made, day = contract(*stages), min(row.day for row in before) + wait
    first = evaluate(made, build.log(before), date.fromordinal(day), DIGEST)
    earlier = read_back(first, places)
    assert kept(earlier) == kept(first)
    now = evaluate_since(made, build.log(after), date.fromordinal(day + more), DIGEST, earlier)
    adjustments = now.accounts[-1].adjustments
    amounts = {entry.id: entry.amount for entry in first.entries}
    payers: dict[tuple[str, str], Fraction] = {}
    for entry in first.entries:
        payers[entry.payment, entry.payer] = payers.get((entry.payment, entry.payer), Fraction(0)) + entry.amount
    for each in adjustments:
        amounts[each.entry] = amounts.get(each.entry, Fraction(0)) + each.amount
        payers[each.payment, each.payer] = payers.get((each.payment, each.payer), Fraction(0)) + each.amount
        assert each.amount == each.after - each.before
        assert each.cause in CAUSES
        assert each.why
    assert {name: amount for name, amount in amounts.items() if amount} == {
        entry.id: entry.amount for entry in now.entries if entry.amount
    }
    for entry in now.entries:
        payers[entry.payment, entry.payer] = payers.get((entry.payment, entry.payer), Fraction(0)) - entry.amount
    assert not any(payers.values())
    assert first.total + sum(each.amount for each in adjustments) == now.total
    assert len({each.id for each in adjustments}) == len(adjustments)


@given(crowds(), crowds(), crowds(), st.sampled_from(STAGES))
def test_a_series_of_accounts_carries_all_that_was_posted(
    one: list[Row], two: list[Row], three: list[Row], stages: tuple[ir.Stage, ...]
) -> None:
    made, day = contract(*stages), date(2016, 6, 1)
    first = evaluate(made, build.log(one), day, DIGEST)
    second = evaluate_since(made, build.log(two), date(2016, 9, 1), DIGEST, read_back(first))
    third = evaluate_since(made, build.log(three), None, DIGEST, read_back(second))
    assert third.accounts[:-1] == second.accounts
    assert [posted.total for posted in third.accounts] == [first.total, second.total, third.total]
    posted = sum((each.amount for account in third.accounts for each in account.adjustments), Fraction(0))
    assert first.total + posted == third.total
    assert kept(read_back(third)) == kept(third)
    ids = [each.id for account in third.accounts for each in account.adjustments]
    assert len(set(ids)) == len(ids)


@given(crowds(), st.sampled_from(STAGES))
def test_an_account_since_itself_adjusts_nothing(crowd: list[Row], stages: tuple[ir.Stage, ...]) -> None:
    made = contract(*stages)
    first = evaluate(made, build.log(crowd), None, DIGEST)
    again = evaluate_since(made, build.log(list(reversed(crowd))), None, DIGEST, read_back(first))
    assert again.accounts[-1].adjustments == ()
    assert evolve(again, accounts=()) == first


# ---------------------------------------------------------------- causes

VISITED = build.visited()
OTHER = build.visited("Special", tests=(ir.AttributeIs("Kind", ("Special",)),))
DAY = date(2015, 3, 31)


def paid(*stages: ir.Stage, **more: Any) -> ir.Contract:
    flows = (build.flow("Visited", build.pounds(10)), build.flow("Special", build.pounds(30)))
    return build.contract(outcomes=(VISITED, OTHER), flows=flows, stages=stages, **more)


def visit(name: str, day: str, **more: Any) -> Row:
    return build.row(name, "A", "Visit", day, **more)


JOIN = build.row("J", "A", "Join", "2015-01-01")


def adjusted(made: ir.Contract, before: list[Row], after: list[Row], as_of: date | None = None) -> list[tuple]:
    first = evaluate(made, build.log(before), DAY, DIGEST)
    now = evaluate_since(made, build.log(after), as_of, DIGEST, first)
    return [(each.kind, each.entry, int(each.amount), each.cause) for each in now.accounts[-1].adjustments]


def test_what_is_earned_since_is_new() -> None:
    rows = [JOIN, visit("V", "2015-04-01")]
    assert adjusted(paid(), rows, rows) == [("new", "Visited / A / V", 1000, "earned since")]


def test_a_row_that_became_known_late_is_named() -> None:
    late = visit("V", "2015-02-01", recorded="2015-04-20")
    assert adjusted(paid(), [JOIN], [JOIN, late]) == [("new", "Visited / A / V", 1000, "late row")]


def test_a_row_that_was_delivered_late_is_missed_in_the_earlier_log() -> None:
    late = visit("V", "2015-02-01")
    assert adjusted(paid(), [JOIN], [JOIN, late]) == [("new", "Visited / A / V", 1000, "log of the earlier account")]


def test_a_corrected_day_reverses_the_entry_and_makes_it_new() -> None:
    before, after = visit("V", "2015-02-01"), visit("V", "2015-02-07", recorded="2015-05-01")
    assert adjusted(paid(), [JOIN, before], [JOIN, before, after]) == [
        ("reversal", "Visited / A / V", -1000, "row corrected"),
        ("new", "Visited / A / V", 1000, "row corrected"),
    ]


def test_a_row_that_is_gone_reverses_its_entry() -> None:
    row = visit("V", "2015-02-01")
    assert adjusted(paid(), [JOIN, row], [JOIN]) == [("reversal", "Visited / A / V", -1000, "row gone")]


def test_a_replaced_payment_is_taken_back_on_a_line_of_its_own() -> None:
    made = paid(ir.Replace("Special", ("Visited",)))
    rows = [JOIN, visit("V", "2015-02-01"), visit("W", "2015-04-01", Kind="Special")]
    assert adjusted(made, rows, rows) == [
        ("difference", "Visited / A / V", -1000, "replaced"),
        ("new", "Visited / A / W", 0, "earned since"),
        ("new", "Special / A / W", 3000, "earned since"),
    ]


def test_a_limit_that_binds_otherwise_is_named() -> None:
    made = paid(build.money_limit(most=build.pounds(15)))
    before = [JOIN, visit("V", "2015-02-02"), visit("W", "2015-03-03")]
    late = visit("U", "2015-01-15", recorded="2015-04-20")
    assert adjusted(made, before, [*before, late]) == [
        ("new", "Visited / A / U", 1000, "late row"),
        ("difference", "Visited / A / V", -500, "limit"),
        ("difference", "Visited / A / W", -500, "limit"),
    ]


def test_a_late_row_that_speaks_against_an_entry_is_named() -> None:
    absence = ir.Happens(build.rows("Arrest", window=build.following(ir.Joining(), 1)), negated=True)
    made = build.contract(outcomes=(build.outcome("Free", absence),), flows=(build.flow("Free", build.pounds(10)),))
    seen = visit("V", "2015-03-30")
    late = build.row("R", "A", "Arrest", "2015-01-20", recorded="2015-06-01")
    assert adjusted(made, [JOIN, seen], [JOIN, seen, late]) == [("reversal", "Free / A / 1", -1000, "late row")]


# ---------------------------------------------------------------- what is refused


def a_ledger() -> dict[str, Any]:
    rows = [JOIN, visit("V", "2015-02-01"), visit("W", "2015-03-03")]
    whole: dict[str, Any] = json.loads(ledger_json(evaluate(paid(), build.log(rows), DAY, DIGEST)))
    return whole


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    whole = a_ledger()
    change(whole)
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("change", "name", "says"),
    [
        (lambda w: w.update(total="20.01"), "ledger-does-not-add-up", "its lines do not make its total"),
        (lambda w: w["entries"].pop(), "ledger-does-not-add-up", "the lines of what Buyer pays Provider"),
        (lambda w: w["entries"].append(w["entries"][0]), "ledger-does-not-add-up", "“Visited / A / V” 2 times"),
        (lambda w: w["entries"][0].update(amount="12.00"), "ledger-does-not-add-up", "not the amount of the entry"),
        (lambda w: w["lines"][0].update(amount="12.00"), "ledger-does-not-add-up", "do not make the lines"),
        (lambda w: w.update(accounts=[]), None, ""),
        (lambda w: w.update(accounts=[{**w, "total": "7.00", "adjustments": []}]),
         "ledger-does-not-add-up", "does not end with its own"),
        (lambda w: w.update(currency="EUR"), "ledger-of-another-currency", "in “EUR”"),
        (lambda w: w.pop("digest"), "unreadable-ledger", "it has no “digest”"),
        (lambda w: w.update(as_of="2015-02-30"), "unreadable-ledger", "“as_of” of it is no day"),
        (lambda w: w.update(as_of=20150301), "unreadable-ledger", "“as_of” of it is no text"),
        (lambda w: w.update(total=2000), "unreadable-ledger", "“total” of it is no text"),
        (lambda w: w.update(total="1e999999999"), "unreadable-ledger", "“total” of it is no number"),
        (lambda w: w.update(total="20.005"), "unreadable-ledger", "no amount in whole pence"),
        (lambda w: w.update(entries={}), "unreadable-ledger", "“entries” of it is no list"),
        (lambda w: w["entries"].insert(0, 7), "unreadable-ledger", "number 1 of “entries” is no object"),
        (lambda w: w["entries"][1].update(rows=[3]), "unreadable-ledger", "“rows” of number 2 of “entries”"),
        (lambda w: w["entries"][1].update(sequence=True), "unreadable-ledger", "no whole number"),
        (lambda w: w["entries"][1].update(price="1/0"), "unreadable-ledger", "no number"),
    ],
)  # fmt: skip
def test_a_ledger_that_was_edited_is_refused_by_name(change: Callable, name: str | None, says: str) -> None:
    if name is None:
        read_ledger(changed(change), "a.json", "GBP", 2)
        return
    with pytest.raises(UsageError) as refused:
        read_ledger(changed(change), "a.json", "GBP", 2)
    (found,) = refused.value.diagnostics
    assert found.name == name
    assert says in found.message
    assert found.message.startswith("a.json ")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b"id,payment,card,clause\n", b'{"total": ' + b"9" * 9000],
)
def test_what_is_no_ledger_is_refused(content: bytes) -> None:
    with pytest.raises(UsageError) as refused:
        read_ledger(content, "a.json", "GBP", 2)
    assert refused.value.diagnostics[0].name in ("unreadable-ledger",)


@given(st.data())
def test_no_amount_can_be_changed_by_hand(data: st.DataObject) -> None:
    """Every single amount of the file: total, lines, and each part of the sum of an entry."""
    whole = a_ledger()
    place, names = data.draw(
        st.sampled_from(
            [(whole, ["total"]), *((line, ["amount"]) for line in whole["lines"]),
             *((entry, ["earned", "rounding", "amount"]) for entry in whole["entries"])]
        )
    )  # fmt: skip
    name = data.draw(st.sampled_from(names))
    other = data.draw(st.integers(-10_000, 10_000).map(lambda pence: f"{Fraction(pence, 100)}"))
    if Fraction(other) == Fraction(place[name]):
        return
    place[name] = other
    with pytest.raises(UsageError):
        read_ledger(json.dumps(whole).encode(), "a.json", "GBP", 2)


def test_a_ledger_of_another_contract_or_of_a_later_day_is_no_base() -> None:
    first = evaluate(paid(), build.log([JOIN]), DAY, DIGEST)
    for digest, as_of, name in (
        ("cd" * 32, None, "ledger-of-another-contract"),
        (DIGEST, date(2015, 3, 30), "ledger-of-a-later-day"),
    ):
        with pytest.raises(UsageError) as refused:
            evaluate_since(paid(), build.log([JOIN]), as_of, digest, first)
        assert [found.name for found in refused.value.diagnostics] == [name]
    with pytest.raises(UsageError):
        evaluate_since(paid(), build.log([JOIN]), None, DIGEST, evolve(first, total=1))
