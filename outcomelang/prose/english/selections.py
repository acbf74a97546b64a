"""What is counted or asked for: records, people, achievements, narrowed by tests and a window."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.scope import plural_of
from outcomelang.prose.english import days, values
from outcomelang.prose.english.grammar import one
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
    article = one if every == "a" else f"{every} {{}}".format
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
    return next((p.plural for p in contract.populations if p.name == name and p.plural), None) or plural_of(name)


def members(name: str, contract: ir.Contract) -> str:
    return next((m.plural for m in contract.members if m.name == name and m.plural), None) or plural_of(name)


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
    whose = f" {'in' if isinstance(of.of, ir.People | ir.Members) else 'of those in'} {of.among}" if of.among else ""
    dated = isinstance(of.of, ir.Rows | ir.Achievements)
    which = tested(of.tests, scope, alone=of.window is None, more=dated and of.window is not None)
    comma = "," if whose and which else ""
    if of.window is None:
        return f"{whose}{comma}{which}"
    when = f"{dating(of.of)} {timed(of.window, scope, 34 - len(which.split()))}"
    return f"{whose}{comma}{which}{' and' if dated and which else ''} {when}"


def timed(of: ir.Window, scope: Scope, longest: int = 24) -> str:
    """The window, or a name for it."""
    said = days.window(of, scope)
    lead = "the time " if said.startswith("from ") else ""
    named = scope.fitted(f"{lead}{said}", "Time", len(lead.split()) + max(8, min(longest, 26)))
    return f"in {named}" if named.startswith("Time ") else said


def on_a_day(of: ir.Window, scope: Scope) -> str:
    said = timed(of, scope)
    return f"on a day {said}" if said.startswith("from ") else said


def tested(of: tuple[ir.Test, ...], scope: Scope, alone: bool = True, more: bool = False) -> str:
    """What must hold of a thing, after its name; with a blank before it. `alone` unless something else is said of the
    thing as well, `more` where that follows in the same list."""
    if not of:
        return ""
    said = tests(of, scope, alone and len(of) == 1, ", " if more else " and ")
    whole = f"that it is one {tests(of, scope, alone and len(of) == 1)}"
    named = scope.fitted(whole, "Condition", 24)
    return f" satisfying {named}" if named != whole else f" {said}"


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


def tests(of: tuple[ir.Test, ...], scope: Scope, alone: bool, last: str = " and ") -> str:
    *first, end = (test(each_, scope, alone) for each_ in of)
    return f"{', '.join(first)}{last}{end}" if first else end


def test(of: ir.Test, scope: Scope, alone: bool) -> str:
    """A phrase that follows the thing: `with Need recorded as “complex”`. Where it does not stand alone, a thing that
    is itself narrowed has a name, so that nobody can take what follows for a part of it."""
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
            if is_flag(attribute, scope.contract):
                return f"with {attribute} {'not ' if negated else ''}recorded as yes"
            return f"with {'no ' if negated else ''}{attribute} given"
        case ir.Has(inner, negated):
            plain = alone or not (inner.tests or inner.window or inner.among)
            thing = scope.fitted(one(single(inner, scope)), "Record", 22 if plain else 0)
            return f"{'without' if negated else 'with'} {thing}"
        case ir.InGroup(partition, labels):
            word = next((each.word for each in scope.contract.partitions if each.name == partition), "group")
            return f"in the {word} {scope.named(map(values.quoted, labels), 'Labels', 'or')} of {partition}"
        case _:
            assert_never(of)


def is_flag(attribute: str, contract: ir.Contract) -> bool:
    """Whether an attribute is yes or no wherever it is recorded: of these, “given” means that it is yes."""
    units = {each_.unit for event in contract.events for each_ in event.attributes if each_.name == attribute}
    return units == {ir.Unit.FLAG}
