"""Limits: how many things, or how much money, at most; for whom, in which period, in what order, who bears the rest."""

from __future__ import annotations

from collections import Counter
from heapq import heappop, heappush
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import payments, subjects
from outcomelang.core.from_surface.context import Elaboration, listed
from outcomelang.core.from_surface.limit_terms import Terms, leaves_open, subject_of, terms_of
from outcomelang.core.from_surface.limited import Group, limited
from outcomelang.core.from_surface.quantities import quantity, share
from outcomelang.core.from_surface.rounding import span_of
from outcomelang.core.scope import Sort
from outcomelang.core.types import Kind
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast
from outcomelang.tree import evolve


def limit(e: Elaboration, clause: ast.Limit, flows: tuple[ir.Flow, ...]) -> tuple[ir.Stage, ...]:
    """The stages of a limit clause: one, or one for each line of a rate card."""
    terms = terms_of(e, clause)
    groups = limited(e, clause, flows)
    if terms is None or groups is None:
        return ()
    if clause.basis == "paid":
        return _of_what_was_paid(e, clause, terms, groups, flows)
    most = quantity(e, _counted(e, clause), subjects.scene_of(e, subject_of(terms)))
    if most.kind is None:
        return ()
    payments.not_negative(e, clause.to)
    of_money = most.kind is Kind.MONEY
    if not of_money and most.kind not in (Kind.NUMBER, Kind.DAY_COUNT):
        _no_limit(e, clause, most.kind)
        return ()
    leaves_open(e, clause, terms, flows, groups)
    if any(0 < len(e.repaying.intersection(group.flows)) < len(group.flows) for group in groups):
        e.refuse("limits on payments and repayments together", clause.span, "limit … and …")
    if of_money:
        return tuple(_money(e, clause, terms, group, most.quantity) for group in groups)
    return tuple(_number(e, clause, terms, group, flows, most.quantity) for group in groups)


def _of_what_was_paid(
    e: Elaboration, clause: ast.Limit, terms: Terms, groups: list[Group], flows: tuple[ir.Flow, ...]
) -> tuple[ir.Stage, ...]:
    """`20% of the Core Fee paid`: a share of what other payments come to for the same subject and period."""
    if not isinstance(clause.to, ast.Portion) or not isinstance(clause.to.of, ast.Ref):
        e.say(
            "share-of-what-is-paid",
            clause.to.span,
            "It is not said of which payment this is a share.",
            label="of what that is paid?",
            remedies=(Remedy("limit … to 20% of PAYMENT paid", "a share of what that payment comes to"),),
        )
        return ()
    most = share(e, clause.to.share, subjects.scene_of(e, subject_of(terms)))
    paid = payments.named_flows(e, (clause.to.of.term,), "what a share is taken of")
    if most.kind is None or not paid:
        return ()
    leaves_open(e, clause, terms, flows, groups)
    made = tuple(_money(e, clause, terms, group, most.quantity) for group in groups)
    return tuple(evolve(stage, share_of=paid) for stage in made)


def of_what_was_paid_in_order(e: Elaboration, found: list[ir.MoneyLimit]) -> list[ir.MoneyLimit]:
    """Limits at a share of what was paid, each after those that bound what it is a share of; circles are reported."""
    bounding = Counter(name for stage in found for name in _bounded(stage))
    waiting: dict[str, list[int]] = {}
    missing = [0] * len(found)
    for place, stage in enumerate(found):
        for name in {*stage.share_of, _ALL}:
            if bounding[name]:
                waiting.setdefault(name, []).append(place)
                missing[place] += 1
    ready = [place for place, count in enumerate(missing) if not count]
    ordered: list[int] = []
    while ready:  # of those that may stand next, the first in the text does
        ordered.append(heappop(ready))
        for name in _bounded(found[ordered[-1]]):
            bounding[name] -= 1
            for place in waiting.get(name, ()) if not bounding[name] else ():
                missing[place] -= 1
                if not missing[place]:
                    heappush(ready, place)
    if len(ordered) < len(found):
        _circle(e, next(stage for stage, count in zip(found, missing, strict=True) if count))
        return found
    return [found[place] for place in ordered]


_ALL = ""
"""Stands for every payment: no payment has such a name."""


def _bounded(stage: ir.MoneyLimit) -> set[str]:
    """The payments that a limit bounds."""
    return set(stage.flows) or {_ALL}


def _circle(e: Elaboration, stage: ir.MoneyLimit) -> None:
    e.cite = stage.origin.clause
    e.say(
        "limit-in-a-circle",
        span_of(stage.origin),
        f"Nobody can work out the {stage.title}: what it leaves decides how much it may leave.",
        label="a share of what it bounds itself",
        remedies=(
            Remedy("limit PAYMENT to 20% of ANOTHER PAYMENT paid", "names what is not itself under the limit"),
            Remedy("limit … to £…", "an amount"),
        ),
    )


def _no_limit(e: Elaboration, clause: ast.Limit, kind: Kind) -> None:
    e.say(
        "amount-is-not-money",
        clause.to.span,
        f"A limit is an amount of money or a number of things, and this is {kind}.",
        label=f"{kind}",
    )


def _counted(e: Elaboration, clause: ast.Limit) -> ast.Expr:
    """`70% of Job Entries achieved`: the name after `of` is counted."""
    if clause.basis == "achieved" and isinstance(clause.to, ast.Portion) and isinstance(clause.to.of, ast.Ref):
        ref = clause.to.of
        return evolve(clause.to, of=ast.Count(ast.Select(ref, span=ref.span), span=ref.span))
    return clause.to


# ---------------------------------------------------------------- the stages


def _number(
    e: Elaboration, clause: ast.Limit, terms: Terms, group: Group, flows: tuple[ir.Flow, ...], most: ir.Quantity
) -> ir.CountLimit:
    if terms.order in (ir.Order.PROPORTION, ir.Order.FROM_TOTAL):
        e.refuse("limits on a number of things in proportion", clause.span, f"limit … {terms.order}")
    measured = [f for f in flows if isinstance(f.driver, ir.EachUnit) and (not group.flows or f.name in group.flows)]
    if terms.excess is ir.Excess_.CARRIED and measured:
        e.refuse("carrying forward a measured number", clause.span, "the excess is carried forward")
    tests = group.tests()
    return ir.CountLimit(
        group.flows,
        most,
        terms.per,
        terms.calendar,
        tests or (),
        terms.by_claim_date,
        terms.order or ir.Order.EARLIEST,
        terms.names,
        terms.excess or ir.Excess_.NOT_PAID,
        terms.excess_to,
        group.covered if tests is None else (),
        _title(clause, group.flows, terms) if terms.excess not in (None, ir.Excess_.NOT_PAID) else "",
        origin=e.at(clause.span),
    )


def _money(e: Elaboration, clause: ast.Limit, terms: Terms, group: Group, most: ir.Quantity) -> ir.MoneyLimit:
    payer = None
    if isinstance(clause.limited, ast.AllPayments) and clause.limited.payer is not None:
        symbol = e.find(clause.limited.payer, "whose payments are limited", Sort.PARTY)
        payer = symbol.name if symbol is not None else None
    return ir.MoneyLimit(
        group.flows,
        most,
        terms.per,
        terms.calendar,
        terms.by_claim_date,
        terms.order or ir.Order.EARLIEST,
        terms.names,
        terms.excess or ir.Excess_.NOT_PAID,
        terms.excess_to,
        payer,
        _title(clause, group.flows, terms),
        group.covered,
        origin=e.at(clause.span),
    )


def _title(clause: ast.Limit, names: tuple[str, ...], terms: Terms) -> str:
    """How a limit is called where the account shows what it took."""
    match clause.limited:
        case ast.AllPayments(payer):
            what = "all payments" + (f" by {payer.text}" if payer is not None else "")
        case ast.EachLineOf():
            what = listed(list(names), "and")
        case ast.NamedPayments(selects):
            what = listed([select.head.term.text for select in selects], "and")
        case _:
            assert_never(clause.limited)
    per = f" for {subjects.words(terms.per)}" if terms.per is not None else ""
    period = f" in each {terms.calendar}" if terms.calendar is not None else ""
    return f"limit on {what}{per}{period}"
