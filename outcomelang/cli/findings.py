"""Diagnostics in the format that was asked for: those that every command with findings knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from outcomelang.diagnostic import Diagnostic
from outcomelang.report.counting import counted as counted
from outcomelang.report.counting import plural as plural
from outcomelang.report.plain import one_line
from outcomelang.report.style import Style
from outcomelang.source import Source

FORMATS = ("text", "concise", "json", "jsonl")
MOST = 100
"""Of how many places in one file the same is told in full."""


def show(diagnostics: Sequence[Diagnostic], sources: Sequence[Source], form: str, style: Style) -> str:
    """The findings as one text that is safe to print, in the order given."""
    match form:
        case "json":
            from outcomelang.report.machine import as_json

            return as_json(diagnostics)
        case "jsonl":
            from outcomelang.report.machine import as_json_lines

            return as_json_lines(diagnostics)
        case "concise":
            from outcomelang.report.concise import concise

            return "".join(f"{concise(d)}\n" for d in diagnostics)
        case _:
            from outcomelang.report.text import text

            by_path = {source.path: source for source in sources}
            told, left_out = screenfuls(diagnostics)
            return "\n\n".join([*(text(d, by_path, style) for d in told), *left_out])


def screenfuls(diagnostics: Sequence[Diagnostic]) -> tuple[list[Diagnostic], list[str]]:
    """What is told in full, and what is said of the rest: nobody reads the same of more than MOST places."""
    met: Counter[tuple[str, str]] = Counter()
    told: list[Diagnostic] = []
    for diagnostic in diagnostics:
        kind = diagnostic.span.path, diagnostic.name
        met[kind] += 1
        if met[kind] <= MOST:
            told.append(diagnostic)
    rest = [(name, count - MOST) for (_, name), count in met.items() if count > MOST]
    return told, [f"{count:,} more of {one_line(name)}: --format concise shows each.\n" for name, count in rest]
