"""Spark, on this machine or on a cluster: the one module that knows it. Trees in, rows out, as `duckdb_engine` has it.

Spark would work a stage out again for each stage that reads it. A table is therefore kept once it is worked out (in
memory, and on disk where memory does not suffice); a view is not. Everything happens in a session of its own within the
application: settings, names and views of a session that somebody else has opened stay as they are.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from logging import getLogger
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from types import TracebackType
from typing import Any, Self

from sqlglot import exp

from outcomelang.diagnostic import Diagnostic, Remedy, UsageError
from outcomelang.evaluation.log.forms import missing_extra
from outcomelang.relational.engines import EngineError
from outcomelang.relational.java import VERSIONS, for_spark, java_home
from outcomelang.relational.primitives import written
from outcomelang.source import Span

try:
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext, StorageLevel
    from pyspark.errors import PySparkException, PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import DataFrame, Row, SparkSession
except ImportError:
    raise missing_extra("The engine spark is not installed", "spark") from None

FETCHED = 8_192
NAME = "spark"
DAYS_AS_THEY_ARE = "CORRECTED"
"""In Parquet: no other calendar before 1582."""
SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.datetimeRebaseModeInRead": DAYS_AS_THEY_ARE,
    "spark.sql.parquet.datetimeRebaseModeInWrite": DAYS_AS_THEY_ARE,
    "spark.sql.optimizer.canChangeCachedPlanOutputPartitioning": "true",
}
"""Of the session, wherever it runs."""
LOOPBACK = "127.0.0.1"
ROWS_OF_A_PART = 250_000
MOST_PARTS = 200


class Spark:
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
        self.folder = Path(mkdtemp(prefix="outcomelang-", dir=beside))
        self._started: _Started | None = None
        self._kept: dict[str, DataFrame] = {}
        try:
            running = session or SparkSession.getActiveSession()
            if running is None:
                self._started = _Started(self.folder, memory_limit, threads, master)
                running = self._started.session
            self.session = running.newSession()
            for name, value in SETTINGS.items():
                self.session.conf.set(name, value)
            self.sized(0)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything, end what was started, and leave nothing behind."""
        try:
            if self._started is not None:
                self._started.end()
            else:
                for name in tuple(self._kept):
                    self._forget(name)
        finally:
            rmtree(self.folder, ignore_errors=True)

    def sized(self, rows: int) -> None:
        """Expect a log of so many rows: a small one is not cut into many parts."""
        least = self.session.sparkContext.defaultParallelism
        parts = max(least, min(rows // ROWS_OF_A_PART, MOST_PARTS))
        self.session.conf.set("spark.sql.shuffle.partitions", str(parts))

    def table(self, name: str, path: Path) -> None:
        """Let a file of Parquet (or a folder of them) be read under a name."""
        with _told():
            self.session.read.parquet(str(path)).createOrReplaceTempView(name)

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
        """The rows of a query in batches."""
        with _told():
            rows = self.session.sql(written(query, "spark")).toLocalIterator(prefetchPartitions=True)
        while batch := self._next_of(rows):
            yield batch

    def keep(self, name: str, query: exp.Query, read: int) -> None:
        """Let a query be read under a name: worked out once, if it is read more than once."""
        with _told():
            self._make(name, query, kept=read > 1)

    def write(self, query: exp.Expr, path: Path) -> None:
        """The rows of a query as a folder of Parquet."""
        with _told():
            self.session.sql(written(query, "spark")).write.parquet(str(path))

    def _next_of(self, rows: Iterator[Row]) -> list[tuple[Any, ...]]:
        with _told():
            return [_plain(row) for row in islice(rows, FETCHED)]

    def _make(self, name: str, query: exp.Query, kept: bool) -> None:
        frame = self.session.sql(written(query, "spark"))
        self._forget(name)
        if kept:
            frame = self._kept[name] = frame.persist(StorageLevel.MEMORY_AND_DISK)
        frame.createOrReplaceTempView(name)

    def _forget(self, name: str) -> None:
        self.session.catalog.dropTempView(name)
        if (frame := self._kept.pop(name, None)) is not None:
            frame.unpersist()


class _Started:
    """An application of our own. What the JVM prints goes to a file in the folder, and with it."""

    def __init__(self, folder: Path, memory_limit: str | None, threads: int | None, master: str | None) -> None:
        home = java_home()
        if home is None:
            wanted = " or ".join(map(str, VERSIONS))
            raise missing_extra(f"The engine spark needs Java {wanted}, and none was found", NAME)
        local = master is None or master.startswith("local")
        conf = SparkConf(loadDefaults=False)
        conf.setAll(list(_settings(folder, memory_limit, threads, master, local).items()))
        more = {"JAVA_HOME": str(for_spark(home, folder))}
        if local:
            more["SPARK_LOCAL_IP"] = LOOPBACK
        with (folder / "spark.log").open("wb") as said, _environment(more):
            try:
                self._gateway = launch_gateway(conf, {"stdout": said, "stderr": said})  # type: ignore[no-untyped-call]
            except PySparkRuntimeError:
                raise _not_started(_last_words(folder / "spark.log")) from None
            try:
                self.session = SparkSession(SparkContext(conf=conf, gateway=self._gateway))
            except (PySparkException, Py4JError) as problem:
                self.end()
                raise _not_started(_first_line(problem)) from None
            except BaseException:
                self.end()
                raise

    def end(self) -> None:
        """Stop the application and wait until its JVM is gone; another one may then be started."""
        try:
            if SparkContext._active_spark_context is not None:
                SparkContext._active_spark_context.stop()
        finally:
            SparkSession._instantiatedSession = None
            SparkContext._gateway = SparkContext._jvm = None
            self._gateway.shutdown()
            self._gateway.proc.stdin.close()
            self._gateway.proc.wait()


def _settings(
    folder: Path, memory_limit: str | None, threads: int | None, master: str | None, local: bool
) -> dict[str, str]:
    settings = {
        "spark.app.name": "outcomelang",
        "spark.master": master or f"local[{threads or '*'}]",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.driver.memory": (memory_limit or "2g").upper().removesuffix("B").lower(),
    }
    if local:
        own = {"spark.driver.host": LOOPBACK, "spark.driver.bindAddress": LOOPBACK, "spark.local.dir": str(folder)}
        settings |= own | {"spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={folder}"}
    return settings


@contextmanager
def _environment(more: dict[str, str]) -> Iterator[None]:
    """Variables that the JVM is started with, and nobody after it."""
    before = {name: os.environ.get(name) for name in more}
    os.environ.update(more)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


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
        raise EngineError(_first_line(problem)) from problem
    finally:
        refused.disabled = before


def _first_line(problem: BaseException) -> str:
    java = getattr(problem, "java_exception", None)
    said = str(problem) if java is None else str(java.getMessage() or java.toString())
    return " ".join(said.strip().partition("\n")[0].split())[:200]


def _last_words(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    told = [line for line in lines if line and not line.startswith("at ")]
    return told[-1][:200] if told else "nothing was said"


def _not_started(said: str) -> UsageError:
    message, remedy = f"The engine spark cannot start: {said}", Remedy("Use another engine (--engine duckdb)")
    return UsageError((Diagnostic("OL407", "engine-not-started", message, Span("", 0, 0, 0, 0), remedies=(remedy,)),))
