"""OC08: payment jumps for the smallest change of a measure of many, or of what one person has gathered."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.fixed_values import fixed_value, greatest_value
from outcomelang.core.money import count
from outcomelang.core.units import unit_of
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.reckoning import Atom, atoms
from outcomelang.exposure.steps import USUAL, Step
from outcomelang.exposure.thresholds import Threshold, thresholds
from outcomelang.histories.history import Fact, History
from outcomelang.histories.making import Making
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.straddling import Astride, astride
from outcomelang.loopholes.study import Study, percent

CLIFF = Fraction(1, 20)
"""The share of all that is payable from which a jump is a cliff (catalogue, OC08)."""
_CRITERIA = 5
"""From so many criteria that must all be met, missing one of them is named: the others then count for nothing."""


def check(study: Study) -> Iterator[Said]:
    """What is paid on both sides of every line of many; for one person, what the last step decides; criteria."""
    cliffs: dict[str, list[Step]] = {}
    for step in sorted(study.steps, key=lambda each: -abs(each.jump)):
        if any(other.threshold == step.threshold for other in cliffs.get(step.payment, ())):
            continue  # for another group: the greatest jump is told
        if _is_inflow(study, step.threshold):
            continue
        if abs(step.jump) >= CLIFF * _whole(study, step) > 0:
            cliffs.setdefault(step.payment, []).append(step)
    told: set[Threshold] = set()
    for steps in cliffs.values():
        if steps[0].threshold not in told:  # several payments over one line are one cliff
            rest = (step for own in cliffs.values() if own is not steps for step in own)
            others = [step for step in rest if step.threshold == steps[0].threshold]
            told |= {step.threshold for step in (*steps, *others)}
            yield _finding(study, steps, others)
    gathered = [found for flow in study.flows if (found := _gathered(study, flow)) is not None]
    yield from gathered
    yield from _criteria(study)
    if not cliffs and not gathered:
        yield from _cleared(study)


# ---------------------------------------------------------------- measures of many


def _is_inflow(study: Study, threshold: Threshold) -> bool:
    """Whether it is a number of people who come: a price by volume is no result of anybody’s work."""
    parts = [atom for atom, _ in atoms(study.names, threshold.measured, threshold.subject)]
    return bool(parts) and all(_counts_who_comes(study, atom) for atom in parts)


def _counts_who_comes(study: Study, atom: Atom) -> bool:
    match atom:
        case ir.Counted(ir.Select(ir.People(), tests)):
            return not any(isinstance(test, ir.Has) for test in tests)
        case ir.Counted(ir.Select(ir.Rows(event))):
            return event in study.joining
        case _:
            return False


def _whole(study: Study, step: Step) -> Fraction:
    """All that is payable; where the price follows the size of what is counted, all that is at this size."""
    return step.greatest if _follows_size(study, step) else max(study.payable, step.greatest)


def _follows_size(study: Study, step: Step) -> bool:
    flows = _flows(study, step.payment)
    return any(
        greatest_value(study.names, flow.amount) is None
        or (isinstance(flow.driver, ir.EachUnit) and _has_size(study, flow.driver.quantity))
        or (isinstance(flow.subject, ir.PerPerson) and _is_many(study, flow.subject.population))
        for flow in flows
    )


def _has_size(study: Study, quantity: ir.Quantity) -> bool:
    return unit_of(quantity) is not ir.Unit.PERCENTAGE and greatest_value(study.names, quantity) is None


def _is_many(study: Study, population: str) -> bool:
    """Whether more may join than are supposed to."""
    most = study.names.populations[population].most
    return most is None or most > USUAL


def _flows(study: Study, clause: str) -> list[ir.Flow]:
    return [flow for flow in study.contract.flows if clause in (flow.card, flow.name)]


def _finding(study: Study, steps: list[Step], others: list[Step]) -> Finding:
    step, flow = steps[0], _flows(study, steps[0].payment)[0]
    whole, jump = _whole(study, step), abs(step.jump)
    one, other = sorted((abs(step.below), abs(step.above)))
    sides = f"{study.money(one)} on one side of it, {study.money(other)} on the other"
    what = f"the smallest step in {measured(study, step.threshold)} {line(study, step)}"
    sized = _follows_size(study, step)
    much = percent(jump, whole) if sized else f"{study.money(jump)} ({percent(jump, whole)} of what can be paid)"
    pair = None if sized else astride(study, step)
    turns = "turns, as a repayment," if flow.repays else "turns"
    message = f"{much}{' of what can be paid' if sized else ''} {turns} on {what}"
    return Finding(
        of=(step.payment, *(each.payment for each in others)),
        origin=flow.origin,
        message=message,
        label=f"{sides}" + (", if each count is a hundred and each sum a million" if sized else ""),
        stake=jump / whole * max(study.payable, whole) if sized else jump,
        verdict=Verdict.PROVED if pair is None else Verdict.WITNESS,
        witness=None if pair is None else _told(study, pair),
        argument=f"By the evaluator, all else the same: {sides}",
        details=(*(_another(study, each) for each in steps[1:]), *(_as_well(study, each) for each in others)),
        remedies=(
            Remedy(
                f"pay on a straight line on both sides, or for each unit of {measured(study, step.threshold)}",
                f"the smallest step then moves a few pounds and not {study.money(jump)}",
            ),
            Remedy("pay only for what lies beyond the line", "payment then begins from nothing there"),
        ),
        related=tuple((origin, "the line is drawn here") for origin in _drawn(study, step.threshold)),
    )


def _another(study: Study, step: Step) -> str:
    return f"another {study.money(abs(step.jump))} turns on a step {line(study, step)}"


def _as_well(study: Study, step: Step) -> str:
    return f"{study.money(abs(step.jump))} of {step.payment} turns on the same step"


def _told(study: Study, pair: Astride) -> Witness:
    one, other = study.pay(pair.one), study.pay(pair.other)
    apart = study.money(abs(one.total - other.total))
    return Witness(
        (Told(pair.one, one.total, "On one side of the line:"), Told(pair.other, other.total, "On the other:")),
        f"{pair.by} makes a difference of {apart}",
    )


def measured(study: Study, threshold: Threshold) -> str:
    """What is compared, in the author's words."""
    if isinstance(threshold.measured, ir.Read):
        return threshold.measured.measure
    return f"the measure of {threshold.outcome or threshold.table or 'the payment'}"


def line(study: Study, step: Step) -> str:
    """Where the line is, as people write it: a line that itself depends on what happens has no number."""
    if fixed_value(study.names, step.threshold.line, {}) is None:
        return f"across the line of {step.threshold.outcome or step.threshold.table or step.payment}"
    match unit_of(step.threshold.measured):
        case ir.Unit.PERCENTAGE:
            return f"at {count(step.line * 100)}%"
        case ir.Unit.MONEY:
            return f"at {study.money(step.line)}"
        case _:
            return f"at {count(step.line)}"


def _drawn(study: Study, threshold: Threshold) -> Iterator[ir.Origin]:
    if threshold.outcome:
        yield study.names.outcomes[threshold.outcome].origin
    if threshold.table:
        yield study.names.tables[threshold.table].origin


# ---------------------------------------------------------------- one person


def _gathered(study: Study, flow: ir.Flow) -> Finding | None:
    """What one person has gathered day by day becomes payable all at once: a little less, and nothing of it is."""
    if not isinstance(flow.subject, ir.PerPerson) or not isinstance(flow.driver, ir.EachUnit) or flow.gate is None:
        return None
    price, earned = greatest_value(study.names, flow.amount), study.earned(flow)
    if not price or earned is None:
        return None
    for one, other in (*_a_day_less(study, flow, earned.history), *_a_row_less(study, flow, earned.history)):
        whole = study.pay(one).of(flow.name)
        if whole * CLIFF >= price and not study.pay(other).of(flow.name):
            return _of_one(study, flow, one, other)
    return None


def _a_day_less(study: Study, flow: ir.Flow, history: History) -> Iterator[tuple[History, History]]:
    """Pairs that differ by one day of a state on which the condition rests: it ends as early as still pays, and a day
    earlier."""
    for node in study.rests_on(flow.gate):
        if not isinstance(node, ir.Spells) or node.ends is None:
            continue
        for who in history.participants[:1]:
            first = min(fact.day for fact in history.happened if fact.participant == who)
            far = first + _FAR
            fact = Making(study.names, known=history).row(who, node.ends, far)

            def due(day: int, fact: Fact = fact) -> Fraction:
                return study.pay(history.plus(fact.on(day))).of(flow.name)

            near = first + 1
            if not due(far) or due(near):
                continue
            while far - near > 1:
                middle = (near + far) // 2
                near, far = (near, middle) if due(middle) else (middle, far)
            yield history.plus(fact.on(far)), history.plus(fact.on(near))


def _a_row_less(study: Study, flow: ir.Flow, history: History) -> Iterator[tuple[History, History]]:
    """Pairs that differ by one row of those by which nobody joins."""
    for fact in history.happened:
        if fact.event not in study.joining:
            yield history, history.without(fact)


_FAR = 730
"""So many days after joining a state is made to end in search of the day on which something becomes payable."""


def _of_one(study: Study, flow: ir.Flow, history: History, less: History) -> Finding:
    one, other = study.pay(history), study.pay(less)
    whole = one.of(flow.name)
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=f"The last step is worth {study.money(whole)}: all that a person has gathered becomes payable at once",
        label="nothing of it is due just short of the line",
        stake=whole,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (Told(history, one.total, "On the line:"), Told(less, other.total, "Just short of it:")),
            f"{study.money(one.total - other.total)} turns on the last step",
        ),
        argument="A condition on the person holds back what is counted bit by bit",
        remedies=(
            Remedy("pay what is counted as it is gathered", "the last step is then worth the price of one"),
            Remedy("make part of it payable earlier", "less turns on the last step"),
        ),
    )


def _criteria(study: Study) -> Iterator[Finding]:
    """Many criteria, all of which must be met for one price."""
    for flow in study.flows:
        if not isinstance(flow.driver, ir.EachAchievement):
            continue
        when = study.names.outcomes[flow.driver.outcome].when
        if isinstance(when, ir.AtLeast) and when.least is None and len(when.items) >= _CRITERIA:
            price = Fraction(greatest_value(study.names, flow.amount) or 0)
            number = len(when.items)
            yield Finding(
                of=(flow.name,),
                origin=flow.origin,
                message=f"Whoever meets {number - 1} of the {number} criteria earns nothing of {study.money(price)}",
                label="all criteria or nothing",
                stake=price,
                argument=f"{flow.driver.outcome} asks for all {number} of its criteria",
                remedies=(Remedy("pay a part for each criterion", f"{study.money(price / number)} each"),),
                severity=Severity.NOTE,
            )


def _cleared(study: Study) -> Iterator[Cleared]:
    met = {step.threshold for step in study.steps}
    lines = {each for flow in study.contract.flows for each in thresholds(study.names, flow)}
    left = [measured(study, each) for each in lines if each not in met]
    if left:
        yield Cleared(
            Verdict.NOT_DECIDED, f"no count was found that brings {', '.join(sorted(left))} onto its line", tuple(left)
        )
    elif lines:
        turns = f"less than {percent(CLIFF, Fraction(1))} turns"
        yield Cleared(Verdict.NONE_FOUND, f"at each of the {len(lines)} lines that decide over payments {turns}")
    else:
        yield Cleared(Verdict.PROVED, "no payment rests on a line drawn through a measure of many")


RULE = Rule(
    code="OC08",
    name="payment-cliff",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="Payment jumps by a twentieth or more of what can be paid for the smallest change of a measure.",
    rationale=(
        "Where one person or one percentage point decides over millions, chance decides, and whoever is near the line "
        "has every reason to move it or the count. In the ABLE project 9.99% was worth $4.8m and 10% $9.6m."
    ),
    guards=(
        "a table on a straight line between two points",
        "a jump of less than 5% of what can be paid",
        "a milestone of one person: it is reached or not",
        "a price by how many people come: that is no result",
    ),
    blind="Lines that no single count can reach while all others stay the same; discretion in measuring.",
    source="ABLE case study (Social Ventures Australia); Peterborough terms",
    bad=(
        "delete Job Payment\n"
        "insert payment Job Payment: Council pays the Provider £3,000 for each Added Job,\n"
        "  when Added Job is at least 50, parts in proportion"
    ),
    good=(
        "delete Job Payment\n"
        "insert table Ladder Price by Added Job straight line between points\n"
        "  at 0 nothing  at 50 £100,000  at 100 £400,000  above 100 £400,000\n"
        "insert payment Ladder Payment: Council pays the Provider the Ladder Price, for each Referral Cohort"
    ),
    check=check,
)
