"""Working days and the holidays that the contract names: a CSV file beside it, read once and kept in the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from posixpath import dirname, join, normpath

from outcomelang.core import ir
from outcomelang.core.from_surface.context import Elaboration, listed
from outcomelang.core.working_days import WorkingDays
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.source import Span
from outcomelang.surface import ast

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


def nothing_beside(path: str) -> str:
    """The files beside a contract that stands alone: there are none."""
    raise FileNotFoundError(path)


# ---------------------------------------------------------------- the file


def read(e: Elaboration, clause: ast.Holidays, load: Callable[[str], str]) -> None:
    """Read the holidays of the contract; where the file is wrong, that is said, and none is missed again."""
    e.holidays = ()
    path = normpath(join(dirname(clause.span.path), clause.file.value))
    try:
        text = load(path)
    except (OSError, UnicodeDecodeError) as error:
        why = "there is no such file" if isinstance(error, FileNotFoundError) else "it cannot be read as text"
        _unreadable(e, clause.file.span, f"Nobody can say which days are working days: {why} at {path}.")
        return
    days: set[date] = set()
    for line, day in _days(text):
        if isinstance(day, str):
            where = f"line {line} of {path}" if line else path
            _unreadable(e, clause.file.span, f"Nobody can say which days are working days: {where} {day}.")
            return
        days.add(day)
    e.holidays = tuple(sorted(days))


def _days(text: str) -> Iterator[tuple[int, date | str]]:
    """The holidays with their lines; a text in place of a day is what is wrong."""
    import csv

    rows = csv.reader(text.removeprefix("\ufeff").splitlines(), strict=True)
    column = None
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if column is None:
                names = [cell.casefold() for cell in cells]
                if "date" not in names:
                    yield rows.line_num, "has no column “date”"
                    return
                column = names.index("date")
                continue
            yield rows.line_num, _day(cells[column] if column < len(cells) else "")
    except csv.Error:
        yield rows.line_num, "is not written as a CSV file"
    if column is None:
        yield 0, "is empty"


def _day(cell: str) -> date | str:
    try:
        day = date.fromisoformat(cell) if len(cell) == 10 else None
    except ValueError:
        day = None
    if day is None:
        return "does not hold a day that is written like 2026-12-25 in the column “date”"
    return day if EARLIEST <= day <= LATEST else "holds a day that is not between 1900 and 2100"


def _unreadable(e: Elaboration, span: Span, message: str) -> None:
    e.say(
        "holidays-unreadable",
        span,
        message,
        label="this file",
        remedies=(
            Remedy("date,holiday", "the first line of the file; it is looked for beside this one"),
            Remedy("2026-12-25,Christmas Day", "a line for each holiday"),
        ),
    )


# ---------------------------------------------------------------- lengths


def number(e: Elaboration, written: ast.Duration) -> int:
    """How many working days a length has. Without holidays nobody can count them."""
    e.working.append(written)
    if written.unit != "day":
        out_of_place(e, written)
    elif written.count.denominator != 1:
        e.say("part-of-a-day", written.span, "A working day is whole.", label="a whole number is needed")
    elif e.holidays is None:
        e.say(
            "holidays-missing",
            written.span,
            "Nobody can say on which day these working days end: the contract does not name its holidays.",
            label="which days are working days?",
            remedies=(
                Remedy('holidays "england.csv"', "a file beside the contract, one day a line"),
                Remedy(f"{int(written.count) * 7 // 5} days", "civil days"),
            ),
        )
    return max(int(written.count), 1)


def out_of_place(e: Elaboration, written: ast.Duration) -> None:
    """Report working days where civil days are meant, and working weeks and months, which nobody can count."""
    alone = written.unit != "day"
    e.say(
        "working-days-out-of-place",
        written.span,
        f"Nobody can say how long a working {written.unit} is: only days are working days or not."
        if alone
        else "Working days are the time that somebody has to do something; what lasts, and what comes round again, is "
        "measured in civil days.",
        label="write working days" if alone else "write days, weeks or months",
    )


def day(e: Elaboration, node: ir.WorkingDay) -> ir.Anchor:
    """A working day counted from a written date is a written date itself."""
    if not isinstance(node.anchor, ir.Fixed) or e.holidays is None:
        return node
    start, working = node.anchor.day.toordinal(), WorkingDays(e.holidays)
    found = working.from_itself(start, node.count) if node.from_itself else working.after(start, node.count)
    return ir.Fixed(date.fromordinal(found), origin=node.origin)


# ---------------------------------------------------------------- years without a holiday


def known_throughout(e: Elaboration, contract: ir.Contract) -> None:
    """Report years of the contract of which the file lists no holiday: there every weekday would be a working day."""
    if not e.working or contract.first_day is None or contract.last_claim is None:
        return
    listed_years = {day.year for day in contract.holidays}
    years = range(contract.first_day.year, contract.last_claim.year + 1)
    missing = [str(year) for year in years if year not in listed_years]
    if missing:
        which = f"{missing[0]} to {missing[-1]}" if len(missing) > 2 and _follow(missing) else listed(missing, "and")
        e.say(
            "holidays-not-listed",
            e.working[0].span,
            f"Every weekday counts as a working day in {which}: the file of holidays lists none, and the contract "
            f"reaches from {contract.first_day.year} to {contract.last_claim.year}.",
            label="counted without holidays in these years",
            remedies=(Remedy("add the holidays of these years to the file"),),
            severity=Severity.WARNING,
        )


def _follow(years: list[str]) -> bool:
    return int(years[-1]) - int(years[0]) == len(years) - 1
