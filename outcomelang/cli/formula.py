"""What each payment comes to, as algebra: an expression over named counts, amounts and rates, told from the contract
alone. Limits are the lesser of two, floors the greater, bands are cases, roundings functions; numbers are exact. Every
symbol is said in English, with its unit and clause. What has no faithful closed form is named, with the part that has
one, and why.
"""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from outcomelang.cli.arguments import Parser, UsageExit, contract_argument, format_argument, nearest
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from outcomelang.core import ir
    from outcomelang.formula.deriving import Formulas


def arguments(parser: Parser) -> None:
    contract_argument(parser)
    format_argument(parser, "text", "latex", "sympy", "python", "json")
    parser.add_argument("--payment", metavar="NAME", action="append", default=[], help="only this one; may be repeated")


def run(options: Namespace, screen: Screen) -> int:
    from outcomelang.cli.contract_file import load
    from outcomelang.formula.deriving import formulas, only

    contract = load(options.contract)
    found = formulas(contract)
    names = [each.name for each in found.payments]
    for name in options.payment:
        if name not in names:
            raise UsageExit(f"There is no payment “{name}”.{nearest(name, names)}", "outcomelang formula --help")
    wanted = only(found, tuple(options.payment)) if options.payment else found
    screen.result(_written(wanted, options.format, contract), safe=options.format in ("text", "json"))
    return 0


def _written(found: Formulas, form: str, contract: ir.Contract) -> str:
    match form:
        case "latex":
            from outcomelang.formula.latex import fragment

            return fragment(found)
        case "sympy":
            from outcomelang.formula.loading import sympy_source

            return sympy_source(found)
        case "python":
            from outcomelang.formula.python_source import module

            return module(found)
        case "json":
            from outcomelang.core.artefact import digest
            from outcomelang.formula.json_tree import document

            return document(found, digest(contract))
        case _:
            from outcomelang.formula.text import page
            from outcomelang.report.plain import plain

            return plain(page(found))
