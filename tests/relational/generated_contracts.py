"""Contracts at random: clauses of golden pages put together on their base, with other amounts, lengths and days.

Every page is about some clause, and together they have every construct that the plan carries. Two or three pages of one
base make a contract in which the payments, limits and groups of one meet the outcomes of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from random import Random

from attrs import frozen

from outcomelang.compiler import compile_text
from outcomelang.core import ir
from outcomelang.diagnostic import ContractError

from . import samples

DECLARES = re.compile(
    r"^(?:payment|repayment|outcome|define|table|event|state|period|group|cohort|bonus) ([A-Z][\w-]*(?: [A-Z][\w-]*)*)",
    re.MULTILINE,
)
AMOUNT = re.compile(r"£[\d,]+(?:\.\d+)?(?! ?million)")
LENGTH = re.compile(r"\b(\d+) (day|week|month|year)s?\b")
AMOUNTS = ("£0", "£0.01", "£0.02", "£1", "£3.33", "£99.99", "£100", "£1,000", "£45,035,996,273,704.97")
"""The last is one penny beyond half of 2^53: twice as much has no exact binary float."""
MODES = ("half up", "half even", "down", "up")
TRIES = 12


@frozen
class Written:
    """A text that compiles, and what it says."""

    text: str
    contract: ir.Contract


@frozen
class Clauses:
    page: str
    base: str
    text: str


@cache
def clauses() -> tuple[Clauses, ...]:
    """Those of every page that has a contract, on a base or whole."""
    return tuple(_clauses())


def _clauses() -> Iterator[Clauses]:
    for path in sorted(samples.GOLDEN.glob("**/*.md")):
        found = samples.FENCE.search(path.read_text("utf-8"))
        if found is None or not found[1].startswith("outcome"):
            continue
        base = re.search(r"\bbase=(\S+)", found[1])
        yield Clauses(path.relative_to(samples.GOLDEN).as_posix(), base[1] if base else "", found[2])


@cache
def base_text(name: str) -> str:
    return (samples.GOLDEN / "bases" / f"{name}.outcome").read_text("utf-8") if name else ""


def written(random: Random) -> Written:
    """A contract that compiles: of several pages where they go together, else of one."""
    while True:
        first = random.choice(clauses())
        others = [each for each in clauses() if each.base == first.base] if first.base else []
        for pages in (random.choice((0, 1, 1, 2)), 0):
            for _ in range(TRIES if pages else 1):
                chosen = [first, *random.sample(others, min(pages, len(others)))]
                made = compiled(_changed(random, base_text(first.base), chosen))
                if made is not None:
                    return made


def compiled(text: str) -> Written | None:
    """None where the text is refused."""

    def load(name: str) -> str:
        return text if name == "contract.outcome" else (samples.GOLDEN / "bases" / name).read_text("utf-8")

    try:
        return Written(text, compile_text(text, "contract.outcome", load, None, doubts=False).core)
    except (ContractError, FileNotFoundError):
        return None


def _changed(random: Random, base: str, chosen: list[Clauses]) -> str:
    """The clauses on their base: names of the later ones are their own, some numbers are others."""
    parts = [base, chosen[0].text]
    known = set(DECLARES.findall(base))
    for number, each in enumerate(chosen[1:], 2):
        text = each.text
        for name in sorted(set(DECLARES.findall(text)) - known, key=len, reverse=True):
            text = re.sub(rf"\b{re.escape(name)}(?=s?\b)", f"{name} {'ABC'[number - 1]}", text)
        parts.append(text)
    text = "".join(parts)
    if random.random() < 0.5:
        share = random.choice((0.2, 0.5, 1.0))
        text = AMOUNT.sub(lambda m: random.choice(AMOUNTS) if random.random() < share else m[0], text)
    if random.random() < 0.4:
        text = LENGTH.sub(lambda m: _length(random, m), text)
    if random.random() < 0.3:
        text = re.sub(r"\b(20[23]\d)\b", lambda m: str(int(m[1]) - 1), text)  # a 29 February within the first year
    if random.random() < 0.3 and "\nrounding " not in text:
        text += f"rounding each amount to the nearest {random.choice(('penny', 'pound'))}, {random.choice(MODES)}\n"
    elif random.random() < 0.5:
        text = re.sub(r"(?m)^(rounding each .*), half up$", lambda m: f"{m[1]}, {random.choice(MODES)}", text)
    return text


def _length(random: Random, found: re.Match[str]) -> str:
    if random.random() < 0.7:
        return found[0]
    number = max(1, int(found[1]) + random.choice((-1, 1, 1, 2, 11)))
    return f"{number} {found[2]}{'' if number == 1 else 's'}"
