"""Where a contract stands on a day: what is due by then and later, what awaits verification, which windows are still
open and what can come of them at most, and what is used and left of every limit. --verbose shows each subject and each
limit one by one; JSON always does. Without --as-of it is the day of the final account.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from outcomelang.cli.arguments import Parser, contract_argument, day_argument, events_argument, format_argument
from outcomelang.cli.days import day
from outcomelang.cli.screen import Screen


def arguments(parser: Parser) -> None:
    contract_argument(parser)
    events_argument(parser)
    day_argument(parser)
    format_argument(parser, "text", "json")
    parser.add_argument("--verbose", action="store_true", help="everybody and every limit, one by one")


def run(options: Namespace, screen: Screen) -> int:
    as_of = day(options.as_of)
    from outcomelang.cli.contract_file import load
    from outcomelang.core.artefact import digest
    from outcomelang.evaluation.log import read_log
    from outcomelang.evaluation.status import status

    contract = load(options.contract)
    found = status(contract, read_log(contract, [Path(path) for path in options.events]), as_of, digest(contract))
    if options.format == "json":
        from outcomelang.cli.status_json import status_json

        screen.result(status_json(found), safe=True)
    else:
        from outcomelang.cli.status_text import status_text

        screen.result(status_text(found, screen.style(), options.verbose), safe=True)
    return 0
