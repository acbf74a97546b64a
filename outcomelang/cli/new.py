"""A small contract with comments to start from, or one like that of a real scheme, or one that uses a library: it
checks clean and its examples pass. An existing file is never overwritten.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from outcomelang.cli.arguments import Parser, UsageExit, nearest
from outcomelang.cli.screen import Screen

CLEAN = "clean"
"""The contract that rules are tried on, with everything that keeps a loophole shut."""

STARTER = """\
-- A contract that pays a provider for people who keep a home. Change the names, days and amounts to yours.
-- Defined Terms are Capitalised; lower-case words belong to the language; what follows two hyphens is a comment.

contract "Homes that last"
commissioner Council "The Council"
provider Charity "The Charity"
currency GBP
term beginning on 1 April 2026 and ending on 31 March 2029
claims up to and including 30 September 2029

-- Who takes part, and from when: everybody whom the Council refers, once.
participant Client, joins on Referral between 1 April 2026 and 31 March 2028, once, selected by Council

-- What the log records, and on whose word. More of it, or fewer, is a better life for the Client.
event Referral is an input, recorded by Council
event Moving In is an outcome, recorded by Council, more is better
event Moving Out is an outcome, recorded by Council, fewer is better
state Housed beginning on Moving In and ending the day before Moving Out, more is better

-- What counts as a result, and by when. `within` includes its first and its last day.
outcome Home Kept of a Client
  clause "Schedule 1, 2"
  when Housed begun on or after Referral reaches 6 months without a break
  within 18 months of Referral
  once

-- Who pays whom, how much, for what, and up to what limit.
payment Outcome Fee: Council pays Charity £2,500 for each Home Kept
limit all payments to £250,000; earliest first; the excess is not paid

-- An example is part of the contract: `outcomelang test` evaluates it and compares.
example "A home found after one month and kept"
  given Client "A"
    1 May 2026     Referral
    1 June 2026    Moving In
    1 March 2027   Moving Out
  expect
    Outcome Fee    £2,500
    total          £2,500
"""


def arguments(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", help="where to write it, for example contract.outcome")
    parser.add_argument(
        "--from", dest="start", metavar="NAME", help="a scheme, a library or “clean” to start from (see --list)"
    )
    parser.add_argument("--list", action="store_true", help="show what there is to start from")


def run(options: Namespace, screen: Screen) -> int:
    if options.list:
        screen.result("".join(f"{line}\n" for line in listed()))
        return 0
    if options.file is None:
        raise UsageExit("It is not said where to write the contract.", "outcomelang new --help")
    path, files = Path(options.file), {}
    text = STARTER if options.start is None else _started(options.start)
    if options.start is not None:
        files = {path.parent / name: held for name, held in _beside(options.start, path).items()}
    for file, held in ({path: text} | files).items():
        try:
            with file.open("x", encoding="utf-8", newline="\n") as out:
                out.write(held)
        except FileExistsError:
            raise UsageExit(f"{file} is there already and was left as it is.", "outcomelang new --help") from None
    screen.message(f"Wrote {path}. Next:\n   outcomelang check {path}\n   outcomelang test {path}")
    return 0


def _beside(name: str, contract: Path) -> dict[str, str]:
    """What the contract of a scheme reads from files beside it, and its review."""
    from outcomelang.cli.scaffold import beside
    from outcomelang.resources import scheme_names

    return beside(name, contract.name) if name in scheme_names() else {}


def _started(name: str) -> str:
    """The text of a contract like that of a scheme, or of one that uses a library."""
    from outcomelang.cli.scaffold import from_library, from_scheme
    from outcomelang.resources import clean_text, scheme_names, stdlib_names

    if name == CLEAN:
        return clean_text()
    if name in scheme_names():
        return from_scheme(name)
    if name in stdlib_names():
        return from_library(name)
    absent = "" if scheme_names() else " This installation came without the contracts of schemes."
    known = nearest(name, [CLEAN, *scheme_names(), *stdlib_names()])
    raise UsageExit(f"There is no scheme and no library “{name}”.{known}{absent}", "outcomelang new --list")


def listed() -> Iterator[str]:
    """Libraries and schemes by name, each with what it is about."""
    from outcomelang.cli.scaffold import title
    from outcomelang.cli.shelf import shelves
    from outcomelang.resources import scheme_names

    rows = [(shelf.name, shelf.purpose) for shelf in shelves()]
    schemes = [(name, title(name)) for name in scheme_names()]
    width = max(len(name) for name, _ in (*rows, *schemes))
    yield "A contract in which no loophole is found"
    yield f"  {CLEAN}"
    yield "Libraries"
    yield from (f"  {name:<{width}}  {about}" for name, about in rows)
    if schemes:
        yield "Schemes"
        yield from (f"  {name:<{width}}  {about}" for name, about in schemes)
