"""OC32: the contract is too complex to be understood or run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outcomelang.core import ir
from outcomelang.core.plans import outcomes_of
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Payment, Study
from outcomelang.tree import nodes

OUTCOMES = 12
"""How many outcomes may be paid for one person."""
NUMBERS = 40
"""How many numbers the terms may contain: prices, thresholds, lengths, limits."""
DEPTH = 3
"""How deep conditions may lie in each other."""
_PERSON = ir.PerPerson | ir.PerMember | ir.PerRow


def check(study: Study) -> Iterator[Said]:
    """The outcomes that are paid for one person, the numbers of the terms, and conditions within conditions."""
    paid, numbers, depth = paid_outcomes(study), written_numbers(study.contract), _deepest(study)
    said = []
    if paid > OUTCOMES:
        said.append(f"{paid} outcomes are paid for one person")
    if numbers > NUMBERS:
        said.append(f"the terms have {numbers} numbers in them")
    if depth > DEPTH:
        said.append(f"conditions lie {depth} deep in each other")
    score = f"{paid} outcomes paid for one person, {numbers} numbers, conditions {depth} deep"
    if not said or not study.payments:
        yield Cleared(Verdict.PROVED, score)
        return
    largest = max(study.payments, key=lambda each: len(each.flows))
    yield _finding(largest, " and ".join(said), score)


def _finding(payment: Payment, said: str, score: str) -> Finding:
    return Finding(
        of=(payment.name,),
        origin=payment.origin,
        message=f"Few will be able to say what is due for somebody: {said}",
        label="has the most lines",
        argument=score,
        remedies=(
            Remedy("pay for a few outcomes, and declare the rest “monitor only”", "they are watched all the same"),
        ),
    )


def paid_outcomes(study: Study) -> int:
    """How many outcomes somebody is paid for, a plan with all that it may contain."""
    paid: set[str] = set()
    for flow in study.flows:
        match flow.driver:
            case ir.EachAchievement(outcome):
                paid.add(outcome)
            case ir.EachInPlan(plan):
                paid |= set(outcomes_of(study.names.plans[plan]))
            case _:
                continue
    outcomes = (study.names.outcomes[name] for name in paid)
    return len({outcome.part_of or outcome.name for outcome in outcomes if isinstance(outcome.subject, _PERSON)})


def written_numbers(contract: ir.Contract) -> int:
    """The numbers that somebody has to know: amounts, thresholds, shares and lengths; days and names are none."""
    k, found = contract, 0
    for node in nodes((k.flows, k.outcomes, k.measures, k.tables, k.stages, k.partitions)):
        match node:
            case ir.Const(value=value) if not isinstance(value, str | date):
                found += 1
            case ir.Edge(months=months, days=days) if months or abs(days) > 1:
                found += 1
            case ir.Bounds(first, _, last) if first is not None and last is not None:
                found -= not isinstance(first.value, date)  # one row ends where the next begins
            case _:
                continue
    return found


def _deepest(study: Study) -> int:
    conditions = [outcome.when for outcome in study.contract.outcomes if not outcome.monitor_only]
    gates = [flow.gate for flow in study.flows if flow.gate is not None]
    return max((_depth(each) for each in (*conditions, *gates)), default=0)


def _depth(condition: ir.Condition) -> int:
    """How many lists lie in each other; a list of one is none."""
    match condition:
        case ir.AtLeast(items):
            deepest = max((_depth(item.condition) for item in items), default=0)
            return deepest + (len(items) > 1)
        case ir.ForMembers(condition=inner):
            return _depth(inner) + 1
        case _:
            return 0


def _table(step: int) -> str:
    rows = "".join(f"  from {low}% to below {low + step}%  {low}\n" for low in range(step, 100 - step, step))
    return (
        "insert define Job Rate of each Referral Cohort as the proportion of Jobseekers with a Lasting Job\n"
        f"insert table Stars by Job Rate\n  below {step}%  0\n{rows}  from {100 - step}%  100"
    )


RULE = Rule(
    code="OC32",
    name="too-many-moving-parts",
    severity=Severity.NOTE,
    means=Means.TERMS,
    summary="The contract is too complex to be understood or run.",
    rationale=(
        "A contract with 33 paid measures is run by spreadsheet, and nobody who works with people can say what their "
        "work is worth. In Birmingham a framework of 18 outcomes had to be agreed, proved and counted for each user."
    ),
    guards=(
        f"at most {OUTCOMES} outcomes are paid for one person; others are monitored only",
        f"at most {NUMBERS} numbers in the terms, and conditions at most {DEPTH} deep",
    ),
    blind="Complexity outside the contract: forms, systems, and how many contracts one provider has.",
    source=(
        "Knowledge Exchange blog on outcomes-based commissioning (“as simple as possible”); Revolving Doors Agency, "
        "payment by results and multiple needs (2015)"
    ),
    bad=_table(5),
    good=_table(25),
    check=check,
)
