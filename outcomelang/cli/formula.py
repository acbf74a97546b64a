"""What each payment comes to, as algebra: an expression over named counts, amounts and rates, told from the contract
alone. Limits are the lesser of two, floors the greater, bands are cases, roundings functions; numbers are exact. Every
symbol is said in English, with its unit and clause. What has no faithful closed form is named, with the part that has
one, and why.
"""

from __future__ import annotations

from argparse import Namespace

from outcomelang.cli.arguments import Parser, contract_argument, format_argument
from outcomelang.cli.screen import Screen


def arguments(parser: Parser) -> None:
    contract_argument(parser)
    format_argument(parser, "text")
    parser.add_argument("--payment", metavar="NAME", action="append", default=[], help="only this one; may be repeated")


def run(options: Namespace, screen: Screen) -> int:
    from outcomelang.cli.contract_file import load
    from outcomelang.formula.deriving import formulas
    from outcomelang.formula.text import page
    from outcomelang.report.plain import plain

    found = formulas(load(options.contract))
    screen.result(plain(page(found, tuple(options.payment))), safe=True)
    return 0
