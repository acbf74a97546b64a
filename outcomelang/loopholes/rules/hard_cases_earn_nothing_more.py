"""OC06: a state of a person in which nothing more can be earned while the person stays on the caseload."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.fixed_values import fixed_value
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.histories.history import Fact, History
from outcomelang.histories.making import Making
from outcomelang.histories.paid import Paid
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.control import PERSONAL, is_for_people
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.people import joined, with_more
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

_NUMBERS = (1, 4, 16, 64)


def check(study: Study) -> Iterator[Said]:
    """One thing goes wrong, or others fail: is whatever is achieved from then on worth nothing?"""
    flows = [flow for flow in study.flows if is_for_people(study.names, flow) and study.rests_on_an_outcome(flow)]
    said = [*_after_a_failure(study, flows), *_when_others_fail(study, flows), *_no_start_fee(study, flows)]
    yield from said
    if flows and not said:
        yield Cleared(Verdict.NONE_FOUND, "with one person: after any single setback more can still be earned")


def _due(study: Study, paid: Paid) -> Fraction:
    """What is due for outcomes."""
    names = (flow.name for flow in study.flows if study.rests_on_an_outcome(flow))
    return sum((paid.of(name) for name in names), Fraction(0))


# ---------------------------------------------------------------- after the first failure


def _after_a_failure(study: Study, flows: list[ir.Flow]) -> Iterator[Finding]:
    """Somebody achieves everything; had one bad thing happened on the day after joining, nothing would be due."""
    if not flows:
        return
    best = study.everything
    if not any(best.of(flow.name) for flow in flows) or not joined(study, best.history):
        return
    came = joined(study, best.history)[0]
    due = [flow for flow in flows if best.of(flow.name)]
    for event in study.contract.events:
        bad = event.kind == "outcome" and event.polarity is ir.Polarity.FEWER and event.name not in study.joining
        if not bad or not all(_forbids(study, flow, event) for flow in due):
            continue
        failed = study.pay(best.history.plus(*_setback(study, event, came)))
        if not _due(study, failed) and _due(study, best):
            yield _failure(study, event, best, failed)
            return


def _forbids(study: Study, flow: ir.Flow, event: ir.Event) -> bool:
    """Whether it asks that the thing does not happen (or at most so often), not how much less often it does."""
    for node in study.rests_on((flow.gate, flow.driver)):
        match node:
            case ir.Happens(ir.Select(ir.Rows(name)), True) | ir.Has(ir.Select(ir.Rows(name)), True) if (
                name == event.name
            ):
                return True
            case ir.Compares(left, "<" | "<=" | "==", line) if fixed_value(study.names, line, {}) is not None:
                counted = study.names.measures[left.measure].quantity if isinstance(left, ir.Read) else left
                if isinstance(counted, ir.Counted) and counted.select.of == ir.Rows(event.name):
                    return True
            case _:
                continue
    return False


def _setback(study: Study, event: ir.Event, came: Fact) -> list[Fact]:
    """The bad thing on the day after joining; a state that it begins is over the day after that."""
    w = Making(study.names)
    rows = [w.row(came.participant, event.name, came.day + 1)]
    for state in study.contract.states:
        if isinstance(state.days, ir.Spells) and state.days.begins == event.name and state.days.ends is not None:
            rows.append(w.row(came.participant, state.days.ends, came.day + 2))
    return rows


def _failure(study: Study, event: ir.Event, best: Paid, failed: Paid) -> Finding:
    lost = _due(study, best)
    added = failed.history.facts[len(best.history.facts) :]

    def shows(tried: History) -> bool:
        return bool(_due(study, study.pay(tried))) and not _due(study, study.pay(tried.plus(*added)))

    least = smallest(best.history, shows)
    one, other = study.pay(least), study.pay(least.plus(*added))
    flow = next(f for f in study.flows if one.of(f.name) and study.rests_on_an_outcome(f))
    told = (
        Told(one.history, one.total, "Nothing goes wrong"),
        Told(other.history, other.total, f"The same after one {event.name}"),
    )
    return Finding(
        of=(flow.name, event.name),
        origin=flow.origin,
        message=(
            f"After the first {event.name} nothing more can be earned for a person, of {study.money(lost)} before it: "
            "to go on helping costs money and earns none"
        ),
        label=f"is lost with the first {event.name}",
        stake=lost,
        verdict=Verdict.WITNESS,
        witness=Witness(told, "whatever is achieved for this person from then on is worth nothing"),
        argument=f"everything that one person can earn was tried after one {event.name}",
        remedies=_instead(event),
        related=((event.origin, "the first one ends all claims"),),
    )


def _instead(event: ir.Event) -> tuple[Remedy, ...]:
    return (
        Remedy(f"pay for each {event.name} fewer than expected", "every one that is prevented then counts"),
        Remedy("pay for steps, or let a new period begin after a failure", "the next success is worth something"),
    )


# ---------------------------------------------------------------- when others fail


def _when_others_fail(study: Study, flows: list[ir.Flow]) -> Iterator[Finding]:
    """So many others join and fail that what somebody achieves is worth nothing."""
    for flow in flows:
        earned = study.earned(flow)
        if earned is None or not _turns_on_others(study, flow):
            continue
        for number in _NUMBERS:
            paid = study.pay(with_more(study, earned.history, number))
            if not _due(study, paid):
                yield _out_of_reach(study, flow, earned.paid, paid, number)
                return


def _turns_on_others(study: Study, flow: ir.Flow) -> bool:
    """Whether a condition on what is measured of many decides over what is paid for one."""
    outcome = study.names.outcomes[flow.driver.outcome] if isinstance(flow.driver, ir.EachAchievement) else None
    conditions = (flow.gate, outcome.when if outcome is not None else None)
    measures = (node.measure for node in study.rests_on(conditions) if isinstance(node, ir.Read))
    return any(not isinstance(study.names.measures[name].subject, PERSONAL) for name in measures)


def _out_of_reach(study: Study, flow: ir.Flow, one: Paid, other: Paid, number: int) -> Finding:
    lost = one.of(flow.name)
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=(
            f"{flow.name} pays nothing for anybody once too many others have failed: the {study.money(lost)} for a "
            "person who succeeds is gone, and nobody is worth helping"
        ),
        label="is worth nothing once its condition is out of reach",
        stake=lost,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (
                Told(one.history, one.total, "As many succeed as are needed"),
                Told(other.history, other.total, f"{number} more come and do not succeed"),
            ),
            f"the same success is worth {study.money(lost)} or nothing",
        ),
        argument="a condition on what is measured of many decides over what is paid for one",
        remedies=(
            Remedy("pay for each outcome, and more from the threshold on", "every person is then worth helping"),
            Remedy("measure in shorter periods", "a bad start is then not the end"),
        ),
    )


# ---------------------------------------------------------------- from the first day on


def _no_start_fee(study: Study, flows: list[ir.Flow]) -> Iterator[Finding]:
    """A fee for everybody falls to nothing for a cohort: whoever misses the first step is then worth nothing."""
    for flow in study.flows:
        head = isinstance(flow.subject, ir.PerPerson) and isinstance(flow.driver, ir.OneEach)
        if not flows or not head or study.rests_on_an_outcome(flow):
            continue
        empty = _cohort_for_nothing(study, flow)
        if empty is not None:
            group, label = empty
            cost = _cost(study, _of(flow))
            yield Finding(
                of=(flow.name,),
                origin=flow.origin,
                message=(
                    f"{flow.name} falls to nothing for “{label}” of {group.name}: a person of it who will not reach "
                    f"{_first_step(flows[0])} is worth nothing from the first day"
                ),
                label=f"is nothing for “{label}”",
                stake=cost,
                argument=f"the price is nothing in that row of {group.name}, and everything else is for outcomes",
                details=(f"Each {_of(flow)} is said to cost {study.money(cost)}",) if cost else (),
                remedies=(Remedy("pay for a smaller step on the way", "hard cases are then worth a part"),),
                severity=None if cost else Severity.NOTE,
            )


def _cost(study: Study, population: str) -> Fraction:
    """What each of these people is declared to cost: so much is lost with whoever achieves nothing."""
    own = (each for each in study.contract.costs if each.select == ir.Select(ir.People(population)))
    return max((each.amount for each in own), default=Fraction(0))


def _first_step(flow: ir.Flow) -> str:
    return flow.driver.outcome if isinstance(flow.driver, ir.EachAchievement) else flow.name


def _cohort_for_nothing(study: Study, flow: ir.Flow) -> tuple[ir.Partition, str] | None:
    """A row of a cohort for which the price is nothing, whatever the other groups, while it is something for others."""
    own = [g for g in study.contract.partitions if isinstance(flow.subject, ir.PerPerson) and g.of == _of(flow)]
    others = {group.name: group.rows[0].label for group in own if group.rows}
    for group in own:
        prices = {
            row.label: fixed_value(study.names, flow.amount, {**others, group.name: row.label}) for row in group.rows
        }
        nothing = [label for label, price in prices.items() if price == 0]
        if group.word == "cohort" and nothing and any(prices.values()):
            return group, nothing[0]
    return None


def _of(flow: ir.Flow) -> str:
    assert isinstance(flow.subject, ir.PerPerson)
    return flow.subject.population


RULE = Rule(
    code="OC06",
    name="hard-cases-earn-nothing-more",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="From some point on nothing more can be earned for a person who stays on the caseload.",
    rationale=(
        "When the first failure ends every claim, or a threshold is out of reach, the person who needs most help is "
        "worth least: the service has every reason to park the case and turn to others. A yes-or-no measure of "
        "reconviction did so with prolific offenders."
    ),
    guards=(
        "each failure fewer is paid for, not only none at all",
        "after a failure a new period or a new step can be earned",
        "other payments for the same person remain",
        "a fee for everybody that falls to nothing is only noted where no cost is declared",
    ),
    blind="How likely it is that somebody is helped after a failure; what help costs; limits for each person (OC14).",
    source="Revolving Doors Agency, payment by results and multiple needs (2015)",
    bad=(
        "delete Job Payment\n"
        "insert event Arrest of a Jobseeker is an outcome, recorded by HMRC, fewer is better, "
        "observed until 30 September 2027\n"
        "insert outcome Quiet Year of a Jobseeker, when all of: (a) an Arrest occurs in the 12 months before "
        "Referral; and (b) no Arrest occurs in the 12 months after Referral, once\n"
        "insert payment Quiet Payment: Council pays the Provider £3,000 for each Quiet Year"
    ),
    good=(
        "insert payment Step Payment: Council pays the Provider £150 for each Lasting Job, "
        "when Complaint Made is not achieved, stacks with Job Payment"
    ),
    check=check,
    also=("pays-for-what-happens-anyway",),
)
