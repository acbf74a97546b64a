"""Diagnostics in the format that was asked for: those that every command with findings knows."""

from __future__ import annotations

from collections.abc import Sequence

from outcomelang.diagnostic import Diagnostic
from outcomelang.report.counting import counted as counted
from outcomelang.report.counting import plural as plural
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
