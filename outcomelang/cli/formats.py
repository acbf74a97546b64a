"""Every format of a whole check, and files that are written beside the result."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from outcomelang.cli.arguments import UsageExit, nearest
from outcomelang.cli.output_file import write_whole
from outcomelang.cli.screen import Screen
from outcomelang.diagnostic import Diagnostic, Severity
from outcomelang.report.checked import Run, accepted
from outcomelang.report.style import Style

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown")
WHOLE = ("json", "jsonl", "sarif", "markdown")
"""Those that hold notes and what is accepted in any case."""
MORE = "outcomelang check --help"


def shown(run: Run, form: str, style: Style) -> str:
    """The run in one format, safe to print."""
    run = visible(run, form)
    match form:
        case "json":
            from outcomelang.report.machine import as_json

            return as_json(run.findings, run)
        case "sarif":
            from outcomelang.cli.catalogue import of_checks
            from outcomelang.report.sarif import as_sarif

            return as_sarif(run, {item.name: item for item in of_checks()})
        case "github" | "gitlab":
            from outcomelang.report.annotations import as_github, as_gitlab

            return as_github(run) if form == "github" else as_gitlab(run)
        case "junit":
            from outcomelang.report.junit import as_junit

            return as_junit(run)
        case "markdown":
            from outcomelang.report.summary import as_markdown

            return as_markdown(run)
        case _:
            from outcomelang.cli.findings import show

            said = show(run.findings, run.sources, form, style)
            return said + in_favour(run, style, bool(said)) if form == "text" and run.verbose else said


def in_favour(run: Run, style: Style, after: bool) -> str:
    """What speaks for the contracts, after the findings."""
    from outcomelang.report.favours import favours

    said = favours(run, style)
    return f"\n\n{said}" if said and after else said


def visible(run: Run, form: str) -> Run:
    """What a format shows of a run: no notes, unless it is one that holds everything, or they are asked for."""
    if run.verbose or run.bar == "note" or form in WHOLE:
        return run
    files = (evolve(file, findings=tuple(each for each in file.findings if shows(each, form))) for file in run.files)
    return evolve(run, files=tuple(files))


def shows(found: Diagnostic, form: str) -> bool:
    return found.severity is not Severity.NOTE or (form == "junit" and accepted(found))


def write(run: Run, form: str, others: Sequence[tuple[str, str]], screen: Screen) -> None:
    """The result in its format, and other formats to files: all are made before the first is written."""
    made = [(file, shown(run, other, Style())) for other, file in others]
    result = shown(run, form, screen.style())
    for file, text in made:
        write_whole(file, text)
    screen.result(result, safe=True)


def also(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """`--also FORMAT=FILE`, each file once."""
    pairs = []
    for each in given:
        form, equals, file = each.partition("=")
        if not equals or not file:
            raise UsageExit(f"“{each}” does not say what to write where: --also sarif=findings.sarif.", MORE)
        if form not in FORMATS:
            raise UsageExit(f"“{form}” is none of {', '.join(FORMATS)}.{nearest(form, FORMATS)}", MORE)
        pairs.append((form, file))
    files = [file for _, file in pairs]
    if twice := next((file for file in files if files.count(file) > 1), ""):
        raise UsageExit(f"Two formats cannot both be written to {twice}.", MORE)
    return tuple(pairs)
