"""The first look at a contract: what each clause declares, and its place in the agreement.

Names are declared before anything is read, so that clauses may stand in any order. A clause that is refused still
declares its name: whoever uses it is not told that it is unknown as well.
"""

from __future__ import annotations

from typing import assert_never

from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.ir import Unit
from outcomelang.core.scope import Sort, spelling
from outcomelang.source import Span
from outcomelang.surface import ast

UNITS: dict[ast.Kind, Unit] = {
    "money": Unit.MONEY,
    "number": Unit.NUMBER,
    "percentage": Unit.PERCENTAGE,
    "date": Unit.DATE,
    "label": Unit.LABEL,
    "yes or no": Unit.FLAG,
}

Declared = tuple[ast.Name | ast.Term, Sort]


def declared(clause: ast.Clause) -> Declared | None:  # noqa: C901
    """The name that a clause declares and what it will stand for."""
    match clause:
        case ast.Party():
            return clause.name, Sort.PARTY
        case ast.Joint():
            return clause.name, Sort.JOINT
        case ast.Participant():
            return clause.name, Sort.POPULATION
        case ast.Comparison():
            return clause.name, Sort.COMPARISON
        case ast.Member():
            return clause.name, Sort.MEMBER
        case ast.Group():
            return clause.name, Sort.GROUP
        case ast.Period():
            return clause.name, Sort.PERIOD
        case ast.Event():
            return clause.name, Sort.EVENT
        case ast.State() | ast.StateIs():
            return clause.name, Sort.STATE
        case ast.Define() | ast.Figure():
            return clause.name, Sort.MEASURE
        case ast.Table() | ast.UntilPaid():
            return clause.name, Sort.TABLE
        case ast.Outcome():
            return clause.name, Sort.OUTCOME
        case ast.Plan():
            return clause.name, Sort.PLAN
        case ast.Payment() | ast.RateCard() | ast.Guarantee():
            return clause.name, Sort.PAYMENT
        case ast.Exit() | ast.Use():
            return clause.name, Sort.UNREAD
        case ast.Joins():
            return clause.party.name, Sort.PARTY
        case ast.Insert():
            return declared(clause.clause)
        case (
            ast.Header()
            | ast.Blank()
            | ast.Purpose()
            | ast.Currency()
            | ast.ContractTerm()
            | ast.Claims()
            | ast.Value()
            | ast.Rounding()
            | ast.Holidays()
            | ast.Divide()
            | ast.Limit()
            | ast.Suspension()
            | ast.Amendment()
            | ast.ChangeTo()
            | ast.Delete()
            | ast.Assume()
            | ast.Cost()
            | ast.Benefit()
            | ast.Accept()
            | ast.Example()
        ):
            return None
        case _:
            assert_never(clause)


def template_of(clause: ast.Clause) -> ast.IsTemplate | None:
    """What of a library an outcome says it is like."""
    if not isinstance(clause, ast.Outcome):
        return None
    return next((part for part in clause.modifiers if isinstance(part, ast.IsTemplate)), None)


def cite_of(clause: ast.Clause) -> str:
    """The author's own number of a clause, or nothing."""
    match clause:
        case ast.Insert():
            return cite_of(clause.clause)
        case ast.Joins():
            return cite_of(clause.party)
        case ast.Example():
            return ""
        case (
            ast.Participant()
            | ast.Group()
            | ast.Comparison()
            | ast.Event()
            | ast.Figure()
            | ast.State()
            | ast.StateIs()
            | ast.Outcome()
            | ast.Payment()
            | ast.RateCard()
            | ast.Limit()
            | ast.Guarantee()
        ):
            cites = [modifier.text.value for modifier in clause.modifiers if isinstance(modifier, ast.Cite)]
            return cites[0] if cites else ""
        case _:
            return clause.cite.text.value if clause.cite is not None else ""


def names(e: Elaboration, file: ast.File) -> None:
    """Declare every name of the file; a name that two clauses declare is reported with both places."""
    for clause in file.clauses:
        e.cite = cite_of(clause)
        found = declared(clause)
        if found is not None:
            _declare(e, *found)
        if isinstance(clause, ast.Event):
            _attributes(e, clause)
        elif isinstance(clause, ast.Plan):
            _choices(e, clause)
    e.scope.declare_unread((term.text, term.span) for term in file.unread)


def _declare(e: Elaboration, name: ast.Name | ast.Term, sort: Sort) -> None:
    other = name.other if isinstance(name, ast.Name) else None
    taken = e.scope.declare(name.text, other, sort, name.span)
    if taken is not None:
        _twice(e, name.text, name.span, taken.name, taken.span, sort)


def _twice(e: Elaboration, name: str, span: Span, other: str, first: Span, sort: Sort) -> None:
    same = name == other
    e.say(
        "name-declared-twice",
        span,
        f"“{name}” would mean two things in this contract."
        if same
        else f"“{name}” would mean two things in this contract: it is also the other number of “{other}”.",
        label="declared again",
        related=((first, f"“{other}” is declared here first"),),
    )


CHOSEN, CHOSEN_OUTCOME, CHOSEN_BY = "Chosen", "Outcome", "Chosen By"
"""The event of a plan that names none, and what its rows carry."""


def _choices(e: Elaboration, plan: ast.Plan) -> None:
    """A plan that is read from no event of the author's declares one for what is chosen; several plans share it."""
    if plan.event is not None or e.chosen or not any(isinstance(slot, ast.SlotAny) for slot in plan.slots):
        return
    e.chosen = CHOSEN
    taken = e.scope.declare(CHOSEN, None, Sort.EVENT, plan.span)
    if taken is not None:
        _twice(e, CHOSEN, plan.span, taken.name, taken.span, Sort.EVENT)
    for name in (CHOSEN_OUTCOME, CHOSEN_BY):
        e.scope.declare_attribute(CHOSEN, name, Unit.LABEL, plan.span)


def _attributes(e: Elaboration, event: ast.Event) -> None:
    for attribute in event.attributes:
        text = spelling(event.name.text)
        taken = e.scope.declare_attribute(text, attribute.name.text, UNITS[attribute.kind], attribute.name.span)
        if taken is not None:
            _twice(e, attribute.name.text, attribute.name.span, taken.name, taken.span, Sort.EVENT)
