"""What each payment earns before any limit: units at a price, or one amount for each instance of a subject."""

from __future__ import annotations

from fractions import Fraction

from outcomelang.core import ir
from outcomelang.formula import expression as ex
from outcomelang.formula.blocks import Block, Form, Instanced, Lost, Part, Priced
from outcomelang.formula.describing import axis_said
from outcomelang.formula.expression import Expression, Truth
from outcomelang.formula.pricing import pieces
from outcomelang.formula.quantities import expression_of, truth_of, whether
from outcomelang.formula.symbols import BySubject, Named, Symbol, WhetherAnybody
from outcomelang.formula.vanishing import vanishes
from outcomelang.formula.workspace import At, NoForm, Workspace


def earned(w: Workspace, flow: int) -> Block:
    """The block of one payment, before the first stage."""
    of = w.contract.flows[flow]
    payer = of.payee if of.repays else of.payer
    named = payer.party if isinstance(payer, ir.NamedParty) else ""
    try:
        return Block((flow,), _of_those_named(_form(w, flow, of), of), named)
    except NoForm as none:
        return Block((flow,), Lost(none.because, None), named)


def _of_those_named(form: Form, of: ir.Flow) -> Form:
    """Where a group names who pays or is paid, nothing is due for those for whom it names nobody."""
    groups = tuple(Named(side.partition) for side in (of.payer, of.payee) if isinstance(side, ir.PartyOfGroup))
    if not groups:
        return form
    if not isinstance(form, Priced):
        raise NoForm("a group names who pays or is paid, and may name nobody")
    return Priced(tuple(Part(part.flow, (*part.narrowed, *groups), part.price) for part in form.parts))


def _form(w: Workspace, flow: int, of: ir.Flow) -> Form:
    match of.driver:
        case ir.EachUnit() as driver if _is_one_of_few(of.subject) and _is_plain(of):
            try:
                return _measured(w, flow, of, driver)
            except NoForm:
                return _priced(w, flow, of)
        case ir.OneEach() if isinstance(of.subject, ir.PerGroup | ir.PerPeriod | ir.Pooled):
            try:
                return _priced(w, flow, of)
            except NoForm:
                if not _is_plain(of):
                    raise
                return _by_instance(w, flow, of)
        case _:
            return _priced(w, flow, of)


def _is_plain(of: ir.Flow) -> bool:
    """Whether all that is earned is paid: nothing must be said or claimed first, and no amendment tells it apart."""
    return not (of.versions or of.rulings or of.claimed_within or of.instalments)


def _is_one_of_few(subject: ir.Subject) -> bool:
    """The contract, its groups and periods: of these the quantity itself is of interest, and not only its total."""
    match subject:
        case ir.Whole() | ir.Pooled() | ir.PerGroup():
            return True
        case ir.PerPeriod(of=of):
            return isinstance(of, ir.Whole)
        case ir.PerPerson() | ir.PerMember() | ir.PerRow():
            return False


def _priced(w: Workspace, flow: int, of: ir.Flow) -> Form:
    return Priced(
        tuple(
            Part(flow, piece.narrowed, piece.price)
            for piece in pieces(w, flow, of.amount, of.subject)
            if piece.price != ex.NOTHING
        )
    )


# ---------------------------------------------------------------- one amount for each instance


def _instances(w: Workspace, flow: int, of: ir.Flow) -> tuple[At, ...]:
    """Groups stand one by one, as their rows are known; periods share an index."""
    match of.subject:
        case ir.PerGroup(partition):
            return tuple(At(of.subject, row.label) for row in w.names.partitions[partition].rows)
        case ir.PerPeriod():
            axis = BySubject(flow, of.subject)
            return (At(of.subject, index=w.index(axis, axis_said(w, axis))),)
        case _:
            return (At(of.subject),)


def _measured(w: Workspace, flow: int, of: ir.Flow, driver: ir.EachUnit) -> Form:
    bodies: list[Expression] = []
    every = _instances(w, flow, of)
    for at in every:
        count = ex.times(ex.number(driver.scale), expression_of(w, driver.quantity, at))
        if driver.parts == "whole":
            count = ex.rounding(count, "down", Fraction(1))
        bodies.append(_gated(w, of, at, ex.times(count, expression_of(w, of.amount, at))))
    return Instanced(flow, every[0].index if every else "", tuple(bodies))


def _by_instance(w: Workspace, flow: int, of: ir.Flow) -> Form:
    """One unit, 1 or 0, for each instance, at a price that the instance has."""
    bodies: list[Expression] = []
    every = _instances(w, flow, of)
    for at in every:
        price = expression_of(w, of.amount, at)
        bodies.append(_gated(w, of, at, price))
    return Instanced(flow, every[0].index if every else "", tuple(bodies))


def _gated(w: Workspace, of: ir.Flow, at: At, amount: Expression) -> Expression:
    """Nothing where the gate is not met, where nobody belongs to a group, or where something that the amount rests on
    has no value."""
    conditions: list[Truth] = []
    if of.gate is not None:
        gate = At(at.subject, at.label, at.index)
        try:
            met = truth_of(w, of.gate, gate)
        except NoForm:
            amount = ex.times(whether(w, of.gate, at), amount)
        else:
            conditions += [*gate.needs, met]
    if isinstance(at.subject, ir.PerGroup | ir.Pooled) and not vanishes(w, amount):
        conditions.insert(0, ex.Relation(_anybody(w, of, at), "==", ex.ONE))
    conditions = list(dict.fromkeys([*at.needs, *conditions]))
    if not conditions:
        return amount
    return ex.cases([(ex.All(tuple(conditions)) if len(conditions) > 1 else conditions[0], amount)])


def _anybody(w: Workspace, of: ir.Flow, at: At) -> Expression:
    """1 where somebody belongs to a group: of a group of nobody nothing is paid."""
    source = WhetherAnybody(at.subject, at.label)
    of_whom = at.label or "what is pooled"
    said, clause = f"1 where anybody belongs to {of_whom}, otherwise 0", of.origin.clause
    short = f"anybody {at.label}".strip()
    return w.symbol(
        "b", short, source, "", lambda name: Symbol(name, said, "0 or 1", clause, source, short=short, whole=True)
    )
