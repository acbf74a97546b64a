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


def each(of: ir.Subject, scope: Scope, every: str = "each") -> str:
    """`each Client`, `each Client in each Quarter`, `all Years together`; of the whole, nothing. `every` may be “a”."""
    article = values.one if every == "a" else "each {}".format
    match of:
        case ir.Whole():
            return ""
        case ir.PerPerson(name) | ir.PerMember(name) | ir.PerGroup(name):
            return article(name)
        case ir.PerPeriod(calendar, inner):
            whom = each(inner, scope, every)
            return f"{whom} in {article(calendar)}" if whom else article(calendar)
        case ir.PerRow(event):
            return article(f"record of {event}")
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


def one_of(which: str, of: ir.Select, scope: Scope) -> str:
    """`the first record of Job Start …`, or a name for it."""
    return scope.fitted(f"the {which} {single(of, scope)}", "Record", 20)


def narrowed(of: ir.Select, scope: Scope) -> str:
    """What follows the name of the thing: whose, which and when."""
    whose = f" among {of.among}, the comparison," if of.among else ""
    which = tested(of.tests, scope)
    if of.window is None:
        return (whose + which).removesuffix(",")
    room = 34 - len(which.split())
    dated = f"{dating(of.of)} {timed(of.window, scope, room)}"
    return f"{whose} {dated}{which}" if which.startswith(", of which") else f"{whose}{which} {dated}"


def timed(of: ir.Window, scope: Scope, longest: int = 24) -> str:
    """The window, or a name for it."""
    named = scope.fitted(days.window(of, scope), "Time", max(8, min(longest, 26)))
    return f"in {named}" if named.startswith("Time ") else named


def tested(of: tuple[ir.Test, ...], scope: Scope) -> str:
    """What must hold of a thing, after its name; with a blank before it."""
    if not of:
        return ""
    said = scope.fitted(f"that it is one {tests(of, scope)}", "Condition", 24)
    return (
        f", of which {said} is true," if said.startswith("Condition ") else f" {said.removeprefix('that it is one ')}"
    )


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
    return " and ".join(test(each_, scope) for each_ in of)


def test(of: ir.Test, scope: Scope) -> str:
    """A phrase that follows the thing: `with Need recorded as “complex”`."""
    match of:
        case ir.AttributeIs(attribute, labels, negated):
            said = scope.named(map(values.quoted, labels), "Labels", "or")
            return f"with {attribute} recorded {'otherwise than ' if negated else ''}as {said}"
        case ir.AttributeCompares(attribute, comparator, value):
            said = values.const(value, scope.contract)
            return f"with {attribute} of {values.COMPARATORS[comparator]} {said}"
        case ir.AttributeDated(attribute, window):
            return f"with a date in {attribute} {timed(window, scope)}"
        case ir.AttributeGiven(attribute, negated):
            return f"with {'no ' if negated else ''}{attribute} given"
        case ir.Has(inner, negated):
            return f"{'without' if negated else 'with'} {scope.fitted(values.one(single(inner, scope)), 'Record', 22)}"
        case ir.InGroup(partition, labels):
            return f"in the {partition} {scope.named(map(values.quoted, labels), 'Labels', 'or')}"
        case _:
            assert_never(of)
