"""What a limit lets through over the life of a contract, or in one year; and what rounding can add."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.core.declared import Declared
from outcomelang.exposure.bounds import between
from outcomelang.exposure.numbers import Most, episodes, instances, last_of_all, times
from outcomelang.exposure.ranges import in_all

Limit = ir.MoneyLimit | ir.CountLimit
Days = tuple[int, int] | None


def bounds_all(stage: Limit, flow: ir.Flow) -> bool:
    """Whether a limit holds for everything that a payment pays, and what is above it is not paid then."""
    if stage.excess is ir.Excess_.PAID_BY or (isinstance(stage, ir.CountLimit) and stage.tests):
        return False
    whole = not stage.covered or any(
        flow.name in part.flows and not part.tests and part.window is None for part in stage.covered
    )
    return whole and (not stage.flows or flow.name in stage.flows)


def on_its_own(d: Declared, stage: ir.MoneyLimit, flow: ir.Flow) -> bool:
    """Whether a limit bounds one payment whatever others under it pay: none of them makes room for it."""
    if not bounds_all(stage, flow):
        return False
    others = [each for each in d.contract.flows if not each.repays and each.name != flow.name and _under(stage, each)]
    if stage.order is ir.Order.FROM_TOTAL:
        return False  # what is taken stands in a line of its own
    return not any(may_be_negative(d, each) for each in others)


def _under(stage: Limit, flow: ir.Flow) -> bool:
    return not stage.flows or flow.name in stage.flows


def may_be_negative(d: Declared, flow: ir.Flow) -> bool:
    """Whether nothing in the form of a payment keeps it from falling below nothing."""
    quantity = flow.driver.quantity if isinstance(flow.driver, ir.EachUnit) else None
    own = quantity is None or between(d, quantity, flow.subject).positive
    return not (own and between(d, flow.amount, flow.subject).positive)


def allowed(d: Declared, stage: Limit, flows: Sequence[ir.Flow], days: Days = None) -> Most:
    """What a limit lets these payments have together: its amount as often as it begins anew."""
    by_period = _by_period(d, stage, days)
    whose = buckets(d, stage, flows)
    if by_period is not None:
        return times(by_period, whose)
    value = _amount(d, stage)
    return times(value, whose, _periods(d, stage, days))


def _amount(d: Declared, stage: Limit) -> Most:
    """The greatest amount of a limit, of all its versions."""
    amounts = [each.most for each in stage.bounds] if stage.bounds else [stage.most]
    found = [None if each is None else between(d, each, stage.per or ir.Whole()).high for each in amounts]
    if any(each is None for each in found):
        return None
    most = max(max((each for each in found if each is not None), default=Fraction(0)), Fraction(0))
    return rounded_up(d, most) if isinstance(stage, ir.MoneyLimit) else most


def buckets(d: Declared, stage: Limit, flows: Sequence[ir.Flow]) -> Most:
    """For how many a limit “for each …” begins anew, as far as these payments can fill it."""
    match stage.per:
        case None | ir.Whole():
            return Fraction(1)
        case ir.PerPerson():
            return _of_people(d, flows)
        case ir.PerGroup(partition):
            return Fraction(len(d.partitions[partition].rows)) + (not _all_grouped(d, partition, flows))
        case ir.PerPeriod(calendar):
            number = instances(d, ir.PerPeriod(calendar, ir.Whole()))
            return None if number is None else number + 1
        case ir.PerRow() | ir.PerMember() | ir.Pooled():
            return None


def _of_people(d: Declared, flows: Sequence[ir.Flow]) -> Most:
    """Participations; what is paid for a cohort or period has a limit of its own."""
    populations = {population for flow in flows if (population := _population(d, flow.subject)) is not None}
    others = {flow.subject for flow in flows if _population(d, flow.subject) is None}
    return in_all((*(episodes(d, each) for each in sorted(populations)), *(instances(d, each) for each in others)))


def _population(d: Declared, subject: ir.Subject) -> str | None:
    match subject:
        case ir.PerPerson(population):
            return population
        case ir.PerMember(member):
            return d.members[member].of
        case ir.PerPeriod(_, ir.PerPerson(population)):
            return population
        case ir.PerRow(event):
            of = d.events[event].of
            return of if of in d.populations else None
        case _:
            return None


def _all_grouped(d: Declared, partition: str, flows: Sequence[ir.Flow]) -> bool:
    """Whether everything these payments pay for stands in a row of the group: as the groups themselves do."""
    return all(flow.subject == ir.PerGroup(partition) for flow in flows)


def _periods(d: Declared, stage: Limit, days: Days) -> Most:
    """How often a limit begins anew with the periods of its calendar; once more for days in none of them."""
    if stage.calendar is None:
        return Fraction(1)
    spans = _spans(d, d.calendars[stage.calendar])
    if spans is None:
        return None
    met = [span for span in spans if days is None or (span[0] <= days[1] and days[0] <= span[1])]
    return Fraction(len(met) + (not _fills(d, spans, days)))


def _spans(d: Declared, of: ir.Calendar) -> list[tuple[int, int]] | None:
    """First and last day of each period, as the evaluator makes them."""
    end = of.last or d.contract.last_day
    if end is None:
        return None
    first, number, found = of.first.toordinal(), 0, list[tuple[int, int]]()
    while (begin := shift(first, of.months * number, of.days * number)) <= max(end.toordinal(), first):
        number += 1
        found.append((begin, shift(first, of.months * number, of.days * number) - 1))
    return found


def _fills(d: Declared, spans: Sequence[tuple[int, int]], days: Days) -> bool:
    """Whether every day on which something can be earned lies in a period."""
    last = last_of_all(d)
    if d.contract.first_day is None or last is None or not spans:
        return False
    begin, end = (d.contract.first_day.toordinal(), last) if days is None else days
    begin, end = max(begin, d.contract.first_day.toordinal()), min(end, last)
    return spans[0][0] <= begin and end <= spans[-1][1]


def _by_period(d: Declared, stage: Limit, days: Days) -> Most:
    """The sum of the amounts of its periods, where a table gives each its own (outside of them there is none)."""
    table = d.tables.get(stage.most.table) if isinstance(stage.most, ir.Lookup) and not stage.bounds else None
    if table is None or stage.calendar is None or table.by != (ir.KeyByPeriod(stage.calendar),):
        return None
    spans = _spans(d, d.calendars[stage.calendar])
    if spans is None:
        return None
    total = Fraction(0)
    for number, (first, last) in enumerate(spans, 1):
        if days is None or (first <= days[1] and days[0] <= last):
            label = f"{stage.calendar} {number}"
            rows = [row for row in table.rows if row.keys == (ir.LabelKey(label),) and row.value is not None]
            amounts = [Fraction(row.value.value) for row in rows if row.value and isinstance(row.value.value, Fraction)]
            total += max(amounts, default=Fraction(0))
    return rounded_up(d, total)


# ---------------------------------------------------------------- rounding


def rounding(d: Declared) -> ir.RoundEach | None:
    return next((stage for stage in d.contract.stages if isinstance(stage, ir.RoundEach)), None)


def rounded_up(d: Declared, amount: Most) -> Most:
    """An amount as it can stand after each is rounded: at most the next whole one."""
    stage = rounding(d)
    if amount is None or stage is None:
        return amount
    if stage.mode == "down":
        return Fraction(amount // stage.to * stage.to)
    if stage.mode in ("half up", "half even"):
        return Fraction((amount + Fraction(stage.to, 2)) // stage.to * stage.to)
    return Fraction(-(-amount // stage.to) * stage.to)


def closed(d: Declared, total: Most, flows: Sequence[ir.Flow], payer: str | None = None) -> Most:
    """A sum as it can stand after each line of the account is rounded: rounded lines can come to a little more."""
    closing = next((stage for stage in d.contract.stages if isinstance(stage, ir.RoundTotal)), None)
    if total is None or closing is None:
        return total
    step = Fraction(closing.to, 1 if closing.mode == "up" else 2) if closing.mode != "down" else Fraction(0)
    lines = {flow.name: flow for flow in flows if not _is_whole(d, flow, closing.to)}.values()
    most = total + step * sum(_parts(d, flow, payer) for flow in lines)
    return Fraction(most // closing.to * closing.to)


def _parts(d: Declared, flow: ir.Flow, payer: str | None) -> int:
    """How many rounded parts a line has: of joint payers all are rounded, unless one takes what is left."""
    joint = {each.name: each for each in d.contract.joint_parties}
    paying = joint[flow.payer.joint] if isinstance(flow.payer, ir.Jointly) else None
    paid = joint[flow.payee.joint] if isinstance(flow.payee, ir.Jointly) else None
    rest = paying.odd_units_to if paying is not None else None
    whole = paying is None or (rest is not None and payer is None) or (payer is not None and payer != rest)
    rounded = 1 if whole or paying is None else len(paying.shares)
    return rounded * (len(paid.shares) if paid is not None else 1)


def _is_whole(d: Declared, flow: ir.Flow, to: int) -> bool:
    """Whether every amount of a payment, and each share of it, is a whole number of the unit of totals."""
    parts = isinstance(flow.driver, ir.EachUnit) and flow.driver.parts == "proportion"
    divided = any(isinstance(s, ir.Division) and s.flow in (flow.name, flow.card) for s in d.contract.stages)
    limited = any(isinstance(s, ir.MoneyLimit | ir.SetOff) for s in d.contract.stages)
    price = flow.amount.value if isinstance(flow.amount, ir.Const) else None
    if parts or divided or limited or flow.instalments is not None or not isinstance(price, Fraction):
        return False
    return all((price * share / to).denominator == 1 for share in _shares_of(d, flow))


def _shares_of(d: Declared, flow: ir.Flow) -> list[Fraction]:
    """The share of each pair of payer and payee."""
    joint = {each.name: [share for _, share in each.shares] for each in d.contract.joint_parties}
    payers = joint[flow.payer.joint] if isinstance(flow.payer, ir.Jointly) else [Fraction(1)]
    payees = joint[flow.payee.joint] if isinstance(flow.payee, ir.Jointly) else [Fraction(1)]
    return [one * other for one in payers for other in payees]
