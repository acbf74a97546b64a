"""What the stages of the account ask of the world beyond the drafts that come to them.

A draft says of whom it is, of which group, period, member and row; whatever a stage asks that is not written there is
refused by name: the reference evaluator, which has the whole log, does it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.declared import Declared, declared
from outcomelang.core.plans import outcomes_of
from outcomelang.evaluation.indexing import is_indexed
from outcomelang.relational.plan import Refusal
from outcomelang.tree import nodes


def refused_stages(contract: ir.Contract) -> tuple[Refusal, ...]:
    """What cannot be done from drafts alone, each once, in the order of the stages."""
    d = declared(contract)
    found = [Refusal(node, node.origin.clause, why) for node, why in _asked(d)]
    return tuple({(each.clause, each.why): each for each in found}.values())


def _asked(d: Declared) -> Iterator[tuple[ir.Node, str]]:
    for stage in d.contract.stages:
        yield from ((stage, why) for why in _asked_by(d, stage))
    for flow in d.contract.flows:
        if flow.instalments is not None and is_indexed(d.contract, flow.amount):
            yield flow, "the parts of an amount that follows an index are not written in the drafts"
    if words_told(d.contract):
        for stage in d.contract.stages:
            if isinstance(stage, ir.RoundTotal) or (isinstance(stage, ir.MoneyLimit) and stage.excess is _CARRIED):
                yield stage, "by which words of an amended outcome it was earned is asked of an entry that it adds"


def _asked_by(d: Declared, stage: ir.Stage) -> Iterator[str]:
    match stage:
        case ir.CountLimit():
            yield from _asked_by_limit(d, stage)
            if not all(_from_draft(test) for test in stage.tests):
                yield "who comes under this limit is told by rows of the log"
        case ir.MoneyLimit():
            yield from _asked_by_limit(d, stage)
        case ir.Tier(flows=flows):
            priced = [flow.amount for flow in d.contract.flows if flow.name in flows]
            if not all(readable(d, amount) for amount in priced):
                yield "the price past the threshold is read from the log"
        case (
            ir.Replace()
            | ir.SetOff()
            | ir.RoundEach()
            | ir.ShareOut()
            | ir.Division()
            | ir.FallAway()
            | ir.Withhold()
            | ir.Repay()
            | ir.RoundTotal()
        ):
            return
        case _:
            assert_never(stage)


def _asked_by_limit(d: Declared, stage: ir.CountLimit | ir.MoneyLimit) -> Iterator[str]:
    amounts = [stage.most, *(bound.most for bound in stage.bounds if bound.most is not None)]
    if not all(readable(d, amount) for amount in amounts):
        yield "how much this limit is depends on the log"
    if not all(_from_draft(test) for part in stage.covered for test in part.tests):
        yield "what comes under this limit is told by rows of the log"
    if not all(_fixed(part.window) for part in stage.covered):
        yield "the time of what comes under this limit is told by rows of the log"


def _from_draft(test: ir.Test) -> bool:
    match test:
        case ir.InGroup():
            return True
        case ir.AttributeIs() | ir.AttributeCompares() | ir.AttributeGiven() | ir.AttributeDated() | ir.Has():
            return False
        case _:
            assert_never(test)


def _fixed(window: ir.Window | None) -> bool:
    """Whether the edges of a window are days of the contract, or counted from somebody's joining."""
    edges = [] if window is None else [edge for edge in (window.first, window.last) if edge is not None]
    return all(_fixed_anchor(edge.anchor) for edge in edges)


def _fixed_anchor(anchor: ir.Anchor) -> bool:
    match anchor:
        case ir.Fixed() | ir.Joining():
            return True
        case ir.WorkingDay(anchor=inner):
            return _fixed_anchor(inner)
        case ir.RowDay() | ir.RowOf() | ir.AchievedOn() | ir.DayValue() | ir.SamePeriod():
            return False
        case _:
            assert_never(anchor)


def readable(d: Declared, node: ir.Quantity) -> bool:
    """Whether a quantity can be read from the contract and a draft's subject alone."""
    match node:
        case ir.Const() | ir.ContractValue():
            return True
        case ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Attribute() | ir.Observed() | ir.Indexed():
            return False
        case ir.Read(measure=name):
            return readable(d, d.measures[name].quantity)
        case ir.Lookup(table=name):
            return all(_readable_key(d, key) for key in d.tables[name].by)
        case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
            return readable(d, left) and readable(d, right)
        case ir.Rounded(of=of):
            return readable(d, of)
        case _:
            assert_never(node)


def _readable_key(d: Declared, key: ir.KeySource) -> bool:
    match key:
        case ir.KeyByGroup() | ir.KeyByPeriod():
            return True
        case ir.KeyByQuantity(quantity=quantity):
            return readable(d, quantity)
        case _:
            assert_never(key)


# ---------------------------------------------------------------- what the total order leaves open


def outcome_places(contract: ir.Contract) -> dict[int, dict[str, int]]:
    """Of payments in parts for the outcomes of a plan, by their places, where each outcome stands in the plan: parts of
    one number may have all in common that the total order looks at."""
    plans = {plan.name: plan for plan in contract.plans}
    found: dict[int, dict[str, int]] = {}
    for place, flow in enumerate(contract.flows):
        if isinstance(flow.driver, ir.EachInPlan) and flow.instalments is not None:
            outcomes = outcomes_of(plans[flow.driver.plan])
            found[place] = {name: number for number, name in enumerate(outcomes, 1)}
    return found


# ---------------------------------------------------------------- words of amended outcomes

WORDS = "words"
"""The column of drafts that says under which amendment's words an outcome was achieved, where `words_told`."""
_CARRIED = ir.Excess_.CARRIED


def words_told(contract: ir.Contract) -> bool:
    """Whether entries say by which words of an outcome they were earned."""
    return any(outcome.amended for outcome in contract.outcomes)


# ---------------------------------------------------------------- groups that the account asks for


def beside_drafts(contract: ir.Contract) -> tuple[str, ...]:
    """The columns that the account of a contract reads of drafts, beside those that all drafts have."""
    return (*(f"label_{place}" for place in labels_read(contract)), *((WORDS,) if words_told(contract) else ()))


def labels_read(contract: ir.Contract) -> tuple[int, ...]:
    """The places in `Contract.partitions` of those whose label of a person a payer, a limit, a division, a price past a
    threshold or a line of the statement asks for: the columns `label_N` of the drafts."""
    d = declared(contract)
    named = set(_partitions(d))
    return tuple(place for place, partition in enumerate(contract.partitions) if partition.name in named)


def _partitions(d: Declared) -> Iterator[str]:
    for flow in d.contract.flows:
        yield from _named_in(d, (flow.payer, flow.payee, flow.shown_by))
    for stage in d.contract.stages:
        yield from _named_in(d, (stage,))
        if isinstance(stage, ir.Tier):
            yield from _named_in(d, (flow.amount for flow in d.contract.flows if flow.name in stage.flows))


def _named_in(d: Declared, parts: Iterable[object], seen: frozenset[str] = frozenset()) -> Iterator[str]:
    for node in (node for part in parts for node in nodes(part)):
        match node:
            case ir.PartyOfGroup(name) | ir.PerGroup(name) | ir.InGroup(name) | ir.KeyByGroup(name):
                yield name
            case ir.Read(name) if name not in seen:
                measure = d.measures[name]
                yield from _named_in(d, (measure.quantity, measure.subject), seen | {name})
            case ir.Lookup(name) if name not in seen:
                yield from _named_in(d, (d.tables[name],), seen | {name})
            case _:
                continue
