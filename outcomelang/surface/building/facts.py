"""Events, figures, states, calculated numbers and tables."""

from __future__ import annotations

from typing import Literal, cast

from outcomelang.source import Span
from outcomelang.surface import ast
from outcomelang.surface.lexer import Token

EventKind = Literal["input", "activity", "output", "outcome"]


class Facts:
    def event(
        self,
        at: Span,
        name: ast.Name,
        of: ast.Term | None,
        kind: EventKind,
        *rest: ast.FactModifier | tuple[ast.AttributeDeclaration, ...] | None,
    ) -> ast.Event:
        *modifiers, attributes = rest
        has = cast(tuple[ast.AttributeDeclaration, ...], attributes or ())
        return ast.Event(name, of, kind, cast(tuple[ast.FactModifier, ...], tuple(modifiers)), has, span=at)

    def event_kind(self, at: Span, word: Token) -> EventKind:
        return cast(EventKind, word.text)

    def has_attributes(self, at: Span, *attributes: ast.AttributeDeclaration) -> tuple[ast.AttributeDeclaration, ...]:
        return attributes

    def attribute(
        self, at: Span, name: ast.Term, kind: ast.Kind, logged: ast.Logged | None
    ) -> ast.AttributeDeclaration:
        return ast.AttributeDeclaration(name, kind, logged, span=at)

    def recorded_by(self, at: Span, parties: tuple[ast.Term, ...]) -> ast.RecordedBy:
        return ast.RecordedBy(parties, span=at)

    def more_is_better(self, at: Span) -> ast.Better:
        return ast.Better("more", span=at)

    def fewer_is_better(self, at: Span) -> ast.Better:
        return ast.Better("fewer", span=at)

    def observed_until(self, at: Span, day: ast.Day) -> ast.ObservedUntil:
        return ast.ObservedUntil(day, span=at)

    def silence(self, at: Span, length: ast.Duration, negated: Token | None) -> ast.Silence:
        return ast.Silence(length, negated is None, span=at)

    # ------------------------------------------------------------------------------------------------------ figures

    def figure(
        self, at: Span, name: ast.Name, subject: ast.Subject | None, *modifiers: ast.FigureModifier
    ) -> ast.Figure:
        return ast.Figure(name, subject, modifiers, span=at)

    def as_kind(self, at: Span, kind: ast.Kind) -> ast.AsKind:
        return ast.AsKind(kind, span=at)

    def answered_by(self, at: Span, term: ast.Term) -> ast.AnsweredBy:
        return ast.AnsweredBy(term, span=at)

    def asked_by(self, at: Span, party: ast.Term) -> ast.AskedBy:
        return ast.AskedBy(party, span=at)

    def valid_when(self, at: Span, share: ast.Percent) -> ast.ValidWhen:
        return ast.ValidWhen(share, span=at)

    # ------------------------------------------------------------------------------------------------------- states

    def state(
        self,
        at: Span,
        name: ast.Name,
        of: ast.Term | None,
        begins: ast.Term,
        ends_before: bool | None,
        ends: ast.Term | None,
        *modifiers: ast.StateModifier,
    ) -> ast.State:
        return ast.State(name, of, begins, ends, bool(ends_before), modifiers, span=at)

    def ends_on(self, at: Span) -> bool:
        return False

    def ends_before(self, at: Span) -> bool:
        return True

    def state_is(
        self,
        at: Span,
        name: ast.Name,
        of: ast.Term | None,
        made_of: tuple[Literal["and", "or"], tuple[ast.Term | ast.NotState, ...]],
        *modifiers: ast.StateModifier,
    ) -> ast.StateIs:
        return ast.StateIs(name, of, *made_of, modifiers, span=at)

    def state_one(self, at: Span, part: ast.Term | ast.NotState) -> tuple[str, tuple[ast.Term | ast.NotState, ...]]:
        return "and", (part,)

    def state_and(self, at: Span, *parts: ast.Term | ast.NotState) -> tuple[str, tuple[ast.Term | ast.NotState, ...]]:
        return "and", parts

    def state_or(self, at: Span, *parts: ast.Term | ast.NotState) -> tuple[str, tuple[ast.Term | ast.NotState, ...]]:
        return "or", parts

    def state_not(self, at: Span, term: ast.Term) -> ast.NotState:
        return ast.NotState(term, span=at)

    def matched_by(self, at: Span, attribute: ast.Term) -> ast.MatchedBy:
        return ast.MatchedBy(attribute, span=at)

    # ------------------------------------------------------------------------------------------- numbers and tables

    def define(
        self,
        at: Span,
        name: ast.Name,
        subject: ast.Subject | None,
        quantity: ast.Expr,
        rounded: Literal["down", "up"] | None,
        cite: ast.Cite | None,
    ) -> ast.Define:
        return ast.Define(name, subject, quantity, rounded, cite, span=at)

    def rounded(self, at: Span, rounded: Token, way: Token) -> Literal["down", "up"]:
        return "down" if way.kind == "DOWN" else "up"

    def table(
        self,
        at: Span,
        name: ast.Term,
        by: tuple[ast.Term, ...],
        *rest: ast.StraightLine | ast.Indexed | ast.Cite | ast.TableRow,
    ) -> ast.Table:
        rows = tuple(part for part in rest if isinstance(part, ast.TableRow))
        modifiers = tuple(part for part in rest if isinstance(part, ast.StraightLine | ast.Indexed))
        cite = next((part for part in rest if isinstance(part, ast.Cite)), None)
        return ast.Table(name, by, modifiers, rows, cite, span=at)

    def straight_line(self, at: Span) -> ast.StraightLine:
        return ast.StraightLine(span=at)

    def indexed(
        self, at: Span, figure: ast.Term, since: ast.Date, cap: ast.Percent | None, unit: ast.TimeUnit | None
    ) -> ast.Indexed:
        return ast.Indexed(figure, since, cap, unit, span=at)

    def row(self, at: Span, *cells: ast.RowKey | ast.CellValue) -> ast.TableRow:
        return ast.TableRow(cast(tuple[ast.RowKey, ...], cells[:-1]), cast(ast.CellValue, cells[-1]), span=at)

    def key_at(self, at: Span, point: ast.Literal_) -> ast.Literal_:
        return point

    def until_paid(
        self,
        at: Span,
        name: ast.Term,
        threshold: ast.Money,
        before: ast.CellValue,
        after: ast.CellValue,
        cite: ast.Cite | None,
    ) -> ast.UntilPaid:
        return ast.UntilPaid(name, threshold, before, after, cite, span=at)
