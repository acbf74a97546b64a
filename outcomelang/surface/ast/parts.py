"""Parts that clauses of several kinds have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcomelang.surface.ast.node import Node
from outcomelang.tree import node

if TYPE_CHECKING:
    from outcomelang.surface.ast.conditions import Condition
    from outcomelang.surface.ast.words import Date, Duration, Term, Text


@node
class Logged(Node):
    """`logged as "attached"`, perhaps `from 1 April 2015`"""

    text: Text
    since: Date | None = None


@node
class Cite(Node):
    """`clause "Schedule 4, 2.1"`"""

    text: Text


@node
class RecordedBy(Node):
    """`recorded by P or Q`; also `reported by P` of a figure"""

    parties: tuple[Term, ...]


@node
class VerifiedBy(Node):
    parties: tuple[Term, ...]


@node
class Silence(Node):
    """`within 20 days; silence counts as [not] verified`"""

    length: Duration
    verified: bool


@node
class EvidencedBy(Node):
    texts: tuple[Text, ...]


@node
class OfEach(Node):
    """A subject: `of a Jobseeker`, `of each Family in each Quarter`, `in each Quarter`, or none at all"""

    term: Term | None = None
    period: Term | None = None


@node
class OfAllTogether(Node):
    """`of all Release Cohorts together, except where …`"""

    term: Term
    except_where: Condition | None = None


Subject = OfEach | OfAllTogether
