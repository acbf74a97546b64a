"""The statement of a contract on an event log. Text is the statement; JSON holds the statement and every entry, with
the ids of the rows it rests on; CSV holds the entries, one a line. Without --as-of the account is final: as of the last
day for claims. With --since, an earlier ledger (the JSON of this command), the account says what it changes of the
earlier one: each difference is an adjustment of its own, and the earlier ledger stays as it was. A large log is read by
an engine; the ledger is the same whatever engine makes it.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from datetime import date
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
from outcomelang.cli.engine_options import Progress, ending_well, engine_arguments, resources
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from outcomelang.core import ir
    from outcomelang.evaluation.ledger import Ledger
    from outcomelang.relational.accounts import Account
    from outcomelang.report.style import Style

PARQUET = "parquet"


def arguments(parser: Parser) -> None:
    contract_argument(parser)
    events_argument(parser)
    day_argument(parser)
    format_argument(parser, "text", "json", "csv", PARQUET)
    parser.add_argument("--places", action="store_true", help="in JSON, say the file and line of each row too")
    since_argument(parser)
    parser.add_argument("--output", metavar="FILE", help="write there instead of showing it")
    engine_arguments(parser, "auto", "reference", "duckdb", "spark")
    parser.add_argument("--master", metavar="URL", help="the master of a Spark cluster (this machine, if not said)")


def run(options: Namespace, screen: Screen) -> int:
    as_of = day(options.as_of)
    if options.output:
        apart(options.output, [options.contract, *options.events, *([options.since] if options.since else [])])
    elif options.format == PARQUET:
        raise UsageExit("A Parquet file is not shown: say where to with --output FILE.", "outcomelang evaluate --help")
    from outcomelang.cli.contract_file import load

    contract = load(options.contract)
    with ending_well():
        if options.since:
            ledger = since(options, contract, as_of, screen)
            return shown_or_written(ledger, "reference", options, screen)
        progress = Progress(screen)
        try:
            with account(options, contract, as_of, screen, progress) as made:
                if options.output and written_straight(made, options, progress):
                    return 0
                return shown_or_written(made.ledger, made.engine, options, screen, progress)
        finally:
            progress.over()


def account(
    options: Namespace, contract: ir.Contract, as_of: date | None, screen: Screen, progress: Progress
) -> Account:
    """The account by the engine that was asked for, or that the log is for."""
    from outcomelang.core.artefact import digest
    from outcomelang.relational.accounts import Asked
    from outcomelang.relational.accounts import account as made
    from outcomelang.relational.choosing import choose

    paths = [Path(path) for path in options.events]
    allowed, choice = resources(options), choose(options.engine, paths)

    def tell(said: str) -> None:
        progress.over()
        screen.message(said)

    asked = Asked(contract, paths, choice, allowed, tell, progress.step)
    return made(asked, as_of, digest(contract), provenance=options.format != "text")


def since(options: Namespace, contract: ir.Contract, as_of: date | None, screen: Screen) -> Ledger:
    """The account since an earlier one, which is told from the log row by row."""
    from outcomelang.core.artefact import digest
    from outcomelang.evaluation.adjustments import evaluate_since
    from outcomelang.evaluation.earlier_ledger import read_ledger
    from outcomelang.evaluation.log import read_log

    if options.engine not in ("auto", "reference"):
        screen.message("An account since an earlier one is made by the reference, not by an engine.")
    content = Path(options.since).read_bytes()
    earlier = read_ledger(content, options.since, contract.currency, contract.minor_digits)
    log = read_log(contract, [Path(path) for path in options.events])
    return evaluate_since(contract, log, as_of, digest(contract), earlier, options.since)


def written_straight(made: Account, options: Namespace, progress: Progress) -> bool:
    """Whether the entries went from the engine to the file as they stand there, without one being made of them."""
    if made.straight is None or options.format not in ("csv", PARQUET):
        return False
    from outcomelang.cli.ledger_parquet import write_parquet
    from outcomelang.cli.ledger_straight import csv_lines, records
    from outcomelang.cli.output_file import replace_whole, write_whole
    from outcomelang.relational.account.straight import NotStraight

    progress.step("Writing the ledger")
    of, ledger = made.straight, made.ledger
    try:
        if options.format == PARQUET:
            replace_whole(options.output, lambda path: write_parquet(ledger, path, records(of, ledger)))
        else:
            write_whole(options.output, csv_lines(of, ledger))
    except NotStraight:
        return False
    return True


def shown_or_written(
    ledger: Ledger, engine: str, options: Namespace, screen: Screen, progress: Progress | None = None
) -> int:
    if progress is not None and options.output:
        progress.step("Writing the ledger")
    if options.format == PARQUET:
        from outcomelang.cli.ledger_parquet import write_parquet
        from outcomelang.cli.output_file import replace_whole

        if ledger.accounts:
            raise UsageExit("Adjustments are written as JSON or CSV.", "outcomelang evaluate --help")
        replace_whole(options.output, lambda path: write_parquet(ledger, path))
    elif options.output:
        from outcomelang.cli.output_file import write_whole

        write_whole(options.output, pieces(ledger, options.format, screen.style(), options.places, engine))
    else:
        text = shown(ledger, options.format, screen.style(), options.places, engine)
        if progress is not None:
            progress.over()
        screen.result(text, safe=True)
    return 0


def pieces(ledger: Ledger, form: str, style: Style, places: bool, engine: str) -> str | Iterable[str]:
    """What goes to a file: of a large ledger a piece at a time."""
    if form == "csv" and not ledger.accounts:
        from outcomelang.cli.ledger_csv import ledger_lines

        return ledger_lines(ledger)
    return shown(ledger, form, style, places, engine)


def apart(output: str, inputs: list[str]) -> None:
    """Refuse to write the result over what it is made from."""
    if Path(output).resolve() in {Path(path).resolve() for path in inputs}:
        raise UsageExit(
            f"{output} is read by this command; write the result to another file.", "outcomelang evaluate --help"
        )


def shown(ledger: Ledger, form: str, style: Style, places: bool = False, engine: str = "reference") -> str:
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
            return statement(ledger, style, engine)
