"""What an engine knows of a contract's vocabulary, and the names of the tables in which it stands."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from attrs import frozen

from outcomelang.core import ir
from outcomelang.evaluation.log.values import Flaw
from outcomelang.evaluation.log.vocabulary import Plan, Vocabulary
from outcomelang.relational.attributes import Attribute, attribute_of
from outcomelang.relational.log.spellings import plans_of

READ, HEADS, LABELS, SAID = "log_read", "log_heads", "log_labels", "log_said"


class State(IntEnum):
    ROW = 0
    VERDICT = 1
    ASIDE = 2


@frozen
class Words:
    """The vocabulary of a contract with what an engine must know of it."""

    contract: ir.Contract
    vocabulary: Vocabulary
    first: date
    last: date
    """Between which days a row may believably lie."""

    @property
    def plans(self) -> tuple[Plan, ...]:
        return plans_of(self.vocabulary)


def has_labels(plan: Plan, key: str) -> bool:
    """Whether only declared labels may stand in a column in rows of a plan: then not every text is one."""
    cell = plan.cells.get(key)
    return cell is not None and isinstance(cell.read("\ue000"), Flaw)


def labelled(words: Words, key: str) -> bool:
    """Whether the texts of a column are looked up as labels."""
    return any(unit_at(words, plan, key) is ir.Unit.LABEL and has_labels(plan, key) for plan in words.plans)


def attribute_at(words: Words, plan: Plan, key: str) -> Attribute | None:
    cell = plan.cells.get(key)
    return attribute_of(words.contract, plan.event, cell.name) if cell is not None else None


def unit_at(words: Words, plan: Plan, key: str) -> ir.Unit | None:
    found = attribute_at(words, plan, key)
    return found.unit if found is not None else None


def data_cell(position: int) -> str:
    """The column of the text of a cell."""
    return f"cell_{position}"


def label_cell(position: int) -> str:
    """The column of the label that it means."""
    return f"label_{position}"
