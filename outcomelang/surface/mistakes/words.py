"""Slips in the words of the language: a wrong one, one too early, one missing."""

from __future__ import annotations

from outcomelang.surface.mistakes.names import about_names, first_word_with_a_capital
from outcomelang.surface.mistakes.slip import Reason, Slip, short
from outcomelang.surface.said_otherwise import SAID_OTHERWISE
from outcomelang.surface.tables import END
from outcomelang.surface.templates import in_english


def too_deep(slip: Slip) -> Reason | None:
    if not slip.stuck.too_deep:
        return None
    return Reason(
        "nested-too-deeply",
        "too many phrases stand inside one another",
        "give a part of it a name of its own with “define”",
    )


def outside(slip: Slip) -> Reason | None:
    if slip.stuck.at or (slip.token.kind == "WORD" and slip.meant):
        return None
    small = first_word_with_a_capital(slip, slip.token.text)
    if small:
        return Reason(
            "text-outside-clauses", f"“{small.capitalize()}” is taken for a name", f"write “{small}”", remedy=small
        )
    return Reason(
        "text-outside-clauses",
        f"“{short(slip.token.text)}” does not begin a clause",
        "a clause begins with a word such as “payment”",
    )


def slip_of_a_word(slip: Slip) -> Reason | None:
    if not slip.meant:
        return None
    said = (
        f"{slip.token.text} {slip.near(1).text}"
        if slip.meant in SAID_OTHERWISE.get(f"{slip.token.text} {slip.near(1).text}", ())
        else slip.token.text
    )
    known = slip.token.kind not in ("WORD", "CODE")
    says = f"“{said}” cannot stand here" if known else f"the language has no word “{said}”"
    return Reason(
        "not-understood" if known else "unknown-word", says, f"did you mean “{slip.meant}”?", remedy=slip.meant
    )


def mixed(slip: Slip) -> Reason | None:
    other = {"AND": "OR", "OR": "AND"}.get(slip.token.kind)
    if not other or all(token.kind != other for token in slip.piece[: slip.stuck.at]):
        return None
    label = "write a list: all of: (a) …; and (b) any of: (i) …; or (ii) …"
    return Reason("and-or-mixed", "with “and” and “or” in one row it can mean two things", label)


def unfinished(slip: Slip) -> Reason | None:
    if not slip.at_end:
        return None
    label = f"{_choice(slip)} is missing after this" if _choice(slip) else "something is missing after this"
    return Reason("unfinished-clause", f"it stops after “{short(slip.token.text)}”", label)


def not_understood(slip: Slip) -> Reason | None:
    label = f"write {_choice(slip)} here" if _choice(slip) else "it cannot be read from here on"
    unknown = slip.token.kind in ("WORD", "CODE")
    says = (
        f"the language has no word “{short(slip.token.text)}”"
        if unknown
        else f"“{short(slip.token.text)}” cannot stand here"
    )
    return Reason("unknown-word" if unknown else "not-understood", says, label, about_names(slip))


def _choice(slip: Slip) -> str:
    """What may stand here, where that is little enough to be of help."""
    options = [in_english(kind, slip.made) for kind in slip.allowed if kind not in ("CLAUSE", "WORD", END)]
    return (
        " or ".join([", ".join(options[:-1]), options[-1]] if len(options) > 1 else options)
        if len(options) <= 4
        else ""
    )
