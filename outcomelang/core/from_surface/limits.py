"""Limits: how many things, or how much money, at most; for whom, in which period, in what order, who bears the rest."""

from __future__ import annotations

from typing import assert_never

from attrs import define, frozen

from outcomelang.core import ir
from outcomelang.core.from_surface import payments, plans, refs, selections, subjects
from outcomelang.core.from_surface.context import Elaboration, listed
from outcomelang.core.from_surface.quantities import quantity, share
from outcomelang.core.from_surface.rounding import span_of
from outcomelang.core.scope import Sort, Symbol
from outcomelang.core.types import Kind
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast
from outcomelang.tree import evolve


@define
class _Terms:
    """What the words after the amount say."""

    per: ir.Subject | None = None
    calendar: str | None = None
    by_claim_date: bool = False
    dated: bool = False
    order: ir.Order | None = None
    names: tuple[str, ...] = ()
    excess: ir.Excess_ | None = None
    excess_to: str | None = None


def limit(e: Elaboration, clause: ast.Limit, flows: tuple[ir.Flow, ...]) -> tuple[ir.Stage, ...]:
    """The stages of a limit clause: one, or one for each line of a rate card."""
    terms = _terms(e, clause)
    groups = _limited(e, clause, flows)
    if terms is None or groups is None:
        return ()
    if clause.basis == "paid":
        return _of_what_was_paid(e, clause, terms, groups, flows)
    most = quantity(e, _counted(e, clause), subjects.scene_of(e, _subject(terms)))
    if most.kind is None:
        return ()
    payments.not_negative(e, clause.to)
    of_money = most.kind is Kind.MONEY
    if not of_money and most.kind not in (Kind.NUMBER, Kind.DAY_COUNT):
        _no_limit(e, clause, most.kind)
        return ()
    _said(e, clause, terms, flows, groups)
    if any(len({flow.repays for flow in flows if flow.name in group.flows}) > 1 for group in groups):
        e.refuse("limits on payments and repayments together", clause.span, "limit … and …")
    if of_money:
        return tuple(_money(e, clause, terms, group, most.quantity) for group in groups)
    return tuple(_number(e, clause, terms, group, flows, most.quantity) for group in groups)


def _of_what_was_paid(
    e: Elaboration, clause: ast.Limit, terms: _Terms, groups: list[_Group], flows: tuple[ir.Flow, ...]
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
    most = share(e, clause.to.share, subjects.scene_of(e, _subject(terms)))
    paid = payments.named_flows(e, (clause.to.of.term,), "what a share is taken of")
    if most.kind is None or not paid:
        return ()
    _said(e, clause, terms, flows, groups)
    made = tuple(_money(e, clause, terms, group, most.quantity) for group in groups)
    return tuple(evolve(stage, share_of=paid) for stage in made)


def of_what_was_paid_in_order(e: Elaboration, found: list[ir.MoneyLimit]) -> list[ir.MoneyLimit]:
    """Limits at a share of what was paid, each after those that bound what it is a share of; circles are reported."""
    left, ordered = list(found), list[ir.MoneyLimit]()
    while left:
        ready = next((stage for stage in left if not any(_bounds(other, stage.share_of) for other in left)), None)
        if ready is None:
            _circle(e, left[0])
            return found
        left.remove(ready)
        ordered.append(ready)
    return ordered


def _bounds(stage: ir.MoneyLimit, flows: tuple[str, ...]) -> bool:
    return not stage.flows or bool(set(stage.flows) & set(flows))


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


def _subject(terms: _Terms) -> ir.Subject:
    per = terms.per if terms.per is not None else ir.Whole()
    if terms.calendar is not None and isinstance(per, ir.Whole | ir.PerPerson | ir.PerGroup):
        return ir.PerPeriod(terms.calendar, per)
    return per


def _counted(e: Elaboration, clause: ast.Limit) -> ast.Expr:
    """`70% of Job Entries achieved`: the name after `of` is counted."""
    if clause.basis == "achieved" and isinstance(clause.to, ast.Portion) and isinstance(clause.to.of, ast.Ref):
        ref = clause.to.of
        return evolve(clause.to, of=ast.Count(ast.Select(ref, span=ref.span), span=ref.span))
    return clause.to


# ---------------------------------------------------------------- what the modifiers say


def _terms(e: Elaboration, clause: ast.Limit) -> _Terms | None:
    terms = _Terms()
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


def _for_each(e: Elaboration, terms: _Terms, modifier: ast.ForEachSubject) -> bool:
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


def _said(e: Elaboration, clause: ast.Limit, terms: _Terms, flows: tuple[ir.Flow, ...], groups: list[_Group]) -> None:
    """Report what a limit leaves open: the order, the excess, the day that decides the period."""
    limited = {name for group in groups for name in group.flows} or {flow.name for flow in flows}
    if terms.order is None and _compete([flow for flow in flows if flow.name in limited], terms):
        message = "When the limit is reached, it is not said which payments are left out, and somebody bears that."
        e.say("limit-order-missing", clause.span, message, label="in what order?", remedies=_ORDERS)
    if terms.excess is None:
        message = "It is not said what happens to what is above the limit."
        e.say("limit-excess-missing", clause.span, message, label="and the excess?", remedies=_EXCESSES)
    if terms.calendar is not None and not terms.dated:
        message = f"It is not said which day decides the {terms.calendar} of a payment."
        e.say("limit-date-missing", clause.span, message, label="by which date?", remedies=_DATES)
    if terms.excess is ir.Excess_.CARRIED:
        _carried(e, clause, terms)


def _carried(e: Elaboration, clause: ast.Limit, terms: _Terms) -> None:
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


_ORDERS = (
    Remedy("earliest first", "later ones are left out"),
    Remedy("in the order A, B", "the last named is left out first"),
    Remedy("in proportion", "every payment is cut alike"),
    Remedy("taken from the total", "only the sum is cut"),
)
_EXCESSES = (
    Remedy("the excess is not paid", "the provider bears it"),
    Remedy("the excess is paid by …", "another party bears it"),
)
_DATES = (Remedy("by date achieved"), Remedy("by date claimed"))


def _compete(flows: list[ir.Flow], terms: _Terms) -> bool:
    """Whether two payments could want the same room under a limit."""
    if len(flows) != 1:
        return True
    flow = flows[0]
    single = isinstance(flow.driver, ir.OneEach | ir.EachUnit) and flow.instalments is None
    return not (single and flow.subject in (ir.Whole(), _subject(terms)))


# ---------------------------------------------------------------- what is limited


@frozen
class _Group:
    """The flows under a limit, and the conditions that each part of it names."""

    flows: tuple[str, ...]
    covered: tuple[ir.Covered, ...] = ()

    def tests(self) -> tuple[ir.Test, ...] | None:
        """The tests, where they are the same for every flow and there is no window."""
        one = {(part.tests, part.window) for part in self.covered}
        flows = {name for part in self.covered for name in part.flows}
        if not self.covered or len(one) > 1 or flows != set(self.flows) or self.covered[0].window is not None:
            return None if self.covered else ()
        return self.covered[0].tests


def _limited(e: Elaboration, clause: ast.Limit, flows: tuple[ir.Flow, ...]) -> list[_Group] | None:
    match clause.limited:
        case ast.AllPayments():
            return [_Group(())]
        case ast.EachLineOf(card):
            names = payments.named_flows(e, (card,), "what has lines")
            return [_Group((name,)) for name in names] or None
        case ast.NamedPayments(selects):
            found = [_named(e, select, flows) for select in selects]
            known = [covered for covered in found if covered is not None]
            if len(known) < len(found):
                return None
            names = tuple(dict.fromkeys(name for covered in known for name in covered.flows))
            narrowed = any(covered.tests or covered.window is not None for covered in known)
            return [_Group(names, tuple(known) if narrowed else ())]
        case _:
            assert_never(clause.limited)


def _named(e: Elaboration, select: ast.Select, flows: tuple[ir.Flow, ...]) -> ir.Covered | None:
    symbol = refs.named(e, select.head, "what is limited", Sort.PAYMENT, Sort.OUTCOME, Sort.EVENT)
    if symbol is None:
        return None
    at = e.at(select.span)
    if symbol.sort is Sort.PAYMENT:
        names: tuple[str, ...] = e.cards.get(symbol.name, ())
        domain: ir.Domain = ir.Achievements("")
    else:
        names = tuple(flow.name for flow in flows if _driven_by(e, flow, select.head, symbol))
        domain = ir.Rows(symbol.name) if symbol.sort is Sort.EVENT else ir.Achievements(symbol.name)
    if not names:
        _nothing_limited(e, select, symbol, flows)
        return None
    if not select.counted:
        return ir.Covered(names, (), None, origin=at)
    here = subjects.scene_of(e, next((flow.subject for flow in flows if flow.name in names), ir.Whole()))
    chosen = selections.narrowed(e, domain, select.counted, here).select
    return ir.Covered(names, chosen.tests, chosen.window, origin=at)


def _driven_by(e: Elaboration, flow: ir.Flow, ref: ast.Ref, symbol: Symbol) -> bool:
    match flow.driver:
        case ir.EachAchievement(outcome):
            shape = e.outcomes.get(symbol.name)
            if ref.at is not None and shape is not None and shape.rungs is not None:
                return outcome == shape.rungs.get(refs.rung_of(ref.at))
            return outcome == symbol.name or (shape is not None and outcome in (shape.rungs or {}).values())
        case ir.EachRow(select):
            return select.of == ir.Rows(symbol.name)
        case ir.OneEach() | ir.EachUnit() | ir.EachInPlan():
            return False
        case _:
            assert_never(flow.driver)


def _nothing_limited(e: Elaboration, select: ast.Select, symbol: Symbol, flows: tuple[ir.Flow, ...]) -> None:
    if e.scope.incomplete or e.cards.get(symbol.name) == () or plans.limits_one_of(e, select, symbol, flows):
        return
    e.say(
        "nothing-to-limit",
        select.span,
        f"This limit changes nothing: no payment is made for {select.head.term.text}.",
        label="nothing is paid for it",
    )


# ---------------------------------------------------------------- the stages


def _number(
    e: Elaboration, clause: ast.Limit, terms: _Terms, group: _Group, flows: tuple[ir.Flow, ...], most: ir.Quantity
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


def _money(e: Elaboration, clause: ast.Limit, terms: _Terms, group: _Group, most: ir.Quantity) -> ir.MoneyLimit:
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


def _title(clause: ast.Limit, names: tuple[str, ...], terms: _Terms) -> str:
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
