"""The account of a contract as queries: every stage in turn, or why sets cannot say it."""

from __future__ import annotations

from typing import assert_never

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.core.declared import declared
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.facts import Facts
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.world import World
from outcomelang.relational.account import between, limited, parties
from outcomelang.relational.account.state import Check, State, Unsaid, begin
from outcomelang.relational.account.wholes import whole_amounts
from outcomelang.relational.plan import Refusal, Stage
from outcomelang.relational.stage_needs import beside_drafts, refused_stages


@frozen
class SetBased:
    """The account as `stages`, of which `state` says what the last one holds. Before it is used, no `checks` may give
    a row: else the sequential fold does what they guard."""

    state: State
    stages: tuple[Stage, ...]
    checks: tuple[Check, ...]


def account(contract: ir.Contract, as_of: int) -> SetBased | Refusal:
    """Every stage of the account over the relation `drafts`, as of a day; or the first that sets cannot say."""
    if not contract.flows:
        return Refusal(contract, "", "the contract pays for nothing")
    amended = _goes_by_version(contract)
    if amended is not None:
        return amended
    for refusal in refused_stages(contract):
        return refusal
    m = prepared(contract, as_of)
    state, stage = _begun(m), None
    try:
        state = parties.named(state)
        done = 0
        while done < len(contract.stages):
            stage, number = contract.stages[done], done + 1
            alike = limited.together(m, state, contract.stages[done:])
            state = limited.count_limits(m, state, alike, number) if alike else _applied(m, state, stage, number)
            done += max(len(alike), 1)
    except Unsaid as why:
        node = contract if stage is None else stage
        return Refusal(node, node.origin.clause, str(why))
    return SetBased(state, state.stages, state.checks)


def _goes_by_version(contract: ir.Contract) -> Refusal | None:
    """What of an amended contract's account is another one in another version."""
    for stage in contract.stages:
        match stage:
            case ir.CountLimit(bounds=parts) | ir.MoneyLimit(bounds=parts):
                own: tuple[object, ...] = parts
            case ir.Replace(versions=places) | ir.SetOff(versions=places) | ir.Division(versions=places):
                own = places
            case _:
                continue
        if own:
            return Refusal(stage, stage.origin.clause, "an amendment changed it, and each day goes by its version")
    for flow in contract.flows:
        if flow.versions and flow.instalments is not None:
            return Refusal(flow, flow.origin.clause, f"{flow.name} is paid in parts, and each goes by its version")
    return None


def prepared(contract: ir.Contract, as_of: int) -> Meaning:
    """The contract's meaning over no log at all: periods, and amounts that the contract fixes."""
    return Meaning(contract, World(contract, Facts(contract, EventLog((), [], [], as_of, (), False), as_of)))


def _begun(m: Meaning) -> State:
    contract = m.contract
    mode = next(((stage.mode, stage.to) for stage in contract.stages if isinstance(stage, ir.RoundEach)), None)
    total = any(isinstance(stage, ir.RoundTotal) for stage in contract.stages)
    d = declared(contract)
    whole_flows = frozenset(
        place for place, flow in enumerate(contract.flows) if (mode is None and not total) or whole_amounts(d, flow)
    )
    state = begin(contract, m.world.as_of, beside_drafts(contract))
    return evolve(
        state,
        mode=mode,
        whole_flows=whole_flows,
        whole=len(whole_flows) == len(contract.flows),
        periods={each.name: m.world.periods(each) for each in contract.calendars},
    )


def _applied(m: Meaning, state: State, stage: ir.Stage, number: int) -> State:
    match stage:
        case ir.CountLimit():
            return limited.count_limits(m, state, (stage,), number)
        case ir.MoneyLimit():
            return limited.money_limit(m, state, stage, number)
        case ir.RoundEach():
            return parties.round_each(state, stage)
        case ir.ShareOut():
            return parties.share_out(state, stage)
        case ir.Replace():
            return between.replace(state, stage, number)
        case ir.SetOff():
            return between.set_off(state, stage, number)
        case ir.FallAway():
            return between.fall_away(state, stage, number)
        case ir.Withhold():
            return between.withhold(state, stage)
        case ir.Repay():
            return between.repay(state, stage)
        case ir.Tier():
            raise Unsaid("a price changes once so much has been paid")
        case ir.Division():
            raise Unsaid("what is due of each unit is divided")
        case ir.RoundTotal():
            raise Unsaid("only the total is rounded")
        case _:
            assert_never(stage)
