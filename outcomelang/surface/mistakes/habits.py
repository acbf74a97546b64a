"""Habits of other contracts and of formulas: `18 or more`, `>= 18`, `limit on … of £…`, `does not occur`."""

from __future__ import annotations

from outcomelang.surface.lexer import BAD_CHARACTER
from outcomelang.surface.mistakes.slip import Reason, Slip, short

_SIGNS = {
    ">=": "at least",
    "≥": "at least",
    "<=": "at most",
    "≤": "at most",
    ">": "above",
    "<": "below",
    "=": "exactly",
}
_AFTERWARDS = {"more": "at least", "over": "at least", "above": "at least", "less": "at most", "fewer": "at most"}
_AMOUNTS = frozenset(("NUMBER", "MONEY", "PERCENT"))
_UNITS = frozenset(("_DAY", "_WEEK", "_MONTH", "_YEAR"))


def sign(slip: Slip) -> Reason | None:
    """`Degrees >= 18`"""
    first, second = slip.token, slip.near(1)
    if first.kind != BAD_CHARACTER:
        return None
    both = second.kind == BAD_CHARACTER and first.text + second.text in _SIGNS
    said = first.text + second.text if both else first.text
    words = _SIGNS.get(said)
    if words is None:
        return None
    value = slip.near(2 if both else 1).text
    meant = f"{words} {value}".strip()
    at = first._replace(end=second.end) if both else first
    return Reason("unknown-character", f"“{said}” has no meaning here", f"did you mean “{meant}”?", remedy=meant, at=at)


def or_more(slip: Slip) -> Reason | None:
    """`Degrees of 18 or more`"""
    value, word = slip.near(-1), slip.near(1).text
    if slip.token.kind != "OR" or value.kind not in _AMOUNTS or word not in _AFTERWARDS:
        return None
    said, meant = f"{value.text} or {word}", f"{_AFTERWARDS[word]} {value.text}"
    at = value._replace(end=slip.near(1).end)
    return Reason("not-understood", f"“{said}” cannot stand here", f"did you mean “{meant}”?", remedy=meant, at=at)


def unit_of_each_step(slip: Slip) -> Reason | None:
    """`reaches 13 weeks and 26 weeks in total`: the steps share one unit."""
    kinds = [slip.near(away).kind for away in (-5, -4, -3, -2, -1)]
    if kinds[0] != "NUMBER" or kinds[1] not in _UNITS or kinds[2] not in ("AND", "COMMA"):
        return None
    if kinds[3] != "NUMBER" or kinds[4] != kinds[1]:
        return None
    first, last = slip.near(-5), slip.near(-1)
    joined = "," if kinds[2] == "COMMA" else " and"
    meant = f"{first.text}{joined} {slip.near(-2).text} {last.text}"
    said, at = slip.words(first, last), first._replace(end=last.end)
    return Reason("not-understood", f"“{said}” has its unit twice", f"did you mean “{meant}”?", remedy=meant, at=at)


def limit_on(slip: Slip) -> Reason | None:
    """`limit on Works Fee of £70,000`"""
    kinds = [token.kind for token in slip.piece[: slip.stuck.at + 1]]
    if kinds != ["LIMIT", "ON"]:
        return None
    what = short(slip.near(1).text) if slip.near(1).kind == "TERM" else "all payments"
    return Reason("not-understood", "“on” cannot stand here", f"write “limit {what} to £…”", at=slip.token)


def does_not(slip: Slip) -> Reason | None:
    """`when Admission does not occur`"""
    if slip.token.text not in ("does", "do", "did") or slip.near(1).kind != "NOT" or slip.near(-1).kind != "TERM":
        return None
    name = slip.near(-1)
    last = slip.near(2) if slip.near(2).kind == "_OCCURS" else slip.near(1)
    meant = f"no {short(name.text)} occurs"
    said, at = slip.words(name, last), name._replace(end=last.end)
    return Reason(
        "not-understood", f"“{short(said)}” cannot stand here", f"did you mean “{meant}”?", remedy=meant, at=at
    )


def unquoted(slip: Slip) -> Reason | None:
    """`given Household A` and then its rows; `Survey, Length long`."""
    if not slip.piece or slip.piece[0].kind != "EXAMPLE":
        return None
    name = slip.near(-1)
    words = name.text.split()
    if slip.token.kind == "DATE" and slip.near(-2).kind == "GIVEN" and name.kind == "TERM" and len(words) > 1:
        meant = f'{" ".join(words[:-1])} "{words[-1]}"'
        says = f"“{short(name.text)}” is one name"
        return Reason("not-understood", says, f"did you mean “{meant}”?", remedy=meant, at=name)
    if slip.token.kind == "WORD" and "TEXT" in slip.allowed:
        meant = f'"{slip.token.text}"'
        said = f"“{short(slip.token.text)}” cannot stand here without quotation marks"
        return Reason("not-understood", said, f"did you mean “{meant}”?", remedy=meant)
    return None


def range_without_from(slip: Slip) -> Reason | None:
    """`"Winter 1" 1 October 2025 - 30 September 2026`"""
    if slip.token.kind != "DATE" or slip.near(-1).kind != "TEXT" or not {"FROM", "_FROM"} & set(slip.allowed):
        return None
    return Reason("not-understood", f"“{slip.token.text}” cannot stand here", f"write “from {slip.token.text} to …”")
