"""OC46: the payer controls the inflow and saves by holding it back, while a threshold needs volume."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.fixed_values import constant, fixed_value
from outcomelang.core.money import count
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.histories.paid import Paid
from outcomelang.loopholes.control import PERSONAL, counted, guarantees, payers, taking_part
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


@frozen
class Threshold:
    """A number of things of people (`line`) below which nothing is due; `origin` is where it is written."""

    line: Fraction
    origin: ir.Origin


def check(study: Study) -> Iterator[Said]:
    """Of every payment that needs a number: does the payer decide how many come, with nothing to pay for too few?"""
    selecting = _selecting(study)
    if not selecting:
        yield Cleared(Verdict.PROVED, "no payer selects the people")
        return
    found = False
    for flow in study.flows if not guarantees(study.names) else ():
        threshold = next(_thresholds(study, flow), None)
        shown = _fewer(study, flow) if threshold is not None else None
        if threshold is not None and (shown is None or _is_cheaper(*shown)):
            found = True
            yield _finding(study, flow, threshold, selecting, shown)
    if not found:
        yield Cleared(Verdict.PROVED, "no payment needs a number of people, or the number is guaranteed")


def _selecting(study: Study) -> str:
    """A payer who selects people; empty: none does."""
    paying = payers(study.names)
    return next((each.selected_by for each in taking_part(study.names) if each.selected_by in paying), None) or ""


# ---------------------------------------------------------------- numbers that must be reached


def _thresholds(study: Study, flow: ir.Flow) -> Iterator[Threshold]:
    """Written numbers of people, of their rows or of what they achieve, that must be reached by all together."""
    for node in study.rests_on((flow.gate, flow.driver, flow.amount)):
        match node:
            case ir.Compares(left, ">=" | ">", right) | ir.Excess(left, right):
                line = fixed_value(study.names, right, {})
                if line is not None and line > 1 and _of_many(study, flow, left):
                    yield Threshold(Fraction(line), node.origin)
            case ir.Lookup(name):
                yield from _band(study, flow, study.names.tables[name])
            case _:
                continue


def _band(study: Study, flow: ir.Flow, table: ir.Table) -> Iterator[Threshold]:
    """The number from which a table gives something, where below it gives nothing."""
    by = table.by[0] if len(table.by) == 1 else None
    if not isinstance(by, ir.KeyByQuantity) or not _of_many(study, flow, by.quantity):
        return
    empty = [row for row in table.rows if row.value is None or row.value.value == 0]
    for row in empty:
        last = row.keys[0].last if isinstance(row.keys[0], ir.Bounds) else None
        if last is not None and constant(last) > 1:
            yield Threshold(Fraction(constant(last)), table.origin)


def _of_many(study: Study, flow: ir.Flow, quantity: ir.Quantity) -> bool:
    """Whether a quantity is a number of things of people who join, of all of them together."""
    select = counted(study.names, quantity)
    if select is None or not _is_shared(study, flow, quantity):
        return False
    match select.of:
        case ir.People() | ir.Achievements():
            return True
        case ir.Rows(event):
            return study.names.events[event].of in study.names.populations
        case ir.Members() | ir.Periods():
            return False


def _is_shared(study: Study, flow: ir.Flow, quantity: ir.Quantity) -> bool:
    """Whether it is measured of all, or of a cohort, and not of one person."""
    if isinstance(quantity, ir.Read):
        return not isinstance(study.names.measures[quantity.measure].subject, PERSONAL)
    outcome = study.names.outcomes[flow.driver.outcome] if isinstance(flow.driver, ir.EachAchievement) else None
    personal = isinstance(flow.subject, PERSONAL) or (outcome is not None and isinstance(outcome.subject, PERSONAL))
    return not personal or (isinstance(quantity, ir.Counted) and isinstance(quantity.select.of, ir.People))


# ---------------------------------------------------------------- what it shows


def _fewer(study: Study, flow: ir.Flow) -> tuple[Paid, Paid] | None:
    """A history in which it is due, and the same with as many people less as make it nothing."""
    earned = study.earned(flow)
    if earned is None:
        return None
    history, people = earned.history, earned.history.participants
    for participant in reversed(people[1:]):
        history = history.without_person(participant)
        fewer = study.pay(history)
        if not fewer.of(flow.name):
            return earned.paid, fewer
    return None


def _is_cheaper(many: Paid, few: Paid) -> bool:
    """Whether less is paid for each of fewer people (catalogue): a price that falls with the number is none."""
    return few.total * len(many.history.participants) < many.total * len(few.history.participants)


def _finding(study: Study, flow: ir.Flow, threshold: Threshold, payer: str, shown: tuple[Paid, Paid] | None) -> Finding:
    lost = shown[0].of(flow.name) if shown is not None else Fraction(0)
    number = count(threshold.line)
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=(
            f"{payer} decides how many people come, and {flow.name} pays nothing below {number}: by sending fewer it "
            + (f"saves {study.money(lost)}" if lost else "saves the whole")
        ),
        label=f"needs {number}, and nobody guarantees how many come",
        stake=lost,
        verdict=Verdict.WITNESS if shown is not None else Verdict.PROVED,
        witness=_witness(study, shown[0], shown[1], lost) if shown is not None else None,
        argument=f"{payer} selects, there is no guarantee, and the threshold is a number and not a share",
        remedies=(
            Remedy("guarantee NAME: PARTY guarantees 100 …; each pays … short", "sending fewer then costs the payer"),
            Remedy("make the threshold a share of those who join", "fewer people then need fewer successes"),
            Remedy("let somebody independent select", "the payer then cannot hold people back"),
        ),
        related=((threshold.origin, "the number that must be reached"),),
    )


def _witness(study: Study, many: Paid, few: Paid, lost: Fraction) -> Witness:
    said = [f"{len(each.history.participants)} people come" for each in (many, few)]
    return Witness(
        (Told(many.history, many.total, said[0]), Told(few.history, few.total, said[1])),
        f"with the same success for each of them {study.money(lost)} is not due",
    )


RULE = Rule(
    code="OC46",
    name="payer-starves-referrals",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="The payer decides how many people come and saves by sending few, while a payment needs a number.",
    rationale=(
        "A threshold in numbers puts the risk of referrals on the provider, who does not refer. The payer saves the "
        "whole amount by sending a few people less, or later than planned."
    ),
    guards=(
        "a guarantee of numbers, with a fee for each that is missing",
        "somebody selects who does not pay",
        "the threshold is a share of those who join, or grows with their number",
        "no less is paid for each where fewer come: the price falls with the number",
    ),
    blind="Referrals that come late or are harder than planned; fixed costs that the contract does not declare.",
    source="Bridges, Payment for Inputs vs Payment for Outcomes (2023)",
    bad=(
        "delete Jobseeker\n"
        "insert participant Jobseeker, joins on Referral between 1 April 2024 and 31 March 2026, once, "
        "selected by the Council, up to 1,000\n"
        "insert define All Jobs as the number of Lasting Jobs\n"
        "insert outcome Enough Jobs when All Jobs is at least 20 once\n"
        "insert payment Volume Payment: Council pays the Provider £60,000 for each Enough Jobs, "
        "stacks with Job Payment"
    ),
    good=(
        "delete Jobseeker\n"
        "insert participant Jobseeker, joins on Referral between 1 April 2024 and 31 March 2026, once, "
        "selected by the Council, up to 1,000\n"
        "insert define All Jobs as the number of Lasting Jobs\n"
        "insert define Share Needed as 20% of the number of Jobseekers\n"
        "insert outcome Enough Jobs when All Jobs is at least Share Needed once\n"
        "insert payment Volume Payment: Council pays the Provider £60,000 for each Enough Jobs, "
        "stacks with Job Payment"
    ),
    check=check,
)
