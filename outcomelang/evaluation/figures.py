"""Figures: numbers that somebody reports, and those that people answer, read for the subject at hand.

A figure has one value for each of whom it is said and each period: that of the row which was recorded last. A figure
that people answer is the mean of their answers, if enough of those who were asked answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY
from outcomelang.evaluation.episodes import NO_ROWS, Episode
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.scope import Num, Number, Scope

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

_RowFor = Callable[[Scope, int], Row | None]


def value(m: Meaning, node: ir.Observed) -> Number:
    """The value of a figure for a subject, from what was known of the days up to and including a day."""
    if node.answered_by is not None:
        return _survey(m, node)
    found = _reported(m, node)

    def number(scope: Scope, until: int) -> Num | None:
        row = found(scope, until)
        return None if row is None else _number(row, node.figure)

    return number


def settled(m: Meaning, node: ir.Observed, unwindowed: int) -> Callable[[Scope], int]:
    """A figure in each period is read on its last day; another one on the day of its row, a survey like a measure."""
    found = _reported(m, node) if node.answered_by is None else None

    def day(scope: Scope) -> int:
        if scope.last is not None:
            return scope.last
        row = found(scope, LAST_DAY) if found is not None else None
        return unwindowed if row is None else row.day

    return day


def observed(m: Meaning, node: ir.Observed) -> Callable[[Scope], int]:
    """Nobody can tell a figure that is missing from one that is still to come before the final account."""
    if node.answered_by is not None:
        return lambda scope: LAST_DAY
    found = _reported(m, node)

    def until(scope: Scope) -> int:
        known = m.world.as_of >= m.last_day or found(scope, LAST_DAY) is not None
        return LAST_DAY if known else FIRST_DAY - 1

    return until


def evidence(m: Meaning, node: ir.Observed) -> Callable[[Scope, int], list[Row]]:
    """The rows that were reported."""
    if node.answered_by is not None:
        return lambda scope, until: [row for _, row in _answers(m, node, scope, until) if row is not None]
    found = _reported(m, node)
    return lambda scope, until: [row for row in [found(scope, until)] if row is not None]


# ---------------------------------------------------------------- what was reported


def _reported(m: Meaning, node: ir.Observed) -> _RowFor:
    """The row of a figure for a subject: of somebody, of a cohort or group by its label, else of the contract."""
    subject = m.measures[node.figure].subject
    of = subject.of if isinstance(subject, ir.PerPeriod) else subject
    periods = isinstance(subject, ir.PerPeriod)
    rows = _rows_of(m, node.figure, of)

    def row(scope: Scope, until: int) -> Row | None:
        first, last = (scope.first, scope.last) if periods else (None, None)
        return _latest(rows(scope), node.figure, first, until if last is None else min(last, until))

    return row


def _rows_of(m: Meaning, figure: str, of: ir.Subject) -> Callable[[Scope], Sequence[Row]]:
    match of:
        case ir.PerGroup(partition=partition):
            by_label: dict[str | None, list[Row]] = {}
            for each in m.world.facts.rows.get(figure, NO_ROWS):
                label = m.world.declared_label(partition, str(each.attributes.get(partition, "")))
                by_label.setdefault(label, []).append(each)
            return lambda scope: by_label.get(m.world.scope_label(scope, partition), NO_ROWS)
        case ir.PerPerson() | ir.PerMember():
            return lambda scope: scope.rows_of(figure)
        case _:
            return lambda scope: m.world.facts.rows.get(figure, NO_ROWS)


def _latest(rows: Iterable[Row], figure: str, first: int | None, last: int) -> Row | None:
    """The row recorded last of those that hold a value; a log with two of one day is refused."""
    fitting = [r for r in rows if figure in r.attributes and r.day <= last and (first is None or first <= r.day)]
    return max(fitting, key=lambda row: (row.recorded, row.day, row.id), default=None)


def _number(row: Row, figure: str) -> Num | None:
    value = row.attributes.get(figure)
    return value if isinstance(value, (int, Fraction)) else None


# ---------------------------------------------------------------- what people answer


def _survey(m: Meaning, node: ir.Observed) -> Number:
    """The mean of the answers; no value over nobody, or where too few of those who were asked answered."""
    least = node.least if node.least is not None else Fraction(0)

    def number(scope: Scope, until: int) -> Num | None:
        rows = [row for _, row in _answers(m, node, scope, until)]
        answers = [answer for row in rows if row is not None and (answer := _number(row, node.figure)) is not None]
        if not answers or len(answers) < least * len(rows):
            return None
        return Fraction(sum(answers, 0)) / len(answers)

    return number


def _answers(m: Meaning, node: ir.Observed, scope: Scope, until: int) -> Iterator[tuple[Episode, Row | None]]:
    """Everybody in the subject who had joined by the end of the period, with the answer given in it, if any."""
    last = until if scope.last is None else min(until, scope.last)
    for episode in scope.episodes(node.answered_by or ""):
        if episode.joined <= last:
            rows = scope.rows_of(node.figure) if scope.person is episode else episode.rows.get(node.figure, NO_ROWS)
            yield episode, _latest(rows, node.figure, scope.first, last)
