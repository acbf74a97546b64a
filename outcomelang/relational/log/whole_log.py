"""What needs all rows at once: ids, figures, whose verdicts count, and what a reader should know of a good log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen
from sqlglot import exp

from outcomelang.evaluation.event_log import Row, Value, Verdict
from outcomelang.evaluation.ledger import Report
from outcomelang.evaluation.log.figures import check_figures
from outcomelang.evaluation.log.findings import Findings
from outcomelang.evaluation.log.ids import check_ids
from outcomelang.relational.attributes import Attribute, attribute_columns, attributes
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.log.lines import Query, call
from outcomelang.relational.log.reports import LATEST, reports
from outcomelang.relational.log.right_after_all import value_of
from outcomelang.relational.log.weighing import weigh
from outcomelang.relational.log.words import READ, State, Words
from outcomelang.relational.primitives import text, whole
from outcomelang.relational.relations import ROWS

_ROWS = "rows"


@frozen
class Whole:
    """`events`: how many different events the right rows have; `rows`: how many versions of rows and verdicts."""

    last_day: int
    corrected: bool
    reports: tuple[Report, ...]
    events: int
    rows: int


def check_whole(db: DuckDB, words: Words, findings: Findings) -> Whole:
    """Make `rows` and `verdicts`; what is wrong only with all rows in view goes to `findings`."""
    corrected = _ids(db, findings)
    _views(db, words)
    _figures(db, words, findings)
    _latest(db, corrected)
    weigh(db, words)
    last, rows, events = db.fetch(_sums())[0]
    told = reports(db, findings.files, corrected)
    return Whole(last.toordinal() if last is not None else 0, corrected, told, events, rows)


def _sums() -> Query:
    read = exp.NEQ(this=exp.column("state"), expression=whole(State.ASIDE))
    last = exp.Greatest(this=exp.Max(this=exp.column("day")), expressions=[exp.Max(this=exp.column("recorded"))])
    is_row = exp.EQ(this=exp.column("state"), expression=whole(State.ROW))
    event = exp.Case(ifs=[exp.If(this=is_row, true=exp.column("event"))])
    events = exp.Count(this=exp.Distinct(expressions=[event]))
    return exp.select(last, exp.Count(this=exp.Star()), events).from_(READ).where(read)


def _ids(db: DuckDB, findings: Findings) -> bool:
    """Whether some id stands twice; the ids that may not do so are told by the reference's rule."""
    read = exp.NEQ(this=exp.column("state"), expression=whole(State.ASIDE))
    # Hashes of ids take a fraction of the room; two ids of one hash are told apart by the next step.
    hashes = exp.select(exp.alias_(call("hash", exp.column("id")), "of_id")).from_(READ).where(read.copy())
    twice = (
        exp.select("of_id")
        .from_(hashes.subquery("hashes"))
        .group_by("of_id")
        .having(exp.GT(this=exp.Count(this=exp.Star()), expression=whole(1)))
    )
    db.run(exp.Create(this=exp.to_table("log_twice"), kind="TABLE", replace=True, expression=twice))
    if not db.fetch(exp.select("of_id").from_("log_twice").limit(1)):
        return False
    among = exp.In(this=call("hash", exp.column("id")), query=exp.select("of_id").from_("log_twice").subquery())
    versions = exp.select("id", "recorded", "state", "file", "line").from_(READ).where(read.copy(), among)
    db.run(exp.Create(this=exp.to_table("log_versions"), kind="TABLE", replace=True, expression=versions))
    check_ids(_doubled(db), findings)
    count = exp.Count(this=exp.Star())
    again = exp.select("id").from_("log_versions").group_by("id").having(exp.GT(this=count, expression=whole(1)))
    return bool(db.fetch(again.limit(1)))


def _doubled(db: DuckDB) -> Iterator[Row | Verdict]:
    """Every version of ids of which two were recorded on one day, or are a row and a verdict."""
    count, state = exp.Count(this=exp.Star()), exp.column("state")
    on_a_day = (
        exp.select("id")
        .from_("log_versions")
        .group_by("id", "recorded")
        .having(exp.GT(this=count, expression=whole(1)))
    )
    mixed = (
        exp.select("id")
        .from_("log_versions")
        .group_by("id")
        .having(exp.NEQ(this=exp.Min(this=state.copy()), expression=exp.Max(this=state.copy())))
    )
    wrong = exp.union(on_a_day, mixed, distinct=True)
    query = (
        exp.select("id", "recorded", "state", "file", "line")
        .from_("log_versions")
        .where(exp.In(this=exp.column("id"), query=wrong.subquery()))
    )
    for batch in db.stream(query):
        for id_, recorded, kind, file, line in batch:
            if kind == State.ROW:
                yield Row(0, id_, recorded.toordinal(), "", "", "", {}, file, line, True)
            else:
                yield Verdict(0, id_, recorded.toordinal(), "", True, "", file, line, True)


def _views(db: DuckDB, words: Words) -> None:
    """ROWS as a view of what was read."""
    names = [column.name for column in (*ROWS, *attribute_columns(words.contract))]
    columns = [exp.column(name, quoted=True) for name in names]
    is_row = exp.EQ(this=exp.column("state"), expression=whole(State.ROW))
    query = exp.select(*columns).from_(READ).where(is_row)
    db.run(exp.Create(this=exp.to_table(_ROWS), kind="VIEW", replace=True, expression=query))


def _figures(db: DuckDB, words: Words, findings: Findings) -> None:
    """Rows of figures are few: the reference looks at them."""
    names = [event.name for event in words.contract.events if event.kind == "figure"]
    if not names:
        return
    known = attributes(words.contract)
    fixed = ("day", "id", "recorded", "participant", "event", "source", "file", "line", "counts")
    own = [exp.column(column.name, quoted=True) for attribute in known for column in attribute.columns]
    of_figures = exp.In(this=exp.column("event"), expressions=[text(name) for name in names])
    query = exp.select(*fixed, *own).from_(_ROWS).where(of_figures).order_by("file", "line")
    rows = [_row(known, cells) for cells in db.fetch(query)]
    check_figures(words.contract, rows, findings)


def _row(known: Sequence[Attribute], cells: Sequence[Any]) -> Row:
    """A row of the engine as the reference has it."""
    day, id_, recorded, person, event, source, file, line, counts = cells[:9]
    values, at = dict[str, Value](), 9
    for attribute in known:
        width = len(attribute.columns)
        value = value_of(attribute, tuple(cells[at : at + width])) if event in attribute.events else None
        if value is not None:
            values[attribute.name] = value
        at += width
    return Row(day.toordinal(), id_, recorded.toordinal(), person, event, source, values, file, line, counts)


def _latest(db: DuckDB, corrected: bool) -> None:
    """Of each id the version recorded last; where one is not known, the first in the total order."""
    is_row = exp.EQ(this=exp.column("state"), expression=whole(State.ROW))
    names = ("day", "id", "recorded", "participant", "event", "source", "counts", "file", "line")
    query = exp.select(*names).from_(READ).where(is_row)
    if corrected:
        order = exp.Order(
            expressions=[
                exp.Ordered(this=exp.column("recorded"), desc=True),
                *(exp.Ordered(this=exp.column(name)) for name in ("day", "file", "line")),
            ]
        )
        rank = exp.Window(this=exp.RowNumber(), partition_by=[exp.column("id")], order=order)
        query = exp.select(*names).from_(query.subquery("known")).qualify(exp.EQ(this=rank, expression=whole(1)))
    db.run(exp.Create(this=exp.to_table(LATEST), kind="VIEW", replace=True, expression=query))
