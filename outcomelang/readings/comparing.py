"""Readings of one contract computed on the same histories: the first on which two of them pay differently."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.evaluation.examples import stipulate
from outcomelang.evaluation.ledger import Entry, Ledger
from outcomelang.evaluation.reference import Account
from outcomelang.histories.history import History, event_log
from outcomelang.histories.paid import account_day
from outcomelang.readings.earned import histories_that_earn, work
from outcomelang.readings.histories import FIRST_AMOUNT, Happening, Listed, first_joining, histories

ENTRIES = 15_000
"""How many entries are computed on listed histories: where a participant earns every week, there are many of each."""
WORK = 100_000
"""What may be spent on comparing made histories; see `work`."""

Whose = Callable[[Entry], str]


@frozen
class Paid:
    """What one reading pays, in minor units: of each payment or for each participant, of those that differ."""

    parts: tuple[tuple[str, Fraction], ...]

    @property
    def total(self) -> Fraction:
        return sum((amount for _, amount in self.parts), Fraction(0))


@frozen
class Parted:
    """A history on which two readings differ, the first day on which they do, and what each of them pays."""

    contract: ir.Contract
    population: ir.Population
    given: tuple[ir.GivenPerson, ...] | History
    """People of a listed history, or a history that was made for the contract."""
    from_day: date
    paid: tuple[Paid, ...]
    of_people: bool
    """Every payment comes to the same; who earned it differs."""


def parting(readings: tuple[ir.Contract, ...]) -> Parted | None:
    """The first history on which the readings do not all pay the same; None where none of those tried is one."""
    contract = readings[0]
    left = ENTRIES
    for listed in histories(readings):
        given = people(contract, listed)
        ledgers = [stipulate(reading, given, None)[0].ledger("") for reading in readings]
        left -= sum(len(ledger.entries) for ledger in ledgers)
        parted = _parted(contract, listed.population, given, ledgers)
        if parted is not None:
            return parted
        if left < 0:
            break
    population = next((each for each in contract.populations if each.comparison_of is None), None)
    left = WORK
    for history in histories_that_earn(readings):
        left -= work(contract, len(history.facts)) * len(readings)
        if population is None or left < 0:
            return None
        log, day = event_log(history), account_day(contract)
        parted = _parted(contract, population, history, [Account(r, log, day).ledger("") for r in readings])
        if parted is not None:
            return parted
    return None


def _parted(
    contract: ir.Contract,
    population: ir.Population,
    given: tuple[ir.GivenPerson, ...] | History,
    ledgers: list[Ledger],
) -> Parted | None:
    for whose in (_payment, _participant):
        paid = _differing([_by(ledger, whose) for ledger in ledgers])
        if paid is not None:
            day = _first_day([list(ledger.entries) for ledger in ledgers], whose)
            return Parted(contract, population, given, day or ledgers[0].as_of, paid, whose is _participant)
    return None


def _payment(entry: Entry) -> str:
    return entry.card or entry.payment


def _participant(entry: Entry) -> str:
    return entry.participant


def _by(ledger: Ledger, whose: Whose) -> dict[str, Fraction]:
    """Whole pennies by payment, as the statement has them, or by participant."""
    if whose is _participant:
        return _summed(ledger.entries, whose)
    found: dict[str, Fraction] = {}
    for line in ledger.lines:
        found[line.payment] = found.get(line.payment, Fraction(0)) + line.amount
    return found


def _differing(found: list[dict[str, Fraction]]) -> tuple[Paid, ...] | None:
    """The parts that differ between readings; None where there are none, or a penny is not decided there."""
    names = sorted({name for parts in found for name in parts})
    differing = [name for name in names if len({parts.get(name, Fraction(0)) for parts in found}) > 1]
    paid = tuple(Paid(tuple((name, parts.get(name, Fraction(0))) for name in differing)) for parts in found)
    whole = all(amount.denominator == 1 for reading in paid for _, amount in reading.parts)
    return paid if differing and whole else None


def _summed(entries: Iterable[Entry], whose: Whose) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for entry in entries:
        found[whose(entry)] = found.get(whose(entry), Fraction(0)) + entry.amount
    return {name: amount for name, amount in found.items() if amount}


def _first_day(readings: list[list[Entry]], whose: Whose) -> date | None:
    """The first day by which not all have paid the same."""
    for day in sorted({entry.day for entries in readings for entry in entries}):
        by_then = [_summed((entry for entry in entries if entry.day <= day), whose) for entries in readings]
        if any(other != by_then[0] for other in by_then[1:]):
            return day
    return None


# ---------------------------------------------------------------- what is given


def people(contract: ir.Contract, history: Listed) -> tuple[ir.GivenPerson, ...]:
    """The people of a history with their rows."""
    labels = tuple(
        (partition.name, partition.rows[0].label)
        for partition in contract.partitions
        if partition.of == history.population.name
        and isinstance(partition.classifier, ir.ByOwnLabel)
        and partition.rows
    )
    theirs = {member.name for member in contract.members}
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
                    happening.member if events[happening.event].of in theirs else None,
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
    asked = _tests(contract, population, event.name)
    named = {member.attribute for member in contract.members if member.event == event.name}
    name = ir.Const(happening.member or "Kim", ir.Unit.LABEL)
    return tuple(
        (
            spec.name,
            name if spec.name in named else asked.get(spec.name) or _plain(contract, event.name, spec, happening),
        )
        for spec in event.attributes
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
