"""Where a payment jumps: what it pays just below a line, on it, and just above it.

A line is met by changing one count or sum of those that the measure is made of; the others are supposed to be a
hundred (or a million pounds, or a half). What is paid there the reference evaluator says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice, pairwise, product

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import Declared, rests_on
from outcomelang.core.units import unit_of
from outcomelang.exposure.polarity import Polarity, Way
from outcomelang.exposure.reckoning import Atom, AtomOf, Supposed, atoms, reckoned
from outcomelang.exposure.supposing import Many, Setting, Supposing
from outcomelang.exposure.thresholds import Threshold, thresholds

_USUAL = {ir.Unit.MONEY: Fraction(100_000_000), ir.Unit.PERCENTAGE: Fraction(1, 2)}
USUAL = 100
"""So many there are of everything that is counted."""
_HUNDRED = Fraction(USUAL)
_LITTLE = Fraction(1, 1_000_000)
Gap = Callable[[Fraction], Fraction | None]
_BETTER = (Way.RISES, Way.FALLS)
_GRID = tuple(Fraction(each, 4) for each in (0, 1, 2, 3, 4, 6, 8, 16))


@frozen
class Step:
    """A payment clause at a line: what it pays where `moved` is a little less than needed, just so, a little more."""

    payment: str
    threshold: Threshold
    line: Fraction
    moved: AtomOf
    needed: Fraction
    below: Fraction
    at: Fraction
    above: Fraction
    usual: dict[AtomOf, Fraction]
    """What every count and sum is supposed to be."""
    setting: Setting
    greatest: Fraction
    """The most that the whole contract was seen to pay while everything else stayed the same."""

    @property
    def jump(self) -> Fraction:
        """The greater of the two changes; negative where more of what is moved pays less."""
        return max(self.at - self.below, self.above - self.at, key=abs)


@frozen
class _Met:
    """A line, what is moved to meet it, how much of that is needed, and where the line then is."""

    threshold: Threshold
    moved: AtomOf
    needed: Fraction
    line: Fraction


def steps(names: Declared, supposing: Supposing, polarity: Polarity, flows: tuple[ir.Flow, ...]) -> Iterator[Step]:
    """Every line of many that a payment clause meets, with what is paid around it."""
    found = tuple(dict.fromkeys(each for flow in flows for each in thresholds(names, flow)))
    supposed = usual(names, flows) if found else {}
    met = [way for each in found if (way := _met(names, polarity, each, supposed)) is not None]
    for setting in _settings(names, flows) if met else ():
        yield from _around(names, supposing, flows, met, supposed, setting)


def _around(
    names: Declared,
    supposing: Supposing,
    flows: tuple[ir.Flow, ...],
    met: list[_Met],
    supposed: dict[AtomOf, Fraction],
    setting: Setting,
) -> Iterator[Step]:
    clause = flows[0].card or flows[0].name
    greatest = Fraction(0)
    around: list[list[Fraction]] = []

    def paid(moved: AtomOf, value: Fraction, counted: Fraction) -> Fraction:
        nonlocal greatest
        some = many(names, flows, moved, counted, setting)
        due = supposing.paid({**supposed, moved: value}, some, setting)
        greatest = max(greatest, sum(due.values(), Fraction(0)))
        return due.get(clause, Fraction(0))

    for each in met:
        little = supposed[each.moved] * _LITTLE
        values = (max(each.needed - little, Fraction(0)), each.needed, each.needed + little)
        around.append([paid(each.moved, value, each.needed) for value in values])
    for moved in dict.fromkeys(each.moved for each in met):
        for part in (0, 2):
            paid(moved, supposed[moved] * part, supposed[moved])
    for each, (below, at, above) in zip(met, around, strict=True):
        yield Step(
            clause, each.threshold, each.line, each.moved, each.needed, below, at, above, supposed, setting, greatest
        )


def _settings(names: Declared, flows: tuple[ir.Flow, ...]) -> list[Setting]:
    """The rows of groups and the periods for which a price may differ, each in turn; at most so many."""
    by: dict[str, tuple[str, ...]] = {}
    for node in rests_on(names, flows):
        match node:
            case ir.KeyByGroup(name):
                by[name] = tuple(row.label for row in names.partitions[name].rows)
            case ir.KeyByPeriod(name):
                rows = [row for table in names.contract.tables for row in _rows_by(table, name)]
                by[name] = tuple(dict.fromkeys(rows))
            case _:
                continue
    choices = product(*([(name, label) for label in labels] for name, labels in by.items()))
    return list(islice(choices, _MOST_SETTINGS))


_MOST_SETTINGS = 6


def _rows_by(table: ir.Table, calendar: str) -> Iterator[str]:
    for place, source in enumerate(table.by):
        if source == ir.KeyByPeriod(calendar):
            yield from (key.label for row in table.rows if isinstance(key := row.keys[place], ir.LabelKey))


def usual(names: Declared, flows: tuple[ir.Flow, ...]) -> dict[AtomOf, Fraction]:
    """A value for each count and sum on which payments rest."""
    rested: list[AtomOf] = []
    for flow in flows:
        rested += atoms(names, flow.amount, flow.subject)
        if isinstance(flow.driver, ir.EachUnit):
            rested += atoms(names, flow.driver.quantity, flow.subject)
    for each in (line for flow in flows for line in thresholds(names, flow)):
        rested += [*atoms(names, each.measured, each.subject), *atoms(names, each.line, each.subject)]
    for flow in flows:
        for node in rests_on(names, flow):
            if isinstance(node, ir.Measure):
                rested += atoms(names, node.quantity, node.subject)
    return {each: _usually(each[0]) for each in rested}


def _usually(atom: Atom) -> Fraction:
    """A hundred, a million pounds or a half; of those with whom people are compared, half of that happens."""
    usual = _USUAL.get(unit_of(atom), _HUNDRED)
    match atom:
        case ir.Counted(ir.Select(ir.People(), tests, _, among)):
            return usual / 2 if among is not None and tests else usual
        case ir.Counted(ir.Select(among=str())):
            return usual / 2
        case _:
            return usual


def _met(names: Declared, polarity: Polarity, threshold: Threshold, usual: Supposed) -> _Met | None:
    """Which count brings the measure onto its line: one by which lives get better, and one that does so exactly."""
    here = threshold.subject
    rough: _Met | None = None
    counted = dict.fromkeys((*atoms(names, threshold.measured, here), *atoms(names, threshold.line, here)))
    for moved in sorted(counted, key=lambda each: polarity.quantity(each[0]) not in _BETTER):

        def gap(value: Fraction, moved: AtomOf = moved) -> Fraction | None:
            supposed = {**usual, moved: value}
            one = reckoned(names, threshold.measured, here, supposed)
            other = reckoned(names, threshold.line, here, supposed)
            return None if one is None or other is None else one - other

        line = reckoned(names, threshold.line, here, usual)
        needed = _zero(gap, usual[moved], line or Fraction(0))
        if needed is None or line is None:
            continue
        then = reckoned(names, threshold.line, here, {**usual, moved: needed})
        met = _Met(threshold, moved, needed, line if then is None else then)
        if gap(needed) == 0:
            return met
        rough = rough or met
    return rough


def _zero(gap: Gap, usual: Fraction, line: Fraction) -> Fraction | None:
    """Where a gap closes: exactly where it runs straight, else as near as thirty halvings come."""
    tried = sorted({part * usual for part in _GRID} | {abs(line), 2 * abs(line), abs(line) * usual})
    gaps = [(value, found) for value in tried if (found := gap(value)) is not None]
    for (low, below), (high, above) in pairwise(gaps):
        if below == 0 and above != 0:
            return low
        if above == 0 and below != 0:
            return high
        if (below < 0) != (above < 0):
            return _between(gap, low, below, high, above)
    return None


def _between(gap: Gap, low: Fraction, below: Fraction, high: Fraction, above: Fraction) -> Fraction:
    straight = low + (high - low) * below / (below - above)
    if gap(straight) == 0:
        return straight
    for _ in range(30):
        middle = (low + high) / 2
        found = gap(middle)
        if found is None or (found < 0) == (below < 0):
            low = middle
        else:
            high = middle
    return high


def many(
    names: Declared, flows: tuple[ir.Flow, ...], moved: AtomOf, counted: Fraction, setting: Setting = ()
) -> tuple[Many, ...]:
    """People and outcomes for which the clause pays one by one: as many as are counted, else a hundred."""
    number = int(counted) if isinstance(moved[0], ir.Counted) else int(_HUNDRED)
    found: list[Many] = []
    for flow in flows:
        match flow.driver, flow.subject:
            case ir.EachAchievement(outcome), ir.PerPerson(population):
                found.append((ir.Achievements(outcome), number, _labels(names, population, dict(setting))))
            case ir.OneEach(), ir.PerPerson(population):
                found.append((ir.People(population), number, _labels(names, population, dict(setting))))
            case _:
                continue
    return tuple(dict.fromkeys(found))


def _labels(names: Declared, population: str, setting: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """They belong to the first row of every group, unless the setting names another."""
    groups = (each for each in names.contract.partitions if each.of == population)
    return tuple((each.name, setting.get(each.name, each.rows[0].label)) for each in groups if each.rows)
