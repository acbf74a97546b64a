"""What a rule says: a loophole with its verdict and history, or that there is none."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.histories.history import History


class Verdict(StrEnum):
    """How sure it is. Never fewer than four: what could not be decided is never shown as safe."""

    WITNESS = "witness"
    """A history exists; the evaluator replayed it and the money is what is claimed."""
    PROVED = "proved"
    """For this text, for any number of people and events; the argument is one line."""
    NONE_FOUND = "none found"
    """Complete up to so many people and events, which the argument names."""
    NOT_DECIDED = "not decided"
    """Out of budget, or something the analysis does not cover; the argument says what was tried."""


@frozen
class Told:
    """A history and what it pays in all (minor units): replayed before anybody sees it. `title` tells two apart."""

    history: History
    total: Fraction
    title: str = ""


@frozen
class Witness:
    """The histories that show it: one, or two that are compared (as it was, and had one thing been otherwise).

    `so` says in one sentence what follows from them.
    """

    told: tuple[Told, ...]
    so: str


@frozen
class Finding:
    """A loophole in one place of a contract.

    `of` are the names of the payments, outcomes, limits … that it is about, the first of which is where it is shown;
    with the rule it is the key of a finding, so it names clauses and never lines. `message` is one sentence with the
    consequence first, `label` stands under the clause. `stake` is the money at stake in minor units, by which findings
    are ranked. `argument` says in one line how it was decided. `severity` where it is not that of the rule.
    """

    of: tuple[str, ...]
    origin: ir.Origin
    message: str
    stake: Fraction = Fraction(0)
    verdict: Verdict = Verdict.PROVED
    witness: Witness | None = None
    argument: str = ""
    label: str = ""
    details: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    related: tuple[tuple[ir.Origin, str], ...] = field(default=())
    severity: Severity | None = None


@frozen
class Cleared:
    """What a rule can say in a contract's favour: proved, none found, or not decided, with the argument."""

    verdict: Verdict
    argument: str
    of: tuple[str, ...] = ()


Said = Finding | Cleared
