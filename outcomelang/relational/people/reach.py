"""How far a contract looks while one person is reckoned, as it is followed."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.core.declared import Declared

ONE, GROUP, ALL = "one", "group", "all"
"""Of whom something is read: of a person (a member, a period or a row of one), of a group, of the contract as one."""


class Far(Exception):
    """Something looks at several people: which part of the contract, and how."""

    def __init__(self, node: ir.Node, why: str) -> None:
        super().__init__(why)
        self.node, self.why = node, why


class Reach:
    """What was found so far: events read of the contract as one (`shared`), events paid by the row (`paid`), and what
    has been followed already. `clause` is that of the payment at hand, `of_people` says whether people earn it."""

    def __init__(self, d: Declared) -> None:
        self.d = d
        self.clause = ""
        self.of_people = True
        self.shared: dict[str, tuple[ir.Node, str]] = {}
        self.paid: set[str] = set()
        self._seen: set[tuple[str, str, str, bool]] = set()

    def share(self, event: str, node: ir.Node) -> None:
        self.shared.setdefault(event, (node, self.clause))

    def first(self, kind: str, name: str, whose: str) -> bool:
        """Whether this has not been followed before."""
        key = kind, name, whose, self.of_people
        new = key not in self._seen
        self._seen.add(key)
        return new
