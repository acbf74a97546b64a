"""Figures: numbers that are reported and not counted, such as an index or the answers to a question.

A figure is a measure and an event of one name: the log carries its rows, the contract reads its value.
"""

from __future__ import annotations

from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.from_surface import facts, subjects
from outcomelang.core.from_surface.context import NOBODY, Elaboration, name_of
from outcomelang.core.from_surface.declare import UNITS
from outcomelang.core.scope import Sort
from outcomelang.core.types import kind_of
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast

_NUMBERS = (ir.Unit.NUMBER, ir.Unit.MONEY, ir.Unit.PERCENTAGE, ir.Unit.DATE)


def shape(e: Elaboration, clause: ast.Figure) -> None:
    """The measure of a figure, known before anything reads it."""
    name = name_of(clause)
    subject = _subject(e, clause) or NOBODY
    unit = _unit(e, clause)
    answered_by, least = _survey(e, clause, subject, unit)
    at = e.at(clause.span)
    e.subjects[name] = subject
    found = ir.Observed(name, unit or ir.Unit.NUMBER, answered_by, least, origin=at)
    kind = kind_of(unit) if unit is not None else None
    e.measures[name] = ir.Measure(name, subject, found, unit or ir.Unit.NUMBER, e.other_number(name), origin=at), kind


def _subject(e: Elaboration, clause: ast.Figure) -> ir.Subject | None:
    if isinstance(clause.subject, ast.OfAllTogether):
        e.refuse("figures of several together", clause.span, f"figure {clause.name.text} of all … together")
        return None
    subject = subjects.written(e, clause.subject)
    if isinstance(subject, ir.PerRow):
        e.refuse("figures of what happens", clause.span, f"figure {clause.name.text} of a {subject.event}")
        return None
    return subject


def _unit(e: Elaboration, clause: ast.Figure) -> ir.Unit | None:
    kind = next((part for part in clause.modifiers if isinstance(part, ast.AsKind)), None)
    unit = UNITS[kind.kind] if kind is not None else None
    if unit in _NUMBERS:
        return unit
    said = "it is not said what kind of number it is" if unit is None else f"and this is {kind_of(unit)}"
    e.say(
        "figure-is-no-number",
        clause.span if kind is None else kind.span,
        f"{name_of(clause)} cannot be reckoned with: a figure is a number, {said}.",
        label="a number of what?" if unit is None else f"{kind_of(unit)}",
        remedies=(
            Remedy("as a number"),
            Remedy("as a percentage"),
            Remedy("as money"),
            Remedy("event …, has … as a label", "for what is told in words"),
        ),
    )
    return None


# ---------------------------------------------------------------- surveys


def _survey(
    e: Elaboration, clause: ast.Figure, subject: ir.Subject, unit: ir.Unit | None
) -> tuple[str | None, Fraction | None]:
    """Who answers, and which share of them at least; nobody, where the figure is no survey."""
    answered = next((part for part in clause.modifiers if isinstance(part, ast.AnsweredBy)), None)
    asked = next((part for part in clause.modifiers if isinstance(part, ast.AskedBy)), None)
    valid = next((part for part in clause.modifiers if isinstance(part, ast.ValidWhen)), None)
    if answered is None and asked is None and valid is None:
        return None, None
    if answered is None or asked is None or valid is None:
        _incomplete(e, clause, answered, asked, valid)
        return None, None
    people = e.find(answered.term, "who answers", Sort.POPULATION)
    if people is None or not _among(e, clause, answered, people.name, subject):
        return None, None
    if unit is ir.Unit.DATE:
        e.say(
            "figure-is-no-number",
            clause.span,
            f"{name_of(clause)} would be the mean of dates, and that is no day.",
            label="the mean of dates",
            remedies=(Remedy("as a number"),),
        )
    return people.name, valid.share.value


def _among(e: Elaboration, clause: ast.Figure, answered: ast.AnsweredBy, people: str, subject: ir.Subject) -> bool:
    """Whether those who answer are among those of whom the figure is said."""
    of = subject.of if isinstance(subject, ir.PerPeriod) else subject
    if of == NOBODY or (people in subjects.scene_of(e, of).populations and not isinstance(of, ir.PerMember)):
        return True
    e.say(
        "survey-of-others",
        answered.span,
        f"{name_of(clause)} is a figure of {subjects.words(of)}, and no {people} is among them.",
        label="not among those of whom it is said",
    )
    return False


def _incomplete(
    e: Elaboration,
    clause: ast.Figure,
    answered: ast.AnsweredBy | None,
    asked: ast.AskedBy | None,
    valid: ast.ValidWhen | None,
) -> None:
    missing = [
        (answered, "who answers", Remedy("answered by …", "the participants whose answers count")),
        (asked, "who asks", Remedy("asked by …", "the party whose rows bring the answers")),
        (valid, "how many must answer", Remedy("valid when at least 60% answer", "with fewer answers it has no value")),
    ]
    unsaid = [(what, remedy) for part, what, remedy in missing if part is None]
    e.say(
        "survey-incomplete",
        clause.span,
        f"{name_of(clause)} could rest on one happy answer: it is not said {' and '.join(what for what, _ in unsaid)}.",
        label=unsaid[0][0] + "?",
        remedies=tuple(remedy for _, remedy in unsaid),
    )


# ---------------------------------------------------------------- the rows of a figure


def event(e: Elaboration, clause: ast.Figure) -> ir.Event:
    """The rows by which a figure is reported: its value, and of which cohort or group it is."""
    name = name_of(clause)
    measure = e.measures[name][0]
    of = measure.subject.of if isinstance(measure.subject, ir.PerPeriod) else measure.subject
    asked = tuple(part.party for part in clause.modifiers if isinstance(part, ast.AskedBy))
    at = e.at(clause.span)
    core = ir.Event(
        name,
        "figure",
        ir.Polarity.UNSTATED,
        facts.parties(e, asked, "who asks"),
        _whom(measure.quantity, of),
        attributes=(ir.AttributeSpec(name, measure.unit, origin=at), *_label(measure.quantity, of, at)),
        origin=at,
    )
    named = any(isinstance(each, ast.VerifiedBy) for each in clause.modifiers)
    for modifier in clause.modifiers:
        match modifier:
            case ast.AsKind() | ast.AnsweredBy() | ast.AskedBy() | ast.ValidWhen():
                continue
            case ast.ObservedUntil():
                _watched(e, clause, modifier)
            case _:
                core = facts.with_fact(e, core, modifier, named)
    if not asked and not any(isinstance(part, ast.RecordedBy) for part in clause.modifiers):
        facts.nobody_records(e, name, clause.span)
    return core


def _whom(quantity: ir.Quantity, of: ir.Subject) -> str | None:
    """The population or member whose rows they are; a figure of a cohort or of the contract is of nobody."""
    if isinstance(quantity, ir.Observed) and quantity.answered_by is not None:
        return quantity.answered_by
    match of:
        case ir.PerPerson(population=name) | ir.PerMember(member=name):
            return name or None
        case _:
            return None


def _label(quantity: ir.Quantity, of: ir.Subject, at: ir.Origin) -> tuple[ir.AttributeSpec, ...]:
    """The column that says of which cohort or group a row is; an answer is of the one who gives it."""
    answered = isinstance(quantity, ir.Observed) and quantity.answered_by is not None
    return (
        (ir.AttributeSpec(of.partition, ir.Unit.LABEL, origin=at),)
        if isinstance(of, ir.PerGroup) and not answered
        else ()
    )


def _watched(e: Elaboration, clause: ast.Figure, modifier: ast.ObservedUntil) -> None:
    e.say(
        "wrong-kind-of-name",
        modifier.span,
        f"A figure is reported or it is not; of {name_of(clause)} nothing is told by its absence.",
        label="belongs to events",
    )
