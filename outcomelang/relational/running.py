"""Runs a plan on an engine, over relations that stand there already."""

from __future__ import annotations

from typing import Protocol

from sqlglot import exp

from outcomelang.relational.plan import Plan, Stage


class Engine(Protocol):
    """What carries out statements."""

    def run(self, statement: exp.Expr) -> None: ...


def run(engine: Engine, plan: Plan) -> None:
    """Makes every stage of a plan, in order."""
    assert not plan.refusals, plan.refusals
    for stage in plan.stages:
        engine.run(creation(stage))


def creation(stage: Stage) -> exp.Create:
    """What makes one stage: a table where it is read more than once (or by whoever asked for the plan), else a view."""
    return exp.Create(
        this=exp.Table(this=exp.to_identifier(stage.relation.name, quoted=True)),
        kind="VIEW" if stage.read == 1 else "TABLE",
        expression=stage.query,
        properties=exp.Properties(expressions=[exp.TemporaryProperty()]),
    )
