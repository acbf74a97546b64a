"""`exposure --symbolic`: what one more outcome is worth, where limits bind and what is due at each rate of success."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from outcomelang.cli.arguments import UsageExit, nearest
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from outcomelang.exposure.sensitivity import Sensitivity
    from outcomelang.exposure.symbolic import Symbolic

CURVE = 100
"""Points of the picture: a limit is seen to bind within a hundredth of the rate."""
_HELP = "outcomelang exposure --help"
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)


def run(options: Namespace, screen: Screen) -> int:
    from outcomelang.cli.contract_file import load
    from outcomelang.core.artefact import digest
    from outcomelang.exposure.breakeven import break_even
    from outcomelang.exposure.sensitivity import sensitivity
    from outcomelang.exposure.symbolic import symbolic
    from outcomelang.histories.earning import Earning
    from outcomelang.histories.paid import Payer

    if options.witness:
        raise UsageExit("--witness writes the histories of exposure without --symbolic.", _HELP)
    people = _people(options.people)
    contract = load(options.contract)
    found = symbolic(contract)
    given = _given(options.at, [each.name for each in found.formulas.symbols])
    along = sensitivity(found, people, given)
    rates = break_even(Earning(contract, Payer(contract)))
    if options.format == "json":
        from outcomelang.cli.symbolic_json import symbolic_json

        screen.result(symbolic_json(found, rates, along, digest(contract)), safe=True)
    else:
        from outcomelang.cli.symbolic_text import symbolic_text
        from outcomelang.report.plain import plain

        screen.result(plain(symbolic_text(found, rates, along)), safe=True)
    if options.chart:
        _draw(found, sensitivity(found, people, given, CURVE), options.chart, screen)
    return 0


def _people(said: str | None) -> Fraction | None:
    if said is None:
        return None
    if not said.isascii() or not said.isdigit() or int(said) == 0 or len(said) > 12:
        raise UsageExit(f"--people {said} is no number of people: write it as 250.", _HELP)
    return Fraction(int(said))


def _given(said: Iterable[str], names: list[str]) -> dict[str, Fraction]:
    """The values of symbols, each said once."""
    found: dict[str, Fraction] = {}
    for each in said:
        name, equals, value = each.partition("=")
        if not equals:
            raise UsageExit(f"--at {each} has no value: write it as NAME=VALUE.", _HELP)
        if name not in names:
            raise UsageExit(f"There is no symbol “{name}” in the formulas.{nearest(name, names)}", _HELP)
        if name in found:
            raise UsageExit(f"--at gives “{name}” two values.", _HELP)
        if not _NUMBER.fullmatch(value):
            raise UsageExit(f"--at {each}: “{value}” is no number; write it as 12 or 0.25.", _HELP)
        found[name] = Fraction(value)
    return found


def _draw(found: Symbolic, along: Sensitivity, path: str, screen: Screen) -> None:
    from outcomelang.cli.output_file import write_whole
    from outcomelang.cli.sensitivity_chart import chart

    if not along.points or not any(point.due for point in along.points):
        screen.message(f"{path} not written: there is nothing to draw at any rate of success\n")
        return
    write_whole(path, chart(found, along))
    screen.message(f"{path} written\n")
