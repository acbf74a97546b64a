"""What one more outcome is worth, where each limit binds and what is due without any outcome, as formulas.

Everything here is read off the formulas of `outcomelang.formula`; nothing is tried on a log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import declared
from outcomelang.exposure.polarity import Polarity, Way
from outcomelang.formula import expression as ex
from outcomelang.formula.deriving import Formulas, Without, formulas
from outcomelang.formula.evaluating import Values, value
from outcomelang.formula.expression import Expression
from outcomelang.formula.marginal import free_index, holds_symbol, marginal, put, turning
from outcomelang.formula.symbols import AttributeOf, Symbol, UnitsOf, ValueOf


@frozen
class Marginal:
    """What one more of `symbol` adds to what is due, in the major unit: `price`, piece by piece.

    `jumps` are comparisons that hold the symbol: where one of them comes to hold, the amount can jump besides.
    `before_limits`: what is due has no closed form, and this is what the payment itself adds, before any limit.
    """

    symbol: Symbol
    price: Expression
    jumps: tuple[ex.Relation, ...]
    before_limits: bool = False


@frozen
class Alone:
    """From how many of `symbol` on a limit binds if nothing else is earned under it."""

    symbol: Symbol
    number: Fraction


@frozen
class Binding:
    """A limit and where it binds: from `reached` ≥ `room` on. `index` names of whom or when, where it is one for each.

    `stage` is the limit in the contract, where its amount tells which it is.
    """

    stage: ir.MoneyLimit | ir.CountLimit | None
    reached: Expression
    room: Expression
    index: str
    alone: tuple[Alone, ...]


@frozen
class Alias:
    """A short name for the amount that a limit is set against, so that what is said of it can be read."""

    name: str
    of: Expression


@frozen
class Symbolic:
    """`whole` is what everything comes to, as far as it has a closed form: all of it, where `without` is empty.

    `outcomes` are the symbols that rise when somebody's life goes better; with none of each, `idle` is due. `unclear`
    are those of which that cannot be told: they stay as they are in `idle`.
    """

    contract: ir.Contract
    formulas: Formulas
    whole: Expression
    without: tuple[Without, ...]
    marginals: tuple[Marginal, ...]
    limits: tuple[Binding, ...]
    outcomes: tuple[Symbol, ...]
    unclear: tuple[Symbol, ...]
    idle: Expression


def symbolic(contract: ir.Contract) -> Symbolic:
    """Read off the formulas of a contract."""
    found = formulas(contract)
    whole, without = _whole(found)
    symbols = tuple(each for each in found.symbols if holds_symbol(whole, each.name))
    ways = {each.name: _way(contract, each) for each in symbols}
    outcomes = tuple(each for each in symbols if ways[each.name] is Way.RISES)
    return Symbolic(
        contract=contract,
        formulas=found,
        whole=whole,
        without=without,
        marginals=(*_marginals(whole, symbols, False), *_earned_alone(found, whole)),
        limits=tuple(_bindings(contract, whole, symbols)),
        outcomes=outcomes,
        unclear=tuple(each for each in symbols if ways[each.name] in (Way.FALLS, Way.EITHER)),
        idle=put(whole, {each.name: Fraction(0) for each in outcomes}),
    )


def _whole(found: Formulas) -> tuple[Expression, tuple[Without, ...]]:
    """Everything; or else all that has a closed form, of the rest up to the step from which on it has none."""
    if found.total is not None:
        return found.total, ()
    parts = [each.due for each in found.payments if each.due is not None] + [each.due for each in found.shared]
    covered = {each.name for each in found.payments if each.due is not None}
    covered |= {name for each in found.shared for name in each.payments}
    for each in found.without:
        if each.before is not None and covered.isdisjoint(each.payments):
            covered |= set(each.payments)
            parts.append(each.before)
    return ex.plus(*parts), found.without


def _marginals(of: Expression, symbols: Iterable[Symbol], before_limits: bool) -> Iterator[Marginal]:
    for each in symbols:
        if _counts(each):
            yield Marginal(each, marginal(of, each.name), turning(of, each.name), before_limits)


def _earned_alone(found: Formulas, whole: Expression) -> Iterator[Marginal]:
    """Of payments that stand in no closed form: what they earn by themselves."""
    for payment in found.payments:
        if payment.earned is not None and payment.due is None:
            held = {ref.symbol for ref in ex.refs(payment.earned)} - {ref.symbol for ref in ex.refs(whole)}
            if held:
                yield from _marginals(payment.earned, (each for each in found.symbols if each.name in held), True)


def _counts(symbol: Symbol) -> bool:
    """Whether one more of it can be thought of: a number or a sum, no rate and no yes or no."""
    return isinstance(symbol.source, UnitsOf | AttributeOf) or (
        isinstance(symbol.source, ValueOf) and symbol.unit == "number"
    )


def _way(contract: ir.Contract, symbol: Symbol) -> Way:
    """Whether it rises when somebody's life goes better."""
    ways = Polarity(declared(contract))
    match symbol.source:
        case UnitsOf(flow) | AttributeOf(flow):
            paid = contract.flows[flow]
            gate = ways.condition(paid.gate) if paid.gate is not None else Way.STAYS
            return gate if (way := ways.driver(paid.driver)) is Way.STAYS else way
        case ValueOf(quantity):
            return ways.quantity(quantity)
        case _:
            return Way.STAYS


# ---------------------------------------------------------------- limits


def aliases(of: Symbolic) -> tuple[Alias, ...]:
    """A name for each sum that a limit is set against, the longest first."""
    sums = dict.fromkeys(each.reached for each in of.limits if not isinstance(each.reached, ex.Ref))
    named = [Alias(f"earned_{number}", each) for number, each in enumerate(sums, 1)]
    return tuple(named)


def _bindings(contract: ir.Contract, whole: Expression, symbols: tuple[Symbol, ...]) -> Iterator[Binding]:
    """Every least of an amount that is earned and one that is not."""
    counted = {each.name for each in symbols if isinstance(each.source, UnitsOf | AttributeOf)}
    seen: set[Expression] = set()
    for each in ex.every(whole):
        if not isinstance(each, ex.Least) or each in seen:
            continue
        seen.add(each)
        earned = [part for part in each.parts if any(ref.symbol in counted for ref in ex.refs(part))]
        rooms = [part for part in each.parts if part not in earned]
        if earned and rooms:
            reached, room = ex.least(*earned), ex.least(*rooms)
            alone = tuple(_alone(reached, room, symbols))
            yield Binding(_stage(contract, room), reached, room, free_index(reached), alone)


def _stage(contract: ir.Contract, room: Expression) -> ir.MoneyLimit | ir.CountLimit | None:
    """The limit of this amount, where there is one and no other."""
    if not isinstance(room, ex.Number):
        return None
    minor = Fraction(10) ** contract.minor_digits
    alike = [stage for stage in contract.stages if _is_of(stage, room.value, minor)]
    found = alike[0] if len(alike) == 1 else None
    return found if isinstance(found, ir.MoneyLimit | ir.CountLimit) else None


def _is_of(stage: ir.Stage, room: Fraction, minor: Fraction) -> bool:
    match stage:
        case ir.MoneyLimit(most=ir.Const(Fraction() as most)):
            return most == room * minor
        case ir.MoneyLimit(most=ir.ContractValue()):
            return True
        case ir.CountLimit(most=ir.Const(Fraction() as most)):
            return most == room
        case _:
            return False


def _alone(reached: Expression, room: Expression, symbols: tuple[Symbol, ...]) -> Iterator[Alone]:
    """How many of each fill a limit by themselves, where what is earned rises with them in a straight line."""
    if not isinstance(room, ex.Number):
        return
    for each in symbols:
        price = marginal(reached, each.name)
        if not isinstance(price, ex.Number) or price.value <= 0:
            continue
        others = {ref.symbol: Fraction(0) for ref in ex.refs(reached)}
        if value(put(reached, others), Values({})) == 0:
            number = room.value / price.value
            yield Alone(each, Fraction(-(-number.numerator // number.denominator)) if each.whole else number)
