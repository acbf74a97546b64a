"""Whether anything of an account goes by the rows on which entries rest: their order, and when they became known."""

from __future__ import annotations

from outcomelang.core import ir


def rows_tell(contract: ir.Contract) -> bool:
    """Whether a stage, a claim, a verification or a ruling asks for those rows, or two entries are told apart by them.

    Where nothing does, a statement is reckoned without them; entries that are looked at always have theirs.
    """
    once = {population.name for population in contract.populations if population.once}
    names = [flow.name for flow in contract.flows]
    return (
        bool(contract.versions)
        or len(set(names)) < len(names)
        or not all(_told_apart(flow, once) for flow in contract.flows)
        or any(flow.claimed_within is not None or flow.due is not None or flow.rulings for flow in contract.flows)
        or any(event.verification is not None for event in contract.events)
        or any(outcome.rulings for outcome in contract.outcomes)
        or any(
            stage.by_claim_date or isinstance(stage.per, ir.PerRow)
            for stage in contract.stages
            if isinstance(stage, ir.CountLimit | ir.MoneyLimit)
        )
    )


def _told_apart(flow: ir.Flow, once: set[str]) -> bool:
    """Whether its day, the person and its number tell each entry from the others."""
    if flow.instalments is not None or not isinstance(flow.driver, ir.OneEach | ir.EachAchievement | ir.EachUnit):
        return False
    match flow.subject:
        case ir.Whole():
            return True
        case ir.PerPerson(population=population):
            return population in once
        case _:
            return False
