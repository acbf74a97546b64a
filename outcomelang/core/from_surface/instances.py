"""How each instance of a subject is called: whom an example may name, and where it names nobody.

An example that expects nothing of somebody who is not there, or gives something to nobody, would always pass; so
whatever it names must be one of these.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import assert_never

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY, shift
from outcomelang.core.from_surface.context import Elaboration, alike
from outcomelang.core.names import name_key
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast

_SHOWN = 6


@frozen
class Called:
    """Every name that fits. Labels are compared as logs write them, people as they stand, periods are numbered.

    `open_ended`: something of it could not be read, so that any name may fit.
    """

    labels: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    open_ended: bool = False

    def and_(self, other: Called) -> Called:
        return Called(
            tuple(dict.fromkeys((*self.labels, *other.labels))),
            tuple(dict.fromkeys((*self.people, *other.people))),
            tuple(dict.fromkeys((*self.calendars, *other.calendars))),
            self.open_ended or other.open_ended,
        )


NOBODY_CALLED = Called()
ANYBODY = Called(open_ended=True)


@frozen
class Given:
    """The people of one example, and their members as their rows name them."""

    people: tuple[str, ...]
    again: tuple[str, ...]
    """How a second and later participation of somebody is called."""
    members: dict[str, tuple[tuple[str, str], ...]]
    """By kind of member: whose, and which name."""


NOBODY_GIVEN = Given((), (), {})


def given_in(e: Elaboration, clause: ast.Example) -> Given:
    """Whom an example gives."""
    people = [given for given in clause.givens if isinstance(given, ast.GivenPerson)]
    again = [f"{each.id.value} ({n})" for each in people for n in range(2, len(each.rows) + 1)]
    members = {name: tuple(_members(e, member, people)) for name, member in e.members.items()}
    return Given(tuple(dict.fromkeys(each.id.value for each in people)), tuple(again), members)


def _members(e: Elaboration, member: ir.Member, people: Iterable[ast.GivenPerson]) -> Iterable[tuple[str, str]]:
    for person in people:
        for row in person.rows:
            symbol = e.scope.find(row.event.text)
            if symbol is None or symbol.name != member.event:
                continue
            for fact in row.facts:
                known = e.scope.attribute(member.event, fact.name.text)
                if known is not None and known.name == member.attribute and isinstance(fact.value, ast.Text):
                    yield person.id.value, fact.value.value


def called(e: Elaboration, subject: ir.Subject | None, given: Given) -> Called:
    """The names of all instances of a subject."""
    match subject:
        case None:
            return ANYBODY
        case ir.Whole():
            return NOBODY_CALLED
        case ir.PerPerson(population):
            return Called(people=(*given.people, *given.again), open_ended=not population)
        case ir.PerRow():
            return Called(people=(*given.people, *given.again))
        case ir.PerMember(member):
            named = given.members.get(member)
            return Called(tuple(f"{whose}, {name}" for whose, name in named)) if named is not None else ANYBODY
        case ir.PerGroup(partition):
            return labels_of(e, partition)
        case ir.PerPeriod(calendar, of):
            return Called(calendars=(calendar,)).and_(called(e, of, given))
        case ir.Pooled(of):
            return called(e, of, given)
        case _:
            assert_never(subject)


def labels_of(e: Elaboration, partition: str) -> Called:
    """The rows of a group or cohort."""
    shape = e.partitions.get(partition)
    return Called(shape.labels) if shape is not None else ANYBODY


def meant(e: Elaboration, names: Called, text: str) -> str | None:
    """The name that a text means; the text itself where any may fit; None where nothing is called so."""
    if text in names.people or text in names.labels:
        return text
    key = name_key(text)
    found = next((label for label in names.labels if name_key(label) == key), None)
    if found is None:
        found = next((period for each in names.calendars if (period := _period(e, each, text)) is not None), None)
    return found if found is not None else text if names.open_ended else None


def _period(e: Elaboration, calendar: str, text: str) -> str | None:
    """`Quarter 3`, as the statement writes it, where the calendar has so many periods."""
    key, word = name_key(text), name_key(calendar)
    digits = key.removeprefix(word)
    if calendar not in e.calendars:
        return text
    if not key.startswith(word) or not _is_number(digits):
        return None
    return f"{calendar} {int(digits)}" if 1 <= int(digits) <= _periods_of(e, calendar) else None


def _is_number(digits: str) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) <= 7


def _periods_of(e: Elaboration, calendar: str) -> int:
    """How many periods begin within the calendar's and the contract's time."""
    shape = e.calendars[calendar]
    first, ends = shape.first.toordinal(), shape.last or e.last_day
    last = max(ends.toordinal(), first) if ends is not None else LAST_DAY
    return bisect_right(range(LAST_DAY), last, key=lambda n: shift(first, shape.months * n, shape.days * n))


def _periods(calendar: str, count: int) -> str:
    return f"“{calendar} 1” to “{calendar} {count}”" if count > 1 else f"“{calendar} 1”"


def named_or_told(e: Elaboration, at: ast.Text, names: Called, said: str) -> str:
    """The name that a quoted text means; where nothing is called so, that is told: `said` says what comes of it."""
    found = meant(e, names, at.value)
    if found is not None:
        return found
    near = _near(at.value, names)
    own = [*names.labels, *names.people]
    known = [f"“{name}”" for name in own[:_SHOWN]] + (["…"] if len(own) > _SHOWN else [])
    known += [_periods(calendar, _periods_of(e, calendar)) for calendar in names.calendars if calendar in e.calendars]
    e.say(
        "example-of-nobody",
        at.span,
        said,
        *([f"What may stand here: {', '.join(known)}."] if known else []),
        label=f"did you mean “{near[0]}”?" if near else "nothing here is called so",
        remedies=tuple(Remedy(f'"{name}"') for name in near),
    )
    return at.value


def _near(text: str, names: Called) -> list[str]:
    """What may have been meant: a name like it, the member of that name, a period with its word misspelt."""
    found = alike(text, (*names.labels, *names.people))
    whose = [label for label in names.labels if label.endswith(f", {text}")][:2]
    word, _, number = text.rpartition(" ")
    periods = [f"{name} {number}" for name in alike(word, names.calendars) if _is_number(number) and name != word]
    return found or whose or periods
