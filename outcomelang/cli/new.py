"""A small contract with comments to start from: it checks clean and its example passes. An existing file is never
overwritten.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from outcomelang.cli.arguments import Parser, UsageExit
from outcomelang.cli.screen import Screen

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
participant Client, joins on Referral, once, selected by Council

-- What the log records, and on whose word. More of it, or fewer, is a better life for the Client.
event Referral is an input, recorded by Council
event Moving In is an outcome, recorded by Charity, more is better
event Moving Out is an outcome, recorded by Charity, fewer is better
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
    parser.add_argument("file", metavar="FILE", help="where to write it, for example contract.outcome")


def run(options: Namespace, screen: Screen) -> int:
    path = Path(options.file)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as out:
            out.write(STARTER)
    except FileExistsError:
        raise UsageExit(f"{path} is there already and was left as it is.", "outcomelang new --help") from None
    screen.message(f"Wrote {path}. Next:\n   outcomelang check {path}\n   outcomelang test {path}")
    return 0
