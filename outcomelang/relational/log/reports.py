"""The notices on a good log, counted all at once: the sentences and the first row are those of the reference."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from outcomelang.evaluation.event_log import Verdict
from outcomelang.evaluation.ledger import Report, RowRef
from outcomelang.evaluation.log import notices
from outcomelang.evaluation.log.errors import Fault
from outcomelang.evaluation.log.reports import report, unheard_ruling
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.log.lines import Query
from outcomelang.relational.log.words import READ, State
from outcomelang.relational.primitives import E, text, whole

LATEST = "log_latest"
_KNOWN = "known"


def reports(db: DuckDB, files: tuple[str, ...], corrected: bool) -> tuple[Report, ...]:
    """Every report on the log, one of each kind; the log's tables stand."""
    return tuple(_Reports(db, files).all(corrected))


class _Reports:
    def __init__(self, db: DuckDB, files: tuple[str, ...]) -> None:
        self._db, self._files = db, files

    def all(self, corrected: bool) -> Iterator[Report]:
        column = exp.column
        unheard = exp.Not(this=column("counts"))
        yield from self._on_rows(notices.NOT_ENTITLED, _latest().where(unheard))
        early = exp.LT(this=column("recorded"), expression=column("day"))
        yield from self._on_rows(notices.RECORDED_BEFORE, _latest().where(early))
        if corrected:
            yield from self._on_rows(notices.CORRECTED_PERSON, _moved())
        yield from self._on_verdicts(corrected)

    def _on_rows(self, notice: Fault, rows: Query) -> Iterator[Report]:
        found = self._first(rows, "event", "source")
        if found:
            place, count, (event, source) = found
            yield report(notice, f"{event} from {source}", place, count)

    def _on_verdicts(self, corrected: bool) -> Iterator[Report]:
        column = exp.column
        unheard = _known_verdicts(corrected).where(exp.Not(this=column("counts")))
        of_things = exp.NEQ(this=column("about"), expression=text(""))
        found = self._first(unheard.where(of_things), "source", "about")
        if found:
            place, count, (source, about) = found
            verdict = Verdict(0, place.id, 0, "", True, source, 0, 0, False, about=about)
            yield unheard_ruling(verdict, place, count)
        of_rows = unheard.where(exp.EQ(this=column("about"), expression=text("")))
        if not self._db.fetch(of_rows.limit(1)):
            return
        is_row = exp.EQ(this=column("state"), expression=whole(State.ROW))
        ids = exp.select("id").from_(READ).where(is_row)
        present = exp.In(this=column("target"), query=ids.subquery())
        for notice, rows in (
            (notices.VERDICT_NOT_ENTITLED, of_rows.where(present)),
            (notices.VERDICT_ON_NOTHING, of_rows.where(exp.Not(this=present.copy()))),
        ):
            if found := self._first(rows, "source"):
                place, count, (source,) = found
                yield report(notice, f"The verdict of {source}", place, count)

    def _first(self, rows: Query, *names: str) -> tuple[RowRef, int, list[str]] | None:
        """The first of some rows in the total order, with how many there are and some of its cells."""
        count = self._db.fetch(exp.select(exp.Count(this=exp.Star())).from_(rows.subquery(_KNOWN)))[0][0]
        if not count:
            return None
        first = exp.select("file", "line", "id", *names).from_(rows.subquery(_KNOWN)).order_by("day", "id").limit(1)
        file, line, id_, *cells = self._db.fetch(first)[0]
        return RowRef(self._files[file], line, id_), count, cells


def _latest() -> Query:
    return exp.select("*").from_(LATEST)


def _moved() -> Query:
    """The latest versions of rows of which the first was about somebody else."""
    is_row = exp.EQ(this=exp.column("state"), expression=whole(State.ROW))
    order = [exp.Ordered(this=exp.column("recorded"))]
    order += [exp.Ordered(this=exp.column(name), desc=True) for name in ("day", "file", "line")]
    rank = exp.Window(this=exp.RowNumber(), partition_by=[exp.column("id")], order=exp.Order(expressions=order))
    versions = exp.select("id", "recorded", "participant").from_(READ).where(is_row)
    again = exp.In(this=exp.column("id"), query=exp.select("id").from_("log_versions").subquery())
    earliest = versions.where(again).qualify(exp.EQ(this=rank, expression=whole(1)))
    of: E = exp.and_(
        exp.EQ(this=exp.column("id", "earliest"), expression=exp.column("id", LATEST)),
        exp.LT(this=exp.column("recorded", "earliest"), expression=exp.column("recorded", LATEST)),
        exp.NEQ(this=exp.column("participant", "earliest"), expression=exp.column("participant", LATEST)),
    )
    return exp.select(f"{LATEST}.*").from_(LATEST).join(earliest.subquery("earliest"), on=of)


def _known_verdicts(corrected: bool) -> Query:
    query = exp.select("*").from_("verdicts")
    if not corrected:
        return query
    order = [exp.Ordered(this=exp.column("recorded"), desc=True)]
    order += [exp.Ordered(this=exp.column(name)) for name in ("day", "file", "line")]
    rank = exp.Window(this=exp.RowNumber(), partition_by=[exp.column("id")], order=exp.Order(expressions=order))
    return exp.select("*").from_(query.qualify(exp.EQ(this=rank, expression=whole(1))).subquery("versions"))
