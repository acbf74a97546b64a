"""The entries of an account by sets as an engine gives them, in the order of the ledger: no entry is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen
from sqlglot import exp

from outcomelang.relational import primitives as p
from outcomelang.relational.account.entries import entries
from outcomelang.relational.account.state import State, full_order
from outcomelang.relational.account.words import alias
from outcomelang.relational.engines import Engine, EngineError
from outcomelang.relational.nodes import Part


class NotStraight(Exception):
    """The engine could not give them so: entries are to be read one by one."""


@frozen
class Straight:
    """`names` says what stands where in a record; `rows` are the ids of the log's rows alone."""

    query: exp.Query
    engine: Engine
    names: tuple[str, ...]

    def batches(self) -> Iterator[list[tuple[Any, ...]]]:
        """Some thousand records at a time. Raises `NotStraight`."""
        try:
            yield from self.engine.stream(self.query)
        except EngineError as problem:
            raise NotStraight from problem


def straight(state: State, engine: Engine) -> Straight | None:
    """None where an entry says more than the relation: the amendment under which it was earned."""
    if state.contract.versions:
        return None
    query = exp.select(*_with_ids(entries(state).expressions)).from_(state.source())
    query.set("order", p.ordering(full_order(state)))
    return Straight(query, engine, tuple(each.alias for each in query.expressions))


def _with_ids(columns: Sequence[exp.Expr]) -> list[exp.Expr]:
    return [
        alias(Part(this=each.this, expression=exp.to_identifier("id")), "rows") if each.alias == "rows" else each
        for each in columns
    ]
