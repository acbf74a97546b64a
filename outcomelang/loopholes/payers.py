"""Who pays, and who is paid."""

from __future__ import annotations

from collections.abc import Iterable

from outcomelang.core import ir
from outcomelang.loopholes.study import Study


def parties_of(study: Study, side: ir.Payer) -> frozenset[str]:
    """The parties that a payer (or payee) of a payment may be."""
    match side:
        case ir.NamedParty(party):
            return frozenset((party,))
        case ir.Jointly(joint):
            shares = next(each.shares for each in study.contract.joint_parties if each.name == joint)
            return frozenset(party for party, _ in shares)
        case ir.PartyOfGroup(partition):
            return frozenset(row.label for row in study.names.partitions[partition].rows)


def payers_of(study: Study, flows: Iterable[ir.Flow]) -> frozenset[str]:
    """Everybody who pays under some of these payments."""
    return frozenset().union(*(parties_of(study, flow.payer) for flow in flows))


def payees_of(study: Study, flows: Iterable[ir.Flow]) -> frozenset[str]:
    """Everybody who is paid under some of these payments."""
    return frozenset().union(*(parties_of(study, flow.payee) for flow in flows))
