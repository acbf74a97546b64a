"""A history told: each day with what happened, and what is due in the end."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.core.money import count, money
from outcomelang.evaluation.event_log import Value
from outcomelang.histories.history import Fact, History
from outcomelang.histories.paid import Paid

MOST_LINES = 12


def told(contract: ir.Contract, history: History) -> tuple[str, ...]:
    """`3 May 2012    Person 1   Attachment`, in the order of days; of many alike only how many there were."""
    lines = list(_lines(contract, history))
    width = max((len(day) for day, _, _ in lines), default=0)
    who = max((len(name) for _, name, _ in lines), default=0)
    said = [f"{day:<{width}}   {name:<{who}}   {what}".rstrip() for day, name, what in lines[:MOST_LINES]]
    left = len(lines) - MOST_LINES
    return (*said, *((f"… and {left} more",) if left > 0 else ()), *(() if lines else ("nothing happens",)))


def _lines(contract: ir.Contract, history: History) -> Iterator[tuple[str, str, str]]:
    alike: dict[tuple[int, str], list[Fact]] = {}
    for fact in history.happened:
        alike.setdefault((fact.day, _what(contract, fact)), []).append(fact)
    for (day, what), facts in alike.items():
        people = list(dict.fromkeys(fact.participant for fact in facts))
        who = people[0] if len(people) == 1 else f"{people[0]} to {people[-1]}" if people[0] else ""
        times = f" ({len(facts)} times)" if len(facts) > len(people) else ""
        yield day_text(day), who, what + times


def _what(contract: ir.Contract, fact: Fact) -> str:
    if fact.about:
        return f"{fact.about}: {fact.event}, says {fact.source}"
    event = next(each for each in contract.events if each.name == fact.event)
    units = {attribute.name: attribute.unit for attribute in event.attributes}
    given = (f"{name} {_value(contract, value, units.get(name))}" for name, value in fact.attributes)
    return ", ".join((fact.event, *given))


def _value(contract: ir.Contract, value: Value, unit: ir.Unit | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return f"“{value}”"
    match unit:
        case ir.Unit.MONEY:
            return money(value, contract.currency, contract.minor_digits)
        case ir.Unit.PERCENTAGE:
            return f"{count(Fraction(value) * 100)}%"
        case ir.Unit.DATE:
            return day_text(int(value))
        case _:
            return count(Fraction(value))


def due(contract: ir.Contract, paid: Paid) -> tuple[str, ...]:
    """`£3,200.00 is due to the Council (Attachment Fee)`, each payment that pays anything."""
    lines: dict[tuple[str, str], Fraction] = {}
    for draft in paid.drafts:
        key = (draft.payee if draft.sign > 0 else draft.payer, draft.flow.name)
        lines[key] = lines.get(key, Fraction(0)) + draft.amount
    said = [
        f"{money(amount, contract.currency, contract.minor_digits)} is due to {payee} ({name})"
        for (payee, name), amount in lines.items()
        if amount
    ]
    return tuple(said) or ("nothing is due",)
