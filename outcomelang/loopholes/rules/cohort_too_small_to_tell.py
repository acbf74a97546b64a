"""OC21: a payment turns on a difference of rates among so few people that chance decides."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.numbers import people
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.power import CHANCE, POWER, paid_by_chance, power, size_needed
from outcomelang.loopholes.rate_differences import Of, Threshold, thresholds
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

_USUAL = {Of.PEOPLE: (Fraction(4, 5), Fraction(1, 2), Fraction(1, 5)), Of.EVENTS: (Fraction(2),)}
"""Where the contract writes no base rate: the first that fits, at which few people suffice."""


@frozen
class _Told:
    """The variance of one person where something differs, and where nothing does; the difference in the same unit."""

    base: Fraction
    differing: float
    alike: float
    difference: float


def check(study: Study) -> Iterator[Said]:
    """Power, and the chance of being paid for nothing, of every line that a difference of rates has to reach."""
    seen: set[str] = set()
    for flow in study.contract.flows:
        for threshold in thresholds(study, flow):
            if threshold.outcome not in seen:
                seen.add(threshold.outcome)
                yield _judged(study, threshold)
    if not seen:
        yield Cleared(Verdict.PROVED, "nothing turns on a difference of rates")


def _judged(study: Study, threshold: Threshold) -> Said:
    told, population = _told(threshold), threshold.new.population or threshold.base.population
    of = (threshold.flow.name, threshold.outcome)
    if told is None:
        return Cleared(Verdict.NOT_DECIDED, "how much it varies from person to person is not known", of)
    needed = size_needed(told.differing, told.difference)
    size = people(study.names, population) if population is not None else None
    if size is None:
        return Cleared(Verdict.NOT_DECIDED, f"of how many people is not known: {_needed(threshold, told, needed)}", of)
    if not size:
        return Cleared(Verdict.NOT_DECIDED, "nobody takes part", of)
    sure = power(told.differing, told.difference, float(size))
    lucky = paid_by_chance(told.alike, told.difference, float(size))
    if sure >= POWER and lucky <= CHANCE:
        return Cleared(Verdict.PROVED, f"{_needed(threshold, told, needed)}, and there may be {int(size):,}", of)
    return _finding(study, threshold, told, needed, int(size), (sure, lucky))


def _told(threshold: Threshold) -> _Told | None:
    """Of people a share, of events a count: with two arms where the base is measured too."""
    if threshold.new.of is Of.AMOUNTS or threshold.base.of is Of.AMOUNTS:
        return None
    of, written = threshold.new.of, threshold.base.value
    for base in (written,) if written is not None else _USUAL[of]:
        by = threshold.by * base if threshold.relative else threshold.by
        new = base + by if threshold.rising else base - by
        if new >= 0 and (of is Of.EVENTS or (0 < base < 1 and new <= 1)):
            break
    else:
        return None
    arm = 0 if threshold.base.value is not None else 1
    before, after = _variance(of, base), _variance(of, new)
    return _Told(base, arm * before + after, (arm + 1) * before, float(by))


def _variance(of: Of, rate: Fraction) -> float:
    return float(rate * (1 - rate)) if of is Of.PEOPLE else float(rate)


# ---------------------------------------------------------------- words


def _needed(threshold: Threshold, told: _Told, needed: int) -> str:
    return f"{_difference(threshold)} from {_base(threshold, told)} needs about {needed:,} people{_arms(threshold)}"


def _arms(threshold: Threshold) -> str:
    return "" if threshold.base.value is not None else " on each side"


def _difference(threshold: Threshold) -> str:
    word = "rise" if threshold.rising else "fall"
    if threshold.relative:
        return f"a {word} by {_percent(threshold.by)}"
    return f"a {word} of {_number(threshold.by * 100)} points"


def _base(threshold: Threshold, told: _Told) -> str:
    if threshold.new.of is Of.PEOPLE:
        return _percent(told.base)
    return f"{_number(told.base)} for each person"


def _percent(value: Fraction | float) -> str:
    return f"{_number(Fraction(round(value * 1000), 10))}%"


def _number(value: Fraction) -> str:
    tenths = round(value * 10)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def _finding(
    study: Study, threshold: Threshold, told: _Told, needed: int, size: int, sure: tuple[float, float]
) -> Finding:
    flow, (found, lucky) = threshold.flow, sure
    bound = next((each.within for each in study.liability.flows if each.flow is flow), None)
    guess = "" if threshold.base.value is not None else " (the contract writes no base rate: this one is friendly)"
    return Finding(
        of=tuple(dict.fromkeys((threshold.outcome, flow.name))),
        origin=threshold.origin,
        message=(
            f"Chance decides over {flow.name}: among at most {size:,} people {_difference(threshold)} comes about by "
            f"luck in {_percent(lucky)} of all cases, and a real one is told from luck in {_percent(found)}"
        ),
        label=f"needs about {needed:,} people{_arms(threshold)}",
        stake=bound or Fraction(0),
        argument=f"{_needed(threshold, told, needed)}{guess}, at 5% and 80%, by the normal approximation",
        details=(f"Reckoned from {_base(threshold, told)}{guess}",),
        remedies=(
            Remedy(f"at least {needed:,} people{_arms(threshold)}", "a real difference is told from luck in 80%"),
            Remedy("a line that depends on how many there are", "few people then have to show more"),
            Remedy("pay for each case from the first, without a line", "luck is then paid in proportion, both ways"),
        ),
    )


_FEW = """participant Jobseeker, joins on Referral between 1 April 2024 and 31 March 2026, once,
  selected by the Jobcentre, up to 100"""
_RATE = """insert define Job Rate of each Referral Cohort as the proportion of Jobseekers with a Lasting Job
insert define Usual Rate as 30%
insert outcome Better Rate of a Referral Cohort
  when Job Rate is at least 5 percentage points above Usual Rate
  once
insert payment Rate Bonus: Council pays the Provider £1,000 for each Better Rate"""

RULE = Rule(
    code="OC21",
    name="cohort-too-small-to-tell",
    severity=Severity.WARNING,
    means=Means.STATISTICS,
    summary="A payment turns on a difference of rates among so few people that chance decides.",
    rationale=(
        "Of thirty people three more or fewer find work in any year. A bonus for five points more is then a lottery: "
        "it is often paid for nothing, and real success often goes unpaid. A fall of a tenth from 60% needs about "
        "1,064 people on each side before it can be told from chance."
    ),
    guards=(
        "with as many people as may take part luck alone is paid in at most 5%, and a real difference is seen in 80%",
        "without a number of people it is not decided, and the number that would be needed is said",
        "without a base rate one is taken at which few people suffice (80%, else 50% or 20%; two events for each)",
    ),
    blind="Sums that vary from person to person (days, money), groups smaller than all who may take part.",
    source="Peterborough design",
    bad=f"delete Jobseeker\ninsert {_FEW}\n{_RATE}",
    good=_RATE.replace("5 percentage points", "10 percentage points"),
    check=check,
)
