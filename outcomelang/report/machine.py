"""Diagnostics for programs: JSON, and JSON Lines with one finding a line. The same fields as the text."""

from __future__ import annotations

import json
from collections.abc import Sequence

from outcomelang.diagnostic import Diagnostic, Loophole, Remedy, Severity
from outcomelang.report.checked import Checked, Run
from outcomelang.report.plain import one_line, plain, sentence, worded
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
        "remedies": [remedy(each) for each in diagnostic.remedies],
        "story": [plain(line) for line in diagnostic.story],
        "template": diagnostic.template,
        "related": [{**position(span), "message": what} for span, what in diagnostic.related],
        **({"loophole": loophole(diagnostic.loophole)} if diagnostic.loophole is not None else {}),
    }


def remedy(said: Remedy) -> dict[str, Value]:
    """What to write and its effect; the change to the text, where it can be stated. A place among the parts of what is
    written stands for the words there."""
    told: dict[str, Value] = {"text": worded(said.text), "effect": worded(said.effect)}
    edits: list[Value] = [{**position(each.span), "parts": [_part(part) for part in each.parts]} for each in said.edits]
    return told | ({"edits": edits} if edits else {})


def _part(part: str | Span) -> Value:
    return part if isinstance(part, str) else position(part)


def loophole(found: Loophole) -> dict[str, Value]:
    return {
        "verdict": found.verdict,
        "argument": sentence(found.argument),
        "stake": found.stake,
        "money": found.money,
        "key": one_line(found.key),
        "accepted": one_line(found.accepted),
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


def as_json(diagnostics: Sequence[Diagnostic], run: Run | None = None) -> str:
    """One object: the findings and how many there are of each severity; of a whole check also the files and what
    speaks for them."""
    counts: dict[str, Value] = {s.value: sum(d.severity is s for d in diagnostics) for s in Severity}
    about = whole(run) if run is not None else {}
    return dumped({"diagnostics": [record(d) for d in diagnostics], "counts": counts, **about}) + "\n"


def whole(run: Run) -> dict[str, Value]:
    """What a check came to beside its findings."""
    return {
        "files": [_file(each) for each in run.files],
        "baselined": [record(each) for each in run.known],
        "stale": [one_line(each) for each in run.stale],
        "off": [{"name": name, "because": one_line(why)} for name, why in run.off],
        "faults": [one_line(each) for each in run.faults],
        "interrupted": run.interrupted,
    }


def _file(file: Checked) -> dict[str, Value]:
    return {
        "path": file.path,
        "findings": len(file.findings),
        "compiled": file.compiled,
        "trouble": one_line(file.trouble),
        "favours": [
            {
                "code": each.code,
                "name": each.name,
                "verdict": each.verdict,
                "argument": sentence(each.argument),
                "of": list(map(one_line, each.of)),
            }
            for each in file.favours
        ],
    }


def as_json_lines(diagnostics: Sequence[Diagnostic]) -> str:
    return "".join(dumped(record(d)) + "\n" for d in diagnostics)


def dumped(value: Value) -> str:
    """ASCII only: what a contract says can then neither break a line nor reorder one."""
    return json.dumps(value, ensure_ascii=True)
