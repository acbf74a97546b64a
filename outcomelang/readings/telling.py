"""What readings pay, in words: the amounts first, then the day, then the story that was computed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from attrs import evolve

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.core.from_surface.context import listed
from outcomelang.core.money import money
from outcomelang.diagnostic import Diagnostic, Remedy
from outcomelang.histories import story
from outcomelang.histories.history import History
from outcomelang.readings.comparing import Paid, Parted
from outcomelang.tree import nodes

MOST_PEOPLE = 4
"""People whose rows are listed one by one."""
_OPENINGS = ("A ", "It ", "Nobody ", "The ", "When ", "Several ", "This ", "These ")
"""Words with which a message of ours begins, and which are no Defined Terms."""


def told(found: Diagnostic, read: tuple[Remedy, ...], parted: Parted) -> Diagnostic:
    """The finding with the story, the day and the amounts of each reading."""
    pays = {remedy: _pays(paid, parted) for remedy, paid in zip(read, parted.paid, strict=True)}
    remedies = tuple(
        evolve(each, effect="; ".join(filter(None, (each.effect, pays[each])))) if each in pays else each
        for each in found.remedies
    )
    begins = found.message.startswith(_OPENINGS)
    said = found.message[0].lower() + found.message[1:] if begins else found.message
    message = f"{_either(parted)} from {day_text(parted.from_day.toordinal())} on: {said}"
    return evolve(found, message=message, remedies=remedies, story=tuple(_story(parted, parted.contract)))


def _pays(paid: Paid, parted: Parted) -> str:
    """`£1,000.00 in the example`, or each of the payments, or of the participants, that differ."""
    if len(paid.parts) == 1:
        return f"{_amount(paid.total, parted.contract)} in the example"
    shown = [f"{_whose(name, parted)} {_amount(amount, parted.contract)}" for name, amount in paid.parts[:MOST_PEOPLE]]
    return "in the example " + ", ".join([*shown, *(["…"] if len(paid.parts) > MOST_PEOPLE else [])])


def _whose(name: str, parted: Parted) -> str:
    if not parted.of_people:
        return name
    return f"for {name}" if isinstance(parted.given, History) else f"for {parted.population.name} {name}"


def _amount(minor: int | Fraction, contract: ir.Contract) -> str:
    return money(minor, contract.currency, contract.minor_digits)


def _either(parted: Parted) -> str:
    """`£1,000.00 or £2,000.00 of Job Fee is due`: each amount once. Where the sum is the same, who has it differs."""
    totals = list(dict.fromkeys(paid.total for paid in parted.paid))
    if len(totals) == 1:
        return "Who is paid for what differs"
    names = listed([name for name, _ in parted.paid[0].parts], "and")
    of = f" for {names}" if len(parted.paid[0].parts) <= MOST_PEOPLE else ""
    return f"{listed([_amount(total, parted.contract) for total in totals], 'or')} is due{of}"


def _story(parted: Parted, contract: ir.Contract) -> Iterator[str]:
    """A line for each row, in the order of the days; many people with one life are told once."""
    if isinstance(parted.given, History):
        yield from _made(parted.given, contract)
        return
    who, rows = parted.population, list[tuple[str, ir.GivenRow]]()
    for alike in _alike(parted.given):
        first = f"{who.name} {alike[0].id}"
        many = len(alike) > MOST_PEOPLE
        if many:
            yield from _told_by_day(rows, contract)
            rows.clear()
            yield f"{len(alike)} {who.plural} like {first}, each a day after the one before:"
        for person in alike[:1] if many else alike:
            rows += [(f"{who.name} {person.id}", row) for row in person.rows if isinstance(row, ir.GivenRow)]
        if many:
            yield from _told_by_day(rows, contract)
            rows.clear()
    yield from _told_by_day(rows, contract)


def _made(history: History, contract: ir.Contract) -> Iterator[str]:
    """A made history; of many people who do the same, the first is told and the others are counted."""
    first, *others = history.participants or ("",)
    lives = [[fact for fact in history.happened if fact.participant == name] for name in (first, *others)]
    apart = [life[0].day - lives[0][0].day for life in lives if life]
    alike = {tuple((f.event, f.day - life[0].day, f.attributes, f.about) for f in life) for life in lives}
    if len(others) < 2 or len(alike) > 1 or len(history.happened) != sum(map(len, lives)):
        yield from story.told(contract, history)
        return
    yield from story.told(contract, History(tuple(lives[0])))
    when = "on the same days" if apart[-1] == 0 else "each a day after the one before"
    yield f"{len(others)} others do the same, {when}"


def _told_by_day(rows: list[tuple[str, ir.GivenRow]], contract: ir.Contract) -> Iterator[str]:
    for who, row in sorted(rows, key=lambda each: each[1].day):
        yield f"{day_text(row.day.toordinal()):<17} {who}: {row.event}{_details(row, contract)}"


def _alike(given: tuple[ir.GivenPerson, ...]) -> Iterator[list[ir.GivenPerson]]:
    """Neighbours with the same life, each perhaps some days after the one before."""
    for _, group in groupby(given, _life):
        yield list(group)


def _life(person: ir.GivenPerson) -> tuple[object, ...]:
    rows = [row for row in person.rows if isinstance(row, ir.GivenRow)]
    return tuple((row.event, (row.day - rows[0].day).days, row.attributes, row.member) for row in rows)


def _details(row: ir.GivenRow, contract: ir.Contract) -> str:
    """Whom it happened to, the member whom the row lists, and the money on the row if something is reckoned from it."""
    listing = {member.attribute for member in contract.members if member.event == row.event}
    said = [row.member] if row.member is not None else []
    for name, const in row.attributes:
        if name in listing:
            said.append(f"{name} “{const.value}”")
        elif isinstance(const.value, Fraction) and const.unit is ir.Unit.MONEY and name in _read(contract):
            said.append(f"{name} {_amount(const.value, contract)}")
    return f" ({', '.join(said)})" if said else ""


def _read(contract: ir.Contract) -> set[str]:
    """The attributes by whose value something is reckoned."""
    quantities = (node for part in (*contract.flows, *contract.measures, *contract.stages) for node in nodes(part))
    return {
        node.attribute if isinstance(node, ir.Summed) else node.name
        for node in quantities
        if isinstance(node, ir.Attribute | ir.Summed)
    }
