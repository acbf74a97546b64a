"""The rows on which something rests: which comes first, when the last became known and was verified, and all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp

from outcomelang.relational import primitives as p
from outcomelang.relational.sheets import Pool, Sheet

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


@frozen
class Evidence:
    """`tie` is the id of the first row, NULL where there is none. All are None where there never is a row."""

    tie: E | None = None
    recorded: E | None = None
    verified: E | None = None
    rows: E | None = None


NO_ROWS = Evidence()


def place(row: Callable[[str], E]) -> E:
    """Where a row stands, as lists of rows hold it."""
    return p.structure(day=row("day"), id=row("id"), file=row("file"), line=row("line"))


def of_row(c: Compiler, row: Callable[[str], E]) -> Evidence:
    """One row, which is there."""
    if not c.rests:
        return NO_ROWS
    verified = row("verified_on") if c.verifies else None
    return Evidence(row("id"), row("recorded"), verified, p.listed(place(row)) if c.provenance else None)


def first_row(c: Compiler, row: Callable[[str], E]) -> E:
    """A row as a structure: the least of several is the first in the total order. Its day alone, if that suffices."""
    if not c.rests:
        return row("day")
    fields = {name: row(name) for name in ("day", "id", "recorded", "file", "line")}
    if c.verifies:
        fields["verified_on"] = row("verified_on")
    return p.structure(**fields)


def of_first(c: Compiler, sheet: Sheet, first: E) -> tuple[E, Evidence]:
    """The day of the row that was found first, and that row as evidence."""
    if not c.rests:
        return sheet.let("day", first), NO_ROWS
    day = sheet.let("day", p.field(first, "day"))
    verified = p.field(first, "verified_on") if c.verifies else None
    fields = {name: p.field(first, name) for name in ("day", "id", "file", "line")}
    rows = p.case((p.present(first), p.listed(p.structure(**fields)))) if c.provenance else None
    return day, Evidence(p.field(first, "id"), p.field(first, "recorded"), verified, rows)


def gathered(
    c: Compiler, sheet: Sheet, pool: Pool, where: Iterable[E], row: Callable[[str], E], order: tuple[E, ...] = ()
) -> Evidence:
    """All rows that pass, in the total order (or in one that puts something before it)."""
    if not c.rests:
        return NO_ROWS
    tests = tuple(where)
    before = {f"o{n}": each for n, each in enumerate(order)}
    key = p.structure(**before, day=row("day"), id=row("id"))
    first = sheet.gathered(pool, "first row", lambda w: p.filtered(exp.Min(this=key), w), tests)
    recorded = sheet.gathered(pool, "recorded", lambda w: p.filtered(exp.Max(this=row("recorded")), w), tests)
    verified, rows = None, None
    if c.verifies:
        verified = sheet.gathered(pool, "verified", lambda w: p.filtered(exp.Max(this=row("verified_on")), w), tests)
    if c.provenance:
        rows = sheet.gathered(pool, "places", lambda w: p.filtered(exp.ArrayAgg(this=place(row)), w), tests)
    return Evidence(p.field(first, "id"), recorded, verified, rows)


def both(*parts: Evidence) -> Evidence:
    """The rows of several, one after the other."""

    def each(name: str) -> list[E]:
        return [value for part in parts if (value := getattr(part, name)) is not None]

    ties, recorded, verified, rows = (each(name) for name in ("tie", "recorded", "verified", "rows"))
    return Evidence(
        p.coalesced(*ties) if ties else None,
        p.greatest(*recorded) if recorded else None,
        p.greatest(*verified) if verified else None,
        (p.together(*rows) if len(rows) > 1 else rows[0]) if rows else None,
    )


def chosen(cases: Iterable[tuple[E, Evidence]]) -> Evidence:
    """The rows of the first case that holds; of none, no rows."""
    pairs = list(cases)

    def each(name: str) -> E | None:
        values = [(test, getattr(part, name)) for test, part in pairs]
        if all(value is None for _, value in values):
            return None
        return p.case(*((test, exp.null() if value is None else value) for test, value in values))

    return Evidence(each("tie"), each("recorded"), each("verified"), each("rows"))


def kept(sheet: Sheet, hint: str, found: Evidence) -> Evidence:
    """The same as columns of a sheet."""

    def each(name: str, value: E | None) -> E | None:
        return None if value is None else sheet.let(f"{hint} {name}", value)

    return Evidence(
        each("tie", found.tie), each("recorded", found.recorded), each("verified", found.verified),
        each("rows", found.rows),
    )  # fmt: skip
