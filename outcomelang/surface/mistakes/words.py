"""Slips in the words of the language: a wrong one, one too early, one missing."""

from __future__ import annotations

import itertools

from outcomelang.surface.mistakes.names import about_names
from outcomelang.surface.mistakes.slip import Reason, Slip, short
from outcomelang.surface.said_otherwise import SAID_OTHERWISE
from outcomelang.surface.tables import END
from outcomelang.surface.templates import in_english

_COMPARATORS = frozenset(("_AT_LEAST", "_AT_MOST", "_ABOVE", "_BELOW", "_UP_TO", "EXACTLY"))
_BEFORE_PLACE = frozenset(("FOR", "WHEN", "_IN_EACH", "_IN_INSTALMENTS", "IN_ADVANCE"))


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
    return Reason(
        "text-outside-clauses",
        f"“{short(slip.token.text)}” does not begin a clause",
        "a clause begins with a word such as “payment”",
    )


def place_too_early(slip: Slip) -> Reason | None:
    """`pays Charity clause "2.1" £5`, `£5 clause "2.1" for each …`: the place in the agreement comes after these."""
    if slip.token.kind == "CLAUSE" and slip.near(1).kind == "TEXT":
        place, at = slip.near(1), slip.token
        after = "after the amount and what it is paid for" if "MONEY" in slip.allowed else "at the end of this clause"
    elif slip.near(-2).kind == "CLAUSE" and slip.token.kind in _BEFORE_PLACE:
        place, at = slip.near(-1), slip.near(-2)
        after = f"after what “{slip.token.text}” says"
    else:
        return None
    said = f"clause {place.text}"
    return Reason("not-understood", f"“{said}” stands too early", f"{said} stands {after}", at=at)


def per(slip: Slip) -> Reason | None:
    """`£5 per Client`, `£500 per Quarter`."""
    if slip.token.kind != "PER" or slip.near(1).kind != "TERM" or "FOR" not in slip.allowed:
        return None
    name = short(slip.near(1).text)
    meant = f"{'in' if _is_period(slip, name) else 'for'} each {name}"
    return Reason("not-understood", f"“per {name}” cannot stand here", f"did you mean “{meant}”?", remedy=meant)


def _is_period(slip: Slip, name: str) -> bool:
    tokens = slip.lexed.tokens
    declared = any(
        one.kind == "PERIOD" and " ".join(two.text.split()) == name for one, two in itertools.pairwise(tokens)
    )
    return declared or name.split()[-1] in ("Day", "Week", "Month", "Quarter", "Year")


def comparator(slip: Slip) -> Reason | None:
    """`with Weekly Hours at least 16` wants `of`, `when Weekly Hours at least 16` wants `is`."""
    if slip.token.kind not in _COMPARATORS or slip.near(-1).kind != "TERM":
        return None
    missing = "of" if "OF" in slip.allowed and slip.near(-2).kind == "WITH" else "is"
    if missing == "is" and "_IS" not in slip.allowed:
        return None
    said = f"{slip.token.text} {slip.near(1).text}".strip()
    return Reason(
        "not-understood", f"“{said}” cannot stand here", f"write “{missing} {said}”", remedy=f"{missing} {said}"
    )


def slip_of_a_phrase(slip: Slip) -> Reason | None:
    """`at lest`, `up to adn including`: a phrase of the language with a slip in one of its words."""
    found = slip.phrase
    if found is None:
        return None
    said, meant, last = found
    return Reason(
        "unknown-word",
        f"the language has no words “{said}”",
        f"did you mean “{meant}”?",
        remedy=meant,
        at=slip.token._replace(end=last.end),
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


def when_too_late(slip: Slip) -> Reason | None:
    """`due 10 days after verification, when …`: in a payment `when` comes before the parts without an order."""
    kinds = [token.kind for token in slip.piece[: slip.stuck.at]]
    if slip.token.kind != "WHEN" or "WHEN" in kinds or not {"PAYMENT", "REPAYMENT"} & set(kinds[:2]):
        return None
    return Reason(
        "not-understood",
        "“when” stands too late",
        "put this condition right behind what is paid for, before the other parts",
    )


def either(slip: Slip) -> Reason | None:
    """`recorded by the Council and the Charity`, where each of them may by itself."""
    if slip.token.kind != "AND" or "OR" not in slip.allowed:
        return None
    return Reason("not-understood", "“and” cannot stand here", "write “or”: either of them", about_names(slip))


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
