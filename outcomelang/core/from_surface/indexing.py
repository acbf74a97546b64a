"""Prices that follow a published number, a step a year, and at most so much a year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.core.from_surface.context import Elaboration, name_of
from outcomelang.core.scope import Sort
from outcomelang.core.types import Kind
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast

_YEAR = (12, 365)


def indexed(e: Elaboration, written: ast.Indexed, of: ir.Quantity) -> ir.Quantity:
    """An amount that follows a figure; as it is, where a mistake was reported."""
    if written.cap is not None and written.cap_unit != "year":
        e.refuse("indexation by other steps than a year", written.span, f"… each {written.cap_unit}")
        return of
    symbol = e.find(written.figure, "what an amount is indexed by", Sort.MEASURE)
    if symbol is None:
        return of
    e.read_measure(symbol.name)
    measure, kind = e.measures.get(symbol.name, (None, None))
    wrong = _wrong(e, measure, kind, written.since.day) if measure is not None else None
    if wrong is not None:
        _no_index(e, written, wrong)
    cap: Fraction | None = written.cap.value if written.cap is not None else None
    return ir.Indexed(of, symbol.name, written.since.day, cap, ir.Unit.MONEY, origin=e.at(written.span))


def of_table(e: Elaboration, clause: ast.Table, kind: Kind | None) -> ast.Indexed | None:
    """The index of a table, which must hold amounts of money."""
    found = next((part for part in clause.modifiers if isinstance(part, ast.Indexed)), None)
    if found is None or kind is None:
        return None
    if kind is not Kind.MONEY:
        e.say(
            "amount-is-not-money",
            found.span,
            f"Only amounts of money follow an index, and {name_of(clause)} holds {kind}.",
            label=f"{kind}",
        )
        return None
    return found


def _wrong(e: Elaboration, measure: ir.Measure, kind: Kind | None, since: date) -> str | None:
    """Why a measure is no index; None where it is one, or where something was said already."""
    name, subject = measure.name, measure.subject
    if not isinstance(measure.quantity, ir.Observed):
        return f"{name} is computed from the log itself, and an index is a figure that somebody reports"
    if not isinstance(subject, ir.PerPeriod) or not isinstance(subject.of, ir.Whole):
        return f"{name} does not have one value for each period"
    if kind is not None and kind is not Kind.NUMBER:
        return f"{name} is {kind}, and prices rise as one number does to another"
    calendar = e.calendars.get(subject.calendar)
    if calendar is None or not (calendar.months or calendar.days):
        return None
    if calendar.months > _YEAR[0] or calendar.days > _YEAR[1]:
        return f"a {calendar.name} is longer than a year, so that one value would stand for two steps"
    if shift(calendar.first.toordinal(), calendar.months, calendar.days) > since.toordinal():
        return f"no {calendar.name} is over on {since.day} {since:%B %Y}, so there is nothing to compare with"
    return None


def _no_index(e: Elaboration, written: ast.Indexed, wrong: str) -> None:
    if e.scope.incomplete:
        return  # a clause that could not be read may say in which periods it is published
    e.say(
        "no-index",
        written.span,
        f"Nobody can say what this comes to: {wrong}.",
        label="no index",
        remedies=(
            Remedy("figure … in each …, reported by …, as a number", "a value for each period"),
            Remedy("period … is every 12 months from …", "beginning at least one period before the first step"),
        ),
    )
