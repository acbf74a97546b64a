"""What a contract can cost, told from the contract alone: the greatest amount that any log can make due, in all, by
payment, payer, year and person, with the limit that binds and whether a history reaches it; the least; what is due with
no outcome; and from which rate of success on the payments cover the costs that are declared. --witness writes the
histories behind these figures as logs that `outcomelang evaluate` runs.

With --symbolic the same contract in algebra: what one more of each outcome adds, piece by piece; from where on each
limit binds; what is due without any outcome; and what is due at each rate of success, as a table and as a picture.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from outcomelang.cli.arguments import Parser, UsageExit, contract_argument, format_argument
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from outcomelang.exposure.analysis import Exposure


def arguments(parser: Parser) -> None:
    contract_argument(parser)
    format_argument(parser, "text", "json")
    parser.add_argument("--witness", metavar="DIR", help="write the histories to this folder, each as a log")
    parser.add_argument("--symbolic", action="store_true", help="as formulas: marginal prices, limits, rates")
    parser.add_argument("--people", metavar="N", help="with --symbolic: so many take part")
    parser.add_argument(
        "--at", metavar="NAME=VALUE", action="append", default=[], help="with --symbolic: the value of a symbol"
    )
    parser.add_argument("--chart", metavar="FILE.svg", help="with --symbolic: the picture of what is due at each rate")


def run(options: Namespace, screen: Screen) -> int:
    if options.symbolic:
        from outcomelang.cli.symbolic import run as run_symbolic

        return run_symbolic(options, screen)
    for option in ("people", "at", "chart"):
        if getattr(options, option):
            raise UsageExit(f"--{option} goes with --symbolic.", "outcomelang exposure --help")
    if options.witness and Path(options.witness).exists() and not Path(options.witness).is_dir():
        raise UsageExit(f"{options.witness} is no folder.", "outcomelang exposure --help")
    from outcomelang.cli.contract_file import load
    from outcomelang.core.artefact import digest
    from outcomelang.exposure.analysis import exposure

    contract = load(options.contract)
    found = exposure(contract)
    if options.format == "json":
        from outcomelang.cli.exposure_json import exposure_json

        screen.result(exposure_json(found, digest(contract)), safe=True)
    else:
        from outcomelang.cli.exposure_text import exposure_text
        from outcomelang.report.plain import plain

        screen.result(plain(exposure_text(found)), safe=True)
    if options.witness:
        _write(found, Path(options.witness), screen)
    return 0


def _write(found: Exposure, folder: Path, screen: Screen) -> None:
    """A history in which nothing happens has no log to write."""
    from outcomelang.cli.output_file import write_whole
    from outcomelang.histories.history import as_csv

    folder.mkdir(parents=True, exist_ok=True)
    histories = {
        "greatest": found.reached.history,
        "least": found.least.found.history,
        "no-outcome": found.idle.idle.history,
    }
    for name, history in histories.items():
        if history.happened:
            path = folder / f"{name}.csv"
            write_whole(str(path), as_csv(found.contract, history))
            screen.message(f"{path} written\n")
