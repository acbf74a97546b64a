"""Formulas with the counts of a log put in, beside what the evaluator pays on it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.reference import Account
from outcomelang.formula.deriving import Formulas
from outcomelang.formula.evaluating import Values, value
from outcomelang.substitution.counting import counted
from outcomelang.substitution.units import Earned


@frozen
class Compared:
    """What a formula gives and what is due, in the major unit. `what` is a payment, several that share a limit, or
    nothing for the total of the contract; `until` names the step before which both were taken, if not at the end."""

    what: tuple[str, ...]
    formula: Fraction
    due: Fraction
    until: str = ""

    @property
    def agrees(self) -> bool:
        return self.formula == self.due


@frozen
class Substituted:
    """The symbols of a log, and each formula beside the account. `waiting` are payments of which something is not
    decided on the day: their formulas are those of the day on which it is."""

    values: Values
    compared: tuple[Compared, ...]
    waiting: tuple[str, ...]


def substituted(of: Formulas, log: EventLog, as_of: date | None = None) -> Substituted:
    """The formulas on a log, and the account of the same log."""
    account = Account(of.contract, log, as_of)
    return on(of, account, account.prepare())


def on(of: Formulas, account: Account, meaning: Meaning) -> Substituted:
    """The formulas on an account that stands ready."""
    earned = Earned(account, meaning)
    values = counted(of, earned)
    scale = 10**of.contract.minor_digits
    paid: dict[str, Fraction] = {}
    for draft in earned.due:
        name = draft.flow.name
        paid[name] = paid.get(name, Fraction(0)) + Fraction(draft.sign * draft.amount) / scale
    compared = [
        Compared((each.name,), value(each.due, values), paid.get(each.name, Fraction(0)))
        for each in of.payments
        if each.due is not None
    ]
    for each in of.shared:
        names = (*each.payments, *each.lines) or (each.title,)
        compared.append(
            Compared(names, value(each.due, values), sum((paid.get(n, Fraction(0)) for n in names), Fraction(0)))
        )
    for without in of.without:
        alone = sum(each.payments == without.payments for each in of.without) == 1
        if without.before is not None and without.stage is not None and alone:
            sums = earned.before[without.stage]
            due = sum((sums.get(n, Fraction(0)) for n in without.payments), Fraction(0)) / scale
            compared.append(Compared(without.payments, value(without.before, values), due, f"before {without.step}"))
    if of.total is not None:
        compared.append(Compared((), value(of.total, values), sum(paid.values(), Fraction(0))))
    waiting = {each.what for each in earned.pending if each.verdict == "open"}
    return Substituted(values, tuple(compared), tuple(name for name in _measured(of.contract) if name in waiting))


def _measured(contract: ir.Contract) -> tuple[str, ...]:
    """Payments whose amount stands as a quantity in the formula: it has a value before it is decided."""
    return tuple(dict.fromkeys(flow.name for flow in contract.flows if isinstance(flow.driver, ir.EachUnit)))
