"""The reasons behind an amount, or behind nothing, in at most 15 lines: the sum with its numbers, the clause, the rows
of the log, what limits and rounding took; for what is not paid, the first condition that failed and by how much.
--all shows everything there is to say.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from outcomelang.cli.arguments import Parser, contract_argument, day_argument, events_argument
from outcomelang.cli.days import day
from outcomelang.cli.screen import Screen

ESSENCE = 15


def arguments(parser: Parser) -> None:
    contract_argument(parser)
    parser.add_argument("who", metavar="PARTICIPANT|ENTRY", help="an id of the log, or of an entry of the statement")
    events_argument(parser)
    day_argument(parser)
    parser.add_argument("--all", action="store_true", help="everything, not only the first 15 lines")


def run(options: Namespace, screen: Screen) -> int:
    as_of = day(options.as_of)
    from outcomelang.cli.contract_file import load
    from outcomelang.evaluation.log import read_log
    from outcomelang.evaluation.why import why

    contract = load(options.contract)
    lines = why(contract, read_log(contract, [Path(path) for path in options.events]), as_of, options.who)
    shown = lines if options.all or len(lines) <= ESSENCE + 1 else lines[:ESSENCE]
    screen.result("".join(f"{line}\n" for line in shown))
    if len(shown) < len(lines):
        screen.message(f"{len(lines) - len(shown)} lines more with --all.")
    return 0
