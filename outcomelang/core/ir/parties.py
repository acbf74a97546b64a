"""Who the contract is between, and who must say what before a fact or an outcome counts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.facts import Spelling
    from outcomelang.core.ir.payments import Delay


@node
class Party(Node):
    name: str
    role: str
    description: str = ""
    independent: bool = False
    logged: tuple[str, ...] = ()
    logged_from: tuple[Spelling, ...] = ()


@node
class JointParty(Node):
    """Parties that carry every unit together, each its share; all but `odd_units_to` are rounded, it has the rest."""

    name: str
    shares: tuple[tuple[str, Fraction], ...]
    odd_units_to: str | None


@node
class Verification(Node):
    """Who verifies, and what silence means: after `silence_days` from the day it became known, verified or rejected."""

    by: tuple[str, ...]
    silence_days: int | None = None
    silence_months: int | None = None
    silence_verifies: bool = False
    silence_working: int = 0
    """Working days, in place of days and months."""


@node
class Ruling(Node):
    """What must be said of an outcome, or of a payment, by row of the log before it counts.

    `kind`: decided (a judgement), verified, or evidenced (then `by` are kinds of evidence and nobody says no). With
    `within`, silence counts as `silence` once so long has passed since it became known.
    """

    kind: str
    by: tuple[str, ...]
    within: Delay | None = None
    silence: bool = False
