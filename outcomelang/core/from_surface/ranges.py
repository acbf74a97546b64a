"""Ranges of group rows and table rows: no value without a row, no value with two.

A gap costs somebody the whole price at a figure nobody thought of; an overlap leaves two prices for one figure.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.literals import constant, literal_kind
from outcomelang.core.from_surface.refs import literal_words
from outcomelang.core.types import Kind
from outcomelang.diagnostic import Remedy
from outcomelang.source import Span
from outcomelang.surface import ast

Value = Fraction | date


@frozen
class Interval:
    """A row's values; an end that is None is open. `span` is where the row was written."""

    first: Value | None
    first_included: bool
    last: Value | None
    last_included: bool
    span: Span


def bounds(e: Elaboration, written: ast.Range) -> ir.Bounds:
    """A written range in the core's units."""
    return ir.Bounds(
        constant(e, written.first) if written.first is not None else None,
        written.first_included,
        constant(e, written.last) if written.last is not None else None,
        written.last_included,
        origin=e.at(written.span),
    )


def kinds(written: ast.Range) -> tuple[Kind, ...]:
    """What the ends of a range are."""
    return tuple(literal_kind(end) for end in (written.first, written.last) if end is not None)


def interval(core: ir.Bounds, span: Span) -> Interval:
    """The interval that a range or a point covers."""
    return Interval(_value(core.first), core.first_included, _value(core.last), core.last_included, span)


def point(value: ir.Const, span: Span) -> Interval:
    """The interval of one value."""
    return Interval(_value(value), True, _value(value), True, span)


def _value(const: ir.Const | None) -> Value | None:
    return const.value if const is not None and not isinstance(const.value, str) else None


def check(
    e: Elaboration, rows: list[Interval], name: str, ends: bool, from_zero: bool, span: Span, kind: Kind | None
) -> None:
    """Report gaps and overlaps between neighbours, and, where `ends`, values outside all rows."""
    known = [row for row in rows if _well_formed(e, row, name)]
    known.sort(key=low)
    for one, other in pairwise(known):
        order = _meet(one, other)
        if order > 0:
            _gap(e, one, other, name, kind)
        elif order < 0:
            _overlap(e, one, other, name, kind)
    if ends and known:
        _open_ends(e, known, name, from_zero, span, kind)


def low(row: Interval) -> tuple[int, Value, bool]:
    """Sorts rows by where they begin."""
    return (0, Fraction(0), False) if row.first is None else (1, row.first, not row.first_included)


def _well_formed(e: Elaboration, row: Interval, name: str) -> bool:
    first, last = row.first, row.last
    if (row.first_included and row.last_included and first == last) or _before(first, last):
        return True
    e.say(
        "range-empty",
        row.span,
        f"Nothing can ever fall into this row of {name}: its end is not after its beginning.",
        label="holds nothing",
    )
    return False


def _before(first: Value | None, last: Value | None) -> bool:
    """Whether a row begins before it ends: an open end does; a date and a number are another mistake."""
    match first, last:
        case date() as one, date() as other:
            return one < other
        case Fraction() as low_end, Fraction() as high_end:
            return low_end < high_end
        case _:
            return True


def _meet(one: Interval, other: Interval) -> int:
    """0 where the second begins just where the first ends, above 0 with a gap, below 0 with an overlap."""
    last, first = one.last, other.first
    if last is None or first is None:
        return -1
    if isinstance(last, date) and isinstance(first, date):
        end = last if one.last_included else last - timedelta(days=1)
        begin = first if other.first_included else first + timedelta(days=1)
        return (begin - end).days - 1
    if isinstance(last, date) or isinstance(first, date) or last == first:
        return int(not (one.last_included or other.first_included)) - int(one.last_included and other.first_included)
    return 1 if first > last else -1


def _words(value: Value | None, kind: Kind | None) -> str:
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if value is None:
        return "any value"
    if kind in (Kind.PERCENTAGE, Kind.POINTS):
        return literal_words(ast.Percent(value))
    if kind is Kind.MONEY:
        return literal_words(ast.Number(value / 100))
    return literal_words(ast.Number(value))


def _gap(e: Elaboration, one: Interval, other: Interval, name: str, kind: Kind | None) -> None:
    end, begin = _words(one.last, kind), _words(other.first, kind)
    where = f"exactly {end}" if end == begin else f"between {end} and {begin}"
    e.say(
        "gap-in-ranges",
        other.span,
        f"Nothing is said for a figure {where}: no row of {name} holds it.",
        label=f"begins after {end}",
        related=((one.span, "the row before ends here"),),
        remedies=(Remedy(f"from {end}", "begins where the row before ends"),),
    )


def _overlap(e: Elaboration, one: Interval, other: Interval, name: str, kind: Kind | None) -> None:
    begin = _words(other.first, kind)
    e.say(
        "overlap-in-ranges",
        other.span,
        f"Two rows of {name} hold for the same figure, such as {begin}, and it is not said which one counts.",
        label="already held by another row",
        related=((one.span, "this row"),),
    )


def _open_ends(e: Elaboration, rows: list[Interval], name: str, from_zero: bool, span: Span, kind: Kind | None) -> None:
    lowest, highest = rows[0], rows[-1]
    covers_zero = from_zero and lowest.first == 0 and lowest.first_included
    if lowest.first is not None and not covers_zero:
        first = _words(lowest.first, kind)
        e.say(
            "gap-in-ranges",
            lowest.span,
            f"Nothing is said for a figure {'below' if lowest.first_included else 'of at most'} {first} in {name}.",
            label="the lowest row",
            remedies=(
                Remedy(f"{'below' if lowest.first_included else 'at most'} {first}  nothing", "nothing is paid there"),
            ),
        )
    full = kind is Kind.PERCENTAGE and from_zero and highest.last == 1 and highest.last_included
    if highest.last is not None and not full:
        last = _words(highest.last, kind)
        above = "above" if highest.last_included else "of at least"
        e.say(
            "gap-in-ranges",
            highest.span,
            f"Nothing is said for a figure {above} {last}: no row of {name} holds it.",
            label="the highest row",
            remedies=(Remedy(f"{'above' if highest.last_included else 'from'} {last}  …"),),
        )
