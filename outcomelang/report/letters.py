"""Text for a terminal that shows plain ASCII only."""

from __future__ import annotations

import unicodedata

_INSTEAD = str.maketrans(
    {"£": "GBP ", "€": "EUR ", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "×": "x"}
    | {"│": "|", "─": "-", "•": "*", "·": "-", "≥": ">=", "≤": "<=", "½": "1/2", "\u00a0": " "}
)


def in_ascii(text: str) -> str:
    """Signs by what is written where there are none (£5 is GBP 5), letters without their accents; what nobody could
    guess is written out (`\\u4e2d`)."""
    if text.isascii():
        return text
    return "".join(_letter(each) for each in text.translate(_INSTEAD))


def _letter(each: str) -> str:
    if each.isascii():
        return each
    bare = "".join(c for c in unicodedata.normalize("NFKD", each) if c.isascii())
    return bare or each.encode("ascii", "backslashreplace").decode("ascii")
