"""What the contract says of itself: assumptions, worked examples, and findings that its parties accept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from outcomelang.surface.ast.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.conditions import Condition
    from outcomelang.surface.ast.parts import Cite, OfEach
    from outcomelang.surface.ast.selections import With, Without
    from outcomelang.surface.ast.words import Date, Literal_, Money, Number, Ref, Term, Text


@node
class Assume(Node):
    """`assume [for each S:] CONDITION`; `at most 3 Sessions` is about their number, `between` takes in both ends"""

    condition: Condition
    subject: OfEach | None = None
    cite: Cite | None = None


@node
class Accept(Node):
    """`accept same-outcome-paid-twice because "…" until D`"""

    rule: str
    because: Text
    until: Date | None = None
    cite: Cite | None = None


@node
class Fact(Node):
    """`Payment Group "JSA 25 and over"` after a given person or a dated row"""

    name: Term
    value: Text | Literal_ | Date


@node
class DatedFact(Node):
    """`5 March 2012  Job Start of "child1", Weekly Hours 16`; of a decision `5 March 2012  [not] Ready`"""

    day: Date
    event: Term
    of: Text | None
    facts: tuple[Fact, ...] = ()
    negated: bool = False


@node
class GivenPerson(Node):
    """`given Jobseeker "A", Payment Group "…"` and the dated rows below it"""

    term: Term
    id: Text
    facts: tuple[Fact, ...]
    rows: tuple[DatedFact, ...]


@node
class GivenFigure(Node):
    """`given Reoffending Rate of "Cohort 1" 52.3%`, `given Bond Stage in "Bond Year 4" is "Late"`"""

    term: Term
    of: Text | None
    period: Text | None
    value: Literal_ | Text


@node
class GivenCount(Node):
    """`given 24 Successes with Subcontractor "Sub A" in "Quarter 1"`"""

    number: Number
    ref: Ref
    filters: tuple[With | Without, ...]
    period: Text | None


@node
class GivenRows(Node):
    """`given` and dated rows that are of nobody: what happens to the contract as a whole"""

    rows: tuple[DatedFact, ...]


Given = GivenPerson | GivenFigure | GivenCount | GivenRows


@node
class ExpectedPayment(Node):
    """`Contract Price "Cohort 1" £12,500,000`; amount None means `nothing`"""

    ref: Ref
    part: Text | None
    amount: Money | None


@node
class ExpectedTotal(Node):
    amount: Money | None


@node
class ExpectedVerdict(Node):
    """`Job Outcome "A" is [partly] achieved on D / failed on D / open until D / awaiting verification (decision …)`"""

    outcome: Ref
    part: Text | None
    verdict: Literal["achieved", "failed", "open", "awaiting verification", "awaiting decision", "awaiting evidence"]
    day: Date | None
    partly: bool = False


Expectation = ExpectedPayment | ExpectedTotal | ExpectedVerdict


@node
class Expect(Node):
    as_of: Date | None
    expectations: tuple[Expectation, ...]


@node
class Example(Node):
    title: Text
    givens: tuple[Given, ...]
    expects: tuple[Expect, ...]
