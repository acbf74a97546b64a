"""Rows of figures: each in a period, each of a cohort, and of two for one figure and period the later corrects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY, shift
from outcomelang.core.names import name_key
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.findings import Finding, Findings, Place, quoted


def check_figures(contract: ir.Contract, rows: Iterable[Row], findings: Findings) -> None:
    """Add what is wrong with the rows of figures; nothing is looked at where a contract has none."""
    names = {event.name for event in contract.events if event.kind == "figure"}
    if not names:
        return
    labelled = {event.name for event in contract.events if len(event.attributes) > 1}
    measures = {measure.name: measure.subject for measure in contract.measures if measure.name in names}
    calendars = {calendar.name: calendar for calendar in contract.calendars}
    members = {member.name: member.attribute for member in contract.members}
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        if row.event in names and row.counts and row.event in row.attributes:
            key = _key(contract, measures[row.event], row, calendars, members, row.event in labelled, findings)
            if key is not None:
                found.setdefault((row.event, *key, row.recorded), []).append(row)
    for some in found.values():
        for first, second in pairwise(sorted(some, key=lambda row: (row.file, row.line))):
            if first.id != second.id:
                _doubled(first, second, findings)


def _key(
    contract: ir.Contract,
    subject: ir.Subject,
    row: Row,
    calendars: dict[str, ir.Calendar],
    members: dict[str, str],
    labelled: bool,
    findings: Findings,
) -> tuple[object, ...] | None:
    """Of whom, and in which period, a row reports a figure; None where it can never count."""
    period: int | None = None
    if isinstance(subject, ir.PerPeriod):
        period = _period_of(contract, calendars[subject.calendar], row.day)
        if period is None:
            _outside(row, subject.calendar, findings)
            return None
        subject = subject.of
    whom = row.participant
    if isinstance(subject, ir.PerMember):
        whom += "\n" + name_key(str(row.attributes.get(members[subject.member], "")))
    if isinstance(subject, ir.PerGroup) and labelled:
        whom = name_key(str(row.attributes.get(subject.partition, "")))
        if not whom:
            _unlabelled(row, subject.partition, findings)
            return None
    return whom, period


def _period_of(contract: ir.Contract, calendar: ir.Calendar, day: int) -> int | None:
    for number, (first, last) in enumerate(_periods(contract, calendar)):
        if first <= day <= last:
            return number
    return None


def _periods(contract: ir.Contract, calendar: ir.Calendar) -> Iterator[tuple[int, int]]:
    first = calendar.first.toordinal()
    end = calendar.last or max(contract.last_day or calendar.first, calendar.first)
    number = 0
    while (begin := shift(first, calendar.months * number, calendar.days * number)) <= end.toordinal():
        number += 1
        yield begin, min(shift(first, calendar.months * number, calendar.days * number) - 1, LAST_DAY)


def _doubled(first: Row, second: Row, findings: Findings) -> None:
    files = findings.files
    where = f"line {first.line:,}" if first.file == second.file else f"line {first.line:,} of {files[first.file]}"
    sentence = f"{second.event} is reported here and in {where} for the same, and neither row was recorded later"
    place, other = Place(second.file, second.line), Place(first.file, first.line)
    also = ((other, "the same figure"),)
    findings.add(Finding(errors.DOUBLED_FIGURE, place, second.event, second.id, sentence, also=also))


def _outside(row: Row, calendar: str, findings: Findings) -> None:
    sentence = f"{row.event} is a figure in each {calendar}, and the day of this row lies in none"
    findings.add(Finding(errors.FIGURE_OUTSIDE, Place(row.file, row.line), "date", row.id, sentence))


def _unlabelled(row: Row, partition: str, findings: Findings) -> None:
    sentence = f"The column {quoted(partition)} is empty, and {row.event} is a figure of one {partition}"
    findings.add(Finding(errors.EMPTY_CELL, Place(row.file, row.line), partition, sentence=sentence))
