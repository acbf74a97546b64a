"""The statement of a contract on an event log. Text is the statement; JSON holds the statement and every entry, with
the ids of the rows it rests on; CSV holds the entries, one a line. Without --as-of the account is final: as of the last
day for claims. With --since, an earlier ledger (the JSON of this command), the account says what it changes of the
earlier one: each difference is an adjustment of its own, and the earlier ledger stays as it was.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from outcomelang.cli.arguments import (
    Parser,
    UsageExit,
    contract_argument,
    day_argument,
    events_argument,
    format_argument,
    since_argument,
)
from outcomelang.cli.days import day
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from outcomelang.evaluation.ledger import Ledger
    from outcomelang.report.style import Style


def arguments(parser: Parser) -> None:
    contract_argument(parser)
    events_argument(parser)
    day_argument(parser)
    format_argument(parser, "text", "json", "csv")
    parser.add_argument("--places", action="store_true", help="in JSON, say the file and line of each row too")
    since_argument(parser)
    parser.add_argument("--output", metavar="FILE", help="write there instead of showing it")


def run(options: Namespace, screen: Screen) -> int:
    as_of = day(options.as_of)
    if options.output:
        apart(options.output, [options.contract, *options.events, *([options.since] if options.since else [])])
    from outcomelang.cli.contract_file import load
    from outcomelang.core.artefact import digest
    from outcomelang.evaluation.log import read_log
    from outcomelang.evaluation.reference import evaluate

    contract = load(options.contract)
    if options.since:
        from outcomelang.evaluation.adjustments import evaluate_since
        from outcomelang.evaluation.earlier_ledger import read_ledger

        content = Path(options.since).read_bytes()
        earlier = read_ledger(content, options.since, contract.currency, contract.minor_digits)
        log = read_log(contract, [Path(path) for path in options.events])
        ledger = evaluate_since(contract, log, as_of, digest(contract), earlier, options.since)
    else:
        log = read_log(contract, [Path(path) for path in options.events])
        ledger = evaluate(contract, log, as_of, digest(contract))
    text = shown(ledger, options.format, screen.style(), options.places)
    if options.output:
        from outcomelang.cli.output_file import write_whole

        write_whole(options.output, text)
    else:
        screen.result(text, safe=True)
    return 0


def apart(output: str, inputs: list[str]) -> None:
    """Refuse to write the result over what it is made from."""
    if Path(output).resolve() in {Path(path).resolve() for path in inputs}:
        raise UsageExit(
            f"{output} is read by this command; write the result to another file.", "outcomelang evaluate --help"
        )


def shown(ledger: Ledger, form: str, style: Style, places: bool = False) -> str:
    """The ledger in one of the three formats, safe to print."""
    match form:
        case "json":
            from outcomelang.cli.ledger_json import ledger_json

            return ledger_json(ledger, places)
        case "csv":
            from outcomelang.cli.ledger_csv import adjustments_csv, ledger_csv

            return adjustments_csv(ledger) if ledger.accounts else ledger_csv(ledger)
        case _:
            from outcomelang.cli.statement import statement

            if ledger.accounts:
                from outcomelang.cli.statement_since import statement_since

                return statement_since(ledger, style)
            return statement(ledger, style)
