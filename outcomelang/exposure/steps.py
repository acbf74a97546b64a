"""Where a payment jumps: what it pays just below a line, on it, and just above it.

A line is met by changing one count or sum of those that the measure is made of; the others are supposed to be a
hundred (or a million pounds, or a half). What is paid there the reference evaluator says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import Declared, rests_on
from outcomelang.core.invariants import unit_of
from outcomelang.exposure.reckoning import Atom, Supposed, atom_name, atoms, reckoned
from outcomelang.exposure.supposing import Many, Supposing
from outcomelang.exposure.thresholds import Threshold, thresholds

_USUAL = {ir.Unit.MONEY: Fraction(100_000_000), ir.Unit.PERCENTAGE: Fraction(1, 2)}
_HUNDRED = Fraction(100)
_LITTLE = Fraction(1, 1_000_000)
Gap = Callable[[Fraction], Fraction | None]
_GRID = tuple(Fraction(each, 4) for each in (0, 1, 2, 3, 4, 6, 8, 16))


@frozen
class Step:
    """A payment clause at a line: what it pays where `moved` is a little less than needed, just so, a little more."""

    payment: str
    threshold: Threshold
    line: Fraction
    moved: Atom
    of: ir.Subject
    needed: Fraction
    below: Fraction
    at: Fraction
    above: Fraction
    greatest: Fraction
    """The most that it was seen to pay while everything else stayed the same."""

    @property
    def jump(self) -> Fraction:
        """The greater of the two changes; negative where more of what is moved pays less."""
        return max(self.at - self.below, self.above - self.at, key=abs)


def steps(names: Declared, supposing: Supposing, flows: tuple[ir.Flow, ...]) -> Iterator[Step]:
    """Every line of many that a payment clause meets, with what is paid around it."""
    clause = flows[0].card or flows[0].name
    found = tuple(dict.fromkeys(each for flow in flows for each in thresholds(names, flow)))
    if not found:
        return
    usual = _usual(names, flows, found)
    met = [(each, *way) for each in found if (way := _met(names, each, usual)) is not None]
    greatest = Fraction(0)
    around: list[tuple[Fraction, Fraction, Fraction]] = []
    for _, atom, subject, needed, _ in met:
        name = atom_name(atom, subject)
        little = usual[name] * _LITTLE
        many = _many(names, flows, atom, needed, subject)
        paid = [
            supposing.paid({**usual, name: value}, many).get(clause, Fraction(0))
            for value in (max(needed - little, Fraction(0)), needed, needed + little)
        ]
        around.append((paid[0], paid[1], paid[2]))
        greatest = max(greatest, *map(abs, paid))
    for name, atom, subject in {atom_name(a, s): (atom_name(a, s), a, s) for _, a, s, _, _ in met}.values():
        for part in (Fraction(0), Fraction(1, 2), Fraction(2)):
            value = usual[name] * part
            full = _many(names, flows, atom, max(value, usual[name]), subject)
            greatest = max(greatest, abs(supposing.paid({**usual, name: value}, full).get(clause, Fraction(0))))
    for (threshold, atom, subject, needed, line), (below, at, above) in zip(met, around, strict=True):
        yield Step(clause, threshold, line, atom, subject, needed, below, at, above, greatest)


def _usual(names: Declared, flows: tuple[ir.Flow, ...], found: tuple[Threshold, ...]) -> dict[str, Fraction]:
    """A value for each count and sum on which the payment rests."""
    rested: list[tuple[Atom, ir.Subject]] = []
    for flow in flows:
        rested += atoms(names, flow.amount, flow.subject)
        if isinstance(flow.driver, ir.EachUnit):
            rested += atoms(names, flow.driver.quantity, flow.subject)
    for each in found:
        rested += [*atoms(names, each.measured, each.subject), *atoms(names, each.line, each.subject)]
    for flow in flows:
        for node in rests_on(names, flow):
            if isinstance(node, ir.Measure):
                rested += atoms(names, node.quantity, node.subject)
    return {atom_name(atom, subject): _USUAL.get(unit_of(atom), _HUNDRED) for atom, subject in rested}


def _met(
    names: Declared, threshold: Threshold, usual: Supposed
) -> tuple[Atom, ir.Subject, Fraction, Fraction] | None:
    """Which count brings the measure onto its line, how much of it is needed, and where the line then is."""
    here = threshold.subject
    moved = [*atoms(names, threshold.measured, here), *atoms(names, threshold.line, here)]
    rough: tuple[Atom, ir.Subject, Fraction, Fraction] | None = None
    for atom, subject in dict.fromkeys(moved):
        name = atom_name(atom, subject)

        def gap(value: Fraction, name: str = name) -> Fraction | None:
            supposed = {**usual, name: value}
            one = reckoned(names, threshold.measured, here, supposed)
            other = reckoned(names, threshold.line, here, supposed)
            return None if one is None or other is None else one - other

        line = reckoned(names, threshold.line, here, usual)
        needed = _zero(gap, usual[name], line or Fraction(0))
        if needed is None or line is None:
            continue
        if gap(needed) == 0:
            return atom, subject, needed, reckoned(names, threshold.line, here, {**usual, name: needed}) or line
        rough = rough or (atom, subject, needed, line)
    return rough


def _zero(gap: Gap, usual: Fraction, line: Fraction) -> Fraction | None:
    """Where a gap closes: exactly where it runs straight, else as near as forty halvings come."""
    tried = sorted({part * usual for part in _GRID} | {abs(line), 2 * abs(line), abs(line) * usual})
    gaps = [(value, found) for value in tried if (found := gap(value)) is not None]
    for (low, below), (high, above) in zip(gaps, gaps[1:], strict=False):
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
    for _ in range(40):
        middle = (low + high) / 2
        found = gap(middle)
        if found is None or (found < 0) == (below < 0):
            low = middle
        else:
            high = middle
    return high


def _many(
    names: Declared, flows: tuple[ir.Flow, ...], atom: Atom, value: Fraction, subject: ir.Subject
) -> tuple[Many, ...]:
    """People and outcomes for which the clause pays one by one: as many as are counted, else a hundred."""
    counted = int(value) if isinstance(atom, ir.Counted) else int(_HUNDRED)
    labels = ()
    if isinstance(subject, ir.PerGroup):
        labels = ((subject.partition, names.partitions[subject.partition].rows[0].label),)
    found: list[Many] = []
    for flow in flows:
        match flow.driver, flow.subject:
            case ir.EachAchievement(outcome), ir.PerPerson():
                found.append((ir.Achievements(outcome), counted, labels))
            case ir.OneEach(), ir.PerPerson(population):
                found.append((ir.People(population), counted, labels))
            case _:
                continue
    return tuple(dict.fromkeys(found))
