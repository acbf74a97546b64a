"""One contract for `check`: compiled, every rule asked, and what is found as findings."""

from __future__ import annotations

import os
import traceback
from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from outcomelang.diagnostic import ContractError
from outcomelang.report.checked import Checked, Favour

if TYPE_CHECKING:
    from outcomelang.core.ir import Acceptance, Contract
    from outcomelang.loopholes.search import Fault, Report


@frozen
class Examined:
    """What is reported, and, of a contract that compiles, what it rests on."""

    checked: Checked
    contract: Contract | None = None
    report: Report | None = None

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
    from outcomelang.loopholes.diagnosis import diagnostics
    from outcomelang.loopholes.rules import RULES
    from outcomelang.loopholes.search import find

    report = find(compiled.core, RULES, on, off=off)
    said = (*compiled.notes, *diagnostics(compiled.core, report))
    favours = tuple(
        Favour(each.rule.code, each.rule.name, each.said.verdict, each.said.argument, each.said.of)
        for each in report.favours
    )
    faults = tuple(_fault(path, fault) for fault in report.faults)
    checked = Checked(path, said, favours=favours, sources=compiled.sources, faults=faults)
    return Examined(checked, compiled.core, report)


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
