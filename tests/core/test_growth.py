"""Twice as many clauses of any kind cost about twice the work: a contract of any length ends within seconds.

Calls are counted and not seconds, so that a slow machine changes nothing.
"""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from outcomelang.compiler import compile_text
from outcomelang.diagnostic import ContractError

HEAD = """\
contract "Many"
commissioner Council
provider Provider
currency GBP
rounding each amount to the nearest penny, half up
term beginning on 1 April 2025 and ending on 31 March 2028
claims up to and including 30 September 2028
participant Client, joins on Referral, once, selected by the Council
group Area of a Client, read from Area of Referral  "North"  "South"
period Quarter is every 3 months from 1 April 2025 up to and including 31 March 2028
event Referral is an input, recorded by the Council, has Area as a label
event Review is an activity, recorded by the Provider, has Weight as a number
event Job Start is an outcome, recorded by the Council, more is better
event Job End is an outcome, recorded by the Council, fewer is better
event Notice is an input, recorded by the Council
state Employment beginning on Job Start and ending on Job End, more is better
outcome Job of a Client, when Job Start occurs, once
"""
FEE = "payment Fee-{i}: the Council pays the Provider £{i} for each Job\n"
CUT = "; earliest first; the excess is not paid\n"


def each(*clauses: str) -> Callable[[int], str]:
    """So many of some clauses, numbered; `{j}` is the one before, `{k}` the one after, the last before the first."""

    def many(n: int) -> str:
        first = date(2025, 5, 1)
        return "".join(
            clause.format(i=i, j=(i - 1) % n, k=(i + 1) % n, day=first + timedelta(i))
            for clause in clauses
            for i in range(n)
        )

    return many


def grid(first: str, more: str, last: str) -> Callable[[int], str]:
    """Eight rows of definitions, each of which uses two of the row before."""

    def many(n: int) -> str:
        wide = n // 8
        rows = [first.format(i=i) for i in range(wide)]
        rows += [more.format(i=i, k=(i + 1) % wide, row=r, up=r - 1) for r in range(1, 8) for i in range(wide)]
        return "".join(rows) + "".join(last.format(i=i) for i in range(wide))

    return many


KINDS: dict[str, Callable[[int], str]] = {
    "payments": each(FEE),
    "instead of": each(FEE.replace("\n", ", instead of Fee-{k}\n")),
    "less any": lambda n: FEE.format(i=0) + each(FEE.replace("\n", ", less any Fee-0\n").replace("-{i}", "-1{i}"))(n),
    "events": each("event Ev-{i} is an input, recorded by the Council\n"),
    "states": each("state St-{i} beginning on Job Start and ending on Job End, with the {i} days after\n"),
    "outcomes": each(
        "outcome Jo-{i} of a Client, when Job Start occurs in the {i} weeks beginning with Referral, once\n",
        "payment Fee-{i}: the Council pays the Provider £{i} for each Jo-{i}\n",
    ),
    "definitions": each("define Mea-{i} of each Client as the number of Reviews plus {i}\n"),
    "tables": each('table Price-{i} by Area  "North" £{i}  "South" £2\n'),
    "groups": each('group Gr-{i} of a Client, set by the Council  "a"  "b"\n'),
    "parties": each("party Pa-{i}\n"),
    "divisions": each(FEE, "divide Fee-{i}: 50% of each to the Council, the rest to the Provider\n"),
    "exits": each(
        FEE,
        "exit End-{i}: the Council may end the agreement on 31 March 2027 by Notice; "
        "then any Fee-{i} not yet due on that day falls away\n",
    ),
    "examples": each(FEE, 'example "E{i}"\n  given 1 Job\n  expect\n    Fee-{i} "Council" £{i}\n'),
    "limits": each(FEE, "limit Fee-{i} to £{i}" + CUT),
    "limits on one payment": lambda n: FEE.format(i=0)
    + each("limit Fee-0 to £{i} in each Quarter by date achieved" + CUT)(n),
    "limits that are shares, first to last": each(FEE, "limit Fee-{k} to 50% of the Fee-{i} paid" + CUT),
    "limits that are shares, last to first": lambda n: each(FEE)(n)
    + "".join(f"limit Fee-{i} to 50% of the Fee-{i + 1} paid{CUT}" for i in range(n - 1)),
    "changes of one amendment": lambda n: each(FEE)(n)
    + "amendment 1 effective 1 May 2025\n"
    + each("change Fee-{i} to £5\n")(n),
    "names that nothing declares": each("payment Fee-{i}: the Council pays the Provider £{i} for each Jub-{i}\n"),
    "names declared twice": lambda n: FEE.format(i=1) * n,
    "definitions of definitions": grid(
        "define Ma-{i}-0 of each Client as the number of Reviews\n",
        "define Ma-{i}-{row} of each Client as Ma-{i}-{up} plus Ma-{k}-{up}\n",
        "payment Fee-{i}: the Council pays the Provider £{i} for each Ma-{i}-7\n",
    ),
    "outcomes of outcomes": grid(
        "outcome Ou-{i}-0 of a Client, when Job Start occurs, once\n",
        "outcome Ou-{i}-{row} of a Client, when Ou-{i}-{up} is achieved and Ou-{k}-{up} is achieved, once\n",
        "payment Fee-{i}: the Council pays the Provider £{i} for each Ou-{i}-7\n",
    ),
    "states of states": grid(
        "state St-{i}-0 beginning on Job Start and ending on Job End, more is better\n",
        "state St-{i}-{row} is St-{i}-{up} and St-{k}-{up}, more is better\n",
        "outcome Ou-{i} of a Client, when St-{i}-7 reaches 30 days without a break, once\n",
    ),
}  # fmt: skip


def calls(text: str) -> int:
    """How many functions are called to read a contract, whatever is wrong with it."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        compile_text(text)
    except ContractError:
        pass
    finally:
        profile.disable()
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_work_grows_with_the_length(kind: str) -> None:
    calls(HEAD + KINDS[kind](16))  # what is loaded and kept is loaded
    few, many = calls(HEAD + KINDS[kind](64)), calls(HEAD + KINDS[kind](256))
    assert many < 4.6 * few


def test_definitions_that_double_at_every_step_are_refused() -> None:
    doubled = "".join(f"define Dou-{i} as Dou-{i + 1} plus Dou-{i + 1}\n" for i in range(25))
    with pytest.raises(ContractError) as wrong:
        compile_text(f"{HEAD}{doubled}define Dou-25 as the number of Reviews\n")
    assert [found.name for found in wrong.value.diagnostics] == ["row-too-long"]


def test_amendments_of_a_long_contract_are_bounded() -> None:
    amended = "".join(
        f"amendment {i + 1} effective {date(2025, 5, 1) + timedelta(i)}\nchange Fee-1 to £{i}\n" for i in range(150)
    )
    with pytest.raises(ContractError) as wrong:
        compile_text(HEAD + each(FEE)(300) + amended)
    assert [found.name for found in wrong.value.diagnostics] == ["too-many-versions"]
