"""Days, windows, deadlines, and which events or people are meant."""

from __future__ import annotations

from outcomelang.source import Span
from outcomelang.surface import ast


class Selections:
    def select(self, at: Span, head: ast.Ref, *counted: ast.Counted) -> ast.Select:
        return ast.Select(head, counted, span=at)

    def among(self, at: Span, term: ast.Term) -> ast.Among:
        return ast.Among(term, span=at)

    def per(self, at: Span, term: ast.Term) -> ast.Per:
        return ast.Per(term, span=at)

    def with_filter(self, at: Span, ref: ast.Ref, test: ast.Test | None) -> ast.With:
        return ast.With(ref.term, test, ref.at, span=at)

    def without(self, at: Span, ref: ast.Ref) -> ast.Without:
        return ast.Without(ref.term, ref.at, span=at)

    def label_test(self, at: Span, label: ast.Text) -> ast.LabelTest:
        return ast.LabelTest((label,), span=at)

    def labels_test(self, at: Span, labels: tuple[ast.Text, ...]) -> ast.LabelTest:
        return ast.LabelTest(labels, span=at)

    def value_test(self, at: Span, comparator: ast.Comparator | None, value: ast.Literal_ | ast.Date) -> ast.ValueTest:
        return ast.ValueTest(comparator or "exactly", value, span=at)

    def range_test(self, at: Span, first: ast.Literal_ | ast.Date, last: ast.Literal_ | ast.Date) -> ast.RangeTest:
        return ast.RangeTest(first, last, last_included=True, span=at)

    def range_below_test(
        self, at: Span, first: ast.Literal_ | ast.Date, last: ast.Literal_ | ast.Date
    ) -> ast.RangeTest:
        return ast.RangeTest(first, last, last_included=False, span=at)

    # --------------------------------------------------------------------------------------------- days and windows

    def first(self, at: Span, term: ast.Term) -> ast.First:
        return ast.First(term, span=at)

    def latest(self, at: Span, term: ast.Term) -> ast.Latest:
        return ast.Latest(term, span=at)

    def window_after(self, at: Span, length: ast.Duration, day: ast.Day) -> ast.After:
        return ast.After(length, day, span=at)

    def window_before(self, at: Span, length: ast.Duration, day: ast.Day) -> ast.Before:
        return ast.Before(length, day, span=at)

    def window_beginning(self, at: Span, length: ast.Duration, day: ast.Day) -> ast.BeginningWith:
        return ast.BeginningWith(length, day, span=at)

    def window_same(self, at: Span, period: ast.Term, first: ast.Date) -> ast.SamePeriod:
        return ast.SamePeriod(period, first, span=at)

    def window_between(self, at: Span, first: ast.Day, last: ast.Day) -> ast.Between:
        return ast.Between(first, last, span=at)

    def window_on(self, at: Span, day: ast.Day) -> ast.On:
        return ast.On(day, span=at)

    def within(self, at: Span, length: ast.Duration, day: ast.Day) -> ast.Within:
        return ast.Within(length, day, span=at)

    def within_beginning(self, at: Span, length: ast.Duration, day: ast.Day) -> ast.BeginningWith:
        return ast.BeginningWith(length, day, span=at)

    def before_day(self, at: Span, day: ast.Day) -> ast.BeforeDay:
        return ast.BeforeDay(day, span=at)
