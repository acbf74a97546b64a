"""Whose verdicts count: those of the verifier of a row's event, and of whoever the contract asks."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from outcomelang.core.names import name_key
from outcomelang.evaluation.log.rulings import things
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.log.reports import LATEST
from outcomelang.relational.log.words import READ, State, Words
from outcomelang.relational.primitives import E, text, whole

VERDICTS = "verdicts"


def weigh(db: DuckDB, words: Words) -> None:
    """VERDICTS: those of a row count if they come from the verifier of its event, others if the contract asks them."""
    column = exp.column
    is_verdict = exp.EQ(this=column("state", "read"), expression=whole(State.VERDICT))
    of_target = exp.EQ(this=column("id", "row"), expression=column("verdict_target", "read"))
    query = (
        exp.select(
            *(column(name, "read") for name in ("day", "id", "recorded")),
            *(exp.alias_(column(f"verdict_{name}", "read"), name) for name in ("target", "verified")),
            column("source", "read"),
            exp.alias_(_counts(words), "counts"),
            *(exp.alias_(column(f"verdict_{name}", "read"), name) for name in ("kind", "about", "whose")),
            *(column(name, "read") for name in ("file", "line")),
        )
        .from_(exp.to_table(READ).as_("read"))
        .join(_targets(), on=of_target, join_type="left")
        .where(is_verdict)
    )
    db.run(exp.Create(this=exp.to_table(VERDICTS), kind="TABLE", replace=True, expression=query))


def _counts(words: Words) -> E:
    """Whether a verdict counts, from its source and from what it speaks of."""
    contract = words.contract
    verifiers = [(event.name, by) for event in contract.events if event.verification for by in event.verification.by]
    asked = [
        (thing.name, kind, source)
        for thing in {thing.name: thing for thing in things(contract).values()}.values()
        for kind, by in thing.by.items()
        for source in _sources(words)
        if name_key(source) in by
    ]
    of_row = _among([("row", "event"), ("read", "source")], verifiers)
    of_thing = _among([("read", "verdict_about"), ("read", "verdict_kind"), ("read", "source")], asked)
    spoken = exp.NEQ(this=exp.column("verdict_about", "read"), expression=text(""))
    heard = exp.Coalesce(this=of_row, expressions=[exp.false()])
    return exp.Case(ifs=[exp.If(this=spoken, true=of_thing)], default=heard)


def _targets() -> exp.Subquery:
    """The rows about which something is said: those alone are brought to their latest version."""
    is_verdict = exp.EQ(this=exp.column("state"), expression=whole(State.VERDICT))
    said = exp.select("verdict_target").from_(READ).where(is_verdict)
    among = exp.In(this=exp.column("id"), query=said.subquery())
    return exp.select("id", "event").from_(LATEST).where(among).subquery("row")


def _sources(words: Words) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for plan in words.plans for name, _ in plan.sources.values()))


def _among(cells: list[tuple[str, str]], known: Sequence[tuple[str, ...]]) -> E:
    """Whether some cells together are one of what is known."""
    ways = [
        exp.and_(
            *(
                exp.EQ(this=exp.column(name, table), expression=text(value))
                for (table, name), value in zip(cells, row, strict=True)
            )
        )
        for row in known
    ]
    return exp.or_(*ways) if ways else exp.false()
