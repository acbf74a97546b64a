"""The plan on DuckDB against the reference: the same drafts, the same that is pending, on one contract and log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import duckdb
from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.evaluation.drafts import Draft, claim_day
from outcomelang.evaluation.event_log import EventLog, Row, Verdict
from outcomelang.evaluation.reference import Account
from outcomelang.evaluation.units import units
from outcomelang.relational.attributes import Attribute, attribute_columns, attributes
from outcomelang.relational.compiling import plan
from outcomelang.relational.plan import Refusal
from outcomelang.relational.primitives import written
from outcomelang.relational.relations import DRAFTS, ROWS, VERDICTS, Column, Type
from outcomelang.relational.running import creation

COMPARED = tuple(column.name for column in DRAFTS)
KINDS = {Type.PLACES: "STRUCT(day DATE, id VARCHAR, file BIGINT, line BIGINT)[]"}


@frozen
class Agreement:
    """What both gave; `refused` where the plan cannot say the contract."""

    refused: tuple[Refusal, ...]
    missing: list[object]
    """What the reference has and the plan has not."""
    added: list[object]

    @property
    def holds(self) -> bool:
        return not self.missing and not self.added


def agreement(contract: ir.Contract, log: EventLog, as_of: date | None) -> Agreement:
    """Both run over one log."""
    account = Account(contract, log, as_of)
    made = plan(contract, date.fromordinal(max(account.as_of, 1)), corrected=log.corrected)
    if made.refusals:
        return Agreement(made.refusals, [], [])
    expected = reference(contract, account)
    with duckdb.connect() as connection:
        load(connection, contract, log)
        for stage in made.stages:
            connection.execute(written(creation(stage), "duckdb"))
        if any(stage.relation.name == "unsaid" for stage in made.stages):
            for (why,) in fetched(connection, "unsaid")[1]:
                return Agreement((Refusal(contract, "", why),), [], [])
        given = [*drafted(connection), *pending(connection)]
        given += [("report", *record) for record in fetched(connection, "reports")[1]]
    missing, added = list(expected), []
    for one in given:
        if one in missing:
            missing.remove(one)
        else:
            added.append(one)
    return Agreement((), missing, added)


def fetched(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and rows of a stage."""
    query = exp.select(exp.Star()).from_(exp.table_(name, quoted=True))
    result = connection.execute(written(query, "duckdb"))
    return [column[0] for column in result.description or ()], result.fetchall()


# ---------------------------------------------------------------- the log as relations


def load(connection: duckdb.DuckDBPyConnection, contract: ir.Contract, log: EventLog) -> None:
    """ROWS and VERDICTS, as they stand in a log."""
    held = attributes(contract)
    _table(connection, "rows", (*ROWS, *attribute_columns(contract)), (_row(row, held) for row in log.rows))
    _table(connection, "verdicts", VERDICTS, (_verdict(verdict) for verdict in log.verdicts))


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[Column], records: Iterable[Sequence[object]]
) -> None:
    named = ", ".join(f"{exp.to_identifier(c.name, quoted=True).sql('duckdb')} {c.type}" for c in columns)
    connection.execute(f"CREATE TABLE {name} ({named})")
    every = list(records)
    if every:
        connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' for _ in columns)})", every)


def _row(row: Row, held: Sequence[Attribute]) -> list[object]:
    cells: list[object] = [date.fromordinal(row.day), row.id, date.fromordinal(row.recorded), row.participant]
    cells += [row.event, row.source, row.counts, row.file, row.line]
    for attribute in held:
        value = row.attributes.get(attribute.name) if row.event in attribute.events else None
        if len(attribute.columns) == 2:
            cells += [None, None] if value is None else [Fraction(value).numerator, Fraction(value).denominator]
        elif attribute.unit is ir.Unit.DATE and isinstance(value, int):
            cells.append(date.fromordinal(value))
        else:
            cells.append(value)
    return cells


def _verdict(one: Verdict) -> list[object]:
    cells: list[object] = [date.fromordinal(one.day), one.id, date.fromordinal(one.recorded), one.target, one.verified]
    return [*cells, one.source, one.counts, one.kind, one.about, one.whose, one.file, one.line]


# ---------------------------------------------------------------- what the reference gives


def reference(contract: ir.Contract, account: Account) -> list[object]:
    meaning = account.prepare()
    drafts = units(meaning, account.waiting)
    found: list[object] = [_expected(contract, draft) for draft in drafts]
    account.report_spells()
    notes = account.facts.notes
    for (name, message), count in notes._count.items():
        row = notes._first[name, message]
        shown = (None, None, None, None) if row is None else (_day(row.day), row.id, row.file, row.line)
        found.append(("report", name, message, count, *shown))
    for (what, verdict), (count, subject, until) in account.waiting.found.items():
        found.append(("pending", what, verdict, count, subject, _day(until)))
    return found


def _expected(contract: ir.Contract, draft: Draft) -> tuple[object, ...]:
    scope = draft.scope
    person = scope.person
    places = sorted({(row.day, row.id, row.file, row.line) for row in draft.rows})
    base = scope.group if person is None else None
    return (
        next(place for place, flow in enumerate(contract.flows) if flow is draft.flow),
        scope.kind,
        scope.label,
        None if person is None else person.participant,
        None if person is None else person.population,
        None if person is None else person.number,
        None if person is None else _day(person.joined),
        None if person is None or person.row is None else person.row.id,
        None if base is None else base[0],
        None if base is None else base[1],
        None if scope.period is None else scope.period[0],
        None if scope.period is None else scope.period[1],
        scope.key[2] if scope.kind == "member" else None,
        scope.row.id if scope.row is not None and scope.kind == "row" else None,
        draft.outcome,
        _day(draft.day),
        draft.sequence,
        draft.tie,
        Fraction(draft.units),
        Fraction(draft.price),
        _day(draft.verified),
        _day(draft.due),
        _day(draft.released),
        _day(claim_day(draft)),
        tuple((_day(day), name, file, line) for day, name, file, line in places),
    )


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)


# ---------------------------------------------------------------- what the plan gives


def drafted(connection: duckdb.DuckDBPyConnection) -> list[object]:
    columns, records = fetched(connection, "drafts")
    found: list[object] = []
    for record in records:
        named: dict[str, Any] = dict(zip(columns, record, strict=True))
        places = tuple((p["day"], p["id"], p["file"], p["line"]) for p in named["rows"] or ())
        exact = [Fraction(named[f"{name}_n"], named[f"{name}_d"]) for name in ("units", "price")]
        head = [named[name] for name in COMPARED[: COMPARED.index("units_n")]]
        tail = [named[name] for name in ("verified", "due", "released", "claimed")]
        found.append((*head, *exact, *tail, places))
    return found


def pending(connection: duckdb.DuckDBPyConnection) -> list[object]:
    return [("pending", *record) for record in fetched(connection, "pending")[1]]
