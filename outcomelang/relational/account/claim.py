"""What claims a limit, and how much there is."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen
from sqlglot import exp

from outcomelang.relational.account.state import State
from outcomelang.relational.primitives import E


@frozen
class Claim:
    """What claims a limit: drafts for which `where` holds, `value` of each, on the day `at`; those alike in `of` share
    one. `rank` goes before the day. `periods` has number, first and last day of each period with a limit of its own."""

    name: str
    where: E
    of: Mapping[str, E]
    at: E
    value: E
    rank: E | None = None
    periods: exp.Expr | None = None
    bounds: Bounds | None = None
    alone: bool = False
    """A unit has one part only under this limit."""


@frozen
class Bounds:
    """How much there is: a number for all, or a table with a bound by some of the columns `of` and `period`."""

    amount: E
    source: exp.Expr | None = None
    by: tuple[str, ...] = ()


def ranked(claim: Claim) -> dict[str, E]:
    return {**claim.of, **({} if claim.rank is None else {"rank": claim.rank}), "at": claim.at}


def parts_of(state: State, claim: Claim) -> int:
    return 1 if claim.alone else state.parts
