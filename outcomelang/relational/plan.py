"""What a relational plan is: named stages in order, each a query over the log and the stages before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from sqlglot import exp

    from outcomelang.core import ir
    from outcomelang.relational.relations import Relation


@frozen
class Stage:
    """One query. `relation` names it and says what its columns hold; `comment` says in English what it does.

    `clause` is that of the contract for which it stands ("" where it stands for none), `read` how many later stages
    read it: an engine that would compute it again each time keeps what is read twice.
    """

    relation: Relation
    query: exp.Query
    comment: str
    clause: str
    read: int


@frozen
class Refusal:
    """What the plan cannot say of a contract: `node` of which clause, and why in a sentence that a reader understands.

    The reference evaluator does it; nothing is approximated.
    """

    node: ir.Node
    clause: str
    why: str


@frozen
class Plan:
    """Stages in the order in which they can run; the last are `drafts` and `pending` (see `relations`).

    With `refusals` there are no stages.
    """

    stages: tuple[Stage, ...]
    refusals: tuple[Refusal, ...] = ()
