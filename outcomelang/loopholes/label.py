"""A contract on one page, in figures and answers that are the same for every contract, to compare one with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import day_text, shift
from outcomelang.core.declared import declared, rests_on
from outcomelang.diagnostic import Severity
from outcomelang.exposure import said
from outcomelang.exposure.analysis import Exposure
from outcomelang.histories.earning import Earned, Earning
from outcomelang.histories.joining import people_of
from outcomelang.loopholes.search import Report


@frozen
class Line:
    """A question that is asked of every contract, the answer in a few words, and what it rests on."""

    name: str
    answer: str
    because: tuple[str, ...] = ()


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
            ("Who decides", tuple(_deciders(contract))),
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
    soonest, latest = min(waits), max(waits)
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


# ---------------------------------------------------------------- who decides


def _deciders(contract: ir.Contract) -> Iterator[Line]:
    yield Line("Counterfactual", *_counterfactual(contract))
    yield Line("Who selects", *_selects(contract))
    yield Line("Who classifies", *_classifies(contract))
    yield Line("Who verifies", *_verifies(contract))


def _counterfactual(contract: ir.Contract) -> tuple[str, tuple[str, ...]]:
    compared = [each for each in contract.populations if each.comparison_of is not None]
    if compared:
        ways = dict.fromkeys(f"comparison by {each.method}" if each.method else "comparison" for each in compared)
        chosen = dict.fromkeys(each.chosen_by for each in compared if each.chosen_by)
        return "; ".join(ways), tuple(f"those compared are chosen by {_side(contract, name)}" for name in chosen)
    d = declared(contract)
    nodes = [node for flow in contract.flows for node in rests_on(d, flow)]
    if any(isinstance(node, ir.ChangeOf | ir.SamePeriod) for node in nodes):
        return "own history", ("pay follows the change against the time before",)
    return "none", ("nobody is compared: what would have happened anyway is paid for as well",)


def _selects(contract: ir.Contract) -> tuple[str, tuple[str, ...]]:
    own = [each for each in contract.populations if each.comparison_of is None]
    chosen = {each.name: each.selected_by for each in own}
    if not own:
        return "nobody joins", ()
    names = dict.fromkeys(_side(contract, by) if by else "not said" for by in chosen.values())
    return "; ".join(names), ()


def _classifies(contract: ir.Contract) -> tuple[str, tuple[str, ...]]:
    """Who puts people into the groups by which anything is decided."""
    events = {event.name: event for event in contract.events}
    found: dict[str, list[str]] = {}
    for group in contract.partitions:
        classifier = group.classifier
        own = events[classifier.event].recorded_by if isinstance(classifier, ir.ByLabel | ir.ByValue) else ()
        for name in group.set_by or own or ("",):
            found.setdefault(name, []).append(group.name)
    if not found:
        return "no groups", ()
    return "; ".join(_side(contract, name) if name else "not said" for name in found), tuple(
        f"{_side(contract, name) if name else 'nobody is named for'}: {', '.join(groups)}"
        for name, groups in found.items()
    )


def _verifies(contract: ir.Contract) -> tuple[str, tuple[str, ...]]:
    """Whose word an outcome rests on, and on which side they stand: either side can gain by its word."""
    found: dict[str, list[str]] = {}
    for event in contract.events:
        if event.kind in ("outcome", "figure"):
            by = event.verification.by if event.verification is not None else event.recorded_by or event.evidenced_by
            for name in by or ("",):
                found.setdefault(name, []).append(event.name)
    for outcome in contract.outcomes:
        for ruling in outcome.rulings:
            for name in ruling.by:
                found.setdefault(name, []).append(outcome.name)
    if not found:
        return "nothing is verified", ()
    names = {name: _side(contract, name) if name else "nobody named" for name in found}
    lines = (f"{names[name]}: {', '.join(dict.fromkeys(of))}" for name, of in found.items())
    return "; ".join(names.values()), tuple(lines)


def _side(contract: ir.Contract, name: str) -> str:
    """A party with the side it stands on: it pays, it is paid, it is independent, or neither."""
    party = next((each for each in contract.parties if each.name == name), None)
    pays, paid = _sides(contract)
    if party is None:
        return name
    said_of = [
        *(["independent"] if party.independent else []),
        *(["pays"] if name in pays else []),
        *(["is paid"] if name in paid else []),
    ]
    return f"{name} ({', '.join(said_of) or 'neither pays nor is paid'})"


def _sides(contract: ir.Contract) -> tuple[frozenset[str], frozenset[str]]:
    flows = [flow for flow in contract.flows if not flow.repays]
    pays = frozenset(name for flow in flows for name in _named(contract, flow.payer))
    return pays, frozenset(name for flow in flows for name in _named(contract, flow.payee))


def _named(contract: ir.Contract, payer: ir.Payer) -> tuple[str, ...]:
    match payer:
        case ir.NamedParty(party):
            return (party,)
        case ir.Jointly(joint):
            return next(tuple(name for name, _ in each.shares) for each in contract.joint_parties if each.name == joint)
        case ir.PartyOfGroup(partition):
            return next(tuple(row.label for row in each.rows) for each in contract.partitions if each.name == partition)


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
