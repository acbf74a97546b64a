"""OC04: what is paid for rests on the word of those who are paid, and nobody else has to say so."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.control import PERSONAL
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Payment, Study, percent
from outcomelang.loopholes.word import Word, paid_side, payees, payers

CEILING = Fraction(1, 10)
"""The share of a person's full price up to which own records of services (not of outcomes) are only noted."""


def check(study: Study) -> Iterator[Said]:
    """The weakest path of evidence of every payment; of all payments of one kind of proof only one finding."""
    found = False
    for payment in study.payments:
        own = [(flow, proof) for flow in payment.flows if (proof := _proof(study, flow))]
        if own:
            found = True
            yield _finding(study, payment, own)
    if not found:
        yield from _others_only(study)


def _proof(study: Study, flow: ir.Flow) -> frozenset[str] | None:
    return Word(study.names, paid_side(study.names, flow)).of(flow)


def _finding(study: Study, payment: Payment, own: list[tuple[ir.Flow, frozenset[str]]]) -> Finding:
    flows = [flow for flow, _ in own]
    events = [event for event in study.contract.events if any(event.name in proof for _, proof in own)]
    prices = study.full_prices
    stake = sum((prices.get(flow.name, Fraction(0)) for flow in flows), Fraction(0))
    names = " or ".join(f"“{event.name}”" for event in events)
    side = _listed(sorted(payees(study.names, flows[0])))
    return Finding(
        of=(payment.name, *(event.name for event in events)),
        origin=flows[0].origin,
        message=(
            f"{_paid(study, payment, flows)} on {_alone(study, flows[0], events)}: nobody else has to confirm {names}"
        ),
        label="proved by those who are paid",
        stake=stake,
        argument=(f"on the weakest path of evidence rows of {names} from {side}, or documents of its own, suffice"),
        details=_shares(study, stake),
        remedies=(
            Remedy(
                f"“{events[0].name} …, recorded by …, verified by PARTY within 20 days, silence counts as verified”",
                "somebody else confirms it",
            ),
            Remedy(
                f"let a party that is not paid record “{events[0].name}”", "the payee no longer proves its own work"
            ),
        ),
        related=tuple((event.origin, "what those who are paid may record") for event in events),
        severity=_severity(study, flows, events, stake),
    )


def _alone(study: Study, flow: ir.Flow, events: list[ir.Event]) -> str:
    """What suffices: the word of those who are paid, or a document that they or the person write."""
    word = Word(study.names, paid_side(study.names, flow))
    own = sorted({name for event in events for name in event.recorded_by if name in word.side})
    papers = dict.fromkeys(f"a “{kind}”" for event in events for kind in event.evidenced_by if word.is_own(kind))
    said = [*((f"the word of {_listed(own)} alone",) if own else ()), *(f"{paper} alone" for paper in papers)]
    return " or ".join(said) or "anybody’s word"


def _severity(study: Study, flows: list[ir.Flow], events: list[ir.Event], stake: Fraction) -> Severity | None:
    """Small fees for services are a matter of course; what is declared an outcome is not."""
    measured = any(isinstance(flow.driver, ir.EachUnit) for flow in flows)  # nobody knows how many units
    if measured or any(event.kind in ("outcome", "figure") for event in events):
        return None
    personal = all(isinstance(flow.subject, PERSONAL) for flow in flows)
    full = study.full_price if personal and study.full_price else sum(study.full_prices.values(), Fraction(0))
    return Severity.NOTE if stake and stake <= CEILING * full else None


def _paid(study: Study, payment: Payment, flows: list[ir.Flow]) -> str:
    price = study.full_prices.get(flows[0].name)
    if len(flows) > 1:
        return f"{payment.name} ({len(flows)} of its {len(payment.flows)} lines) is due"
    return f"{payment.name} is due" if not price else f"{payment.name} ({study.money(price)}) is due"


def _shares(study: Study, stake: Fraction) -> tuple[str, ...]:
    full = sum(study.full_prices.values(), Fraction(0))
    if not stake or not full:
        return ()
    return (f"That is {percent(stake, full)} of the prices for one person",)


def _listed(names: list[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


# ---------------------------------------------------------------- nobody independent


def _others_only(study: Study) -> Iterator[Said]:
    """Others have to say so: is one of them declared independent, or does a payer look?"""
    contract = study.contract
    looks = any(party.independent or party.role == "assessor" for party in contract.parties)
    checked = looks or any(event.verification is not None for event in contract.events)
    flows = [flow for flow in study.flows if study.rests_on_an_outcome(flow) and not flow.rulings]
    said_by = {flow.name: _said_by(study, flow) for flow in flows}
    alone = [flow for flow in flows if said_by[flow.name] and not said_by[flow.name] & payers(study.names, flow)]
    if checked or not alone or len(alone) < len(flows):
        yield Cleared(Verdict.PROVED, "everything that is paid for takes the word of somebody who is not paid for it")
        return
    sources = sorted(frozenset().union(*(said_by[flow.name] for flow in alone)))
    yield Finding(
        of=tuple(dict.fromkeys(flow.card or flow.name for flow in alone)),
        origin=alone[0].origin,
        message=(
            f"Everything for outcomes is due on the word of {_listed(sources)}; nobody is declared independent, "
            "and nobody verifies it"
        ),
        label="nobody independent has to say so",
        stake=sum((study.full_prices.get(flow.name, Fraction(0)) for flow in alone), Fraction(0)),
        argument="no party is independent or an assessor, and no event or outcome is verified or decided",
        remedies=(
            Remedy("declare a party “independent”, if it is", "it then says so in the contract"),
            Remedy("“verified by the payer within 20 days, silence counts as verified”", "the payer can look"),
        ),
        severity=Severity.NOTE,
    )


def _said_by(study: Study, flow: ir.Flow) -> frozenset[str]:
    """Who records that things went well, on which a payment rests; nobody where somebody decides or verifies.

    A letter that says so can be asked for. Nobody asks for a record of what went badly.
    """
    nodes = list(study.rests_on(study.earned_by(flow)))
    if any(isinstance(node, ir.Outcome) and node.rulings for node in nodes):
        return frozenset()
    events = study.events_of(study.earned_by(flow))
    bad = {event.name for event in study.contract.events if event.polarity is ir.Polarity.FEWER}
    spells = (state.days for state in study.contract.states if isinstance(state.days, ir.Spells))
    bad |= {spell.ends for spell in spells if spell.begins in bad and spell.ends is not None}
    good = (event for event in events if event.kind == "outcome" and event.name not in bad)
    return frozenset(name for event in good for name in event.recorded_by)


RULE = Rule(
    code="OC04",
    name="provider-marks-own-work",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="A payment rests on the word of those who are paid, and nobody else has to say so.",
    rationale=(
        "Whoever is paid for a result and also records it need not be dishonest to record too much: doubtful cases are "
        "decided in favour of the payment. In the Innovation Fund a letter that the provider asked the school for was "
        "the proof; in the rough sleeping bonds a form that the person signed sufficed."
    ),
    guards=(
        "on every path of evidence a party that is not paid records, verifies or decides something",
        "an event that only opens a window; people who are selected by a party that is not paid",
        "services that come to at most 10% of a person’s prices are noted only",
        "nobody is independent, but others record what went well, for which they can be asked: only noted",
    ),
    blind=(
        "Who really writes a document: kinds of evidence are known by words such as “self-certification”. Whether a "
        "party that records depends on the payee. Samples that are drawn outside the contract."
    ),
    source=(
        "DrugScope, Payment by Results questions and answers (2010); National Audit Office HC 90 (2012); "
        "INDIGO Impact Bond Dataset (INDIGO-POJ-0154)"
    ),
    bad=(
        "delete Job Start\n"
        "insert event Job Start of a Jobseeker is an outcome, recorded by the Provider, more is better, "
        "observed until 30 September 2027"
    ),
    good=(
        "delete Job Start\n"
        "insert event Job Start of a Jobseeker is an outcome, recorded by the Provider, verified by HMRC, "
        "more is better, observed until 30 September 2027"
    ),
    check=check,
)
