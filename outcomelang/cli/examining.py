"""One contract for `check`: compiled, every rule asked, and what is found as findings."""

from __future__ import annotations

import os
import traceback
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from outcomelang.diagnostic import ContractError, Diagnostic
from outcomelang.report.checked import Checked, Favour

if TYPE_CHECKING:
    from outcomelang.core.ir import Acceptance, Contract
    from outcomelang.loopholes.finding import Finding
    from outcomelang.loopholes.search import Fault, Report


@frozen
class Examined:
    """What is reported, and, of a contract that compiles, what it rests on."""

    checked: Checked
    contract: Contract | None = None
    report: Report | None = None
    notes: tuple[Diagnostic, ...] = ()
    """What the compiler notes of it."""

    @property
    def acceptances(self) -> tuple[Acceptance, ...]:
        return self.contract.acceptances if self.contract is not None else ()

    @property
    def interrupted(self) -> bool:
        return self.report is not None and self.report.interrupted


def examine(path: str, on: date, off: Collection[str]) -> Examined:
    """Everything there is to say about one contract. UsageError or OSError where it cannot be read."""
    from outcomelang.compiler import compile_path

    try:
        compiled = compile_path(path, doubts=True)
    except ContractError as error:
        return Examined(Checked(path, error.diagnostics, sources=error.sources, compiled=False))
    if compiled.is_library:
        return Examined(Checked(path, compiled.notes, sources=compiled.sources), compiled.core)
    from outcomelang.loopholes.rules import RULES
    from outcomelang.loopholes.search import find

    report = find(compiled.core, RULES, on, off=off)
    return _told(
        Examined(Checked(path, compiled.notes, sources=compiled.sources), compiled.core, report, compiled.notes)
    )


def _told(examined: Examined) -> Examined:
    """With everything that its report says."""
    from outcomelang.loopholes.diagnosis import diagnostics

    report, path = examined.report, examined.checked.path
    assert report is not None and examined.contract is not None
    said = (*examined.notes, *diagnostics(examined.contract, report))
    favours = tuple(
        Favour(each.rule.code, each.rule.name, each.said.verdict, each.said.argument, each.said.of)
        for each in report.favours
    )
    faults = tuple(_fault(path, fault) for fault in report.faults)
    checked = Checked(path, said, favours=favours, sources=examined.checked.sources, faults=faults)
    return evolve(examined, checked=checked)


def beside_each_other(examined: Sequence[Examined], on: date, off: Collection[str]) -> tuple[Examined, ...]:
    """The same, and what is found of contracts beside each other: one result that two of them pay for."""
    places = [place for place, each in enumerate(examined) if each.report is not None]
    if len(places) < 2:
        return tuple(examined)
    from outcomelang.loopholes.between import between
    from outcomelang.loopholes.rules import RULES
    from outcomelang.loopholes.rules.two_contracts_pay_one_outcome import RULE
    from outcomelang.loopholes.search import beside_others

    found: dict[int, list[Finding]] = {}
    contracts = [each.contract for each in examined if each.report is not None and each.contract is not None]
    for number, finding in between(contracts) if RULE in RULES and RULE.name not in off else ():
        found.setdefault(places[number], []).append(finding)
    done = list(examined)
    for place, findings in found.items():
        each = done[place]
        assert each.report is not None and each.contract is not None
        done[place] = _told(evolve(each, report=beside_others(each.report, each.contract, RULE, findings, on)))
    return tuple(done)


def _fault(path: str, fault: Fault) -> str:
    """A rule that went wrong; with OUTCOMELANG_DEBUG also where."""
    trace = fault.problem is not None and os.environ.get("OUTCOMELANG_DEBUG")
    where = "\n" + "".join(traceback.format_exception(fault.problem)) if trace else ""
    return f"{fault.rule.name} ({fault.rule.code}) in {path}: {fault.why[:300]}{where}"


def acceptances(examined: Collection[Examined]) -> Iterator[str]:
    """`a.outcome:12: accepted until 31 March 2027: same-outcome-paid-twice, because “…”`, each once."""
    from outcomelang.core.calendar import day_text
    from outcomelang.report.plain import one_line

    lines = []
    for each in examined:
        for said in each.acceptances:
            until = f" until {day_text(said.until.toordinal())}" if said.until is not None else ""
            place = f"{said.origin.path or each.checked.path}:{said.origin.line}"
            lines.append(f"{place}: accepted{until}: {one_line(said.rule)}, because “{one_line(said.because)}”")
    yield from dict.fromkeys(lines)
