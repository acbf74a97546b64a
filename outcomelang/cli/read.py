"""The whole contract as numbered clauses of plain English, from what it means and not from how it is written: every
day that a window covers, every amount, every step of the calculation in its order. It explains the agreement and is
no part of it. A part too long for its sentence gets a name there, and its clause says below what the name stands for.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from outcomelang.cli.arguments import Parser, UsageExit, contract_argument, format_argument
from outcomelang.cli.screen import Screen


def arguments(parser: Parser) -> None:
    contract_argument(parser)
    format_argument(parser, "text", "markdown", "json")
    parser.add_argument("--without-review", action="store_true", help="leave out what stands in the review")
    parser.add_argument("--output", metavar="FILE", help="write it to this file")


def run(options: Namespace, screen: Screen) -> int:
    from outcomelang.cli.contract_file import load
    from outcomelang.core.review import agreement
    from outcomelang.prose import layout
    from outcomelang.prose.reading import read
    from outcomelang.report.plain import plain

    if options.output and Path(options.output).resolve() == Path(options.contract).resolve():
        raise UsageExit(
            f"{options.output} is the contract; write its reading to another file.", "outcomelang read --help"
        )
    contract = load(options.contract)
    reading = read(agreement(contract) if options.without_review else contract)
    match options.format:
        case "json":
            import json

            text = json.dumps(layout.values(reading), ensure_ascii=False, indent=1) + "\n"
        case "markdown":
            text = plain(layout.markdown(reading))
        case _:
            text = plain(layout.plain_text(reading, width=layout.WIDTH if options.output else screen.style().width))
    if options.output:
        from outcomelang.cli.output_file import write_whole

        write_whole(options.output, text)
    else:
        screen.result(text, safe=options.format != "json")
    return 0
