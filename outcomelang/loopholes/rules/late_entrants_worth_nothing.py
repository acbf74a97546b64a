"""OC35: whoever joins from some day on can no longer earn a payment, or not all of it, before claims end."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.core.fixed_values import greatest_value
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.histories.earning import Earning
from outcomelang.histories.joining_late import JoiningLate, TooLate
from outcomelang.loopholes.beside import outcomes_paid
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study
from outcomelang.tree import evolve


def check(study: Study) -> Iterator[Said]:
    """One finding a payment clause: the line that is lost first, and what all lines of it that are lost come to."""
    clauses: dict[str, list[TooLate]] = {}
    for late in study.too_late:
        clauses.setdefault(late.flow.card or late.flow.name, []).append(late)
    for name, lost in clauses.items():
        yield _finding(study, name, lost)
    numbers = list(_of_numbers(study))
    yield from numbers
    if not clauses and not numbers:
        yield Cleared(Verdict.NONE_FOUND, "somebody who joins on the last permitted day can still earn every payment")


def _of_numbers(study: Study) -> Iterator[Finding]:
    """Outcomes of people of which a payment counts how many there are: asked as if each of them were paid for."""
    seen: set[str] = set()
    for flow in study.flows:
        for outcome in outcomes_paid(study, flow) if isinstance(flow.driver, ir.EachUnit) else ():
            if outcome.name in seen or not isinstance(outcome.subject, ir.PerPerson):
                continue
            seen.add(outcome.name)
            each = _for_each(flow, outcome)
            late = JoiningLate(Earning(evolve(study.contract, flows=(each,), stages=()))).of(each)
            if late is not None:
                yield _counted_no_more(study, flow, outcome, late)


def _for_each(flow: ir.Flow, outcome: ir.Outcome) -> ir.Flow:
    """The same price for each achievement, and nothing else that decides."""
    return evolve(
        flow,
        amount=ir.Const(Fraction(100), ir.Unit.MONEY),
        subject=outcome.subject,
        driver=ir.EachAchievement(outcome.name),
        gate=None,
        shown_by=None,
        stacks_with=(),
    )


def _counted_no_more(study: Study, flow: ir.Flow, outcome: ir.Outcome, late: TooLate) -> Finding:
    day, last, claims = day_text(late.day), day_text(late.last), _claims(study.contract)
    return Finding(
        of=(flow.name, outcome.name),
        origin=flow.origin,
        message=(
            f"Whoever joins from {day} on, up to {last}, can no longer reach {outcome.name}, which {flow.name} counts: "
            f"there is too little time in which it is watched, and claimed by {claims}"
        ),
        label="counts nobody who joins last",
        stake=study.full_prices.get(flow.name, Fraction(0)),
        verdict=Verdict.PROVED,
        argument=f"asked of one person at a time, the days of joining were halved down to {day}",
        remedies=_ways_out(late),
        related=_joining(study.contract),
    )


def _finding(study: Study, name: str, lost: list[TooLate]) -> Finding:
    first = min(lost, key=lambda late: late.day)
    stake = sum((_worth(study, late) for late in lost), Fraction(0))
    day, last, claims = day_text(first.day), day_text(first.last), _claims(study.contract)
    what = f"{study.money(_worth(study, first))} of {first.flow.name}" if _worth(study, first) else first.flow.name
    return Finding(
        of=(name, *(late.flow.name for late in lost if late.flow.name != name)),
        origin=first.flow.origin,
        message=(
            f"Whoever joins from {day} on, up to {last}, can no longer earn {what} by what happens after that day: "
            f"there is too little time in which it is watched, and claimed by {claims}"
        ),
        label=_left(first),
        stake=stake,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (
                Told(first.before.history, first.before.paid.total, "Joined a day earlier:"),
                Told(first.after.history, first.after.paid.total, f"Joined on {day}:"),
            ),
            f"The same service, a day later: there is less and less reason to serve whoever joins from {day} on",
        ),
        argument=f"the days of joining from which it is too late were halved down to {day}",
        details=_others(lost, first),
        remedies=_ways_out(first),
        related=_joining(study.contract),
    )


def _ways_out(first: TooLate) -> tuple[Remedy, ...]:
    longer = f"put off the last day for claims by {_months(first.last - first.day + 1)} months"
    return (
        Remedy(f"end joining on {day_text(first.day - 1)}", "everybody can still earn it in full"),
        Remedy(longer, "those who join last have time"),
    )


def _worth(study: Study, late: TooLate) -> Fraction:
    """What somebody who joins last loses: by the dearest price that the terms fix."""
    price = greatest_value(study.names, late.flow.amount)
    return Fraction(0) if price is None else Fraction(price) * (late.full - late.left)


def _left(late: TooLate) -> str:
    if late.left:
        return f"paid up to {late.full} times for the first to join, {late.left} times for the last"
    return "worth nothing for the last to join"


def _claims(contract: ir.Contract) -> str:
    assert contract.last_claim is not None
    return day_text(contract.last_claim.toordinal())


def _others(lost: list[TooLate], first: TooLate) -> tuple[str, ...]:
    return tuple(f"{late.flow.name}: from {day_text(late.day)} on" for late in lost if late is not first)


def _months(days: int) -> int:
    return -(-days // 30)


def _joining(contract: ir.Contract) -> tuple[tuple[ir.Origin, str], ...]:
    return tuple((each.origin, "who may join, and when") for each in contract.populations if not each.comparison_of)[:1]


RULE = Rule(
    code="OC35",
    name="late-entrants-worth-nothing",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="Whoever joins from some permitted day on can no longer earn an outcome, or not all of it.",
    rationale=(
        "People who join late cost as much as others and can earn less: there is a reason to serve them last, or not "
        "at all. In the Work Programme somebody attached on the last day could not finish the sustainments."
    ),
    guards=(
        "joining ends so early that everybody has time for every payment; a month short is not said",
        "what may happen on the day after joining, and need not last",
        "what cannot be earned had claims gone on for years either: then it is not time that lacks",
    ),
    blind=(
        "Payments for cohorts, groups and periods, and what is measured of many, unless it is how many achieve "
        "something. Work or a home that somebody has when joining. What would be possible on some day in theory and "
        "takes longer in practice."
    ),
    source="Revolving Doors Agency, payment by results and multiple needs (2015)",
    bad=(
        "insert outcome Year In Work of a Jobseeker when Employment begun after Referral reaches 21 months "
        "without a break, once\n"
        "insert payment Long Job Fee: Council pays the Provider £900 for each Year In Work"
    ),
    good=(
        "insert outcome Year In Work of a Jobseeker when Employment begun after Referral reaches 12 months "
        "without a break, once\n"
        "insert payment Long Job Fee: Council pays the Provider £900 for each Year In Work"
    ),
    check=check,
)
