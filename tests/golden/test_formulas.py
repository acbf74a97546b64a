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


def given(page: Page) -> tuple[ir.Contract, EventLog] | None:
    """The contract and log of a page; None where it is about a mistake in one of them, or has none."""
    block = page.given("events")
    if block is None or block.words:
        return None
    try:
        with TemporaryDirectory() as folder:
            return page.core(), read_log(page.core(), [page._log(Path(folder))])
    except (PageError, LogError):
        return None


WITH_LOGS = [path for path in pages() if given(read(path)) is not None]


@pytest.mark.parametrize("path", WITH_LOGS, ids=lambda path: path.relative_to(HERE).with_suffix("").as_posix())
def test_its_formulas_give_what_is_due(path: Path) -> None:
    page = read(path)
    found = given(page)
    assert found is not None
    core, log = found
    of = formulas(core)
    answer = substituted(of, log, page.as_of)
    decided = [each for each in answer.compared if not (set(each.what) & set(answer.waiting))]
    wrong = [each for each in decided if not each.agrees and (each.what or not answer.waiting)]
    assert wrong == []
    named = {name for each in of.without for name in each.payments}
    assert {each.name for each in of.payments if each.due is None} <= named


def test_there_are_enough_such_pages() -> None:
    assert len(WITH_LOGS) >= FEWEST
