"""OC23: with a record less more is paid, and nothing makes sure that what is not recorded did not happen."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.histories.history import History
from outcomelang.histories.paid import Paid
from outcomelang.loopholes.absence import Absence, absences, recorded
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study
from outcomelang.loopholes.word import paid_side

CEILING = Fraction(1, 10)
"""The share of all prices for one person up to which it is only noted."""


def check(study: Study) -> Iterator[Said]:
    """For every absence that nobody sees to: a pair of histories, one a part of the other, the smaller paying more."""
    said: set[tuple[str, str]] = set()
    for flow in study.flows:
        for absence in absences(study.names, flow):
            key = (flow.card or flow.name, absence.event)
            if key in said or (why := why_missing(study, flow, absence)) is None:
                continue
            pair = _pair(study, flow, absence)
            if pair is not None:
                said.add(key)
                yield unrecorded(study, flow, absence, why, pair)
    if not said:
        yield Cleared(
            Verdict.NONE_FOUND,
            "where a missing record pays, somebody who is not paid keeps the record up to a stated day",
        )


def why_missing(study: Study, flow: ir.Flow, absence: Absence) -> tuple[str, Severity | None] | None:
    """Why a missing row proves nothing, and how bad that is; None where somebody sees to it."""
    event = study.names.events[absence.event]
    own = set(event.recorded_by) & paid_side(study.names, flow)
    if own and (checked := _is_checked(study, flow, absence)) and event.verification is not None:
        return None
    if own and event.verification is None:
        severity = Severity.NOTE if checked else None
        return f"“{event.name}” is recorded by {' and '.join(sorted(own))}, who is paid as long as it is not", severity
    if own:
        return f"“{event.name}” is recorded by {' and '.join(sorted(own))}: there is nothing to verify", Severity.NOTE
    if not _is_watched(study, event) and not _is_claimed(absence):
        severity = None if absence.none else Severity.NOTE
        return f"nothing says until when anybody looks for “{event.name}”", severity
    if absence.none and absence.alone:
        return "nothing shows that the person is still there: the dead and those who left are not found", Severity.NOTE
    return None


def _is_checked(study: Study, flow: ir.Flow, absence: Absence) -> bool:
    """Whether somebody who is not paid verifies that the state began which it would end, and can see that it has."""
    if absence.lasts is None:
        return False
    verification = study.names.events[absence.lasts.begins].verification
    return verification is not None and not set(verification.by) & paid_side(study.names, flow)


def _is_claimed(absence: Absence) -> bool:
    """Whether the days that are looked at end before a claim: when it is made, they are over."""
    match absence.select:
        case ir.Select(window=ir.Window(_, ir.Edge(ir.RowOf(), months, days))):
            return (months, days) < (0, 0)
        case _:
            return False


def _is_watched(study: Study, event: ir.Event) -> bool:
    """Whether it says until when it is observed, or the other event of a state does, which share that day."""
    if event.observed_until is not None:
        return True
    for state in study.contract.states:
        if isinstance(state.days, ir.Spells) and event.name in (state.days.begins, state.days.ends):
            pair = (state.days.begins, state.days.ends or state.days.begins)
            if any(study.names.events[name].observed_until is not None for name in pair):
                return True
    return False


def _pair(study: Study, flow: ir.Flow, absence: Absence) -> tuple[Paid, Paid] | None:
    """An account with the record, and a better one without it."""
    earned = study.earned(flow)
    if earned is None:
        return None
    for history in recorded(study.names, earned.history, absence):
        paid = study.pay(history)
        bare = study.pay(_unrecorded(history, earned.history))
        if paid.of(flow.name) < bare.of(flow.name):
            return paid, bare
    return None


def _unrecorded(history: History, without: History) -> History:
    """The history of which the other is a part."""
    closing = [fact for fact in history.facts if not fact.counts]
    return History((*(fact for fact in without.facts if fact.counts), *closing))


def unrecorded(
    study: Study, flow: ir.Flow, absence: Absence, why: tuple[str, Severity | None], pair: tuple[Paid, Paid]
) -> Finding:
    event = study.names.events[absence.event]
    paid, bare = pair
    more = bare.of(flow.name) - paid.of(flow.name)
    reason, severity = why
    return Finding(
        of=(flow.card or flow.name, event.name),
        origin=flow.origin,
        message=f"{study.money(more)} more of {flow.name} is due if “{event.name}” goes unrecorded: {reason}",
        label=f"is earned where no “{event.name}” is on record",
        stake=more,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (
                Told(paid.history, paid.total, f"With “{event.name}” on record:"),
                Told(bare.history, bare.total, "The same, had nobody recorded it:"),
            ),
            f"A record less pays {study.money(more)} more",
        ),
        argument="the second history is a part of the first",
        remedies=_ways_out(event),
        related=((event.origin, "whose rows it rests on"),),
        severity=severity if severity is not None else _small(study, flow),
    )


def _ways_out(event: ir.Event) -> tuple[Remedy, ...]:
    return (
        Remedy(f"“{event.name} …, recorded by PARTY, observed until DATE”", "somebody who is not paid looks for it"),
        Remedy("ask for a sign of the person as well", "who cannot be found is no success"),
    )


def _small(study: Study, flow: ir.Flow) -> Severity | None:
    if isinstance(flow.driver, ir.EachUnit):
        return None  # nobody knows how many units that come to
    prices = study.full_prices
    price, full = prices.get(flow.name, Fraction(0)), sum(prices.values(), Fraction(0))
    return Severity.NOTE if price and price <= CEILING * full else None


RULE = Rule(
    code="OC23",
    name="missing-record-counts-as-success",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="A record that is missing, because nobody looked, turns failure into success.",
    rationale=(
        "No arrest on record, no end of a tenancy, nobody seen on the street: success looks so, and so does "
        "what nobody wrote down, or somebody who died or moved away. Whoever is paid for the "
        "absence must not be the one who keeps the record."
    ),
    guards=(
        "the record is kept by a party that is not paid, and the event is “observed until” a day",
        "the days that are looked at end before a claim",
        "somebody who is not paid verifies that a state began and that it ended; of the beginning alone: only noted",
        "what is counted is set against a comparison group in the same record",
        "in a record that is watched: something good has to be recorded as well, or the time runs from joining",
    ),
    blind=(
        "Whether a register that is searched is complete. Figures that somebody reports. Where a record is watched by "
        "somebody else and nothing but its absence is asked for, it is only noted."
    ),
    source=(
        "Bridges, Payment for Inputs vs Payment for Outcomes (2023), families who might have started; London Rough "
        "Sleepers evaluation"
    ),
    bad=(
        "insert event Arrest of a Jobseeker is an outcome, recorded by the Jobcentre, fewer is better\n"
        "insert outcome No Arrest of a Jobseeker when no Arrest occurs in the 12 months after Referral, once\n"
        "insert payment Law Fee: Council pays the Provider £500 for each No Arrest"
    ),
    also=("pays-for-state-already-true",),
    good=(
        "insert event Arrest of a Jobseeker is an outcome, recorded by the Jobcentre, fewer is better, "
        "observed until 30 September 2027\n"
        "insert outcome Settled of a Jobseeker when all of: (a) a Job Start occurs in the 12 months after Referral; "
        "and (b) no Arrest occurs in the "
        "12 months after Referral, once\n"
        "insert payment Law Fee: Council pays the Provider £500 for each Settled"
    ),
    check=check,
)
