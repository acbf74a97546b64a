"""JUnit XML, for test dashboards: a case for each contract, and one for each finding that counts."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from outcomelang.diagnostic import Diagnostic
from outcomelang.report.checked import Checked, Run, accepted, relative
from outcomelang.report.concise import concise
from outcomelang.report.escapes import attribute, xml
from outcomelang.report.plain import plain, sentence
from outcomelang.report.text import how_sure


def as_junit(run: Run) -> str:
    """A suite for each contract. One without a finding that counts has a case that passes."""
    suites = [_suite(run, file) for file in run.files]
    suites += [_stopped(run)] if run.interrupted else []
    counts = [sum(suite[n] for _, suite in suites) for n in range(4)]
    head = f'<testsuites name="outcomelang check" {_counted(counts)}>'
    body = (line for lines, _ in suites for line in lines)
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *body, "</testsuites>"]) + "\n"


Suite = tuple[list[str], tuple[int, int, int, int]]
"""The lines of a suite and its tests, failures, errors and skipped ones."""


def _counted(counts: list[int] | tuple[int, int, int, int]) -> str:
    return " ".join(f'{name}="{n}"' for name, n in zip(("tests", "failures", "errors", "skipped"), counts, strict=True))


def _suite(run: Run, file: Checked) -> Suite:
    name = relative(file.path, run.root)
    counted = [each for each in file.findings if run.counts(each)]
    meant = [each for each in file.findings if accepted(each)]
    broken = [*([file.trouble] if file.trouble else ()), *file.faults]
    others = [each for each in (*file.findings, *file.known) if each not in counted and each not in meant]
    lines: list[str] = []
    for found in counted:
        lines += _case(name, _titled(found), _failure(run, found))
    for found in meant:
        lines += _case(name, _titled(found), [f"<skipped message={attribute(_meant(found))}/>"])
    for trouble in broken:
        lines += _case(name, "check", [f"<error message={attribute(trouble)}/>"])
    if not counted and not broken:
        lines += _case(name, "check", [])
    if others:
        lines += ["    <system-out>" + xml("\n".join(_place(run, each) for each in others)) + "</system-out>"]
    clean = int(not counted and not broken)
    counts = (len(counted) + len(meant) + len(broken) + clean, len(counted), len(broken), len(meant))
    return [f"  <testsuite name={attribute(name)} {_counted(counts)}>", *lines, "  </testsuite>"], counts


def _stopped(_: Run) -> Suite:
    counts = (1, 0, 1, 0)
    error = ['<error message="The check was interrupted: not everything was asked."/>']
    lines = [f'  <testsuite name="interrupted" {_counted(counts)}>', *_case("outcomelang", "check", error)]
    return [*lines, "  </testsuite>"], counts


def _case(where: str, name: str, inside: list[str]) -> list[str]:
    head = f"    <testcase classname={attribute(where)} name={attribute(name)}"
    return [f"{head}>", *(f"      {line}" for line in inside), "    </testcase>"] if inside else [f"{head}/>"]


def _titled(found: Diagnostic) -> str:
    of = found.loophole.key.partition(": ")[2] if found.loophole is not None else found.clause
    return f"{found.name}: {of}" if of else found.name


def _meant(found: Diagnostic) -> str:
    return f"Accepted: {found.loophole.accepted}" if found.loophole is not None else ""


def _failure(run: Run, found: Diagnostic) -> list[str]:
    head = f"<failure type={attribute(found.name)} message={attribute(sentence(found.message))}>"
    return [head + xml("\n".join(_told(run, found))) + "</failure>"]


def _place(run: Run, found: Diagnostic) -> str:
    path = relative(found.span.path, run.root) if found.span.path else ""
    return concise(evolve(found, span=evolve(found.span, path=path)))


def _told(run: Run, found: Diagnostic) -> Iterator[str]:
    yield _place(run, found)
    yield from map(sentence, found.details)
    yield from (f"   {plain(line)}" for line in found.story)
    if found.loophole is not None:
        yield how_sure(found.loophole)
