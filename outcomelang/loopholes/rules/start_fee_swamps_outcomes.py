"""OC15: what is due whatever happens is too large a part of what one person, or the contract, can be worth."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.bounds import most as most_of
from outcomelang.exposure.liability import units
from outcomelang.histories.paid import Paid
from outcomelang.loopholes.beside import outcomes_paid
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study, percent
from outcomelang.loopholes.work_done import is_tariff

TOO_MUCH = Fraction(1, 2)
WORTH_SAYING = Fraction(3, 10)
PERSON = ir.PerPerson | ir.PerMember | ir.PerRow


def check(study: Study) -> Iterator[Said]:
    """Of everything that one person can earn, the part that rests on no outcome; then of the whole contract."""
    full = study.everything
    own = [flow for flow in study.flows if isinstance(flow.subject, PERSON) or outcomes_paid(study, flow)]
    fees = [flow for flow in own if not study.rests_on_an_outcome(flow) and not is_tariff(study, flow)]
    whole, fixed = _sum(full, own) + _of_numbers(study, own), _sum(full, fees)
    if fees and len(fees) < len(own) and fixed > whole * WORTH_SAYING:
        yield _start_fee(study, max(fees, key=lambda flow: full.of(flow.name)), fees, whole)
    elif fees and len(fees) < len(own):
        yield Cleared(Verdict.NONE_FOUND, f"{percent(fixed, whole)} of what one person earns is due anyway")
    yield from _block(study)


def _sum(paid: Paid, flows: list[ir.Flow]) -> Fraction:
    return sum((paid.of(flow.name) for flow in flows), Fraction(0))


def _of_numbers(study: Study, own: list[ir.Flow]) -> Fraction:
    """What one of those is worth whose number is paid for, where one person alone earns nothing of it."""
    many = (flow for flow in own if not isinstance(flow.subject, PERSON) and not study.everything.of(flow.name))
    return sum((study.full_prices.get(flow.name, Fraction(0)) for flow in many), Fraction(0))


def _start_fee(study: Study, flow: ir.Flow, fees: list[ir.Flow], whole: Fraction) -> Finding:
    idle = study.pay(study.nothing_achieved(study.everything.history))
    fixed = _sum(idle, fees)
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=(
            f"{study.money(fixed)} of the {study.money(whole)} for a person who achieves everything "
            f"({percent(fixed, whole)}) is due for one who achieves nothing"
        ),
        label="due whatever is achieved",
        stake=fixed,
        verdict=Verdict.WITNESS,
        witness=Witness((Told(idle.history, idle.total),), "nothing was achieved for anybody"),
        argument="no row of an event that is declared an outcome is in this history",
        remedies=_remedies(study, flow, fixed, whole),
        severity=None if fixed > whole * TOO_MUCH else Severity.NOTE,
    )


def _block(study: Study) -> Iterator[Said]:
    """Money for the service as a whole that nothing has to be achieved for, beside money for outcomes: only noted."""
    bounds = study.liability.flows
    fixed = [
        each for each in bounds if not isinstance(each.flow.subject, PERSON) and not study.earned_by_events(each.flow)
    ]
    total, most = sum((each.within or Fraction(0) for each in fixed), Fraction(0)), study.liability.most
    total -= _repayable(study, total)
    if not fixed or len(fixed) == len(bounds) or most is None or total <= most * TOO_MUCH:
        return
    flow = fixed[0].flow
    yield Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=(
            f"{study.money(total)} of the {study.money(most)} that can be due at most ({percent(total, most)}) is fixed"
        ),
        label="due whatever happens",
        stake=total,
        argument="nothing has to happen for it",
        severity=Severity.NOTE,
    )


def _repayable(study: Study, fixed: Fraction) -> Fraction:
    """How much of it repayments can take back: nobody can count on that."""
    back = Fraction(0)
    for flow in study.repayments:
        price, number = most_of(study.names, flow.amount, flow.subject), units(study.names, flow)
        if study.earned(flow) is not None:
            back += fixed if price is None or number is None else price * number
    return min(back, fixed)


def _remedies(study: Study, flow: ir.Flow, idle: Fraction, full: Fraction) -> tuple[Remedy, ...]:
    least = idle - full * WORTH_SAYING
    return (
        Remedy(
            f"move {study.money(least)} from {study.clause(flow)} to what is paid for outcomes",
            "30% is then due whatever happens",
        ),
        Remedy(f"repay {study.clause(flow)} where nothing is achieved", "nothing is then kept without an outcome"),
    )


RULE = Rule(
    code="OC15",
    name="start-fee-swamps-outcomes",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="More than half of what one person can be worth is due whatever happens.",
    rationale=(
        "Where most of the money is certain, what is left for outcomes is too little to change what anybody does. In "
        "the first year of Troubled Families £3,200 of £4,000 were due at the start."
    ),
    guards=(
        "at most half is due with nothing achieved; above 30% it is noted",
        "what a repayment can take back",
        "what is paid for each row of an activity by which nobody is enrolled: work is bought, and not guaranteed",
    ),
    blind="What is due in a year of the contract when prices change between years: the first history found counts.",
    source=(
        "Troubled Families framework; Revolving Doors Agency, payment by results and multiple needs (2015); "
        "INDIGO Impact Bond Dataset (INDIGO-POJ-0315, 0195)"
    ),
    bad=(
        "insert payment Enrolment Fee: Council pays the Provider £4,000 for each Jobseeker\n"
        "insert payment Lasting Job Fee: Council pays the Provider £1,000 for each Lasting Job"
    ),
    good="insert payment Core Fee: Council pays the Provider £300 for each Jobseeker",
    check=check,
    also=("pays-per-head-processed", "advance-never-recovered"),
)
