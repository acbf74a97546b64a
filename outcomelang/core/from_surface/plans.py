"""Plans: outcomes that are agreed for each participant, by rule, by group or by choice.

The outcomes are named in the log: in an attribute of the event that the plan is read from, or in rows of the event
`Chosen`, which a plan declares that is read from none.
"""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import refs, windows
from outcomelang.core.from_surface.attribute_tests import labels_of
from outcomelang.core.from_surface.context import Driven, Elaboration, PlanShape, Scene, listed, name_of
from outcomelang.core.from_surface.declare import CHOSEN, CHOSEN_BY, CHOSEN_OUTCOME
from outcomelang.core.from_surface.subjects import words
from outcomelang.core.names import name_key
from outcomelang.core.scope import AttributeSymbol, Sort, Symbol
from outcomelang.core.types import kind_of
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast

# ---------------------------------------------------------------- shapes


def shapes(e: Elaboration, file: ast.File) -> None:
    """Whose plan each is, what may stand in it, and where the log names it."""
    for clause in file.clauses:
        if isinstance(clause, ast.Outcome):
            e.outcome_spellings |= _spellings(e, clause)
        elif isinstance(clause, ast.Plan):
            of = e.scope.find(clause.of.text)
            written = (ref for slot in clause.slots for ref in _refs(slot))
            found = (name for ref in written if (name := _named(e, ref)) is not None)
            e.plans[name_of(clause)] = PlanShape(of.name if of is not None else "", tuple(dict.fromkeys(found)))
            if clause.event is not None and clause.attribute is not None:
                event = e.scope.find(clause.event.text)
                named = e.scope.attribute(event.name, clause.attribute.text) if event is not None else None
                if named is not None:
                    e.plan_sources.add((named.event, named.name))
    if e.chosen:
        of_whom = _of_whom(e, file)
        e.event_of[CHOSEN] = of_whom
        e.plan_sources.add((CHOSEN, CHOSEN_OUTCOME))


def _spellings(e: Elaboration, clause: ast.Outcome) -> set[str]:
    """How a log may call an outcome; of one with several steps, each by its name."""
    shape = e.outcomes.get(name_of(clause))
    if shape is not None and shape.rungs is not None:
        return {name_key(name) for name in shape.rungs.values()}
    logged = (part.text.value for part in clause.modifiers if isinstance(part, ast.Logged))
    return {name_key(name) for name in (name_of(clause), *logged)}


def _of_whom(e: Elaboration, file: ast.File) -> str | None:
    """The participants whose choices the plan's own event holds; None where there are several kinds."""
    own = [clause for clause in file.clauses if isinstance(clause, ast.Plan) and clause.event is None]
    found = {e.plans[name_of(clause)].population for clause in own}
    return found.pop() if len(found) == 1 else None


def _named(e: Elaboration, ref: ast.Ref) -> str | None:
    """The outcome (or step of one) that is meant, if it is any; what is wrong is said where the plan is read."""
    symbol = e.scope.find(ref.term.text)
    shape = e.outcomes.get(symbol.name) if symbol is not None else None
    if symbol is None or shape is None:
        return None
    if shape.rungs is None:
        return symbol.name
    return shape.rungs.get(refs.rung_of(ref.at)) if ref.at is not None else None


def _refs(slot: ast.Slot) -> tuple[ast.Ref, ...]:
    match slot:
        case ast.SlotAll(written) | ast.SlotAny(_, written):
            return written
        case ast.SlotBy(_, choices):
            return tuple(ref for _, ref in choices)
        case _:
            assert_never(slot)


def chosen_event(e: Elaboration, file: ast.File) -> tuple[ir.Event, ...]:
    """The event for choices that a plan declares. Any party may record one: who chose is judged by the plan."""
    own = next((clause for clause in file.clauses if isinstance(clause, ast.Plan) and clause.event is None), None)
    if not e.chosen or own is None:
        return ()
    parties = tuple(name_of(clause) for clause in file.clauses if isinstance(clause, ast.Party))
    attributes = tuple(ir.AttributeSpec(name, ir.Unit.LABEL) for name in (CHOSEN_OUTCOME, CHOSEN_BY))
    at = e.at(own.span)
    return (
        ir.Event(
            CHOSEN,
            "input",
            ir.Polarity.UNSTATED,
            parties,
            of=e.event_of[CHOSEN],
            attributes=attributes,
            origin=at,
        ),
    )


# ---------------------------------------------------------------- plans


def plan(e: Elaboration, clause: ast.Plan) -> ir.Plan | None:
    """A plan with its rules."""
    of = e.find(clause.of, "whose plan it is", Sort.POPULATION)
    name, population = name_of(clause), of.name if of is not None else ""
    event, attribute, chooser = _source(e, clause)
    slots = [_slot(e, clause, slot, population, chooser) for slot in clause.slots]
    _once_each(e, clause)
    if of is None:
        return None
    found = tuple(slot for slot in slots if slot is not None)
    listed_ = clause.event is not None
    return ir.Plan(name, population, event, attribute, chooser, listed_, found, origin=e.at(clause.span))


def _source(e: Elaboration, clause: ast.Plan) -> tuple[str | None, str | None, str | None]:
    """The event, the attribute that names an outcome and the one that says who chose it."""
    if clause.event is None or clause.attribute is None:
        return (CHOSEN, CHOSEN_OUTCOME, CHOSEN_BY) if e.chosen else (None, None, None)
    event = e.find(clause.event, "where a plan is read", Sort.EVENT)
    if event is None:
        return None, None, None
    attribute = _label(e, event.name, clause.attribute)
    chooser = _label(e, event.name, clause.chooser) if clause.chooser is not None else None
    return event.name, attribute, chooser


def _label(e: Elaboration, event: str, term: ast.Term) -> str | None:
    found: AttributeSymbol | None = e.attribute(event, term)
    if found is None:
        return None
    if found.unit is not ir.Unit.LABEL:
        e.say(
            "unlike-quantities",
            term.span,
            f"“{found.name}” is {kind_of(found.unit)}; a plan is read from a label.",
            label="not a label",
            remedies=(Remedy(f"has {found.name} as a label", f"in the clause that declares {event}"),),
        )
    return found.name


def _slot(e: Elaboration, clause: ast.Plan, slot: ast.Slot, population: str, chooser: str | None) -> ir.Slot | None:
    at = e.at(slot.span)
    match slot:
        case ast.SlotAll(written):
            return ir.Agreed(_outcomes(e, written, population), origin=at)
        case ast.SlotBy():
            return _by_group(e, slot, population)
        case ast.SlotAny(number, written):
            _enough(e, slot)
            by = _chooser(e, clause, slot, chooser)
            scene = Scene(ir.PerPerson(population), (population,))
            window = windows.deadline(e, slot.deadline, scene) if slot.deadline is not None else None
            return ir.Chosen(int(number.value), _outcomes(e, written, population), by, window, origin=at)
        case _:
            assert_never(slot)


def _outcomes(e: Elaboration, written: tuple[ast.Ref, ...], population: str) -> tuple[str, ...]:
    found = (_outcome(e, ref, population) for ref in written)
    return tuple(name for name in found if name is not None)


def _outcome(e: Elaboration, ref: ast.Ref, population: str) -> str | None:
    """An outcome of the participants whose plan it is, for which something may be paid."""
    name = refs.outcome(e, ref)
    symbol = e.scope.find(ref.term.text)
    if name is None or symbol is None:
        return None
    shape = e.outcomes[symbol.name]
    related = ((symbol.span, f"“{symbol.name}” is declared here"),)
    if shape.monitored:
        e.say(
            "monitored-outcome-paid",
            ref.span,
            f"{symbol.name} is declared “monitor only”, and it stands in a plan, whose outcomes are paid for.",
            label="monitor only",
            related=related,
            remedies=(
                Remedy("leave out “monitor only”", "the outcome may be paid for"),
                Remedy(f"leave {symbol.name} out of the plan", "it may still be agreed beside it"),
            ),
        )
    elif population and shape.subject != ir.PerPerson(population):
        e.say(
            "outcome-of-others",
            ref.span,
            f"{symbol.name} is achieved by {words(shape.subject)}, so it cannot stand in the plan of one {population}.",
            label=f"of {words(shape.subject)}",
            related=related,
            remedies=(Remedy(f"outcome … of a {population}", "an outcome of the participant"),),
        )
    return name


def _by_group(e: Elaboration, slot: ast.SlotBy, population: str) -> ir.Slot | None:
    symbol = e.find(slot.group, "what decides the outcome", Sort.GROUP)
    found = [_outcome(e, ref, population) for _, ref in slot.choices]
    shape = e.partitions.get(symbol.name) if symbol is not None else None
    if symbol is None or shape is None:
        return None
    labels = [labels_of(e, symbol.name, (text,)) for text, _ in slot.choices]
    said = [own[0] for own in labels if own]
    for position, label in enumerate(said):
        if label in said[:position]:
            e.say(
                "row-doubled",
                slot.choices[position][0].span,
                f"Two outcomes go with “{label}”, and it is not said which one belongs to the plan.",
                label="said again",
            )
    missing = [label for label in shape.labels if label not in said]
    if missing and len(said) == len(labels):
        _left_out(e, slot, missing)
    pairs = [(own[0], name) for own, name in zip(labels, found, strict=True) if own and name is not None]
    return ir.AgreedByGroup(
        symbol.name, tuple(ir.GroupChoice(label, name) for label, name in pairs), origin=e.at(slot.span)
    )


def _left_out(e: Elaboration, slot: ast.SlotBy, missing: list[str]) -> None:
    quoted = listed([f"“{label}”" for label in missing], "and")
    e.say(
        "group-left-out-of-plan",
        slot.span,
        f"For {quoted} nothing is agreed here, so the plan of such people is never in order and pays nothing.",
        label=f"and {quoted}?",
        remedies=tuple(Remedy(f'"{label}" …', "the outcome that goes with it") for label in missing[:3]),
    )


def _enough(e: Elaboration, slot: ast.SlotAny) -> None:
    number, there = int(slot.number.value), len(slot.outcomes)
    if number <= there:
        return
    e.say(
        "menu-too-short",
        slot.span,
        f"Nobody can choose {number} of {there}, so no plan would ever be in order, and nothing would be paid.",
        label=f"{number} of {there}",
        remedies=(Remedy(f"any {there} of …", "or fewer: at most as many as there are"),),
    )


def _chooser(e: Elaboration, clause: ast.Plan, slot: ast.SlotAny, chooser: str | None) -> str | None:
    """The party that chooses; None for the participants themselves."""
    symbol = e.find(slot.chosen_by, "who chooses", Sort.PARTY, Sort.POPULATION)
    if symbol is None or symbol.sort is Sort.PARTY:
        return symbol.name if symbol is not None else None
    of = e.scope.find(clause.of.text)
    if of is not None and symbol.name != of.name:
        e.say(
            "wrong-kind-of-name",
            slot.chosen_by.span,
            f"{symbol.name} cannot choose for a {of.name}: each {of.name} chooses for itself, or a party does.",
            label=f"the plan is of a {of.name}",
        )
    elif clause.chooser is None and chooser is None and clause.event is not None and clause.attribute is not None:
        e.say(
            "chooser-not-told",
            slot.chosen_by.span,
            f"Nobody can tell whether the {symbol.name} chose: rows of {clause.event.text} say who recorded them only.",
            label="told by what?",
            remedies=(
                Remedy(
                    f"read from {clause.attribute.text} and Chosen By of {clause.event.text}",
                    "an attribute of the event that says who chose",
                ),
                Remedy("chosen by the PARTY", "the party that records it chooses"),
            ),
        )
    return None


def _once_each(e: Elaboration, clause: ast.Plan) -> None:
    """Each outcome belongs to one rule; only within `by GROUP` may two labels share one."""
    first: dict[str, ast.Ref] = {}
    for slot in clause.slots:
        own: dict[str, ast.Ref] = {}
        for ref in _refs(slot):
            name = _named(e, ref)
            if name is None or (name in own and isinstance(slot, ast.SlotBy)):
                continue
            earlier = own.get(name) or first.get(name)
            if earlier is not None:
                e.say(
                    "outcome-twice-in-plan",
                    ref.span,
                    f"{name} stands twice in {name_of(clause)}, and a plan holds each outcome once.",
                    label="again",
                    related=((earlier.span, "it stands here first"),),
                )
            own[name] = ref
        first |= own


# ---------------------------------------------------------------- payments


def each_in_plan(e: Elaboration, written: ast.ForEachSlot) -> Driven | None:
    """`for each outcome [partly achieved] in PLAN`"""
    symbol = e.find(written.plan, "what has outcomes chosen for it", Sort.PLAN)
    shape = e.plans.get(symbol.name) if symbol is not None else None
    if symbol is None or shape is None or shape.population not in e.populations:
        return None
    if (
        written.partly
        and shape.outcomes
        and not any(e.outcomes[name].partly for name in shape.outcomes if name in e.outcomes)
    ):
        e.say(
            "nothing-partly-achieved",
            written.span,
            f"Nothing in {symbol.name} can be partly achieved, so this pays nobody.",
            label="none of its outcomes has a “partly when”",
            remedies=(Remedy("partly when …", "in the clause of an outcome of the plan"),),
        )
        return None
    return Driven(ir.PerPerson(shape.population), ir.EachInPlan(symbol.name, written.partly, origin=e.at(written.span)))


def limits_one_of(e: Elaboration, select: ast.Select, symbol: Symbol, flows: tuple[ir.Flow, ...]) -> bool:
    """Refuse a limit on something that is paid for only as an outcome of a plan; whether it was one."""
    drivers = (flow.driver for flow in flows)
    found = any(isinstance(each, ir.EachInPlan) and symbol.name in e.plans[each.plan].outcomes for each in drivers)
    if found:
        e.refuse("limits on one outcome of a plan", select.span, f"limit {select.head.term.text} to …")
    return found
