"""What is not decided, or not verified, on the day of the account."""

from __future__ import annotations

from typing import NamedTuple

from outcomelang.core import ir
from outcomelang.evaluation.scope import Num, Scope


class Waited(NamedTuple):
    """One thing that is not decided or not verified: under which payment, what, whose, and until when. `worth` is what
    is left to pay of a unit that is paid in parts."""

    flow: ir.Flow
    what: str
    verdict: str
    scope: Scope
    until: int | None
    worth: Num | None = None


class Waiting:
    """What is not decided on the day of the account: by (what, verdict) how many, the first one, the earliest day."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], tuple[int, str, int | None]] = {}
        self.each: list[Waited] | None = None
        """Everything that was added, where somebody wants to see it one by one."""
        self.shared: frozenset[str] = frozenset()
        """Outcomes that several payments wait for: a subject counts once under each."""
        self._seen: set[tuple[object, ...]] = set()

    def add(self, waited: Waited) -> None:
        """Count it, and keep it if each is wanted."""
        if self.each is not None:
            self.each.append(waited)
        if waited.what in self.shared:
            key = waited.what, waited.verdict, waited.scope.key
            if key in self._seen:
                return
            self._seen.add(key)
        self.count(waited.what, waited.verdict, waited.scope.label, waited.until)

    def count(self, what: str, verdict: str, subject: str, until: int | None) -> None:
        count, first, day = self.found.get((what, verdict), (0, subject, until))
        if day is None or (until is not None and until < day):
            day = until
        self.found[what, verdict] = (count + 1, min(first, subject), day)
