"""Values and numbers that an example gives outright, of somebody or something that is there."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import refs, selections, subjects
from outcomelang.core.from_surface.attribute_tests import known_labels, labels_of
from outcomelang.core.from_surface.context import Elaboration, Scene
from outcomelang.core.from_surface.instances import NOBODY_CALLED, NOBODY_GIVEN, Called, Given, called, named_or_told
from outcomelang.core.from_surface.literals import constant, literal_kind, must_share
from outcomelang.core.scope import AttributeSymbol, Sort, Symbol
from outcomelang.core.types import Kind, kind_of
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast


def label_given(e: Elaboration, fact: ast.Fact, symbol: Symbol) -> tuple[str, str] | None:
    if not isinstance(fact.value, ast.Text):
        e.say(
            "given-does-not-fit",
            fact.span,
            f"A {symbol.name} is one of its labels, and this is {literal_kind(fact.value)}.",
            label="a label in quotation marks is needed",
        )
        return None
    found = labels_of(e, symbol.name, (fact.value,))
    return (symbol.name, found[0]) if found else None


def stipulated(
    e: Elaboration, symbol: AttributeSymbol, value: ast.Text | ast.Literal_ | ast.Date, at: ast.Node
) -> ir.Const:
    given = Kind.LABEL if isinstance(value, ast.Text) else literal_kind(value)
    kind = kind_of(symbol.unit)
    if kind is Kind.FLAG and isinstance(value, ast.Text):
        if value.value.casefold() not in ("yes", "no"):
            e.say(
                "given-does-not-fit",
                at.span,
                f"“{symbol.name}” is yes or no, and this says “{value.value}”.",
                label='"yes" or "no" is needed',
            )
        return ir.Const(value.value.casefold(), ir.Unit.FLAG, origin=e.at(value.span))
    must_share(e, given, kind, at.span, symbol.name)
    if isinstance(value, ast.Money) and value.amount < 0:
        e.say(
            "given-does-not-fit",
            at.span,
            f"No log can hold this: a negative {symbol.name} would pay the other way round.",
            label="less than nothing",
        )
    if isinstance(value, ast.Text):
        known_labels(e, symbol, (value,))
    return constant(e, value)


def value_given(e: Elaboration, given: ast.GivenFigure, whom: Given) -> ir.GivenValue | None:
    symbol = e.find(given.term, "what is given", Sort.MEASURE, Sort.TABLE, Sort.GROUP)
    if symbol is None:
        return None
    if symbol.sort is not Sort.MEASURE:
        _not_by_itself(e, given, symbol)
        return None
    if given.of is not None and given.period is not None:
        e.refuse("values given for somebody in a period", given.span, f"given {given.term.text} of … in …")
        return None
    label = _of_which(e, given, symbol.name, whom)
    kind = e.read_measure(symbol.name)
    if isinstance(given.value, ast.Text):
        said = f"{symbol.name} is {kind}, and this gives words." if kind is not None else f"{symbol.name} is no label."
        e.say("given-does-not-fit", given.value.span, said, label="a number is needed")
        return None
    _comparable(e, given, kind)
    return ir.GivenValue(symbol.name, label, constant(e, given.value), origin=e.at(given.span))


def _not_by_itself(e: Elaboration, given: ast.GivenFigure, symbol: Symbol) -> None:
    """Report a value of what follows from the rest: the group of somebody, or what stands in a table."""
    if symbol.sort is Sort.GROUP:
        shape = e.partitions.get(symbol.name)
        if shape is not None and shape.of in e.calendars:
            return  # groups of periods are refused where they are declared
        person = next(iter(e.populations), "Client")
        e.say(
            "given-does-not-fit",
            given.span,
            f"Whose {symbol.name} it is would not be known: a group is given with the participant.",
            label="of whom?",
            remedies=(Remedy(f'given {person} "A", {symbol.name} "…"'),),
        )
        return
    e.say(
        "given-does-not-fit",
        given.span,
        f"{symbol.name} holds what its rows say; an example gives what it goes by.",
        label="a table is not given",
    )


def _of_which(e: Elaboration, given: ast.GivenFigure, name: str, whom: Given) -> str:
    """Of whom a value is given. A member may be called by its own name: then every member who is called so is meant."""
    where = given.of or given.period
    subject = e.subjects.get(name)
    names = called(e, subject, whom)
    if isinstance(subject, ir.PerMember) and subject.member in whom.members:
        names = names.and_(Called(tuple(own for _, own in whom.members[subject.member])))
    if where is not None:
        return named_or_told(e, where, names, f"This gives nothing to anybody: there is no {name} of “{where.value}”.")
    if names != NOBODY_CALLED and not names.open_ended and subject is not None:
        e.say(
            "given-does-not-fit",
            given.span,
            f"{name} has a value for {subjects.words(subject)}, and this does not say for which one.",
            label="of which?",
            remedies=(Remedy(f'given {given.term.text} of "…" …'),),
        )
    return ""


def _comparable(e: Elaboration, given: ast.GivenFigure, kind: Kind | None) -> None:
    assert not isinstance(given.value, ast.Text)
    found = literal_kind(given.value)
    points = {Kind.PERCENTAGE, Kind.POINTS}
    if kind is not None and not {found, kind} <= points:
        must_share(e, found, kind, given.span, given.term.text)


def number_given(e: Elaboration, given: ast.GivenCount) -> ir.GivenMany | None:
    domain = selections.head(e, given.ref, Scene(ir.Whole(), ())) if e.scope.find(given.ref.term.text) else None
    if domain is None:
        e.find(given.ref.term, "what is given")
        return None
    if isinstance(domain, ir.Periods):
        e.refuse("giving a number of periods", given.span, f"given … {given.ref.term.text}")
        return None
    subject = _in_number(e, given, domain)
    if subject is None:
        return None
    labels: list[tuple[str, str]] = []
    attributes: list[tuple[str, ir.Const]] = []
    event = selections.event_of_domain(e, domain)
    for part in given.filters:
        if isinstance(part, ast.Without):
            e.refuse("things given without something", part.span, f"given … without {part.term.text}")
        else:
            _filter(e, part, event, labels, attributes)
            if labels:
                _belonging(e, part, given.ref.term.text, subject, labels[-1][0])
    period = _in_which(e, given, subject)
    if given.number.value.denominator != 1:
        e.say("given-does-not-fit", given.number.span, "Only whole things can be given.", label="not a whole number")
    number = int(given.number.value)
    return ir.GivenMany(number, domain, tuple(labels), tuple(attributes), period, origin=e.at(given.span))


def _in_number(e: Elaboration, given: ast.GivenCount, domain: ir.Domain) -> ir.Subject | None:
    """Of whom each of so many is; None where a number of them would not say whose they are."""
    subject: ir.Subject | None = None
    match domain:
        case ir.Achievements():
            symbol = e.scope.find(given.ref.term.text)
            shape = e.outcomes.get(symbol.name) if symbol is not None else None
            subject = shape.subject if shape is not None else None
        case ir.People(population):
            return ir.PerPerson(population)
        case ir.Members(member):
            subject = ir.PerMember(member)
        case ir.Rows(event):
            of = e.event_of.get(event)
            subject = ir.PerMember(of) if of in e.members else ir.PerRow(event)
        case ir.Periods():
            return None
    match subject:
        case ir.PerMember() | ir.PerPeriod(of=ir.PerPerson() | ir.PerGroup()):
            thing, person = given.ref.term.text, next(iter(e.populations), "Client")
            e.say(
                "given-does-not-fit",
                given.span,
                f"A number of {thing} does not say whose they are: each is of {subjects.words(subject)}.",
                label="whose?",
                remedies=(Remedy(f'given {person} "A"', "and the rows that say it"),),
            )
            return None
        case _:
            return subject


def _in_which(e: Elaboration, given: ast.GivenCount, subject: ir.Subject) -> str:
    """The period (or the cohort, of what is said of cohorts) in which so many of a thing are given."""
    if given.period is None:
        return ""
    match subject:
        case ir.PerPerson() | ir.PerRow():
            names = Called(calendars=tuple(e.calendars))
        case _:
            names = called(e, subject, NOBODY_GIVEN)
    said = f"This gives nothing: no {given.ref.term.text} can be in “{given.period.value}”."
    return named_or_told(e, given.period, names, said)


def _belonging(e: Elaboration, part: ast.With, thing: str, subject: ir.Subject, partition: str) -> None:
    """Report a group of what belongs to no such group: the contract as a whole, a period, another cohort."""
    match subject:
        case ir.PerPerson() | ir.PerRow():
            return
        case ir.PerGroup(own) if own == partition:
            return
        case _:
            e.say(
                "given-does-not-fit",
                part.span,
                f"{thing} has no {partition}: it is said of {subjects.words(subject)}.",
                label=f"of no {partition}",
            )


def _filter(
    e: Elaboration,
    part: ast.With,
    event: str | None,
    labels: list[tuple[str, str]],
    attributes: list[tuple[str, ir.Const]],
) -> None:
    known = e.scope.attribute(event, part.term.text) if event is not None else None
    if known is not None:
        refs.must_be_stepless(e, refs.had(part), known.name, "what a row carries")
        value = _single(e, part)
        if value is None and known.unit is ir.Unit.FLAG:
            attributes.append((known.name, ir.Const("yes", ir.Unit.FLAG)))
        elif value is not None:
            attributes.append((known.name, stipulated(e, known, value, part)))
        return
    symbol = refs.named(e, refs.had(part), "what is given of them", Sort.GROUP)
    value = _single(e, part)
    if symbol is not None and value is not None:
        found = label_given(e, ast.Fact(part.term, value, span=part.span), symbol)
        labels += [found] if found is not None else []


def _single(e: Elaboration, part: ast.With) -> ast.Text | ast.Literal_ | ast.Date | None:
    match part.test:
        case None:
            return None
        case ast.LabelTest((label,)):
            return label
        case ast.ValueTest("exactly", value):
            return value
        case ast.LabelTest() | ast.ValueTest() | ast.RangeTest():
            e.say(
                "given-does-not-fit",
                part.span,
                f"What is given has one {part.term.text}, and this leaves several.",
                label="one value is needed",
            )
            return None
        case _:
            assert_never(part.test)
