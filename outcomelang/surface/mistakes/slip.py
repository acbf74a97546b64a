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
        cutoff = 0.72 if self.token.kind in ("WORD", "CODE") else 0.82
        return nearest(here, list(words), cutoff) if here[:1].islower() else None

    @cached_property
    def phrase(self) -> tuple[str, str, Token] | None:
        """The words from here on, the phrase of the language that they slip from, and the last of them."""
        phrases = [word for kind in self.allowed for word in self.made.spellings.get(kind, ()) if " " in word]
        if self.at_end or self.meant or not phrases or not self.token.text[:1].islower():
            return None
        tried = self.piece[self.stuck.at : self.stuck.at + 4]
        for count in range(1, len(tried)):
            said = " ".join(token.text for token in tried[: count + 1])
            if not tried[count].text[:1].islower() or len(said) > 40:
                return None
            close = [phrase for phrase in phrases if phrase.count(" ") == said.count(" ")]
            meant = nearest(said, close, 0.8)
            if meant and any(token.kind in ("WORD", "CODE") for token in tried[: count + 1]):
                return said, meant, tried[count]
        return None


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


def nearest(word: str, words: list[str], cutoff: float) -> str | None:
    """The word of which another is a slip: two letters that changed places, or most letters alike."""
    turned = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    found = [other for other in words if other in turned] or get_close_matches(word, words, n=1, cutoff=cutoff)
    return found[0] if found else None


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:38].rstrip() + " …"
