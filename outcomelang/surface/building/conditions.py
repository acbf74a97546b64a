"""Conditions: what must be so."""

from __future__ import annotations

from typing import Literal

from outcomelang.diagnostic import Diagnostic
from outcomelang.source import Span
from outcomelang.surface import ast
from outcomelang.surface.building.words import Words
from outcomelang.surface.lexer import Token

HowMany = Literal["all", "any"] | int
Lettered = tuple[Token, ast.Item]


class Conditions(Words):
    def conjunction(self, at: Span, *conditions: ast.Condition) -> ast.ListOf:
        return ast.ListOf("all", tuple(ast.Item(condition, span=condition.span) for condition in conditions), span=at)

    def disjunction(self, at: Span, *conditions: ast.Condition) -> ast.ListOf:
        return ast.ListOf("any", tuple(ast.Item(condition, span=condition.span) for condition in conditions), span=at)

    def list_a(self, at: Span, how_many: HowMany, *lettered: Lettered) -> ast.ListOf:
        """`all of: … or (b)` says two things at once, so it is not read as either."""
        against = {"all": "or", "any": "and"}.get(str(how_many))
        for letter, item in lettered:
            if against and letter.text.startswith(against):
                says = "every item" if how_many == "all" else "one item"
                message = (
                    f"This clause is not read: “{how_many} of” asks for {says}, and “{letter.text}” says otherwise."
                )
                label = f"write “{'and' if against == 'or' else 'or'}” here, or nothing"
                self.found.append(Diagnostic("OL011", "list-says-and-or", message, item.span, label=label))
                break
        return ast.ListOf(how_many, tuple(item for _, item in lettered), span=at)

    def list_i(self, at: Span, how_many: HowMany, *lettered: Lettered) -> ast.ListOf:
        return self.list_a(at, how_many, *lettered)

    def item_a(self, at: Span, letter: Token, where: ast.Condition | None, condition: ast.Condition) -> Lettered:
        return letter, ast.Item(condition, where, span=at)

    def item_i(self, at: Span, letter: Token, where: ast.Condition | None, condition: ast.Condition) -> Lettered:
        return letter, ast.Item(condition, where, span=at)

    def all_of(self, at: Span) -> HowMany:
        return "all"

    def any_of(self, at: Span) -> HowMany:
        return "any"

    def least_of(self, at: Span, number: ast.Number) -> HowMany:
        return self.whole(number, "a number of items")

    def for_members(
        self, at: Span, quantifier: Literal["every", "no"] | int, select: ast.Select, condition: ast.Condition
    ) -> ast.ForMembers:
        return ast.ForMembers(quantifier, select, condition, span=at)

    def quantifier_every(self, at: Span) -> str:
        return "every"

    def quantifier_no(self, at: Span) -> str:
        return "no"

    def quantifier_least(self, at: Span, number: ast.Number) -> int:
        return self.whole(number, "a number of members")

    # -------------------------------------------------------------------------------------------- single conditions

    def compare(self, at: Span, left: ast.Expr, comparator: ast.Comparator, right: ast.Expr) -> ast.Compare:
        return ast.Compare(left, comparator, right, span=at)

    def compare_by(
        self,
        at: Span,
        left: ast.Expr,
        comparator: ast.Comparator,
        margin: ast.Expr,
        direction: Literal["above", "below"],
        right: ast.Expr,
    ) -> ast.CompareBy:
        return ast.CompareBy(left, comparator, margin, direction, right, span=at)

    def direction(self, at: Span, word: Token) -> Literal["above", "below"]:
        return "above" if word.kind == "_ABOVE" else "below"

    def is_label(
        self, at: Span, of: ast.Expr, negated: Token | None, labels: ast.Text | tuple[ast.Text, ...]
    ) -> ast.IsLabel:
        return ast.IsLabel(of, labels if isinstance(labels, tuple) else (labels,), negated is not None, span=at)

    def is_given(self, at: Span, of: ast.Expr, negated: Token | None) -> ast.IsGiven:
        return ast.IsGiven(of, negated is not None, span=at)

    def is_achieved(self, at: Span, of: ast.Expr, negated: Token | None, partly: Token | None) -> ast.IsAchieved:
        return ast.IsAchieved(of, negated is not None, partly is not None, span=at)

    def occurs(self, at: Span, select: ast.Select, *windows: ast.Window) -> ast.Occurs:
        return ast.Occurs(ast.Select(select.head, (*select.counted, *windows), span=at), False, span=at)

    def no_occurs(self, at: Span, select: ast.Select, *windows: ast.Window) -> ast.Occurs:
        return ast.Occurs(ast.Select(select.head, (*select.counted, *windows), span=at), True, span=at)

    def reaches(
        self,
        at: Span,
        spell: tuple[ast.Term, tuple[ast.Since, ...]],
        further: Token | None,
        target: ast.Literal_ | ast.Ladder | ast.Ref,
        *modes: ast.ReachMode,
    ) -> ast.Reaches:
        what, since = spell
        return ast.Reaches(what, since, further is not None, target, modes, span=at)

    def spell(self, at: Span, what: ast.Term, *since: ast.Since) -> tuple[ast.Term, tuple[ast.Since, ...]]:
        return what, since

    def begun_after(self, at: Span, day: ast.Day) -> ast.Begun:
        return ast.Begun(day, strictly_after=True, span=at)

    def begun_from(self, at: Span, day: ast.Day) -> ast.Begun:
        return ast.Begun(day, strictly_after=False, span=at)

    def begun_within(self, at: Span, deadline: ast.Deadline) -> ast.BegunWithin:
        return ast.BegunWithin(deadline, span=at)

    def counted_from(self, at: Span, day: ast.Day) -> ast.CountedFrom:
        return ast.CountedFrom(day, span=at)

    def target_term(self, at: Span, term: ast.Term) -> ast.Ref:
        return ast.Ref(term, span=at)

    def ladder(self, at: Span, *rungs: ast.Money | ast.Number) -> ast.Ladder:
        return ast.Ladder(rungs, span=at)

    def ladder_of_durations(self, at: Span, *parts: ast.Number | ast.TimeUnit) -> ast.Ladder:
        unit = parts[-1]
        assert isinstance(unit, str), "a ladder of durations ends in its unit"
        rungs = tuple(ast.Duration(n.value, unit, span=n.span) for n in parts if isinstance(n, ast.Number))
        return ast.Ladder(rungs, span=at)

    def in_total(self, at: Span) -> ast.InTotal:
        return ast.InTotal(span=at)

    def without_break(self, at: Span, longer_than: ast.Duration | None) -> ast.WithoutBreak:
        return ast.WithoutBreak(longer_than, span=at)

    def in_any(self, at: Span, length: ast.Duration) -> ast.InAny:
        return ast.InAny(length, span=at)
