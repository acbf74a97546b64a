"""Why an entry differs from the one in an earlier ledger, as far as the ledger and the log of today can tell.

The earlier ledger says on which rows an entry rested and what limits took of it; the log says which rows became known,
or were corrected, after the day of the earlier account. Where neither tells, today's log is evaluated as of that day:
what then already differs was missing, or was otherwise, in the log of the earlier account.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.core.money import count, money
from outcomelang.evaluation.event_log import EventLog, Row
from outcomelang.evaluation.ledger import Cut, Entry, Ledger
from outcomelang.evaluation.reference import evaluate

Reason = tuple[str, str]
"""A cause and the sentence that says it."""

CAUSES = (
    "earned since",
    "verified since",
    "rejected",
    "row corrected",
    "late row",
    "row gone",
    "replaced",
    "set off",
    "agreement ended",
    "limit",
    "price",
    "number",
    "rounding",
    "log of the earlier account",
    "decided since",
)
"""Every cause there is; the first that applies is the cause of an adjustment."""

MOST_SAID = 3


class Causes:
    """Tells why entries differ between an earlier ledger and the account of now."""

    def __init__(self, contract: ir.Contract, log: EventLog, earlier: Ledger, now: Ledger) -> None:
        self._contract, self._log, self._earlier, self._now = contract, log, earlier, now
        self._then, self._today = earlier.as_of.toordinal(), now.as_of.toordinal()

    def of(self, before: Entry | None, after: Entry | None) -> Reason:
        """Why the entry is gone (`after` None), new (`before` None) or otherwise."""
        if before is None and after is not None and after.units and after.day > self._earlier.as_of:
            return "earned since", f"earned on {day_text(after.day.toordinal())}, after the earlier account"
        found = list(dict.fromkeys(self._found(before, after))) or [self._behind(before, after)]
        found.sort(key=lambda reason: CAUSES.index(reason[0]))
        said = [text for _, text in found]
        more = f"; and {len(said) - MOST_SAID} more" if len(said) > MOST_SAID else ""
        return found[0][0], "; ".join(said[:MOST_SAID]) + more

    def _found(self, before: Entry | None, after: Entry | None) -> Iterator[Reason]:
        old, new = _ids(before), _ids(after)
        if after is not None and after.verified is not None and (before is None or before.verified != after.verified):
            day = after.verified.toordinal()
            if day > self._then:
                yield "verified since", f"verified on {day_text(day)}"
        for row_id in dict.fromkeys((*old, *new)):
            yield from self._row(row_id, row_id in old)
        if after is None and before is not None:
            yield from self._of_others(before, old)
        yield from self._cuts(before.cuts if before else (), after.cuts if after else ())
        if before is not None and after is not None:
            yield from self._reckoning(before, after)

    # ------------------------------------------------------------ rows

    @cached_property
    def _versions(self) -> dict[str, list[Row]]:
        """Every version of a row that is known today, the earliest first."""
        found: dict[str, list[Row]] = {}
        for row in self._log.rows:
            if row.recorded <= self._today:
                found.setdefault(row.id, []).append(row)
        for some in found.values():
            some.sort(key=lambda row: row.recorded)
        return found

    @cached_property
    def _rejected(self) -> dict[str, int]:
        """Rows rejected after the earlier account, by id, with the day."""
        verdicts = self._log.known_verdicts(self._today)
        return {
            v.target: v.day for v in verdicts if v.counts and not v.verified and max(v.day, v.recorded) > self._then
        }

    def _row(self, row_id: str, was_there: bool) -> Iterator[Reason]:
        """What became of a row since the earlier account."""
        versions = self._versions.get(row_id)
        if not versions:
            if was_there:
                yield "row gone", f"row {row_id} is not in the log any more"
            return
        last = versions[-1]
        if row_id in self._rejected:
            yield "rejected", f"{_said(last)} was rejected on {day_text(self._rejected[row_id])}"
        elif last.recorded > self._then and len(versions) > 1:
            yield "row corrected", f"{_said(last)} was corrected on {day_text(last.recorded)}"
        elif last.recorded > self._then >= last.day:
            yield "late row", f"{_said(last)} became known on {day_text(last.recorded)}"

    def _of_others(self, gone: Entry, own: tuple[str, ...]) -> Iterator[Reason]:
        """Of an entry that is gone: rows of the same participant that became known since and speak against it."""
        for row_id, versions in self._versions.items():
            if row_id not in own and gone.participant and versions[-1].participant == gone.participant:
                yield from self._row(row_id, was_there=False)

    # ------------------------------------------------------------ what was taken, and the sum

    def _cuts(self, before: Iterable[Cut], after: Iterable[Cut]) -> Iterator[Reason]:
        old, new = _taken(before), _taken(after)
        for by in dict.fromkeys((*old, *new)):
            was, now = old.get(by, Fraction(0)), new.get(by, Fraction(0))
            if was != now:
                cause = self._cause_of_cut(by)
                if not now:
                    yield cause, f"{by} no longer takes {self._money(was)}"
                else:
                    yield cause, f"{by} takes {self._money(now)}" + (f" instead of {self._money(was)}" if was else "")

    def _cause_of_cut(self, by: str) -> str:
        if by.startswith("replaced by "):
            return "replaced"
        if by.startswith("less "):
            return "set off"
        ends = {stage.title for stage in self._contract.stages if isinstance(stage, ir.FallAway)}
        return "agreement ended" if by in ends else "price" if by.endswith(" past its amount") else "limit"

    def _reckoning(self, before: Entry, after: Entry) -> Iterator[Reason]:
        if before.price != after.price:
            yield "price", f"price {self._money(after.price)} instead of {self._money(before.price)}"
        if before.units != after.units:
            yield "number", f"{count(after.units)} instead of {count(before.units)}"
        if before.rounding != after.rounding and before.earned == after.earned:
            yield "rounding", "the line rounds otherwise"

    def _money(self, minor: Fraction) -> str:
        return money(minor, self._now.currency, self._now.minor_digits)

    # ------------------------------------------------------------ what stands behind

    @cached_property
    def _replayed(self) -> dict[str, Entry]:
        """The entries of today's log as of the day of the earlier account."""
        same_day = self._now.as_of == self._earlier.as_of
        then = self._now if same_day else evaluate(self._contract, self._log, self._earlier.as_of)
        return {entry.id: entry for entry in then.entries}

    def _behind(self, before: Entry | None, after: Entry | None) -> Reason:
        either = after if after is not None else before
        assert either is not None, "an entry of one account or of both"
        then = self._replayed.get(either.id)
        if (then and told(then)) == (before and told(before)):
            return "decided since", "decided after the earlier account"
        new = [row_id for row_id in _ids(after) if row_id not in _ids(before)]
        rows = ", ".join(_said(self._versions[row_id][-1]) for row_id in new[:2] if row_id in self._versions)
        said = f"the log of the earlier account did not hold it as this log does{f': {rows}' if rows else ''}"
        return "log of the earlier account", said


def told(entry: Entry) -> tuple[object, ...]:
    """What an entry says of its amount: where two of one id agree in this, nothing is adjusted."""
    return (
        *(entry.payer, entry.payee, entry.day, entry.due, entry.verified, entry.units, entry.counted, entry.price),
        *(entry.earned, entry.cuts, entry.rounding, entry.amount, tuple(row.id for row in entry.rows)),
    )


def _ids(entry: Entry | None) -> tuple[str, ...]:
    return tuple(row.id for row in entry.rows) if entry is not None else ()


def _taken(cuts: Iterable[Cut]) -> dict[str, Fraction]:
    taken: dict[str, Fraction] = {}
    for cut in cuts:
        taken[cut.by] = taken.get(cut.by, Fraction(0)) + cut.taken
    return taken


def _said(row: Row) -> str:
    return f"row {row.id} ({row.event}{f' of {row.participant}' if row.participant else ''}, {day_text(row.day)})"
