"""What a reader should know about a log that can be used: rows and verdicts that change nothing, and why.

Reports look at the latest version of each row and show the first in the total order, so that neither the order of
rows nor their split over files shows in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from outcomelang.evaluation.event_log import EventLog, Row, Verdict
from outcomelang.evaluation.ledger import Report, RowRef
from outcomelang.evaluation.log import notices
from outcomelang.evaluation.log.errors import Fault


def reports(log: EventLog, all_count: bool, none_early: bool) -> tuple[Report, ...]:
    """Every report on the log, one of each kind.

    `all_count`: every row comes from an entitled source; `none_early`: none was recorded before its day.
    """
    found = (*_on_rows(log, all_count, none_early), *_on_verdicts(log))
    return tuple(report for report in found if report is not None)


def _on_rows(log: EventLog, all_count: bool, none_early: bool) -> Iterator[Report | None]:
    if not all_count:
        unheard = [row for row in log.known(log.last_day) if not row.counts]
        yield _report(log, notices.NOT_ENTITLED, unheard, "{0.event} from {0.source}")
    if not none_early:
        early = [row for row in log.known(log.last_day) if row.recorded < row.day]
        yield _report(log, notices.RECORDED_BEFORE, early, "{0.event} from {0.source}")
    if log.corrected:
        earliest = {row.id: row for row in sorted(log.rows, key=itemgetter(2), reverse=True)}
        latest = ((row, earliest[row.id]) for row in log.known(log.last_day))
        moved = [row for row, old in latest if old.recorded < row.recorded and old.participant != row.participant]
        yield _report(log, notices.CORRECTED_PERSON, moved, "{0.event} from {0.source}")


def _on_verdicts(log: EventLog) -> Iterator[Report | None]:
    known = log.known_verdicts(log.last_day)
    yield from _on_rulings(log, [verdict for verdict in known if verdict.about])
    unheard = [verdict for verdict in known if not verdict.counts and not verdict.about]
    if not unheard:
        return
    targets = {verdict.target for verdict in unheard}
    present = {row.id for row in log.rows if row.id in targets}
    wrong = [verdict for verdict in unheard if verdict.target in present]
    yield _report(log, notices.VERDICT_NOT_ENTITLED, wrong, "The verdict of {0.source}")
    lost = [verdict for verdict in unheard if verdict.target not in present]
    yield _report(log, notices.VERDICT_ON_NOTHING, lost, "The verdict of {0.source}")


def _on_rulings(log: EventLog, rulings: list[Verdict]) -> Iterator[Report | None]:
    """Words of those who have none on this outcome or payment."""
    unheard = [ruling for ruling in rulings if not ruling.counts]
    if unheard:
        yield unheard_ruling(unheard[0], log.reference(unheard[0]), len(unheard))


def unheard_ruling(first: Verdict, place: RowRef, count: int) -> Report:
    """So many rows say something of an outcome or a payment that others have the word on; this is the first."""
    message = f"What {first.source} says of {first.about} does not count: the contract gives others that word"
    return Report(notices.VERDICT_NOT_ENTITLED.name, message + _of_all(count), place, count)


def _report(log: EventLog, notice: Fault, rows: list[Row] | list[Verdict], what: str) -> Report | None:
    return report(notice, what.format(rows[0]), log.reference(rows[0]), len(rows)) if rows else None


def report(notice: Fault, what: str, first: RowRef, count: int) -> Report:
    """So many rows of which a notice is to be given; `what` names the first of them."""
    return Report(notice.name, f"{what} {notice.says}{_of_all(count)}", first, count)


def _of_all(count: int) -> str:
    return f" ({count:,} rows in all; this is the first)" if count > 1 else ""
