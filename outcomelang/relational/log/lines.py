"""The lines of a text file as a relation, and their cells: what every query over a log begins with."""

from __future__ import annotations

from pathlib import Path

from sqlglot import exp

from outcomelang.relational.log.shapes import CELL_END, NO_CELL
from outcomelang.relational.primitives import E, text

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
