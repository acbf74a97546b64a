"""What a payment is counted by, and so of whom it is: the subject of a payment comes from its driver."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import plans, refs, selections, subjects
from outcomelang.core.from_surface.context import NOBODY, Driven, Elaboration, Scene, name_of
from outcomelang.core.from_surface.edits import added, clause_more
from outcomelang.core.from_surface.quantities import quantity
from outcomelang.core.from_surface.rounding import grain
from outcomelang.core.from_surface.subjects import words
from outcomelang.core.scope import Sort, Symbol
from outcomelang.core.types import Kind
from outcomelang.diagnostic import Edit, Remedy
from outcomelang.surface import ast

_DRIVING = (
    Sort.OUTCOME, Sort.EVENT, Sort.POPULATION, Sort.MEMBER, Sort.GROUP, Sort.PERIOD, Sort.MEASURE,
)  # fmt: skip


def driven(e: Elaboration, clause: ast.Payment) -> Driven | None:
    """The driver of a payment; None when a mistake was reported."""
    proportion = any(isinstance(modifier, ast.PartsInProportion) for modifier in clause.modifiers)
    match clause.driver:
        case None:
            found: Driven | None = Driven(ir.Whole(), ir.OneEach())
        case ast.ForEach(select):
            found = _for_each(e, select, proportion)
        case ast.ForEachPoint():
            found = _for_each_point(e, clause.driver, proportion)
        case ast.ForEachPartly(ref):
            found = _each_part(e, ref)
        case ast.ForEachSlot():
            found = plans.each_in_plan(e, clause.driver)
        case _:
            assert_never(clause.driver)
    if found is not None and proportion and not isinstance(found.driver, ir.EachUnit):
        _no_parts(e, clause)
    return spread_over(e, found, clause.spread) if found is not None else None


def _no_parts(e: Elaboration, clause: ast.Payment) -> None:
    span = next(modifier.span for modifier in clause.modifiers if isinstance(modifier, ast.PartsInProportion))
    e.say(
        "parts-of-a-thing",
        span,
        f"{name_of(clause)} is counted by whole things, so there are no parts to pay in proportion.",
        label="parts of what?",
    )


def line(e: Elaboration, written: ast.CardLine) -> Driven | None:
    """The driver of a line of a rate card: an outcome, one rung of it, or an event."""
    symbol = refs.named(e, written.outcome, "a line of a rate card", Sort.OUTCOME, Sort.EVENT)
    if symbol is None:
        return None
    if symbol.sort is Sort.EVENT:
        return Driven(ir.PerRow(symbol.name), ir.EachRow(ir.Select(ir.Rows(symbol.name))))
    return _each_achievement(e, written.outcome, symbol, ())


def spread_over(e: Elaboration, found: Driven, spread: ast.Spread | None) -> Driven | None:
    """`in each Quarter`: the periods of an undriven payment or of a head; a quantity already has its periods."""
    if not isinstance(spread, ast.InEach):
        return found
    if isinstance(found.subject, ir.PerPeriod):
        period = e.find(spread.period, "the period", Sort.PERIOD)
        if period is not None and period.name != found.subject.calendar:
            _other_period(e, spread, found)
        return found
    if isinstance(found.driver, ir.OneEach):
        subject = subjects.in_each(e, found.subject, spread.period)
        return Driven(subject, found.driver, found.gates) if subject is not None else None
    e.find(spread.period, "the period", Sort.PERIOD)
    _other_period(e, spread, found)
    return None


def _other_period(e: Elaboration, spread: ast.InEach, found: Driven) -> None:
    if found.subject == NOBODY:
        return
    each = words(found.subject)
    e.say(
        "period-does-not-fit",
        spread.span,
        f"The payment is counted for {each}, so it is not clear what “in each {spread.period.text}” adds.",
        label=f"counted for {each}",
        remedies=(
            Remedy("leave it out", "each one is paid when it is earned"),
            Remedy(f"limit … in each {spread.period.text}", "bounds what one period pays"),
        ),
    )


# ---------------------------------------------------------------- for each THING


def _for_each(e: Elaboration, select: ast.Select, proportion: bool) -> Driven | None:
    symbol = refs.named(e, select.head, "what is paid for", *_DRIVING)
    if symbol is None:
        return None
    counted = select.counted
    match symbol.sort:
        case Sort.OUTCOME:
            return _each_achievement(e, select.head, symbol, counted)
        case Sort.EVENT:
            subject = ir.PerRow(symbol.name)
            scene = subjects.scene_of(e, subject)
            chosen = selections.narrowed(e, ir.Rows(symbol.name), counted, scene).select
            return Driven(subject, ir.EachRow(chosen, origin=e.at(select.span)))
        case Sort.MEASURE:
            return _each_unit(e, select, symbol, proportion)
        case _:
            subject_of = subjects.each(e, select.head.term)
            if subject_of is None:
                return None
            gates, tests, window = _gates(e, symbol, counted, subjects.scene_of(e, subject_of))
            return Driven(subject_of, ir.OneEach(tests, window, origin=e.at(select.span)), gates)


def _each_part(e: Elaboration, ref: ast.Ref) -> Driven | None:
    """`for each Home partly achieved`"""
    symbol = e.find(ref.term, "what is partly achieved", Sort.OUTCOME)
    name = refs.part(e, ref) if symbol is not None else None
    if symbol is None or name is None:
        return None
    shape = e.outcomes[symbol.name]
    if shape.monitored:
        _monitored(e, ref, symbol)
        return None
    return Driven(shape.subject, ir.EachAchievement(name, origin=e.at(ref.span)))


def _each_achievement(e: Elaboration, ref: ast.Ref, symbol: Symbol, counted: tuple[ast.Counted, ...]) -> Driven | None:
    name = refs.outcome(e, ref)
    shape = e.outcomes.get(symbol.name)
    if name is None or shape is None:
        return None
    if shape.monitored:
        _monitored(e, ref, symbol)
        return None
    scene = subjects.scene_of(e, shape.subject)
    chosen = selections.narrowed(e, ir.Achievements(name), counted, scene).select
    return Driven(shape.subject, ir.EachAchievement(name, chosen.tests, chosen.window, origin=e.at(ref.span)))


def _monitored(e: Elaboration, ref: ast.Ref, symbol: Symbol) -> None:
    e.say(
        "monitored-outcome-paid",
        ref.span,
        f"{symbol.name} is declared “monitor only”, and this pays for it.",
        label="monitor only",
        related=((symbol.span, f"“{symbol.name}” is declared here"),),
        remedies=(
            Remedy("leave out “monitor only”", "the outcome is paid for"),
            Remedy("leave out this payment", "the outcome is only watched"),
        ),
    )


_Narrowed = tuple[tuple[ir.Condition, ...], tuple[ir.Test, ...], ir.Window | None]
"""Conditions of the payment; what the joining row must be like; when it must lie."""


def _gates(e: Elaboration, symbol: Symbol, counted: tuple[ast.Counted, ...], here: Scene) -> _Narrowed:
    """`for each Jobseeker with …`: what somebody must have done becomes a condition of the payment."""
    if not counted:
        return (), (), None
    domain: ir.Domain = ir.Achievements("")  # a measure, a cohort: nothing of its own to test
    if symbol.sort is Sort.POPULATION:
        domain = ir.People(symbol.name)
    elif symbol.sort is Sort.MEMBER:
        domain = ir.Members(symbol.name)
    chosen = selections.narrowed(e, domain, counted, here).select
    if chosen.window is not None and isinstance(domain, ir.Achievements):
        e.refuse("payments for groups and periods in a window", symbol.span, f"for each {symbol.name} in …")
    gates = [_gate(test) for test in chosen.tests]
    tests = tuple(test for test, gate in zip(chosen.tests, gates, strict=True) if gate is None)
    return tuple(gate for gate in gates if gate is not None), tests, chosen.window


def _gate(test: ir.Test) -> ir.Condition | None:
    match test:
        case ir.InGroup():
            return ir.LabelIs(ir.GroupLabel(test.partition), test.labels, origin=test.origin)
        case ir.Has():
            return ir.Happens(test.select, test.negated, origin=test.origin)
        case ir.AttributeIs() | ir.AttributeCompares() | ir.AttributeDated() | ir.AttributeGiven():
            return None
        case _:
            assert_never(test)


# ---------------------------------------------------------------- for each QUANTITY


def _each_unit(e: Elaboration, select: ast.Select, symbol: Symbol, proportion: bool) -> Driven | None:
    subject = e.subjects.get(symbol.name)
    kind = e.read_measure(symbol.name)
    if subject is None or kind is None:
        return None
    here = subjects.scene_of(e, subject)
    counted = quantity(e, select.head, here)
    if kind not in (Kind.NUMBER, Kind.DAY_COUNT, Kind.DAYS):
        _not_countable(e, select, symbol, kind)
        return None
    gates: tuple[ir.Condition, ...] = ()
    if select.counted:
        gates, _, _ = _gates(e, symbol, select.counted, here)
    parts = _parts(e, counted.quantity, proportion, False, 1)
    if parts is None:
        _parts_unsaid(e, select.head, symbol)
        return None
    return Driven(subject, ir.EachUnit(counted.quantity, parts, origin=e.at(select.span)), gates)


def _not_countable(e: Elaboration, select: ast.Select, symbol: Symbol, kind: Kind) -> None:
    share = kind in (Kind.PERCENTAGE, Kind.POINTS)
    e.say(
        "unit-is-no-number",
        select.span,
        f"It is not clear how many there are: “{symbol.name}” is {kind}.",
        label=f"{kind}",
        remedies=(Remedy(f"for each percentage point of the {symbol.name}, parts in proportion"),) if share else (),
    )


def _parts(e: Elaboration, of: ir.Quantity, proportion: bool, whole: bool, scale: int) -> str | None:
    if whole:
        return "whole"
    if proportion:
        return "proportion"
    step = grain(e, of)
    return "exact" if step is not None and (step * scale).denominator == 1 else None


def _parts_unsaid(e: Elaboration, ref: ast.Ref, symbol: Symbol) -> None:
    e.say(
        "parts-unsaid",
        ref.span,
        f"It is not said what is paid for a part of a {symbol.name}.",
        f"{symbol.name} need not be a whole number.",
        label="and for half of one?",
        remedies=(
            Remedy("parts in proportion", "half of one is paid half", added(ref.span, "parts in proportion")),
            *(
                Remedy(f"define … as the {symbol.name} rounded {way}", effect, _rounded(e, ref, symbol, way))
                for way, effect in (("down", "only whole ones are paid"), ("up", "a part of one is paid as one"))
            ),
        ),
    )


def _rounded(e: Elaboration, ref: ast.Ref, symbol: Symbol, way: str) -> tuple[Edit, ...]:
    """A definition of the whole ones, and a payment for each of these."""
    subject = e.subjects.get(symbol.name)
    if isinstance(subject, ir.Whole):
        of = ""
    elif isinstance(subject, ir.PerPerson | ir.PerGroup):
        of = f" of {subjects.words(subject)}"
    else:
        return ()
    defined = clause_more(ref.span, f"define Whole {symbol.name}{of} as the {symbol.name} rounded {way}")
    return (*defined, Edit(ref.span, (f"Whole {symbol.name}",)))


def _for_each_point(e: Elaboration, written: ast.ForEachPoint, proportion: bool) -> Driven | None:
    symbol = e.find(written.of.term, "what has percentage points", Sort.MEASURE)
    subject = e.subjects.get(symbol.name) if symbol is not None else None
    if symbol is None or subject is None:
        return None
    points = quantity(e, written.of, subjects.scene_of(e, subject))
    if points.kind is None:
        return None
    if points.kind not in (Kind.PERCENTAGE, Kind.POINTS):
        e.say(
            "unit-is-no-number",
            written.span,
            f"There are no percentage points of “{symbol.name}”: it is {points.kind}.",
            label=f"{points.kind}",
            remedies=(Remedy(f"for each {symbol.name}"),),
        )
        return None
    parts = _parts(e, points.quantity, proportion, written.whole, 100)
    if parts is None:
        _parts_of_a_point(e, written, symbol)
        return None
    return Driven(subject, ir.EachUnit(points.quantity, parts, 100, origin=e.at(written.span)))


def _parts_of_a_point(e: Elaboration, written: ast.ForEachPoint, symbol: Symbol) -> None:
    e.say(
        "parts-unsaid",
        written.span,
        f"It is not said what is paid for a part of a percentage point of {symbol.name}.",
        label="and for half a point?",
        remedies=(
            Remedy("parts in proportion", "half a point is paid half", added(written.span, "parts in proportion")),
            Remedy(
                f"for each whole percentage point of the {symbol.name}",
                "only whole points are paid",
                (Edit(written.span, (f"for each whole percentage point of {symbol.name}",)),),
            ),
        ),
    )
