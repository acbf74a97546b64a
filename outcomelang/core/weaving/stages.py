"""The stages of all versions as one list: a limit keeps one account of what was used, with its amounts by version."""

from __future__ import annotations

from collections.abc import Container, Sequence
from fractions import Fraction
from typing import cast

from attrs import define

from outcomelang.core import ir
from outcomelang.core.weaving.copies import Names, renamed
from outcomelang.tree import evolve

_NOTHING = ir.Const(Fraction(0), ir.Unit.MONEY)
Key = tuple[int, ir.Stage, int]
"""Place in the order of calculation, what the stage is without its amount, and which of several alike."""


@define
class Found:
    """A stage, by the versions in which it stands."""

    rank: int
    by_version: dict[int, ir.Stage]


def gathered(contracts: Sequence[ir.Contract], names: Sequence[Names]) -> list[Found]:
    """The stages of every version, those that are one stage together, in the order of calculation."""
    found: dict[Key, Found] = {}
    for version, contract in enumerate(contracts):
        own, repaid = (
            contract.stages,
            {name for flow in contract.flows if flow.repays for name in (flow.name, flow.card)},
        )
        for place, stage in enumerate(own):
            here = cast(ir.Stage, renamed(stage, names[version]))
            rank, bare, nth = _rank(own, place, repaid), _without_amount(here), 0
            while version in found.setdefault((rank, bare, nth), Found(rank, {})).by_version:
                nth += 1
            found[rank, bare, nth].by_version[version] = here
    return sorted(found.values(), key=lambda each: each.rank)


def _without_amount(stage: ir.Stage) -> ir.Stage:
    if isinstance(stage, ir.MoneyLimit | ir.CountLimit):
        return evolve(stage, most=_NOTHING)
    return stage


def _rank(stages: tuple[ir.Stage, ...], place: int, repaid: Container[str]) -> int:
    """Where a stage stands in the order of calculation. A division comes before limits that rank the parties; one of
    what is repaid comes last."""
    match stages[place]:
        case ir.FallAway():
            return 0
        case ir.CountLimit():
            return 1
        case ir.Tier():
            return 2
        case ir.Replace():
            return 3
        case ir.SetOff():
            return 4
        case ir.RoundEach():
            return 5
        case ir.Division(flow=flow):
            if flow in repaid:
                return 15
            return 6 if any(isinstance(later, ir.MoneyLimit) for later in stages[place:]) else 12
        case ir.MoneyLimit(flows=flows, per=per, calendar=calendar, payer=payer, share_of=share_of):
            own = 9 if payer is not None else 10 if not flows and per is None and calendar is None else 7
            return 11 if share_of else own
        case ir.ShareOut():
            return 8
        case ir.Withhold():
            return 13
        case ir.Repay():
            return 14
        case ir.RoundTotal():
            return 16


def woven(found: Found, count: int) -> ir.Stage:
    """One stage for all `count` versions."""
    first, everywhere = next(iter(found.by_version.values())), len(found.by_version) == count
    match first:
        case ir.MoneyLimit() | ir.CountLimit():
            bounds = bounded(found, count)
            return first if len(bounds) == 1 else evolve(first, bounds=bounds)
        case ir.Replace() | ir.SetOff() | ir.Division() if not everywhere:
            return evolve(first, versions=tuple(found.by_version))
        case _:
            return first


def bounded(found: Found, count: int) -> tuple[ir.Bound, ...]:
    """The amounts of a limit, each with the versions in which it holds; where there is no such limit, none."""
    by_amount: dict[ir.Quantity | None, list[int]] = {}
    for version in range(count):
        by_amount.setdefault(_most(found.by_version.get(version)), []).append(version)
    return tuple(ir.Bound(tuple(versions), most) for most, versions in by_amount.items())


def _most(stage: ir.Stage | None) -> ir.Quantity | None:
    return stage.most if isinstance(stage, ir.MoneyLimit | ir.CountLimit) else None
