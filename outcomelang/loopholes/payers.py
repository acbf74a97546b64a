"""Who pays, and who is paid."""

from __future__ import annotations

from collections.abc import Iterable

from outcomelang.core import ir
from outcomelang.core.declared import parties_of
from outcomelang.loopholes.study import Study


def payers_of(study: Study, flows: Iterable[ir.Flow]) -> frozenset[str]:
    """Everybody who pays under some of these payments."""
    return frozenset().union(*(parties_of(study.names, flow.payer) for flow in flows))


def payees_of(study: Study, flows: Iterable[ir.Flow]) -> frozenset[str]:
    """Everybody who is paid under some of these payments."""
    return frozenset().union(*(parties_of(study.names, flow.payee) for flow in flows))
