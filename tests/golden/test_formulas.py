"""On every page with a log, the formulas of its contract give what the ledger of the page says."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from outcomelang import LogError
from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog
from outcomelang.evaluation.log import read_log
from outcomelang.formula.deriving import formulas
from outcomelang.substitution.agreement import substituted

from .page import HERE, Page, PageError, pages, read

FEWEST = 300
REFUSED = {"diagnostics"}
"""Blocks of a page that is about a mistake in its contract or its log."""


def given(page: Page) -> tuple[ir.Contract, EventLog] | None:
    """The contract and log of a page; None where it is about a mistake in one of them."""
    try:
        with TemporaryDirectory() as folder:
            return page.core(), read_log(page.core(), [page._log(Path(folder))])
    except (PageError, LogError):
        return None


def asks(page: Page) -> bool:
    block = page.given("events")
    return block is not None and not block.words


ASKED = [path for path in pages() if asks(read(path))]


@pytest.mark.parametrize("path", ASKED, ids=lambda path: path.relative_to(HERE).with_suffix("").as_posix())
def test_its_formulas_give_what_is_due(path: Path) -> None:
    page = read(path)
    found = given(page)
    if found is None:
        assert REFUSED & {block.name for block in page.blocks}
        return
    core, log = found
    of = formulas(core)
    answer = substituted(of, log, page.as_of)
    decided = [each for each in answer.compared if not (set(each.what) & set(answer.waiting))]
    wrong = [each for each in decided if not each.agrees and (each.what or not answer.waiting)]
    assert wrong == []
    named = {name for each in of.without for name in each.payments}
    assert {each.name for each in of.payments if each.due is None} <= named


def test_there_are_enough_such_pages() -> None:
    assert len([path for path in ASKED if not REFUSED & {block.name for block in read(path).blocks}]) >= FEWEST
