"""Diagnostics for programs: JSON, and JSON Lines with one finding a line. The same fields as the text."""

from __future__ import annotations

import json
from collections.abc import Sequence

from outcomelang.diagnostic import Diagnostic, Loophole, Severity
from outcomelang.report.plain import plain, sentence, worded
from outcomelang.source import Span

Value = dict[str, "Value"] | list["Value"] | str | int | None


def record(diagnostic: Diagnostic) -> dict[str, Value]:
    """Every field of a finding. Lines and columns count from 1, the end is exclusive; 0 where nobody wrote it."""
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": sentence(diagnostic.message),
        **position(diagnostic.span),
        "clause": diagnostic.clause,
        "label": diagnostic.label,
        "details": [sentence(detail) for detail in diagnostic.details],
        "remedies": [{"text": worded(r.text), "effect": worded(r.effect)} for r in diagnostic.remedies],
        "story": [plain(line) for line in diagnostic.story],
        "template": diagnostic.template,
        "related": [{**position(span), "message": what} for span, what in diagnostic.related],
        **({"loophole": loophole(diagnostic.loophole)} if diagnostic.loophole is not None else {}),
    }


def loophole(found: Loophole) -> dict[str, Value]:
    return {
        "verdict": found.verdict,
        "argument": sentence(found.argument),
        "stake": found.stake,
        "key": found.key,
        "accepted": found.accepted,
        "until": found.until,
    }


def position(span: Span) -> dict[str, Value]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """One object: the findings and how many there are of each severity."""
    counts: dict[str, Value] = {s.value: sum(d.severity is s for d in diagnostics) for s in Severity}
    return dumped({"diagnostics": [record(d) for d in diagnostics], "counts": counts}) + "\n"


def as_json_lines(diagnostics: Sequence[Diagnostic]) -> str:
    return "".join(dumped(record(d)) + "\n" for d in diagnostics)


def dumped(value: Value) -> str:
    """ASCII only: what a contract says can then neither break a line nor reorder one."""
    return json.dumps(value, ensure_ascii=True)
