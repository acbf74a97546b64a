"""OC13: no limit for the contract, and no bound on people or units."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.liability import FlowBound
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


def check(study: Study) -> Iterator[Said]:
    """The upper bound of everything that can be due, if the terms give one."""
    liability = study.liability
    if liability.most is not None:
        yield Cleared(Verdict.PROVED, f"at most {study.money(liability.most)} can be due in all")
        return
    open_ended = liability.unbounded
    first = open_ended[0]
    yield Finding(
        of=(first.flow.name,),
        origin=first.flow.origin,
        message=f"There is no most that can be due: {_why(study, first)}",
        label="nothing bounds what this pays in all",
        stake=max((study.full_prices.get(each.flow.name, Fraction(0)) for each in open_ended), default=Fraction(0)),
        verdict=Verdict.PROVED,
        argument="Neither a limit, nor a number of people or units that the contract admits or assumes, bounds it",
        details=_others(open_ended),
        remedies=(
            Remedy("limit all payments to an amount", "the greatest sum is then that amount"),
            Remedy("participant …, up to a number", "the greatest sum follows from the number and the prices"),
            Remedy("assume at most a number, in the review", "the bound then holds only as far as that is true"),
        ),
    )


def _why(study: Study, bound: FlowBound) -> str:
    """What is missing, in the words of the contract."""
    name = bound.flow.name
    if bound.units is None:
        return f"{name} is paid for each {_counted(study.names, bound.flow)}, and nothing says how many there may be"
    return f"nothing says how large {name} may be for one unit"


def _counted(d: Declared, flow: ir.Flow) -> str:
    match flow.driver, flow.subject:
        case ir.EachAchievement(outcome), _:
            of = d.outcomes[outcome].subject
            return f"{of.population} who achieves {outcome}" if isinstance(of, ir.PerPerson) else outcome
        case ir.EachRow(ir.Select(ir.Rows(event))), _:
            return event
        case _, ir.PerPerson(population):
            return population
        case _:
            return "unit"


def _others(bounds: tuple[FlowBound, ...]) -> tuple[str, ...]:
    if len(bounds) == 1:
        return ()
    names = [each.flow.name for each in bounds[1:]]
    shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    return (f"The same is true of {shown}",)


_OPEN = """participant Jobseeker, joins on Referral between 1 April 2024 and 31 March 2026, once,
  selected by the Jobcentre"""
_LIMIT = "limit all payments to £3,000,000; in proportion; the excess is not paid"

RULE = Rule(
    code="OC13",
    name="liability-without-limit",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="Neither a limit nor a number of people or units bounds what can be due.",
    rationale=(
        "A payer who cannot say what a contract may cost at most cannot budget for it, and a success that nobody "
        "expected ends in a dispute. A limit, or a bounded number of people with a price for each, gives the figure."
    ),
    guards=(
        "a limit on all payments, or on each of them",
        "a number of people that the contract admits (“up to 200”), with prices that are written",
        "an assumption in the review that bounds people, rows or a measure",
    ),
    blind="Whether a limit is affordable, and bounds that follow only from facts outside the contract.",
    source="Bridges, Payment for Inputs vs Payment for Outcomes (2023)",
    bad=f"delete Jobseeker\ninsert {_OPEN}",
    good=f"delete Jobseeker\ninsert {_OPEN}\ninsert {_LIMIT}",
    check=check,
)
