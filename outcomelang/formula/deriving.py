"""From a contract to its formulas: what each payment earns, what is due of it, and what has no closed form, and why."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve as evolved
from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import declared
from outcomelang.formula import expression as ex
from outcomelang.formula.blocks import Block, Lost, amount, bounded
from outcomelang.formula.describing import axis_said, limit_named
from outcomelang.formula.earning import earned
from outcomelang.formula.expression import Expression
from outcomelang.formula.limits import names_of
from outcomelang.formula.naming import fresh
from outcomelang.formula.stages import applied
from outcomelang.formula.symbols import Index, Symbol
from outcomelang.formula.workspace import NoForm, Workspace
from outcomelang.tree import evolve


@frozen
class Without:
    """What has no closed form, from which step of the calculation on, and why. `payments`: of which alone, or (several)
    together.

    `before` is the formula up to that step, with all steps until there; None: there is none, or it is said elsewhere.
    `stage` is the place of the step among the stages of the contract.
    """

    payments: tuple[str, ...]
    step: str
    clause: str
    because: str
    before: Expression | None = None
    stage: int | None = None


@frozen
class PaymentFormula:
    """What one payment comes to, in the major unit; a repayment is negative.

    `earned` is before every limit, rounding and relation to other payments. `due` is after all of them; None: it has
    no closed form of its own, and `Formulas.without` says why. `shared` names the payments with which it has one.
    """

    name: str
    clause: str
    earned: Expression | None
    due: Expression | None
    shared: tuple[str, ...] = ()


@frozen
class SharedFormula:
    """What several payments come to together, where a limit joins them; or a line that a limit takes from a total.

    `lines` are the titles of such lines that stand in the sum with the payments.
    """

    payments: tuple[str, ...]
    title: str
    clause: str
    due: Expression
    lines: tuple[str, ...] = ()


@frozen
class Formulas:
    """The algebra of a contract. `total` is what all payments come to; None: some part of it has no closed form.

    `symbols` and `indices` are those that some expression holds.
    """

    contract: ir.Contract
    payments: tuple[PaymentFormula, ...]
    shared: tuple[SharedFormula, ...]
    total: Expression | None
    symbols: tuple[Symbol, ...]
    indices: tuple[Index, ...]
    without: tuple[Without, ...]
    partial: bool = False
    """Whether payments were left out: then there is no total."""

    @property
    def says_total_elsewhere(self) -> bool:
        """Whether the total is the formula of one payment, or of several together."""
        alone = [each.due for each in self.payments]
        return self.total is not None and self.total in (*alone, *(each.due for each in self.shared))

    def shown(self) -> tuple[Symbol, ...]:
        """The symbols of what a page shows: what is due where that has a closed form, else what is earned."""
        held = [each.earned if each.due is None else each.due for each in self.payments]
        held += [self.total, *(each.due for each in self.shared), *(each.before for each in self.without)]
        names = {ref.symbol for each in held if each is not None for ref in ex.refs(each)}
        return tuple(each for each in self.symbols if each.name in names)

    def payment(self, name: str) -> PaymentFormula:
        """The formula of a payment; `KeyError` where there is none of the name."""
        for each in self.payments:
            if each.name == name:
                return each
        raise KeyError(name)

    def symbol(self, name: str) -> Symbol:
        """A symbol by its name; `KeyError` where there is none."""
        for each in self.symbols:
            if each.name == name:
                return each
        raise KeyError(name)


def formulas(contract: ir.Contract, kept: Iterable[str] = ()) -> Formulas:
    """The algebra of a contract, from its core alone.

    Measures and tables that are `kept` stay symbols of their own; all others are written out down to what is counted.
    """
    w = Workspace(declared(contract), frozenset(kept))
    begun = [bounded(earned(w, place), None) for place in range(len(contract.flows))]
    blocks = begun
    for place in range(len(contract.stages)):
        blocks = [bounded(block, place) for block in applied(w, place, blocks)]
    names = tuple(dict.fromkeys(flow.name for flow in contract.flows))
    payments = tuple(_payment(w, name, begun, blocks) for name in names)
    shared = tuple(_shared(w, blocks))
    total = _total(w, blocks)
    without = tuple(_without(w, begun, blocks))
    indices = tuple(evolve(index, said=axis_said(w, index.axis)) for index in w.indices.values())
    return _named(_known(Formulas(contract, payments, shared, total, tuple(w.symbols.values()), indices, without)))


def _named(of: Formulas) -> Formulas:
    """With names that take no account of symbols which no formula holds in the end."""
    names: dict[str, str] = {}
    for each in of.symbols:
        taken = set(names.values())
        plain = fresh(each.name[0], each.short, ())
        more = f" by {each.index}" if each.index and plain in taken else ""
        names[each.name] = fresh(each.name[0], each.short + more, taken)

    def over(formula: Expression | None) -> Expression | None:
        return None if formula is None else ex.renamed(formula, names)

    return evolved(
        of,
        payments=tuple(evolved(each, earned=over(each.earned), due=over(each.due)) for each in of.payments),
        shared=tuple(evolved(each, due=ex.renamed(each.due, names)) for each in of.shared),
        total=over(of.total),
        without=tuple(evolved(each, before=over(each.before)) for each in of.without),
        symbols=tuple(evolve(each, name=names[each.name]) for each in of.symbols),
    )


def only(of: Formulas, payments: tuple[str, ...]) -> Formulas:
    """What concerns these payments: their own formulas, those they have with others, and the symbols of these."""
    names = set(payments)
    return _known(
        evolved(
            of,
            payments=tuple(each for each in of.payments if each.name in names),
            shared=tuple(each for each in of.shared if set(each.payments) & names),
            total=None,
            without=tuple(each for each in of.without if set(each.payments) & names),
            partial=True,
        )
    )


def _known(of: Formulas) -> Formulas:
    """With the symbols and indices that stand in some expression, in the order in which they are read."""
    held = [each for p in of.payments for each in (p.due, p.earned)] + [each.due for each in of.shared]
    held += [each.before for each in of.without]
    used = [ref.symbol for each in (*held, of.total) if each is not None for ref in ex.refs(each)]
    place = {name: number for number, name in reversed([*enumerate(used)])}
    symbols = tuple(sorted((each for each in of.symbols if each.name in place), key=lambda each: place[each.name]))
    indexed = {symbol.index for symbol in symbols}
    symbols = tuple(sorted(symbols, key=lambda each: each.index != ""))
    return evolved(of, symbols=symbols, indices=tuple(index for index in of.indices if index.name in indexed))


# ---------------------------------------------------------------- payments


def _payment(w: Workspace, name: str, begun: list[Block], blocks: list[Block]) -> PaymentFormula:
    flow = next(flow for flow in w.contract.flows if flow.name == name)
    own = [block for block in begun if names_of(w, block) == (name,)]
    joined = next(names for names in _joined(w, blocks) if name in names)
    left = [block for block in blocks if block.flows and name in names_of(w, block)]
    alone = len(joined) == 1 and not any(block.lines for block in left)
    return PaymentFormula(
        name, flow.origin.clause, _sum(w, own), _sum(w, left) if alone else None, () if alone else joined
    )


def _sum(w: Workspace, blocks: list[Block]) -> Expression | None:
    """What blocks come to; a repayment is taken off."""
    parts: list[Expression] = []
    for block in blocks:
        try:
            found = amount(w, block)
        except NoForm:
            return None
        back = any(w.contract.flows[each].repays for each in block.flows)
        parts.append(ex.times(ex.number(-1), found) if back else found)
    return ex.plus(*parts)


def _total(w: Workspace, blocks: list[Block]) -> Expression | None:
    """What everything comes to. A sum and the line that a limit takes from just this sum are the lesser of the two."""
    lines = [block for block in blocks if not block.flows]
    rest = _sum(w, [block for block in blocks if block.flows])
    room = lines[0].room if len(lines) == 1 else None
    if rest is not None and room is not None and _sum(w, lines) == ex.least(ex.less(room, rest), ex.NOTHING):
        return ex.least(rest, room)
    return _sum(w, blocks)


def _shared(w: Workspace, blocks: list[Block]) -> list[SharedFormula]:
    """What is joined by limits, each as one sum; and every line that a limit takes from a total."""
    shared: list[SharedFormula] = []
    for names in _joined(w, blocks):
        own = [block for block in blocks if block.flows and set(names_of(w, block)) <= set(names)]
        due, lines = _sum(w, own), tuple(dict.fromkeys(line for block in own for line in block.lines))
        if due is not None and (len(names) > 1 or lines):
            shared.append(SharedFormula(names, "", "", due, lines))
    for block in blocks:
        due = None if block.flows else _sum(w, [block])
        if due is not None:
            shared.append(SharedFormula((), block.title, block.clause, due))
    return shared


def _joined(w: Workspace, blocks: list[Block]) -> tuple[tuple[str, ...], ...]:
    """The payments in as few groups as keep those of one block together, in the order of the contract."""
    group = {flow.name: number for number, flow in enumerate(w.contract.flows)}
    for block in blocks:
        together = {group[name] for name in names_of(w, block)} if block.flows else set()
        group = {name: min(together) if number in together else number for name, number in group.items()}
    members: dict[int, list[str]] = {}
    for name, number in group.items():
        members.setdefault(number, []).append(name)
    return tuple(tuple(names) for names in members.values())


# ---------------------------------------------------------------- what has none


def _without(w: Workspace, begun: list[Block], blocks: list[Block]) -> list[Without]:
    """Each reason once, with what all of a payment that it stops came to until there."""
    found: dict[Without, list[Expression | None]] = {}
    for block in (*begun, *blocks):
        if isinstance(block.form, Lost):
            one = _lost(w, block, block.form)
            found.setdefault(evolved(one, before=None), []).append(one.before)
    reasons = [
        evolved(
            each, before=ex.plus(*known) if len(known := [b for b in before if b is not None]) == len(before) else None
        )
        for each, before in found.items()
    ]
    return reasons + [
        _each_of(w, b) for b in blocks if not isinstance(b.form, Lost) and (len(names_of(w, b)) > 1 or b.lines)
    ]


def _lost(w: Workspace, block: Block, form: Lost) -> Without:
    if form.stage is None:
        flow = w.contract.flows[block.flows[0]]
        return Without(names_of(w, block), "what it earns", flow.origin.clause, form.because)
    stage = w.contract.stages[form.stage]
    before = None if form.before is None else _sum(w, [evolved(block, form=form.before)])
    return Without(names_of(w, block), limit_named(stage), stage.origin.clause, form.because, before, form.stage)


def _each_of(w: Workspace, block: Block) -> Without:
    """Payments that have one sum: who goes short is decided entry by entry."""
    because = "they share what there is, and who goes short is decided entry by entry, by days"
    return Without(names_of(w, block), "how it is shared among them", "", because)
