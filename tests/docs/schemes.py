"""docs/schemes.md: every scheme of `contracts/` with its mechanisms, its examples and what they come to.

    python tests/docs/schemes.py > docs/schemes.md

Titles, purposes and mechanisms are read from the contracts, totals from the statements that the tests compare with the
evaluator.
"""

from __future__ import annotations

import csv
import re
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from outcomelang.cli.days import in_words
from outcomelang.compiler import Compiled, compile_path
from outcomelang.core.from_surface.libraries import with_libraries
from outcomelang.core.from_surface.variants import expand
from outcomelang.core.money import money
from outcomelang.resources import stdlib_text
from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.from_text import parse
from outcomelang.tree import Tree

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / "contracts"
WIDTH = 120

Told = Callable[[tuple[Tree, ...]], bool]
"""Whether a contract, as the nodes it is written in, has a mechanism."""


def some(*kinds: type, where: Callable[[Any], bool] = lambda _: True) -> Told:
    """Whether a contract has a node of one of these kinds (of which that holds)."""
    return lambda nodes: any(isinstance(node, kinds) and where(node) for node in nodes)


def limit(*kinds: type) -> Told:
    """Whether there is a limit with such a part."""
    return some(ast.Limit, where=lambda node: any(isinstance(part, kinds) for part in node.modifiers))


def is_maximum(node: Tree) -> bool:
    match node:
        case ast.Limit(limited=ast.AllPayments(payer=None), modifiers=modifiers):
            return not any(isinstance(part, ast.ForEachSubject | ast.InEachPeriod) for part in modifiers)
    return False


def is_on_a_number(node: Tree) -> bool:
    return isinstance(node, ast.Limit) and isinstance(node.to, ast.Number)


def is_lump_sum(node: Tree) -> bool:
    return isinstance(node, ast.Payment) and node.driver is None and node.spread is None and not node.repays


def price_by(kind: type) -> Told:
    """Whether a table looks up amounts by labels, or by ranges."""
    return some(ast.TableRow, where=lambda row: isinstance(row.keys[0], kind) and not isinstance(row.value, ast.Date))


MECHANISMS: tuple[tuple[str, Told], ...] = (
    ("lump sum", some(ast.Payment, where=is_lump_sum)),
    ("instalments", some(ast.Instalments)),
    ("fee in each period", some(ast.InEach)),
    ("paid in advance", some(ast.InAdvance, ast.InEach, where=lambda node: getattr(node, "in_advance", True))),
    ("rate card", some(ast.RateCard)),
    ("ladder of steps", some(ast.Ladder)),
    ("outcomes paid several times", some(ast.UpToTimes)),
    ("plan of chosen outcomes", some(ast.Plan)),
    ("lesser success paid in part", some(ast.PartlyWhen)),
    ("fall from a baseline", some(ast.Change)),
    ("by the percentage point", some(ast.ForEachPoint)),
    ("prices by group", price_by(ast.Text)),
    ("bands", price_by(ast.Range)),
    ("curve", some(ast.StraightLine)),
    ("price until so much has been paid", some(ast.UntilPaid)),
    ("indexed prices", some(ast.Indexed)),
    ("time in a state", some(ast.Reaches, where=lambda node: bool(node.modes))),
    ("cohorts", some(ast.Group, where=lambda node: node.word == "cohort")),
    ("cohorts judged together", some(ast.OfAllTogether)),
    ("comparison group", some(ast.Comparison)),
    ("members of a family", some(ast.Member)),
    ("reported figures", some(ast.Figure)),
    ("what participants answer", some(ast.AnsweredBy)),
    ("same period of another year", some(ast.SamePeriod)),
    ("deadlines in working days", some(ast.Holidays)),
    ("verification", some(ast.VerifiedBy)),
    ("decided by somebody", some(ast.DecidedBy)),
    ("repayment", some(ast.Payment, where=lambda node: node.repays)),
    ("withholding", some(ast.WithheldUntil)),
    ("one payment instead of another", some(ast.InsteadOf)),
    ("set-off", some(ast.LessAny)),
    ("joint payers", some(ast.Joint)),
    ("divided among several", some(ast.Divide)),
    ("guarantee of numbers", some(ast.Guarantee)),
    ("time limit for claims", some(ast.ClaimedWithin)),
    ("maximum", some(ast.Limit, where=is_maximum)),
    ("limit for each participant or cohort", limit(ast.ForEachSubject)),
    ("limit in each period", limit(ast.InEachPeriod)),
    ("limit on a number", some(ast.Limit, where=is_on_a_number)),
    ("excess paid by another", limit(ast.ExcessPaidBy)),
    ("excess carried forward", limit(ast.ExcessCarriedForward)),
    ("early ending", some(ast.Exit)),
    ("suspension", some(ast.Suspension)),
    ("amendments", some(ast.Amendment)),
)
"""What a contract is made of: words, and what they are told by in the tree as written."""


# ---------------------------------------------------------------- what a folder holds


@attrs.frozen
class Example:
    name: str
    contract: str
    account: str
    total: Fraction


@attrs.frozen
class Scheme:
    name: str
    title: str
    purpose: str
    currency: str
    digits: int
    mechanisms: tuple[str, ...]
    blocks: int
    """How many examples stand in the contracts themselves."""
    examples: tuple[Example, ...]


@cache
def schemes() -> tuple[Scheme, ...]:
    return tuple(scheme(path.parent) for path in sorted(CONTRACTS.glob("*/contract.outcome")))


def scheme(folder: Path) -> Scheme:
    compiled = {path.stem: compile_path(path) for path in sorted(folder.glob("*.outcome"))}
    core = compiled["contract"].core
    nodes = tuple(node for path in folder.glob("*.outcome") for node in every_node(as_written(path)))
    logs = sorted((path.parent for path in folder.glob("*/expected.csv")), key=lambda path: number(path.name))
    return Scheme(
        folder.name,
        core.title,
        core.purpose,
        core.currency,
        core.minor_digits,
        tuple(words for words, told_by in MECHANISMS if told_by(nodes)),
        sum(len(each.core.examples) for each in compiled.values()),
        tuple(example(log, compiled) for log in logs),
    )


def as_written(path: Path) -> ast.File:
    """The clauses of a file, with its base worked in and what it takes from libraries written out."""

    def read(base: str) -> tuple[tuple[Source], ast.File, tuple[()]]:
        source = Source(base, Path(base).read_text("utf-8"))
        return (source,), parse(source)[0], ()

    def library(name: str, _: str) -> Source:
        return Source(f"stdlib/{name}.outcome", stdlib_text(name))

    return with_libraries(expand(read(str(path))[1], read)[0], library)[0]


def every_node(node: object) -> Iterator[Tree]:
    if isinstance(node, Tree):
        yield node
        for part in attrs.fields(node.__class__):
            yield from every_node(getattr(node, part.name))
    elif isinstance(node, tuple):
        for each in node:
            yield from every_node(each)


def number(name: str) -> tuple[int, str]:
    """x2 before x10."""
    digits = re.sub(r"\D", "", name)
    return int(digits or 0), name


def example(log: Path, compiled: dict[str, Compiled]) -> Example:
    core = compiled.get(log.name, compiled["contract"]).core
    as_of = log / "as-of.txt"
    when = in_words(date.fromisoformat(as_of.read_text("utf-8").strip())) if as_of.is_file() else ""
    title = core.title if log.name in compiled else ""
    with (log / "expected.csv").open(encoding="utf-8", newline="") as file:
        total = next(row["amount"] for row in csv.DictReader(file) if row["line"] == "total")
    return Example(log.name, title, when, Fraction(total))


def amount(each: Scheme, total: Fraction) -> str:
    return money(total * 10**each.digits, each.currency, each.digits)


# ---------------------------------------------------------------- the page

HEAD = """\
# Schemes

Schemes as contracts, with logs of invented people and what is due on them. Sources, and which numbers are published and
which illustrative, stand at the head of each contract; where the title says that the whole is illustrative, the sources
describe a way of paying and give no prices. Each log has a note with the arithmetic. [Real data](real-data.md) sets
some of them against published results.

This page is written by `python tests/docs/schemes.py > docs/schemes.md`; a test compares it with the checkout.
"""


def page() -> str:
    return "\n".join([HEAD, *overview(), "", *by_mechanism(), *(line for each in schemes() for line in section(each))])


def overview() -> Iterator[str]:
    yield "| scheme | examples | totals |"
    yield "|---|---|---|"
    for each in schemes():
        yield f"| [{each.name}](#{each.name}) | {len(each.examples)} | {totals(each)} |"
    count = sum(len(each.examples) for each in schemes())
    yield f"| {len(schemes())} schemes | {count} | |"


def totals(each: Scheme) -> str:
    """The total of its examples, or from the least to the most."""
    in_order = sorted(example.total for example in each.examples)
    return " to ".join(dict.fromkeys(amount(each, total) for total in (in_order[0], in_order[-1])))


def by_mechanism() -> Iterator[str]:
    yield from ("## By mechanism", "")
    users = defaultdict(list)
    for each in schemes():
        for words in each.mechanisms:
            users[words].append(each.name)
    for words, _ in MECHANISMS:
        if users[words]:
            yield from wrapped(f"* **{words}**: {', '.join(users[words])}", "  ")
    yield ""


def section(each: Scheme) -> Iterator[str]:
    yield from (f"## {each.name}", "")
    yield from wrapped(f"[{each.title}](../contracts/{each.name}/contract.outcome). {each.purpose}.")
    yield ""
    yield from wrapped(f"{listed(each.mechanisms)}. {each.blocks} examples stand in its contracts.")
    yield from ("", "| log | account | total |", "|---|---|---|")
    for example in each.examples:
        account = example.account and f"as of {example.account}"
        about = " · ".join(filter(None, (example.contract, account))) or "as the contract stands"
        yield f"| {example.name} | {about} | {amount(each, example.total)} |"
    yield ""


def listed(mechanisms: tuple[str, ...]) -> str:
    words = ", ".join(mechanisms)
    return words[:1].upper() + words[1:]


def wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    print(page().rstrip("\n"))
