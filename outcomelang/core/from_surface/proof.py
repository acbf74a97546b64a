"""Examples and acceptances: what the contract says of itself.

`given` stipulates people with their rows, values of measures, or so many of a thing; `expect` is complete: a line that
is not listed is nothing.
"""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import refs, selections
from outcomelang.core.from_surface.attribute_tests import known_labels, labels_of
from outcomelang.core.from_surface.context import Elaboration, Scene
from outcomelang.core.from_surface.literals import constant, literal_kind, must_share, whole_minor
from outcomelang.core.from_surface.payments import line_words
from outcomelang.core.scope import AttributeSymbol, Sort, Symbol
from outcomelang.core.types import Kind, kind_of
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast


def example(e: Elaboration, clause: ast.Example) -> ir.Example:
    """An example with everything it stipulates and expects."""
    givens = [_given(e, given) for given in clause.givens]
    expects = tuple(
        ir.Expected(
            expect.as_of.day if expect.as_of is not None else None,
            tuple(found for each in expect.expectations if (found := _expectation(e, each)) is not None),
            origin=e.at(expect.span),
        )
        for expect in clause.expects
    )
    return ir.Example(
        clause.title.value, tuple(given for given in givens if given is not None), expects, origin=e.at(clause.span)
    )


def acceptance(e: Elaboration, clause: ast.Accept) -> ir.Acceptance:
    """A finding that the parties accept, and why."""
    until = clause.until.day if clause.until is not None else None
    return ir.Acceptance(clause.rule, clause.because.value, until, origin=e.at(clause.span))


# ---------------------------------------------------------------- given


def _given(e: Elaboration, given: ast.Given) -> ir.Given | None:
    match given:
        case ast.GivenPerson():
            return _person(e, given)
        case ast.GivenFigure():
            return _value(e, given)
        case ast.GivenCount():
            return _many(e, given)
        case ast.GivenRows(rows):
            found = tuple(row for each in rows if (row := _row(e, each)) is not None and _of_nobody(e, each, row))
            return ir.GivenRows(found, origin=e.at(given.span))
        case _:
            assert_never(given)


def _person(e: Elaboration, given: ast.GivenPerson) -> ir.GivenPerson | None:
    symbol = e.find(given.term, "who is given", Sort.POPULATION, Sort.COMPARISON)
    labels = tuple(found for fact in given.facts if (found := _own_label(e, fact)) is not None)
    happened = (_ruling(e, each) if _is_outcome(e, each) else _row(e, each) for each in given.rows)
    rows = tuple(row for row in happened if row is not None)
    if symbol is None:
        return None
    return ir.GivenPerson(symbol.name, given.id.value, labels, rows, origin=e.at(given.span))


def _own_label(e: Elaboration, fact: ast.Fact) -> tuple[str, str] | None:
    symbol = e.find(fact.name, "what is given of somebody", Sort.GROUP)
    if symbol is None:
        return None
    return _label(e, fact, symbol)


def _label(e: Elaboration, fact: ast.Fact, symbol: Symbol) -> tuple[str, str] | None:
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


def _is_outcome(e: Elaboration, row: ast.DatedFact) -> bool:
    symbol = e.scope.find(row.event.text)
    return symbol is not None and symbol.sort is Sort.OUTCOME


def _ruling(e: Elaboration, row: ast.DatedFact) -> ir.GivenRuling | None:
    """`20 May 2025  Ready`: what was decided on a day."""
    name = refs.outcome(e, ast.Ref(row.event, span=row.event.span))
    if name is None:
        return None
    if name not in e.decided:
        e.say(
            "given-does-not-fit",
            row.span,
            f"Nobody decides {name}: it follows from what happened.",
            label="not an event, and not decided by anybody",
        )
    elif row.of is not None or row.facts:
        e.say("given-does-not-fit", row.span, "A decision carries nothing beside its day.", label="only a day")
    return ir.GivenRuling(name, row.day.day, not row.negated, origin=e.at(row.span))


def _row(e: Elaboration, row: ast.DatedFact) -> ir.GivenRow | None:
    symbol = e.find(row.event, "what happened", Sort.EVENT)
    if symbol is None:
        return None
    if row.negated:
        said = f"An example gives what happened; that no {symbol.name} happened is what it does not give."
        e.say("given-does-not-fit", row.span, said, label="leave it out")
    attributes = tuple(found for fact in row.facts if (found := _attribute(e, symbol.name, fact)) is not None)
    member = row.of.value if row.of is not None else None
    return ir.GivenRow(symbol.name, row.day.day, attributes, member, origin=e.at(row.span))


def _of_nobody(e: Elaboration, row: ast.DatedFact, made: ir.GivenRow) -> bool:
    """Whether the event can happen to nobody: no log holds a joining, or a row `of` somebody, without a name."""
    joins = {event for events in e.populations.values() for event in events}
    if made.event not in joins and not e.event_of.get(made.event):
        return True
    e.say(
        "given-does-not-fit",
        row.event.span,
        f"No log can hold this: a {made.event} is of somebody, and nobody is named.",
        label="whose?",
        remedies=(Remedy(f'given {next(iter(e.populations), "Client")} "A"'),),
    )
    return False


def _attribute(e: Elaboration, event: str, fact: ast.Fact) -> tuple[str, ir.Const] | None:
    known = e.scope.attribute(event, fact.name.text)
    group = e.scope.find(fact.name.text)
    if known is None and group is not None and group.sort is Sort.GROUP:
        label = _label(e, fact, group)
        return (label[0], ir.Const(label[1], ir.Unit.LABEL)) if label is not None else None
    symbol = known or e.attribute(event, fact.name)
    if symbol is None:
        return None
    return symbol.name, _stipulated(e, symbol, fact.value, fact)


def _stipulated(
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


def _value(e: Elaboration, given: ast.GivenFigure) -> ir.GivenValue | None:
    symbol = e.find(given.term, "what is given", Sort.MEASURE, Sort.TABLE, Sort.GROUP)
    if symbol is None:
        return None
    if given.of is not None and given.period is not None:
        e.refuse("values given for somebody in a period", given.span, f"given {given.term.text} of … in …")
    where = given.of or given.period
    label = where.value if where is not None else ""
    at = e.at(given.span)
    if isinstance(given.value, ast.Text):
        found = labels_of(e, symbol.name, (given.value,)) if symbol.sort is Sort.GROUP else (given.value.value,)
        return ir.GivenValue(symbol.name, label, ir.Const(found[0] if found else "", ir.Unit.LABEL), origin=at)
    if symbol.sort is Sort.MEASURE:
        _comparable(e, given, e.read_measure(symbol.name))
    return ir.GivenValue(symbol.name, label, constant(e, given.value), origin=at)


def _comparable(e: Elaboration, given: ast.GivenFigure, kind: Kind | None) -> None:
    if isinstance(given.value, ast.Text):
        return
    found = literal_kind(given.value)
    points = {Kind.PERCENTAGE, Kind.POINTS}
    if kind is not None and not {found, kind} <= points:
        must_share(e, found, kind, given.span, given.term.text)


def _many(e: Elaboration, given: ast.GivenCount) -> ir.GivenMany | None:
    domain = selections.head(e, given.ref, Scene(ir.Whole(), ())) if e.scope.find(given.ref.term.text) else None
    if domain is None:
        e.find(given.ref.term, "what is given")
        return None
    if isinstance(domain, ir.Periods):
        e.refuse("giving a number of periods", given.span, f"given … {given.ref.term.text}")
        return None
    labels: list[tuple[str, str]] = []
    attributes: list[tuple[str, ir.Const]] = []
    event = selections.event_of_domain(e, domain)
    for part in given.filters:
        if isinstance(part, ast.Without):
            e.refuse("things given without something", part.span, f"given … without {part.term.text}")
        else:
            _filter(e, part, event, labels, attributes)
    period = given.period.value if given.period is not None else ""
    if given.number.value.denominator != 1:
        e.say("given-does-not-fit", given.number.span, "Only whole things can be given.", label="not a whole number")
    number = int(given.number.value)
    return ir.GivenMany(number, domain, tuple(labels), tuple(attributes), period, origin=e.at(given.span))


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
            attributes.append((known.name, _stipulated(e, known, value, part)))
        return
    symbol = refs.named(e, refs.had(part), "what is given of them", Sort.GROUP)
    value = _single(e, part)
    if symbol is not None and value is not None:
        found = _label(e, ast.Fact(part.term, value, span=part.span), symbol)
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


# ---------------------------------------------------------------- expect


def _expectation(e: Elaboration, expected: ast.Expectation) -> ir.Expectation | None:
    at = e.at(expected.span)
    match expected:
        case ast.ExpectedTotal():
            return ir.ExpectedTotal(_amount(e, expected.amount), origin=at)
        case ast.ExpectedPayment():
            part = expected.part.value if expected.part is not None else ""
            name = _line_name(e, expected.ref)
            return ir.ExpectedLine(name, part, _amount(e, expected.amount), origin=at) if name is not None else None
        case ast.ExpectedVerdict():
            read = refs.part if expected.partly else refs.outcome
            name = read(e, expected.outcome)
            day = expected.day.day if expected.day is not None else None
            part = expected.part.value if expected.part is not None else ""
            return ir.ExpectedVerdict(name, expected.verdict, day, part, origin=at) if name is not None else None
        case _:
            assert_never(expected)


def _amount(e: Elaboration, amount: ast.Money | None) -> int:
    if amount is None:
        return 0
    return whole_minor(e, amount)


def _line_name(e: Elaboration, ref: ast.Ref) -> str | None:
    """A payment, or a line of a rate card under the name of its outcome."""
    symbol = refs.named(e, ref, "a line of the statement", Sort.PAYMENT, Sort.OUTCOME, Sort.EVENT)
    if symbol is None:
        return None
    if symbol.sort is Sort.PAYMENT:
        return symbol.name
    if symbol.sort is Sort.OUTCOME and ref.at is not None and refs.outcome(e, ref) is None:
        return None
    words = line_words(e, ref)
    lines = [flow for card in e.cards.values() for flow in card]
    found = [flow for flow in lines if flow == words or flow.endswith(f": {words}")]
    if len(found) == 1:
        return found[0]
    if not found and e.scope.incomplete:
        return None  # the payment may be the one that could not be read
    e.say(
        "line-unknown",
        ref.span,
        f"The statement has no line “{words}”: no payment is made under that name."
        if not found
        else f"“{words}” is paid on several lines, and this does not say which one.",
        label="not a payment" if not found else "which line?",
    )
    return None
