"""What one unit of a payment is worth: a piece for each price that it can have, with the units that have it."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.formula import expression as ex
from outcomelang.formula.describing import axis_said, narrowed
from outcomelang.formula.expression import Expression
from outcomelang.formula.quantities import combined, constant, expression_of, unit_text
from outcomelang.formula.symbols import AfterSteps, AttributeOf, ByUnit, FactorOf, Narrowing, Symbol, Valued, ValueOf
from outcomelang.formula.workspace import At, NoForm, Workspace
from outcomelang.tree import Tree, node

MOST_PIECES = 200
_DEEPEST = 50


@node
class Piece(Tree):
    """Units that share a price; the price may hold what the row of each unit carries."""

    narrowed: tuple[Narrowing, ...]
    price: Expression


def pieces(w: Workspace, flow: int, of: ir.Quantity, subject: ir.Subject, depth: int = 0) -> tuple[Piece, ...]:
    """The prices of one unit; `NoForm` where they differ with more than groups, periods, tables and the unit's row."""
    w.step_taken()
    if depth > _DEEPEST:
        raise NoForm("its price is nested too deeply")
    match of:
        case ir.Const():
            return (Piece((), constant(w, of)),)
        case ir.ContractValue():
            return (Piece((), expression_of(w, of, At(ir.Whole()))),)
        case ir.Attribute(name, unit):
            return (Piece((), _attribute(w, flow, name, unit, of)),)
        case ir.Read(name):
            measure = w.names.measures[name]
            if name in w.kept and not isinstance(measure.subject, ir.Whole | ir.Pooled):
                raise NoForm(f"the {name} it reads differs from one to another")
            if isinstance(measure.subject, ir.Whole | ir.Pooled):
                return (Piece((), _whole(w, of)),)
            return pieces(w, flow, measure.quantity, measure.subject, depth + 1)
        case ir.Lookup(name):
            return _looked_up(w, w.names.tables[name], of, subject)
        case ir.Arith(op, left, right):
            one = pieces(w, flow, left, subject, depth + 1)
            other = pieces(w, flow, right, subject, depth + 1)
            if op == "/" and not all(isinstance(each.price, ex.Number) and each.price.value for each in other):
                raise NoForm("its price is a quotient that may have no value")
            return _crossed(one, other, op)
        case ir.Excess(more, over):
            one = pieces(w, flow, more, subject, depth + 1)
            other = pieces(w, flow, over, subject, depth + 1)
            return tuple(Piece(e.narrowed, ex.greatest(e.price, ex.NOTHING)) for e in _crossed(one, other, "-"))
        case ir.Rounded(inner, mode, unit):
            step = w.step(1) if unit is ir.Unit.MONEY else ex.ONE.value
            return tuple(
                Piece(each.narrowed, ex.rounding(each.price, mode, step))
                for each in pieces(w, flow, inner, subject, depth + 1)
            )
        case ir.Indexed():
            return _indexed(w, of, pieces(w, flow, of.of, subject, depth + 1))
        case ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Observed() | ir.ChangeOf():
            if isinstance(subject, ir.Whole):
                return (Piece((), _whole(w, of)),)
            raise NoForm("its price differs from one to another by what is counted of each")
        case _:
            assert_never(of)


def _whole(w: Workspace, of: ir.Quantity) -> Expression:
    """A price that is one for all: nothing is paid where it has no value."""
    at = At(ir.Whole())
    found = expression_of(w, of, at)
    return ex.cases([(ex.All(tuple(at.needs)), found)]) if at.needs else found


def _crossed(one: tuple[Piece, ...], other: tuple[Piece, ...], op: str) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for a in one:
        for b in other:
            joint = _together(a.narrowed, b.narrowed)
            if joint is not None:
                found.append(Piece(joint, combined(op, a.price, b.price, [])))
    if len(found) > MOST_PIECES:
        raise NoForm(f"it has more than {MOST_PIECES} prices")
    return tuple(found)


def _together(one: tuple[Narrowing, ...], other: tuple[Narrowing, ...]) -> tuple[Narrowing, ...] | None:
    """Both at once; None where a table would have two values."""
    for a in one:
        for b in other:
            match a, b:
                case Valued(table, subject, value), Valued(table2, subject2, value2):
                    if (table, subject) == (table2, subject2) and value != value2:
                        return None
                case AfterSteps(indexed, steps), AfterSteps(indexed2, steps2):
                    if indexed.since == indexed2.since and steps != steps2:
                        return None
                case _:
                    pass
    return (*one, *(each for each in other if each not in one))


# ---------------------------------------------------------------- tables, rows and indices


def _looked_up(w: Workspace, table: ir.Table, of: ir.Lookup, subject: ir.Subject) -> tuple[Piece, ...]:
    if table.until_paid is not None or _is_one_for_all(w, table):
        return (Piece((), _whole(w, of)),)
    if table.straight_line:
        raise NoForm(f"{table.name} has a straight line between its points, for each one on its own")
    found = dict.fromkeys(row.value for row in table.rows)
    if len(found) > MOST_PIECES:
        raise NoForm(f"{table.name} has more than {MOST_PIECES} values")
    return tuple(
        Piece((Valued(table.name, subject, value),), ex.NOTHING if value is None else constant(w, value))
        for value in found
    )


def _is_one_for_all(w: Workspace, table: ir.Table) -> bool:
    """Whether a table goes by numbers of the contract as a whole alone."""
    return bool(table.by) and all(isinstance(key, ir.KeyByQuantity) and _is_whole(w, key.quantity) for key in table.by)


def _is_whole(w: Workspace, of: ir.Quantity) -> bool:
    return isinstance(of, ir.Read) and isinstance(w.names.measures[of.measure].subject, ir.Whole)


def _attribute(w: Workspace, flow: int, name: str, unit: ir.Unit, of: ir.Attribute) -> Expression:
    """What the row of each unit carries."""
    axis = ByUnit(flow)
    index = w.index(axis, axis_said(w, axis))
    payment = w.contract.flows[flow].name
    source = ValueOf(of, ir.Whole())

    def made(symbol: str) -> Symbol:
        return Symbol(
            symbol,
            f"the {name} that the row of unit {index} of the {payment} carries",
            unit_text(w, unit),
            of.origin.clause,
            source,
            index,
            short=name,
            signed=unit in (ir.Unit.NUMBER, ir.Unit.PERCENTAGE),
        )

    return w.symbol("a", name, source, index, made)


def _indexed(w: Workspace, of: ir.Indexed, base: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A price for each number of anniversaries that the term has room for."""
    last = max((day for day in (w.contract.last_day, w.contract.last_claim) if day is not None), default=None)
    if last is None:
        raise NoForm("its price follows an index, and the contract has no last day")
    steps, found = 0, list[Piece]()
    while steps == 0 or shift(of.since.toordinal(), 12 * steps, 0) <= last.toordinal():
        factor: Expression = ex.ONE if steps == 0 else _factor(w, of, steps)
        narrowing = AfterSteps(of, steps)
        found += [Piece((*each.narrowed, narrowing), ex.times(each.price, factor)) for each in base]
        steps += 1
        if len(found) > MOST_PIECES:
            raise NoForm(f"it has more than {MOST_PIECES} prices")
    return tuple(found)


def _factor(w: Workspace, of: ir.Indexed, steps: int) -> Expression:
    source = FactorOf(of, steps)
    cap = "" if of.cap is None else ", each rise capped as the contract says"
    said = f"by what {of.figure} multiplies an amount{narrowed(w, (AfterSteps(of, steps),))}{cap}"
    return w.symbol(
        "f",
        f"{of.figure} {steps}",
        source,
        "",
        lambda name: Symbol(name, said, "number", of.origin.clause, source, short=f"{of.figure} {steps}"),
    )


def sum_of_attribute(w: Workspace, flow: int, of: ir.Attribute, narrowing: tuple[Narrowing, ...]) -> AttributeOf:
    return AttributeOf(flow, of.name, narrowing)
