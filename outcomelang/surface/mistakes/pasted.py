"""What comes in when text is pasted from elsewhere: numbers and bullets before a clause, dashes, what nobody sees."""

from __future__ import annotations

import re

from outcomelang.surface.lexer import BAD_CHARACTER, BAD_DATE, BAD_NUMBER, INVISIBLE
from outcomelang.surface.mistakes.slip import Reason, Slip, short

_NUMBERING = frozenset(("NUMBER", "FRACTION", "ALPHA", "ROMAN", BAD_NUMBER, BAD_DATE))
_BULLETS = frozenset("•‣▪●○◦·*-–—\uf0b7\uf0a7o")
_DASHES = frozenset("–—―")
_COMMENTS = ("#", "/", ";")
_SEEN = re.compile(rf"[\w{INVISIBLE}]*[{INVISIBLE}][\w{INVISIBLE}]*")


def invisible(slip: Slip) -> Reason | None:
    """A character that takes no room stands inside a word and cuts it in two."""
    text, at = slip.lexed.source.text, slip.token.start
    start = max(at - 40, 0)
    for found in _SEEN.finditer(text, start, at + 40):
        if found.start() <= slip.token.end and at <= found.end() and re.search(r"\w", found[0]):
            plain = re.sub(f"[{INVISIBLE}]", "", found[0])
            odd = next(c for c in found[0] if re.match(f"[{INVISIBLE}]", c))
            return Reason(
                "unknown-character",
                f"a character that cannot be seen (U+{ord(odd):04X}) cuts “{short(plain)}” in two",
                "type this word anew: the character came in with pasted text",
                remedy=plain,
                at=slip.token._replace(start=found.start(), end=found.end()),
            )
    return None


def before_a_clause(slip: Slip) -> Reason | None:
    """`3. payment …`, `• payment …`, `# Payments`."""
    if slip.stuck.at or slip.token.kind not in (*_NUMBERING, BAD_CHARACTER):
        return None
    text = short(slip.token.text)
    if slip.token.kind in _NUMBERING:
        return Reason(
            "text-outside-clauses",
            f"“{text}” does not begin a clause",
            f'clauses have no number in front; its place in the agreement stands at its end: clause "{text}"',
        )
    if text[0] in _COMMENTS or (text[0] in _DASHES and len(slip.piece) > 1):
        dashes = ": some word processors make a dash of them" if text[0] in _DASHES else ""
        return Reason(
            "unknown-character",
            f"“{text}” has no meaning here",
            f"what is no part of the agreement stands after two hyphens (--){dashes}",
        )
    if text[0] in _BULLETS:
        return Reason(
            "unknown-character", f"“{text}” has no meaning here", "clauses have no bullet in front; leave it out"
        )
    return None


def dash(slip: Slip) -> Reason | None:
    """`£400 — published`: a comment whose hyphens became one dash."""
    if slip.token.kind != BAD_CHARACTER or slip.token.text[0] not in _DASHES:
        return None
    label = "a comment begins with two hyphens (--): some word processors make a dash of them"
    return Reason("unknown-character", f"“{slip.token.text[0]}” has no meaning here", label)
