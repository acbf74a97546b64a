"""Payments: one driver each, and everything else is read in that driver's subject.

A rate card becomes one flow for each of its lines. `for each THING` counts things; `for each QUANTITY` counts the
quantity, and says what happens to parts of a unit unless it is whole by its construction.
"""

from __future__ import annotations

from collections import Counter
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import drivers, indexing, subjects, windows
from outcomelang.core.from_surface.agreements import guarantee_lines
from outcomelang.core.from_surface.conditions import both, condition
from outcomelang.core.from_surface.context import HOLE, NOBODY, Driven, Elaboration, Scene, name_of
from outcomelang.core.from_surface.literals import constant
from outcomelang.core.from_surface.parties import payer
from outcomelang.core.from_surface.quantities import quantity
from outcomelang.core.from_surface.refs import literal_words
from outcomelang.core.from_surface.rulings import not_on_a_card, rulings, unit_subject
from outcomelang.core.scope import Sort, spelling
from outcomelang.core.types import Kind
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast
from outcomelang.tree import evolve

_EVERY = {"weekly": (0, 7), "monthly": (1, 0), "quarterly": (3, 0), "yearly": (12, 0)}


def shapes(e: Elaboration, file: ast.File) -> None:
    """The flows of each payment clause, known before one payment speaks of another."""
    taken: dict[str, int] = {}
    for clause in file.clauses:
        if isinstance(clause, ast.Payment):
            e.cards[name_of(clause)] = (name_of(clause),)
            taken[name_of(clause)] = 1
        elif isinstance(clause, ast.Guarantee):
            e.cards[name_of(clause)] = guarantee_lines(clause)
            taken[name_of(clause)] = 1
    cards = [clause for clause in file.clauses if isinstance(clause, ast.RateCard)]
    lines = Counter(line_words(e, line.outcome) for card in cards for line in card.lines)
    for card in cards:
        name = name_of(card)
        own = [line_words(e, line.outcome) for line in card.lines]
        e.cards[name] = tuple(w if lines[w] == 1 and w not in taken else f"{name}: {w}" for w in own)


def line_words(e: Elaboration, ref: ast.Ref) -> str:
    """How a line of a rate card is called on the statement: `Settled at 3 months`."""
    symbol = e.scope.find(ref.term.text)
    name = symbol.name if symbol is not None else spelling(ref.term.text)
    return f"{name} at {literal_words(ref.at)}" if ref.at is not None else name


def flows(e: Elaboration, clause: ast.Payment | ast.RateCard) -> tuple[ir.Flow, ...]:
    """The flows of a payment clause."""
    if isinstance(clause, ast.RateCard):
        _doubled_lines(e, clause)
        names = e.cards[name_of(clause)]
        if len(names) != len(clause.lines):  # another payment has taken the name, and that was said
            return ()
        made = [_line(e, clause, line, name) for line, name in zip(clause.lines, names, strict=True)]
        return tuple(flow for flow in made if flow is not None)
    driven = drivers.driven(e, clause)
    if driven is None:
        _read_on(e, clause)
        return ()
    scene = subjects.scene_of(e, driven.subject)
    amount = quantity(e, clause.amount, evolve(scene, pricing=True))
    if amount.kind is not None and amount.kind is not Kind.MONEY:
        _not_money(e, clause, amount.kind)
        amount = HOLE
    not_negative(e, clause.amount)
    return (_flow(e, clause, name_of(clause), amount.quantity, driven, scene, clause.repays),)


def _read_on(e: Elaboration, clause: ast.Payment) -> None:
    """The driver means nothing; the rest is still read, so that its mistakes are said as well."""
    for term, role in ((clause.payer, "who pays"), (clause.payee, "who is paid")):
        e.find(term, role, Sort.PARTY, Sort.JOINT, Sort.GROUP)
    scene = evolve(subjects.scene_of(e, NOBODY), pricing=True)
    quantity(e, clause.amount, scene)
    if clause.when is not None:
        condition(e, clause.when, evolve(scene, pricing=False))


def _doubled_lines(e: Elaboration, clause: ast.RateCard) -> None:
    seen: dict[str, ast.CardLine] = {}
    for line in clause.lines:
        words = line_words(e, line.outcome)
        if words in seen:
            e.say(
                "row-doubled",
                line.span,
                f"{name_of(clause)} has two prices for {words}, and it is not said which one is paid.",
                label="priced again",
                related=((seen[words].span, "priced here first"),),
            )
        seen[words] = line


def _line(e: Elaboration, clause: ast.RateCard, line: ast.CardLine, name: str) -> ir.Flow | None:
    driven = drivers.line(e, line)
    if driven is None:
        return None
    driven = drivers.spread_over(e, driven, clause.spread)
    if driven is None:
        return None
    scene = subjects.scene_of(e, driven.subject)
    not_negative(e, line.price)
    flow = _flow(e, clause, name, constant(e, line.price), driven, scene, False)
    return evolve(flow, origin=e.at(line.span))


def not_negative(e: Elaboration, amount: ast.Expr) -> None:
    """Report an amount of less than nothing."""
    if isinstance(amount, ast.Money) and amount.amount < 0:
        e.say(
            "negative-amount",
            amount.span,
            "An amount of less than nothing would turn payer and payee round without saying so.",
            label="less than nothing",
            remedies=(Remedy("repayment NAME: … repays … £…"),),
        )


def _not_money(e: Elaboration, clause: ast.Payment, kind: Kind) -> None:
    share = kind in (Kind.PERCENTAGE, Kind.POINTS)
    e.say(
        "amount-is-not-money",
        clause.amount.span,
        f"Nobody can pay {kind}: {name_of(clause)} needs an amount of money.",
        label=f"{kind}",
        remedies=(Remedy("… of £…", "a share says of what"),) if share else (Remedy("£… for each …"),),
    )


def _flow(
    e: Elaboration,
    clause: ast.Payment | ast.RateCard,
    name: str,
    amount: ir.Quantity,
    driven: Driven,
    here: Scene,
    repays: bool,
) -> ir.Flow:
    gate = condition(e, clause.when, here) if clause.when is not None else None
    flow = ir.Flow(
        name,
        name_of(clause),
        repays,
        payer(e, clause.payer, "who pays", here),
        payer(e, clause.payee, "who is paid", here),
        amount,
        driven.subject,
        driven.driver,
        both(e, *driven.gates, gate),
        origin=e.at(clause.span),
    )
    if isinstance(clause, ast.Payment):
        flow = evolve(flow, rulings=rulings(e, clause.modifiers, unit_subject(e, flow)))
    else:
        not_on_a_card(e, clause)
    flow = _with_spread(e, flow, clause.spread)
    for modifier in clause.modifiers:
        flow = _with_modifier(e, flow, modifier, here)
    return flow


def _with_spread(e: Elaboration, flow: ir.Flow, spread: ast.Spread | None) -> ir.Flow:
    if isinstance(spread, ast.InAdvance) or (isinstance(spread, ast.InEach) and spread.in_advance):
        _known_beforehand(e, flow, spread)
    match spread:
        case None:
            return flow
        case ast.InEach(_, in_advance):
            return evolve(flow, in_advance=in_advance)
        case ast.InAdvance():
            return evolve(flow, in_advance=True)
        case ast.Instalments(number, every, first):
            months, days = _EVERY[every]
            return evolve(flow, instalments=ir.Instalments(number, months, days, first.day))
        case _:
            assert_never(spread)


def _known_beforehand(e: Elaboration, flow: ir.Flow, spread: ast.Spread) -> None:
    """A lump sum, a head or a period can be paid for in advance; what is counted afterwards cannot."""
    if not isinstance(flow.driver, ir.OneEach):
        e.refuse("payments in advance of what is counted", spread.span, "in advance")


def _with_modifier(e: Elaboration, flow: ir.Flow, modifier: ast.PaymentModifier, here: Scene) -> ir.Flow:
    match modifier:
        case ast.ClaimedWithin(length):
            return evolve(flow, claimed_within=windows.delay(e, length))
        case ast.DueAfter(length, day):
            anchor = windows.anchor(e, day, here) if day is not None else None
            return evolve(flow, due=windows.delay(e, length, anchor))
        case ast.StacksWith(names):
            return evolve(flow, stacks_with=(*flow.stacks_with, *named_flows(e, names, "what is paid beside it")))
        case ast.UpToAmountPaid():
            _bounded_payment(e, flow, modifier)
            return evolve(flow, up_to_paid=True)
        case ast.Indexed():
            return evolve(flow, amount=indexing.indexed(e, modifier, flow.amount))
        case ast.WithheldUntil(day):
            title = f"withheld until {windows.words(day)}"
            return evolve(flow, withheld=ir.Withheld(windows.anchor(e, day, here), title, origin=e.at(modifier.span)))
        case ast.ShownBy(key):
            return evolve(flow, shown_by=_shown_by(e, key))
        case ast.VerifiedBy() | ast.Silence() | ast.EvidencedBy():
            return flow
        case ast.Cite() | ast.PartsInProportion() | ast.InsteadOf() | ast.LessAny():
            return flow
        case _:
            assert_never(modifier)
    return flow


def _shown_by(e: Elaboration, key: ast.Term) -> ir.KeyByGroup | ir.KeyByPeriod | None:
    symbol = e.find(key, "what lines are shown by", Sort.GROUP, Sort.PERIOD)
    if symbol is None:
        return None
    at = e.at(key.span)
    if symbol.sort is Sort.GROUP:
        return ir.KeyByGroup(symbol.name, origin=at)
    return ir.KeyByPeriod(symbol.name, origin=at)


def _bounded_payment(e: Elaboration, flow: ir.Flow, modifier: ast.UpToAmountPaid) -> None:
    if not flow.repays:
        e.say(
            "wrong-kind-of-name",
            modifier.span,
            f"Only a repayment is bounded by what was paid, and {flow.card} is a payment.",
            label="what was paid to whom?",
            remedies=(Remedy("limit …"),),
        )


def named_flows(e: Elaboration, terms: tuple[ast.Term, ...], role: str) -> tuple[str, ...]:
    """The flows of the payments that the terms name, every line of a rate card."""
    names: list[str] = []
    for term in terms:
        symbol = e.find(term, role, Sort.PAYMENT, Sort.OUTCOME)
        if symbol is None:
            continue
        own = e.cards.get(symbol.name) or tuple(
            flow
            for card in e.cards.values()
            for flow in card
            if flow == symbol.name or flow.endswith(f": {symbol.name}")
        )
        if not own:
            e.wrong_sort(term, symbol, role, (Sort.PAYMENT,))
        names += own
    return tuple(names)
