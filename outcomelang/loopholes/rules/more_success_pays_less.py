"""OC38: one more good outcome, or one fewer bad one, lowers the total."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import pairwise

from outcomelang.core import ir
from outcomelang.core.fixed_values import greatest_value
from outcomelang.core.money import count
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.polarity import Way
from outcomelang.exposure.reckoning import AtomOf
from outcomelang.exposure.steps import Step, many
from outcomelang.histories.history import History
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.betterment import pairs, shrunk
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

_UNITS = (ir.Counted, ir.DaysIn)
"""What is counted in whole units."""


def check(study: Study) -> Iterator[Said]:
    """What the terms say of each payment; where they leave it open, at the lines of many, and in pairs of histories."""
    suspects = tuple(flow for flow in study.contract.flows if not never_falls(study, flow))
    replaced = tuple(_cheaper(study))
    found: set[str] = set()
    for clause, finding in (*_at_lines(study, suspects), *_instead(study, replaced), *_one_by_one(study, suspects)):
        if clause not in found:
            found.add(clause)
            if finding is not None:
                yield finding
    left = tuple(f.name for f in suspects if not found & {f.card, f.name} and not is_priced_activity(study, f))
    open_ones = (*left, *open_stages(study))
    if open_ones:
        tried = "the lines that decide over them, and single events added and left out, were tried without a find"
        yield Cleared(Verdict.NOT_DECIDED, f"the terms do not settle it for {', '.join(open_ones)}: {tried}", open_ones)
    elif not suspects and not found:
        yield Cleared(Verdict.PROVED, "no payment falls, and no repayment rises, when an outcome is added")


Found = Iterator[tuple[str, Finding | None]]
"""The clause that pays less, and what is said of it (nothing, where another clause has said it)."""


def _at_lines(study: Study, suspects: tuple[ir.Flow, ...]) -> Found:
    told: set[str] = set()
    for step in study.steps if suspects else ():
        finding = _at_line(study, step)
        if finding is not None:
            yield step.payment, None if finding.message in told else finding
            told.add(finding.message)


def _instead(study: Study, replaced: tuple[tuple[ir.Flow, ir.Flow], ...]) -> Found:
    for flow, dearer in replaced:
        finding = _replacing(study, flow, dearer)
        if finding is not None:
            yield flow.card or flow.name, finding


def _one_by_one(study: Study, suspects: tuple[ir.Flow, ...]) -> Found:
    for flow in suspects:
        finding = None if is_priced_activity(study, flow) else _alone(study, flow)
        if finding is not None:
            yield flow.card or flow.name, finding


def never_falls(study: Study, flow: ir.Flow) -> bool:
    return study.polarity.flow(flow) in (Way.STAYS, Way.FALLS if flow.repays else Way.RISES)


def is_priced_activity(study: Study, flow: ir.Flow) -> bool:
    """Each row of something bad is openly paid for, as care or as use: no success is paid that could pay less."""
    return isinstance(flow.subject, ir.PerRow) or isinstance(flow.driver, ir.EachRow)


def open_stages(study: Study) -> Iterator[str]:
    """Limits by which a success may lower the total: what happens moves them, or units of different prices share
    places; and payments of no written price in place of others."""
    prices = {flow.name: greatest_value(study.names, flow.amount) for flow in study.flows}
    for stage in study.contract.stages:
        match stage:
            case ir.MoneyLimit() | ir.CountLimit():
                covered = {price for name, price in prices.items() if not stage.flows or name in stage.flows}
                moves = study.polarity.quantity(stage.most) not in (Way.STAYS, Way.RISES)
                if moves or (isinstance(stage, ir.CountLimit) and len(covered) > 1):
                    yield stage.title or f"the limit on {' and '.join(stage.flows) or 'all payments'}"
            case ir.Replace(flow, replaced):
                if flow in prices and any(prices.get(name) is None for name in (flow, *replaced) if name in prices):
                    yield flow
            case _:
                continue


# ---------------------------------------------------------------- at a line


def _at_line(study: Study, step: Step) -> Finding | None:
    """Around a line, whole units of what is counted: each better than the last."""
    way = study.polarity.quantity(step.moved[0])
    if way not in (Way.RISES, Way.FALLS):
        return None
    one = Fraction(1) if isinstance(step.moved[0], _UNITS) else step.usual[step.moved] / 1_000_000
    middle = Fraction(int(step.needed)) if isinstance(step.moved[0], _UNITS) else step.needed
    values = [value for value in (middle - one, middle, middle + one, middle + 2 * one) if value >= 0]
    if way is Way.FALLS:
        values.reverse()
    flows = tuple(f for f in study.contract.flows if step.payment in (f.card, f.name))
    totals = [_total(study, flows, step, value) for value in values]
    falls = [
        (before - after, worse, better, before, after)
        for (worse, before), (better, after) in pairwise(zip(values, totals, strict=True))
        if before - after > step.greatest / 10_000
    ]
    return _less(study, step, flows[0], *max(falls)[1:]) if falls else None


def _less(
    study: Study, step: Step, flow: ir.Flow, worse: Fraction, better: Fraction, before: Fraction, after: Fraction
) -> Finding:
    lost = study.money(before - after)
    numbers = f"from {_number(step, worse, study)} to {_number(step, better, study)}"
    goes = f"{_called(study, step.moved, step)} goes {numbers}"
    return Finding(
        of=(step.payment,),
        origin=flow.origin,
        message=f"{lost} less is due when {goes}, which is better{_where(step)}",
        label=f"{study.money(before)} becomes {study.money(after)}",
        stake=before - after,
        argument=f"By the evaluator, all else the same: {study.money(before)} before, {study.money(after)} after",
        remedies=(
            Remedy("give the new price only to what lies beyond the line", "what was earned before stays as it was"),
            Remedy("let the price rise with success", f"nobody loses {lost} by doing better"),
        ),
    )


def _where(step: Step) -> str:
    """For which rows of groups, where the price differs by them."""
    return f" ({', '.join(label for _, label in step.setting)})" if step.setting else ""


def _total(study: Study, flows: tuple[ir.Flow, ...], step: Step, value: Fraction) -> Fraction:
    supposed = {**step.usual, step.moved: value}
    some = many(study.names, flows, step.moved, value, step.setting)
    return sum(study.supposing.paid(supposed, some, step.setting).values(), Fraction(0))


def _called(study: Study, atom: AtomOf, step: Step) -> str:
    """What is counted, in the author's words: the measure that is just this count, else what it counts."""
    for measure in study.contract.measures:
        if measure.quantity == atom[0] and measure.subject == atom[1]:
            return measure.name
    match atom[0]:
        case ir.Counted(ir.Select(ir.Rows(name) | ir.Achievements(name))):
            return f"the number of {name}"
        case ir.Counted(ir.Select(ir.People(population), (ir.Has(ir.Select(ir.Rows(name) | ir.Achievements(name))),))):
            return f"the number of {study.names.populations[population].plural} with {name}"
        case ir.Summed(attribute):
            return f"the total {attribute}"
        case ir.DaysIn(state):
            return f"the days of {state}"
        case _:
            return step.threshold.outcome or step.threshold.table or step.payment


def _number(step: Step, value: Fraction, study: Study) -> str:
    if isinstance(step.moved[0], ir.Summed) and step.moved[0].unit is ir.Unit.MONEY:
        return study.money(value)
    return count(value)


# ---------------------------------------------------------------- a dearer payment replaced by a cheaper one


def _cheaper(study: Study) -> Iterator[tuple[ir.Flow, ir.Flow]]:
    """Payments for a success that take the place of dearer ones."""
    flows = {flow.name: flow for flow in study.flows}
    for stage in study.contract.stages:
        if not isinstance(stage, ir.Replace) or stage.flow not in flows:
            continue
        price = greatest_value(study.names, flows[stage.flow].amount)
        for name in stage.replaced:
            other = greatest_value(study.names, flows[name].amount) if name in flows else None
            if price is not None and other is not None and price < other:
                yield flows[stage.flow], flows[name]


def _replacing(study: Study, flow: ir.Flow, dearer: ir.Flow) -> Finding | None:
    """The dearer one is earned; then, by the same person, the one that takes its place."""
    if study.polarity.flow(flow) not in (Way.RISES, Way.EITHER):
        return None
    first, both = study.earning.in_turn(dearer, flow)
    why = f"{flow.name} takes the place of {dearer.name}, which pays more"

    def shows(worse: History, better: History) -> bool:
        before, after = study.pay(worse), study.pay(better)
        instead = before.of(dearer.name) and not before.of(flow.name) and after.of(flow.name)
        return bool(instead) and after.total < before.total

    if shows(first, both):
        return pays_less(study, flow, *shrunk(study, first, both), why)
    for days in _LATER:
        if shows(_later(study, both, days), both):
            better = smallest(both, partial(_still, study, shows, days))
            return pays_less(study, flow, _later(study, better, days), better, why)
    return None


def _still(study: Study, shows: Callable[[History, History], bool], days: int, tried: History) -> bool:
    return shows(_later(study, tried, days), tried)


_LATER = (30, 60, 91, 122, 183, 274, 365)
"""By so many days success comes later, in search of a history in which only the dearer payment is earned."""


def _later(study: Study, history: History, days: int) -> History:
    """The same, but everything that follows joining comes later."""
    return History(tuple(f if f.event in study.joining or not f.counts else f.on(f.day + days) for f in history.facts))


# ---------------------------------------------------------------- one event more, or one fewer


def _alone(study: Study, flow: ir.Flow) -> Finding | None:
    """A history that earns the payment: each good event left out, each bad one left out, and one more of each."""
    earned = study.earned(flow)
    if earned is None or len(earned.history.facts) > _MOST_FACTS:
        return None
    for worse, better, event in pairs(study, flow, earned.history):
        if study.pay(better).total < study.pay(worse).total:
            return pays_less(
                study, flow, *shrunk(study, worse, better), f"the one with {event} is the better of the two"
            )
    return None


_MOST_FACTS = 40


def pays_less(study: Study, flow: ir.Flow, worse: History, better: History, why: str) -> Finding:
    before, after = study.pay(worse).total, study.pay(better).total
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=f"Doing better pays {study.money(before - after)} less",
        label=f"{study.money(after)} and not {study.money(before)}: {why}",
        stake=before - after,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (Told(worse, before, "As it was:"), Told(better, after, "Had it gone better:")),
            f"{why}, and {study.money(before - after)} less is due",
        ),
        argument="Two histories that differ in this alone",
        remedies=(
            Remedy("pay the greater of the two amounts", "nobody loses by doing better"),
            Remedy("pay what is added beside what was earned", "what was earned before stays as it was"),
        ),
    )


RULE = Rule(
    code="OC38",
    name="more-success-pays-less",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="One more good outcome, or one fewer bad one, lowers the total.",
    rationale=(
        "Whoever is paid then has a reason to stop before the next success. It comes of prices that fall "
        "for everything once a number is passed, of a payment that takes the place of a dearer one, and of "
        "repayments that grow with success."
    ),
    guards=(
        "a lower price holds only for what lies beyond the line",
        "limits and set-off: they stop a total from rising and never make it fall",
        "a price openly paid for each row of an activity",
    ),
    blind="Events that do not say whether more or fewer of them is better; more than one event at a time.",
    source="Newpin bond terms (a floor for the lowest band above the next band)",
    bad=(
        "delete Job Payment\n"
        "insert table Job Price by Jobs  at most 100 £3,000  above 100 £2,000\n"
        "insert payment Job Payment: Council pays the Provider the Job Price for each Added Job, parts in proportion"
    ),
    good=(
        "delete Job Payment\n"
        "insert table Job Price until £300,000 has been paid, £3,000; then £2,000\n"
        "insert payment Job Payment: Council pays the Provider the Job Price for each Added Job, parts in proportion"
    ),
    check=check,
    also=("payment-cliff",),
)
