"""OC18: the same facts in another order pay another total, or split it otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product

from outcomelang.core import ir
from outcomelang.core.fixed_values import greatest_value
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.evaluation.drafts import Draft
from outcomelang.histories.history import Fact, History
from outcomelang.histories.paid import Paid
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

Limit = ir.MoneyLimit | ir.CountLimit
_BY_ORDER = (ir.Order.EARLIEST, ir.Order.IN_ORDER)


def check(study: Study) -> Iterator[Said]:
    """Under each limit that is met in an order: the days of two things swapped; who is ranked; prices of units."""
    silent, tried = True, 0
    for stage in study.contract.stages:
        if not isinstance(stage, ir.MoneyLimit | ir.CountLimit) or stage.order not in _BY_ORDER:
            continue
        covered = _covered(study, stage)
        finding = None
        if stage.order is ir.Order.IN_ORDER:
            finding = _ranked(study, stage, covered)
        elif len(covered) > 1 and isinstance(stage.per, ir.PerPerson):
            tried += 1
            finding = _swapped(study, stage)
        elif len(covered) > 1 and stage.per is None:
            finding = _by_terms(study, stage, covered)
        if finding is not None:
            silent = False
            yield finding
    if silent and tried:
        yield Cleared(
            Verdict.NONE_FOUND, "for one person who achieves everything, no two days swapped change what a limit leaves"
        )
    elif silent:
        yield Cleared(Verdict.PROVED, "no limit makes what different payments leave depend on which comes first")


def _covered(study: Study, stage: Limit) -> tuple[ir.Flow, ...]:
    return tuple(flow for flow in study.flows if not stage.flows or flow.name in stage.flows)


# ---------------------------------------------------------------- one person, two days swapped


def _swapped(study: Study, stage: Limit) -> Finding | None:
    """Of somebody who achieves everything: a thing that the limit cuts, on the day of one that it does not."""
    paid = study.everything
    under = [draft for draft in paid.drafts if _is_under(stage, draft)]
    under.sort(key=lambda draft: draft.earned, reverse=True)
    cut = [draft for draft in under if _is_cut(stage, draft)]
    whole = [draft for draft in under if not _is_cut(stage, draft)]
    for one, other in islice(product(cut, whole), _MOST_PAIRS):
        days = _days(paid, one), _days(paid, other)
        if one.flow.name == other.flow.name or days[0] is None or days[1] is None or days[0] is days[1]:
            continue
        if _differs(study, paid.history, days[0], days[1]):
            return _of_two(study, stage, paid.history, days[0], days[1])
    return None


_MOST_PAIRS = 40


def _is_under(stage: Limit, draft: Draft) -> bool:
    return not stage.flows or draft.flow.name in stage.flows


def _is_cut(stage: Limit, draft: Draft) -> bool:
    return any(by == stage.title for by, _, _ in draft.cuts)


def _days(paid: Paid, draft: Draft) -> Fact | None:
    """The fact on whose day it is earned."""
    for row in draft.rows:
        fact = paid.history.facts[int(row.id[1:]) - 1]
        if fact.day == draft.day:
            return fact
    return None


def _both_ways(history: History, one: Fact, other: Fact) -> tuple[History, History]:
    """The same facts in two orders: the two on each other’s day; where that is one day, each a day after the other."""
    if one.day == other.day:
        return history.moved(one, one.day + 1), history.moved(other, other.day + 1)
    days = {id(one): other.day, id(other): one.day}
    return history, History(tuple(fact.on(days.get(id(fact), fact.day)) for fact in history.facts))


def _differs(study: Study, history: History, one: Fact, other: Fact) -> bool:
    """Whether as much is earned under each payment in both orders, and not as much paid."""
    if not all(any(each is fact for fact in history.facts) for each in (one, other)):
        return False
    first, second = map(study.pay, _both_ways(history, one, other))
    earned = all(first.earned(flow.name) == second.earned(flow.name) for flow in study.flows)
    return earned and {k: v for k, v in first.by_payment.items() if v} != {
        k: v for k, v in second.by_payment.items() if v
    }


def _of_two(study: Study, stage: Limit, found: History, one: Fact, other: Fact) -> Finding:
    history = found
    for fact in found.facts:  # once: a history of everything is long, and the cheap things stand first
        tried = history.without(fact)
        if fact.counts and _differs(study, tried, one, other):
            history = tried
    first, second = map(study.pay, _both_ways(history, one, other))
    moved = _moved(first, second)
    stake = max((abs(change) for change in moved.values()), default=Fraction(0))
    lost = next((name for name, change in moved.items() if change > 0), "")
    if first.total != second.total:
        what = f"{study.money(abs(first.total - second.total))} depends on which of two things comes first"
    else:
        what = f"{study.money(stake)} less is paid for {lost} if it comes later: the other uses up the limit first"
    return _finding(
        study,
        stage,
        what,
        stake,
        _severity(stage, first, second),
        "what comes later is cut",
        Witness(
            (
                Told(first.history, first.total, "In this order:"),
                Told(second.history, second.total, "In the other order:"),
            ),
            "the same was achieved, and each thing is worth what its place in the order leaves of the limit",
        ),
    )


def _moved(first: Paid, second: Paid) -> dict[str, Fraction]:
    """What each payment has more in the other order."""
    names = dict.fromkeys((*first.by_payment, *second.by_payment))
    nothing = Fraction(0)
    changes = {name: second.by_payment.get(name, nothing) - first.by_payment.get(name, nothing) for name in names}
    return {name: change for name, change in changes.items() if change}


def _severity(stage: Limit, first: Paid, second: Paid) -> Severity | None:
    """A note where the order is that of the days and no party gains or loses: only lines share the money otherwise."""
    same = first.total == second.total and _parties(first) == _parties(second)
    return Severity.NOTE if same and not stage.by_claim_date else None


def _parties(paid: Paid) -> dict[tuple[str, str], Fraction]:
    sums: dict[tuple[str, str], Fraction] = {}
    for draft in paid.drafts:
        key = (draft.payer, draft.payee)
        sums[key] = sums.get(key, Fraction(0)) + draft.sign * draft.amount
    return {key: value for key, value in sums.items() if value}


# ---------------------------------------------------------------- by the terms


def _by_terms(study: Study, stage: Limit, covered: tuple[ir.Flow, ...]) -> Finding | None:
    """One limit for all: units of different prices under a limit on their number; different payees or payers."""
    prices = [greatest_value(study.names, flow.amount) for flow in covered]
    known = [Fraction(price) for price in prices if price is not None]
    if isinstance(stage, ir.CountLimit):
        if len(set(known)) < 2 or stage.excess is not ir.Excess_.NOT_PAID:
            return None
        gap = max(known) - min(known)
        message = f"{study.money(gap)} turns on which comes first: a cheaper unit takes the place of a dearer one"
        return _finding(study, stage, message, gap, None, "every unit uses up one place, whatever it is worth", None)
    bites = study.liability.most is None or any(limit == stage for limit in study.liability.binding)
    most = greatest_value(study.names, stage.most)
    lasting = [flow for flow in covered if not flow.versions]  # versions of a payment follow each other
    payees, payers = {flow.payee for flow in lasting}, {flow.payer for flow in lasting}
    if (len(payees) < 2 and len(payers) < 2) or not bites or most is None:
        return None
    who = "Who is paid" if len(payees) > 1 else "Who pays"
    message = f"{who} when the limit is reached depends on whose outcomes come first"
    return _finding(study, stage, message, Fraction(most), None, "what comes later is cut", None)


def _ranked(study: Study, stage: Limit, covered: tuple[ir.Flow, ...]) -> Finding | None:
    """A ranking of those who are paid: the last bears whatever the limit cuts."""
    payees = [name for name in stage.names if any(party.name == name for party in study.contract.parties)]
    most = greatest_value(study.names, stage.most)
    if len(payees) < 2 or most is None or not covered:
        return None
    message = f"{payees[-1]} bears whatever the limit cuts, then {payees[-2]}: the ranking decides who loses"
    return _finding(study, stage, message, Fraction(most), Severity.NOTE, "the first named is served first", None)


def _finding(
    study: Study, stage: Limit, message: str, stake: Fraction, severity: Severity | None, label: str,
    witness: Witness | None,
) -> Finding:  # fmt: skip
    return Finding(
        of=(stage.title or f"limit on {' and '.join(stage.flows) or 'all payments'}",),
        origin=stage.origin,
        message=message,
        label=label,
        stake=stake,
        verdict=Verdict.PROVED if witness is None else Verdict.WITNESS,
        witness=witness,
        argument="By the terms of the limit" if witness is None else "The same facts, two of them on each other’s day",
        remedies=(
            Remedy("in proportion", "everything under the limit loses the same share, whatever comes first"),
            Remedy("raise the limit to what can be earned under it", "nothing is cut"),
        ),
        severity=severity,
    )


RULE = Rule(
    code="OC18",
    name="order-decides-payment",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="The same facts in another order pay another total, or split it otherwise between payments or parties.",
    rationale=(
        "Under a limit that is met in an order, what a thing is worth depends on what came before it. In the Fair "
        "Chance Fund a qualification or a sustained job was worth little or nothing, whichever of the two came later. "
        "Whoever can choose the order, or the day of a claim, chooses the price."
    ),
    guards=(
        "a limit in proportion, or taken from the total",
        "a limit that cannot be reached",
        "only a note where the order is by days and only the lines of one statement share the money otherwise",
    ),
    blind="Limits in each period; orders of more than two things; limits for all are judged by their terms.",
    source="Fair Chance Fund card",
    bad=(
        "insert event Award of a Jobseeker is an outcome, recorded by HMRC, more is better\n"
        "insert event Licence of a Jobseeker is an outcome, recorded by HMRC, more is better\n"
        "insert outcome Awarded of a Jobseeker when an Award occurs within 9 months of Referral once\n"
        "insert outcome Licensed of a Jobseeker when a Licence occurs within 9 months of Referral once\n"
        "insert payment Award Fee: Council pays the Provider £700 for each Awarded\n"
        "insert payment Licence Fee: Council pays the Provider £600 for each Licensed\n"
        "insert limit Award Fee and Licence Fee to £1,000 for each Jobseeker; earliest first; the excess is not paid"
    ),
    good=(
        "insert event Award of a Jobseeker is an outcome, recorded by HMRC, more is better\n"
        "insert event Licence of a Jobseeker is an outcome, recorded by HMRC, more is better\n"
        "insert outcome Awarded of a Jobseeker when an Award occurs within 9 months of Referral once\n"
        "insert outcome Licensed of a Jobseeker when a Licence occurs within 9 months of Referral once\n"
        "insert payment Award Fee: Council pays the Provider £700 for each Awarded\n"
        "insert payment Licence Fee: Council pays the Provider £600 for each Licensed\n"
        "insert limit Award Fee and Licence Fee to £1,300 for each Jobseeker; earliest first; the excess is not paid"
    ),
    check=check,
    also=("cap-kills-outcomes",),
)
