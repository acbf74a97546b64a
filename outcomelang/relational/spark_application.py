"""An application of Spark that outcomelang starts and ends: its Java, its settings, and what it prints kept away."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outcomelang.diagnostic import Diagnostic, Remedy, UsageError
from outcomelang.evaluation.log.forms import missing_extra
from outcomelang.relational.java import VERSIONS, for_spark, java_home
from outcomelang.source import Span

try:
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException, PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession
except ImportError:
    raise missing_extra("The engine spark is not installed", "spark") from None

EXTRA = "spark"
LOOPBACK = "127.0.0.1"
REMEMBERED = ("ui.retainedJobs", "ui.retainedStages", "ui.retainedTasks", "sql.ui.retainedExecutions")
"""What Spark would hold in memory for pages that nobody sees."""


class Application:
    """What the JVM prints goes to a file in the folder, and with it."""

    def __init__(self, folder: Path, memory_limit: str | None, threads: int | None, master: str | None) -> None:
        home = java_home()
        if home is None:
            wanted = " or ".join(map(str, VERSIONS))
            raise missing_extra(f"The engine spark needs Java {wanted}, and none was found", EXTRA)
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
                raise _not_started(first_line(problem)) from None
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
        **{f"spark.{what}": "1" for what in REMEMBERED},
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


def first_line(problem: BaseException) -> str:
    """What went wrong, without a traceback of Java."""
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
