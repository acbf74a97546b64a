"""Reads the whole log and shows the first mistake of each kind with how many rows have it; computes no money. Silent
when there is nothing to say. Exit code 2 says that the log cannot be used. --quarantine writes the wrong rows aside,
each with what is wrong with it.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from outcomelang.cli.arguments import Parser, contract_argument, events_argument
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


def run(options: Namespace, screen: Screen) -> int:
    from outcomelang.cli.contract_file import load
    from outcomelang.cli.findings import counted, show
    from outcomelang.diagnostic import Severity

    paths = [Path(path) for path in options.events]
    found = read(load(options.contract), paths, options.quarantine, screen)
    if found or options.format == "json":
        screen.result(show(found, (), options.format, screen.style()), safe=True)
    if found and options.format == "text":
        screen.message("\n" + counted(found, len(paths)))
    return 2 if any(d.severity is Severity.ERROR for d in found) else 0


def read(contract: ir.Contract, paths: list[Path], aside: str | None, screen: Screen) -> tuple[Diagnostic, ...]:
    """Everything there is to say about the log; with `aside`, wrong rows are written there."""
    if aside is None:
        from outcomelang.evaluation.log import validate

        return validate(contract, paths)
    from outcomelang.cli.findings import plural
    from outcomelang.evaluation.log.quarantine import quarantine

    done = quarantine(contract, paths, Path(aside))
    screen.message(f"Wrote {plural(done.rows, 'row')} to {done.target}.")
    return done.diagnostics
