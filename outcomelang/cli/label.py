"""A contract on one page, the same lines for every contract: what is due whatever happens and what is at risk, the
greatest liability, the worst cliff, how long cash and evidence take, what would have happened anyway, who selects,
classifies and verifies, and which risks are accepted. Acceptances that have run out by --as-of (today, if not said)
count as open.
"""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from outcomelang.cli.arguments import Parser, UsageExit, contract_argument, format_argument
from outcomelang.cli.days import day
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from outcomelang.core.ir import Contract
    from outcomelang.loopholes.label import Label


def arguments(parser: Parser) -> None:
    contract_argument(parser)
    format_argument(parser, "text", "json", "html")
    parser.add_argument("--as-of", metavar="DATE", help="the day on which acceptances must hold (today)")
    parser.add_argument("--output", metavar="FILE", help="write it to this file")


def run(options: Namespace, screen: Screen) -> int:
    if options.output and Path(options.output).resolve() == Path(options.contract).resolve():
        raise UsageExit(
            f"{options.output} is the contract; write its label to another file.", "outcomelang label --help"
        )
    on = day(options.as_of) or datetime.now().astimezone().date()
    from outcomelang.cli.contract_file import load
    from outcomelang.core.artefact import digest

    contract = load(options.contract)
    text = _written(labelled(contract, on), digest(contract), options.format)
    if options.output:
        from outcomelang.cli.output_file import write_whole

        write_whole(options.output, text)
    else:
        screen.result(text, safe=options.format != "json")
    return 0


def _written(label: Label, mark: str, form: str) -> str:
    match form:
        case "json":
            from outcomelang.cli.label_text import label_json

            return label_json(label, mark)
        case "html":
            from outcomelang.cli.label_html import label_html

            return label_html(label, mark)
        case _:
            from outcomelang.cli.label_text import label_text
            from outcomelang.report.plain import plain

            return plain(label_text(label, mark))


def labelled(contract: Contract, on: date) -> Label:
    """The label of a contract by every rule there is."""
    from outcomelang.exposure.analysis import exposure
    from outcomelang.loopholes.label import label
    from outcomelang.loopholes.rules import RULES
    from outcomelang.loopholes.search import find

    return label(exposure(contract), find(contract, RULES, on), on, [rule.name for rule in RULES])
