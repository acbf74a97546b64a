"""Members of participants (the children of a family): who they are, what is theirs, and conditions on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.names import name_key
from outcomelang.evaluation.scope import Scope, of_member
from outcomelang.evaluation.selections import row_test
from outcomelang.evaluation.verdict import LEFT_OUT, Standing, Verdict, combined

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

Found = Callable[[Scope, int], list[Scope]]


def members_found(m: Meaning, member: str, tests: tuple[ir.Test, ...]) -> Found:
    """The members of the people in a subject who pass the tests, by the first row that names each; by name."""
    passing, of_one = [row_test(m, test) for test in tests], _members_of_one(m, m.members[member])

    def found(scope: Scope, until: int) -> list[Scope]:
        if scope.kind == "member":
            return [scope]
        if scope.kind == "person":
            people = [scope]
        else:
            people = [m.world.person(episode) for some in scope.people.values() for episode in some]
        return [
            one
            for person in people
            for one in of_one(person)
            if one.row is not None and one.row.day <= until and all(test(one.row, one) for test in passing)
        ]

    return found


def _members_of_one(m: Meaning, declared: ir.Member) -> Callable[[Scope], list[Scope]]:
    """A member is who is named in the attribute by a row of the event that the declaration reads.

    Rows of an event declared `of` a member are that member's when they carry the same name.
    """
    selecting = [row_test(m, test) for test in declared.tests]
    named_events = {event.name for event in m.contract.events if event.of in m.members}

    def of_one(person: Scope) -> list[Scope]:
        known = person.members.setdefault(declared.name, {})
        if not known:
            for row in person.rows_of(declared.event):
                name = row.attributes.get(declared.attribute)
                if name is not None and all(test(row, person) for test in selecting):
                    known.setdefault(name_key(str(name)), of_member(person, declared, row, named_events))
        return [known[name] for name in sorted(known)]

    return of_one


def for_members(m: Meaning, node: ir.ForMembers) -> Callable[[Scope], Verdict]:
    """`for every` (least None), `for at least n`, `for no` (0). Over nobody, every and no are left out."""
    found, judge = members_found(m, node.member, node.tests), m.condition(node.condition)

    def judged(scope: Scope) -> Verdict:
        verdicts = [verdict for one in found(scope, m.world.as_of) for verdict in [judge(one)]]
        verdicts = [verdict for verdict in verdicts if verdict.standing is not Standing.LEFT_OUT]
        if not verdicts:
            return Verdict(Standing.FAILED, None) if node.least else LEFT_OUT
        if node.least == 0:
            return _none_of(verdicts)
        return combined(verdicts, len(verdicts) if node.least is None else node.least)

    return judged


def _none_of(verdicts: list[Verdict]) -> Verdict:
    """Met once everybody has failed, on the last of those days."""
    swapped = {Standing.MET: Standing.FAILED, Standing.FAILED: Standing.MET}
    opposite = [verdict._replace(standing=swapped.get(verdict.standing, verdict.standing)) for verdict in verdicts]
    return combined(opposite, len(opposite))
