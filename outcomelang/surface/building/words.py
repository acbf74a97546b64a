"""Names, literals and the phrases that every kind of clause shares. A method bears the name of its grammar rule."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import cast

from outcomelang.diagnostic import Diagnostic
from outcomelang.source import Span
from outcomelang.surface import ast
from outcomelang.surface.lexer import Token, read_date

_SYMBOLS = {"£": "GBP", "$": "USD", "€": "EUR"}
_SCALES = {"million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_UNITS: dict[str, ast.TimeUnit] = {"_DAY": "day", "_WEEK": "week", "_MONTH": "month", "_YEAR": "year"}
_COMPARATORS: dict[str, ast.Comparator] = {
    "_AT_LEAST": "at least",
    "_AT_MOST": "at most",
    "_UP_TO": "at most",
    "_ABOVE": "above",
    "_BELOW": "below",
    "EXACTLY": "exactly",
}


class Words:
    """`found` collects what is well formed and yet cannot be meant; a clause with such a mistake is not read."""

    def __init__(self, words: Callable[[Span], str]) -> None:
        """`words` gives the author's own words in a stretch of text."""
        self.words = words
        self.found: list[Diagnostic] = []

    def whole(self, number: ast.Number, what: str) -> int:
        """A count of things, which cannot have a fraction."""
        if number.value.denominator != 1 or number.value < 1:
            message = f"This clause is not read: {what} must be a whole number, at least 1."
            self.found.append(Diagnostic("OL012", "not-a-whole-number", message, number.span, label="write 1, 2, 3 …"))
            return 1
        return int(number.value)

    # ---------------------------------------------------------------------------------------------------- terminals

    def term_leaf(self, at: Span, text: str) -> ast.Term:
        return ast.Term(" ".join(text.replace("’", "'").split()), span=at)

    def text_leaf(self, at: Span, text: str) -> ast.Text:
        return ast.Text(text[1:-1], span=at)

    def date_leaf(self, at: Span, text: str) -> ast.Date:
        day = read_date(text)
        assert day is not None, "the lexer lets no other date pass"
        return ast.Date(day, span=at)

    def money_leaf(self, at: Span, text: str) -> ast.Money:
        sign, text = (-1, text[1:]) if text[0] == "-" else (1, text)
        symbol = _SYMBOLS.get(text[0])
        digits = text[1:] if symbol else text[3:]
        scale = 1
        for word, factor in _SCALES.items():
            if digits.endswith(word):
                digits, scale = digits.removesuffix(word), factor
                break
        return ast.Money(sign * scale * Fraction(digits.replace(",", "").strip()), symbol or text[:3], span=at)

    def percent_leaf(self, at: Span, text: str) -> ast.Percent:
        return ast.Percent(Fraction(text.partition("%")[0].split()[0]) / 100, span=at)

    def fraction_leaf(self, at: Span, text: str) -> ast.Fraction_:
        return ast.Fraction_(Fraction(text), span=at)

    def number_leaf(self, at: Span, text: str) -> ast.Number:
        return ast.Number(Fraction(text.replace(",", "")), span=at)

    # ------------------------------------------------------------------------------------------------------ phrases

    def name(self, at: Span, term: ast.Term, other: ast.Term | None) -> ast.Name:
        return ast.Name(term.text, other.text if other else None, span=at)

    def ref(self, at: Span, term: ast.Term, rung: ast.Literal_ | None) -> ast.Ref:
        return ast.Ref(term, rung, span=at)

    def parties(self, at: Span, *terms: ast.Term) -> tuple[ast.Term, ...]:
        return terms

    def names(self, at: Span, *terms: ast.Term) -> tuple[ast.Term, ...]:
        return terms

    def texts(self, at: Span, *texts: ast.Text) -> tuple[ast.Text, ...]:
        return texts

    def logged(self, at: Span, text: ast.Text, since: ast.Date | None) -> ast.Logged:
        return ast.Logged(text, since, span=at)

    def cite(self, at: Span, text: ast.Text) -> ast.Cite:
        return ast.Cite(text, span=at)

    def verified_by(self, at: Span, parties: tuple[ast.Term, ...]) -> ast.VerifiedBy:
        return ast.VerifiedBy(parties, span=at)

    def evidenced_by(self, at: Span, *texts: ast.Text) -> ast.EvidencedBy:
        return ast.EvidencedBy(texts, span=at)

    def once(self, at: Span) -> ast.Once:
        return ast.Once(span=at)

    def when(self, at: Span, condition: ast.Condition) -> ast.When:
        return ast.When(condition, span=at)

    def of_each(self, at: Span, term: ast.Term, period: ast.Term | None) -> ast.OfEach:
        return ast.OfEach(term, period, span=at)

    def of_contract_in_each(self, at: Span, period: ast.Term) -> ast.OfEach:
        return ast.OfEach(None, period, span=at)

    def of_all_together(self, at: Span, term: ast.Term, except_where: ast.Condition | None) -> ast.OfAllTogether:
        return ast.OfAllTogether(term, except_where, span=at)

    # --------------------------------------------------------------------------------------------- small word lists

    def cmp(self, at: Span, word: Token) -> ast.Comparator:
        return _COMPARATORS[word.kind]

    def unit(self, at: Span, word: Token) -> ast.TimeUnit:
        return _UNITS[word.kind]

    def kind(self, at: Span, word: Token) -> ast.Kind:
        return cast(ast.Kind, word.text)

    def duration(self, at: Span, count: ast.Number, unit: ast.TimeUnit) -> ast.Duration:
        return ast.Duration(count.value, unit, span=at)

    def working_duration(self, at: Span, count: ast.Number, unit: ast.TimeUnit) -> ast.Duration:
        return ast.Duration(count.value, unit, working=True, span=at)

    def points(self, at: Span, count: ast.Number) -> ast.Points:
        return ast.Points(count.value / 100, span=at)

    def nothing(self, at: Span) -> ast.Nothing:
        return ast.Nothing(span=at)

    # ------------------------------------------------------------------------------------------------------- ranges

    def from_up(self, at: Span, first: ast.Literal_ | ast.Date) -> ast.Range:
        return ast.Range(first, True, None, False, span=at)

    def from_to(self, at: Span, first: ast.Literal_ | ast.Date, last: ast.Literal_ | ast.Date) -> ast.Range:
        return ast.Range(first, True, last, True, span=at)

    def from_to_below(self, at: Span, first: ast.Literal_ | ast.Date, last: ast.Literal_ | ast.Date) -> ast.Range:
        return ast.Range(first, True, last, False, span=at)

    def above_up(self, at: Span, first: ast.Literal_ | ast.Date) -> ast.Range:
        return ast.Range(first, False, None, False, span=at)

    def above_to(self, at: Span, first: ast.Literal_ | ast.Date, last: ast.Literal_ | ast.Date) -> ast.Range:
        return ast.Range(first, False, last, True, span=at)

    def above_to_below(self, at: Span, first: ast.Literal_ | ast.Date, last: ast.Literal_ | ast.Date) -> ast.Range:
        return ast.Range(first, False, last, False, span=at)

    def below_only(self, at: Span, last: ast.Literal_ | ast.Date) -> ast.Range:
        return ast.Range(None, False, last, False, span=at)

    def at_most_only(self, at: Span, last: ast.Literal_ | ast.Date) -> ast.Range:
        return ast.Range(None, False, last, True, span=at)
