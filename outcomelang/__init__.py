"""Outcome-based contracts: readable as an agreement, compiled to a typed core, evaluated to the penny.

    from outcomelang import compile_contract, evaluate
    ledger = evaluate(compile_contract("contract.outcome"), "events.csv")

Everything here is a function or a frozen value; it is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outcomelang.api import Contract as Contract
    from outcomelang.api import check as check
    from outcomelang.api import compile_contract as compile_contract
    from outcomelang.api import evaluate as evaluate
    from outcomelang.api import find_loopholes as find_loopholes
    from outcomelang.api import status as status
    from outcomelang.diagnostic import ContractError as ContractError
    from outcomelang.diagnostic import Diagnostic as Diagnostic
    from outcomelang.diagnostic import LogError as LogError
    from outcomelang.diagnostic import OutcomeError as OutcomeError
    from outcomelang.diagnostic import Severity as Severity
    from outcomelang.diagnostic import UsageError as UsageError
    from outcomelang.evaluation.ledger import Adjustment as Adjustment
    from outcomelang.evaluation.ledger import Assumed as Assumed
    from outcomelang.evaluation.ledger import Breach as Breach
    from outcomelang.evaluation.ledger import Entry as Entry
    from outcomelang.evaluation.ledger import Ledger as Ledger
    from outcomelang.evaluation.ledger import LimitUse as LimitUse
    from outcomelang.evaluation.ledger import Line as Line
    from outcomelang.evaluation.ledger import Posted as Posted
    from outcomelang.evaluation.ledger import Standing as Standing
    from outcomelang.evaluation.ledger import Status as Status
    from outcomelang.evaluation.ledger import Undecided as Undecided
    from outcomelang.exposure.analysis import Exposure as Exposure
    from outcomelang.loopholes.finding import Verdict as Verdict
    from outcomelang.loopholes.search import Loophole as Loophole
    from outcomelang.loopholes.search import Report as Report

_HOMES = {
    "outcomelang.api": ("Contract", "check", "compile_contract", "evaluate", "find_loopholes", "status"),
    "outcomelang.diagnostic": ("ContractError", "Diagnostic", "LogError", "OutcomeError", "Severity", "UsageError"),
    "outcomelang.loopholes.finding": ("Verdict",),
    "outcomelang.loopholes.search": ("Loophole", "Report"),
    "outcomelang.evaluation.ledger": (
        "Adjustment",
        "Assumed",
        "Breach",
        "Entry",
        "Ledger",
        "LimitUse",
        "Line",
        "Posted",
        "Standing",
        "Status",
        "Undecided",
    ),
    "outcomelang.exposure.analysis": ("Exposure",),
}

__all__ = [
    "Adjustment",
    "Assumed",
    "Breach",
    "Contract",
    "ContractError",
    "Diagnostic",
    "Entry",
    "Exposure",
    "Ledger",
    "LimitUse",
    "Line",
    "LogError",
    "Loophole",
    "OutcomeError",
    "Posted",
    "Report",
    "Severity",
    "Standing",
    "Status",
    "Undecided",
    "UsageError",
    "Verdict",
    "check",
    "compile_contract",
    "evaluate",
    "find_loopholes",
    "status",
]


def __getattr__(name: str) -> object:
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module “outcomelang” has no “{name}”")
    from importlib import import_module

    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
