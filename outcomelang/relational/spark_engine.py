"""Spark, on this machine or on a cluster. Trees in, rows out, as `duckdb_engine` has it; how it starts, see
`spark_application`.

Spark would plan and work a stage out again for each stage that reads it. A table is therefore written down once it is
worked out (of a small log it stays in memory); a view is not. Everything happens in a session of its own within the
application: settings, names and views of a session that somebody else has opened stay as they are.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from logging import getLogger
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from sqlglot import exp

from outcomelang.evaluation.log.forms import missing_extra
from outcomelang.relational.engines import EngineError, Opened
from outcomelang.relational.primitives import written
from outcomelang.relational.spark_application import Application, first_line

try:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, Row, SparkSession
    from pyspark.sql.types import DecimalType, NullType
except ImportError:
    raise missing_extra("The engine spark is not installed", "spark") from None

FETCHED = 8_192
NAME = "spark"
DAYS_AS_THEY_ARE = "CORRECTED"
"""In Parquet: no other calendar before 1582."""
SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.datetimeRebaseModeInRead": DAYS_AS_THEY_ARE,
    "spark.sql.parquet.datetimeRebaseModeInWrite": DAYS_AS_THEY_ARE,
    "spark.sql.optimizer.canChangeCachedPlanOutputPartitioning": "true",
}
"""Of the session, wherever it runs."""
ROWS_OF_A_PART = 250_000
SMALL = 100_000
MOST_PARTS = 200
MOST_WORDS = 100_000
"""Of a plan as Spark describes it for its pages."""


class Spark(Opened):
    """A session of its own: within `session` if one is given, else of an application that ends with it.

    `master` is that of a cluster; without it (or with `local…`) the application runs on this machine. What a cluster
    reads must lie where all its machines see it: `beside` names such a folder.
    """

    dialect = "spark"

    def __init__(
        self,
        memory_limit: str | None = None,
        threads: int | None = None,
        beside: Path | None = None,
        session: SparkSession | None = None,
        master: str | None = None,
    ) -> None:
        super().__init__(beside)
        self._kept: dict[str, Path] = {}
        try:
            running = session or SparkSession.getActiveSession()
            if running is None:
                started = Application(self.folder, memory_limit, threads, master)
                self._ending.callback(started.end)
                running = started.session
            self.session = running.newSession()
            for name, value in SETTINGS.items():
                self.session.conf.set(name, value)
            self._reads_files = beside is not None or str(self.session.sparkContext.master).startswith("local")
            self.sized(0)
        except BaseException:
            self.close()
            raise

    def sized(self, rows: int) -> None:
        """Expect so many rows: a small log stays in one part; no bytecode is made for it, no plan described."""
        small = self._small = rows < SMALL
        least = 1 if small else self.session.sparkContext.defaultParallelism
        parts = max(least, min(rows // ROWS_OF_A_PART, MOST_PARTS))
        self.session.conf.set("spark.sql.shuffle.partitions", str(parts))
        self.session.conf.set("spark.sql.adaptive.enabled", str(not small).lower())
        self.session.conf.set("spark.sql.codegen.wholeStage", str(not small).lower())
        self.session.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN" if small else "FALLBACK")
        self.session.conf.set("spark.sql.ui.explainMode", "simple" if small else "formatted")
        self.session.conf.set("spark.sql.maxPlanStringLength", str(0 if small else MOST_WORDS))

    def table(self, name: str, path: Path) -> None:
        """Let a file of Parquet (or a folder of them) be read under a name."""
        with _told():
            self._in_one_part(self.session.read.parquet(str(path))).createOrReplaceTempView(_quoted(name))

    def run(self, statement: exp.Expr) -> None:
        """Carry out a statement: a table that is made is kept, a view is worked out where it is read."""
        with _told():
            match statement:
                case exp.Create(this=made, expression=exp.Query() as query):
                    self._make(made.name, query, kept=statement.kind == "TABLE")
                case exp.Drop(this=gone):
                    self._forget(gone.name)
                case _:
                    self.session.sql(written(statement, "spark"))

    def fetch(self, query: exp.Expr) -> list[tuple[Any, ...]]:
        """All rows of a query that has few."""
        with _told():
            return [_plain(row) for row in self.session.sql(written(query, "spark")).collect()]

    def stream(self, query: exp.Expr) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a query in batches.

        Row by row through PySpark takes five times as long as to write them as Parquet and to read that; where the
        files would lie on other machines there is no other way.
        """
        if self._reads_files:
            yield from self._through_files(query)
            return
        with _told():
            rows = self.session.sql(written(query, "spark")).toLocalIterator(prefetchPartitions=True)
        while batch := self._next_of(rows):
            yield batch

    def _through_files(self, query: exp.Expr) -> Iterator[list[tuple[Any, ...]]]:
        from outcomelang.relational.duckdb_engine import DuckDB

        folder = Path(mkdtemp(dir=self.folder)) / "rows"
        with _told():
            frame = self.session.sql(written(query, "spark"))
            wide = {field.name for field in frame.schema if isinstance(field.dataType, DecimalType)}
            _typed(frame).write.parquet(str(folder))
        columns = [exp.column(name, quoted=True) for name in frame.columns]
        given = [
            exp.cast(each, "hugeint").as_(each.name, quoted=True) if each.name in wide else each for each in columns
        ]
        files = exp.array(*(exp.Literal.string(str(file)) for file in sorted(folder.glob("*.parquet"))))
        try:
            with DuckDB(threads=1) as reader:  # one thread: in the order in which Spark gave them
                yield from reader.stream(exp.select(*given).from_(exp.func("read_parquet", files)))
        finally:
            rmtree(folder.parent)

    def _next_of(self, rows: Iterator[Row]) -> list[tuple[Any, ...]]:
        with _told():
            return [_plain(row) for row in islice(rows, FETCHED)]

    def keep(self, name: str, query: exp.Query, read: int) -> None:
        """Let a query be read under a name; what is read more than once, or by whoever asks, is worked out once."""
        with _told():
            self._make(name, query, kept=read != 1)

    def write(self, query: exp.Expr, path: Path) -> None:
        """The rows of a query as a folder of Parquet."""
        with _told():
            _typed(self.session.sql(written(query, "spark"))).write.parquet(str(path))

    def _make(self, name: str, query: exp.Query, kept: bool) -> None:
        frame, before = self.session.sql(written(query, "spark")), self._kept.pop(name, None)
        (self._cut_off(name, frame) if kept else frame).createOrReplaceTempView(_quoted(name))
        if before is not None:
            rmtree(before.parent)

    def _cut_off(self, name: str, frame: DataFrame) -> DataFrame:
        """What a table holds, without how it came about: else whoever reads it twice would plan all that twice over."""
        if self._small:
            return self._in_one_part(frame).localCheckpoint(eager=False)
        if not self._reads_files:
            return frame.localCheckpoint(eager=True)
        path = self._kept[name] = Path(mkdtemp(dir=self.folder)) / "table"
        _typed(frame).write.parquet(str(path))
        return self.session.read.parquet(str(path))

    def _in_one_part(self, frame: DataFrame) -> DataFrame:
        """A small table in one part, and known to be: to group or to join such tables Spark need not exchange rows."""
        return frame.coalesce(1) if self._small else frame

    def _forget(self, name: str) -> None:
        self.session.catalog.dropTempView(name)
        if (path := self._kept.pop(name, None)) is not None:
            rmtree(path.parent)


def _quoted(name: str) -> str:
    return exp.to_identifier(name, quoted=True).sql("spark")


def _typed(frame: DataFrame) -> DataFrame:
    """A column in which nothing ever stands has no type of its own, and Parquet asks for one."""
    for field in frame.schema:
        if isinstance(field.dataType, NullType):
            frame = frame.withColumn(field.name, frame[field.name].cast("string"))
    return frame


def _plain(row: Sequence[Any]) -> tuple[Any, ...]:
    """As Python has it: a structure as a dict, a wide whole number as a number."""
    return tuple([_value(each) for each in row])


def _value(value: Any) -> Any:
    match value:
        case Row():
            return {name: _value(each) for name, each in value.asDict().items()}
        case list():
            return [_value(each) for each in value]
        case Decimal():
            return int(value)
        case _:
            return value


# ---------------------------------------------------------------- what is said where it cannot go on


@contextmanager
def _told() -> Iterator[None]:
    """What Spark refuses, in a sentence; nobody is shown a traceback of Java.

    PySpark writes a log of refused queries to the standard error, and leaves sockets to the collector.
    """
    refused, before = getLogger("SQLQueryContextLogger"), getLogger("SQLQueryContextLogger").disabled
    refused.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            yield
    except (PySparkException, Py4JError) as problem:
        raise EngineError(first_line(problem)) from problem
    finally:
        refused.disabled = before
