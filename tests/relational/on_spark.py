"""The plan on Spark against the reference; `samples_on_spark.py` runs every sample."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import duckdb
from sqlglot import exp, select

from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.reference import Account
from outcomelang.relational.compiling import plan
from outcomelang.relational.relations import DRAFTS, PENDING, Column
from outcomelang.relational.running import run
from outcomelang.relational.spark_engine import Spark

from .agreement import COMPARED, Agreement, load, reference


def spark_agreement(contract: ir.Contract, log: EventLog, as_of: date | None, application: Spark) -> Agreement:
    """What both give of one log."""
    account = Account(contract, log, as_of)
    made = plan(contract, date.fromordinal(max(account.as_of, 1)), corrected=log.corrected)
    if made.refusals:
        return Agreement(made.refusals, [], [])
    missing = reference(contract, account)
    added = []
    with Spark(session=application.session) as own:
        _hand_over(own, contract, log)
        run(own, made)
        for one in (*_drafts(own), *_pending(own)):
            if one in missing:
                missing.remove(one)
            else:
                added.append(one)
    return Agreement((), missing, added)


def _hand_over(spark: Spark, contract: ir.Contract, log: EventLog) -> None:
    with duckdb.connect() as connection:
        load(connection, contract, log)
        for name in ("rows", "verdicts"):
            connection.table(name).write_parquet(str(spark.folder / f"{name}.parquet"))
            spark.table(name, spark.folder / f"{name}.parquet")


def _fetched(spark: Spark, name: str, columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    names = [column.name for column in columns]
    query = select(*(exp.column(each, quoted=True) for each in names)).from_(exp.table_(name, quoted=True))
    return [dict(zip(names, record, strict=True)) for record in spark.fetch(query)]


def _drafts(spark: Spark) -> list[object]:
    found: list[object] = []
    for named in _fetched(spark, "drafts", DRAFTS):
        places = tuple((p["day"], p["id"], p["file"], p["line"]) for p in named["rows"] or ())
        exact = [Fraction(named[f"{name}_n"], named[f"{name}_d"]) for name in ("units", "price")]
        head = [named[name] for name in COMPARED[: COMPARED.index("units_n")]]
        found.append((*head, *exact, *(named[name] for name in ("verified", "due", "released", "claimed")), places))
    return found


def _pending(spark: Spark) -> list[object]:
    return [("pending", *named.values()) for named in _fetched(spark, "pending", PENDING)]
