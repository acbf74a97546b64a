"""What an example expects: lines of the statement, verdicts and the total, each of somebody who is there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.from_surface import refs
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.instances import NOBODY_CALLED, Called, Given, called, labels_of, named_or_told
from outcomelang.core.from_surface.literals import whole_minor
from outcomelang.core.from_surface.payments import line_words
from outcomelang.core.scope import Sort
from outcomelang.surface import ast


@frozen
class Statement:
    """What makes the lines of the statement: flows by their names and cards, and of whom each outcome is."""

    flows: dict[str, list[ir.Flow]]
    stages: tuple[ir.Stage, ...]
    joint_parties: tuple[ir.JointParty, ...]
    outcomes: dict[str, ir.Subject]


def statement_of(
    flows: Iterable[ir.Flow],
    stages: tuple[ir.Stage, ...],
    joint_parties: tuple[ir.JointParty, ...],
    outcomes: Iterable[ir.Outcome],
) -> Statement:
    """What examples need to know of everything that is paid."""
    named: dict[str, list[ir.Flow]] = {}
    for flow in flows:
        for name in dict.fromkeys((flow.name, flow.card)):
            named.setdefault(name, []).append(flow)
    return Statement(named, stages, joint_parties, {each.name: each.subject for each in outcomes})


def expectation(e: Elaboration, expected: ast.Expectation, statement: Statement, whom: Given) -> ir.Expectation | None:
    """One line, verdict or total that is expected."""
    at = e.at(expected.span)
    match expected:
        case ast.ExpectedTotal():
            return ir.ExpectedTotal(_amount(e, expected.amount), origin=at)
        case ast.ExpectedPayment():
            name = _line_name(e, expected.ref)
            amount = _amount(e, expected.amount)
            if name is None:
                return None
            return ir.ExpectedLine(name, _part_of_line(e, expected.part, name, statement, whom), amount, origin=at)
        case ast.ExpectedVerdict():
            read = refs.part if expected.partly else refs.outcome
            name = read(e, expected.outcome)
            if name is None:
                return None
            day = expected.day.day if expected.day is not None else None
            subject, part = statement.outcomes.get(name), ""
            if expected.part is not None:
                part = _whose_verdict(e, expected.part, name, subject, whom)
            return ir.ExpectedVerdict(name, expected.verdict, day, part, origin=at)


def _amount(e: Elaboration, amount: ast.Money | None) -> int:
    if amount is None:
        return 0
    return whole_minor(e, amount)


# ---------------------------------------------------------------- of whom


def _part_of_line(e: Elaboration, part: ast.Text | None, name: str, statement: Statement, whom: Given) -> str:
    """Who pays or is paid, a participant, cohort or period, or what the line is shown by."""
    if part is None:
        return ""
    flows = statement.flows.get(name, ())
    if not flows:
        return part.value  # the payment could not be read
    names = [found for flow in flows for found in _parts(e, flow, statement, whom)]
    known = reduce(Called.and_, names, NOBODY_CALLED)
    return named_or_told(
        e, part, known, f"No {name} is of anybody called “{part.value}”: whatever is paid, this line would be nothing."
    )


def _parts(e: Elaboration, flow: ir.Flow, statement: Statement, whom: Given) -> Iterable[Called]:
    yield from (_parties(e, side, statement) for side in (flow.payer, flow.payee))
    for stage in statement.stages:
        match stage:
            case ir.Division(name, parts, rest_to) if name in (flow.name, flow.card):
                yield from (_parties(e, each.to, statement) for each in parts)
                yield from (_parties(e, each, statement) for each in (rest_to,) if each is not None)
            case ir.CountLimit() | ir.MoneyLimit() if stage.excess_to is not None:
                yield Called((stage.excess_to,))
            case ir.CountLimit(calendar=str(calendar)) | ir.MoneyLimit(calendar=str(calendar)) if (
                stage.excess is ir.Excess_.CARRIED
            ):  # what is carried forward is of a period
                yield Called(calendars=(calendar,))
            case _:
                continue
    match flow.shown_by:
        case ir.KeyByGroup(partition):
            yield labels_of(e, partition)
        case ir.KeyByPeriod(calendar):
            yield Called(calendars=(calendar,))
        case None:
            pass
    yield called(e, _subject(e, flow, statement), whom)


def _parties(e: Elaboration, side: ir.Payer, statement: Statement) -> Called:
    match side:
        case ir.NamedParty(party):
            return Called((party,), open_ended=not party)
        case ir.Jointly(joint):
            shares = next((each.shares for each in statement.joint_parties if each.name == joint), None)
            return Called(tuple(name for name, _ in shares)) if shares is not None else Called(open_ended=True)
        case ir.PartyOfGroup(partition):
            return labels_of(e, partition)


def _subject(e: Elaboration, flow: ir.Flow, statement: Statement) -> ir.Subject | None:
    """Of whom one entry of the payment is."""
    match flow.driver:
        case ir.EachAchievement(outcome):
            return statement.outcomes.get(outcome)
        case ir.EachRow(select):
            return ir.PerRow(select.of.event) if isinstance(select.of, ir.Rows) else None
        case ir.EachInPlan(plan):
            shape = e.plans.get(plan)
            return ir.PerPerson(shape.population) if shape is not None else None
        case ir.OneEach() | ir.EachUnit():
            return flow.subject


def _whose_verdict(e: Elaboration, part: ast.Text, name: str, subject: ir.Subject | None, whom: Given) -> str:
    said = f"No {name} is of anybody called “{part.value}”, so this expects a verdict on nobody."
    return named_or_told(e, part, called(e, subject, whom), said)


# ---------------------------------------------------------------- lines


def _line_name(e: Elaboration, ref: ast.Ref) -> str | None:
    """A payment, or a line of a rate card under the name of its outcome."""
    symbol = refs.named(e, ref, "a line of the statement", Sort.PAYMENT, Sort.OUTCOME, Sort.EVENT)
    if symbol is None:
        return None
    if symbol.sort is Sort.PAYMENT:
        return symbol.name
    if symbol.sort is Sort.OUTCOME and ref.at is not None and refs.outcome(e, ref) is None:
        return None
    words = line_words(e, ref)
    lines = [flow for card in e.cards.values() for flow in card]
    found = [flow for flow in lines if flow == words or flow.endswith(f": {words}")]
    if len(found) == 1:
        return found[0]
    if not found and e.scope.incomplete:
        return None  # the payment may be the one that could not be read
    e.say(
        "line-unknown",
        ref.span,
        f"The statement has no line “{words}”: no payment is made under that name."
        if not found
        else f"“{words}” is paid on several lines, and this does not say which one.",
        label="not a payment" if not found else "which line?",
    )
    return None
