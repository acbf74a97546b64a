"""For the people who must deliver the log. Text is a data dictionary in Markdown: every column and event, with an
example; CSV is the line of column names, to start a file from; JSON is a JSON Schema of one row.
"""

from __future__ import annotations

from argparse import Namespace

from outcomelang.cli.arguments import Parser, contract_argument, format_argument
from outcomelang.cli.screen import Screen


def arguments(parser: Parser) -> None:
    contract_argument(parser)
    format_argument(parser, "text", "csv", "json")


def run(options: Namespace, screen: Screen) -> int:
    from outcomelang.cli.contract_file import load
    from outcomelang.evaluation.log.schema import dictionary, header, json_schema

    contract = load(options.contract)
    match options.format:
        case "json":
            import json

            screen.result(json.dumps(json_schema(contract), indent=1) + "\n")
        case "csv":
            from outcomelang.cli.ledger_csv import csv_text, harmless

            screen.result(csv_text([[harmless(name) for name in header(contract)]]))
        case _:
            screen.result(dictionary(contract))
    return 0
