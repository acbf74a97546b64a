"""Examples and acceptances: what the contract says of itself.

`given` stipulates people with their rows, values of measures, or so many of a thing; `expect` is complete: a line that
is not listed is nothing.
"""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import refs
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.expected import Statement, expectation
from outcomelang.core.from_surface.instances import Given, given_in
from outcomelang.core.from_surface.stipulations import label_given, number_given, stipulated, value_given
from outcomelang.core.scope import Sort
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast


def example(e: Elaboration, clause: ast.Example, statement: Statement) -> ir.Example:
    """An example with everything it stipulates and expects."""
    whom = given_in(e, clause)
    givens = [_given(e, given, whom) for given in clause.givens]
    expects = tuple(
        ir.Expected(
            expect.as_of.day if expect.as_of is not None else None,
            tuple(
                found for each in expect.expectations if (found := expectation(e, each, statement, whom)) is not None
            ),
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


def _given(e: Elaboration, given: ast.Given, whom: Given) -> ir.Given | None:
    match given:
        case ast.GivenPerson():
            return _person(e, given)
        case ast.GivenFigure():
            return value_given(e, given, whom)
        case ast.GivenCount():
            return number_given(e, given)
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
    return label_given(e, fact, symbol)


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
    told = e.unknown or e.scope.incomplete  # of whom it is may stand in what could not be read
    if symbol.name in e.event_of and not told and (member is not None) != (e.event_of[symbol.name] in e.members):
        _whose_row(e, row, symbol.name, e.event_of[symbol.name])
        return None
    return ir.GivenRow(symbol.name, row.day.day, attributes, member, origin=e.at(row.span))


def _whose_row(e: Elaboration, row: ast.DatedFact, event: str, member: str | None) -> None:
    """Report a row of a member without its name, or a name where rows are of nobody's member."""
    if row.of is not None:
        said = f"No log can hold this: a {event} is of no member, so “{row.of.value}” is nobody’s name."
        e.say("given-does-not-fit", row.of.span, said, label="of no member")
        return
    e.say(
        "given-does-not-fit",
        row.event.span,
        f"No log can hold this: a {event} is of a {member}, and it is not said of which.",
        label=f"of which {member}?",
        remedies=(Remedy(f'{event} of "…"', f"the name of the {member}"),),
    )


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
        label = label_given(e, fact, group)
        return (label[0], ir.Const(label[1], ir.Unit.LABEL)) if label is not None else None
    symbol = known or e.attribute(event, fact.name)
    if symbol is None:
        return None
    return symbol.name, stipulated(e, symbol, fact.value, fact)
