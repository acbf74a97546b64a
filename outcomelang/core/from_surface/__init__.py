"""Elaboration: the tree as written to the tree as meant, and every mistake of meaning in one run.

First everything is named, then what others need to know of a thing (its subject, its steps, its kind), then everything
is read, then the order of calculation is settled. Clauses may stand in any order.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from outcomelang.core import ir
from outcomelang.core.from_surface import (
    agreements,
    assumptions,
    declare,
    facts,
    figures,
    groups,
    header,
    outcomes,
    payments,
    people,
    plans,
    proof,
    subjects,
    suspended,
    tables,
    working_days,
    worth,
)
from outcomelang.core.from_surface.beginnings import begin_somewhere
from outcomelang.core.from_surface.blanks import blanks_belong_to_libraries
from outcomelang.core.from_surface.chains import bounded
from outcomelang.core.from_surface.context import NOBODY, Elaboration, listed, name_of
from outcomelang.core.from_surface.deciding import in_time
from outcomelang.core.from_surface.declare import cite_of
from outcomelang.core.from_surface.defines import Definitions
from outcomelang.core.from_surface.expected import Statement, statement_of
from outcomelang.core.from_surface.repeated import said_twice
from outcomelang.core.from_surface.rulings import decided_names
from outcomelang.core.from_surface.stages import stages
from outcomelang.core.from_surface.variants import misplaced_changes
from outcomelang.core.from_surface.ways_round import ways_round
from outcomelang.core.from_surface.working_days import nothing_beside
from outcomelang.diagnostic import Diagnostic, Remedy, Severity
from outcomelang.surface import ast

C = TypeVar("C", bound=ast.Node)
T = TypeVar("T")


def elaborate(
    file: ast.File, complete: bool = True, load: Callable[[str], str] = nothing_beside
) -> tuple[ir.Contract | None, tuple[Diagnostic, ...]]:
    """The contract as meant, and what is wrong with it. `load` gives the text of a file beside it (its holidays).

    There is a contract only when nothing is wrong. `complete` False says that clauses of the file could not be read:
    then nothing is called missing that such a clause may have said. Variants are expanded before
    (`core.from_surface.variants`).
    """
    if not file.clauses:  # that nothing is said is said where the text is read
        return None, ()
    if any(isinstance(clause, ast.Amendment) for clause in file.clauses):
        from outcomelang.core.from_surface import amendments  # few contracts need it

        return amendments.elaborated(file, complete, partial(_as_written, load=load))
    contract, findings = _as_written(file, complete, load)
    return (None if _wrong(findings) else contract), findings


def _as_written(
    file: ast.File, complete: bool, load: Callable[[str], str]
) -> tuple[ir.Contract, tuple[Diagnostic, ...]]:
    """The contract, with holes where something is wrong with it."""
    e = Elaboration()
    declare.names(e, file)
    misplaced_changes(e, file)
    blanks_belong_to_libraries(e, file)
    said_twice(e, file)
    header.currency(e, file)
    named = header.the(e, file, ast.Holidays, "its holidays")
    if named is not None:
        working_days.read(e, named, load)
    if not bounded(e, file):
        return _contract(e, ast.File(file.path, ()), complete=False), _all_findings(e)
    _shapes(e, file)
    contract = _contract(e, file, complete)
    findings = _all_findings(e)
    if complete and not _wrong(findings):
        begin_somewhere(e, contract)
        in_time(e, contract)
        working_days.known_throughout(e, contract)
        findings = _in_order(e)
    return contract, findings


def _wrong(findings: tuple[Diagnostic, ...]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _shapes(e: Elaboration, file: ast.File) -> None:
    """What the reading of one clause needs to know of the others."""
    people.shapes(e, file)
    for clause in file.clauses:
        e.cite = cite_of(clause)
        if isinstance(clause, ast.Member):
            found = people.member(e, clause)
            if found is not None:
                e.members[found.name] = found
        elif isinstance(clause, ast.Period):
            e.calendars[name_of(clause)] = people.calendar(e, clause)
    for clause in file.clauses:
        e.cite = cite_of(clause)
        if isinstance(clause, ast.Table):
            tables.shape(e, clause)
        elif isinstance(clause, ast.UntilPaid):
            agreements.until_paid_shape(e, clause)
        elif isinstance(clause, ast.Define | ast.Outcome) and not isinstance(clause.subject, ast.OfAllTogether):
            _subject(e, clause, subjects.written(e, clause.subject))
    for clause in file.clauses:
        e.cite = cite_of(clause)
        if isinstance(clause, ast.Figure):
            figures.shape(e, clause)
    definitions = {name_of(clause): clause for clause in file.clauses if isinstance(clause, ast.Define)}
    e.read_measure = Definitions(e, definitions, []).read
    _pooled(e, file)
    plans.shapes(e, file)
    payments.shapes(e, file)
    decided_names(e, file)


def _pooled(e: Elaboration, file: ast.File) -> None:
    """Whom a measure or an outcome takes together: told by conditions, so after everything that these can name."""
    for clause in file.clauses:
        e.cite = cite_of(clause)
        if isinstance(clause, ast.Define | ast.Outcome) and isinstance(clause.subject, ast.OfAllTogether):
            _subject(e, clause, outcomes.pooled(e, clause.subject))


def _subject(e: Elaboration, clause: ast.Define | ast.Outcome, subject: ir.Subject | None) -> None:
    if isinstance(clause, ast.Outcome):
        outcomes.shape(e, clause, subject or NOBODY)
    else:
        e.subjects[name_of(clause)] = subject or NOBODY


def _each(e: Elaboration, file: ast.File, kind: type[C], read: Callable[[Elaboration, C], T | None]) -> tuple[T, ...]:
    """Every clause of a kind, read in the order of the text, without those that a mistake left empty."""
    found = []
    for clause in file.clauses:
        if isinstance(clause, kind):
            e.cite = cite_of(clause)
            found.append(read(e, clause))
    return tuple(each for each in found if each is not None)


def _contract(e: Elaboration, file: ast.File, complete: bool) -> ir.Contract:
    head = header.header(e, file, complete)
    populations = _populations(e, file)
    partitions = _each(e, file, ast.Group, groups.partition)
    events, states = _facts(e, file)
    found_tables = _tables(e, file)
    measures = _measures(e, file)
    results = tuple(each for group in _each(e, file, ast.Outcome, outcomes.outcome) for each in group)
    _measured_groups(e, file, (*partitions, *measures, *found_tables, *results, *states))
    agreed = _each(e, file, ast.Plan, plans.plan)
    flows = _flows(e, file)
    in_order = stages(e, file, flows, head.joint_parties, head.rounding)
    return ir.Contract(
        *(head.title, head.currency, 2, head.first_day, head.last_day, head.last_claim, head.value),
        head.parties,
        head.joint_parties,
        populations,
        tuple(e.members.values()),
        partitions,
        tuple(e.calendars.values()),
        *((*events, *_figures(e, file)), states, measures, found_tables, results, flows, in_order),
        _examples(e, file, statement_of(flows, in_order, head.joint_parties, results)),
        _each(e, file, ast.Accept, proof.acceptance),
        *(head.purpose, e.holidays or ()),
        *(_each(e, file, ast.Cost, worth.cost), _each(e, file, ast.Benefit, worth.benefit)),
        agreed,
        _each(e, file, ast.Suspension, suspended.suspension),
        assumptions=_each(e, file, ast.Assume, assumptions.assumption),
        origin=e.at(file.clauses[0].span) if file.clauses else ir.Origin(),
    )


def _examples(e: Elaboration, file: ast.File, statement: Statement) -> tuple[ir.Example, ...]:
    return _each(e, file, ast.Example, lambda e, clause: proof.example(e, clause, statement))


def _facts(e: Elaboration, file: ast.File) -> tuple[tuple[ir.Event, ...], tuple[ir.State, ...]]:
    states = (*_each(e, file, ast.State, facts.spells), *_each(e, file, ast.StateIs, facts.combined))
    facts.circles(e, [clause for clause in file.clauses if isinstance(clause, ast.StateIs)])
    events = _each(e, file, ast.Event, facts.event)
    facts.spelt_alike(e, events)
    return facts.share_observation(e, [*events, *plans.chosen_event(e, file)], states), states


def _figures(e: Elaboration, file: ast.File) -> tuple[ir.Event, ...]:
    """What is reported under figures stands in the log as rows of events."""
    return _each(e, file, ast.Figure, figures.event)


def _tables(e: Elaboration, file: ast.File) -> tuple[ir.Table, ...]:
    found = (*_each(e, file, ast.Table, tables.table), *_each(e, file, ast.UntilPaid, agreements.until_paid))
    e.finished_tables.update({table.name: table for table in found})
    return found


def _populations(e: Elaboration, file: ast.File) -> tuple[ir.Population, ...]:
    events = (*(name_of(each) for each in file.clauses if isinstance(each, ast.Event)), *filter(None, [e.chosen]))
    found = _each(e, file, ast.Participant, lambda e, clause: people.population(e, clause, events))
    known = {population.name: population for population in found}

    def comparison(e: Elaboration, clause: ast.Comparison) -> ir.Population:
        return people.comparison(e, clause, known.get(e.comparisons.get(name_of(clause), "")))

    return (*found, *_each(e, file, ast.Comparison, comparison))


def _measures(e: Elaboration, file: ast.File) -> tuple[ir.Measure, ...]:
    names = [name_of(clause) for clause in file.clauses if isinstance(clause, ast.Define | ast.Figure)]
    for name in dict.fromkeys(names):
        e.read_measure(name)
    return tuple(e.measures[name][0] for name in dict.fromkeys(names) if name in e.measures)


def _measured_groups(
    e: Elaboration,
    file: ast.File,
    declared: tuple[ir.Partition | ir.Measure | ir.Table | ir.Outcome | ir.State, ...],
) -> None:
    """Few contracts have such a group; the others do not load what looks for circles."""
    if any(isinstance(node, ir.Partition) and isinstance(node.classifier, ir.ByMeasured) for node in declared):
        from outcomelang.core.from_surface.measured_groups import circles

        circles(e, [clause for clause in file.clauses if isinstance(clause, ast.Group)], declared)


def _flows(e: Elaboration, file: ast.File) -> tuple[ir.Flow, ...]:
    found: list[ir.Flow] = []
    for clause in file.clauses:
        if isinstance(clause, ast.Payment | ast.RateCard):
            e.cite = cite_of(clause)
            found += payments.flows(e, clause)
        elif isinstance(clause, ast.Guarantee):
            e.cite = cite_of(clause)
            found += agreements.guarantee(e, clause)
    e.repaying = {flow.name for flow in found if flow.repays}
    return tuple(found)


# ---------------------------------------------------------------- findings


def _all_findings(e: Elaboration) -> tuple[Diagnostic, ...]:
    """Every finding in the order of the text."""
    _unknown(e)
    _refused(e)
    return _in_order(e)


def _in_order(e: Elaboration) -> tuple[Diagnostic, ...]:
    return tuple(sorted(e.findings, key=lambda finding: (finding.span.path, finding.span.line, finding.span.column)))


_COMPARED = 50
"""So many unknown names are compared with those that are declared: nobody reads as far as that."""


def _unknown(e: Elaboration) -> None:
    for number, (text, places) in enumerate(e.unknown.items()):
        span, e.cite, sorts = places[0]
        near = (e.scope.nearest(text, sorts) or e.scope.nearest(text)) if number < _COMPARED else ()
        more = f"It is used in {len(places)} places." if len(places) > 1 else ""
        e.say(
            "unknown-name",
            span,
            f"The contract does not say what “{text}” is.",
            *([more] if more else []),
            label=f"did you mean {listed([f'“{name}”' for name in near[:2]], 'or')}?" if near else "not declared",
            related=tuple((other, "used here as well") for other, _, _ in places[1:]),
            remedies=tuple(Remedy(name) for name in near),
        )


def _refused(e: Elaboration) -> None:
    for construct, places in e.refused.items():
        span, words, e.cite = places[0]
        e.say(
            "not-supported-yet",
            span,
            f"“{words}” is understood but not carried out yet, so this contract is not calculated: {construct}.",
            label="not carried out yet",
            remedies=ways_round(construct),
            related=tuple((other, f"and here: {also}") for other, also, _ in places[1:]),
        )
