"""Diagnostics in the format that was asked for, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from outcomelang.diagnostic import Diagnostic, Severity
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


def counted(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """`2 errors and 1 note in 3 files.`"""
    counts = [(s.value, sum(d.severity is s for d in diagnostics)) for s in Severity]
    found = [plural(n, word) for word, n in counts if n]
    listed = " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]])) or "Nothing found"
    return f"{listed} in {plural(files, 'file')}."


def plural(number: int, word: str, words: str = "") -> str:
    return f"{number:,} {word if number == 1 else words or word + 's'}"
