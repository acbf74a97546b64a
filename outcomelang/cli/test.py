"""Evaluates the example blocks of contracts and compares: every payment, the total and the verdicts. Exit code 1 says
that one differs. A directory stands for all *.outcome files in it. With --coverage it is shown which clauses and
which sides of thresholds no example exercises.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from outcomelang.cli.arguments import Parser, UsageExit, format_argument
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from outcomelang.evaluation.examples import ExampleResult


def arguments(parser: Parser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help="contracts, or directories of them")
    parser.add_argument("--coverage", action="store_true", help="show what no example exercises")
    format_argument(parser, "text", "json")


def run(options: Namespace, screen: Screen) -> int:
    """Run all examples of all contracts; only failing ones are shown, then how many there were."""
    from outcomelang.cli.contract_file import load
    from outcomelang.cli.findings import plural
    from outcomelang.cli.paths import contracts
    from outcomelang.evaluation.examples import run_examples

    if options.format == "json" and not options.coverage:
        raise UsageExit("Only the coverage is written as JSON.", "outcomelang test --help")
    ran = failing = unlisted = 0
    for path in dict.fromkeys(path for given in options.paths for path in contracts(given)):
        results = run_examples(load(path))
        ran += len(results)
        for result in results:
            if not result.passed:
                failing += 1
                unlisted += any(difference.expected == "nothing" for difference in result.differences)
                screen.result("\n".join(compared(path, result)) + "\n\n")
    if options.coverage:
        _show_coverage(options, screen)
    if not ran:
        screen.message("There is no example to run: clauses that begin with “example” show what a contract pays.")
        return 0
    if unlisted:
        screen.message("What an example does not list under “expect” is expected to be nothing.")
    screen.message(f"{failing} of {plural(ran, 'example')} failed." if failing else f"{plural(ran, 'example')} passed.")
    return int(failing > 0)


def _show_coverage(options: Namespace, screen: Screen) -> None:
    from outcomelang.cli.contract_file import load
    from outcomelang.cli.coverage_report import as_json, as_text
    from outcomelang.cli.paths import contracts
    from outcomelang.evaluation.coverage import coverage

    paths = dict.fromkeys(path for given in options.paths for path in contracts(given))
    found = [(path, coverage(load(path))) for path in paths]
    if options.format == "json":
        screen.result(as_json(found) + "\n")
    else:
        screen.result("".join(f"{line}\n" for path, each in found for line in as_text(path, each)))


def compared(path: str, result: ExampleResult) -> Iterator[str]:
    """The title, and expected beside got for whatever differs."""
    from outcomelang.cli.statement import aligned
    from outcomelang.report.plain import columns, one_line

    yield f"{path}: example “{one_line(result.title)}” differs"
    rows = [["", "expected", "got"]]
    rows += [[one_line(str(cell)) for cell in (d.what, d.expected, d.got)] for d in result.differences]
    widths = [max(columns(row[n]) for row in rows) for n in range(3)]
    yield from ("   " + aligned(row, widths) for row in rows)
