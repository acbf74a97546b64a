"""Days, windows and sets of days. Both ends of a window are always said."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.prose.english import quantities, selections, values
from outcomelang.prose.english.scope import Scope
from outcomelang.tree import evolve


def window(covered: ir.Window, scope: Scope) -> str:
    """`from D up to and including the day before the corresponding date 6 months later`."""
    first, last = covered.first, covered.last
    if first is None and last is None:
        return "on any day"
    if last is None:
        assert first is not None
        return f"after {anchor(first.anchor, scope)}" if next_day(first, 1) else f"on or after {edge(first, scope)}"
    if first is None:
        return f"before {anchor(last.anchor, scope)}" if next_day(last, -1) else f"on or before {edge(last, scope)}"
    if first == last:
        return f"on {edge(first, scope)}"
    if isinstance(first.anchor, ir.SamePeriod) and last == evolve(first, anchor=evolve(first.anchor, last=True)):
        return f"in {same_period(first.anchor)}"
    in_all = f" ({values.days(last.days + 1)} in all)" if whole_weeks(first, last) else ""
    return f"from {edge(first, scope)} up to and including {far_edge(first, last, scope)}{in_all}"


def next_day(at: ir.Edge, days: int) -> bool:
    return at.days == days and not at.months


def same_period(of: ir.SamePeriod) -> str:
    return f"the corresponding {of.calendar} of the year that begins on {values.dated(of.year)}"


def whole_weeks(first: ir.Edge, last: ir.Edge) -> bool:
    """Whether the window was surely meant as so many weeks that begin with a day."""
    begins = first.anchor == last.anchor and not (first.months or first.days or last.months)
    return begins and last.days > 0 and (last.days + 1) % 7 == 0


def far_edge(first: ir.Edge, last: ir.Edge, scope: Scope) -> str:
    """The second edge, which need not name its day again where that is the very day from which the first begins."""
    if first.anchor != last.anchor or first.months or first.days or isinstance(first.anchor, ir.Fixed):
        return edge(last, scope)
    return moved(last, "later", "earlier", "that day")


def edge(at: ir.Edge, scope: Scope) -> str:
    if not at.months and not at.days:
        return anchor(at.anchor, scope)
    happening = anchor(at.anchor, scope).removeprefix("the day of ")
    return moved(at, f"after {happening}", f"before {happening}", happening)


def moved(at: ir.Edge, after: str, before: str, itself: str) -> str:
    """So many months, and then days, from a day. Months lead to the corresponding date, days are counted."""
    if not at.months:
        return shifted(at.days, after, before, itself)
    side = after if at.months > 0 else before
    corresponding = f"the corresponding date {values.several(abs(at.months), 'month')} {side}"
    return shifted(at.days, f"after {corresponding}", f"before {corresponding}", corresponding)


def shifted(days: int, after: str, before: str, itself: str) -> str:
    if not days:
        return itself
    side = after if days > 0 else before
    if abs(days) == 1 and side not in ("later", "earlier"):
        return f"the day {side}"
    far = values.several(abs(days), "day")
    return f"the day {far} {side}"


def anchor(day: ir.Anchor, scope: Scope) -> str:
    match day:
        case ir.Fixed(date):
            return values.dated(date)
        case ir.Joining():
            return "the day of joining"
        case ir.RowDay():
            return f"the day of {selections.subject(scope)}"
        case ir.RowOf(select, which):
            return f"the day of {selections.one_of(which, select, scope)}"
        case ir.AchievedOn(outcome):
            return f"the day on which {outcome} is achieved"
        case ir.DayValue(quantity):
            said = scope.fitted(quantities.quantity(quantity, scope))
            return said if isinstance(quantity, ir.Read | ir.Lookup | ir.Attribute) else f"the date that is {said}"
        case ir.SamePeriod(last=last):
            return f"the {'last' if last else 'first'} day of {same_period(day)}"
        case ir.WorkingDay():
            return working_day(day, scope)
        case _:
            assert_never(day)


def working_day(day: ir.WorkingDay, scope: Scope) -> str:
    near = scope.fitted(anchor(day.anchor, scope), "Day")
    place = values.ordinal(abs(day.count))
    if day.from_itself:
        return f"the {place} working day counted from and including {near}"
    return f"the {place} working day {'after' if day.count >= 0 else 'before'} {near}"


def days_of(days: ir.DaySet, scope: Scope) -> str:
    """A noun phrase for a set of days."""
    match days:
        case ir.Spells():
            return spells(days, scope)
        case ir.InState(state):
            return f"the days of {state}"
        case ir.NotDays(of):
            if isinstance(of, ir.InState):
                return f"the days that are observed not to be days of {of.state}"
            return f"the days that are observed not to be among {days_part(of, scope)}"
        case ir.AllDays(parts):
            first, *others = (days_part(part, scope) for part in parts)
            return first + " and".join(f" that are also among {other}" for other in others)
        case ir.AnyDays(parts):
            return " together with ".join(days_part(part, scope) for part in parts)
        case _:
            assert_never(days)


def days_part(of: ir.DaySet, scope: Scope) -> str:
    """A set of days inside another: what is itself put together has a name, so that nothing is read two ways."""
    together = isinstance(of, ir.AllDays | ir.AnyDays)
    return scope.fitted(days_of(of, scope), "Days", 0 if together else 12)


def spells(days: ir.Spells, scope: Scope) -> str:
    """Of one run of days. What chooses among runs, and pairs their ends, follows in words of its own."""
    begin = f"the days from the day of a record of {days.begins}"
    if days.ends is None:
        end = " onwards, for as long as it is observed"
    elif days.end_counts:
        end = f" up to and including the day of the next record of {days.ends}"
    else:
        end = f" up to and including the day before the next record of {days.ends}"
    only = (
        f", but only where the first of these records is one{selections.tested(days.tests, scope)}"
        if days.tests
        else ""
    )
    paired = f", the two records having the same {days.matched_by}" if days.matched_by else ""
    return begin + end + paired + only
