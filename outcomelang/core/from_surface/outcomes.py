"""Outcomes: a ladder becomes one outcome for each of its rungs, and how often one is achieved is always said."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import refs, subjects, windows
from outcomelang.core.from_surface.conditions import condition
from outcomelang.core.from_surface.context import Elaboration, OutcomeShape, Rung, Scene, name_of
from outcomelang.core.from_surface.edits import added
from outcomelang.core.from_surface.header import at_any_time
from outcomelang.core.from_surface.refs import literal_words, part_name, rung_of
from outcomelang.core.from_surface.repeating import reached_once
from outcomelang.core.from_surface.rulings import rulings
from outcomelang.core.scope import Sort
from outcomelang.core.types import Kind
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast
from outcomelang.tree import evolve

# ---------------------------------------------------------------- shapes


def shape(e: Elaboration, clause: ast.Outcome, subject: ir.Subject) -> None:
    """What others need of an outcome before its condition is read."""
    repeats = any(isinstance(modifier, ast.UpToTimes | ast.EachTime) for modifier in clause.modifiers)
    rungs = _rungs(clause)
    monitored = any(isinstance(modifier, ast.MonitorOnly) for modifier in clause.modifiers)
    partly = _partly_when(clause)
    if partly is not None and rungs is not None:
        e.refuse("partly achieved steps", partly.span, "partly when … in an outcome with several steps")
    e.outcomes[name_of(clause)] = OutcomeShape(subject, rungs, repeats, monitored, partly is not None)
    own = (*(rungs or {}).values(), *((part_name(name_of(clause)),) if partly is not None else ()))
    e.families.update(dict.fromkeys(own, name_of(clause)))
    if isinstance(subject, ir.PerRow):
        names = (name_of(clause), *(rungs or {}).values())
        e.row_outcomes.update(dict.fromkeys(names, subject.event))


def ladder_of(clause: ast.Outcome) -> ast.Ladder | None:
    """The ladder of an outcome's condition, if it has one."""
    for modifier in clause.modifiers:
        if isinstance(modifier, ast.When) and isinstance(modifier.condition, ast.Reaches):
            target = modifier.condition.target
            return target if isinstance(target, ast.Ladder) else None
    return None


def _partly_when(clause: ast.Outcome) -> ast.PartlyWhen | None:
    return next((modifier for modifier in clause.modifiers if isinstance(modifier, ast.PartlyWhen)), None)


def _rungs(clause: ast.Outcome) -> dict[Rung, str] | None:
    ladder = ladder_of(clause)
    if ladder is None:
        return None
    return {rung_of(rung): rung_name(clause, rung) for rung in ladder.rungs}


def rung_name(clause: ast.Outcome, rung: ast.Duration | ast.Money | ast.Number) -> str:
    """`Settled at 3 months`"""
    return f"{name_of(clause)} at {literal_words(rung)}"


def pooled(e: Elaboration, written: ast.OfAllTogether) -> ir.Subject | None:
    """`of all Release Cohorts together, except where …`"""
    symbol = e.find(written.term, "what is taken together", Sort.POPULATION, Sort.GROUP, Sort.PERIOD)
    if symbol is None:
        return None
    of = subjects.each(e, written.term)
    if not isinstance(of, ir.PerGroup | ir.PerPerson | ir.PerPeriod):
        return None
    scene = subjects.scene_of(e, of)
    except_where = condition(e, written.except_where, scene) if written.except_where is not None else None
    return ir.Pooled(of, except_where, origin=e.at(written.span))


# ---------------------------------------------------------------- outcomes


def outcome(e: Elaboration, clause: ast.Outcome) -> tuple[ir.Outcome, ...]:
    """An outcome, or one for each rung of its ladder."""
    known = e.outcomes.get(name_of(clause))
    if known is None:
        return ()
    scene = subjects.scene_of(e, known.subject)
    ladder = ladder_of(clause)
    if ladder is None:
        whole = _one(e, clause, name_of(clause), clause.modifiers, scene)
        partly = _partly_when(clause)
        return (whole,) if partly is None else _with_part(e, clause, whole, partly, scene)
    _rungs_rise(e, clause, ladder)
    before = len(e.findings)
    made = []
    for rung in ladder.rungs:
        modifiers = tuple(_at_rung(modifier, rung) for modifier in clause.modifiers)
        made.append(_one(e, clause, rung_name(clause, rung), modifiers, scene))
        if len(e.findings) > before:  # every rung would repeat the same mistakes
            break
    return tuple(made)


def _with_part(
    e: Elaboration, clause: ast.Outcome, whole: ir.Outcome, partly: ast.PartlyWhen, here: Scene
) -> tuple[ir.Outcome, ...]:
    """The whole, and its lesser success: an outcome of its own that differs in the condition alone."""
    when, name = condition(e, partly.condition, here), part_name(whole.name)
    part = evolve(whole, name=name, when=when, plural="", logged=(), part_of=whole.name, origin=e.at(partly.span))
    if not can_repeat(whole.when):
        _how_often(e, clause, part)
    _further(e, clause, part)
    return evolve(whole, partly=name), part


def _at_rung(modifier: ast.OutcomeModifier, rung: ast.Duration | ast.Money | ast.Number) -> ast.OutcomeModifier:
    if isinstance(modifier, ast.When) and isinstance(modifier.condition, ast.Reaches):
        return evolve(modifier, condition=evolve(modifier.condition, target=rung))
    return modifier


def _rungs_rise(e: Elaboration, clause: ast.Outcome, ladder: ast.Ladder) -> None:
    rungs = [rung_of(rung) for rung in ladder.rungs]
    for one, other, written in zip(rungs, rungs[1:], ladder.rungs[1:], strict=False):
        if one[0] is other[0] and one[1] >= other[1]:
            e.say(
                "rungs-do-not-rise",
                written.span,
                f"The steps of {name_of(clause)} do not rise: {literal_words(written)} comes after as much or more.",
                label="not more than the step before",
            )


def _one(
    e: Elaboration, clause: ast.Outcome, name: str, modifiers: tuple[ast.OutcomeModifier, ...], here: Scene
) -> ir.Outcome:
    own = name == name_of(clause)
    plural = e.other_number(name) if own else ""
    family = "" if own else name_of(clause)
    core = ir.Outcome(name, here.subject, ir.AtLeast((), None), family=family, plural=plural, origin=e.at(clause.span))
    core = evolve(core, rulings=rulings(e, modifiers, here.subject))
    for modifier in modifiers:
        core = _with_modifier(e, core, modifier, here)
    _has_condition(e, clause)
    _how_often(e, clause, core)
    _further(e, clause, core)
    reached_once(e, clause, core)
    return core


def _with_modifier(e: Elaboration, core: ir.Outcome, modifier: ast.OutcomeModifier, here: Scene) -> ir.Outcome:
    match modifier:
        case ast.When():
            return evolve(core, when=condition(e, modifier.condition, here))
        case ast.Within() | ast.BeginningWith() | ast.BeforeDay():
            return evolve(core, deadline=windows.deadline(e, modifier, here))
        case ast.AfterOutcome():
            return evolve(core, after=refs.outcome(e, modifier.outcome, here))
        case ast.UpToTimes():
            return evolve(core, times=_times(e, modifier, here))
        case ast.EachTime():
            return evolve(core, each_time=True)
        case ast.MonitorOnly():
            return evolve(core, monitor_only=True)
        case ast.Maintenance():
            return evolve(core, maintenance=True)
        case ast.Logged():
            return evolve(core, logged=(*core.logged, *at_any_time(e, modifier)))
        case (
            ast.Once()
            | ast.EachOnce()
            | ast.Cite()
            | ast.PartlyWhen()
            | ast.IsTemplate()
            | ast.DecidedBy()
            | ast.VerifiedBy()
            | ast.Silence()
            | ast.EvidencedBy()
        ):
            return core
        case _:
            assert_never(modifier)


def _times(e: Elaboration, modifier: ast.UpToTimes, here: Scene) -> ir.Quantity:
    number = modifier.number
    if isinstance(number, ast.Number):
        return ir.Const(number.value, ir.Unit.NUMBER, origin=e.at(number.span))
    typed = refs.read(e, ast.Ref(number, span=number.span), here)
    if typed.kind not in (None, Kind.NUMBER, Kind.DAY_COUNT):
        e.say(
            "unlike-quantities",
            number.span,
            f"“{number.text}” is {typed.kind}, and this says how many times.",
            label="a number is needed",
        )
    return typed.quantity


# ---------------------------------------------------------------- what must be said


def _has_condition(e: Elaboration, clause: ast.Outcome) -> None:
    if not any(isinstance(modifier, ast.When | ast.IsTemplate) for modifier in clause.modifiers):
        e.say(
            "condition-missing",
            clause.span,
            f"Nobody can tell when {name_of(clause)} is achieved.",
            label="when …?",
            remedies=(Remedy("when … occurs"), Remedy("when … reaches 26 weeks in total")),
        )


def _how_often(e: Elaboration, clause: ast.Outcome, core: ir.Outcome) -> None:
    """A person's success can come again; whether it is paid again must be said. A cohort has one verdict."""
    frequency = (ast.Once, ast.EachOnce, ast.UpToTimes, ast.EachTime)
    said = [modifier for modifier in clause.modifiers if isinstance(modifier, frequency)]
    if core.family and any(isinstance(modifier, ast.Once) for modifier in said):
        e.say(
            "how-often-missing",
            said[0].span,
            f"“Once” does not say whether {name_of(clause)} counts once, or once for each of its steps.",
            label="once, or each once?",
            remedies=(Remedy("each once", "every step counts once for a person"),),
        )
    if said or core.monitor_only or not isinstance(core.subject, ir.PerPerson | ir.PerMember):
        return
    if not can_repeat(core.when):
        return
    once = "each once" if core.family else "once"
    e.say(
        "how-often-missing",
        clause.span,
        f"It is not said whether {name_of(clause)} counts again when it happens again.",
        label="how often?",
        remedies=(
            Remedy(once, "counts once for a person", added(clause.span, once)),
            Remedy("each time", "counts as often as it happens", added(clause.span, "each time")),
            Remedy("up to 3 times", "counts so often at most", added(clause.span, "up to 3 times")),
        ),
    )


def can_repeat(when: ir.Condition) -> bool:
    """Whether the same person could meet a condition again on a later day."""
    match when:
        case ir.Happens(_, negated):
            return not negated
        case ir.Reaches():
            return True
        case ir.AtLeast(items):
            return any(can_repeat(item.condition) for item in items)
        case ir.ForMembers(_, _, _, inner):
            return can_repeat(inner)
        case ir.Compares() | ir.LabelIs() | ir.ValueGiven() | ir.Achieved():
            return False
        case _:
            assert_never(when)


def _further(e: Elaboration, clause: ast.Outcome, core: ir.Outcome) -> None:
    when = core.when
    after = any(isinstance(modifier, ast.AfterOutcome) for modifier in clause.modifiers)
    if isinstance(when, ir.Reaches) and when.further and not after and when.counted_from is None:
        e.say(
            "further-without-start",
            clause.span,
            f"It is not said from which day the further time of {name_of(clause)} is counted.",
            label="further than what?",
            remedies=(
                Remedy("after …", "begins on the day after another outcome"),
                Remedy("counted from …", "begins on that day"),
            ),
        )
