"""A clause that stopped, and what may be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cached_property

from attrs import define, frozen

from outcomelang.diagnostic import Remedy
from outcomelang.surface.lalr import Stuck, accepts
from outcomelang.surface.lexer import BAD_CHARACTER, BAD_DATE, BAD_NUMBER, BAD_TEXT, Lexed, Token
from outcomelang.surface.said_otherwise import SAID_OTHERWISE
from outcomelang.surface.tables import END, Tables


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

    def words(self, first: Token, last: Token) -> str:
        """The author's own words from one token to another."""
        return " ".join(self.lexed.source.text[first.start : last.end].split())

    @cached_property
    def allowed(self) -> list[str]:
        return accepts(self.made, self.stuck)

    @cached_property
    def meant(self) -> str | None:
        """The word of the language that was probably meant: one that may stand here, or one that begins a clause."""
        words = {word: kind for kind in self.allowed for word in self.made.spellings.get(kind, ())}
        here = " ".join(self.token.text.split())
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
    """What follows “is not read:”, and what stands under the excerpt; `at` where that is not what did not fit."""

    name: str
    says: str
    label: str = ""
    details: tuple[str, ...] = ()
    remedy: str = ""
    remedies: tuple[Remedy, ...] = ()
    at: Token | None = None


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:38].rstrip() + " …"
