"""The sequential fold over the reference's own drafts gives the reference's ledger, equal in all fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from outcomelang.relational.fold import Drawn, fold
from outcomelang.relational.stage_needs import refused_stages

from .accounts import accounts, compiled, contracts, golden_pages, name_of
from .exported import exported

REFUSED = {
    "a_share_of_what_was_achieved_bounds_what_is_paid",
    "instalments_are_each_paid_at_the_index_of_their_day",
}
"""Pages whose stages ask for more than drafts say."""


@pytest.mark.parametrize("path", [*contracts(), *golden_pages()], ids=name_of)
def test_the_fold_gives_the_ledger_of_the_reference(path: Path) -> None:
    contract = compiled(path)
    if refused_stages(contract):
        assert path.stem in REFUSED
        return
    for account, meaning in accounts(path):
        of = exported(account, meaning)
        backwards = of.drafts[::-1]  # the order of rows never tells
        batches = (backwards[begin : begin + 7] for begin in range(0, len(backwards), 7))
        columns = [column.name for column in of.columns]
        drawn = Drawn(columns, batches, of.pending, of.reports, of.endings)
        assert fold(of.contract, of.known, drawn) == of.ledger
