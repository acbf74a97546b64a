"""What stands in the review beside a contract (`contract.review` beside `contract.outcome`), and what in the contract.

Where a clause was written decides it. A review changes neither what is due nor the digest of the agreement.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from outcomelang.core import ir
from outcomelang.tree import evolve

CONTRACT, REVIEW = ".outcome", ".review"
"""How the names of the two files end; before that they are alike."""

HELD = "accept, assume, cost and benefit"
"""The clauses that a review holds."""

N = TypeVar("N", bound=ir.Node)


def review_of(contract: str) -> str | None:
    """The path of the review that belongs to a contract; None for what is no `.outcome` file."""
    return contract.removesuffix(CONTRACT) + REVIEW if contract.endswith(CONTRACT) else None


def contract_of(path: str) -> str:
    """The path of the contract to which a review belongs; of any other file the path itself."""
    return path.removesuffix(REVIEW) + CONTRACT if path.endswith(REVIEW) else path


def of_review(node: ir.Node) -> bool:
    """Whether a part of the core was written in a review."""
    return node.origin.path.endswith(REVIEW)


def review_named(node: ir.Node) -> str:
    """The file name of the review in which a part was written; empty for what stands in a contract."""
    return file_name(node.origin.path) if of_review(node) else ""


def file_name(path: str) -> str:
    """The last part of a path."""
    return path.replace("\\", "/").rpartition("/")[2]


def agreement(contract: ir.Contract) -> ir.Contract:
    """The contract without what stands in reviews."""
    return evolve(
        contract,
        acceptances=_agreed(contract.acceptances),
        assumptions=_agreed(contract.assumptions),
        costs=_agreed(contract.costs),
        benefits=_agreed(contract.benefits),
    )


def _agreed(nodes: Iterable[N]) -> tuple[N, ...]:
    return tuple(node for node in nodes if not of_review(node))
