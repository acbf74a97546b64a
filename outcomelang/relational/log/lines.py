"""The lines of a text file as a relation, and their cells: what every query over a log begins with."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen
from sqlglot import exp

from outcomelang.relational.log.shapes import CELL_END, NO_CELL
from outcomelang.relational.primitives import E, text, whole

Query = exp.Select
LONGEST = 8 << 20


def call(name: str, *arguments: E) -> E:
    """A function of the engine by its name."""
    return exp.Anonymous(this=name, expressions=[each.copy() for each in arguments])


def lines_of(path: Path, line_end: str, skip: int) -> Query:
    """Each line as `line`, in the order of the file, without the first `skip`."""
    table = csv_table(path, CELL_END, "", line_end, skip, ("line",))
    return exp.select("line").from_(table)


def cut(lines: Query, separator: str) -> Query:
    """The cells of each line, as a list `cells`."""
    split = call("string_split", exp.column("line"), text(separator))
    return exp.select(exp.alias_(split, "cells")).from_(lines.subquery("text"))


@frozen
class Cells:
    """A relation of rows: each row's texts as a list `cells`, or (`apart`) one by one as `c0`, `c1` … of its width."""

    query: Query
    apart: bool
    width: int

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(apart(number) for number in range(self.width)) if self.apart else ("cells",)

    def cell(self, position: int) -> E:
        """The text at a position; NULL where a row is too short for it."""
        return (
            exp.column(apart(position))
            if self.apart
            else call("list_extract", exp.column("cells"), whole(position + 1))
        )

    def whole(self) -> E:
        """Whether a row has as many cells as there are columns."""
        if self.apart:
            return exp.true()
        return exp.EQ(this=call("len", exp.column("cells")), expression=whole(self.width))

    def together(self) -> E:
        """All texts of a row as a list."""
        return call("list_value", *map(exp.column, self.columns)) if self.apart else exp.column("cells")

    def of(self, query: Query) -> Cells:
        """The same of another relation with these columns."""
        return Cells(query, self.apart, self.width)


def apart(number: int) -> str:
    return f"c{number}"


def csv_table(path: Path, separator: str, quote: str, line_end: str, skip: int, columns: tuple[str, ...]) -> E:
    """The engine's reader with nothing left to its guesses. Every cell is text, and none is missing."""
    types = exp.Struct(expressions=[exp.PropertyEQ(this=text(name), expression=text("VARCHAR")) for name in columns])
    options: dict[str, E] = {
        "auto_detect": exp.false(),
        "header": exp.false(),
        "skip": exp.Literal.number(skip),
        "delim": text(separator),
        "quote": text(quote),
        "escape": text(quote),
        "new_line": text(line_end),
        "nullstr": text(NO_CELL),
        "max_line_size": exp.Literal.number(LONGEST),
        "columns": types,
    }
    named = [exp.EQ(this=exp.to_identifier(name), expression=value) for name, value in options.items()]
    return exp.Table(this=exp.Anonymous(this="read_csv", expressions=[text(path_text(path)), *named]))


def path_text(path: Path) -> str:
    """A path as the engine takes it: in it, the signs of patterns stand for themselves."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path.absolute()))
