"""The words after the amount of a limit: for whom, in which period, in what order, who bears the rest."""

from __future__ import annotations

from typing import assert_never

from attrs import define

from outcomelang.core import ir
from outcomelang.core.from_surface import payments, subjects
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.limit_choices import dates, excesses, orders
from outcomelang.core.from_surface.limited import Group
from outcomelang.core.scope import Sort
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast


@define
class Terms:
    """What the words after the amount say."""

    per: ir.Subject | None = None
    calendar: str | None = None
    by_claim_date: bool = False
    dated: bool = False
    order: ir.Order | None = None
    names: tuple[str, ...] = ()
    excess: ir.Excess_ | None = None
    excess_to: str | None = None


def subject_of(terms: Terms) -> ir.Subject:
    per = terms.per if terms.per is not None else ir.Whole()
    if terms.calendar is not None and isinstance(per, ir.Whole | ir.PerPerson | ir.PerGroup):
        return ir.PerPeriod(terms.calendar, per)
    return per


def terms_of(e: Elaboration, clause: ast.Limit) -> Terms | None:
    terms = Terms()
    readable = True
    for modifier in clause.modifiers:
        match modifier:
            case ast.ForEachSubject():
                readable = _for_each(e, terms, modifier) and readable
            case ast.InEachPeriod():
                symbol = e.find(modifier.period, "the period of a limit", Sort.PERIOD)
                readable = symbol is not None and readable
                terms.calendar = symbol.name if symbol is not None else None
                terms.by_claim_date = modifier.by_date == "claimed"
                terms.dated = modifier.by_date is not None
            case ast.EarliestFirst():
                terms.order = ir.Order.EARLIEST
            case ast.InTheOrder():
                terms.order, terms.names = ir.Order.IN_ORDER, _ordered(e, modifier)
            case ast.InProportion():
                terms.order = ir.Order.PROPORTION
            case ast.FromTheTotal():
                terms.order = ir.Order.FROM_TOTAL
            case ast.ExcessNotPaid():
                terms.excess = ir.Excess_.NOT_PAID
            case ast.ExcessPaidBy():
                symbol = e.find(modifier.party, "who pays the excess", Sort.PARTY)
                terms.excess, terms.excess_to = ir.Excess_.PAID_BY, symbol.name if symbol is not None else None
            case ast.ExcessCarriedForward():
                terms.excess = ir.Excess_.CARRIED
            case ast.Cite():
                continue
            case _:
                assert_never(modifier)
    return terms if readable else None


def _for_each(e: Elaboration, terms: Terms, modifier: ast.ForEachSubject) -> bool:
    subject = subjects.each(e, modifier.term)
    if isinstance(subject, ir.PerPeriod):
        terms.calendar = subject.calendar
    else:
        terms.per = subject
    return subject is not None


def _ordered(e: Elaboration, modifier: ast.InTheOrder) -> tuple[str, ...]:
    names: list[str] = []
    for term in modifier.names:
        symbol = e.find(term, "the order of a limit", Sort.PARTY, Sort.PAYMENT, Sort.OUTCOME)
        if symbol is None:
            continue
        if symbol.sort is Sort.PARTY:
            names.append(symbol.name)
        else:
            names += payments.named_flows(e, (term,), "the order of a limit")
    return tuple(names)


def leaves_open(
    e: Elaboration, clause: ast.Limit, terms: Terms, flows: tuple[ir.Flow, ...], groups: list[Group]
) -> None:
    """Report what a limit leaves open: the order, the excess, the day that decides the period."""
    limited = {name for group in groups for name in group.flows} or {flow.name for flow in flows}
    if terms.order is None and _compete([flow for flow in flows if flow.name in limited], terms):
        message = "When the limit is reached, it is not said which payments are left out, and somebody bears that."
        e.say("limit-order-missing", clause.span, message, label="in what order?", remedies=orders(clause))
    if terms.excess is None:
        message = "It is not said what happens to what is above the limit."
        other = _another_party(e, [flow for flow in flows if flow.name in limited])
        e.say("limit-excess-missing", clause.span, message, label="and the excess?", remedies=excesses(clause, other))
    if terms.calendar is not None and not terms.dated:
        message = f"It is not said which day decides the {terms.calendar} of a payment."
        e.say("limit-date-missing", clause.span, message, label="by which date?", remedies=dates(clause))
    if terms.excess is ir.Excess_.CARRIED:
        _carried(e, clause, terms)


def _another_party(e: Elaboration, flows: list[ir.Flow]) -> str | None:
    """A party that neither pays nor is paid under the limit."""
    sides = {side for flow in flows for side in (flow.payer, flow.payee)}
    parties = [symbol.name for symbol in e.scope.symbols.values() if symbol.sort is Sort.PARTY]
    joint = any(not isinstance(side, ir.NamedParty) for side in sides)
    return next((name for name in parties if not joint and ir.NamedParty(name) not in sides), None)


def _carried(e: Elaboration, clause: ast.Limit, terms: Terms) -> None:
    """What is carried forward needs a next period, and is an amount of somebody."""
    if terms.calendar is None:
        e.say(
            "nothing-to-carry-into",
            clause.span,
            "What is above this limit can never be paid later: the limit holds once for the whole contract.",
            label="carried forward into what?",
            remedies=(
                Remedy("in each …", "the excess goes into the limit of the next period"),
                Remedy("the excess is not paid", "the provider bears it"),
            ),
        )
    elif terms.order is ir.Order.FROM_TOTAL:
        e.refuse("carrying forward what is taken from the total", clause.span, "the excess is carried forward")


def _compete(flows: list[ir.Flow], terms: Terms) -> bool:
    """Whether two payments could want the same room under a limit."""
    if len(flows) != 1:
        return True
    flow = flows[0]
    single = isinstance(flow.driver, ir.OneEach | ir.EachUnit) and flow.instalments is None
    return not (single and flow.subject in (ir.Whole(), subject_of(terms)))
