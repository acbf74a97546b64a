"""The reasons behind an amount, or behind nothing, in at most 15 lines: the sum with its numbers, the clause, the rows
of the log, what limits and rounding took; for what is not paid, the first condition that failed and by how much. Ask
for a participant, a cohort, a payment, or an entry by the id that stands with it. With --since, an earlier ledger, it
says what was adjusted and why; then an adjustment can be asked for by its id too. --all shows everything there is to
say.
"""

from __future__ import annotations

from argparse import Namespace
from itertools import accumulate
from pathlib import Path

from outcomelang.cli.arguments import Parser, contract_argument, day_argument, events_argument, since_argument
from outcomelang.cli.days import day
from outcomelang.cli.screen import Screen

ESSENCE = 15


def arguments(parser: Parser) -> None:
    contract_argument(parser)
    parser.add_argument("who", metavar="NAME", help="a participant, a cohort, a payment or the id of an entry")
    events_argument(parser)
    day_argument(parser)
    since_argument(parser)
    parser.add_argument("--all", action="store_true", help="everything, not only the first 15 lines")


def run(options: Namespace, screen: Screen) -> int:
    as_of = day(options.as_of)
    from outcomelang.cli.contract_file import load
    from outcomelang.evaluation.log import read_log

    contract = load(options.contract)
    events = [Path(path) for path in options.events]
    if options.since:
        from outcomelang.core.artefact import digest
        from outcomelang.evaluation.earlier_ledger import read_ledger
        from outcomelang.evaluation.why_adjusted import why_adjusted

        content = Path(options.since).read_bytes()
        earlier = read_ledger(content, options.since, contract.currency, contract.minor_digits)
        log = read_log(contract, events)
        lines = why_adjusted(contract, log, as_of, digest(contract), options.who, earlier, options.since)
    else:
        from outcomelang.evaluation.why import why

        lines = why(contract, read_log(contract, events), as_of, options.who)
    broken = [fitted(line, screen.style().width) for line in lines]
    shown = broken if options.all else essence(broken)
    screen.result("".join(f"{part}\n" for parts in shown for part in parts), safe=True)
    if len(shown) < len(broken):
        screen.message(f"{len(broken) - len(shown):,} more lines with --all.")
    return 0


def essence(lines: list[list[str]]) -> list[list[str]]:
    """As many whole lines as fit on 15 of the screen; a single one more is shown as well."""
    if sum(map(len, lines)) <= ESSENCE + 1:
        return lines
    whole = [end for end in accumulate(map(len, lines)) if end <= ESSENCE]
    return lines[: max(1, len(whole))]


def fitted(line: str, width: int) -> list[str]:
    """A line of the explanation in the width of the screen, what does not fit further in; safe to print."""
    from outcomelang.report.plain import columns, plain, wrapped

    if columns(plain(line)) <= width:
        return [plain(line)]
    indent = len(line) - len(line.lstrip())
    head, gap, rest = line[indent:].partition("  ")
    first = " " * indent + (plain(head) + gap if gap else "")
    return wrapped(rest if gap else head, width, " " * (indent + 3), first)
