"""Conditions: comparisons, occurrences, lengths reached, lists, and what holds for every or for no member."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import refs, selections
from outcomelang.core.from_surface.attribute_tests import COMPARATORS, known_labels, labels_of
from outcomelang.core.from_surface.context import NO_CONDITION, Elaboration, Scene, Typed
from outcomelang.core.from_surface.edits import each_by_one, one_meets_both
from outcomelang.core.from_surface.quantities import labelled, quantity
from outcomelang.core.from_surface.reaching import reaches
from outcomelang.core.from_surface.subjects import must_be_readable, scene_of
from outcomelang.core.scope import Sort
from outcomelang.core.types import Kind, same, subtracted, unit_of
from outcomelang.diagnostic import Edit, Remedy
from outcomelang.source import Span
from outcomelang.surface import ast
from outcomelang.tree import evolve

_ORDERED = (Kind.LABEL, Kind.FLAG)


def condition(e: Elaboration, written: ast.Condition, here: Scene) -> ir.Condition:
    """A written condition as it is read for the subject at hand."""
    match written:
        case ast.Compare():
            return _compare(e, written, here)
        case ast.CompareBy():
            return _compare_by(e, written, here)
        case ast.IsLabel():
            return _is_label(e, written, here)
        case ast.IsGiven():
            of = quantity(e, written.of, here)
            return ir.ValueGiven(of.quantity, written.negated, origin=e.at(written.span))
        case ast.IsAchieved():
            return _is_achieved(e, written, here)
        case ast.Occurs():
            return _occurs(e, written, here)
        case ast.Reaches():
            return reaches(e, written, here)
        case ast.ListOf():
            return _list(e, written, here)
        case ast.ForMembers():
            return _for_members(e, written, here)
        case _:
            assert_never(written)


# ---------------------------------------------------------------- comparisons


def _compare(e: Elaboration, written: ast.Compare, here: Scene) -> ir.Condition:
    left, right = quantity(e, written.left, here), quantity(e, written.right, here)
    if left.kind is None or right.kind is None:
        return NO_CONDITION
    if same(left.kind, right.kind) is None or left.kind in _ORDERED:
        _unlike(e, written, left.kind, right.kind)
        return NO_CONDITION
    return ir.Compares(left.quantity, COMPARATORS[written.comparator], right.quantity, origin=e.at(written.span))


def _distance_or_level(written: ast.Compare, left: Kind) -> tuple[Remedy, ...]:
    """Of what is a distance, a distance is asked; of a percentage, a level or how far it lies from another."""
    value = written.right.value if isinstance(written.right, ast.Percent | ast.Points) else Fraction(1, 20)
    points = refs.literal_words(ast.Points(value, span=written.span))
    if left is Kind.POINTS:
        return (Remedy(f"… is {written.comparator} {points}", "compares a distance with a distance"),)
    level = refs.literal_words(ast.Percent(value, span=written.span))
    return (
        Remedy(f"… is {written.comparator} {level}", "compares a level with a level"),
        Remedy(f"… is at least {points} below …", "compares a distance"),
    )


def _unlike(e: Elaboration, written: ast.Compare, left: Kind, right: Kind) -> None:
    remedies: tuple[Remedy, ...] = ()
    details: tuple[str, ...] = ()
    if Kind.POINTS in (left, right):
        details = ("Percentage points are the distance between two percentages, not a level.",)
        remedies = _distance_or_level(written, left)
    if Kind.MONTHS in (left, right):
        details = ("A month is between 28 and 31 days long, so days and months never compare.",)
    e.say(
        "unlike-quantities",
        written.span,
        f"This can be neither true nor false: {left} {'are' if left is Kind.POINTS else 'is'} compared with {right}.",
        *details,
        label=f"{left} and {right}",
        remedies=remedies,
    )


_BY = {"at least": "<=", "above": "<", "at most": ">=", "below": ">", "exactly": "=="}
_MIRRORED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "==": "=="}


def _compare_by(e: Elaboration, written: ast.CompareBy, here: Scene) -> ir.Condition:
    """`A is at least M below B`: A is at most B less M."""
    left = quantity(e, written.left, here)
    margin = quantity(e, written.margin, here)
    right = quantity(e, written.right, here)
    if left.kind is None or margin.kind is None or right.kind is None:
        return NO_CONDITION
    if same(left.kind, right.kind) is None:
        _unlike(
            e, ast.Compare(written.left, written.comparator, written.right, span=written.span), left.kind, right.kind
        )
        return NO_CONDITION
    bar = _bar(e, written, margin, right)
    if bar is None:
        return NO_CONDITION
    below = written.direction == "below"
    comparator = _BY[written.comparator] if below else _MIRRORED[_BY[written.comparator]]
    return ir.Compares(left.quantity, comparator, bar, origin=e.at(written.span))


def _bar(e: Elaboration, written: ast.CompareBy, margin: Typed, right: Typed) -> ir.Quantity | None:
    """The level that lies the margin below or above the base."""
    assert margin.kind is not None and right.kind is not None
    at = e.at(written.span)
    below = written.direction == "below"
    if margin.kind is Kind.PERCENTAGE:
        if right.kind in (Kind.PERCENTAGE, Kind.POINTS):
            _percent_of_percentage(e, written, right.quantity)
            return None
        one = ir.Const(Fraction(1), ir.Unit.NUMBER)
        factor = ir.Arith("-" if below else "+", one, margin.quantity, ir.Unit.NUMBER, origin=at)
        return ir.Arith("*", _folded(factor), right.quantity, unit_of(right.kind), origin=at)
    wanted = subtracted(right.kind, right.kind)
    if wanted is None or same(margin.kind, wanted) is None:
        e.say(
            "unlike-quantities",
            written.margin.span,
            f"{str(margin.kind).capitalize()} {written.direction} {right.kind} is no level that could be met.",
            label=f"{margin.kind} {written.direction} {right.kind}",
        )
        return None
    return ir.Arith("-" if below else "+", right.quantity, margin.quantity, unit_of(right.kind), origin=at)


def _folded(factor: ir.Arith) -> ir.Quantity:
    left, right = factor.left, factor.right
    if isinstance(left, ir.Const) and isinstance(right, ir.Const):
        one, other = left.value, right.value
        if isinstance(one, Fraction) and isinstance(other, Fraction):
            return ir.Const(one - other if factor.op == "-" else one + other, factor.unit, origin=factor.origin)
    return factor


def _percent_of_percentage(e: Elaboration, written: ast.CompareBy, base: ir.Quantity) -> None:
    share = refs.literal_words(written.margin) if isinstance(written.margin, ast.Percent) else "10%"
    value = written.margin.value if isinstance(written.margin, ast.Percent) else Fraction(1, 10)
    rest = refs.number_words((1 - value if written.direction == "below" else 1 + value) * 100)
    points = refs.number_words(value * 100)
    comparator = {"at least": "at most", "above": "below"} if written.direction == "below" else {}
    rel = f"{comparator.get(written.comparator, written.comparator)} {rest}% of"
    known = base.value if isinstance(base, ir.Const) and isinstance(base.value, Fraction) else None
    level = known if known is not None else Fraction(58, 100)
    two = _levels(level, -value if written.direction == "below" else value)
    bars = tuple(f": {bar}" for bar in two) if known is not None else ("", "")
    e.say(
        "percent-of-a-percentage",
        written.span,
        f"“{share} {written.direction}” a percentage has two readings, and they pay differently.",
        f"From a level of {refs.number_words(level * 100)}%, {share} {written.direction} could mean {two[1]} "
        f"({share} of it) or {two[0]} ({points} percentage points).",
        label=f"{share} of it, or {points} points?",
        remedies=(
            Remedy(
                f"{written.comparator} {points} percentage points {written.direction} …",
                f"a distance between two percentages{bars[0]}",
                (Edit(written.margin.span, (f"{points} percentage points",)),),
            ),
            Remedy(f"{rel} …", f"relative to the base{bars[1]}", (Edit(_between(written), (f" is {rel} ",)),)),
        ),
    )


def _levels(base: Fraction, margin: Fraction) -> tuple[str, str]:
    """The base moved by so many points, and by that share of itself: 50% and 54%."""
    moved, scaled = base + margin, base * (1 + margin)
    return f"{refs.number_words(moved * 100)}%", f"{refs.number_words(scaled * 100)}%"


def _between(written: ast.CompareBy) -> Span:
    """What stands between the two that are compared."""
    left, right = written.left.span, written.right.span
    return Span(written.span.path, left.end_line, left.end_column, right.line, right.column)


# ---------------------------------------------------------------- labels, achievement, occurrence


def _is_label(e: Elaboration, written: ast.IsLabel, here: Scene) -> ir.Condition:
    of = labelled(e, written.of, here)
    if of is None:
        return NO_CONDITION
    labels = tuple(label.value for label in written.labels)
    if isinstance(of, ir.GroupLabel):
        labels = labels_of(e, of.partition, written.labels)
    elif isinstance(of, ir.Attribute) and here.row is not None:
        attribute = e.scope.attribute(here.row, of.name)
        if attribute is not None:
            known_labels(e, attribute, written.labels)
    return ir.LabelIs(of, labels, written.negated, origin=e.at(written.span))


def _is_achieved(e: Elaboration, written: ast.IsAchieved, here: Scene) -> ir.Condition:
    if not isinstance(written.of, ast.Ref):
        e.say(
            "wrong-kind-of-name",
            written.span,
            "Only an outcome can be achieved, and this is a quantity.",
            label="not an outcome",
            remedies=(Remedy("… is at least …"),),
        )
        return NO_CONDITION
    name = refs.part(e, written.of, here) if written.partly else refs.outcome(e, written.of, here)
    symbol = e.scope.find(written.of.term.text)
    if name is None or symbol is None:
        return NO_CONDITION
    shape = e.outcomes[symbol.name]
    if not must_be_readable(e, name, shape.subject, here, written.span):
        return NO_CONDITION
    return ir.Achieved(name, written.negated, origin=e.at(written.span))


def _occurs(e: Elaboration, written: ast.Occurs, here: Scene) -> ir.Condition:
    selected = selections.select(e, written.select, here)
    if selected is None:
        return NO_CONDITION
    if not isinstance(selected.select.of, ir.Rows | ir.Achievements) or selected.per is not None:
        symbol = e.scope.find(written.select.head.term.text)
        if symbol is not None:
            e.wrong_sort(written.select.head.term, symbol, "what occurs", (Sort.EVENT, Sort.OUTCOME))
        return NO_CONDITION
    return ir.Happens(selected.select, written.negated, origin=e.at(written.span))


# ---------------------------------------------------------------- lists and members


def _list(e: Elaboration, written: ast.ListOf, here: Scene) -> ir.Condition:
    items = []
    for item in written.items:
        where = condition(e, item.where, here) if item.where is not None else None
        items.append(ir.Item(condition(e, item.condition, here), where, origin=e.at(item.span)))
    if isinstance(written.least, int) and written.least > len(items):
        e.say(
            "list-too-short",
            written.span,
            f"This can never be met: it asks for {written.least} of {len(items)}.",
            label=f"only {len(items)} in the list",
        )
    least = {"all": None, "any": 1}[written.least] if isinstance(written.least, str) else written.least
    if least != 1:
        _same_or_another(e, written, items)
    return ir.AtLeast(tuple(items), least, origin=e.at(written.span))


def _same_or_another(e: Elaboration, written: ast.ListOf, items: list[ir.Item]) -> None:
    """Two items of one list that each ask for some member: the same one, or perhaps another?"""
    first: dict[str, ast.Item] = {}
    for item, core in zip(written.items, items, strict=True):
        asks = core.condition
        if not isinstance(asks, ir.ForMembers) or not asks.least:
            continue
        if asks.member in first:
            e.say(
                "same-or-another",
                item.span,
                f"It is not clear whether this asks for the same {asks.member} or for any, and they pay differently.",
                label="the same one?",
                related=((first[asks.member].span, f"a {asks.member} is asked for here as well"),),
                remedies=(
                    Remedy(
                        f"for at least 1 {asks.member}: all of: …",
                        "one of them meets both",
                        one_meets_both(e, written, asks.member),
                    ),
                    Remedy(
                        "an outcome for each of the two",
                        "then one may meet each",
                        each_by_one(e, written, asks.member),
                    ),
                ),
            )
        first.setdefault(asks.member, item)


def _for_members(e: Elaboration, written: ast.ForMembers, here: Scene) -> ir.Condition:
    symbol = refs.named(e, written.select.head, "those for whom it holds", Sort.MEMBER)
    member = e.members.get(symbol.name) if symbol is not None else None
    if member is None:
        return NO_CONDITION
    selected = selections.narrowed(e, ir.Members(member.name), written.select.counted, here)
    must_be_readable(e, f"the {member.plural}", ir.PerPerson(member.of), here, written.select.span)
    scene = evolve(scene_of(e, ir.PerMember(member.name)), row=None)
    inner = condition(e, written.condition, scene)
    least = {"every": None, "no": 0}[written.quantifier] if isinstance(written.quantifier, str) else written.quantifier
    return ir.ForMembers(member.name, selected.select.tests, least, inner, origin=e.at(written.span))


def both(e: Elaboration, *conditions: ir.Condition | None) -> ir.Condition | None:
    """All of the given conditions, or none at all."""
    given = [each for each in conditions if each is not None]
    if len(given) < 2:
        return given[0] if given else None
    return ir.AtLeast(tuple(ir.Item(each, origin=each.origin) for each in given), None, origin=given[0].origin)
