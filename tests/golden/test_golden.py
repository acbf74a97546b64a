"""Every golden page holds, and together they leave out no clause, no code and no kind of node.

`pytest --update-golden` rewrites what differs and fails all the same: a reader, not the run, says that it is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import UnionType
from typing import get_args

import attrs
import pytest

from outcomelang.compiler import Compiled
from outcomelang.core import diagnostics as of_meaning
from outcomelang.core import ir
from outcomelang.evaluation import ledger_faults as of_ledgers
from outcomelang.evaluation.log.errors import FAULTS
from outcomelang.evaluation.log.notices import NOTICES
from outcomelang.loopholes import acceptances as of_acceptances
from outcomelang.surface import ast
from outcomelang.surface import catalogue as of_form
from outcomelang.tree import Tree

from .page import HERE, Page, PageError, pages, read

PAGES = pages()
OF_CONTRACTS = {each.name for each in (*of_form.MISTAKES, *of_meaning.MISTAKES)}
OF_ACCEPTANCES = {each.name for each in of_acceptances.MISTAKES}
OF_LEDGERS = {each.name for each in of_ledgers.FAULTS}
OF_LOGS = {each.name for each in (*FAULTS, *NOTICES)}
SAID = re.compile(r"^(?:\S+ )?\d+:\d+ (?:warning |note )?([a-z0-9-]+):", re.MULTILINE)
FEWEST = 90


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(HERE).with_suffix("").as_posix())
def test_a_page_holds(path: Path, request: pytest.FixtureRequest) -> None:
    this = read(path)
    this.check()
    now = this.rewritten()
    if now != this.written and request.config.getoption("--update-golden"):
        path.write_text(now, "utf-8")
        pytest.fail("the page was rewritten: read what changed")
    assert now == this.written


def test_file_names_are_sentences_of_fact() -> None:
    """Stage, construct and name are words; the name is at least three of them."""
    names = [path.relative_to(HERE).as_posix() for path in PAGES]
    assert [n for n in names if not re.fullmatch(r"[a-z_]+/[a-z0-9_]+/[a-z0-9]+(_[a-z0-9]+){2,}\.md", n)] == []


def test_no_base_is_idle() -> None:
    named = re.compile(r"\bbase=(\S+)|\bbased on \"(\S+)\.outcome\"|\bfrom \"(\S+)\.outcome\"")
    used = {names for path in PAGES for names in named.findall(read(path).written)}
    assert {path.stem for path in (HERE / "bases").glob("*.outcome")} <= {name for each in used for name in each}


# ---------------------------------------------------------------- what a page must be like


def written(*blocks: str) -> Page:
    return Page(Path("x.md"), "Why.\n\n" + "\n".join(f"```{block}```\n" for block in blocks))


@pytest.mark.parametrize(
    ("blocks", "says"),
    [
        (["outcome\n"], "it expects nothing"),
        (["outcome\n", "poem\n", "ledger\n"], "nobody knows what a block “poem” is"),
        (["outcome\n", "ledger\n", "ledger\n"], "two blocks “ledger”"),
        (["ledger\n"], "begins with a block “outcome”"),
    ],
)
def test_a_page_that_proves_nothing_fails(blocks: list[str], says: str) -> None:
    with pytest.raises(PageError, match=says):
        written(*blocks).check()


def test_a_page_without_a_reason_fails() -> None:
    with pytest.raises(PageError, match="why"):
        Page(Path("x.md"), "```outcome\n```\n```ledger\n```\n").check()


def test_a_contract_that_does_not_compile_has_no_ledger() -> None:
    with pytest.raises(PageError, match="1:1 title-missing"):
        written("outcome\ncommissioner Council\n", "ledger\n").rewritten()


def test_an_update_writes_what_comes_out_and_is_then_stable() -> None:
    this = written("outcome base=head\npayment Grant: the Council pays the Charity £10\n", "ledger\nwrong\n")
    now = this.rewritten()
    assert "wrong" not in now
    assert "2025-04-01  Grant  Council → Charity  all  1 × £10 = £10  £10" in now
    assert Page(this.path, now).rewritten() == now


# ---------------------------------------------------------------- nothing is left out


def test_there_are_enough_pages_of_results() -> None:
    kinds = [{block.name for block in read(path).blocks} for path in PAGES]
    assert sum(bool(kind & {"ledger", "core", "examples"}) for kind in kinds) >= FEWEST


def test_every_finding_about_acceptances_has_a_page() -> None:
    blocks = (block for path in PAGES for block in read(path).blocks if block.name == "acceptances")
    assert {name for block in blocks for name in SAID.findall(block.text)} == OF_ACCEPTANCES


@pytest.mark.parametrize(
    ("about", "names"),
    [("contract", OF_CONTRACTS), ("events", OF_LOGS), ("earlier-ledger", OF_LEDGERS)],
    ids=["contracts", "logs", "ledgers"],
)
def test_every_finding_of_every_catalogue_has_a_page(about: str, names: set[str]) -> None:
    found: set[str] = set()
    for path in PAGES:
        blocks = {block.name: block.text for block in read(path).blocks}
        if about == next((given for given in ("earlier-ledger", "events") if given in blocks), "contract"):
            found.update(SAID.findall(blocks.get("diagnostics", "")))
    assert sorted(names - found) == []
    assert sorted(found - names) == []


def classes(node: object) -> Iterator[type]:
    if isinstance(node, Tree):
        yield node.__class__
        for a in attrs.fields(node.__class__):
            yield from classes(getattr(node, a.name))
    elif isinstance(node, tuple):
        for each in node:
            yield from classes(each)


@cache
def in_contracts() -> frozenset[type]:
    """Every class of node in the contracts of all pages, as written and as meant."""
    found: set[type] = set()
    for path in PAGES:
        this = read(path)
        if "escaped" in this.blocks[0].words:
            continue
        found.update(classes(this.surface))
        if isinstance(this.compiled, Compiled):
            found.update(classes(this.compiled.core))
    return frozenset(found)


UNIONS: list[UnionType] = [
    ast.Clause, ir.Subject, ir.Anchor, ir.DaySet, ir.Domain, ir.Test, ir.Quantity, ir.Condition, ir.Classifier,
    ir.TableKey, ir.KeySource, ir.Driver, ir.Payer, ir.Stage, ir.Given, ir.Expectation,
]  # fmt: skip


@pytest.mark.xdist_group("nodes")
@pytest.mark.parametrize("union", UNIONS, ids=lambda union: get_args(union)[0].__name__)
def test_every_kind_of_node_stands_in_a_page(union: UnionType) -> None:
    assert sorted(kind.__name__ for kind in set(get_args(union)) - in_contracts()) == []
