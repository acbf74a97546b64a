"""Blanks belong to libraries: a contract says what it means itself."""

from __future__ import annotations

from outcomelang.core.from_surface.context import Elaboration
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast


def blanks_belong_to_libraries(e: Elaboration, file: ast.File) -> None:
    """Report each blank of a contract: it would be paid by its sample."""
    if any(isinstance(clause, ast.Header) and clause.is_library for clause in file.clauses):
        return
    for clause in file.clauses:
        if isinstance(clause, ast.Blank):
            e.say(
                "blank-outside-library",
                clause.span,
                f"What this contract pays would rest on a sample: “{clause.name.text}” is a blank.",
                label="a blank stands in a library only",
                remedies=(
                    Remedy("write the figure itself", "in place of the blank and of this clause"),
                    Remedy('library "…"', "instead of “contract”, where contracts are to use this file"),
                ),
            )
