"""What is known of a condition, as columns of a sheet: its standing, its day and the rows on which it rests."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from sqlglot import exp

from outcomelang.relational import evidence as ev
from outcomelang.relational import primitives as p
from outcomelang.relational.evidence import NO_ROWS, Evidence
from outcomelang.relational.sheets import Sheet

E = exp.Expr
FAILED, MET, OPEN, LEFT_OUT = 0, 1, 2, 3


@frozen
class Verdict:
    """`standing` is one of the four numbers; `day` is NULL where it is not known."""

    standing: E
    day: E
    rows: Evidence = NO_ROWS

    @property
    def met(self) -> E:
        return self.stands(MET)

    def stands(self, standing: int) -> E:
        if isinstance(self.standing, exp.Literal):
            return p.flag(self.standing.this == str(standing))
        return p.same(self.standing, p.whole(standing))


def always(standing: int, day: E) -> Verdict:
    return Verdict(p.whole(standing), day)


def kept(sheet: Sheet, hint: str, verdict: Verdict) -> Verdict:
    """The same as columns of a sheet, so that it is reckoned once."""
    return Verdict(
        sheet.let(f"{hint} standing", verdict.standing),
        sheet.let(f"{hint} day", verdict.day),
        ev.kept(sheet, hint, verdict.rows),
    )


def chosen(cases: Sequence[tuple[E, Verdict]], otherwise: Verdict) -> Verdict:
    """The verdict of the first case that holds."""
    return Verdict(
        p.case(*((test, each.standing) for test, each in cases), default=otherwise.standing),
        p.case(*((test, each.day) for test, each in cases), default=otherwise.day),
        ev.chosen([*((test, each.rows) for test, each in cases), (p.flag(True), otherwise.rows)]),
    )


def combined(sheet: Sheet, hint: str, parts: Sequence[Verdict], least: int | None) -> Verdict:
    """`evaluation.verdict.combined`: met on the day of the `least`-th part that is met (None: of all that apply)."""
    parts = [kept(sheet, hint, part) for part in parts]
    applies = _count(*(p.fails(part.stands(LEFT_OUT)) for part in parts))
    met = sheet.let(f"{hint} met", _count(*(part.met for part in parts)))
    waiting = _count(*(part.stands(OPEN) for part in parts))
    wanted = sheet.let(f"{hint} wanted", applies if least is None else p.whole(least))
    days = sheet.let(f"{hint} order", _ordered(parts, MET))
    failures = sheet.let(f"{hint} failures", _ordered(parts, FAILED))
    is_met, is_open = p.at_most(wanted, met), p.at_most(wanted, p.plus(met, waiting))
    failed = _count(*(part.stands(FAILED) for part in parts))
    spare = p.case(
        (p.above(wanted, applies), p.plus(failed, p.minus(applies, wanted))), default=p.minus(applies, wanted)
    )
    decisive = sheet.let(f"{hint} decisive", p.element(failures, p.plus(spare, p.whole(1))))
    nth = p.case((p.above(wanted, p.whole(0)), p.element(days, wanted)))
    none = p.same(applies, p.whole(0))
    opens = [p.case((part.stands(OPEN), part.day)) for part in parts]
    standing = p.case(
        (none, p.whole(LEFT_OUT)), (is_met, p.whole(MET)), (is_open, p.whole(OPEN)), default=p.whole(FAILED)
    )
    day = p.case(
        (none, p.NULL_DAY),
        (is_met, _known_day(p.field(nth, "day"))),
        (is_open, p.greatest(*opens)),
        default=_known_day(p.field(decisive, "day")),
    )
    rows = _rows(sheet, hint, parts, days, wanted, p.all_of(p.fails(none), is_met), decisive)
    return Verdict(standing, day, rows)


NO_DAY = p.FIRST
"""Stands for a day that is not known where verdicts are put in order: none comes before it."""


def _known_day(day: E) -> E:
    return exp.Nullif(this=day, expression=NO_DAY)


def _count(*tests: E) -> E:
    counted = [p.case((test, p.whole(1)), default=p.whole(0)) for test in tests]
    total = counted[0]
    for each in counted[1:]:
        total = p.plus(total, each)
    return total


def _ordered(parts: Sequence[Verdict], standing: int) -> E:
    """The parts that stand so, by their days, as they are written where days are equal."""
    entries = [
        p.case((part.stands(standing), p.structure(day=p.coalesced(part.day, NO_DAY), place=p.whole(place))))
        for place, part in enumerate(parts)
    ]
    return exp.SortArray(this=p.without_nulls(p.listed(*entries)))


def _rows(sheet: Sheet, hint: str, parts: Sequence[Verdict], days: E, wanted: E, is_met: E, decisive: E) -> Evidence:
    """The rows of the parts that made it met, one after the other; of what failed, those of the part that decided."""
    if all(part.rows == NO_ROWS for part in parts):
        return NO_ROWS
    made = sheet.let(f"{hint} made", p.first_of(p.part_of(days, "place"), wanted))
    counts = [
        sheet.let(f"{hint} counts", p.all_of(is_met, p.holds(p.contains(made, p.whole(n))))) for n in range(len(parts))
    ]
    decides = [
        p.all_of(p.fails(is_met), p.holds(p.same(p.field(decisive, "place"), p.whole(n)))) for n in range(len(parts))
    ]
    failed = ev.chosen(list(zip(decides, (part.rows for part in parts), strict=True)))
    each = [ev.chosen([(test, part.rows)]) for test, part in zip(counts, parts, strict=True)]
    met = ev.both(*each)
    ties = p.without_nulls(
        p.listed(
            *(
                p.case((p.present(one.tie), p.structure(place=p.position(made, p.whole(n)), tie=one.tie)))
                for n, one in enumerate(each)
                if one.tie is not None
            )
        )
    )
    tie = p.field(p.element(exp.SortArray(this=ties), p.whole(1)), "tie")
    of_met = Evidence(tie, met.recorded, met.verified, met.rows)
    found = ev.chosen([(is_met, of_met), (p.flag(True), failed)])
    return ev.kept(sheet, hint, found)
