"""What the examples of a contract exercise, clause by clause.

Each example is evaluated as `test` does and then looked at: nothing is added to the evaluator. A clause is exercised by
what happens, never by what an example stipulates outright: `given 24 Jobs` shows what they pay, not when a job counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from attrs import Factory, define, frozen

from outcomelang.core import ir
from outcomelang.evaluation.boundaries import Boundary, amount, boundaries, touched
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.examples import stipulate
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.reading import Reading, fitting_rows, readings


@frozen
class Part:
    """A part of a contract that an example can exercise. `title` is how people call it."""

    kind: str
    title: str
    origin: ir.Origin


@frozen
class Coverage:
    """Parts and boundaries in the order of the core, each with whether some example exercises it."""

    parts: tuple[tuple[Part, bool], ...]
    boundaries: tuple[tuple[Boundary, bool], ...]

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part, met in self.parts if not met)


_SIDES = ("reached", "not reached")


@define
class _Seen:
    """What happened in all examples together."""

    titles: set[tuple[str, str]] = Factory(set)
    boundaries: set[Boundary] = Factory(set)


def coverage(contract: ir.Contract) -> Coverage:
    """What the examples of a contract exercise."""
    seen = _Seen()
    asked, reads = boundaries(contract), tuple(readings(contract))
    for example in contract.examples:
        for expected in example.expects:
            account, meaning = stipulate(contract, example.givens, expected.as_of)
            drafts = account.drafts(meaning)
            seen.titles.update(_happened(contract, meaning, drafts, reads))
            seen.boundaries.update(touched(meaning, asked))
    found = tuple((part, (part.kind, part.title) in seen.titles) for part in parts(contract))
    limits = (
        Boundary(part.title, "", side, part.origin, 0) for part, _ in found if part.kind == "limit" for side in _SIDES
    )
    return Coverage(
        found,
        (
            *((each, (f"limit {each.side}", each.of) in seen.titles) for each in limits),
            *((each, each in seen.boundaries) for each in asked),
        ),
    )


# ---------------------------------------------------------------- what there is


def parts(contract: ir.Contract) -> Iterator[Part]:
    """Everything that an example can exercise."""
    for partition in contract.partitions:
        yield from (Part("group row", f"{partition.name} “{row.label}”", partition.origin) for row in partition.rows)
    for table in contract.tables:
        yield from (Part("table row", title, table.origin) for title in row_titles(table, contract))
    for outcome in contract.outcomes:
        yield Part("outcome", outcome.name, outcome.origin)
    for flow in _lines(contract):
        yield Part("repayment" if flow.repays else "payment", flow.name, flow.origin)
    for stage in contract.stages:
        yield from (Part(kind, title, stage.origin) for kind, title in _of_stage(stage))


def _lines(contract: ir.Contract) -> Iterator[ir.Flow]:
    """Each payment once, whatever terms it has by version."""
    found: dict[str, ir.Flow] = {}
    for flow in contract.flows:
        found.setdefault(flow.name, flow)
    yield from found.values()


def _of_stage(stage: ir.Stage) -> Iterator[tuple[str, str]]:
    match stage:
        case ir.CountLimit():
            title = f"limit on {' and '.join(stage.flows)}"
            yield "limit", title
        case ir.MoneyLimit():
            yield "limit", stage.title
        case ir.Replace():
            yield "instead of", f"{stage.flow} instead of {' and '.join(stage.replaced)}"
        case ir.SetOff():
            yield "less any", f"{stage.flow} less any {stage.against}"
        case ir.Division():
            yield "division", stage.flow
        case ir.FallAway():
            yield "exit", stage.title
        case ir.Tier() | ir.RoundEach() | ir.ShareOut() | ir.Withhold() | ir.Repay() | ir.RoundTotal():
            return
        case _:
            assert_never(stage)


def row_titles(table: ir.Table, contract: ir.Contract) -> tuple[str, ...]:
    """Each row of a table as people call it: by its keys."""
    if table.until_paid is not None:
        return (f"{table.name}, before its amount is paid", f"{table.name}, past its amount")
    return tuple(f"{table.name}, {' and '.join(_key(key, contract) for key in row.keys)}" for row in table.rows)


def _key(key: ir.TableKey, contract: ir.Contract) -> str:
    match key:
        case ir.LabelKey():
            return f"“{key.label}”"
        case ir.PointKey():
            return f"at {amount(key.value, contract)}"
        case ir.Bounds():
            first = f"{'from' if key.first_included else 'above'} {amount(key.first, contract)}" if key.first else ""
            last = f"{'to' if key.last_included else 'below'} {amount(key.last, contract)}" if key.last else ""
            return " ".join(part for part in (first, last) if part)
        case _:
            assert_never(key)


# ---------------------------------------------------------------- what happened


def _happened(
    contract: ir.Contract, m: Meaning, drafts: list[Draft], reads: tuple[Reading, ...]
) -> Iterator[tuple[str, str]]:
    for draft in drafts:
        if draft.units and (draft.earned or not draft.price):
            yield "repayment" if draft.flow.repays else "payment", draft.flow.name
    yield from (("group row", title) for title in _group_rows(contract, m))
    yield from (("outcome", outcome.name) for outcome in contract.outcomes if _achieved(m, outcome))
    for table, number in fitting_rows(m, reads, drafts):
        yield "table row", row_titles(table, contract)[number]
    for stage in contract.stages:
        yield from _by_stage(contract, stage, drafts)


def _group_rows(contract: ir.Contract, m: Meaning) -> Iterator[str]:
    people = [episode for episodes in m.world.facts.of_participant.values() for episode in episodes]
    for partition in contract.partitions:
        labels = {m.world.label(person, partition.name) for person in people} | m.world.stipulated.labels
        yield from (f"{partition.name} “{row.label}”" for row in partition.rows if row.label in labels)


def _achieved(m: Meaning, outcome: ir.Outcome) -> bool:
    """Whether somebody achieves it by what happens."""
    if outcome.name in m.world.stipulated.achieved:
        return False
    result = m.outcome(outcome.name)
    scopes = (scope for scope in m.world.instances(outcome.subject) if not m.world.is_empty(scope))
    return any(result(scope).achievements for scope in scopes)


def _by_stage(  # noqa: C901
    contract: ir.Contract, stage: ir.Stage, drafts: list[Draft]
) -> Iterator[tuple[str, str]]:
    def cut(word: str, flows: tuple[str, ...] = ()) -> bool:
        of = (draft for draft in drafts if not flows or draft.flow.name in flows)
        return any(by == word for draft in of for by, _, _ in draft.cuts)

    match stage:
        case ir.CountLimit():
            reached = any(cut(f"limit on {flow}", (flow,)) for flow in stage.flows)
            title = f"limit on {' and '.join(stage.flows)}"
            if reached or any(draft.flow.name in stage.flows for draft in drafts):
                yield from (("limit", title), ("limit reached" if reached else "limit not reached", title))
        case ir.MoneyLimit():
            reached = cut(stage.title)
            if reached or any(not stage.flows or draft.flow.name in stage.flows for draft in drafts):
                yield from (("limit", stage.title), ("limit reached" if reached else "limit not reached", stage.title))
        case ir.Replace():
            if cut(f"replaced by {stage.flow}"):
                yield "instead of", f"{stage.flow} instead of {' and '.join(stage.replaced)}"
        case ir.SetOff():
            if cut(f"less {stage.against}"):
                yield "less any", f"{stage.flow} less any {stage.against}"
        case ir.Division():
            if any(draft.flow.name == stage.flow for draft in drafts):
                yield "division", stage.flow
        case ir.FallAway():
            if cut(stage.title):
                yield "exit", stage.title
        case ir.Tier():
            table = next(table for table in contract.tables if table.name == stage.table)
            if any(draft.flow.name in stage.flows for draft in drafts):
                yield "table row", row_titles(table, contract)[0]
            if cut(f"{stage.table} past its amount"):
                yield "table row", row_titles(table, contract)[1]
        case ir.RoundEach() | ir.ShareOut() | ir.Withhold() | ir.Repay() | ir.RoundTotal():
            return
        case _:
            assert_never(stage)
