"""Readings of one contract computed on the same histories: the first on which two of them pay differently."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.evaluation.examples import stipulate
from outcomelang.evaluation.ledger import Entry, Ledger
from outcomelang.readings.histories import FIRST_AMOUNT, Happening, History, first_joining, histories

Whose = Callable[[Entry], str]


@frozen
class Paid:
    """What one reading pays: in all, and of that to whom or under what, where only that differs. Minor units."""

    total: int
    parts: tuple[tuple[str, Fraction], ...]


@frozen
class Parted:
    """A history on which two readings differ, the first day on which they do, and what each of them pays."""

    history: History
    given: tuple[ir.GivenPerson, ...]
    from_day: date
    paid: tuple[Paid, ...]


def parting(readings: tuple[ir.Contract, ...]) -> Parted | None:
    """The smallest history on which the readings do not all pay the same; None where none of those tried is one."""
    for history in histories(readings[0]):
        given = people(readings[0], history)
        ledgers = [stipulate(reading, given, None)[0].ledger("") for reading in readings]
        parted = _parted(history, given, ledgers)
        if parted is not None:
            return parted
    return None


def _parted(history: History, given: tuple[ir.GivenPerson, ...], ledgers: list[Ledger]) -> Parted | None:
    totals = {ledger.total for ledger in ledgers}
    if len(totals) > 1:
        return Parted(
            history, given, _first_day(ledgers, lambda entry: ""), tuple(Paid(at.total, ()) for at in ledgers)
        )
    for whose in (_payment, _payee, _payer, _participant):
        parts = [_by(ledger.entries, whose) for ledger in ledgers]
        differing = {name for part in parts for name in part if len({other.get(name, 0) for other in parts}) > 1}
        if differing:
            paid = tuple(
                Paid(at.total, tuple((name, part.get(name, Fraction(0))) for name in sorted(differing)))
                for at, part in zip(ledgers, parts, strict=True)
            )
            return Parted(history, given, _first_day(ledgers, whose), paid)
    return None


def _payment(entry: Entry) -> str:
    return entry.card or entry.payment


def _payee(entry: Entry) -> str:
    return entry.payee


def _payer(entry: Entry) -> str:
    return entry.payer


def _participant(entry: Entry) -> str:
    return entry.participant


def _by(entries: Iterable[Entry], whose: Whose) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for entry in entries:
        found[whose(entry)] = found.get(whose(entry), Fraction(0)) + entry.amount
    return found


def _first_day(ledgers: list[Ledger], whose: Whose) -> date:
    """The first day by which not all have paid the same."""
    for day in sorted({entry.day for ledger in ledgers for entry in ledger.entries}):
        by_then = [_by((e for e in ledger.entries if e.day <= day), whose) for ledger in ledgers]
        if any({**dict.fromkeys(by_then[0], Fraction(0)), **other} != by_then[0] for other in by_then[1:]):
            return day
    return ledgers[0].as_of


# ---------------------------------------------------------------- what is given


def people(contract: ir.Contract, history: History) -> tuple[ir.GivenPerson, ...]:
    """The people of a history with their rows."""
    labels = tuple(
        (partition.name, partition.rows[0].label)
        for partition in contract.partitions
        if partition.of == history.population.name
        and isinstance(partition.classifier, ir.ByOwnLabel)
        and partition.rows
    )
    first = first_joining(contract, history.population)
    events = {event.name: event for event in contract.events}
    return tuple(
        ir.GivenPerson(
            history.population.name,
            person_name(place),
            labels,
            tuple(
                ir.GivenRow(
                    happening.event,
                    first + timedelta(place + happening.after),
                    _attributes(contract, history.population, events[happening.event], happening),
                    happening.member,
                )
                for happening in life
            ),
        )
        for place, life in enumerate(history.lives)
    )


def person_name(place: int) -> str:
    """A, B … Z, then 27, 28 …"""
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def _attributes(
    contract: ir.Contract, population: ir.Population, event: ir.Event, happening: Happening
) -> tuple[tuple[str, ir.Const], ...]:
    """Something on every column of the row: what its tests ask for, else something plain."""
    tests = _tests(contract, population, event.name)
    named = {member.attribute for member in contract.members if member.event == event.name}
    return tuple(
        (spec.name, tests.get(spec.name) or _plain(contract, event.name, spec, happening))
        for spec in event.attributes
        if happening.member is None or spec.name not in named
    )


def _tests(contract: ir.Contract, population: ir.Population, event: str) -> dict[str, ir.Const]:
    """What joining, or being listed, asks of a row."""
    asked = [way.select.tests for way in population.ways if way.select.of == ir.Rows(event)]
    asked += [member.tests for member in contract.members if member.event == event]
    found: dict[str, ir.Const] = {}
    for test in (test for tests in asked for test in tests):
        if isinstance(test, ir.AttributeIs) and not test.negated:
            found[test.attribute] = ir.Const(test.labels[0], ir.Unit.LABEL)
        elif isinstance(test, ir.AttributeCompares) and test.comparator in (">=", "<=", "=="):
            found[test.attribute] = test.value
    return found


def _plain(contract: ir.Contract, event: str, spec: ir.AttributeSpec, happening: Happening) -> ir.Const:
    match spec.unit:
        case ir.Unit.MONEY:
            return ir.Const(Fraction(happening.amount or FIRST_AMOUNT), spec.unit)
        case ir.Unit.PERCENTAGE:
            return ir.Const(Fraction(1, 2), spec.unit)
        case ir.Unit.DATE:
            return ir.Const(contract.first_day or date(2000, 1, 1), spec.unit)
        case ir.Unit.LABEL:
            return ir.Const(_label(contract, event, spec.name), spec.unit)
        case ir.Unit.FLAG:
            return ir.Const("yes", spec.unit)
        case _:
            return ir.Const(Fraction(20), spec.unit)


def _label(contract: ir.Contract, event: str, attribute: str) -> str:
    """The first row of the group that is read from this column, if there is one."""
    read = (p for p in contract.partitions if p.classifier == ir.ByLabel(event, attribute) and p.rows)
    return next((partition.rows[0].label for partition in read), "some")
