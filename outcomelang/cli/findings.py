"""Diagnostics in the format that was asked for, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence

from outcomelang.diagnostic import Diagnostic, Severity
from outcomelang.report.style import Style
from outcomelang.source import Source

FORMATS = ("text", "concise", "json", "jsonl")


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
            return "\n\n".join(text(d, by_path, style) for d in diagnostics)


def counted(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """`2 errors and 1 note in 3 files.`"""
    counts = [(s.value, sum(d.severity is s for d in diagnostics)) for s in Severity]
    found = [plural(n, word) for word, n in counts if n]
    listed = " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]])) or "Nothing found"
    return f"{listed} in {plural(files, 'file')}."


def plural(number: int, word: str, words: str = "") -> str:
    return f"{number:,} {word if number == 1 else words or word + 's'}"
