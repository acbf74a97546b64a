"""What counts several times must be able to come again: a total is reached once, and a list is met once."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.core.from_surface.context import NO_CONDITION, Elaboration, name_of
from outcomelang.diagnostic import Remedy
from outcomelang.source import Span
from outcomelang.surface import ast


def reached_once(e: Elaboration, clause: ast.Outcome, core: ir.Outcome) -> None:
    """Report `each time` or `up to 3 times` where a second time could never come, and a `further` that has no sense."""
    when = core.when
    if isinstance(when, ir.Reaches) and when.further and when.mode == "in any":
        _say(e, clause.span, f"Nobody can say where the further time of {name_of(clause)} begins: “in any” moves.")
        return
    often = [each for each in clause.modifiers if isinstance(each, ast.UpToTimes | ast.EachTime)]
    if often and when != NO_CONDITION and not comes_again(when):
        said = f"{name_of(clause)} would count once, whatever is said of several times: {_why(when)}."
        _say(e, often[0].span, said, Remedy("once"), *_again(when))


def comes_again(when: ir.Condition) -> bool:
    """Whether a condition as a whole is met anew on a later day."""
    match when:
        case ir.Happens(_, negated):
            return not negated
        case ir.Reaches():
            return when.further or when.mode == "without a break"
        case ir.AtLeast() | ir.ForMembers() | ir.Compares() | ir.LabelIs() | ir.ValueGiven() | ir.Achieved():
            return False


def _why(when: ir.Condition) -> str:
    match when:
        case ir.Reaches(state):
            return f"a total of {state} is reached on one day"
        case ir.AtLeast() | ir.ForMembers():
            return "its list is met on one day, that of its last or first part"
        case ir.Happens() | ir.Compares() | ir.LabelIs() | ir.ValueGiven() | ir.Achieved():
            return "its condition is met on one day"


def _again(when: ir.Condition) -> tuple[Remedy, ...]:
    if isinstance(when, ir.Reaches):
        return (
            Remedy("… a further 4 weeks in total", "counts again whenever so much more has come together"),
            Remedy("… without a break", "counts once in each stretch"),
        )
    return (Remedy("… occurs, each time", "one event that can happen again, in place of several conditions"),)


def _say(e: Elaboration, span: Span, message: str, *remedies: Remedy) -> None:
    e.say("reached-once", span, message, label="there is no second time", remedies=remedies)
