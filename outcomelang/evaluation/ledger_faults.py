"""What can be wrong with an earlier ledger: each mistake by name, why it is refused and what mends it."""

from __future__ import annotations

from outcomelang.diagnostic import Diagnostic, Remedy, UsageError
from outcomelang.evaluation.log.errors import Fault

UNREADABLE = Fault(
    "OL411",
    "unreadable-ledger",
    "is no ledger that can be read back",
    "Name the file that `outcomelang evaluate --format json` wrote for the earlier account",
    "Adjustments are made against the entries of an earlier ledger, as `evaluate --format json` wrote them. A "
    "statement in text, or the entries as CSV, does not say on which day the account stood or how its lines add up.",
)
NOT_ADDING_UP = Fault(
    "OL412",
    "ledger-does-not-add-up",
    "does not add up",
    "Take the ledger as it was written, or evaluate the earlier account again from its log",
    "Earned, less what was cut, plus rounding is the amount of every entry; entries make the lines, and lines the "
    "total. Where that is not so, the file was changed after it was written, and adjustments to it settle nothing.",
)
OTHER_CONTRACT = Fault(
    "OL413",
    "ledger-of-another-contract",
    "is the account of another contract",
    "Evaluate the earlier account again under this contract, or this one under the contract of the earlier account",
    "Adjustments say what has changed in the facts. Between two contracts the terms differ as well; the digest, which "
    "stands on every statement, tells them apart.",
)
OTHER_CURRENCY = Fault(
    "OL414",
    "ledger-of-another-currency",
    "is an account in another currency",
    "Name the ledger of an account under this contract",
    "An account is kept in the one currency of its contract; amounts in two currencies cannot be set against each "
    "other.",
)
LATER_DAY = Fault(
    "OL415",
    "ledger-of-a-later-day",
    "is an account of a later day",
    "Choose a day of the account that is not before that of the earlier ledger",
    "An account adjusts one that was given before it: the day of the earlier ledger is this account's day or an "
    "earlier one.",
)
FAULTS = (UNREADABLE, NOT_ADDING_UP, OTHER_CONTRACT, OTHER_CURRENCY, LATER_DAY)


class Unfit(Exception):
    """What is wrong with the ledger, as the end of a sentence that begins with its name."""

    def __init__(self, fault: Fault, said: str) -> None:
        self.fault, self.said = fault, said
        super().__init__(said)


def refused(name: str, problem: Unfit) -> UsageError:
    """The error a caller meets."""
    fault = problem.fault
    return UsageError(
        (Diagnostic(fault.code, fault.name, f"{name} {problem.said}.", remedies=(Remedy(fault.remedy),)),)
    )


def quoted(text: str) -> str:
    """A name from the ledger, cut after 80 characters."""
    return f"“{text}”" if len(text) <= 80 else f"“{text[:80]}…”"
