"""What the contract says of itself: worked examples, findings that its parties accept, and what is assumed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from outcomelang.core.ir.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.core.ir.conditions import Condition
    from outcomelang.core.ir.quantities import Const
    from outcomelang.core.ir.selections import Domain
    from outcomelang.core.ir.subjects import Subject


@node
class GivenRow(Node):
    event: str
    day: date
    attributes: tuple[tuple[str, Const], ...] = ()
    member: str | None = None


@node
class GivenRuling(Node):
    """The decision on an outcome: that it is achieved, or is not."""

    outcome: str
    day: date
    achieved: bool


@node
class GivenPerson(Node):
    """A person with rows. Stipulated rows count as recorded and verified by the right party."""

    population: str
    id: str
    labels: tuple[tuple[str, str], ...]
    rows: tuple[GivenRow | GivenRuling, ...]


@node
class GivenValue(Node):
    """A measure (or table, figure, group label) is stipulated, for one subject's label or for the whole contract."""

    name: str
    label: str
    value: Const


@node
class GivenMany(Node):
    """So many rows, achievements or people, each of somebody else where possible (see the language reference)."""

    number: int
    of: Domain
    labels: tuple[tuple[str, str], ...]
    attributes: tuple[tuple[str, Const], ...]
    period: str = ""


@node
class GivenRows(Node):
    """Rows of nobody: of the contract as a whole."""

    rows: tuple[GivenRow, ...]


Given = GivenPerson | GivenValue | GivenMany | GivenRows


@node
class ExpectedLine(Node):
    """A line (flow or card, perhaps only its part for a label or payer); minor units, always as written (positive)."""

    name: str
    part: str
    amount: int


@node
class ExpectedTotal(Node):
    amount: int


@node
class ExpectedVerdict(Node):
    """`verdict`: achieved, failed, open, awaiting verification, awaiting decision, awaiting evidence. `part`: of whom
    (a participant, cohort or period); empty for everybody."""

    outcome: str
    verdict: str
    day: date | None
    part: str = ""


Expectation = ExpectedLine | ExpectedTotal | ExpectedVerdict


@node
class Expected(Node):
    as_of: date | None
    expectations: tuple[Expectation, ...]


@node
class Example(Node):
    title: str
    givens: tuple[Given, ...]
    expects: tuple[Expected, ...]


@node
class Acceptance(Node):
    rule: str
    because: str
    until: date | None


@node
class Assumption(Node):
    """What is taken for granted of every history that is weighed: the condition holds for each of the subject.

    It changes no payment.
    """

    condition: Condition
    subject: Subject
