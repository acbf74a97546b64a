"""What is earned under a contract as SQL, for people who run it in a warehouse of their own: every stage under its
name, with the clause that it comes from and what it is for. A contract that SQL cannot say in full is refused with the
reason; evaluate does it then.
"""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from outcomelang.cli.arguments import Parser, UsageExit, contract_argument
from outcomelang.cli.days import day
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from outcomelang.relational.primitives import Dialect


def arguments(parser: Parser) -> None:
    parser.add_argument("what", metavar="sql", choices=("sql",), help="sql: statements that a warehouse runs")
    contract_argument(parser)
    parser.add_argument("--dialect", choices=("duckdb", "spark"), default="duckdb", help="duckdb, spark")
    parser.add_argument("--as-of", metavar="DATE", help="the day of the account (the last day for claims)")
    parser.add_argument("--no-rows", action="store_true", help="leave out the lists of rows that drafts rest on")
    parser.add_argument("--output", metavar="FILE", help="write it to this file")


def run(options: Namespace, screen: Screen) -> int:
    from outcomelang.cli.contract_file import load
    from outcomelang.relational.choosing import no_sql

    if (hindered := no_sql("This command")) is not None:
        raise hindered
    from outcomelang.relational.compiling import plan
    from outcomelang.relational.exporting import statements

    contract = load(options.contract)
    last = day(options.as_of) or contract.last_claim
    if last is None:
        raise UsageExit(
            "This contract names no last day for claims; say the day of the account with --as-of.",
            "outcomelang export --help",
        )
    made = plan(contract, last, provenance=not options.no_rows)
    for refusal in made.refusals:
        clause = f"clause {refusal.clause}: " if refusal.clause else ""
        screen.message(f"SQL cannot say this contract in full: {clause}{refusal.why}. “outcomelang evaluate” does it.")
        return 1
    dialect: Dialect = options.dialect
    text = statements(contract, made, last, dialect)
    if options.output:
        from outcomelang.cli.output_file import write_whole

        write_whole(options.output, text)
    else:
        screen.result(text, safe=False)
    return 0
