"""OC20: money for outcomes is held against nothing that would have happened anyway, or only against a guess."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.liability import together
from outcomelang.exposure.numbers import people
from outcomelang.loopholes.counterfactual import Held, held_against, is_most, paid_for_outcomes
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.payers import payers_of
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

RATES = (Fraction(1, 10), Fraction(3, 10), Fraction(1, 2))
"""Of those who succeed, the parts who might have managed without the service (catalogue)."""


def check(study: Study) -> Iterator[Said]:
    """Against what each payment for an outcome is held, by the terms."""
    held = {flow.name: held_against(study, flow) for flow in paid_for_outcomes(study)}
    flows = paid_for_outcomes(study)
    nothing = [flow for flow in flows if held[flow.name] is Held.NOTHING]
    weak = [flow for flow in flows if held[flow.name] < Held.COMPARED]
    if nothing and is_most(study, nothing, flows):
        yield _absent(study, nothing, all_alike=len(nothing) == len(flows))
    elif weak and is_most(study, weak, flows):
        yield _weak(study, weak, {held[flow.name] for flow in weak})
    elif flows:
        yield Cleared(Verdict.PROVED, "most money for outcomes is for what others without the service did not reach")


def _is_selected_by_the_payer(study: Study, flows: list[ir.Flow]) -> bool:
    """Whether those who pay, or commission, also say who takes part: they can leave out whoever would manage anyway."""
    selected = {each.selected_by for each in study.contract.populations if each.comparison_of is None}
    commissioners = {party.name for party in study.contract.parties if party.role == "commissioner"}
    return bool(selected) and selected <= payers_of(study, flows) | commissioners


# ---------------------------------------------------------------- words


def _absent(study: Study, flows: list[ir.Flow], all_alike: bool) -> Finding:
    compares = any(each.comparison_of is not None for each in study.contract.populations)
    by_payer = all_alike and not compares and _is_selected_by_the_payer(study, flows)
    clauses = _clauses(study, flows)
    price, stake = _price(study, flows)
    return Finding(
        of=clauses,
        origin=flows[0].origin,
        message=f"{_for_nothing(study, flows, price)}: no comparison, baseline or deduction reaches {_listed(clauses)}",
        label="is held against nothing",
        stake=stake,
        argument="No comparison group, earlier window, written rate or deduction stands in what decides over it",
        details=tuple(_at_natural_rates(study, flows, price)),
        remedies=(
            Remedy("pay for the excess over a comparison group", "only what the service adds is paid"),
            Remedy(
                "pay for the excess over a baseline or a written rate", "what is known to happen anyway is left out"
            ),
            Remedy("pay for 5/6 of those who succeed", "a sixth is then deducted for what happens anyway"),
        ),
        severity=Severity.NOTE if by_payer else None,
    )


_AGAINST = {
    Held.ASSUMED: "a written figure",
    Held.OWN: "what was before",
    Held.EARLIER: "others who came earlier",
}


def _weak(study: Study, flows: list[ir.Flow], held: set[Held]) -> Finding:
    clauses = _clauses(study, flows)
    against = " or ".join(_AGAINST[each] for each in sorted(held, reverse=True) if each in _AGAINST)
    return Finding(
        of=clauses,
        origin=flows[0].origin,
        message=(
            f"What changes by itself is paid as a result: {_listed(clauses)} {'is' if len(clauses) == 1 else 'are'} "
            f"held only against {against}"
        ),
        label="is not compared with others at the same time",
        stake=_price(study, flows)[1],
        argument="No comparison group at the same time stands in what decides over it",
        remedies=(
            Remedy("compare with others at the same time, by lottery or by matching", "what changes for all falls out"),
        ),
        severity=None if Held.EARLIER in held else Severity.NOTE,
    )


def _clauses(study: Study, flows: list[ir.Flow]) -> tuple[str, ...]:
    """Payment clauses by name; a rate card by its own, if more than half of its lines are meant."""
    names = {flow.name for flow in flows}
    whole = {each.name for each in study.payments if 2 * sum(f.name in names for f in each.flows) > len(each.flows)}
    return tuple(dict.fromkeys(flow.card if flow.card in whole else flow.name for flow in flows))


def _listed(names: tuple[str, ...]) -> str:
    if len(names) > 3:
        return f"{names[0]}, {names[1]} and {len(names) - 2} more"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _price(study: Study, flows: list[ir.Flow]) -> tuple[Fraction, Fraction]:
    """What one person who achieves all of it is worth, and three tenths of what all of it can come to."""
    prices = study.full_prices
    price = min(sum((prices.get(flow.name, Fraction(0)) for flow in flows), Fraction(0)), study.full_price)
    names = {flow.name for flow in flows}
    most = together(study.names, [each for each in study.liability.flows if each.flow.name in names])
    return price, RATES[1] * (most if most is not None else price)


def _population(study: Study, flows: list[ir.Flow]) -> str | None:
    """Whose results they are, if they are those of single people."""
    subjects = [flow.subject for flow in flows]
    subjects += [
        study.names.outcomes[flow.driver.outcome].subject
        for flow in flows
        if isinstance(flow.driver, ir.EachAchievement)
    ]
    return next((subject.population for subject in subjects if isinstance(subject, ir.PerPerson)), None)


def _in_all(study: Study, flows: list[ir.Flow], price: Fraction, number: Fraction) -> Fraction:
    """What so many who achieve all of it come to, within the limits on it."""
    names = {flow.name for flow in flows}
    most = together(study.names, [each for each in study.liability.flows if each.flow.name in names])
    return price * number if most is None else most


def _for_nothing(study: Study, flows: list[ir.Flow], price: Fraction) -> str:
    population = _population(study, flows)
    if population is None or not price:
        return "A result that would have come about without the service is paid in full"
    number, rate = people(study.names, population), RATES[1]
    if number is None:
        return (
            f"If 30% would have managed anyway, up to {study.money(rate * price)} for each person is paid for nothing"
        )
    amount = study.money(rate * _in_all(study, flows, price, number))
    return f"If 30% would have managed anyway, up to {amount} is paid for nothing"


def _at_natural_rates(study: Study, flows: list[ir.Flow], price: Fraction) -> Iterator[str]:
    """What is paid for nothing, if so many would have managed anyway."""
    population = _population(study, flows)
    if population is None or not price:
        yield "At a natural rate of 10%, 30% or 50% so much of what can be due is paid for what happens anyway"
        return
    number = people(study.names, population)
    for rate in RATES:
        said = f"{int(rate * 100)}% who would have managed anyway: {study.money(rate * price)} for each who takes part"
        if number is not None:
            said += f", up to {study.money(rate * _in_all(study, flows, price, number))} for {int(number):,}"
        yield said


_FLAT = "insert payment Job Price: Council pays the Provider £3,000 for each Lasting Job"

RULE = Rule(
    code="OC20",
    name="pays-for-what-happens-anyway",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="More than half of the money for outcomes is held against nothing that would have happened anyway.",
    rationale=(
        "Some people find work, stay at home or keep out of prison without any help. A price for each of them pays for "
        "what was free, and draws the work to those who need it least. Where all that is asked is that things are "
        "better than before, a change that came to everybody is paid for."
    ),
    guards=(
        "a comparison group, by lottery or by matching, among whom the same is counted",
        "a baseline, a written rate or a flat deduction: only noted, as it is a guess; a comparison by history is not",
        "at most half of the money for outcomes is without any of these",
        "who pays or commissions also selects who takes part, and nothing else in the contract is compared: only noted",
    ),
    blind="How good a comparison is, and how many would really have managed anyway.",
    source=(
        "Revolving Doors Agency, payment by results and multiple needs (2015); Innovation Fund evaluation; "
        "Troubled Families framework"
    ),
    bad=f"delete Job Payment\n{_FLAT}",
    good=(
        "insert payment Milestone Fee: Council pays the Provider £300 for each Lasting Job\n"
        "change Job Payment to £2,700"
    ),
    check=check,
)
