"""A contract that reads well and has no known loophole gives no output and exit code 0. Findings go to standard output;
exit code 1 says that one is at or above the bar of --fail-on. A directory stands for all *.outcome files in it, and
each is checked with the *.review of the same name beside it. Notes stop nothing: they are shown with --verbose, where
--fail-on counts them, and in JSON. --verbose also lists what is accepted, and what speaks for the contract.

A project keeps its settings in outcomelang.toml, beside the contracts or above them; options win over it.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from outcomelang.cli.arguments import Parser
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from datetime import date

    from outcomelang.cli.configuration import Configuration
    from outcomelang.cli.examining import Examined
    from outcomelang.report.checked import Run


def arguments(parser: Parser) -> None:
    from outcomelang.cli.formats import FORMATS
    from outcomelang.report.checked import BARS

    add = parser.add_argument
    add("paths", metavar="PATH", nargs="+", help="contracts, or directories of them")
    add("--format", choices=FORMATS, help=f"how to show findings: {', '.join(FORMATS)} (text)", metavar="FORMAT")
    add("--also", metavar="FORMAT=FILE", action="append", default=[], help="write another format to a file as well")
    add("--fail-on", choices=BARS, help="the least severity that counts (warning)")
    add("--verbose", action="store_true", help="show notes, what is accepted, and what speaks for the contract")
    add("--baseline", metavar="FILE", help="leave out the findings that stand in this file, unless they became worse")
    add("--write-baseline", metavar="FILE", help="write the findings of today to this file: they count no more")
    add("--witness", metavar="DIR", help="write the histories that show loopholes there, as logs for evaluate")
    add("--as-of", metavar="DATE", help="the day by which acceptances are judged (today)")
    add("--config", metavar="FILE", help="the settings to use in place of the nearest outcomelang.toml")


def run(options: Namespace, screen: Screen) -> int:
    """Check every contract; all findings in one output."""
    from attrs import evolve

    from outcomelang.cli import formats
    from outcomelang.cli.paths import chosen

    settings = _settings(options)
    paths = chosen(options.paths, screen)
    examined, interrupted = _examined(paths, _day(options.as_of), [name for name, _ in settings.off], screen)
    done = evolve(_run(options, settings, examined), interrupted=interrupted)
    done = _weighed(options, settings, done, screen)
    if options.witness:
        _write_witnesses(options.witness, examined, screen)
    formats.write(done, settings.format, settings.also, screen)
    _tell(done, examined, options, settings, screen)
    return _code(done)


def _settings(options: Namespace) -> Configuration:
    """What the project has decided, and what this command line decides over it."""
    from attrs import evolve

    from outcomelang.cli import configuration
    from outcomelang.cli.formats import also

    path = options.config or configuration.found(options.paths)
    settings = configuration.read(path, _rules()) if path else configuration.Configuration()
    return evolve(
        settings,
        format=options.format or settings.format or "text",
        fail_on=options.fail_on or settings.fail_on or "warning",
        also=also(options.also) or settings.also,
        baseline=options.baseline or settings.baseline,
    )


def _rules() -> dict[str, str]:
    """The loopholes by name and by code."""
    from outcomelang.loopholes.rules import RULES

    return {key: rule.name for rule in RULES for key in (rule.name, rule.code)}


def _day(given: str | None) -> date:
    from datetime import date

    from outcomelang.cli.days import day

    return day(given) or date.today()  # noqa: DTZ011  an acceptance ends on a civil date here


def _examined(paths: Sequence[str], on: date, off: Sequence[str], screen: Screen) -> tuple[tuple[Examined, ...], bool]:
    """Each contract, and whether somebody stopped it: what was decided until then stays."""
    from outcomelang.cli.examining import Examined, beside_each_other, examine
    from outcomelang.cli.failures import present
    from outcomelang.diagnostic import UsageError
    from outcomelang.report.checked import Checked

    done: list[Examined] = []
    try:
        for path in paths:
            try:
                done.append(examine(path, on, off))
            except (UsageError, OSError) as problem:
                present(problem, screen)
                done.append(Examined(Checked(path, compiled=False, trouble=str(problem).removeprefix(":0: "))))
            if done[-1].interrupted:
                return tuple(done), True
        return beside_each_other(done, on, off), False
    except KeyboardInterrupt:
        return tuple(done), True


def _run(options: Namespace, settings: Configuration, examined: Sequence[Examined]) -> Run:
    from outcomelang.cli.verbs import version
    from outcomelang.report.checked import Run

    return Run(
        tuple(each.checked for each in examined),
        bar=settings.fail_on,
        verbose=options.verbose,
        off=settings.off,
        version=version(),
    )


def _weighed(options: Namespace, settings: Configuration, done: Run, screen: Screen) -> Run:
    """The run against its baseline, which is written first where that is asked for."""
    from attrs import evolve

    from outcomelang.cli import baseline
    from outcomelang.cli.findings import plural

    file = options.write_baseline or settings.baseline
    if not file:
        return done
    if options.write_baseline:
        if any(each.trouble or not each.compiled for each in done.files) or done.interrupted or done.faults:
            screen.message(f"{file} was not written: not every contract could be checked to its end.")
            return done
        baseline.write(done.findings, file)
    known = baseline.read(file)
    files = tuple(map(known.split, done.files))
    unread = [each.path for each in files if not each.compiled]
    stale = () if done.interrupted or done.faults else known.stale(files, unread, [name for name, _ in done.off])
    if options.write_baseline:
        screen.message(f"Wrote {plural(len(known.entries), 'finding')} to {file}.")
    return evolve(done, files=files, baseline=file, stale=stale)


def _write_witnesses(folder: str, examined: Sequence[Examined], screen: Screen) -> None:
    from outcomelang.cli import witnesses
    from outcomelang.cli.findings import plural

    written = witnesses.write(folder, examined)
    screen.message(f"Wrote {plural(written, 'history', 'histories')} to {folder}.")


def _tell(done: Run, examined: Sequence[Examined], options: Namespace, settings: Configuration, screen: Screen) -> None:
    """What is no finding, on standard error: counts, what is accepted, what the baseline lacks, what went wrong."""
    from outcomelang.cli.examining import acceptances
    from outcomelang.cli.findings import counted, plural
    from outcomelang.cli.formats import visible

    form = settings.format
    seen = visible(done, form)
    if done.verbose:
        for file in seen.files:
            if not file.findings and not file.trouble:
                screen.message(f"{file.path}: nothing found.")
        for line in acceptances(examined):
            screen.message(line)
        for name, why in done.off:
            screen.message(f"{settings.path}: {name} is switched off, because “{why}”")
    if seen.findings and form == "text":
        screen.message("\n" + counted(seen.findings, len(done.files)))
    if done.known and form in ("text", "concise") and not options.write_baseline:
        screen.message(f"{plural(len(done.known), 'finding')} more in the baseline {done.baseline}.")
    for entry in done.stale:
        screen.message(f"{done.baseline}: found no more: {entry}")
    for fault in done.faults:
        screen.message(
            f"This is a fault of outcomelang, not of your contract: {fault}\n"
            "That finding is left out, the others stand."
        )
    if done.interrupted:
        screen.message("Interrupted: not every rule was asked. What is shown is what was decided until then.")


def _code(done: Run) -> int:
    """The exit code: the worst of what happened."""
    if done.interrupted:
        return 130
    if done.faults:
        return 3
    if any(each.trouble for each in done.files):
        return 2
    return int(any(done.counts(each) for each in done.findings))
