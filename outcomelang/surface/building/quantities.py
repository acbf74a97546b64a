"""Quantities: how much there is of it."""

from __future__ import annotations

from typing import Literal

from outcomelang.diagnostic import Diagnostic, Edit, Remedy
from outcomelang.source import Span
from outcomelang.surface import ast
from outcomelang.surface.building.words import Words
from outcomelang.surface.lexer import Token


class Quantities(Words):
    def plus(self, at: Span, left: ast.Expr, right: ast.Expr) -> ast.Sum_:
        self._brackets(at, left, right)
        return ast.Sum_(left, right, span=at)

    def less(self, at: Span, left: ast.Expr, right: ast.Expr) -> ast.Difference:
        self._brackets(at, left, right)
        return ast.Difference(left, right, span=at)

    def _brackets(self, at: Span, left: ast.Expr, right: ast.Expr) -> None:
        """`30% of A plus B` can be two amounts; with a share on both sides (`30% of A plus 20% of B`) it is plain."""
        term = _last_term(at, left)
        share = _loose_share(term) if term else None
        if term is None or share is None or isinstance(right, ast.Portion):
            return
        apart = (self.words(_before(at, term.span)), f"({self.words(term.span)})", self.words(_after(term.span, at)))
        alone = " ".join(apart).strip()
        whole = self.words(share.of.span.to(at))
        together = f"{self.words(_before(at, share.of.span))} ({whole})"
        self.found.append(
            Diagnostic(
                "OL019",
                "share-without-brackets",
                f"This clause is not read: “{self.words(at)}” can be two amounts.",
                at,
                label="brackets say what the share is taken of",
                remedies=(
                    Remedy(alone, f"a share of {self.words(share.of.span)} alone", (Edit(at, (alone,)),)),
                    Remedy(together, f"a share of {whole} together", (Edit(at, (together,)),)),
                ),
            )
        )

    def times(self, at: Span, left: ast.Expr, right: ast.Expr) -> ast.Product:
        return ast.Product(left, right, span=at)

    def portion(self, at: Span, share: ast.Percent | ast.Fraction_ | ast.Ref, of: ast.Expr) -> ast.Portion:
        return ast.Portion(share, of, span=at)

    def share_term(self, at: Span, term: ast.Term) -> ast.Ref:
        return ast.Ref(term, span=at)

    def excess(self, at: Span, of: ast.Expr, over: ast.Expr) -> ast.Excess:
        return ast.Excess(of, over, span=at)

    def lesser(self, at: Span, left: ast.Expr, right: ast.Expr) -> ast.Lesser:
        return ast.Lesser(left, right, span=at)

    def greater(self, at: Span, left: ast.Expr, right: ast.Expr) -> ast.Greater:
        return ast.Greater(left, right, span=at)

    def change_relative(self, at: Span, trend: Literal["fall", "rise"], base: ast.Expr, new: ast.Expr) -> ast.Change:
        return ast.Change(trend, False, base, new, span=at)

    def change_in_points(self, at: Span, trend: Literal["fall", "rise"], base: ast.Expr, new: ast.Expr) -> ast.Change:
        return ast.Change(trend, True, base, new, span=at)

    def trend(self, at: Span, word: Token) -> Literal["fall", "rise"]:
        return "fall" if word.kind == "_FALL" else "rise"

    def count(self, at: Span, select: ast.Select) -> ast.Count:
        return ast.Count(select, span=at)

    def total(self, at: Span, attribute: ast.Term, select: ast.Select) -> ast.Total:
        return ast.Total(attribute, select, span=at)

    def days_of(self, at: Span, unit: ast.TimeUnit, select: ast.Select) -> ast.DaysOf:
        return ast.DaysOf(unit, select, span=at)

    def proportion(self, at: Span, select: ast.Select) -> ast.Proportion:
        return ast.Proportion(select, span=at)


def _last_term(at: Span, left: ast.Expr) -> ast.Expr | None:
    """What stands right before `plus` or `less`, unless brackets close before it."""
    if _start(left.span) != _start(at):
        return None
    if not isinstance(left, ast.Sum_ | ast.Difference):
        return left
    return left.right if _end(left.right.span) == _end(left.span) else None


def _loose_share(term: ast.Expr) -> ast.Portion | None:
    """The share that ends a term, perhaps as a factor, with no brackets round it or round what it is taken of."""
    parts = [term]
    if isinstance(term, ast.Product):
        inside = [part for part in (term.left, term.right) if isinstance(part, ast.Portion)]
        edges = (_start(term.span), _end(term.span))
        parts = [part for part in inside if _start(part.span) == edges[0] or _end(part.span) == edges[1]]
    loose = (p for p in parts if isinstance(p, ast.Portion) and _end(p.of.span) == _end(p.span))
    return next(loose, None)


def _start(span: Span) -> tuple[int, int]:
    return span.line, span.column


def _end(span: Span) -> tuple[int, int]:
    return span.end_line, span.end_column


def _before(whole: Span, part: Span) -> Span:
    return Span(whole.path, *_start(whole), *_start(part))


def _after(part: Span, whole: Span) -> Span:
    return Span(whole.path, *_end(part), *_end(whole))
