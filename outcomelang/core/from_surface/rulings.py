"""What must be said of an outcome or a payment before it counts: decided by, verified by, evidenced by.

Each is a row of the log that names the outcome (or payment) and whose it is. It needs to be plain of whom such a row
speaks: of somebody, of a row of the log, of a cohort, a period, or of the contract.
"""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.core.from_surface import windows
from outcomelang.core.from_surface.context import Elaboration, name_of
from outcomelang.core.scope import Sort
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast

Modifiers = tuple[ast.OutcomeModifier, ...] | tuple[ast.PaymentModifier, ...]
_SAID = ast.DecidedBy | ast.VerifiedBy | ast.EvidencedBy


def rulings(e: Elaboration, modifiers: Modifiers, subject: ir.Subject | None) -> tuple[ir.Ruling, ...]:
    """Every ruling that a clause asks for; all of them are needed."""
    said = [modifier for modifier in modifiers if isinstance(modifier, _SAID)]
    silence = next((modifier for modifier in modifiers if isinstance(modifier, ast.Silence)), None)
    if silence is not None and not any(isinstance(modifier, ast.VerifiedBy) for modifier in said):
        silence_of_nobody(e, silence)
    if said and subject is not None and not _can_be_named(subject):
        e.refuse("what is said of members, or of somebody in a period", said[0].span, _words(said[0]))
    return tuple(_ruling(e, modifier, silence) for modifier in said)


def silence_of_nobody(e: Elaboration, silence: ast.Silence) -> None:
    """Report silence of which it is not said whose it is."""
    e.say(
        "silence-of-nobody",
        silence.span,
        "It is not said whose silence this is, so that it could never begin.",
        label="who is silent?",
        remedies=(Remedy("verified by …, within 20 days; silence counts as verified", "names who is to verify"),),
    )


def _ruling(e: Elaboration, modifier: _SAID, silence: ast.Silence | None) -> ir.Ruling:
    at = e.at(modifier.span)
    match modifier:
        case ast.DecidedBy(role, length, otherwise):
            time = windows.delay(e, length)
            return ir.Ruling("decided", _parties(e, (role,), "who decides"), time, otherwise, origin=at)
        case ast.VerifiedBy(terms):
            within = windows.delay(e, silence.length) if silence is not None else None
            verified = silence is not None and silence.verified
            return ir.Ruling("verified", _parties(e, terms, "who verifies"), within, verified, origin=at)
        case ast.EvidencedBy(texts):
            return ir.Ruling("evidenced", tuple(text.value for text in texts), origin=at)


def _parties(e: Elaboration, terms: tuple[ast.Term, ...], role: str) -> tuple[str, ...]:
    found = [e.find(term, role, Sort.PARTY) for term in terms]
    return tuple(symbol.name for symbol in found if symbol is not None)


def _can_be_named(subject: ir.Subject) -> bool:
    """Whether one cell of a row tells which of them is meant."""
    match subject:
        case ir.PerPeriod(_, of):
            return isinstance(of, ir.Whole)
        case ir.PerMember():
            return False
        case ir.Whole() | ir.PerPerson() | ir.PerGroup() | ir.PerRow() | ir.Pooled():
            return True


def unit_subject(e: Elaboration, flow: ir.Flow) -> ir.Subject | None:
    """Of whom, or of what, a unit of a payment is; None where that could not be read."""
    match flow.driver:
        case ir.EachAchievement(outcome):
            shape = e.outcomes.get(e.families.get(outcome, outcome))
            return shape.subject if shape is not None else None
        case ir.EachRow(ir.Select(of=ir.Rows(event))):
            return ir.PerRow(event)
        case ir.EachRow() | ir.OneEach() | ir.EachUnit() | ir.EachInPlan():
            return flow.subject


def not_on_a_card(e: Elaboration, card: ast.RateCard) -> None:
    """A line of a rate card bears the name of what it pays for, so that nobody could tell what is said of which."""
    for modifier in card.modifiers:
        if isinstance(modifier, ast.VerifiedBy | ast.EvidencedBy):
            e.refuse("verification of a rate card", modifier.span, f"{_words(modifier)} in {name_of(card)}")


def _words(modifier: _SAID) -> str:
    match modifier:
        case ast.DecidedBy(role):
            return f"decided by {role.text}"
        case ast.VerifiedBy(terms):
            return f"verified by {' or '.join(term.text for term in terms)}"
        case ast.EvidencedBy(texts):
            return f"evidenced by “{texts[0].value}”"


def decided_names(e: Elaboration, file: ast.File) -> None:
    """Which outcomes somebody decides, known before an example is read."""
    for clause in file.clauses:
        if isinstance(clause, ast.Outcome) and any(isinstance(each, ast.DecidedBy) for each in clause.modifiers):
            shape = e.outcomes.get(name_of(clause))
            e.decided |= {name_of(clause), *((shape.rungs or {}).values() if shape is not None else ())}
