"""Why a clause could not be read, in plain words: one diagnostic, at the place where the author slipped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import cached_property

from attrs import define, frozen

from outcomelang.diagnostic import Diagnostic, Remedy
from outcomelang.surface.catalogue import CODES
from outcomelang.surface.lalr import Stuck, accepts
from outcomelang.surface.lexer import BAD_CHARACTER, BAD_DATE, BAD_NUMBER, BAD_TEXT, MONTHS, Lexed, Token
from outcomelang.surface.tables import END, Tables
from outcomelang.surface.templates import NOUNS, TEMPLATES, in_english, template

SAID_OTHERWISE = {
    "begins": ("beginning",),
    "capped": ("up to",),
    "chosen": ("selected", "set"),
    "confirmed": ("verified",),
    "at": ("on",),
    "each": ("in each", "every"),
    "ended": ("ending",),
    "ends": ("ending",),
    "equals": ("exactly",),
    "every": ("each",),
    "gets": ("pays",),
    "happens": ("occurs",),
    "if": ("when",),
    "in every": ("in each",),
    "maximum": ("at most",),
    "minimum": ("at least",),
    "minus": ("less",),
    "multiplied": ("times",),
    "over": ("above",),
    "payable": ("due",),
    "picked": ("selected", "chosen"),
    "proved": ("evidenced",),
    "provided": ("when",),
    "receives": ("pays",),
    "registered": ("recorded",),
    "starting": ("beginning",),
    "starts": ("beginning",),
    "under": ("below",),
}
"""What people write instead of a word of the language; offered only where that word may stand."""

_SMALL_WORDS = "OF TO IN FOR AND OR BY ON AT WITH FROM AS WITHIN AFTER BEFORE PER _UP_TO NOT NO"
_SMALL = frozenset(_SMALL_WORDS.split())


@define(slots=False)
class Slip:
    """A clause that stopped: its tokens, and what the language would have allowed there."""

    made: Tables
    lexed: Lexed
    piece: Sequence[Token]
    stuck: Stuck

    @property
    def token(self) -> Token:
        """What did not fit; where the clause just ended, its last word."""
        return self.piece[min(self.stuck.at, len(self.piece) - 1)]

    @property
    def at_end(self) -> bool:
        return self.stuck.at >= len(self.piece)

    def near(self, away: int) -> Token:
        """The token so many places after the slip (before it where negative)."""
        at = self.stuck.at + away
        return self.piece[at] if 0 <= at < len(self.piece) else Token(END, "", 0, 0)

    @cached_property
    def allowed(self) -> list[str]:
        return accepts(self.made, self.stuck)

    @cached_property
    def meant(self) -> str | None:
        """The word of the language that was probably meant: one that may stand here, or one that begins a clause."""
        words = {word: kind for kind in self.allowed for word in self.made.spellings.get(kind, ())}
        here = self.token.text
        if self.at_end or self.token.kind in (BAD_TEXT, BAD_NUMBER, BAD_DATE, BAD_CHARACTER) or len(here) > 30:
            return None
        for said in (f"{here} {self.near(1).text}", here):
            for other in SAID_OTHERWISE.get(said, ()):
                if other in words:
                    return other
        close = get_close_matches(here, list(words), n=1, cutoff=0.72) if self.token.kind in ("WORD", "CODE") else []
        return close[0] if close else None


@frozen
class Reason:
    """What follows “is not read:”, and what stands under the excerpt."""

    name: str
    says: str
    label: str = ""
    details: tuple[str, ...] = ()
    remedy: str = ""


def explain(slip: Slip) -> Diagnostic:
    """The one message of a clause that could not be read."""
    reason = next(found for found in (why(slip) for why in _REASONS) if found)
    token = slip.token
    return Diagnostic(
        CODES[reason.name],
        reason.name,
        f"{subject(slip)} is not read: {reason.says}.",
        slip.lexed.span(token.start, token.end),
        label=reason.label,
        details=reason.details,
        remedies=(Remedy(reason.remedy),) if reason.remedy else (),
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
    return f"The {word} “{_short(piece[1].text)}”" if named else f"This {word}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:38].rstrip() + " …"


# ---------------------------------------------------------------------- the reasons, the more particular ones first


def _too_deep(slip: Slip) -> Reason | None:
    if not slip.stuck.too_deep:
        return None
    return Reason(
        "nested-too-deeply",
        "too many phrases stand inside one another",
        "give a part of it a name of its own with “define”",
    )


def _unclosed(slip: Slip) -> Reason | None:
    if slip.token.kind != BAD_TEXT:
        return None
    return Reason(
        "unclosed-text",
        "a text is not closed on its line",
        "a quotation mark is missing at the end",
        remedy=f'{slip.token.text}"',
    )


def _number(slip: Slip) -> Reason | None:
    if slip.token.kind != BAD_NUMBER:
        return None
    text = slip.token.text
    said = f"“{_short(text)}” is not a number that everybody reads alike"
    if re.fullmatch(r"\d{1,2}[:.]\d\d", text):
        return Reason("malformed-number", said, "times of day are not used; a number of hours is fine")
    if re.search(r",\d{1,2}(?!\d)", text):
        return Reason(
            "malformed-number", said, "commas set off groups of three digits, and a point the pence: £1,200.50"
        )
    if re.search(r"\d[A-Za-z]", text):
        return Reason("malformed-number", said, "a blank stands between a number and its unit: 26 weeks")
    return Reason("malformed-number", said, "write it like 1,200 or 0.5 or £1,200.50")


def _date(slip: Slip) -> Reason | None:
    if slip.token.kind != BAD_DATE:
        return None
    text = _short(slip.token.text)
    if re.fullmatch(rf"\d{{1,2}} ({'|'.join(MONTHS)}) \d{{4}}|\d{{4}}-\d\d-\d\d", text):
        return Reason("no-such-day", f"the calendar has no “{text}”", "write a day that exists, such as 30 June 2011")
    return Reason("ambiguous-date", f"“{text}” is not a date that everybody reads alike", "write it like 1 June 2011")


def _character(slip: Slip) -> Reason | None:
    if slip.token.kind != BAD_CHARACTER:
        return None
    text = slip.token.text[0]
    label = (
        "clauses end without a full stop"
        if text == "."
        else "nothing is written with this character, except inside quotation marks"
    )
    return Reason("unknown-character", f"“{text}” has no meaning here", label)


def _outside(slip: Slip) -> Reason | None:
    if slip.stuck.at or (slip.token.kind == "WORD" and slip.meant):
        return None
    small = _first_word_with_a_capital(slip, slip.token.text)
    if small:
        return Reason(
            "text-outside-clauses", f"“{small.capitalize()}” is taken for a name", f"write “{small}”", remedy=small
        )
    return Reason(
        "text-outside-clauses",
        f"“{_short(slip.token.text)}” does not begin a clause",
        "a clause begins with a word such as “payment”",
    )


def _slip_of_a_word(slip: Slip) -> Reason | None:
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


def _amount(slip: Slip) -> Reason | None:
    before = [slip.near(away).kind for away in (-4, -3, -2, -1)]
    priced = before == ["_PAYS", "TERM", "FOR", "EACH"] or (
        before[-2:] in (["_PAYS", "TERM"], ["_REPAYS", "TERM"]) and slip.token.kind == "FOR"
    )
    if not priced:
        return None
    return Reason(
        "missing-amount",
        "it does not say how much is paid",
        "write the amount before “for each”",
        remedy="£1,200 for each …",
    )


def _colon(slip: Slip) -> Reason | None:
    if "COLON" not in slip.allowed or slip.near(-1).kind != "TERM" or slip.stuck.at > 2:
        return None
    name = _short(slip.near(-1).text)
    return Reason(
        "missing-colon", f"without a colon “{name}” is one name", "write a colon after the name, before what follows"
    )


def _mixed(slip: Slip) -> Reason | None:
    other = {"AND": "OR", "OR": "AND"}.get(slip.token.kind)
    if not other or all(token.kind != other for token in slip.piece[: slip.stuck.at]):
        return None
    label = "write a list: all of: (a) …; and (b) any of: (i) …; or (ii) …"
    return Reason("and-or-mixed", "with “and” and “or” in one row it can mean two things", label)


def _small_letters(slip: Slip) -> Reason | None:
    if slip.token.kind not in ("WORD", "CODE") or "TERM" not in slip.allowed or slip.at_end:
        return None
    words = []
    for token in slip.piece[slip.stuck.at : slip.stuck.at + 4]:
        if not token.text[0].islower() or len(token.text) > 30:
            break
        words.append(token.text)
    name = " ".join(words)
    known = slip.lexed.names
    close = get_close_matches(name.lower(), list(known), n=1, cutoff=0.8)
    meant = known[close[0]] if close else " ".join(word.capitalize() for word in words)
    return Reason(
        "name-in-small-letters",
        f"“{name}” begins with a small letter",
        f"names begin with capitals: {meant}",
        remedy=meant,
    )


def _unfinished(slip: Slip) -> Reason | None:
    if not slip.at_end:
        return None
    label = f"{_choice(slip)} is missing after this" if _choice(slip) else "something is missing after this"
    return Reason("unfinished-clause", f"it stops after “{_short(slip.token.text)}”", label)


def _not_understood(slip: Slip) -> Reason | None:
    label = f"write {_choice(slip)} here" if _choice(slip) else "it cannot be read from here on"
    unknown = slip.token.kind in ("WORD", "CODE")
    says = (
        f"the language has no word “{_short(slip.token.text)}”"
        if unknown
        else f"“{_short(slip.token.text)}” cannot stand here"
    )
    return Reason("unknown-word" if unknown else "not-understood", says, label, _about_names(slip))


def _choice(slip: Slip) -> str:
    """What may stand here, where that is little enough to be of help."""
    options = [in_english(kind, slip.made) for kind in slip.allowed if kind not in ("CLAUSE", "WORD", END)]
    return (
        " or ".join([", ".join(options[:-1]), options[-1]] if len(options) > 1 else options)
        if len(options) <= 4
        else ""
    )


def _first_word_with_a_capital(slip: Slip, line: str) -> str:
    """A clause's first word that begins with a capital, as a sentence would."""
    word = line.split()[0].lower() if line[:1].isupper() else ""
    starts = {spelt for kind in slip.made.expected(0) for spelt in slip.made.spellings.get(kind, ())}
    return word if word in starts else ""


def _about_names(slip: Slip) -> tuple[str, ...]:
    """Names that fell apart over a small word (`Return to Work`) or a free number (`Level 2`), or that ran on."""
    for line in slip.near(-1).text.splitlines()[1:]:
        start = _first_word_with_a_capital(slip, line.strip())
        if start:
            return (
                f"“{start.capitalize()}” is taken for a part of the name before it: a clause begins with “{start}”.",
            )
    for left, small, right in ((-1, 0, 1), (-2, -1, 0)):
        parts = slip.near(left), slip.near(small), slip.near(right)
        if parts[0].kind == parts[2].kind == "TERM" and parts[1].kind in _SMALL:
            whole = " ".join(_short(part.text) for part in parts)
            joined = " ".join([parts[0].text, parts[1].text.capitalize(), parts[2].text])
            return (f"If “{whole}” is one name, write every word of it with a capital: {_short(joined)}.",)
    if slip.near(-1).kind == "TERM" and slip.token.kind == "NUMBER":
        name = f"{slip.near(-1).text}-{slip.token.text}"
        return (f"If the number belongs to the name, join them: {_short(name)}.",)
    return ()


_REASONS: tuple[Callable[[Slip], Reason | None], ...] = (
    _too_deep,
    _unclosed,
    _number,
    _date,
    _character,
    _outside,
    _slip_of_a_word,
    _amount,
    _colon,
    _mixed,
    _small_letters,
    _unfinished,
    _not_understood,
)
