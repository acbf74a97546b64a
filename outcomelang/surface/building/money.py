"""Payments, and what limits, divides, guarantees or ends them."""

from __future__ import annotations

from typing import Literal, cast

from outcomelang.source import Span
from outcomelang.surface import ast
from outcomelang.surface.building.words import Words
from outcomelang.surface.lexer import Token

Frequency = Literal["weekly", "monthly", "quarterly", "yearly"]


class Payments(Words):
    def payment(
        self,
        at: Span,
        name: ast.Term,
        payer: ast.Term,
        payee: ast.Term,
        amount: ast.Expr,
        driver: ast.Driver | None,
        spread: ast.Spread | None,
        when: ast.Condition | None,
        *modifiers: ast.PaymentModifier,
    ) -> ast.Payment:
        return ast.Payment(False, name, payer, payee, amount, driver, spread, when, modifiers, span=at)

    def repayment(
        self,
        at: Span,
        name: ast.Term,
        payer: ast.Term,
        payee: ast.Term,
        amount: ast.Expr,
        driver: ast.Driver | None,
        spread: ast.Spread | None,
        when: ast.Condition | None,
        *modifiers: ast.PaymentModifier,
    ) -> ast.Payment:
        return ast.Payment(True, name, payer, payee, amount, driver, spread, when, modifiers, span=at)

    def rate_card(
        self,
        at: Span,
        name: ast.Term,
        payer: ast.Term,
        payee: ast.Term,
        lines: tuple[ast.CardLine, ...],
        spread: ast.Spread | None,
        when: ast.Condition | None,
        *modifiers: ast.PaymentModifier,
    ) -> ast.RateCard:
        return ast.RateCard(name, payer, payee, lines, spread, when, modifiers, span=at)

    def card_lines(self, at: Span, *lines: ast.CardLine) -> tuple[ast.CardLine, ...]:
        return lines

    def card_line(self, at: Span, outcome: ast.Ref, price: ast.Money) -> ast.CardLine:
        return ast.CardLine(outcome, price, span=at)

    # ------------------------------------------------------------------------------------------- for what, and when

    def for_each(self, at: Span, select: ast.Select) -> ast.ForEach:
        return ast.ForEach(select, span=at)

    def for_each_partly(self, at: Span, outcome: ast.Ref, partly: Token) -> ast.ForEachPartly:
        return ast.ForEachPartly(outcome, span=at)

    def for_each_slot(self, at: Span, partly: Token | None, plan: ast.Term) -> ast.ForEachSlot:
        return ast.ForEachSlot(plan, partly is not None, span=at)

    def for_each_point(self, at: Span, whole: Token | None, of: ast.Ref) -> ast.ForEachPoint:
        return ast.ForEachPoint(of, whole is not None, span=at)

    def in_each(self, at: Span, period: ast.Term, in_advance: Token | None) -> ast.InEach:
        return ast.InEach(period, in_advance is not None, span=at)

    def instalments(self, at: Span, number: ast.Number, every: Frequency, first: ast.Date) -> ast.Instalments:
        return ast.Instalments(self.whole(number, "a number of instalments"), every, first, span=at)

    def frequency(self, at: Span, word: Token) -> Frequency:
        return cast(Frequency, word.text)

    def in_advance(self, at: Span, _: Token) -> ast.InAdvance:
        return ast.InAdvance(span=at)

    def claimed_within(self, at: Span, length: ast.Duration) -> ast.ClaimedWithin:
        return ast.ClaimedWithin(length, span=at)

    def due_after_verification(self, at: Span, length: ast.Duration) -> ast.DueAfter:
        return ast.DueAfter(length, None, span=at)

    def due_after(self, at: Span, length: ast.Duration, day: ast.Day) -> ast.DueAfter:
        return ast.DueAfter(length, day, span=at)

    def withheld_until(self, at: Span, day: ast.Day) -> ast.WithheldUntil:
        return ast.WithheldUntil(day, span=at)

    def parts_in_proportion(self, at: Span) -> ast.PartsInProportion:
        return ast.PartsInProportion(span=at)

    def stacks_with(self, at: Span, names: tuple[ast.Term, ...]) -> ast.StacksWith:
        return ast.StacksWith(names, span=at)

    def instead_of(self, at: Span, names: tuple[ast.Term, ...]) -> ast.InsteadOf:
        return ast.InsteadOf(names, span=at)

    def less_any(self, at: Span, payment: ast.Term) -> ast.LessAny:
        return ast.LessAny(payment, span=at)

    def up_to_amount_paid(self, at: Span) -> ast.UpToAmountPaid:
        return ast.UpToAmountPaid(span=at)

    def shown_by(self, at: Span, key: ast.Term) -> ast.ShownBy:
        return ast.ShownBy(key, span=at)

    def divide(self, at: Span, payment: ast.Term, *rest: ast.ShareTo | ast.Cite | None) -> ast.Divide:
        shares = tuple(part for part in rest if isinstance(part, ast.ShareTo))
        return ast.Divide(payment, shares, rest[-1] if isinstance(rest[-1], ast.Cite) else None, span=at)

    def share_to(self, at: Span, part: ast.Money | ast.Percent, to: ast.Term) -> ast.ShareTo:
        return ast.ShareTo(part, to, span=at)

    def rest_to(self, at: Span, to: ast.Term) -> ast.ShareTo:
        return ast.ShareTo(None, to, span=at)


class Limits:
    def limit(
        self,
        at: Span,
        limited: ast.Limited,
        to: ast.Expr,
        basis: Literal["achieved", "paid"] | None,
        *modifiers: ast.LimitModifier,
    ) -> ast.Limit:
        return ast.Limit(limited, to, basis, modifiers, span=at)

    def basis(self, at: Span, word: Token) -> Literal["achieved", "paid"]:
        return "achieved" if word.kind == "ACHIEVED" else "paid"

    def all_payments(self, at: Span, payer: ast.Term | None) -> ast.AllPayments:
        return ast.AllPayments(payer, span=at)

    def each_line_of(self, at: Span, card: ast.Term) -> ast.EachLineOf:
        return ast.EachLineOf(card, span=at)

    def named_payments(self, at: Span, *selects: ast.Select) -> ast.NamedPayments:
        return ast.NamedPayments(selects, span=at)

    def for_each_subject(self, at: Span, term: ast.Term) -> ast.ForEachSubject:
        return ast.ForEachSubject(term, span=at)

    def in_each_period(
        self, at: Span, period: ast.Term, by_date: Literal["achieved", "claimed"] | None
    ) -> ast.InEachPeriod:
        return ast.InEachPeriod(period, by_date, span=at)

    def dated(self, at: Span, word: Token) -> Literal["achieved", "claimed"]:
        return "achieved" if word.kind == "ACHIEVED" else "claimed"

    def earliest_first(self, at: Span) -> ast.EarliestFirst:
        return ast.EarliestFirst(span=at)

    def in_the_order(self, at: Span, names: tuple[ast.Term, ...]) -> ast.InTheOrder:
        return ast.InTheOrder(names, span=at)

    def in_proportion(self, at: Span) -> ast.InProportion:
        return ast.InProportion(span=at)

    def from_the_total(self, at: Span) -> ast.FromTheTotal:
        return ast.FromTheTotal(span=at)

    def excess_not_paid(self, at: Span) -> ast.ExcessNotPaid:
        return ast.ExcessNotPaid(span=at)

    def excess_paid_by(self, at: Span, party: ast.Term) -> ast.ExcessPaidBy:
        return ast.ExcessPaidBy(party, span=at)

    def excess_carried_forward(self, at: Span) -> ast.ExcessCarriedForward:
        return ast.ExcessCarriedForward(span=at)

    # ---------------------------------------------------------------------------------- guarantee, exit, suspension

    def guarantee(
        self, at: Span, name: ast.Term, *rest: ast.Guaranteed | ast.CountedBy | ast.Shortfall | ast.Cite
    ) -> ast.Guarantee:
        rows = tuple(part for part in rest if isinstance(part, ast.Guaranteed))
        return ast.Guarantee(name, rows, tuple(part for part in rest if not isinstance(part, ast.Guaranteed)), span=at)

    def guaranteed(
        self, at: Span, party: ast.Term, number: ast.Number, select: ast.Select, period: ast.Term | None
    ) -> ast.Guaranteed:
        return ast.Guaranteed(party, number, select, period, span=at)

    def counted_by(self, at: Span, group: ast.Term) -> ast.CountedBy:
        return ast.CountedBy(group, span=at)

    def shortfall(self, at: Span, payee: ast.Term, price: ast.Money, thing: ast.Term) -> ast.Shortfall:
        return ast.Shortfall(payee, price, thing, span=at)

    def exit(
        self,
        at: Span,
        name: ast.Term,
        parties: tuple[ast.Term, ...],
        day: ast.Date,
        event: ast.Term | None,
        falls_away: tuple[ast.Term, ...] | None,
        cite: ast.Cite | None,
    ) -> ast.Exit:
        return ast.Exit(name, parties, day, event, falls_away or (), cite, span=at)

    def waived(self, at: Span, *names: ast.Term) -> tuple[ast.Term, ...]:
        return names

    def suspension(self, at: Span, first: ast.Day, last: ast.Day, cite: ast.Cite | None) -> ast.Suspension:
        return ast.Suspension(ast.Between(first, last, span=at), cite, span=at)
