"""The summary that a reviewer pastes into a pull request: findings, what is accepted, what was proved, what was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outcomelang.diagnostic import Diagnostic, Remedy
from outcomelang.report.checked import Checked, Run, accepted, relative
from outcomelang.report.counting import counted
from outcomelang.report.escapes import code, fenced, markdown
from outcomelang.report.plain import sentence, worded
from outcomelang.report.text import how_sure


def as_markdown(run: Run) -> str:
    """Headings from the third level, so that it fits below others. Files without anything to say stand in one line."""
    return "\n".join(_lines(run)).rstrip("\n") + "\n"


def _lines(run: Run) -> Iterator[str]:
    findings = [each for each in run.findings if not accepted(each)]
    yield from (f"### outcomelang check: {counted(findings, len(run.files)).rstrip('.').lower()}", "")
    if run.interrupted:
        yield from ("**The check was interrupted: not every rule was asked, and what follows is not the whole.**", "")
    for fault in run.faults:
        yield from (f"**A fault of outcomelang:** {markdown(fault)}", "")
    for file in run.files:
        if file.trouble:
            yield from (f"**Not checked:** {code(relative(file.path, run.root))}: {markdown(file.trouble)}", "")
    for number, found in enumerate(findings, 1):
        yield from _finding(run, number, found)
    yield from _accepted(run)
    yield from _favours(run, "What was proved", "proved")
    yield from _favours(run, "What was looked for and not found", "none found")
    yield from _favours(run, "What was not decided (this says nothing either way)", "not decided")
    yield from _list("Rules that were switched off", [f"{code(name)}: {markdown(why)}" for name, why in run.off])
    if run.known:
        yield from (f"{len(run.known)} more in the baseline {code(relative(run.baseline, run.root))}.", "")
    yield from _list("In the baseline and found no more", [markdown(each) for each in run.stale])


def _finding(run: Run, number: int, found: Diagnostic) -> Iterator[str]:
    money = f", {markdown(found.loophole.money)} at stake" if found.loophole and found.loophole.money else ""
    yield f"#### {number}. {markdown(found.name)} ({markdown(found.code)}): {found.severity.value}{money}"
    yield ""
    yield f"{markdown(sentence(found.message))}"
    yield ""
    if found.span.path:
        clause = f", clause {markdown(found.clause)}" if found.clause else ""
        line = f" line {found.span.line}" if found.span.line else ""
        yield from (f"{code(relative(found.span.path, run.root))}{line}{clause}", "")
    for detail in found.details:
        yield from (markdown(sentence(detail)), "")
    if found.story:
        yield from (*fenced("\n".join(found.story)), "")
    if found.loophole is not None:
        yield from (markdown(how_sure(found.loophole)), "")
    yield from (f"* {_option(each)}" for each in found.remedies)
    yield ""


def _option(remedy: Remedy) -> str:
    effect = f": {markdown(worded(remedy.effect))}" if remedy.effect else ""
    return markdown(worded(remedy.text)) + effect


def _accepted(run: Run) -> Iterator[str]:
    meant = [each for each in run.findings if accepted(each)]
    lines = []
    for found in meant:
        assert found.loophole is not None
        until = f" until {found.loophole.until}" if found.loophole.until else ""
        why = f"accepted{until}, because “{markdown(found.loophole.accepted)}”"
        lines.append(f"{code(found.name)}: {markdown(sentence(found.message))} {why[0].upper()}{why[1:]}")
    yield from _list("Accepted", lines)


def _favours(run: Run, heading: str, verdict: str) -> Iterator[str]:
    """One line for an argument; the contracts for which it holds are named where there are several."""
    said: dict[tuple[str, str], list[Checked]] = {}
    for file in run.files:
        for each in file.favours:
            if each.verdict == verdict:
                said.setdefault((each.name, each.said), []).append(file)
    yield from _list(
        heading,
        [f"{code(name)}: {markdown(argument)}{_where(run, files)}" for (name, argument), files in said.items()],
    )


def _where(run: Run, files: Sequence[Checked]) -> str:
    if len(files) == len(run.files):
        return ""
    return f" ({', '.join(code(relative(file.path, run.root)) for file in files)})"


def _list(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from ("<details>", f"<summary>{heading} ({len(lines)})</summary>", "")
        yield from (f"* {line}" for line in lines)
        yield from ("", "</details>", "")
