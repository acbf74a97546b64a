"""Plans: outcomes agreed for each participant, and which of them can ever stand in one."""

from __future__ import annotations

from outcomelang.core import ir


def outcomes_of(plan: ir.Plan) -> tuple[str, ...]:
    """Every outcome that can stand in a plan, in the order of the text."""
    return tuple(dict.fromkeys(name for slot in plan.slots for name in outcomes_in(slot)))


def outcomes_in(slot: ir.Slot) -> tuple[str, ...]:
    """The outcomes that one rule of a plan names."""
    match slot:
        case ir.Agreed(outcomes) | ir.Chosen(_, outcomes):
            return outcomes
        case ir.AgreedByGroup(_, choices):
            return tuple(choice.outcome for choice in choices)


def outcome_rows(contract: ir.Contract) -> tuple[ir.PartitionRow, ...]:
    """Every outcome as a label that a row may carry. Steps of one outcome are told apart by their names alone."""
    whole = (outcome for outcome in contract.outcomes if outcome.part_of is None)
    return tuple(ir.PartitionRow(each.name, None, () if each.family else each.logged) for each in whole)


def most_of(plan: ir.Plan) -> int:
    """How many outcomes can stand in one participant's plan."""
    most = 0
    for slot in plan.slots:
        match slot:
            case ir.Agreed(outcomes):
                most += len(outcomes)
            case ir.AgreedByGroup():
                most += 1
            case ir.Chosen(number):
                most += number
    return most
