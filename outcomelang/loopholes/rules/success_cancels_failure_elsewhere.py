"""OC40: a surplus makes up for a failure elsewhere, or a pooled test pays again for what was paid alone."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.fixed_values import greatest_value
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.reckoning import AtomOf, atoms
from outcomelang.exposure.steps import usual
from outcomelang.exposure.thresholds import thresholds
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

_TRIED = (Fraction(0), Fraction(1, 2), Fraction(2), Fraction(10))


def check(study: Study) -> Iterator[Said]:
    """Payments for a pool beside payments for its parts; sums over payers who each promise for themselves."""
    said = False
    for pooled, subject in _pools(study):
        for alone in _alone(study, pooled, subject):
            both = None if subject.except_where is not None else _paid_for_both(study, pooled, alone)
            if both is not None:
                said = True
                yield _again(study, pooled, alone, *both)
                break
    for flow in study.flows:
        payers = _summed_over_payers(study, flow)
        if payers:
            said = True
            yield _made_up_for(study, flow, payers)
    if not said and any(True for _ in _pools(study)):
        yield Cleared(Verdict.PROVED, "what was paid for one part alone is left out of every pool that is paid")
    elif not said:
        yield Cleared(Verdict.PROVED, "nothing is paid for several cohorts or payers together")


# ---------------------------------------------------------------- a pool beside its parts


def _pools(study: Study) -> Iterator[tuple[ir.Flow, ir.Pooled]]:
    for flow in study.flows:
        subject = _subject(study, flow)
        if isinstance(subject, ir.Pooled):
            yield flow, subject


def _subject(study: Study, flow: ir.Flow) -> ir.Subject:
    if isinstance(flow.driver, ir.EachAchievement):
        return study.names.outcomes[flow.driver.outcome].subject
    return flow.subject


def _alone(study: Study, pooled: ir.Flow, pool: ir.Pooled) -> Iterator[ir.Flow]:
    """Payments of the same kind for each part of the pool: both by what is counted, or both for a test passed."""
    for flow in study.flows:
        if _subject(study, flow) == pool.of and type(flow.driver) is type(pooled.driver):
            yield flow


def _counted(study: Study, flow: ir.Flow) -> dict[AtomOf, None]:
    """What a payment counts or sums, by itself alone and not by whom."""
    parts: list[AtomOf] = list(atoms(study.names, flow.amount, flow.subject))
    if isinstance(flow.driver, ir.EachUnit):
        parts += atoms(study.names, flow.driver.quantity, flow.subject)
    for line in thresholds(study.names, flow):
        parts += atoms(study.names, line.measured, line.subject)
    return dict.fromkeys(parts)


def _paid_for_both(study: Study, pooled: ir.Flow, alone: ir.Flow) -> tuple[Fraction, Fraction] | None:
    """What both pay for one and the same part, where the same things count for both; None: never both were found."""
    mine, others = _counted(study, pooled), _counted(study, alone)
    if not {atom for atom, _ in mine} & {atom for atom, _ in others}:
        return None
    supposed = usual(study.names, (pooled, alone))
    for moved in supposed:
        for part in _TRIED:
            paid = study.supposing.paid({**supposed, moved: supposed[moved] * part})
            one = paid.get(pooled.card or pooled.name, Fraction(0))
            other = paid.get(alone.card or alone.name, Fraction(0))
            if one > 0 and other > 0:
                return one, other
    return None


def _again(study: Study, pooled: ir.Flow, alone: ir.Flow, one: Fraction, other: Fraction) -> Finding:
    return Finding(
        of=(pooled.name, alone.name),
        origin=pooled.origin,
        message=f"{pooled.name} pays again for what {alone.name} has paid for: the pool holds every part that was paid",
        label="counts parts that were paid alone",
        stake=min(one, other),
        argument=(
            f"By the evaluator, for one and the same part: {study.money(other)} under {alone.name} "
            f"and {study.money(one)} under {pooled.name}"
        ),
        remedies=(
            Remedy("leave out of the pool what was paid alone (“except where … is achieved”)", "nothing is paid twice"),
            Remedy(f"pay {pooled.name} less what {alone.name} paid", "the pool pays only what is missing"),
        ),
        related=((alone.origin, "has paid for it"),),
    )


# ---------------------------------------------------------------- payers together


def _summed_over_payers(study: Study, flow: ir.Flow) -> tuple[str, ...]:
    """Payers whose people are counted together under one number, though the log tells them apart."""
    if not isinstance(flow.subject, ir.Whole) or not isinstance(flow.driver, ir.EachUnit):
        return ()
    if not isinstance(flow.driver.quantity, ir.Excess):
        return ()
    paying = {party.name for party in study.contract.parties if party.role == "commissioner"}
    for atom, _ in atoms(study.names, flow.driver.quantity, flow.subject):
        if not isinstance(atom, ir.Counted):
            continue
        for group in study.contract.partitions:
            labels = _labels_counted(study, atom.select, group)
            found = tuple(label for label in labels if label in paying)
            if len(found) > 1:
                return found
    return ()


def _labels_counted(study: Study, select: ir.Select, group: ir.Partition) -> tuple[str, ...]:
    """The rows of a group that one count takes together."""
    match select.of:
        case ir.People(population) if population == group.of:
            pass
        case ir.Rows(event) if isinstance(group.classifier, ir.ByLabel) and group.classifier.event == event:
            pass
        case _:
            return ()
    for test in select.tests:
        match test:
            case ir.InGroup(partition, labels) if partition == group.name:
                return labels
            case ir.AttributeIs(attribute, labels, False) if (
                isinstance(group.classifier, ir.ByLabel) and attribute == group.classifier.attribute
            ):
                return tuple(label for label in (row.label for row in group.rows) if label in labels)
            case _:
                continue
    return tuple(row.label for row in group.rows)


def _made_up_for(study: Study, flow: ir.Flow, payers: tuple[str, ...]) -> Finding:
    one, other = payers[0], payers[1]
    unit = Fraction(greatest_value(study.names, flow.amount) or 0)
    return Finding(
        of=(flow.name,),
        origin=flow.origin,
        message=f"What {one} has too many makes up for what {other} is short: {study.money(unit)} less for each",
        label=f"one number for {len(payers)} payers together",
        stake=unit,
        argument=f"{', '.join(payers)} are counted together under one number",
        remedies=(
            Remedy("a number for each payer, counted by the group that tells them apart", "each answers for its own"),
            Remedy("share what is short between those who are short", "nobody’s surplus pays for another"),
        ),
    )


RULE = Rule(
    code="OC40",
    name="success-cancels-failure-elsewhere",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="A surplus of one payer makes up for a shortfall of another, or a pooled test pays a cohort again.",
    rationale=(
        "Where parts that stand alone are also judged together, a success counts twice, or hides a failure. Under one "
        "guarantee for five boroughs the families that one sent too many paid for those that another did not send."
    ),
    guards=(
        "the pool leaves out what was paid alone (“except where … is achieved”)",
        "only the pool is paid, and not its parts",
        "each payer has a number of its own",
    ),
    blind="Sums over areas or services that are no group of the contract.",
    source="Peterborough terms",
    bad=(
        "insert define Pooled Added Job of all Referral Cohorts together as the excess of Jobs over Jobs Expected\n"
        "insert payment Final Payment: Council pays the Provider £500 for each Pooled Added Job, parts in proportion"
    ),
    good=(
        "delete Job Payment\n"
        "insert define Pooled Added Job of all Referral Cohorts together as the excess of Jobs over Jobs Expected\n"
        "insert payment Final Payment: Council pays the Provider £3,000 for each Pooled Added Job, parts in proportion"
    ),
    check=check,
)
