"""How a terminal wants it: width, colour, and whether it can draw frames."""

from __future__ import annotations

from attrs import frozen

_TO_ASCII = str.maketrans({"│": "|", "─": "-", "•": "*", "·": "-", "…": "~", "“": '"', "”": '"', "‘": "'", "’": "'"})
_COLOURS = {"error": "31", "warning": "33", "note": "36"}


@frozen
class Style:
    """`width` in columns. Without `frames`, drawn characters become ASCII, and the author's own text stays; without
    `letters`, everything does."""

    width: int = 80
    colour: bool = False
    frames: bool = True
    letters: bool = True

    def shown(self, text: str) -> str:
        """Text as this terminal shows it, before it is measured: £5 may be GBP 5 and wider."""
        if self.letters:
            return text
        from outcomelang.report.letters import in_ascii

        return in_ascii(text)

    def drawn(self, text: str) -> str:
        """Our own marks as this terminal can draw them."""
        return text if self.frames else text.translate(_TO_ASCII)

    def severity(self, severity: str, word: str = "") -> str:
        """A word in the colour of a severity: its own, if no other is given."""
        said = word or severity
        return f"\x1b[1;{_COLOURS[severity]}m{said}\x1b[0m" if self.colour else said

    def bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text
