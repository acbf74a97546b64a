"""What changes a contract, and what shows that it says what was meant."""

from __future__ import annotations

from typing import Literal, cast

from outcomelang.source import Span
from outcomelang.surface import ast
from outcomelang.surface.building.words import Words
from outcomelang.surface.lexer import Token


class Changes(Words):
    def amendment(
        self, at: Span, number: ast.Number, effective: ast.Date, for_joining: ast.Term | None, cite: ast.Cite | None
    ) -> ast.Amendment:
        return ast.Amendment(number, effective, for_joining, cite, span=at)

    def joins(self, at: Span, party: ast.Party) -> ast.Joins:
        return ast.Joins(party, span=at)

    def change(
        self,
        at: Span,
        target: ast.Term | ast.LimitOn,
        to: ast.Expr,
        rows: tuple[ast.RowKey, ...] | None,
        cite: ast.Cite | None,
    ) -> ast.ChangeTo:
        return ast.ChangeTo(target, to, rows or (), cite, span=at)

    def change_outcome(self, at: Span, target: ast.Term | ast.LimitOn, *to: ast.OutcomeModifier) -> ast.ChangeTo:
        return ast.ChangeTo(target, to, span=at)

    def for_rows(self, at: Span, *keys: ast.RowKey) -> tuple[ast.RowKey, ...]:
        return keys

    def delete(self, at: Span, target: ast.Term | ast.LimitOn, cite: ast.Cite | None) -> ast.Delete:
        return ast.Delete(target, cite, span=at)

    def limit_on(self, at: Span, limited: ast.Limited) -> ast.LimitOn:
        return ast.LimitOn(limited, span=at)

    def insert(self, at: Span, clause: ast.Clause) -> ast.Insert:
        return ast.Insert(clause, span=at)

    def use(
        self,
        at: Span,
        name: ast.Term,
        library: ast.Text,
        renamed: ast.Term | None,
        meant: tuple[ast.Meant, ...] | None,
        cite: ast.Cite | None,
    ) -> ast.Use:
        return ast.Use(name, library, renamed, meant or (), cite, span=at)

    def in_turn(self, at: Span, *values: ast.Stated) -> tuple[ast.Stated, ...]:
        return values

    def by_name(self, at: Span, *meant: ast.Meant) -> tuple[ast.Meant, ...]:
        return meant

    def meant(self, at: Span, name: ast.Term, filling: ast.Filling) -> ast.Meant:
        return ast.Meant(name, filling, span=at)

    def assume(
        self, at: Span, subject: ast.OfEach | None, condition: ast.Condition, cite: ast.Cite | None
    ) -> ast.Assume:
        return ast.Assume(condition, subject, cite, span=at)

    def assumed_of(self, at: Span, term: ast.Term, period: ast.Term | None) -> ast.OfEach:
        return ast.OfEach(term, period, span=at)

    def assumed_at_least(self, at: Span, number: ast.Number, select: ast.Select) -> ast.Compare:
        return self._so_many(at, "at least", number, select)

    def assumed_at_most(self, at: Span, number: ast.Number, select: ast.Select) -> ast.Compare:
        return self._so_many(at, "at most", number, select)

    def assumed_exactly(self, at: Span, number: ast.Number, select: ast.Select) -> ast.Compare:
        return self._so_many(at, "exactly", number, select)

    def assumed_between(self, at: Span, of: ast.Expr, least: ast.Literal_, most: ast.Literal_) -> ast.ListOf:
        """Both ends belong to it."""
        bounds: tuple[tuple[ast.Comparator, ast.Literal_], ...] = (("at least", least), ("at most", most))
        items = (ast.Item(ast.Compare(of, comparator, bound, span=at), span=at) for comparator, bound in bounds)
        return ast.ListOf("all", tuple(items), span=at)

    def _so_many(self, at: Span, comparator: ast.Comparator, number: ast.Number, select: ast.Select) -> ast.Compare:
        """`at most 3 Sessions`: their number is at most 3."""
        self.whole(number, "a number of things")
        return ast.Compare(ast.Count(select, span=select.span), comparator, number, span=at)

    def cost(self, at: Span, amount: ast.Money, select: ast.Select, cite: ast.Cite | None) -> ast.Cost:
        return ast.Cost(amount, select, cite, span=at)

    def benefit(
        self, at: Span, amount: ast.Money, select: ast.Select, to: ast.Term, cite: ast.Cite | None
    ) -> ast.Benefit:
        return ast.Benefit(amount, select, to, cite, span=at)

    def accept(
        self, at: Span, rule: Token | ast.Text, because: ast.Text, until: ast.Date | None, cite: ast.Cite | None
    ) -> ast.Accept:
        return ast.Accept(rule.value if isinstance(rule, ast.Text) else rule.text, because, until, cite, span=at)


class Examples:
    def example(self, at: Span, title: ast.Text, *parts: ast.Given | ast.Expect) -> ast.Example:
        expects = tuple(part for part in parts if isinstance(part, ast.Expect))
        return ast.Example(title, tuple(part for part in parts if not isinstance(part, ast.Expect)), expects, span=at)

    def given_person(self, at: Span, term: ast.Term, id_: ast.Text, *rest: ast.Fact | ast.DatedFact) -> ast.GivenPerson:
        facts = tuple(part for part in rest if isinstance(part, ast.Fact))
        rows = tuple(part for part in rest if isinstance(part, ast.DatedFact))
        return ast.GivenPerson(term, id_, facts, rows, span=at)

    def given_figure(
        self, at: Span, term: ast.Term, of: ast.Text | None, period: ast.Text | None, value: ast.Literal_ | ast.Text
    ) -> ast.GivenFigure:
        return ast.GivenFigure(term, of, period, value, span=at)

    def given_count(
        self, at: Span, number: ast.Number, ref: ast.Ref, *rest: ast.With | ast.Without | ast.Text | None
    ) -> ast.GivenCount:
        *filters, period = rest
        narrowed = cast(tuple[ast.With | ast.Without, ...], tuple(filters))
        return ast.GivenCount(number, ref, narrowed, cast(ast.Text | None, period), span=at)

    def given_rows(self, at: Span, *rows: ast.DatedFact) -> ast.GivenRows:
        return ast.GivenRows(rows, span=at)

    def fact(self, at: Span, name: ast.Term, value: ast.Text | ast.Literal_ | ast.Date) -> ast.Fact:
        return ast.Fact(name, value, span=at)

    def dated_fact(
        self, at: Span, day: ast.Date, negated: Token | None, event: ast.Term, of: ast.Text | None, *facts: ast.Fact
    ) -> ast.DatedFact:
        return ast.DatedFact(day, event, of, facts, negated is not None, span=at)

    def expect(self, at: Span, as_of: ast.Date | None, *expectations: ast.Expectation) -> ast.Expect:
        return ast.Expect(as_of, expectations, span=at)

    def expected_payment(
        self, at: Span, ref: ast.Ref, part: ast.Text | None, amount: ast.Money | None
    ) -> ast.ExpectedPayment:
        return ast.ExpectedPayment(ref, part, amount, span=at)

    def expected_total(self, at: Span, amount: ast.Money | None) -> ast.ExpectedTotal:
        return ast.ExpectedTotal(amount, span=at)

    def no_money(self, at: Span) -> None:
        return None

    def expect_achieved(
        self, at: Span, outcome: ast.Ref, part: ast.Text | None, partly: Token | None, day: ast.Date
    ) -> ast.ExpectedVerdict:
        return ast.ExpectedVerdict(outcome, part, "achieved", day, partly is not None, span=at)

    def expect_failed(self, at: Span, outcome: ast.Ref, part: ast.Text | None, day: ast.Date) -> ast.ExpectedVerdict:
        return _verdict(at, outcome, part, "failed", day)

    def expect_open(self, at: Span, outcome: ast.Ref, part: ast.Text | None, day: ast.Date) -> ast.ExpectedVerdict:
        return _verdict(at, outcome, part, "open", day)

    def expect_awaiting(
        self, at: Span, outcome: ast.Ref, part: ast.Text | None, verdict: Verdict
    ) -> ast.ExpectedVerdict:
        return _verdict(at, outcome, part, verdict, None)

    def awaited(self, at: Span, word: Token) -> Verdict:
        return cast(Verdict, f"awaiting {word.text}")


Verdict = Literal["achieved", "failed", "open", "awaiting verification", "awaiting decision", "awaiting evidence"]


def _verdict(
    at: Span, outcome: ast.Ref, part: ast.Text | None, verdict: Verdict, day: ast.Date | None
) -> ast.ExpectedVerdict:
    return ast.ExpectedVerdict(outcome, part, verdict, day, span=at)
