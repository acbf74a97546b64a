"""OC44: whoever is paid chooses a day on which, or from which, a result is judged, and another day pays otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.control import groups_in, independent, paid, payers, price_of
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.moving import Moved, in_the_hands_of_the_paid, moves, shortest
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study
from outcomelang.tree import nodes

_DAYS = (-1, 1, -7, 7, -30, 30, -91, 91, 182)


def check(study: Study) -> Iterator[Said]:
    """Days of the paid party’s own rows from which windows count, moved; scores taken on a day of its choice."""
    left: list[str] = []
    found: set[str] = set()
    for flow in study.flows:
        for event in dating(study, flow):
            if event.name in found:
                continue
            finding = _of_date(study, flow, event)
            if finding is None:
                left.append(f"{flow.name} on {event.name}")
            else:
                found.add(event.name)
                yield finding
    tested = list(_tests(study))
    yield from tested
    if left:
        yield Cleared(Verdict.NOT_DECIDED, f"no two days were found that pay differently: {', '.join(left)}")
    elif not found and not tested:
        yield Cleared(Verdict.PROVED, "no day from which a result is judged lies in the hands of whoever is paid")


def dating(study: Study, flow: ir.Flow) -> Iterator[ir.Event]:
    """Events of the paid party from whose day a window counts, other than those by which people join."""
    seen: set[str] = set()
    for node in study.rests_on(study.earned_by(flow)):
        for anchor in _anchors(node):
            assert isinstance(anchor.select.of, ir.Rows)
            name = anchor.select.of.event
            event = study.names.events[name]
            of_choice = event.polarity is ir.Polarity.UNSTATED  # the day of a success or a setback is nobody’s choice
            if name not in seen | study.joining and of_choice and in_the_hands_of_the_paid(study, event):
                seen.add(name)
                yield event


def _anchors(node: object) -> Iterator[ir.RowOf]:
    match node:
        case ir.Window() | ir.Outcome():
            yield from (each for each in nodes(node) if isinstance(each, ir.RowOf))
        case ir.Reaches(counted_from=ir.RowOf() as anchor):
            yield anchor
        case _:
            return


def _of_date(study: Study, flow: ir.Flow, event: ir.Event) -> Finding | None:
    earned = study.earned(flow)
    if earned is None:
        return None
    first = next(moves(study, earned.history, event.name, _DAYS), None)
    return None if first is None else chosen(study, flow, event, shortest(study, first))


def chosen(study: Study, flow: ir.Flow, event: ir.Event, moved: Moved) -> Finding:
    dearer, cheaper = study.pay(moved.dearer).total, study.pay(moved.cheaper).total
    lost = dearer - cheaper
    when, then = day_text(moved.fact.day), day_text(moved.day)
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=f"{study.money(lost)} turns on the day that {_who(event)} chooses for {event.name}",
        label=f"judged by the day of {event.name}",
        stake=lost,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (
                Told(moved.dearer, dearer, f"{event.name} on {when}:"),
                Told(moved.cheaper, cheaper, f"{event.name} on {then}:"),
            ),
            f"everything else is the same, and {study.money(lost)} less is due",
        ),
        argument=f"Nobody but {_who(event)} records {event.name}",
        remedies=(
            Remedy("judge on a day that the contract fixes, such as day 180 after the start", "no day is chosen"),
            Remedy(f"let somebody else record or verify {event.name}", "whoever is paid does not choose the day"),
        ),
        related=((event.origin, "whose day it is"),),
    )


def _who(event: ir.Event) -> str:
    return " or ".join(f"the {name}" for name in event.recorded_by)


# ---------------------------------------------------------------- a score that decides who belongs


def _tests(study: Study) -> Iterator[Finding]:
    """Groups by a score that whoever selects or is paid takes, on a day that nothing fixes."""
    for group in study.contract.partitions:
        if not isinstance(group.classifier, ir.ByValue) or group.classifier.attribute is None:
            continue
        event = study.names.events[group.classifier.event]
        paying = [flow for flow in study.flows if group.name in groups_in(study.names, price_of(flow))]
        if not paying or not _takes_the_test(study, group, event) or _is_dated(study, group, event):
            continue
        who = _who(event)
        yield Finding(
            of=(group.name,),
            origin=group.origin,
            message=f"{who[0].upper()}{who[1:]} chooses the day of the test that decides over {group.name}",
            label=f"by {group.classifier.attribute} of {event.name}, on any day",
            stake=sum((study.full_prices.get(flow.name, Fraction(0)) for flow in paying), Fraction(0)),
            argument=f"{paying[0].name} is paid by {group.name}, and nothing fixes the day of {event.name}",
            remedies=(
                Remedy(f"fix the day of {event.name}, or a window for it", "no day is chosen for its score"),
                Remedy(f"let an independent party record {event.name}", "whoever gains does not test"),
            ),
            related=((paying[0].origin, "is paid by it"),),
        )


def _takes_the_test(study: Study, group: ir.Partition, event: ir.Event) -> bool:
    """Whoever selects those people, or is paid for them, alone takes it, and is neither a payer nor independent."""
    selects = study.names.populations[group.of].selected_by if group.of in study.names.populations else None
    hands = (paid(study.names) | ({selects} if selects else set())) - payers(study.names) - independent(study.names)
    verifiers = event.verification.by if event.verification is not None else ()
    return bool(event.recorded_by) and hands >= {*event.recorded_by, *verifiers}


def _is_dated(study: Study, group: ir.Partition, event: ir.Event) -> bool:
    ways = study.names.populations[group.of].ways if group.of in study.names.populations else ()
    return any(way.select.of == ir.Rows(event.name) and way.select.window is not None for way in ways)


RULE = Rule(
    code="OC44",
    name="provider-chooses-test-date",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="Whoever is paid chooses the day on which a result is judged, and another day pays otherwise.",
    rationale=(
        "In training programmes that were paid by employment at the close of a case, cases were closed on days on "
        "which people had work, and kept open when they had none."
    ),
    guards=(
        "the day is fixed by the contract, or counts from joining",
        "somebody who is not paid records or verifies the event whose day it is",
        "a score is taken within a window that the contract fixes",
        "the event is a success or a setback (more, or fewer, of it is better): its day is not chosen",
    ),
    blind="Days of joining; days on which evidence is handed in.",
    source="Courty and Marschke; Barnow and Smith (on JTPA)",
    bad=(
        "insert event Case Closure of a Jobseeker is an activity, recorded by the Provider\n"
        "insert outcome Job After Closure of a Jobseeker\n"
        "  when a Job Start occurs in the 13 weeks after the first Case Closure\n"
        "  once\n"
        "insert payment Closure Payment: Council pays the Provider £500 for each Job After Closure"
    ),
    good=(
        "insert event Case Closure of a Jobseeker is an activity, recorded by the Provider\n"
        "insert outcome Job In Time of a Jobseeker\n"
        "  when a Job Start occurs in the 26 weeks after Referral\n"
        "  once\n"
        "insert payment Time Payment: Council pays the Provider £500 for each Job In Time"
    ),
    check=check,
)
