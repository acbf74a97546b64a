"""What each payment comes to, as algebra: an expression over named counts, amounts and rates, told from the contract
alone. Limits are the lesser of two, floors the greater, bands are cases, roundings functions; numbers are exact. Every
symbol is said in English, with its unit and clause. What has no faithful closed form is named, with the part that has
one, and why.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
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
    parser.add_argument(
        "--keep", metavar="NAME", action="append", default=[], help="a definition or table that stays a symbol"
    )
    parser.add_argument("--output", metavar="FILE", help="write it to this file")


def run(options: Namespace, screen: Screen) -> int:
    if options.output and Path(options.output).resolve() == Path(options.contract).resolve():
        raise UsageExit(f"{options.output} is the contract; write to another file.", "outcomelang formula --help")
    from outcomelang.cli.contract_file import load
    from outcomelang.formula.deriving import formulas, only

    contract = load(options.contract)
    defined = [*(each.name for each in contract.measures), *(each.name for each in contract.tables)]
    _known(options.keep, defined, "definition or table")
    found = formulas(contract, options.keep)
    _known(options.payment, [each.name for each in found.payments], "payment")
    wanted = only(found, tuple(options.payment)) if options.payment else found
    written = _written(wanted, options.format, contract)
    if options.output:
        from outcomelang.cli.output_file import write_whole

        write_whole(options.output, written)
    else:
        screen.result(written, safe=options.format in ("text", "json"))
    return 0


def _known(asked: list[str], names: list[str], what: str) -> None:
    for name in asked:
        if name not in names:
            raise UsageExit(f"There is no {what} “{name}”.{nearest(name, names)}", "outcomelang formula --help")


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
