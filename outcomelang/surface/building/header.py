"""The clauses at the head of a contract, and the people in it."""

from __future__ import annotations

from typing import Literal, cast

from outcomelang.source import Span
from outcomelang.surface import ast
from outcomelang.surface.building.words import Words
from outcomelang.surface.lexer import Token

Role = Literal["commissioner", "provider", "assessor", "party"]
RoundMode = Literal["half up", "half even"]


class Header(Words):
    def contract(self, at: Span, title: ast.Text, based_on: ast.Text | None, cite: ast.Cite | None) -> ast.Header:
        return ast.Header(title, based_on, cite, span=at)

    def library(self, at: Span, title: ast.Text, cite: ast.Cite | None) -> ast.Header:
        return ast.Header(title, None, cite, True, span=at)

    def blank(
        self, at: Span, name: ast.Term, sample: ast.Stated, meaning: ast.Text, cite: ast.Cite | None
    ) -> ast.Blank:
        return ast.Blank(name, sample, meaning, cite, span=at)

    def purpose(self, at: Span, text: ast.Text, cite: ast.Cite | None) -> ast.Purpose:
        return ast.Purpose(text, cite, span=at)

    def party(
        self,
        at: Span,
        role: Role,
        name: ast.Term,
        description: ast.Text | None,
        independent: Token | None,
        logged: ast.Logged | None,
        cite: ast.Cite | None,
    ) -> ast.Party:
        return ast.Party(role, name, description, independent is not None, logged, cite, span=at)

    def role(self, at: Span, word: Token) -> Role:
        return cast(Role, word.text)

    def joint(self, at: Span, name: ast.Term, *parts: ast.ShareOf | ast.Term | ast.Cite | None) -> ast.Joint:
        *shares, odd, cite = parts
        return ast.Joint(
            name,
            cast(tuple[ast.ShareOf, ...], tuple(shares)),
            cast(ast.Term | None, odd),
            cast(ast.Cite | None, cite),
            span=at,
        )

    def share_of(self, at: Span, party: ast.Term, share: ast.Percent) -> ast.ShareOf:
        return ast.ShareOf(party, share, span=at)

    def currency(self, at: Span, code: Token, cite: ast.Cite | None) -> ast.Currency:
        return ast.Currency(code.text, cite, span=at)

    def contract_term(self, at: Span, first: ast.Date, last: ast.Date, cite: ast.Cite | None) -> ast.ContractTerm:
        return ast.ContractTerm(first, last, cite, span=at)

    def claims(self, at: Span, last: ast.Date, cite: ast.Cite | None) -> ast.Claims:
        return ast.Claims(last, cite, span=at)

    def value(self, at: Span, amount: ast.Money, cite: ast.Cite | None) -> ast.Value:
        return ast.Value(amount, cite, span=at)

    def rounding(
        self,
        at: Span,
        what: Literal["each amount", "total"],
        unit: Literal["penny", "pound"],
        mode: RoundMode,
        cite: ast.Cite | None,
    ) -> ast.Rounding:
        return ast.Rounding(what, unit, mode, cite, span=at)

    def rounded_thing(self, at: Span, *words: Token) -> Literal["each amount", "total"]:
        return "total" if words[0].kind == "TOTAL" else "each amount"

    def coin(self, at: Span, word: Token) -> Literal["penny", "pound"]:
        return "penny" if word.kind == "_PENNY" else "pound"

    def round_mode(self, at: Span, half: Token, way: Token) -> RoundMode:
        return "half up" if way.kind == "UP" else "half even"

    def holidays(self, at: Span, file: ast.Text, cite: ast.Cite | None) -> ast.Holidays:
        return ast.Holidays(file, cite, span=at)


class People(Words):
    def participant(self, at: Span, name: ast.Name, *modifiers: ast.ParticipantModifier) -> ast.Participant:
        return ast.Participant(name, modifiers, span=at)

    def joins_on(self, at: Span, *ways: ast.Joining) -> ast.JoinsOn:
        return ast.JoinsOn(ways, span=at)

    def joins_on_first_row(self, at: Span) -> ast.JoinsOnFirstRow:
        return ast.JoinsOnFirstRow(span=at)

    def joining(self, at: Span, first: Token | None, select: ast.Select) -> ast.Joining:
        return ast.Joining(select, first is not None, span=at)

    def again_after(self, at: Span, length: ast.Duration) -> ast.AgainAfter:
        return ast.AgainAfter(length, span=at)

    def selected_by(self, at: Span, party: ast.Term) -> ast.SelectedBy:
        return ast.SelectedBy(party, span=at)

    def up_to_people(self, at: Span, number: ast.Number) -> ast.UpToPeople:
        self.whole(number, "a number of people")
        return ast.UpToPeople(number, span=at)

    def member(
        self,
        at: Span,
        name: ast.Name,
        of: ast.Term,
        attribute: ast.Term,
        source: ast.Select | None,
        cite: ast.Cite | None,
    ) -> ast.Member:
        return ast.Member(name, of, attribute, source, cite, span=at)

    def group(
        self,
        at: Span,
        word: Literal["group", "cohort"],
        name: ast.Name,
        of: ast.Term,
        *rest: ast.GroupModifier | ast.GroupRow,
    ) -> ast.Group:
        rows = tuple(part for part in rest if isinstance(part, ast.GroupRow))
        return ast.Group(
            word, name, of, tuple(part for part in rest if not isinstance(part, ast.GroupRow)), rows, span=at
        )

    def group_word(self, at: Span, word: Token) -> Literal["group", "cohort"]:
        return "cohort" if word.kind == "COHORT" else "group"

    def group_row(self, at: Span, label: ast.Text, range_: ast.Range | None, logged: ast.Logged | None) -> ast.GroupRow:
        return ast.GroupRow(label, range_, logged, span=at)

    def set_by(self, at: Span, party: ast.Term) -> ast.SetBy:
        return ast.SetBy(party, span=at)

    def by_date(self, at: Span, event: ast.Ref) -> ast.ByDate:
        return ast.ByDate(event, span=at)

    def by_measure(self, at: Span, measure: ast.Term, event: ast.Term | None) -> ast.ByMeasure:
        return ast.ByMeasure(measure, event, span=at)

    def read_from(self, at: Span, attribute: ast.Term, event: ast.Term | None) -> ast.ReadFrom:
        return ast.ReadFrom(attribute, event, span=at)

    def comparison(self, at: Span, name: ast.Term, of: ast.Term, *modifiers: ast.ComparisonModifier) -> ast.Comparison:
        return ast.Comparison(name, of, modifiers, span=at)

    def where(self, at: Span, condition: ast.Condition) -> ast.Where:
        return ast.Where(condition, span=at)

    def by_method(self, at: Span, method: Literal["matching", "lottery", "history"]) -> ast.By:
        return ast.By(method, span=at)

    def method(self, at: Span, word: Token) -> Literal["matching", "lottery", "history"]:
        return cast(Literal["matching", "lottery", "history"], word.text)

    def chosen_by(self, at: Span, party: ast.Term) -> ast.ChosenBy:
        return ast.ChosenBy(party, span=at)

    def period(
        self,
        at: Span,
        name: ast.Name,
        every: ast.Duration,
        first: ast.Date,
        last: ast.Date | None,
        cite: ast.Cite | None,
    ) -> ast.Period:
        return ast.Period(name, every, first, last, cite, span=at)
