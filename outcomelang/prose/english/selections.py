"""What is counted or asked for: records, people, achievements, narrowed by tests and a window."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.prose.english import days, values
from outcomelang.prose.english.scope import Scope


def subject(scope: Scope) -> str:
    """Of whom something is said, with the definite article."""
    match scope.subject:
        case ir.Whole():
            return "the contract as a whole"
        case ir.PerPerson(name) | ir.PerMember(name) | ir.PerGroup(name):
            return f"the {name}"
        case ir.PerPeriod(calendar, of):
            of_it = subject(scope.of(of))
            return f"the {calendar}" if isinstance(of, ir.Whole) else f"{of_it} in the {calendar}"
        case ir.PerRow(event):
            return f"that record of {event}"
        case ir.Pooled(of):
            return f"all {many_of(of, scope)} together"
        case _:
            assert_never(scope.subject)


def many_of(of: ir.Subject, scope: Scope) -> str:
    """A subject in the plural."""
    match of:
        case ir.Whole():
            return "contracts"
        case ir.PerPerson(name):
            return people(name, scope.contract)
        case ir.PerMember(name):
            return members(name, scope.contract)
        case ir.PerGroup(name):
            return f"groups of {name}"
        case ir.PerPeriod(calendar, inner):
            whose = "" if isinstance(inner, ir.Whole) else f" of {many_of(inner, scope)}"
            return f"periods of {calendar}{whose}"
        case ir.PerRow(event):
            return f"records of {event}"
        case ir.Pooled(inner):
            return many_of(inner, scope)
        case _:
            assert_never(of)


def each(of: ir.Subject, scope: Scope) -> str:
    """`each Client`, `each Client in each Quarter`, `all Years together`; of the whole, nothing."""
    match of:
        case ir.Whole():
            return ""
        case ir.PerPerson(name) | ir.PerMember(name) | ir.PerGroup(name):
            return f"each {name}"
        case ir.PerPeriod(calendar, inner):
            return f"{each(inner, scope)} in each {calendar}".strip() if each(inner, scope) else f"each {calendar}"
        case ir.PerRow(event):
            return f"each record of {event}"
        case ir.Pooled():
            return subject(scope.of(of))
        case _:
            assert_never(of)


def people(name: str, contract: ir.Contract) -> str:
    return next((p.plural for p in contract.populations if p.name == name and p.plural), None) or values.many(name)


def members(name: str, contract: ir.Contract) -> str:
    return next((m.plural for m in contract.members if m.name == name and m.plural), None) or values.many(name)


def select(of: ir.Select, scope: Scope) -> str:
    """A noun phrase in the plural: `records of Session of the Client dated from … up to and including …`."""
    match of.of:
        case ir.Rows(event):
            things = f"records of {event}"
        case ir.People(name):
            things = people(name, scope.contract)
        case ir.Members(name):
            things = members(name, scope.contract)
        case ir.Achievements(outcome):
            things = f"achievements of {outcome}"
        case ir.Periods(calendar):
            things = f"periods of {calendar}"
        case _:
            assert_never(of.of)
    return things + narrowed(of, scope)


def single(of: ir.Select, scope: Scope) -> str:
    """The same in the singular, without an article."""
    match of.of:
        case ir.Rows(event):
            thing = f"record of {event}"
        case ir.People(name) | ir.Members(name):
            thing = name
        case ir.Achievements(outcome):
            thing = f"achievement of {outcome}"
        case ir.Periods(calendar):
            thing = f"period of {calendar}"
        case _:
            assert_never(of.of)
    return thing + narrowed(of, scope)


def narrowed(of: ir.Select, scope: Scope) -> str:
    """What follows the name of the thing: whose, which and when."""
    whose = f" among {of.among}, the comparison" if of.among else ""
    which = scope.fitted(tests(of.tests, scope), "Condition") if of.tests else ""
    which = f" meeting {which}" if which.startswith("Condition ") else f" {which}" if which else ""
    if of.window is None:
        return whose + which
    return f"{whose}{which} {dating(of.of)} {scope.fitted(days.window(of.window, scope), 'Time')}"


def dating(domain: ir.Domain) -> str:
    match domain:
        case ir.Rows() | ir.Achievements():
            return "dated"
        case ir.People():
            return "who joined"
        case ir.Members():
            return "first recorded"
        case ir.Periods():
            return "lying wholly"
        case _:
            assert_never(domain)


def tests(of: tuple[ir.Test, ...], scope: Scope) -> str:
    return " and ".join(scope.fitted(test(each_, scope), "Condition") for each_ in of)


def test(of: ir.Test, scope: Scope) -> str:
    """A phrase that follows the thing: `with Need recorded as “complex”`."""
    match of:
        case ir.AttributeIs(attribute, labels, negated):
            said = values.listed(map(values.quoted, labels), "or")
            return f"with {attribute} recorded {'otherwise than ' if negated else ''}as {said}"
        case ir.AttributeCompares(attribute, comparator, value):
            said = values.const(value, scope.contract)
            return f"with {attribute} of {values.COMPARATORS[comparator]} {said}"
        case ir.AttributeDated(attribute, window):
            return f"with a date in {attribute} {scope.fitted(days.window(window, scope), 'Time')}"
        case ir.AttributeGiven(attribute, negated):
            return f"with {'no ' if negated else ''}{attribute} given"
        case ir.Has(inner, negated):
            thing = scope.fitted(single(inner, scope), "Record")
            article = "" if thing.startswith("Record ") else "no " if negated else "a "
            return f"{'without' if negated and not article else 'with'} {article}{thing}"
        case ir.InGroup(partition, labels):
            return f"in the {partition} {values.listed(map(values.quoted, labels), 'or')}"
        case _:
            assert_never(of)
