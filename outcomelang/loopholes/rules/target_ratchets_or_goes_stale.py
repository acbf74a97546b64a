"""OC24: what is achieved now raises the target of later, or a baseline stands for years and is never renewed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.counterfactual import Held, held_against
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study
from outcomelang.loopholes.targets import Days, Target, assumed_share, measured_on, targets, written, written_days
from outcomelang.tree import nodes

YEARS = 3
"""For how long a baseline may stand (catalogue: renewed every three years by rule)."""
SMALL = Fraction(1, 10)
"""The share of all that can be due up to which a payment is too small for its target to matter."""


def check(study: Study) -> Iterator[Said]:
    """Every target: whether it is made of results that are paid for, and how long it stands."""
    seen: set[str] = set()
    for flow in study.contract.flows:
        for target in targets(study, flow):
            if target.name in seen:
                continue
            finding = _ratchet(study, target) or _stale(study, target)
            if finding is not None:
                seen.add(target.name)
                yield finding
    if not seen:
        yield Cleared(Verdict.PROVED, "no target is made of results that are paid for, and none stands for long")


def _ratchet(study: Study, target: Target) -> Finding | None:
    days, first = written_days(study, target.base), study.contract.first_day
    if days is None or first is None or days[0] < first.toordinal():
        return None
    what = {of for of, _ in measured_on(study, target.base)}
    paid = next((flow for flow in study.flows if _is_paid_on(study, flow, what, days, target.base)), None)
    if paid is None:
        return None
    return Finding(
        of=(target.name, target.flow.name),
        origin=target.origin,
        message=(
            f"Who does well now is paid less later: the target for {target.flow.name} is made of results that are paid "
            f"for under {paid.name}"
        ),
        label="rises with what is achieved before",
        stake=_stake(study, target.flow),
        argument="what the target is made of lies within the term, and is paid for itself",
        remedies=(
            Remedy("fix the target now, or take it from others", "what is achieved does not raise it"),
            Remedy("renew the baseline by a rule that is written, every three years", "everybody knows when it moves"),
        ),
        related=((paid.origin, "the same results are paid for here"),),
    )


def _is_paid_on(study: Study, flow: ir.Flow, what: set[object], days: Days, base: ir.Quantity) -> bool:
    """Whether a payment counts the same things on some of the same days."""
    if isinstance(flow.driver, ir.EachAchievement) and ir.Achievements(flow.driver.outcome) in what:
        return True
    bases = [base, *(each.base for other in study.contract.flows for each in targets(study, other))]
    held = {node.measure for each in bases for node in study.rests_on(each) if isinstance(node, ir.Read)}
    for measure in study.rests_on(study.earned_by(flow)):
        if not isinstance(measure, ir.Measure) or measure.name in held:
            continue
        for each in nodes(measure.quantity):
            if not isinstance(each, ir.Counted | ir.Summed | ir.DaysIn):
                continue
            for of, on in measured_on(study, each):
                if of in what and _meet(days, on if on is not None else _period(study, measure.subject)):
                    return True
    return False


def _period(study: Study, subject: ir.Subject) -> Days | None:
    if not isinstance(subject, ir.PerPeriod):
        return None
    calendar = study.names.calendars[subject.calendar]
    last = calendar.last or study.contract.last_day
    return calendar.first.toordinal(), last.toordinal() if last is not None else calendar.first.toordinal()


def _meet(one: Days, other: Days | None) -> bool:
    return other is None or (one[0] <= other[1] and other[0] <= one[1])


# ---------------------------------------------------------------- stale


def _stale(study: Study, target: Target) -> Finding | None:
    if study.contract.versions or not _stands(study, target) or _is_small(study, target.flow):
        return None
    if held_against(study, target.flow) >= Held.EARLIER:
        return None
    counted = {event.name for event in study.events_of(target.result)}
    if counted and counted <= study.joining:  # a promise of how many come, and no result
        return None
    first, last = study.contract.first_day, study.contract.last_day
    days = (last - first).days + 1 if first is not None and last is not None else 0
    years = Fraction(round(days * 10 / 365.25), 10)
    return Finding(
        of=tuple(dict.fromkeys((target.name, target.flow.name))),
        origin=target.origin,
        message=(
            f"What changes for everybody is paid, or is not, under {target.flow.name}: what it is held against stands "
            f"for the whole term, {_number(years)} {'year' if years == 1 else 'years'}"
        ),
        label="is never renewed",
        stake=_stake(study, target.flow),
        argument="it is written, or was measured once, and no rule renews it",
        remedies=(
            Remedy("a table with a value for each year, or an index", "it moves as the world does"),
            Remedy("compare with others at the same time", "nothing has to be renewed"),
        ),
        severity=None if days > YEARS * 366 else Severity.NOTE,
    )


def _stands(study: Study, target: Target) -> bool:
    """Whether the base is one written figure, a written share, or was measured once for more than one test."""
    if written(study, target.base) or assumed_share(study, target.base):
        return True
    return written_days(study, target.base) is not None and written_days(study, target.result) is None


def _is_small(study: Study, flow: ir.Flow) -> bool:
    most, bound = study.liability.most, _bound(study, flow)
    return not flow.repays and bound is not None and (most is None or bound <= SMALL * most)


def _bound(study: Study, flow: ir.Flow) -> Fraction | None:
    return next((each.within for each in study.liability.flows if each.flow is flow), None)


def _stake(study: Study, flow: ir.Flow) -> Fraction:
    return _bound(study, flow) or Fraction(0)


def _number(value: Fraction) -> str:
    tenths = round(value * 10)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


_YEARS = """insert define First Jobs as the number of Lasting Jobs between 1 April 2024 and 31 March 2025
insert define Second Jobs as the number of Lasting Jobs between 1 April 2025 and 31 March 2026
insert define Second Target as {}
insert outcome Better Year
  when Second Jobs is at least Second Target
  once
insert payment Growth Bonus: Council pays the Provider £1,000 for each Better Year"""

RULE = Rule(
    code="OC24",
    name="target-ratchets-or-goes-stale",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="A later target is made of results that are paid for, or a baseline stands for years and is never renewed.",
    rationale=(
        "If next year’s target is this year’s result and a little more, it pays to hold back. If a baseline is never "
        "renewed, years later it measures only how the world has changed: hospitals were still paid against the "
        "emergencies of 2008/09 long after."
    ),
    guards=(
        "the target is written, or comes from others or from before the term",
        "a baseline for each period, an index or an amendment renews it, or others are compared",
        "up to three years it is only noted; so is nothing that at most 10% of the money depends on",
    ),
    blind="What the parties do when the contract is renewed; a target that is agreed outside of it.",
    source="BMJ g1653 (emergency marginal rate); Troubled Families letters",
    bad=_YEARS.format("First Jobs plus 10"),
    good=_YEARS.format("300"),
    check=check,
)
