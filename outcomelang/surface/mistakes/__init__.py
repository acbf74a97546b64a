"""Why a clause could not be read, in plain words: one diagnostic, at the place where the author slipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from outcomelang.diagnostic import Diagnostic, Remedy
from outcomelang.surface.catalogue import CODES
from outcomelang.surface.lexer import Lexed, Token
from outcomelang.surface.mistakes import habits, literals, names, pasted, words
from outcomelang.surface.mistakes.slip import Reason, Slip, short
from outcomelang.surface.templates import NOUNS, TEMPLATES, template

__all__ = ["Slip", "capital", "explain"]


REASONS: tuple[Callable[[Slip], Reason | None], ...] = (
    words.too_deep,
    pasted.invisible,
    literals.unclosed,
    pasted.before_a_clause,
    pasted.dash,
    literals.number,
    literals.date,
    literals.blank,
    habits.sign,
    literals.character,
    words.outside,
    literals.number_in_words,
    literals.money_in_words,
    literals.lone_fraction,
    literals.without_unit,
    words.place_too_early,
    words.per,
    habits.or_more,
    habits.unit_of_each_step,
    habits.limit_on,
    habits.does_not,
    habits.unquoted,
    habits.range_without_from,
    words.comparator,
    words.slip_of_a_phrase,
    words.slip_of_a_word,
    names.run_on,
    names.touching,
    names.amount,
    names.colon,
    words.mixed,
    words.when_too_late,
    words.either,
    names.small_letters,
    words.unfinished,
    words.not_understood,
)
"""The more particular ones first."""


def explain(slip: Slip) -> Diagnostic:
    """The one message of a clause that could not be read."""
    reason = next(found for found in (why(slip) for why in REASONS) if found)
    token = reason.at or slip.token
    return Diagnostic(
        CODES[reason.name],
        reason.name,
        f"{subject(slip)} is not read: {reason.says}.",
        slip.lexed.span(token.start, token.end),
        label=reason.label,
        details=reason.details,
        remedies=(Remedy(reason.remedy),) if reason.remedy else reason.remedies,
        template=_template(slip),
    )


def _template(slip: Slip) -> str:
    if slip.stuck.at == 0 and slip.meant:
        return next((TEMPLATES[kind] for kind in slip.allowed if slip.meant in slip.made.spellings.get(kind, ())), "")
    return template([token.kind for token in slip.piece[:2]])


def subject(slip: Slip) -> str:
    """The clause as the author would call it: `The payment “Job Fee”`, `This limit clause`."""
    piece = slip.piece[1:] if slip.piece[0].kind == "INSERT" and len(slip.piece) > 1 else slip.piece
    if slip.stuck.at and piece[0].kind in TEMPLATES:
        word = NOUNS.get(piece[0].kind, piece[0].text)
    elif slip.stuck.at == 0 and slip.meant:
        word = slip.meant
    else:
        return "This text"
    named = len(piece) > 1 and piece[1].kind == "TERM"
    return f"The {word} “{short(piece[1].text)}”" if named else f"This {word}"


def capital(lexed: Lexed, clause: Sequence[Token]) -> Diagnostic:
    """A clause whose first word has a capital, so that it passed for a name; `clause` has it as it was meant."""
    word = clause[0]
    written = lexed.source.text[word.start : word.end]
    named = f" “{short(clause[1].text)}”" if len(clause) > 1 and clause[1].kind == "TERM" else ""
    return Diagnostic(
        CODES["text-outside-clauses"],
        "text-outside-clauses",
        f"The {NOUNS.get(word.kind, word.text)}{named} is not read: “{written}” is taken for a name.",
        lexed.span(word.start, word.end),
        label=f"write “{word.text}”: clause words are written small",
        remedies=(Remedy(word.text),),
        template=template([token.kind for token in clause[:2]]),
    )
