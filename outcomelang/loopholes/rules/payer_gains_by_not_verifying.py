"""OC47: the party that pays has to verify or decide, and as long as it is silent nothing is due."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.absence import parts_of
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study
from outcomelang.loopholes.word import payers


@frozen
class _Gate:
    """What has to be said before anything is due, by whom, and what their silence means."""

    name: str
    origin: ir.Origin
    word: str
    by: tuple[str, ...]
    refuses: bool = False


def check(study: Study) -> Iterator[Said]:
    """Every verification and ruling in the way of a payment, and who gives it."""
    said: set[tuple[str, str]] = set()
    for flow in study.flows:
        side = _payer_side(study, flow)
        for gate in _gates(study, flow):
            key = (flow.card or flow.name, gate.name)
            if set(gate.by) <= side and key not in said:
                said.add(key)
                yield _finding(study, flow, gate)
    if not said:
        yield Cleared(Verdict.PROVED, "nothing waits for the word of a party that pays, or its silence says yes")


def _payer_side(study: Study, flow: ir.Flow) -> frozenset[str]:
    """Who pays, and all other commissioners, unless they are independent."""
    commissioners = {p.name for p in study.contract.parties if p.role == "commissioner" and not p.independent}
    return payers(study.names, flow) | commissioners


def _gates(study: Study, flow: ir.Flow) -> Iterator[_Gate]:
    for event in study.events_of(study.earned_by(flow)):
        of = event.verification
        timed = of is not None and (of.silence_days or of.silence_months or of.silence_working)
        if of is not None and event.polarity is not ir.Polarity.FEWER and not (timed and of.silence_verifies):
            yield _Gate(event.name, event.origin, "verifies", of.by, refuses=bool(timed))
    for node in study.rests_on(study.earned_by(flow)):
        if isinstance(node, ir.Outcome):
            yield from _rulings(node.name, node.origin, node.rulings)
    yield from _rulings(flow.name, flow.origin, flow.rulings)
    if isinstance(flow.driver, ir.EachAchievement):
        yield from _records(study, flow, study.names.outcomes[flow.driver.outcome])


def _rulings(name: str, origin: ir.Origin, rulings: tuple[ir.Ruling, ...]) -> Iterator[_Gate]:
    for ruling in rulings:
        if ruling.kind != "evidenced" and not (ruling.within is not None and ruling.silence):
            word = "verifies" if ruling.kind == "verified" else "decides on"
            yield _Gate(name, origin, word, ruling.by, refuses=ruling.within is not None)


def _records(study: Study, flow: ir.Flow, outcome: ir.Outcome) -> Iterator[_Gate]:
    """An outcome that takes one row, which nobody but the payer may write."""
    for part in parts_of(study.names, outcome.when):
        if isinstance(part, ir.Happens) and not part.negated and isinstance(part.select.of, ir.Rows):
            event = study.names.events[part.select.of.event]
            alone = event.verification is None and not event.evidenced_by and event.recorded_by
            if alone and event.kind == "outcome" and event.polarity is ir.Polarity.MORE:
                yield _Gate(event.name, event.origin, "records", event.recorded_by)


def _finding(study: Study, flow: ir.Flow, gate: _Gate) -> Finding:
    by = " or ".join(gate.by)
    price = study.full_prices.get(flow.name, Fraction(0))
    silence = "its silence counts as no" if gate.refuses else "nothing follows from its silence"
    due = f"{flow.name} ({study.money(price)})" if price else flow.name
    return Finding(
        of=(flow.card or flow.name, gate.name),
        origin=flow.origin,
        message=f"{due} is due only if {by}, on the side that pays, {gate.word} “{gate.name}”, and {silence}",
        label="waits for the word of who pays",
        stake=price,
        argument=f"{by} pays, or commissions with who pays; no time is set after which silence says yes",
        remedies=(
            Remedy(f"“verified by {by} within 20 days, silence counts as verified”", "waiting costs the payer nothing"),
            Remedy("let an independent party verify", "who says yes neither pays nor is paid"),
        ),
        related=((gate.origin, f"{by} {gate.word} it"),),
        severity=Severity.NOTE if gate.word == "records" else None,
    )


RULE = Rule(
    code="OC47",
    name="payer-gains-by-not-verifying",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="The party that pays also has to verify, and its silence or delay means that nothing is due.",
    rationale=(
        "A payer that is short of staff, or of money, saves by not verifying. Nobody need intend it: what is not "
        "looked at is not paid. A time limit after which silence counts as verified turns the gain round."
    ),
    guards=(
        "a party that does not pay verifies, or may verify as well",
        "a time to verify, after which silence counts as verified",
        "bad events that the payer verifies; where the payer only records, it is noted",
    ),
    blind="Whether a party that verifies is controlled by the payer; how long a payer takes to pay what is due.",
    source="DrugScope, Payment by Results questions and answers (2010)",
    bad=(
        "delete Job Start\n"
        "insert event Job Start of a Jobseeker is an outcome, recorded by HMRC, verified by the Council, "
        "more is better, observed until 30 September 2027"
    ),
    good=(
        "delete Job Start\n"
        "insert event Job Start of a Jobseeker is an outcome, recorded by HMRC, "
        "verified by the Council within 20 days, silence counts as verified, "
        "more is better, observed until 30 September 2027"
    ),
    check=check,
)
