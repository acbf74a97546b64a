"""A contract that reads well gives no output and exit code 0. Findings go to standard output; exit code 1 says that
one is at or above the bar of --fail-on. A directory stands for all *.outcome files in it, and each is checked with the
*.review of the same name beside it. Notes stop nothing: they are shown with --verbose, where --fail-on counts them, and
in JSON. --verbose also lists what is accepted.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from outcomelang.cli.arguments import Parser
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from outcomelang.core.ir import Acceptance, Contract
    from outcomelang.diagnostic import Diagnostic
    from outcomelang.source import Source

BARS = ("error", "warning", "note", "never")


def arguments(parser: Parser) -> None:
    from outcomelang.cli.findings import FORMATS

    parser.add_argument("paths", metavar="PATH", nargs="+", help="contracts, or directories of them")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to show findings (text)")
    parser.add_argument("--fail-on", choices=BARS, default="warning", help="the least severity that counts (warning)")
    parser.add_argument("--verbose", action="store_true", help="say of each file that nothing was found; show notes")


def run(options: Namespace, screen: Screen) -> int:
    """Compile every contract; all findings in one output."""
    from outcomelang.cli.failures import present
    from outcomelang.cli.findings import counted, show
    from outcomelang.diagnostic import UsageError

    found: list[Diagnostic] = []
    sources: list[Source] = []
    paths = _paths(options.paths, screen)
    machine = options.format in ("json", "jsonl")
    everything = machine or options.verbose or options.fail_on == "note"
    unreadable = 0
    for path in paths:
        try:
            said, texts, accepted = findings(path)
        except (UsageError, OSError) as problem:
            unreadable = present(problem, screen)
            continue
        shown = [each for each in said if everything or each.severity.value != "note"]
        found += shown
        sources += texts
        if options.verbose and not shown:
            screen.message(f"{path}: nothing found.")
        for each in accepted if options.verbose else ():
            screen.message(f"{each.origin.path or path}:{each.origin.line}: {acceptance(each)}")
    if found or options.format == "json":
        screen.result(show(found, sources, options.format, screen.style()), safe=True)
    if found and options.format == "text":
        screen.message("\n" + counted(found, len(paths)))
    return unreadable or int(reached(options.fail_on, {d.severity.value for d in found}))


def _paths(given: Sequence[str], screen: Screen) -> list[str]:
    """Every contract once; of the path of a review it is said what it is."""
    for path in given:
        if whose := contracts_of_review(path):
            screen.message(f"{path} is a review: it is checked with its contract, {whose}.")
    return list(dict.fromkeys(path for one in given for path in contracts(one)))


def findings(path: str) -> tuple[Sequence[Diagnostic], Sequence[Source], Sequence[Acceptance]]:
    """What there is to say about one contract, the texts it is said about, and what its parties accept."""
    from outcomelang.compiler import compile_path
    from outcomelang.diagnostic import ContractError

    try:
        compiled = compile_path(path, doubts=True)
    except ContractError as error:
        return error.diagnostics, error.sources, ()
    return (*compiled.notes, *_loopholes(compiled.core)), compiled.sources, compiled.core.acceptances


def _loopholes(contract: Contract) -> Iterator[Diagnostic]:
    """What the rules find in a contract that reads well."""
    from datetime import date

    from outcomelang.loopholes.diagnosis import diagnostics
    from outcomelang.loopholes.rules import RULES
    from outcomelang.loopholes.search import find

    today = date.today()  # noqa: DTZ011  an acceptance ends on a civil date here
    return diagnostics(contract, find(contract, RULES, today))


def acceptance(accepted: Acceptance) -> str:
    """`accepted until 31 March 2027: same-outcome-paid-twice, because “…”`"""
    from outcomelang.core.calendar import day_text
    from outcomelang.report.plain import one_line

    until = f" until {day_text(accepted.until.toordinal())}" if accepted.until is not None else ""
    return f"accepted{until}: {one_line(accepted.rule)}, because “{one_line(accepted.because)}”"


def contracts(given: str) -> Iterator[str]:
    """The path itself (of a review, that of its contract), or the contracts below a directory.

    A review without a contract beside it stands for itself: nobody would miss what is never read.
    """
    below = files(given)
    known = set(below)
    for path in below:
        whose = contracts_of_review(path)
        if not whose:
            yield path
        elif whose not in known:
            yield whose


def contracts_of_review(path: str) -> str:
    """The contract beside a review; empty for other files, and where there is none."""
    from outcomelang.core.review import contract_of

    whose = contract_of(path)
    return whose if whose != path and Path(whose).is_file() else ""


def files(given: str) -> list[str]:
    """The path itself, or contracts and reviews below a directory in the order of their names, without hidden folders.

    A directory without a contract is refused.
    """
    from outcomelang.core.review import CONTRACT, REVIEW

    root = Path(given)
    if not root.is_dir():
        return [given]
    some = (path for ending in (CONTRACT, REVIEW) for path in root.rglob(f"*{ending}"))
    below = sorted(path for path in some if not any(name.startswith(".") for name in path.relative_to(root).parts))
    if not any(path.suffix == CONTRACT for path in below):
        raise FileNotFoundError(2, "There is no *.outcome file in this directory", given)
    return [str(path) for path in below]


def reached(bar: str, severities: set[str]) -> bool:
    """Whether a severity is at or above the bar."""
    return bar != "never" and bool(severities & set(BARS[: BARS.index(bar) + 1]))
