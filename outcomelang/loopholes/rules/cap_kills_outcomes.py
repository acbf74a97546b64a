"""OC14: a limit is below what can be earned, so that from some point on an outcome is worth nothing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from outcomelang.core import ir
from outcomelang.core.fixed_values import greatest_value
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.numbers import least_of, people, times
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study, percent

SLACK = Fraction(1, 20)
"""By what share of a limit more may be earned before it is said: a limit a little below the whole is a rounding."""


def check(study: Study) -> Iterator[Said]:
    """Under each limit for one person: what a history of somebody who achieves everything loses. Under each limit for
    all: what the terms come to."""
    silent = True
    for stage in study.contract.stages:
        if (
            not isinstance(stage, ir.MoneyLimit)
            or stage.excess is not ir.Excess_.NOT_PAID
            or stage.calendar is not None
        ):
            continue
        finding = _of_one(study, stage) if isinstance(stage.per, ir.PerPerson) else _of_all(study, stage)
        if finding is not None:
            silent = False
            yield finding
        elif stage.per is None and _earned_by_all(study, stage) is None:
            silent = False
            yield Cleared(Verdict.NOT_DECIDED, "nothing bounds what can be earned under it", (stage.title or "limit",))
    if silent:
        yield Cleared(Verdict.NONE_FOUND, "no limit is below what one person, or everybody together, can earn")


# ---------------------------------------------------------------- for one person


def _of_one(study: Study, stage: ir.MoneyLimit) -> Finding | None:
    paid = study.everything
    taken = Fraction(0)
    dead: list[str] = []
    for draft in paid.drafts:
        cut = sum((Fraction(amount) for by, _, amount in draft.cuts if by == stage.title), Fraction(0))
        taken += cut
        if cut and not draft.amount:
            dead.append(draft.flow.name)
    most = greatest_value(study.names, stage.most)
    if most is None or taken <= SLACK * most:
        return None
    return _finding(
        study, stage, Fraction(most), Fraction(most) + taken, "one person", tuple(dict.fromkeys(dead))[:3],
        Witness((Told(paid.history, paid.total),), f"{study.money(taken)} more was earned and is not paid"),
    )  # fmt: skip


# ---------------------------------------------------------------- for all


def _of_all(study: Study, stage: ir.MoneyLimit) -> Finding | None:
    earned, most = _earned_by_all(study, stage), greatest_value(study.names, stage.most)
    if stage.per is not None or stage.share_of or stage.covered or most is None:
        return None
    if earned is None:
        return _filled(study, stage, Fraction(most))
    others = _beside_one_that_fills_it(study, stage, Fraction(most)) if earned > most else ()
    if earned <= Fraction(most) * (1 + SLACK) and not others:
        return None
    return _finding(study, stage, Fraction(most), earned, "everybody together", others, None)


def _filled(study: Study, stage: ir.MoneyLimit, most: Fraction) -> Finding | None:
    """Nothing bounds what is earned in all, and one payment can use up the limit alone."""
    others = _beside_one_that_fills_it(study, stage, most)
    if not others:
        return None
    alone = next(name for name in _names(study, stage) if name not in others)
    finding = _finding(study, stage, most, most, "everybody together", others, None)
    said = (
        f"{alone} alone can come to {study.money(most)}, the whole limit: {listed(others)} would then be worth nothing"
    )
    return evolve(finding, message=said, argument=f"the greatest amount of {alone} is {study.money(most)}", details=())


def _names(study: Study, stage: ir.MoneyLimit) -> tuple[str, ...]:
    return tuple(flow.name for flow in study.flows if not stage.flows or flow.name in stage.flows)


def _earned_by_all(study: Study, stage: ir.MoneyLimit) -> Fraction | None:
    """What people who achieve everything come to, and what is measured of many; None where nothing bounds it."""
    names = _names(study, stage)
    one: dict[str, Fraction] = {}
    for draft in study.everything.drafts:
        taken = sum((Fraction(amount) for by, _, amount in draft.cuts if by == stage.title), Fraction(0))
        one[draft.flow.name] = one.get(draft.flow.name, Fraction(0)) + draft.amount + taken
    total = Fraction(0)
    for bound in study.liability.flows:
        each = bound.before
        if bound.flow.name not in names:
            continue
        population = _whose(study, bound.flow)
        if population is not None:
            each = least_of(iter((each, times(one.get(bound.flow.name, Fraction(0)), people(study.names, population)))))
        if each is None:
            return None
        total += each
    return total


def _whose(study: Study, flow: ir.Flow) -> str | None:
    """The participants of whom each earns a payment; None: it is no payment for somebody."""
    match flow.subject:
        case ir.PerPerson(population):
            return population
        case ir.PerRow(event):
            of = study.names.events[event].of
            return of if of in study.names.populations else None
        case _:
            return None


def _beside_one_that_fills_it(study: Study, stage: ir.MoneyLimit, most: Fraction) -> tuple[str, ...]:
    """The payments for which nothing may be left, because another one can use up the whole limit alone."""
    names = _names(study, stage)
    full = [each.flow.name for each in study.liability.flows if each.flow.name in names and _fills(each.before, most)]
    return tuple(name for name in names if name not in full) if len(full) == 1 else ()


def _fills(bound: Fraction | None, most: Fraction) -> bool:
    return bound is not None and bound >= most


def listed(names: tuple[str, ...]) -> str:
    """Up to three names, and how many more there are."""
    shown, left = ", ".join(names[:3]), len(names) - 3
    return f"{shown} and {left} more" if left > 0 else shown


def _finding(
    study: Study, stage: ir.MoneyLimit, most: Fraction, earned: Fraction, who: str, dead: tuple[str, ...],
    witness: Witness | None,
) -> Finding:  # fmt: skip
    lost = earned - most
    measured = stage.per is None and len(_names(study, stage)) == 1
    return Finding(
        of=(stage.title or "limit",),
        origin=stage.origin,
        message=(
            f"{study.money(lost)} of the {study.money(earned)} that {who} can earn ({percent(lost, earned)}) is never "
            f"paid: once {study.money(most)} is reached, an outcome is worth nothing"
        ),
        label="is reached before everything is earned",
        stake=lost,
        verdict=Verdict.PROVED if witness is None else Verdict.WITNESS,
        witness=witness,
        argument=f"what it covers comes to {study.money(earned)} by the prices, and the limit is {study.money(most)}",
        details=(f"Worth nothing when they come last: {listed(dead)}",) if dead else (),
        remedies=(
            Remedy(f"raise the limit to {study.money(earned)}", "every outcome is paid"),
            Remedy("lower the prices", "the last outcome is worth as much as the first"),
        ),
        severity=Severity.NOTE if measured else None,
    )


RULE = Rule(
    code="OC14",
    name="cap-kills-outcomes",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="A limit is below what can be earned: from some point on an outcome is worth nothing.",
    rationale=(
        "When a limit is reached, helping the same person further, or the next one, earns nothing, while it still "
        "costs as much. In the Innovation Fund a sustained job could be worth nothing, because cheaper steps had used "
        "up the limit."
    ),
    guards=(
        "the limit is at least what the prices under it come to, within 5%",
        "nothing in the terms bounds what is earned, so that the limit is what bounds it",
    ),
    blind="How likely it is that a limit is reached; limits on one measured payment alone are only noted.",
    source="Fair Chance Fund and Innovation Fund; INDIGO Impact Bond Dataset (INDIGO-POJ-0015)",
    bad=(
        "insert payment Care Fee: Council pays the Provider £900 for each Lasting Job\n"
        "insert limit all payments to £1,500,000; in proportion; the excess is not paid"
    ),
    good="insert limit all payments to £6,000,000; in proportion; the excess is not paid",
    check=check,
)
