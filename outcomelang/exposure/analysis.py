"""What a contract can cost at most and at least, in all and in its parts, with what each figure rests on."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from outcomelang import tree
from outcomelang.core import ir
from outcomelang.core.declared import Declared, declared
from outcomelang.exposure.breakeven import BreakEven, break_even
from outcomelang.exposure.least import Idle, Least, idle_of, least
from outcomelang.exposure.liability import Asked, FlowBound, Liability, liability
from outcomelang.exposure.lid import closed
from outcomelang.exposure.numbers import Most
from outcomelang.exposure.reaching import reach
from outcomelang.exposure.shares import payers
from outcomelang.exposure.years import Year, years
from outcomelang.histories.earning import Earned, Earning
from outcomelang.histories.paid import Payer, replayed


@frozen
class Of:
    """The greatest amount of a part (a payment, a payer, one person) in minor units; None: nothing bounds it.

    `found` is the greatest that a history was found to pay of it. `limit` is what bounds it beside number and price;
    `units` and `price` are the most units and the greatest price of one, where they say something.
    """

    name: str
    most: Most
    found: Fraction
    units: Most = None
    price: Most = None
    limit: ir.MoneyLimit | ir.CountLimit | None = None

    @property
    def tight(self) -> bool:
        return self.most == self.found


@frozen(eq=False)
class Exposure:
    """Everything that `outcomelang exposure` says of a contract.

    `greatest` is an upper bound for every log of what happens within the term, `reached` the history found that pays
    most; where both agree the bound is tight. `idle` is what is due with no outcome.
    """

    contract: ir.Contract
    greatest: Liability
    reached: Earned
    payments: tuple[Of, ...]
    payers: tuple[Of, ...]
    years: tuple[Year, ...]
    people: tuple[Of, ...]
    least: Least
    idle: Idle
    break_even: tuple[BreakEven, ...]

    @property
    def tight(self) -> bool:
        """Whether a history that was evaluated pays just the greatest amount."""
        return self.greatest.most is not None and self.reached.paid.total == self.greatest.most


def exposure(contract: ir.Contract) -> Exposure:
    """All figures. Bounds come from the terms, histories from the evaluator; a witness is read back from its log."""
    d = declared(contract)
    earning = Earning(contract, Payer(contract))
    greatest = _in_all(d)
    reached = reach(earning, greatest.most)
    assert replayed(contract, reached.history) == reached.paid.total, "a written history pays what it paid"
    idle = idle_of(earning)
    return Exposure(
        contract=contract,
        greatest=greatest,
        reached=reached,
        payments=_payments(d, greatest, earning, reached),
        payers=tuple(_payer(d, each, reached) for each in payers(d)),
        years=years(d),
        people=tuple(_person(d, each, earning) for each in contract.populations if each.comparison_of is None),
        least=least(d, earning, idle),
        idle=idle,
        break_even=break_even(earning),
    )


def _in_all(d: Declared) -> Liability:
    """At most the sum of payments within limits, and at most the sum of what each payer can have to pay."""
    whole = liability(d)
    parts = [liability(d, Asked(payer=each)) for each in payers(d)]
    if any(each.most is None for each in parts) or not parts:
        return whole
    total = sum((each.most for each in parts if each.most is not None), Fraction(0))
    if whole.most is not None and whole.most <= total:
        return whole
    return evolve(whole, most=total, binding=tuple(dict.fromkeys(limit for each in parts for limit in each.binding)))


def _payments(d: Declared, whole: Liability, earning: Earning, reached: Earned) -> tuple[Of, ...]:
    """Each line of the statement; the terms of one line in several versions together."""
    found: dict[str, Of] = {}
    for bound in whole.flows:
        name = bound.flow.name
        known = found.get(name)
        found[name] = _payment(d, bound, earning, reached) if known is None else _both(known, bound)
    return tuple(found.values())


def _payment(d: Declared, bound: FlowBound, earning: Earning, reached: Earned) -> Of:
    name = bound.flow.name
    small = earning.earned(bound.flow)
    found = max(reached.paid.of(name), small.paid.of(name) if small is not None else Fraction(0))
    most = closed(d, bound.within, (bound.flow,))
    return Of(name, most, found, bound.units, bound.price, bound.limit)


def _both(known: Of, bound: FlowBound) -> Of:
    most = None if known.most is None or bound.within is None else known.most + bound.within
    return evolve(known, most=most, units=None, price=None, limit=None)


def _payer(d: Declared, name: str, reached: Earned) -> Of:
    of = liability(d, Asked(payer=name))
    limit = next((each for each in of.binding if each.payer == name), None)
    drafts = (draft for draft in reached.paid.drafts if draft.sign > 0 and draft.payer == name)
    return Of(name, of.most, Fraction(sum((draft.amount for draft in drafts), 0)), limit=limit)


def _person(d: Declared, population: ir.Population, earning: Earning) -> Of:
    """What can be due for one person, by all payments that are for people: as if nobody else could join."""
    one = tuple(tree.evolve(each, most=1) if each is population else each for each in d.contract.populations)
    alone = declared(tree.evolve(d.contract, populations=one))
    flows = [flow for flow in d.contract.flows if _is_of(d, flow.subject, population.name)]
    bound = liability(alone, flows=flows)
    best = earning.everything()
    each = max((best.paid.to(who) for who in best.history.participants), default=Fraction(0))
    own = each if any(flow.name in best.paid.by_payment for flow in flows) else Fraction(0)
    return Of(population.name, bound.most, own)


def _is_of(d: Declared, subject: ir.Subject, population: str) -> bool:
    match subject:
        case ir.PerPerson(name):
            return name == population
        case ir.PerMember(member):
            return d.members[member].of == population
        case ir.PerRow(event):
            of = d.events[event].of
            return of == population or (of in d.members and d.members[of or ""].of == population)
        case ir.PerPeriod(_, of):
            return _is_of(d, of, population)
        case ir.Whole() | ir.PerGroup() | ir.Pooled():
            return False
