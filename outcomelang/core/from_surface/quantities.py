"""How much: every written quantity to the core's, with its kind checked on the way.

Percentages name their base: a portion says of what, and a difference of two percentages is in percentage points.
Products of two things nobody can know before the term are refused, because such a contract could not be analysed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import refs, selections
from outcomelang.core.from_surface.context import HOLE, Elaboration, Scene, Typed
from outcomelang.core.from_surface.literals import constant, literal_kind
from outcomelang.core.from_surface.subjects import must_be_readable
from outcomelang.core.from_surface.windows import length
from outcomelang.core.scope import Sort
from outcomelang.core.types import Kind, added, kind_of, multiplied, same, shared, subtracted, unit_of
from outcomelang.diagnostic import Remedy
from outcomelang.source import Span
from outcomelang.surface import ast


def quantity(e: Elaboration, written: ast.Expr, here: Scene) -> Typed:
    """A written quantity as it is read for the subject at hand."""
    match written:
        case ast.Money() | ast.Percent() | ast.Points() | ast.Number() | ast.Duration() | ast.Date():
            return Typed(constant(e, written), literal_kind(written))
        case ast.Ref():
            return refs.read(e, written, here)
        case ast.Sum_():
            return _sum(e, written, here)
        case ast.Difference():
            return _difference(e, written, here)
        case ast.Product():
            return _product(e, written, here)
        case ast.Portion():
            return _portion(e, written, here)
        case ast.Excess():
            return _excess(e, written, here)
        case ast.Lesser() | ast.Greater():
            return _extreme(e, written, here)
        case ast.Change():
            return _change(e, written, here)
        case ast.Count():
            return _count(e, written, here)
        case ast.Total():
            return _total(e, written, here)
        case ast.DaysOf():
            return _days(e, written, here)
        case ast.Proportion():
            return _proportion(e, written, here)
        case _:
            assert_never(written)


# ---------------------------------------------------------------- arithmetic


def _both(e: Elaboration, left: ast.Expr, right: ast.Expr, here: Scene) -> tuple[Typed, Typed]:
    return quantity(e, left, here), quantity(e, right, here)


def _arith(e: Elaboration, op: str, left: Typed, right: Typed, kind: Kind, span: Span) -> Typed:
    return Typed(ir.Arith(op, left.quantity, right.quantity, unit_of(kind), origin=e.at(span)), kind)


def _sum(e: Elaboration, written: ast.Sum_, here: Scene) -> Typed:
    left, right = _both(e, written.left, written.right, here)
    if left.kind is None or right.kind is None:
        return HOLE
    kind = added(left.kind, right.kind)
    if kind is None:
        return _unlike(e, written.span, "be added to", left.kind, right.kind)
    return _arith(e, "+", left, right, kind, written.span)


def _difference(e: Elaboration, written: ast.Difference, here: Scene) -> Typed:
    left, right = _both(e, written.left, written.right, here)
    if left.kind is None or right.kind is None:
        return HOLE
    kind = subtracted(left.kind, right.kind)
    if kind is None:
        return _unlike(e, written.span, "be taken from", left.kind, right.kind)
    return _arith(e, "-", left, right, kind, written.span)


def _excess(e: Elaboration, written: ast.Excess, here: Scene) -> Typed:
    of, over = _both(e, written.of, written.over, here)
    if of.kind is None or over.kind is None:
        return HOLE
    kind = subtracted(of.kind, over.kind)
    if kind is None:
        return _unlike(e, written.span, "be taken from", of.kind, over.kind)
    return Typed(ir.Excess(of.quantity, over.quantity, unit_of(kind), origin=e.at(written.span)), kind)


def _extreme(e: Elaboration, written: ast.Lesser | ast.Greater, here: Scene) -> Typed:
    left, right = _both(e, written.left, written.right, here)
    if left.kind is None or right.kind is None:
        return HOLE
    kind = same(left.kind, right.kind)
    if kind is None:
        return _unlike(e, written.span, "be compared with", left.kind, right.kind)
    return _arith(e, "min" if isinstance(written, ast.Lesser) else "max", left, right, kind, written.span)


def _unlike(e: Elaboration, span: Span, verb: str, left: Kind, right: Kind) -> Typed:
    days_and_months = {left, right} <= {Kind.DAYS, Kind.MONTHS, Kind.DAY_COUNT} and Kind.MONTHS in (left, right)
    why = "A month is between 28 and 31 days long, so days and months never compare." if days_and_months else ""
    e.say(
        "unlike-quantities",
        span,
        f"There is no answer to this: {right} cannot {verb} {left}.",
        *([why] if why else []),
        label=f"{left} and {right}",
    )
    return HOLE


def _product(e: Elaboration, written: ast.Product, here: Scene) -> Typed:
    left, right = _both(e, written.left, written.right, here)
    if left.kind is None or right.kind is None:
        return HOLE
    kind = multiplied(left.kind, right.kind)
    if kind is None:
        return _unlike(e, written.span, "be multiplied by", left.kind, right.kind)
    if not (known(e, left.quantity) or known(e, right.quantity)):
        _two_unknowns(e, written.span)
    return _arith(e, "*", left, right, kind, written.span)


def _two_unknowns(e: Elaboration, span: Span) -> None:
    e.say(
        "product-of-two-unknowns",
        span,
        "What this can cost has no bound that anybody could work out: both sides are known only afterwards.",
        label="an unknown times an unknown",
        remedies=(
            Remedy("give one of them in a table", "prices by steps of the other"),
            Remedy("use the number of participants", "a count of people may be multiplied"),
        ),
    )


def known(e: Elaboration, of: ir.Quantity) -> bool:
    """Whether a quantity is fixed, tabled, or a count of people: what an unknown may be multiplied by."""
    match of:
        case ir.Const() | ir.ContractValue() | ir.Lookup():
            return True
        case ir.Counted(ir.Select(ir.People() | ir.Members() | ir.Periods(), (), None)):
            return True
        case ir.Read(name):
            measure = e.measures.get(name)
            return measure is None or known(e, measure[0].quantity)
        case ir.Arith(_, left, right) | ir.Excess(left, right):
            return known(e, left) and known(e, right)
        case ir.Rounded(inner) | ir.Indexed(inner):
            return known(e, inner)
        case ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Attribute() | ir.ChangeOf() | ir.Observed():
            return False
        case _:
            assert_never(of)


def _portion(e: Elaboration, written: ast.Portion, here: Scene) -> Typed:
    part = share(e, written.share, here)
    of = quantity(e, written.of, here)
    if part.kind is None or of.kind is None:
        return HOLE
    kind = shared(of.kind)
    if kind is None:
        e.say(
            "unlike-quantities",
            written.span,
            f"No share can be taken of {of.kind}.",
            label=f"{of.kind}",
        )
        return HOLE
    if not (known(e, part.quantity) or known(e, of.quantity)):
        _two_unknowns(e, written.span)
    return _arith(e, "*", part, of, kind, written.span)


def share(e: Elaboration, written: ast.Percent | ast.Fraction_ | ast.Ref, here: Scene) -> Typed:
    """What a portion takes of something: a percentage, a fraction, or a percentage that is defined or tabled."""
    match written:
        case ast.Percent():
            return Typed(constant(e, written), Kind.PERCENTAGE)
        case ast.Fraction_(value):
            return Typed(ir.Const(value, ir.Unit.NUMBER, origin=e.at(written.span)), Kind.PERCENTAGE)
        case ast.Ref():
            typed = refs.read(e, written, here)
            if typed.kind not in (None, Kind.PERCENTAGE):
                e.say(
                    "unlike-quantities",
                    written.span,
                    f"“{written.term.text}” is {typed.kind}, and only a percentage is a share of something.",
                    label="a percentage is needed before “of”",
                    remedies=(Remedy(f"… times the {written.term.text}"),),
                )
                return HOLE
            return typed
        case _:
            assert_never(written)


def _change(e: Elaboration, written: ast.Change, here: Scene) -> Typed:
    base, new = _both(e, written.base, written.new, here)
    if base.kind is None or new.kind is None:
        return HOLE
    if same(base.kind, new.kind) is None or base.kind in (Kind.DATE, Kind.LABEL, Kind.FLAG):
        return _unlike(e, written.span, "be compared with", base.kind, new.kind)
    if written.in_points and base.kind is not Kind.PERCENTAGE:
        e.say(
            "points-of-no-percentage",
            written.span,
            f"Percentage points are the distance between two percentages, and these are {base.kind}.",
            label="not percentages",
            remedies=(Remedy(f"the percentage {written.direction} from … to …", "relative to the first"),),
        )
        return HOLE
    fall = written.direction == "fall"
    changed = ir.ChangeOf(base.quantity, new.quantity, fall, not written.in_points, origin=e.at(written.span))
    return Typed(changed, Kind.POINTS if written.in_points else Kind.PERCENTAGE)


# ---------------------------------------------------------------- counting


def _count(e: Elaboration, written: ast.Count, here: Scene) -> Typed:
    selected = selections.select(e, written.select, here)
    if selected is None:
        return HOLE
    return _per(
        e, Typed(ir.Counted(selected.select, origin=e.at(written.span)), Kind.NUMBER), selected.per, written.span
    )


def _per(e: Elaboration, counted: Typed, per: ir.Select | None, span: Span) -> Typed:
    if per is None or counted.kind is None:
        return counted
    heads = Typed(ir.Counted(per, origin=e.at(span)), Kind.NUMBER)
    kind = Kind.NUMBER if counted.kind is Kind.DAY_COUNT else counted.kind
    return _arith(e, "/", counted, heads, kind, span)


def _total(e: Elaboration, written: ast.Total, here: Scene) -> Typed:
    selected = selections.select(e, written.select, here)
    if selected is None:
        return HOLE
    event = selections.event_of_domain(e, selected.select.of)
    if not isinstance(selected.select.of, ir.Rows) or event is None:
        symbol = e.scope.find(written.select.head.term.text)
        if symbol is not None:
            e.wrong_sort(written.select.head.term, symbol, "what carries numbers to add up", (Sort.EVENT,))
        return HOLE
    attribute = e.attribute(event, written.attribute)
    if attribute is None:
        return HOLE
    kind = kind_of(attribute.unit)
    if kind not in (Kind.NUMBER, Kind.MONEY):
        e.say(
            "unlike-quantities",
            written.attribute.span,
            f"“{written.attribute.text}” is {kind}, and only numbers and amounts of money can be added up.",
            label=f"{kind}",
        )
        return HOLE
    total = ir.Summed(attribute.name, selected.select, attribute.unit, origin=e.at(written.span))
    return _per(e, Typed(total, kind), selected.per, written.span)


def _proportion(e: Elaboration, written: ast.Proportion, here: Scene) -> Typed:
    selected = selections.select(e, written.select, here)
    if selected is None:
        return HOLE
    chosen = selected.select
    everybody = ir.Select(chosen.of, among=chosen.among)
    if chosen == everybody and e.scope.incomplete:
        return HOLE
    if chosen == everybody:
        e.say(
            "share-of-everything",
            written.span,
            "This is always 100%: nothing says which of them are meant.",
            label="the proportion of all of them",
            remedies=(Remedy(f"the proportion of {written.select.head.term.text} with …"),),
        )
    part = Typed(ir.Counted(chosen, origin=e.at(written.span)), Kind.NUMBER)
    whole = Typed(ir.Counted(everybody, origin=e.at(written.span)), Kind.NUMBER)
    return _arith(e, "/", part, whole, Kind.PERCENTAGE, written.span)


def _days(e: Elaboration, written: ast.DaysOf, here: Scene) -> Typed:
    symbol = refs.named(e, written.select.head, "what lasts for days", Sort.STATE)
    if symbol is None:
        return HOLE
    if written.unit in ("month", "year"):
        e.say(
            "months-in-total",
            written.span,
            f"Nobody can say how many {written.unit}s several stretches of {symbol.name} make: months differ.",
            label=f"{written.unit}s of separate stretches",
            remedies=(Remedy(f"the days of {symbol.name}"), Remedy(f"the weeks of {symbol.name}")),
        )
        return HOLE
    domain = ir.Rows(e.state_events.get(symbol.name, ""))
    selected = selections.narrowed(e, domain, written.select.counted, here)
    chosen, each = selected.select, 7 if written.unit == "week" else 1
    days = ir.DaysIn(symbol.name, chosen.window, chosen.tests, chosen.among, each, origin=e.at(written.span))
    kind = Kind.NUMBER if written.unit == "week" else Kind.DAY_COUNT
    return _per(e, Typed(days, kind), selected.per, written.span)


# ---------------------------------------------------------------- labels


def labelled(e: Elaboration, written: ast.Expr, here: Scene) -> ir.Quantity | ir.GroupLabel | None:
    """What can be one of several labels: the group of the person at hand, an attribute, a yes or no."""
    if isinstance(written, ast.Ref) and refs.row_attribute(e, written.term, here) is None:
        symbol = e.scope.find(written.term.text)
        if symbol is not None and symbol.sort is Sort.GROUP:
            wanted = ir.PerGroup(symbol.name)
            if not must_be_readable(e, symbol.name, wanted, here, written.span):
                return None
            return ir.GroupLabel(symbol.name, origin=e.at(written.span))
    typed = quantity(e, written, here)
    if typed.kind in (None, Kind.LABEL, Kind.FLAG):
        return typed.quantity if typed.kind is not None else None
    e.say(
        "unlike-quantities",
        written.span,
        f"This is {typed.kind}, and words in quotation marks are compared with it.",
        label=f"{typed.kind}, not a label",
        remedies=(Remedy("is at least …"), Remedy("is exactly …")),
    )
    return None


def whole_length(e: Elaboration, duration: ast.Duration) -> ir.Const:
    """A written length as a constant of days or of months."""
    months, days = length(e, duration)
    unit, value = (ir.Unit.MONTHS, months) if duration.unit in ("month", "year") else (ir.Unit.DAYS, days)
    return ir.Const(Fraction(value), unit, origin=e.at(duration.span))
