"""Contracts made worse by one change, and how many of the changes that do harm are seen.

A change does harm if the reference evaluator pays more under it in some probe history, or, where an outcome becomes an
output, pays the same for less; a limit or a number that is dropped does harm, too, if the greatest sum that can be due
rises. Those that do none in any probe are set apart by computation and not by hand. A harmful change is seen if it adds
a finding, or makes one graver. What is not seen stays in the denominator.

Of the harmful ones some only make a contract cheaper to earn: half as many weeks for the same fee are another price,
and no loophole of the catalogue. They are counted apart, by computation, too (`catalogued.py`).

    python tests/loopholes/mutants.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from attrs import evolve, fields, frozen

from outcomelang.compiler import compile_path
from outcomelang.core import ir
from outcomelang.diagnostic import Severity
from outcomelang.histories.history import History
from outcomelang.loopholes import search
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.study import Study
from outcomelang.tree import Tree, nodes

if __name__ == "__main__":
    from catalogued import catalogued
else:
    from .catalogued import catalogued

ROOT = Path(__file__).parents[2]
CLEAN = Path(search.__file__).with_name("clean.outcome")
EACH = 3
"""How many changes of one kind are made to one contract."""
ON = date(2026, 1, 1)
_FLOWS = 10
_APART = (-200, 60, 200, 400)
_OF_ALL = ("a limit is dropped", "“up to” is dropped")
_GRAVE = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.NOTE: 0}


@frozen(eq=False)
class Mutant:
    """A contract with one change; `event` is what is no outcome any more."""

    kind: str
    what: str
    contract: ir.Contract
    event: str = ""


def swapped(tree: object, old: object, new: object) -> object:
    """The same tree with one node in the place of another."""
    if tree is old:
        return new
    if isinstance(tree, tuple):
        parts = tuple(swapped(each, old, new) for each in tree)
        return tree if all(one is other for one, other in zip(parts, tree, strict=True)) else parts
    if not isinstance(tree, Tree):
        return tree
    changed = {}
    for each in fields(type(tree)):
        before = getattr(tree, each.name)
        after = swapped(before, old, new)
        if after is not before:
            changed[each.name] = after
    return evolve(tree, **changed) if changed else tree


def mutants(k: ir.Contract) -> Iterator[Mutant]:
    """Every change, at most so many of one kind."""
    for made in (_no_limit, _no_number, _threshold, _window, _band, _no_comparison, _before, _output):
        for _, each in zip(range(EACH), made(k), strict=False):
            yield each


def _put(k: ir.Contract, kind: str, old: Tree, new: Tree, what: str = "") -> Mutant:
    contract = swapped(k, old, new)
    assert isinstance(contract, ir.Contract)
    return Mutant(kind, what or type(old).__name__, contract)


def _no_limit(k: ir.Contract) -> Iterator[Mutant]:
    for stage in k.stages:
        if isinstance(stage, ir.MoneyLimit | ir.CountLimit):
            left = tuple(each for each in k.stages if each is not stage)
            yield Mutant("a limit is dropped", stage.title or "limit", evolve(k, stages=left))


def _no_number(k: ir.Contract) -> Iterator[Mutant]:
    for population in k.populations:
        if population.most is not None:
            yield _put(k, "“up to” is dropped", population, evolve(population, most=None), population.name)


def _threshold(k: ir.Contract) -> Iterator[Mutant]:
    """Half of what is asked for, or twice what is allowed."""
    for node in nodes((k.outcomes, k.flows)):
        match node:
            case ir.Compares(_, comparator, ir.Const(Fraction() as value) as const) if value:
                factor = Fraction(1, 2) if comparator in (">=", ">") else Fraction(2)
                easier = evolve(node, right=evolve(const, value=value * factor))
                yield _put(k, "a threshold is moved", node, easier, f"{comparator} {value}")
            case ir.Reaches(_, ir.Const(Fraction() as value) as const) if value > 1:
                half = evolve(node, target=evolve(const, value=Fraction(value // 2)))
                yield _put(k, "a threshold is moved", node, half, f"reaches {value}")
            case _:
                continue


def _window(k: ir.Contract) -> Iterator[Mutant]:
    """Twice as long."""
    for node in nodes(k.outcomes):
        match node:
            case ir.Window(_, ir.Edge(_, months, days) as last) if months > 0 or days > 1:
                longer = evolve(node, last=evolve(last, months=2 * months, days=2 * days if days > 1 else days))
                yield _put(k, "a window is widened", node, longer, f"{months} months {days} days")
            case _:
                continue


def _band(k: ir.Contract) -> Iterator[Mutant]:
    """Two rows beside each other change their prices."""
    for table in k.tables:
        for at in range(len(table.rows) - 1):
            one, other = table.rows[at], table.rows[at + 1]
            if one.value != other.value and table.unit is ir.Unit.MONEY:
                rows = list(table.rows)
                rows[at], rows[at + 1] = evolve(one, value=other.value), evolve(other, value=one.value)
                yield _put(k, "two bands change places", table, evolve(table, rows=tuple(rows)), table.name)


def _no_comparison(k: ir.Contract) -> Iterator[Mutant]:
    """What happens anyway is paid for, too."""
    for node in nodes((k.measures, k.flows)):
        if isinstance(node, ir.Excess):
            yield _put(k, "what would happen anyway is not deducted", node, evolve(node, over=_nothing(node)))


def _nothing(node: ir.Excess) -> ir.Const:
    return ir.Const(Fraction(0), node.unit)


def _before(k: ir.Contract) -> Iterator[Mutant]:
    """What was so before joining counts."""
    for node in nodes(k.outcomes):
        if isinstance(node, ir.Reaches) and node.begun is not None:
            yield _put(k, "what began before counts", node, evolve(node, begun=None), node.state)


def _output(k: ir.Contract) -> Iterator[Mutant]:
    for event in k.events:
        if event.kind == "outcome":
            output = _put(k, "an outcome becomes an output", event, evolve(event, kind="output"), event.name)
            yield evolve(output, event=event.name)


# ---------------------------------------------------------------- what harm it does, and whether it is seen


def probes(study: Study) -> list[History]:
    """Histories in which things are due: each payment, several people, everything one person can achieve; and all that
    was achieved at other times, before joining and later."""
    told = [study.everything.history]
    for flow in study.flows[:_FLOWS]:
        earned = study.earned(flow)
        if earned is not None:
            told += [earned.history, study.nothing_achieved(earned.history), study.earning.made(flow, 12, 12, {})]
            told += [moved(study, earned.history, days) for days in _APART]
    return told


def moved(study: Study, history: History, days: int) -> History:
    """The same, and every outcome so many days later (earlier)."""
    outcomes = {event.name for event in study.contract.events if event.kind == "outcome"} - study.joining
    facts = (evolve(each, day=each.day + days) if each.event in outcomes else each for each in history.facts)
    return History(tuple(facts))


def can_cost_more(before: Study, after: Study) -> bool:
    """Whether the greatest sum that can be due has risen, or is none any more: more people than a probe can have."""
    most, now = before.liability.most, after.liability.most
    return most is not None and (now is None or now > most)


def does_harm(before: Study, after: Study, mutant: Mutant) -> bool:
    if mutant.event:
        resting = [flow for flow in before.flows if mutant.event in {each.name for each in _events(before, flow)}]
        return any(before.earned(flow) is not None for flow in resting)
    told = (*probes(before), *probes(after))
    if any(after.pay(each).total > before.pay(each).total for each in told):
        return True
    return mutant.kind in _OF_ALL and can_cost_more(before, after)


def _events(study: Study, flow: ir.Flow) -> tuple[ir.Event, ...]:
    return study.events_of(study.earned_by(flow))


def findings(k: ir.Contract) -> dict[str, int]:
    """The gravest finding of each key."""
    found: dict[str, int] = {}
    for each in search.find(k, RULES, ON).loopholes:
        found[each.key] = max(found.get(each.key, 0), _GRAVE[each.severity])
    return found


@frozen
class Measured:
    """One change: whether it does harm, and by which findings it is seen."""

    scheme: str
    kind: str
    what: str
    harmful: bool
    catalogued: str
    """What of the catalogue it is an instance of; empty for another price."""
    seen_by: tuple[str, ...]


@cache
def measured(path: Path) -> tuple[Measured, ...]:
    contract = compile_path(str(path)).core
    before, known = Study(contract), findings(contract)
    results = []
    for mutant in mutants(contract):
        after = Study(mutant.contract)
        harmful = does_harm(before, after, mutant)
        what = catalogued(before, after, probes(before) + probes(after)) if harmful else ""
        now = findings(mutant.contract) if harmful else {}
        new = tuple(sorted(key for key, grave in now.items() if grave > known.get(key, -1)))
        results.append(Measured(_scheme(path), mutant.kind, mutant.what, harmful, what, new))
    return tuple(results)


def _scheme(path: Path) -> str:
    return path.stem if path == CLEAN else path.parent.name


def paths() -> list[Path]:
    return [CLEAN, *sorted((ROOT / "contracts").glob("*/contract.outcome"))]


def page(results: list[Measured]) -> str:
    lines = [
        "| change | made | harmful | seen | loopholes of the catalogue | seen | share | another price | seen |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    kinds = dict.fromkeys(each.kind for each in results)
    for kind in (*kinds, "in all"):
        of = [each for each in results if kind in (each.kind, "in all")]
        harmful = [each for each in of if each.harmful]
        loopholes = [each for each in harmful if each.catalogued]
        prices = [each for each in harmful if not each.catalogued]
        share = f"{100 * _seen(loopholes) // len(loopholes)}%" if loopholes else "–"
        counts = (len(of), len(harmful), _seen(harmful), len(loopholes), _seen(loopholes), share, len(prices))
        lines.append(f"| {kind} | {' | '.join(map(str, counts))} | {_seen(prices)} |")
    return "\n".join(lines)


def _seen(of: list[Measured]) -> int:
    return sum(bool(each.seen_by) for each in of)


def enough(results: list[Measured], harmful: int, loopholes: int) -> bool:
    """Whether so many were made, and four in five planted loopholes, two in five harmful changes, are seen."""
    harm = [each for each in results if each.harmful]
    planted = [each for each in harm if each.catalogued]
    made = len(harm) >= harmful and len(planted) >= loopholes
    return made and 5 * _seen(planted) >= 4 * len(planted) and 5 * _seen(harm) >= 2 * len(harm)


def main() -> int:
    results = [each for path in paths() for each in measured(path)]
    print(page(results))
    if "--survivors" in sys.argv:
        for each in results:
            if each.harmful:
                why, seen = each.catalogued or "another price", "; ".join(each.seen_by) or "not seen"
                print(f"{each.scheme}: {each.kind}: {each.what}: {why}: {seen}")
    return 0 if enough(results, harmful=90, loopholes=35) else 1


if __name__ == "__main__":
    sys.exit(main())
