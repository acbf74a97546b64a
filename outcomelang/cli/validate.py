"""Reads the whole log and shows the first mistake of each kind with how many rows have it; computes no money. Silent
when there is nothing to say. Exit code 2 says that the log cannot be used. --quarantine writes the wrong rows aside,
each with what is wrong with it. A large log is read by an engine, which says the same.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from outcomelang.cli.arguments import Parser, contract_argument, events_argument
from outcomelang.cli.engine_options import Progress, ending_well, engine_arguments, resources
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from outcomelang.core import ir
    from outcomelang.diagnostic import Diagnostic


def arguments(parser: Parser) -> None:
    from outcomelang.cli.findings import FORMATS

    contract_argument(parser)
    events_argument(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to show findings (text)")
    parser.add_argument("--quarantine", metavar="FILE", help="write the wrong rows there (CSV)")
    engine_arguments(parser, "auto", "reference", "duckdb")


def run(options: Namespace, screen: Screen) -> int:
    from outcomelang.cli.contract_file import load
    from outcomelang.cli.findings import counted, show
    from outcomelang.diagnostic import Severity

    paths = [Path(path) for path in options.events]
    found = read(load(options.contract), paths, options, screen)
    if found or options.format == "json":
        screen.result(show(found, (), options.format, screen.style()), safe=True)
    if found and options.format == "text":
        screen.message("\n" + counted(found, len(paths)))
    return 2 if any(d.severity is Severity.ERROR for d in found) else 0


def read(contract: ir.Contract, paths: list[Path], options: Namespace, screen: Screen) -> tuple[Diagnostic, ...]:
    """Everything there is to say about the log; with --quarantine, wrong rows are written there."""
    from outcomelang.cli.findings import plural
    from outcomelang.relational.accounts import Asked, everything_to_say, set_aside
    from outcomelang.relational.choosing import choose

    allowed, choice = resources(options), choose(options.engine, paths)
    progress = Progress(screen)

    def tell(said: str) -> None:
        progress.over()
        screen.message(said)

    asked = Asked(contract, paths, choice, allowed, tell, progress.step)
    with ending_well():
        try:
            if options.quarantine is None:
                return everything_to_say(asked)
            done = set_aside(asked, Path(options.quarantine))
        finally:
            progress.over()
    screen.message(f"Wrote {plural(done.rows, 'row')} to {done.target}.")
    return done.diagnostics
