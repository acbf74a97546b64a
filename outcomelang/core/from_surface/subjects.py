"""Of whom a thing is said: written subjects to the core's, and which measure may be read where.

A measure of a wider subject may be read from a narrower one (a cohort's rate for one of its people), never the other
way round: of several people there are several values. Only over all of them together is a measure computed anew.
"""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface.context import NOBODY, Elaboration, Scene
from outcomelang.core.scope import Sort
from outcomelang.source import Span
from outcomelang.surface import ast

_SUBJECT_SORTS = (Sort.POPULATION, Sort.COMPARISON, Sort.MEMBER, Sort.GROUP, Sort.PERIOD, Sort.EVENT)


def each(e: Elaboration, term: ast.Term) -> ir.Subject | None:
    """`of a Jobseeker`, `for each Discharge Cohort`, `of a Hip Fracture`"""
    symbol = e.find(term, "the subject", *_SUBJECT_SORTS)
    if symbol is None:
        return None
    match symbol.sort:
        case Sort.POPULATION | Sort.COMPARISON:
            return ir.PerPerson(symbol.name)
        case Sort.MEMBER:
            return ir.PerMember(symbol.name)
        case Sort.GROUP:
            return ir.PerGroup(symbol.name)
        case Sort.PERIOD:
            return ir.PerPeriod(symbol.name, ir.Whole())
        case _:
            return ir.PerRow(symbol.name)


def in_each(e: Elaboration, of: ir.Subject | None, period: ast.Term) -> ir.Subject | None:
    """`in each Quarter`, for the contract as a whole or for each `of`."""
    symbol = e.find(period, "the period", Sort.PERIOD)
    if symbol is None or of is None:
        return None
    match of:
        case ir.Whole() | ir.PerPerson() | ir.PerGroup():
            return ir.PerPeriod(symbol.name, of)
        case _:
            e.say(
                "period-does-not-fit",
                period.span,
                f"It is not clear what {period.text} means for {words(of)}, which has a day of its own.",
                label="periods go with participants, groups and the contract as a whole",
            )
            return None


def written(e: Elaboration, subject: ast.OfEach | None) -> ir.Subject | None:
    """The subject of an outcome or a definition, unless it is pooled; None is a hole."""
    if subject is None:
        return ir.Whole()
    of = each(e, subject.term) if subject.term is not None else ir.Whole()
    return in_each(e, of, subject.period) if subject.period is not None else of


def scene_of(e: Elaboration, subject: ir.Subject) -> Scene:
    """The scene in which something about the subject is read."""
    match subject:
        case ir.Whole():
            return Scene(subject, e.main_populations())
        case ir.PerPerson():
            return Scene(subject, (subject.population,) if subject != NOBODY else ())
        case ir.PerMember():
            member = e.members.get(subject.member)
            return Scene(subject, (member.of,) if member is not None else (), member=subject.member)
        case ir.PerGroup():
            return Scene(subject, people_of_partition(e, subject.partition))
        case ir.PerRow():
            return Scene(subject, people_of_event(e, subject.event), row=subject.event)
        case ir.PerPeriod() | ir.Pooled():
            return Scene(subject, scene_of(e, subject.of).populations)
        case _:
            assert_never(subject)


def people_of_partition(e: Elaboration, partition: str) -> tuple[str, ...]:
    """The population that a group divides; everybody when it divides a calendar."""
    shape = e.partitions.get(partition)
    return (shape.of,) if shape is not None and shape.of in e.populations else e.main_populations()


def people_of_event(e: Elaboration, event: str) -> tuple[str, ...]:
    """To whom rows of the event may belong."""
    of = e.event_of.get(event)
    if of is None:
        return e.main_populations()
    return (e.members[of].of,) if of in e.members else (of,)


def readable(e: Elaboration, wanted: ir.Subject, here: ir.Subject) -> bool:
    """Whether something said of `wanted` has one value for each `here`."""
    if NOBODY in (wanted, here) or (isinstance(here, ir.Pooled) and here.of == wanted):
        return True
    match wanted:
        case ir.Whole() | ir.Pooled():
            return True
        case ir.PerPerson():
            return _is_person(e, wanted.population, here)
        case ir.PerGroup():
            return _has_group(e, wanted.partition, here)
        case ir.PerPeriod():
            return (
                isinstance(here, ir.PerPeriod) and here.calendar == wanted.calendar and readable(e, wanted.of, here.of)
            )
        case ir.PerMember() | ir.PerRow():
            return here == wanted
        case _:
            assert_never(wanted)


def _is_person(e: Elaboration, population: str, here: ir.Subject) -> bool:
    match here:
        case ir.PerPerson() | ir.PerMember() | ir.PerRow():
            return population in scene_of(e, here).populations
        case ir.PerPeriod():
            return _is_person(e, population, here.of)
        case ir.Whole() | ir.PerGroup() | ir.Pooled():
            return False
        case _:
            assert_never(here)


def _has_group(e: Elaboration, partition: str, here: ir.Subject) -> bool:
    shape = e.partitions.get(partition)
    if shape is None:
        return True
    match here:
        case ir.PerGroup():
            return here.partition == partition
        case ir.PerPeriod():
            return shape.of == here.calendar or _has_group(e, partition, here.of)
        case ir.PerPerson() | ir.PerMember() | ir.PerRow():
            return shape.of in scene_of(e, here).populations or _compared(e, shape.of, here)
        case ir.Whole() | ir.Pooled():
            return False
        case _:
            assert_never(here)


def _compared(e: Elaboration, population: str, here: ir.Subject) -> bool:
    return any(e.comparisons.get(name) == population for name in scene_of(e, here).populations)


def has_day(subject: ir.Subject) -> bool:
    """Whether a payment for the subject has a day by which a period can be found (that of a row or an achievement)."""
    return isinstance(subject, ir.PerRow | ir.PerPerson | ir.PerMember)


def words(subject: ir.Subject) -> str:
    """The subject in the words of a diagnostic."""
    match subject:
        case ir.Whole():
            return "the contract as a whole"
        case ir.PerPerson():
            return f"each {subject.population}"
        case ir.PerMember():
            return f"each {subject.member}"
        case ir.PerGroup():
            return f"each {subject.partition}"
        case ir.PerRow():
            return f"each {subject.event}"
        case ir.PerPeriod(calendar, of):
            inside = f"{words(of)} " if not isinstance(of, ir.Whole) else ""
            return f"{inside}in each {calendar}".strip() if inside else f"each {calendar}"
        case ir.Pooled():
            return f"all of {words(subject.of).removeprefix('each ')} together"
        case _:
            assert_never(subject)


def must_be_readable(e: Elaboration, name: str, wanted: ir.Subject | None, here: Scene, span: Span) -> bool:
    """Report a measure or outcome that has several values where one is needed."""
    if wanted is None:
        return False
    if readable(e, wanted, here.subject):
        return True
    e.say(
        "several-values-here",
        span,
        f"“{name}” has a value for {words(wanted)}, but one value is needed for {words(here.subject)}.",
        "A value of a wider subject may be read for a narrower one, not the other way round.",
        label=f"one for {words(wanted)}",
    )
    return False
