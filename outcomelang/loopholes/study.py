"""What rules ask of a contract: what is paid in which history, what a payment rests on, what a person can be worth.

Everything is computed when it is first asked for, and once. Nothing here is random: the same contract gives the same
histories in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.declared import Declared, declared, events_in, joining_events, rests_on
from outcomelang.core.money import money
from outcomelang.exposure.liability import Liability, liability
from outcomelang.exposure.polarity import Polarity
from outcomelang.exposure.stake import payable
from outcomelang.exposure.steps import Step, steps
from outcomelang.exposure.supposing import Supposing
from outcomelang.exposure.worth import full_price, full_prices
from outcomelang.histories.earning import Earned, Earning
from outcomelang.histories.history import History
from outcomelang.histories.joining import nothing_achieved
from outcomelang.histories.joining_late import JoiningLate, TooLate
from outcomelang.histories.paid import Paid, Payer
from outcomelang.tree import Tree


@frozen(eq=False)
class Payment:
    """A payment clause: one flow, or the lines of a rate card."""

    name: str
    flows: tuple[ir.Flow, ...]

    @property
    def origin(self) -> ir.Origin:
        return self.flows[0].origin


class Study:
    """One contract under study."""

    def __init__(self, contract: ir.Contract) -> None:
        self.contract = contract
        self.names: Declared = declared(contract)
        self.pay = Payer(contract)
        self.earning = Earning(contract, self.pay)

    # ------------------------------------------------------------ the terms

    @cached_property
    def flows(self) -> tuple[ir.Flow, ...]:
        """Every payment (each line of a rate card), repayments left out."""
        return tuple(flow for flow in self.contract.flows if not flow.repays)

    @cached_property
    def repayments(self) -> tuple[ir.Flow, ...]:
        return tuple(flow for flow in self.contract.flows if flow.repays)

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        """Payment clauses in the order of the text."""
        cards: dict[str, list[ir.Flow]] = {}
        for flow in self.flows:
            cards.setdefault(flow.card or flow.name, []).append(flow)
        return tuple(Payment(name, tuple(flows)) for name, flows in cards.items())

    def rests_on(self, of: object) -> Iterator[Tree]:
        """Every node on which a part of the contract rests, through outcomes, measures, states and tables."""
        return rests_on(self.names, of)

    def events_of(self, of: object) -> tuple[ir.Event, ...]:
        """The events on whose rows a part of the contract rests."""
        return events_in(self.names, of)

    def earned_by(self, flow: ir.Flow) -> tuple[object, ...]:
        """What decides whether and how much a payment pays: its driver, gate and amount."""
        return (flow.driver, flow.gate, flow.amount, flow.subject)

    @cached_property
    def joining(self) -> frozenset[str]:
        """The events by which people come in."""
        return frozenset(event for each in self.names.populations for event in joining_events(self.names, each))

    def rests_on_an_outcome(self, flow: ir.Flow) -> bool:
        """Whether some event of kind outcome, or a figure, decides over a payment."""
        return any(each.kind in ("outcome", "figure") for each in self.events_of(self.earned_by(flow)))

    @cached_property
    def polarity(self) -> Polarity:
        """How payments change when somebody's life goes better."""
        return Polarity(self.names)

    @cached_property
    def supposing(self) -> Supposing:
        """Pays what is supposed to have been counted."""
        return Supposing(self.names)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What is paid around every line of many, for each payment and repayment clause."""
        clauses: dict[str, list[ir.Flow]] = {}
        for flow in self.contract.flows:
            clauses.setdefault(flow.card or flow.name, []).append(flow)
        return tuple(
            step
            for flows in clauses.values()
            for step in steps(self.names, self.supposing, self.polarity, tuple(flows))
        )

    @cached_property
    def payable(self) -> Fraction:
        """What the contract can pay in all, as far as written amounts say it."""
        return payable(self.names, self.liability)

    def earned_by_events(self, flow: ir.Flow) -> bool:
        """Whether anything has to happen for a payment, or to people, beyond the passing of time."""
        personal = not isinstance(flow.subject, ir.Whole | ir.PerPeriod)
        return personal or bool(self.events_of(self.earned_by(flow)))

    # ------------------------------------------------------------ histories

    def earned(self, flow: ir.Flow) -> Earned | None:
        """The smallest history found in which a payment (or repayment) is due; None: none was found."""
        return self.earning.earned(flow)

    @cached_property
    def liability(self) -> Liability:
        """The greatest amount that can be due, of each payment and in all."""
        return liability(self.names)

    @cached_property
    def full_prices(self) -> dict[str, Fraction]:
        """What one person who achieves everything is worth, by payment."""
        return full_prices(self.names)

    @cached_property
    def full_price(self) -> Fraction:
        """What one person who achieves everything is worth."""
        return full_price(self.names)

    @cached_property
    def everything(self) -> Paid:
        """One person for whom payment after payment is brought about, as long as each adds to what is due."""
        return self.earning.everything().paid

    @cached_property
    def too_late(self) -> tuple[TooLate, ...]:
        """The payments that whoever joins from some day on can no longer earn, or not in full."""
        asked = JoiningLate(self.earning)
        return tuple(late for flow in self.flows if (late := asked.of(flow)) is not None)

    def nothing_achieved(self, history: History) -> History:
        """The same people and services, and no outcome: no row of an event of kind outcome, no word on an outcome."""
        return nothing_achieved(self.contract, history)

    @cached_property
    def nobody(self) -> Paid:
        """An account of an empty log."""
        return self.pay(History())

    # ------------------------------------------------------------ words

    def money(self, minor: Fraction | int) -> str:
        """£1,234.56; whole pounds without pence."""
        said = money(Fraction(minor), self.contract.currency, self.contract.minor_digits)
        return said.removesuffix(f".{'0' * self.contract.minor_digits}") if self.contract.minor_digits else said

    def clause(self, of: ir.Flow | ir.Outcome | ir.Stage) -> str:
        """How people point at a clause: “clause 2.1”, else its name."""
        if of.origin.clause:
            return f"clause {of.origin.clause}"
        return of.name if isinstance(of, ir.Flow | ir.Outcome) else getattr(of, "title", "") or "the limit"


def percent(part: Fraction, whole: Fraction) -> str:
    """80% or 12.5%: to one decimal, for people."""
    if not whole:
        return "0%"
    tenths = round(part / whole * 1000)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def largest(amounts: Iterable[Fraction]) -> Fraction:
    return max(amounts, default=Fraction(0))
