"""What stages act on: payments whose amounts stand as one expression, as far as they can still be told apart."""

from __future__ import annotations

from typing import assert_never

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.formula import expression as ex
from outcomelang.formula.describing import axis_said, narrowed, shortly, units_said
from outcomelang.formula.expression import Expression
from outcomelang.formula.signs import positive_quantity
from outcomelang.formula.size import is_manageable
from outcomelang.formula.symbols import (
    AmountsOf,
    AttributeOf,
    Axis,
    ByUnit,
    ByUnitsOf,
    Narrowing,
    Symbol,
    UnitsOf,
    ValueOf,
)
from outcomelang.formula.wholeness import is_whole
from outcomelang.formula.workspace import NoForm, Workspace


@frozen
class Part:
    """Units of a payment that share a price; the price may hold what the row of each unit carries."""

    flow: int
    narrowed: tuple[Narrowing, ...]
    price: Expression


@frozen
class Priced:
    """Units at a price: how many there are can be told for anybody and any period."""

    parts: tuple[Part, ...]


@frozen
class Instanced:
    """One amount for each instance of a subject: the bodies are added, and over the index where there is one."""

    flow: int
    index: str
    bodies: tuple[Expression, ...]


@frozen
class Settled:
    """`price` times `body`, one for each key of an axis; from here on the amount of a key is one whole."""

    axis: Axis | None
    index: str
    body: Expression
    price: Expression = ex.ONE
    measured: bool = False


@frozen
class Lost:
    """No closed form from the stage on; `stage` is its place (None: before the first), `before` the form till there."""

    because: str
    stage: int | None
    before: Priced | Instanced | Settled | None = None


Form = Priced | Instanced | Settled | Lost


@frozen
class Block:
    """`flows` are places in the contract; none: a line that a limit adds, called `title`. `mode`: each amount is
    rounded so. `payer` where only one party's part is meant."""

    flows: tuple[int, ...]
    form: Form
    payer: str = ""
    mode: tuple[str, int] | None = None
    title: str = ""
    clause: str = ""
    room: Expression | None = None
    """Of a line that a limit takes from one sum: how much there is."""
    lines: tuple[str, ...] = ()
    """Titles of such lines that a later limit has put into one sum with payments."""


def bounded(block: Block, stage: int | None) -> Block:
    """A block, or why its formula would be of no use: too long, too deep."""
    match block.form:
        case Lost():
            return block
        case Priced(parts):
            held: tuple[Expression, ...] = tuple(part.price for part in parts)
        case Instanced(_, _, bodies):
            held = bodies
        case Settled(_, _, body, price):
            held = body, price
        case _:
            assert_never(block.form)
    if all(map(is_manageable, held)):
        return block
    return evolve(block, form=Lost("written out it would be too long for anybody to read", stage))


def lost(block: Block, because: str, stage: int) -> Block:
    """A block from a stage on at which its closed form ends."""
    if isinstance(block.form, Lost):
        return block
    return evolve(block, form=Lost(because, stage, block.form))


def amount(w: Workspace, block: Block) -> Expression:
    """What a block comes to."""
    return at(w, block, None)


def at(w: Workspace, block: Block, axis: Axis | None) -> Expression:
    """What a block comes to for one key of an axis (None: in all); `NoForm` where it is no longer told apart so."""
    match block.form:
        case Lost(because):
            raise NoForm(because)
        case Priced(parts):
            return ex.plus(*(_of_part(w, part, axis, block.mode) for part in parts))
        case Instanced(flow, index, bodies):
            if axis is not None:
                return _amounts(w, flow, (), axis, block.mode)
            return ex.plus(*(ex.total(index, body) if index else body for body in bodies))
        case Settled(own, index, body, price):
            if axis == own:
                return ex.times(price, body)
            if axis is None:
                return ex.times(price, ex.total(index, body))
            raise NoForm("an earlier limit is shared out by other people or periods than this one")


# ---------------------------------------------------------------- units at a price


def _of_part(w: Workspace, part: Part, axis: Axis | None, mode: tuple[str, int] | None) -> Expression:
    if mode is not None and not _is_rounded_by_price(w, part, mode):
        return _parts_rounded(w, part, axis, mode)
    price = each_rounded(w, part.price, mode)
    if not _held(w, price):
        return ex.times(price, units(w, part.flow, part.narrowed, axis))
    terms = price.parts if isinstance(price, ex.Plus) else (price,)
    linear = [_linear(w, term) for term in terms]
    if all(each is not None for each in linear):
        return ex.plus(*(_summed(w, part, axis, *each) for each in linear if each is not None))
    if axis is None and not part.narrowed:
        return ex.total(w.index(ByUnit(part.flow), ""), price)
    return _amounts(w, part.flow, part.narrowed, axis, mode)


def _is_rounded_by_price(w: Workspace, part: Part, mode: tuple[str, int]) -> bool:
    """Whether an amount rounded is so many times its price rounded. An amount for several units, or for parts of one,
    is rounded as a whole."""
    driver = w.contract.flows[part.flow].driver
    if not isinstance(driver, ir.EachUnit):
        return True
    return driver.parts != "proportion" and is_whole(w, part.price, w.step(mode[1]))


def _parts_rounded(w: Workspace, part: Part, axis: Axis | None, mode: tuple[str, int]) -> Expression:
    """Each amount rounded: of the contract or a pool there is one, of others one for each that is earned."""
    if axis is not None or _held(w, part.price):
        return _amounts(w, part.flow, part.narrowed, axis, mode)
    if isinstance(w.contract.flows[part.flow].subject, ir.Whole | ir.Pooled):
        return each_rounded(w, ex.times(part.price, units(w, part.flow, part.narrowed, None)), mode)
    one = ByUnit(part.flow, part.narrowed)
    earned = each_rounded(w, ex.times(part.price, units(w, part.flow, part.narrowed, one)), mode)
    return ex.total(w.index(one, axis_said(w, one)), earned)


def each_rounded(w: Workspace, price: Expression, mode: tuple[str, int] | None) -> Expression:
    if mode is None:
        return price
    step = w.step(mode[1])
    return price if is_whole(w, price, step) else ex.rounding(price, mode[0], step)


def _held(w: Workspace, price: Expression) -> list[Symbol]:
    """The attributes of the row of each unit that a price holds."""
    every = {symbol.name: symbol for symbol in w.symbols.values()}
    found = [every[ref.symbol] for ref in ex.refs(price)]
    return [s for s in found if isinstance(s.source, ValueOf) and isinstance(s.source.quantity, ir.Attribute)]


def _linear(w: Workspace, term: Expression) -> tuple[Expression, Symbol | None] | None:
    """A factor and the one attribute that it multiplies (None: it multiplies the unit itself)."""
    held = _held(w, term)
    if not held:
        return term, None
    factors = term.parts if isinstance(term, ex.Times) else (term,)
    if len(held) > 1 or held[0].ref not in factors:
        return None
    return ex.times(*(factor for factor in factors if factor != held[0].ref)), held[0]


def _summed(w: Workspace, part: Part, axis: Axis | None, factor: Expression, attribute: Symbol | None) -> Expression:
    if attribute is None:
        return ex.times(factor, units(w, part.flow, part.narrowed, axis))
    flow, name = w.contract.flows[part.flow], attribute.short
    source = AttributeOf(part.flow, name, part.narrowed)
    said = f"the sum of {name} over {units_said(w, flow).removeprefix('the number of ')}"
    symbol = _symbol(w, "a", f"{name} {flow.name}", source, axis, said, attribute.unit)
    return ex.times(factor, symbol)


def units(w: Workspace, flow: int, narrowing: tuple[Narrowing, ...], axis: Axis | None) -> Expression:
    """How many units of a payment there are."""
    of, source = w.contract.flows[flow], UnitsOf(flow, narrowing)
    return _symbol(w, "n", _base(w, of, narrowing), source, axis, units_said(w, of), "number")


def _every(w: Workspace, axis: Axis) -> str:
    return "" if isinstance(axis, ByUnitsOf) else axis_said(w, axis).removeprefix("each ")


def _base(w: Workspace, of: ir.Flow, narrowing: tuple[Narrowing, ...]) -> str:
    """A short name: the payment, and of what its units are told apart by as much as is short itself."""
    name = f"{of.name} {of.amendment}" if of.amendment else of.name
    more = [short for each in narrowing if (short := shortly(w, each))]
    return " ".join([name, *more]) if sum(map(len, more)) <= _SHORT else name


_SHORT = 40


def _amounts(
    w: Workspace, flow: int, narrowing: tuple[Narrowing, ...], axis: Axis | None, mode: tuple[str, int] | None
) -> Expression:
    """What a payment earns, as a symbol of its own."""
    of = w.contract.flows[flow]
    source = AmountsOf(flow, narrowing, *mode) if mode is not None else AmountsOf(flow, narrowing)
    how = ", each amount rounded" if mode is not None else ""
    said = f"what the {of.name} earns before any limit{how}"
    return _symbol(w, "a", of.name, source, axis, said, w.contract.currency)


_OfUnits = UnitsOf | AttributeOf | AmountsOf


def _symbol(
    w: Workspace, letter: str, base: str, source: _OfUnits, axis: Axis | None, said: str, unit: str
) -> Expression:
    """A symbol for something of the units of a payment, in all or for one key of an axis."""
    flow = w.contract.flows[source.flow]
    index = w.index(axis, axis_said(w, axis)) if axis is not None else ""
    measured = isinstance(flow.driver, ir.EachUnit) or flow.instalments is not None
    of_each = f", for {_every(w, axis)} {index}".replace("  ", " ") if axis is not None else ""
    means = f"{said}{narrowed(w, source.narrowed)}{of_each}"
    signed = isinstance(flow.driver, ir.EachUnit) and not positive_quantity(w.names, flow.driver.quantity)
    whole, clause = isinstance(source, UnitsOf) and not measured, flow.origin.clause

    def made(name: str) -> Symbol:
        return Symbol(name, means, unit, clause, source, index, short=base, whole=whole, signed=signed)

    return w.symbol(letter, base, source, index, made)
