"""OC42: an outcome without a price, or a price that no payment reads."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.core import ir
from outcomelang.core.plans import outcomes_of
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

_PRICED = ir.EachAchievement | ir.EachInPlan


def check(study: Study) -> Iterator[Said]:
    """What everything that is paid, limited, counted or weighed rests on, and what is left over.

    In a contract that pays for no outcome at all, nothing is shifted against anything: it is only noted.
    """
    used = _used(study)
    left = [outcome for outcome in study.contract.outcomes if _is_unpaid(outcome, used)]
    idle = [table for table in study.contract.tables if table.unit is ir.Unit.MONEY and table.name not in used]
    severity = None if any(isinstance(flow.driver, _PRICED) for flow in study.flows) else Severity.NOTE
    yield from (_unpaid(outcome, severity) for outcome in left)
    yield from (_unread(table) for table in idle)
    if not left and not idle:
        yield Cleared(Verdict.PROVED, "every outcome is paid, watched, or something rests on it; every price is read")


def _used(study: Study) -> frozenset[str]:
    """The outcomes and tables on which anything rests that is no outcome or table itself.

    A measure counts as a use, even one that nobody is paid by: what the parties want to know is no mistake.
    """
    k = study.contract
    people = (k.populations, k.members, k.partitions, k.events)
    watched = tuple(outcome.when for outcome in k.outcomes if outcome.monitor_only)
    found: set[str] = set()
    for node in study.rests_on((k.flows, k.stages, k.costs, k.benefits, k.assumptions, k.measures, people, watched)):
        match node:
            case ir.EachAchievement(name) | ir.Achieved(name) | ir.Achievements(name) | ir.AchievedOn(name):
                found |= {name, study.names.outcomes[name].after or name}
            case ir.EachInPlan(plan):
                found |= set(outcomes_of(study.names.plans[plan]))
            case ir.Lookup(name):
                found.add(name)
            case _:
                continue
    return frozenset(found)


def _is_unpaid(outcome: ir.Outcome, used: frozenset[str]) -> bool:
    related = {outcome.name, outcome.part_of or outcome.name, outcome.partly or outcome.name}
    return not outcome.monitor_only and not related & used


def _unpaid(outcome: ir.Outcome, severity: Severity | None) -> Finding:
    return Finding(
        of=(outcome.name,),
        origin=outcome.origin,
        message=f"Nothing is paid for {outcome.name}, and the contract does not say that it is only watched",
        label="has no price",
        argument="No payment, limit, measure or other outcome rests on it",
        remedies=(
            Remedy(f"payment … for each {outcome.name}", "it is paid for"),
            Remedy("monitor only", "it is openly watched and not paid for"),
        ),
        severity=severity,
    )


def _unread(table: ir.Table) -> Finding:
    return Finding(
        of=(table.name,),
        origin=table.origin,
        message=f"The prices in {table.name} are never paid: no payment reads them",
        label="prices without an outcome",
        argument="No payment, limit or measure reads the table",
        remedies=(
            Remedy(f"payment … pays … {table.name} for each …", "the prices are paid"),
            Remedy(f"strike out {table.name}", "no price is left without what it is for"),
        ),
    )


_LONG = "insert outcome Long Job of a Jobseeker\n  when Employment reaches 26 weeks in total\n  once"

RULE = Rule(
    code="OC42",
    name="price-and-definition-mismatch",
    severity=Severity.ERROR,
    means=Means.TERMS,
    summary="An outcome has no price, a price has no outcome, or the two lists are shifted against each other.",
    rationale=(
        "A list of 23 prices beside 17 definitions leaves six payments that nobody can claim, or that everybody "
        "claims. A rate card that names its outcomes cannot shift against them."
    ),
    guards=(
        "“monitor only”, for an outcome that is watched and not paid for",
        "an outcome that another one, a measure, a limit or a repayment rests on",
    ),
    blind="A price that stands beside the wrong outcome, when both exist.",
    source="INDIGO Impact Bond Dataset (INDIGO-POJ-0123, 0152)",
    bad=_LONG,
    good=f"{_LONG}\n  monitor only",
    check=check,
    stopped_by=("OL101", "OL106", "OL107", "OL149", "OL153", "OL154", "OL155"),
)
