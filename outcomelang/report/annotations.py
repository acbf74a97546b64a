"""Findings as code hosts show them beside the text: GitHub workflow commands, GitLab code quality."""

from __future__ import annotations

from outcomelang.diagnostic import Diagnostic, Severity
from outcomelang.report.checked import Run, accepted, fingerprints, relative
from outcomelang.report.machine import Value, dumped
from outcomelang.report.plain import one_line, sentence

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_LEVELS = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def as_github(run: Run) -> str:
    """`::warning file=…,line=…,title=…::message`, one a line, in the order of rank."""
    lines = [_command(run, each) for each in run.findings]
    trouble = [*run.faults, *(f"{file.path}: {file.trouble}" for file in run.files if file.trouble)]
    if run.interrupted:
        trouble.append("The check was interrupted: not every rule was asked.")
    lines += [f"::error title=outcomelang::{_data(one_line(each))}" for each in trouble]
    return "".join(f"{line}\n" for line in lines)


def _command(run: Run, found: Diagnostic) -> str:
    span, given = found.span, {}
    if span.path:
        given["file"] = relative(span.path, run.root)
    if span.line:
        given |= {"line": str(span.line), "endLine": str(max(span.line, span.end_line))}
    if span.line and span.end_line <= span.line:
        given |= {"col": str(span.column), "endColumn": str(max(span.column, span.end_column))}
    given["title"] = f"{one_line(found.name)} ({one_line(found.code)})"
    properties = ",".join(f"{name}={_property(value)}" for name, value in given.items())
    return f"::{_COMMANDS[found.severity]} {properties}::{_data(_message(found))}"


def _message(found: Diagnostic) -> str:
    clause = f"clause {one_line(found.clause)}: " if found.clause else ""
    because = ""
    if found.loophole is not None and accepted(found):
        because = f" Accepted, because “{one_line(found.loophole.accepted)}”."
    return clause + sentence(found.message) + because


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")


def as_gitlab(run: Run) -> str:
    """A code quality report: a list of findings. What is accepted is left out: the format has no word for it."""
    findings = [each for each in run.findings if not accepted(each)]
    said: list[Value] = [
        {
            "description": f"{one_line(found.name)}: {sentence(found.message)}",
            "check_name": one_line(found.name),
            "fingerprint": fingerprint,
            "severity": _LEVELS[found.severity],
            "location": {
                "path": relative(found.span.path or ".", run.root),
                "lines": {"begin": max(1, found.span.line)},
            },
        }
        for found, fingerprint in zip(findings, fingerprints(findings, run.root), strict=True)
    ]
    return dumped(said) + "\n"
