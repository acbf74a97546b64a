"""The histories that show loopholes, as files that `evaluate` reads, each with its story and the command."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from attrs import frozen

from outcomelang.cli.examining import Examined
from outcomelang.cli.output_file import write_whole
from outcomelang.core.ir import Contract
from outcomelang.core.money import money
from outcomelang.histories.history import FILE, as_csv
from outcomelang.histories.paid import Payer, account_day
from outcomelang.histories.story import due, told
from outcomelang.loopholes.finding import Told
from outcomelang.loopholes.search import Loophole
from outcomelang.report.escapes import fenced, markdown
from outcomelang.report.plain import sentence

README = "README.md"


@frozen
class Place:
    """A history and the folder that it is written to; `beside` are the others of the same finding."""

    folder: str
    told: Told
    loophole: Loophole
    beside: tuple[tuple[str, str], ...]


def write(folder: str, examined: Sequence[Examined]) -> int:
    """Write every history of every finding below `folder`; how many there were. What else stands there stays."""
    written = 0
    names = _names([each.checked.path for each in examined])
    for each, name in zip(examined, names, strict=True):
        if each.contract is None or each.report is None:
            continue
        for place in _places(os.path.join(folder, name), each.report.loopholes):  # noqa: PTH118  paths as they were given
            Path(place.folder).mkdir(parents=True, exist_ok=True)
            log = os.path.join(place.folder, FILE)  # noqa: PTH118
            write_whole(log, as_csv(each.contract, place.told.history))
            told = "\n".join(_readme(each.contract, each.checked.path, place, log)) + "\n"
            write_whole(os.path.join(place.folder, README), told)  # noqa: PTH118
            written += 1
    return written


def _names(paths: Sequence[str]) -> list[str]:
    """A folder for each contract: its name without its ending, and its folders where two are called alike."""
    stems = [PurePath(path).stem for path in paths]
    if len(set(stems)) == len(stems):
        return stems
    whole = [os.path.abspath(path) for path in paths]  # noqa: PTH100
    common = os.path.commonpath([os.path.dirname(path) for path in whole])  # noqa: PTH120
    return [str(PurePath(os.path.relpath(path, common)).with_suffix("")) for path in whole]


def _places(folder: str, loopholes: Sequence[Loophole]) -> Iterator[Place]:
    """`RULE-1`, `RULE-2` …: the histories of a rule are numbered, those that are compared one after the other."""
    numbers: dict[str, int] = {}
    for loophole in loopholes:
        witness, rule = loophole.finding.witness, loophole.rule.name
        if witness is None:
            continue
        first = numbers.get(rule, 0) + 1
        numbers[rule] = first + len(witness.told) - 1
        named = [(f"{rule}-{number}", each) for number, each in enumerate(witness.told, first)]
        for name, each in named:
            beside = tuple((other, about.title) for other, about in named if other != name)
            yield Place(os.path.join(folder, name), each, loophole, beside)  # noqa: PTH118


def _readme(contract: Contract, path: str, place: Place, log: str) -> Iterator[str]:
    finding, rule = place.loophole.finding, place.loophole.rule
    assert finding.witness is not None
    total = money(place.told.total, contract.currency, contract.minor_digits)
    yield from (f"# {rule.name} ({rule.code})", "", markdown(sentence(finding.message)), "")
    yield from ("The people and days below are made up. Nobody recorded this history.", "")
    if place.told.title:
        yield from (f"## {markdown(place.told.title.rstrip(':'))}", "")
    lines = (*told(contract, place.told.history), "", *due(contract, Payer(contract)(place.told.history)))
    yield from (*fenced("\n".join(lines)), "")
    for name, title in place.beside:
        yield from (f"Compare [{name}](../{name}/{README}): {markdown(sentence(title.rstrip(':')))}", "")
    so = sentence(finding.witness.so)
    yield from (markdown(so[:1].upper() + so[1:]), "")
    yield from ("The evaluator pays this history, in the folder in which the check was run:", "")
    yield from (*fenced(command(contract, path, log), "sh"), "", f"The total is {total}.")


def command(contract: Contract, path: str, log: str) -> str:
    """What to type to see the claimed total."""
    words = ["outcomelang", "evaluate", path, "--events", log]
    day = account_day(contract)
    return shlex.join([*words, *(("--as-of", day.isoformat()) if day is not None else ())])
