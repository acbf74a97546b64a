"""Where a phrase is said: in which contract, of whom, and what of it had to be put below because it was too long."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import Factory, frozen

from outcomelang.core import ir
from outcomelang.prose.english.grammar import itemised
from outcomelang.prose.english.values import listed
from outcomelang.prose.points import Point

_WHOLE = ir.Whole()
_LONGEST, _MANY = 20, 6
"""Words of a part of a sentence, of which two make a sentence that can still be read; and names in a row."""


@frozen
class Scope:
    """`below` collects what longer parts stand for: Value A, Time B. It is emptied into the clause by `points`."""

    contract: ir.Contract
    subject: ir.Subject = _WHOLE
    below: list[Point] = Factory(list)
    names: bool = True
    """Whether long parts get names. Without, everything stands in its sentence: for a phrase that stands alone."""

    def fitted(self, text: str, kind: str = "Value", longest: int = _LONGEST) -> str:
        """The text, or a name for it where it is long; then the clause says below what the name means."""
        if len(text.split()) <= longest:
            return text
        if not self.names:
            return text if longest else f"({text})"
        for known in self.below:
            if known.text.endswith(f" means {text}."):
                return known.text.partition(" means ")[0]
        name = f"{kind} {lettered(len(self.below))}"
        self.below.append(Point(f"{name} means {text}."))
        return name

    def named(self, words: Iterable[str], kind: str, joint: str = "and") -> str:
        """A list of words; where there are many of them, a name for the list, which stands below."""
        every = tuple(words)
        if len(every) <= _MANY or not self.names:
            return listed(every, joint)
        items = itemised(tuple(map(Point, every)), joint)
        for known in self.below:
            if known.points == items:
                return known.text.partition(" are ")[0]
        name = f"{kind} {lettered(len(self.below))}"
        self.below.append(Point(f"{name} are these:" if joint == "and" else f"{name} are any of these:", items))
        return name

    def of(self, subject: ir.Subject) -> Scope:
        return Scope(self.contract, subject, self.below, self.names)

    def points(self, *said: Point) -> tuple[Point, ...]:
        """What is said, and after it what its shortened parts mean."""
        return (*said, *self.below)


def lettered(number: int) -> str:
    """A, B … Z, A1, B1 …"""
    turn, place = divmod(number, 26)
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place] + (str(turn) if turn else "")
