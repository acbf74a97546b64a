"""Text from contracts and logs, made harmless and measurable for a terminal."""

from __future__ import annotations

import re
import unicodedata

_QUOTED = re.compile("(“[^”]*”|`[^`]*`)")
_ARTICLE = re.compile(r"\b([Aa]) (?=(?!One\b|Eu)[AEIO]\w)")
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def plain(text: str) -> str:
    """`text` with every control, escape and direction character written out (`\\x1b`): it can move no cursor, set no
    colour or title, and reorder nothing. Line feeds and tabs stay."""
    return _UNSAFE.sub(lambda m: m[0].encode("unicode_escape", "surrogatepass").decode("ascii"), text)


def one_line(text: str) -> str:
    """`plain`, on one line."""
    return " ".join(plain(text).split())


def sentence(text: str) -> str:
    """A sentence of ours on one line, with its full stop."""
    said = one_line(worded(text))
    return said if not said or said.endswith((".", "?", "!", ":", "…")) else said + "."


def worded(text: str) -> str:
    """Words of ours, harmless: what is to be written stands in quotation marks instead of backticks, and a Defined Term
    gets the “an” that it asks for (which one it is, nobody knew who wrote the sentence). Quoted text stays as it is."""
    return "".join(_worded(part) for part in _QUOTED.split(plain(text)))


def _worded(part: str) -> str:
    if part.startswith("“"):
        return part
    if part.startswith("`"):
        return part.strip("`") if "“" in part else f"“{part.strip('`')}”"
    return _ARTICLE.sub(r"\1n ", part)


def columns(text: str) -> int:
    """How many columns a terminal gives to `text`: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def wrapped(text: str, width: int, indent: str = "", first: str | None = None) -> list[str]:
    """The words of `text` in lines of at most `width` columns; a longer word stands alone. `first` opens the first."""
    lines: list[str] = []
    line, empty = indent if first is None else first, True
    for word in plain(text).split():
        if not empty and columns(line) + 1 + columns(word) > width:
            lines.append(line)
            line, empty = indent, True
        line += word if empty else " " + word
        empty = False
    return [*lines, line]
