"""States without a beginning: "not In Care" held on every day before the first, so any length of it is reached."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.rounding import span_of
from outcomelang.diagnostic import Remedy
from outcomelang.tree import nodes


def begin_somewhere(e: Elaboration, contract: ir.Contract) -> None:
    """Report a length that is counted from nowhere."""
    states = {state.name: state.days for state in contract.states}
    for outcome in contract.outcomes:
        for node in nodes(outcome.when):
            if isinstance(node, ir.Reaches) and _from_nowhere(node, outcome, states):
                e.cite = outcome.origin.clause
                _say(e, node)


def _from_nowhere(node: ir.Reaches, outcome: ir.Outcome, states: dict[str, ir.DaySet]) -> bool:
    bounded = node.begun is not None or node.counted_from is not None or (node.further and outcome.after is not None)
    return not bounded and not _begins(states[node.state], states)


def _begins(days: ir.DaySet, states: dict[str, ir.DaySet]) -> bool:
    """Whether a set of days has a first one whatever the log says."""
    match days:
        case ir.Spells():
            return True
        case ir.InState(state=name):
            return _begins(states[name], states)
        case ir.NotDays():
            return False
        case ir.AllDays(parts=parts):
            return any(_begins(part, states) for part in parts)
        case ir.AnyDays(parts=parts):
            return all(_begins(part, states) for part in parts)


def _say(e: Elaboration, node: ir.Reaches) -> None:
    e.say(
        "no-beginning",
        span_of(node.origin),
        f"Everybody has been in {node.state} for ever: it holds on every day before anything happened.",
        label=f"{node.state} has no first day",
        remedies=(
            Remedy(f"{node.state} counted from DAY reaches …", "days before that day do not count"),
            Remedy(f"{node.state} begun on or after DAY reaches …", "only what begins from that day on counts"),
        ),
    )
