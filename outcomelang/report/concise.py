"""A diagnostic on one line, as compilers and editors know it."""

from __future__ import annotations

from outcomelang.diagnostic import Diagnostic
from outcomelang.report.plain import one_line, sentence


def concise(diagnostic: Diagnostic) -> str:
    """`path:line:column: severity name: message`; the clause, where it is known, before the message."""
    span = diagnostic.span
    place = f"{one_line(span.path)}:{span.line}:{span.column}: " if span.path else ""
    clause = f"clause {one_line(diagnostic.clause)}: " if diagnostic.clause else ""
    return f"{place}{diagnostic.severity} {one_line(diagnostic.name)}: {clause}{sentence(diagnostic.message)}"
