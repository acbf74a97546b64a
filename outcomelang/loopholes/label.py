"""A contract on one page, in figures and answers that are the same for every contract, to compare one with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from operator import itemgetter

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import day_text, shift
from outcomelang.diagnostic import Severity
from outcomelang.exposure import said
from outcomelang.exposure.analysis import Exposure
from outcomelang.histories.earning import Earned, Earning
from outcomelang.histories.joining import people_of
from outcomelang.loopholes.deciders import Line, deciders
from outcomelang.loopholes.search import Report


@frozen
class Label:
    """The page: what the contract is, its lines in their groups, and what everything rests on."""

    title: str
    purpose: str
    parties: str
    term: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    premises: tuple[str, ...]
    as_of: date


def label(found: Exposure, report: Report, on: date, rules: Iterable[str]) -> Label:
    """From the exposure of a contract and what was found in it; `rules` are those that were asked."""
    contract = found.contract
    return Label(
        title=contract.title,
        purpose=contract.purpose,
        parties=", ".join(f"{party.name} ({party.role})" for party in contract.parties),
        term=_term(contract),
        groups=(
            ("Money", (*_risk(found), _greatest(found), _cliff(contract, report, frozenset(rules)))),
            ("Time", tuple(_times(found))),
            ("Who decides", tuple(deciders(contract))),
            ("Findings", (_open(report), *_accepted(report))),
        ),
        premises=tuple(said.premises(contract)),
        as_of=on,
    )


def _term(contract: ir.Contract) -> str:
    if contract.first_day is None or contract.last_day is None:
        return "no term"
    first, last = day_text(contract.first_day.toordinal()), day_text(contract.last_day.toordinal())
    return f"{first} to {last}"


# ---------------------------------------------------------------- money


def _risk(found: Exposure) -> Iterator[Line]:
    share = found.idle.share
    basis = (said.of_idle(found),)
    if share is None:
        yield Line("Due whatever happens", "not known", basis)
        return
    due = max(min(share, Fraction(1)), Fraction(0))
    yield Line("Due whatever happens", said.share(due), basis)
    yield Line("At risk", said.share(1 - due), ("the rest: it rests on an outcome",) if due < 1 else ())


def _greatest(found: Exposure) -> Line:
    most = found.greatest.most
    if most is None:
        return Line("Greatest liability", "no bound", (said.of_greatest(found),))
    return Line(
        "Greatest liability", said.money(found.contract, most), (said.of_greatest(found), said.of_tightness(found))
    )


def _cliff(contract: ir.Contract, report: Report, rules: frozenset[str]) -> Line:
    """What the rule on cliffs found, the costliest first."""
    cliffs = [each.finding for each in report.loopholes if each.rule.name == "payment-cliff"]
    if cliffs:
        worst = max(cliffs, key=lambda each: each.stake)
        return Line("Worst cliff", said.money(contract, worst.stake), (worst.message,))
    if "payment-cliff" not in rules:
        return Line("Worst cliff", "not looked for")
    argued = next((each.said.argument for each in report.favours if each.rule.name == "payment-cliff"), "")
    return Line("Worst cliff", "none found", (argued,) if argued else ())


# ---------------------------------------------------------------- time


def _times(found: Exposure) -> Iterator[Line]:
    """From joining (else the beginning of the term) to payment, in the quickest history found for each payment."""
    earning = Earning(found.contract)
    waits = [
        (wait, flow.name)
        for flow in found.contract.flows
        if not flow.repays and (earned := earning.earned(flow)) is not None
        if (wait := _wait(found.contract, earned, flow.name)) is not None
    ]
    if not waits:
        yield Line("Months to first cash", "nothing is paid")
        return
    soonest, latest = min(waits, key=itemgetter(0)), max(waits, key=itemgetter(0))
    yield Line("Months to first cash", _months(soonest[0]), (f"{soonest[1]}, in the quickest history found",))
    yield Line("Longest wait for evidence", _months(latest[0]), (f"{latest[1]}, in the quickest history found",))


def _wait(contract: ir.Contract, earned: Earned, payment: str) -> int | None:
    """Whole months from the first day of the history to the first on which the payment is due."""
    due = [max(d.day, d.due or d.day) for d in earned.paid.drafts if d.flow.name == payment and d.amount]
    joined = [each.day for each in earned.history.happened if each.participant in people_of(contract, earned.history)]
    term = [contract.first_day.toordinal()] if contract.first_day is not None else []
    if not due or not (joined or term):
        return None
    start, end, months = min(joined or term), min(due), 0
    while shift(start, months + 1, 0) <= end:
        months += 1
    return months


def _months(number: int) -> str:
    return "under 1 month" if number == 0 else "1 month" if number == 1 else f"{number} months"


# ---------------------------------------------------------------- findings


def _open(report: Report) -> Line:
    """Findings that nobody accepts, by severity."""
    counts = Counter(each.severity for each in report.open)
    order = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    parts = [f"{counts[each]} {each.value}{'s' if counts[each] != 1 else ''}" for each in order if counts[each]]
    serious = [each for each in report.open if each.severity is not Severity.NOTE]
    return Line("Open findings", ", ".join(parts) or "none", tuple(each.finding.message for each in serious[:3]))


def _accepted(report: Report) -> Iterator[Line]:
    """Each risk that a clause accepts, once, with its reason."""
    told = {each.accepted.rule: each.accepted for each in report.loopholes if each.accepted is not None}
    if not told:
        yield Line("Accepted risks", "none")
    for rule, acceptance in told.items():
        until = f", until {day_text(acceptance.until.toordinal())}" if acceptance.until is not None else ""
        yield Line("Accepted risk", f"{rule}{until}", (acceptance.because,))
