"""What a log is once it has been read: rows, verdicts on rows, and what was known on a day.

Rows and verdicts are named tuples, not attrs classes like the trees: a million of them are made while a log is read,
and only a tuple is filled without running a constructor for each. A day is the ordinal of a civil date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple, TypeVar

from attrs import frozen

from outcomelang.evaluation.ledger import Report, RowRef

Value = int | Fraction | bool | str
"""Money in minor units, whole numbers and dates (ordinals) as int; other numbers and percentages (of one) as Fraction;
yes or no as bool; labels as text as logged."""


class Row(NamedTuple):
    """One version of one row. The first two fields are the total order of rows; a later `recorded` corrects.

    `event`, `source` and the keys of `attributes` are the declared names; only given attributes are there. Rows with
    equal cells share one `attributes`: never write to it. `file` is an index into `EventLog.files`, `line` counts from
    1 with the header as line 1. `counts` is False where the source is not entitled to report this event.
    """

    day: int
    id: str
    recorded: int
    participant: str
    event: str
    source: str
    attributes: Mapping[str, Value]
    file: int
    line: int
    counts: bool

    def __hash__(self) -> int:
        return hash((self.id, self.recorded))


class Verdict(NamedTuple):
    """A row of the built-in event `verified` or `rejected`: what `source` found on `day` about the row `target`.

    `counts` is False where the event of that row is not verified by this source. A row that speaks of an outcome or a
    payment has its name in `about`, and `whose` it is: a participant, a label, the id of a row, or nobody's. `kind`
    is that of the ruling.
    """

    day: int
    id: str
    recorded: int
    target: str
    verified: bool
    source: str
    file: int
    line: int
    counts: bool
    kind: str = "verified"
    about: str = ""
    whose: str = ""


_Version = TypeVar("_Version", Row, Verdict)


@frozen
class EventLog:
    """A log without mistakes, every version of every row, in the total order (day, id, recorded).

    `last_day` is the greatest date or `recorded`, 0 where there is no row at all: then nothing was ever observed.
    `corrected` says that some id stands in several versions. `reports` tell of rows that change nothing, and why.
    """

    files: tuple[str, ...]
    rows: list[Row]
    verdicts: list[Verdict]
    last_day: int
    reports: tuple[Report, ...]
    corrected: bool

    def known(self, as_of: int) -> list[Row]:
        """What was known on the day `as_of`: the latest version of each id recorded by then, in the order (day, id)."""
        known = self.rows if as_of >= self.last_day else [row for row in self.rows if row.recorded <= as_of]
        return latest(known) if self.corrected else list(known)

    def known_verdicts(self, as_of: int) -> list[Verdict]:
        """Verdicts known on the day `as_of`, the latest version of each, in the order (day, id)."""
        known = [verdict for verdict in self.verdicts if verdict.recorded <= as_of]
        return latest(known) if self.corrected else known

    def reference(self, row: Row | Verdict) -> RowRef:
        """Where the row stands, for ledgers and explanations."""
        return RowRef(self.files[row.file], row.line, row.id)


def latest(rows: Iterable[_Version]) -> list[_Version]:
    """The version of each id that was recorded last, in the order (day, id)."""
    versions: dict[str, _Version] = {}
    for row in rows:
        other = versions.get(row.id)
        if other is None or other.recorded < row.recorded:
            versions[row.id] = row
    return sorted(versions.values(), key=itemgetter(0, 1))
