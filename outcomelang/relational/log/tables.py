"""The tables of spellings that rows are joined to: what the first rows of each file hold, then what was left aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlglot import exp

from outcomelang.evaluation.log.columns import Columns
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.log.asides import Gone
from outcomelang.relational.log.handing import make, put
from outcomelang.relational.log.lines import Cells, Query
from outcomelang.relational.log.normalising import normalised
from outcomelang.relational.log.spellings import heads, labels, said_of
from outcomelang.relational.log.words import HEADS, LABELS, READ, SAID, State, Words, labelled
from outcomelang.relational.primitives import whole

MOST_TEXTS = 200_000
FEW = 500
"""So few rows the reference reads before a second look would be worth it."""
AGAIN = "log_again"
_HEAD = {
    "event_text": "VARCHAR", "source_text": "VARCHAR", "first": "DATE", "last": "DATE", "plan": "INT",
    "event": "VARCHAR", "source": "VARCHAR", "counts": "BOOLEAN", "named": "BOOLEAN", "verdict": "BOOLEAN",
    "of_row": "BOOLEAN", "kind": "VARCHAR",
}  # fmt: skip
_LABEL = {"key": "VARCHAR", "plan": "INT", "text": "VARCHAR", "first": "DATE", "last": "DATE", "value": "VARCHAR"}
_SAID = {"text": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR", "of": "VARCHAR"}


class Tables:
    """The tables, and the texts for which they have been asked."""

    def __init__(self, db: DuckDB, words: Words) -> None:
        self._db, self._words = db, words
        self._asked: dict[str, set[tuple[str, ...]]] = {}
        for table, columns in ((HEADS, _HEAD), (LABELS, _LABEL), (SAID, _SAID)):
            make(db, table, columns)

    def learn(self, columns: Columns, given: Cells) -> int:
        """Take up the texts of some rows that mean something; how many of them were new."""
        vocabulary = self._words.vocabulary
        keys = [(position, key) for position, key in columns.data if labelled(self._words, key)]
        about = [] if columns.about is None else [columns.about]
        texts = self._texts(given, (columns.event, columns.source, *(position for position, _ in keys), *about))
        pairs = self._new("", ((event, source) for event, source, *_ in texts))
        found = heads(vocabulary, ((event, source) for event, source in pairs))
        new = self._put(HEADS, _HEAD, ([getattr(head, name) for name in _HEAD] for head in found), len(found))
        for place, (_, key) in enumerate(keys, 2):
            own = [text for (text,) in self._new(f"label {key}", ((row[place],) for row in texts))]
            some = labels(vocabulary, key, own)
            rows = ((key, each.plan, each.text, each.first, each.last, each.value) for each in some)
            new += self._put(LABELS, _LABEL, rows, len(some))
        if about:
            spoken = said_of(vocabulary, [text for (text,) in self._new("about", ((row[-1],) for row in texts))])
            new += self._put(SAID, _SAID, ((s.text, s.kind, s.name, s.of) for s in spoken), len(spoken))
        return new

    def settle(self, files: Sequence[Gone]) -> None:
        """Look again at what was left aside, where its texts mean something that no table held."""
        aside = exp.EQ(this=exp.column("state"), expression=whole(State.ASIDE))
        count = exp.select("file", exp.Count(this=exp.Star())).from_(READ).where(aside.copy()).group_by("file")
        again: list[int] = []
        for index, rows in self._db.fetch(count):
            columns = files[index].columns
            if columns is None or rows <= FEW:
                continue
            given = _of(exp.select("cells").from_(READ).where(aside.copy()), index)
            if self.learn(columns, Cells(given, apart=False, width=len(columns.names))):
                again.append(index)
        if not again:
            return
        among = exp.In(this=exp.column("file"), expressions=[whole(index) for index in again])
        left = exp.select("file", "chunk", "line", "cells").from_(READ).where(aside.copy(), among.copy())
        self._db.run(exp.Create(this=exp.to_table(AGAIN), kind="TABLE", replace=True, expression=left))
        self._db.run(exp.delete(READ, where=exp.and_(aside.copy(), among.copy())))
        for index in again:
            columns = files[index].columns
            if columns is not None:
                left = _of(exp.select("chunk", "line", "cells").from_(AGAIN), index)
                cells = Cells(left, apart=False, width=len(columns.names))
                self._db.run(exp.insert(normalised(self._words, columns, index, cells), READ))
        self._db.run(exp.Drop(this=exp.to_table(AGAIN), kind="TABLE"))

    def _texts(self, given: Cells, positions: tuple[int, ...]) -> list[tuple[str, ...]]:
        """The different texts in some columns together, as many as can be worth knowing."""
        named = [exp.alias_(given.cell(position), f"t{number}") for number, position in enumerate(positions)]
        query = exp.select(*named).from_(given.query.subquery("given")).distinct().limit(MOST_TEXTS)
        return [row for row in self._db.fetch(query) if None not in row]

    def _new(self, of: str, texts: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
        asked = self._asked.setdefault(of, set())
        found = sorted({row for row in texts if row not in asked and any(row)})
        asked.update(found)
        return found

    def _put(self, table: str, columns: dict[str, str], rows: Iterable[Sequence[object]], count: int) -> int:
        if count:
            put(self._db, self._db.folder / "texts.txt", table, columns, rows)
        return count


def _of(query: Query, index: int) -> Query:
    return query.where(exp.EQ(this=exp.column("file"), expression=whole(index)))
