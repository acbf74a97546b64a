"""As written: text to surface tree.

The tokens are cut where a clause begins and each clause is read by itself: a mistake costs one message, hides nothing.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, cast

from attrs import define, field

from outcomelang.diagnostic import Diagnostic, Remedy
from outcomelang.source import Source, Span
from outcomelang.surface import ast
from outcomelang.surface.building import Builder
from outcomelang.surface.cutting import at_capitals, clauses_in, cut
from outcomelang.surface.lalr import Build, Stuck, run
from outcomelang.surface.lexer import BAD, INVISIBLE, Comment, Lexed, Lexer, Token, Written
from outcomelang.surface.tables import Tables, tables

LONGEST = 2_000_000
"""Characters in one file. Long contracts stay below a hundredth of it; more is a log or an accident."""

MOST_SHOWN = 200
"""Mistakes that are explained one by one; a file with more is hardly a contract."""


def parse(
    source: Source, fillings: Mapping[str, str] | None = None, via: Span | None = None
) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """The clauses of a file in the author's order, and one diagnostic for each that could not be read. Never raises.

    A clause with a mistake is left out, unless it was one misspelt word and the word meant is plain. `fillings` are
    written into the blanks of a library; `via` is the place that uses it, and every span then leads back there.
    """
    if len(source.text) > LONGEST:
        length = f"it has {len(source.text):,} characters, and a contract has at most {LONGEST:,}"
        return ast.File(source.path, ()), (Diagnostic("OL015", "file-too-long", f"This file is not read: {length}."),)
    reading = _Reading(tables(), _lexer().lex(source, fillings, via))
    return reading.file(), reading.all_diagnostics()


def comments(source: Source) -> list[Comment]:
    """The comments of a file, which the tree does not hold."""
    return _lexer().lex(source).comments


def written(source: Source) -> Written:
    """A file's words, marks and comments as they are set."""
    return _lexer().written(source)


def figures(source: Source) -> set[int]:
    """The lines of a file on which a date, an amount or another number stands."""
    lexed = _lexer().lex(source)
    kinds = ("DATE", "MONEY", "PERCENT", "NUMBER", "FRACTION")
    return {lexed.span(token.start, token.end).line for token in lexed.tokens if token.kind in kinds}


@cache
def _lexer() -> Lexer:
    return Lexer(tables())


@define(eq=False)
class _Reading:
    """One file being read: its tokens, and the builder's methods ready to be called for it.

    Past the most mistakes that are shown, clauses with a mistake are only counted (`unexplained`). `said` is the first
    word of the last clause of which it was said that it begins with a capital.
    """

    made: Tables
    lexed: Lexed
    diagnostics: list[Diagnostic] = field(factory=list)
    unexplained: int = 0
    said: Token | None = None
    builder: Builder = field(init=False)
    build: list[Build] = field(init=False)

    @builder.default
    def _builder(self) -> Builder:
        return Builder(self.lexed.words)

    @build.default
    def _build(self) -> list[Build]:
        span = self.lexed.span

        def node(method: Callable[..., Any]) -> Build:
            return lambda first, last, children: method(span(first.start, last.end), *children)

        methods = {rule.name: getattr(self.builder, rule.name, _builds_nothing) for rule in self.made.rules}
        nodes = {name: node(method) for name, method in methods.items()}
        return [nodes[rule.name] for rule in self.made.rules]

    def leaf(self, token: Token) -> Any:
        """The node of a name or literal; other words stay as they are."""
        if token.kind not in _LEAVES:
            return token
        return getattr(self.builder, _LEAVES[token.kind])(self.lexed.span(token.start, token.end), token.text)

    def file(self) -> ast.File:
        """Every piece is read; what is cut off a piece that was two clauses is read next."""
        clauses: list[ast.Clause] = []
        unread: list[ast.Term] = []
        pieces = deque(cut(self.lexed, self.made))
        if not pieces:
            self.diagnostics.append(_nothing(self.lexed))
        while pieces:
            piece = pieces.popleft()
            clause = run(self.made, piece, self.build, self.leaf)
            if isinstance(clause, Stuck):
                apart = self._pasted(piece, clause) or self._apart(piece, clause)
                if apart:
                    pieces.extendleft(reversed(apart))
                    continue
                clause = self._explained(piece, clause)
            elif self.builder.found:
                self._shown_or_counted(self.builder.found[0])
                clause = None
            self.builder.found.clear()
            if clause is None:
                unread += self._names(piece)
            else:
                clauses.append(cast(ast.Clause, clause))
        return ast.File(self.lexed.source.path, tuple(clauses), tuple(unread))

    def _pasted(self, piece: Sequence[Token], stuck: Stuck) -> list[Sequence[Token]]:
        """A whole clause, and what stands after it at the margin though no clause begins so: a number, a bullet, a
        heading. It costs the clause nothing.
        """
        at = stuck.at
        if not 0 < at < len(piece) or piece[at].kind not in _AT_THE_MARGIN or not self.lexed.at_margin(piece[at]):
            return []
        whole = not isinstance(run(self.made, piece[:at], self.build, self.leaf), Stuck)
        self.builder.found.clear()
        return [piece[:at], piece[at:]] if whole else []

    def _apart(self, piece: Sequence[Token], stuck: Stuck) -> list[Sequence[Token]]:
        """The clauses of a piece in which one begins with a capital, where that is how to read it."""
        if len(self.diagnostics) >= MOST_SHOWN:
            return []
        from outcomelang.surface.mistakes import capital

        for before, meant in at_capitals(piece, stuck.at, self.lexed, self.made):
            tried = [run(self.made, part, self.build, self.leaf) for part in (meant, before) if part]
            sound = [not isinstance(part, Stuck) for part in tried]
            self.builder.found.clear()
            at_margin = self.lexed.at_margin(meant[0])
            if not before or sound[0] or (at_margin and any(sound)):
                self.diagnostics.append(capital(self.lexed, meant))
                self.said = meant[0]
                return [part for part in (before, meant) if part]
        return []

    def _explained(self, piece: Sequence[Token], stuck: Stuck) -> ast.Clause | None:
        """The clause that was probably meant, where the mistake is still shown."""
        if len(self.diagnostics) < MOST_SHOWN:
            return self._mended(piece, stuck)
        self.unexplained += clauses_in(piece, self.lexed, self.made) - (piece[0] is self.said)
        return None

    def _shown_or_counted(self, found: Diagnostic) -> None:
        if len(self.diagnostics) < MOST_SHOWN:
            self.diagnostics.append(found)
        else:
            self.unexplained += 1

    def all_diagnostics(self) -> tuple[Diagnostic, ...]:
        if not self.unexplained:
            return tuple(self.diagnostics)
        clauses = "1 more clause is" if self.unexplained == 1 else f"{self.unexplained:,} more clauses are"
        more = f"{clauses} not read: only the first {MOST_SHOWN} mistakes are shown."
        return *self.diagnostics, Diagnostic("OL018", "too-many-mistakes", more, self.diagnostics[-1].span)

    def _mended(self, piece: Sequence[Token], stuck: Stuck) -> ast.Clause | None:
        """Explain why a clause could not be read. Where one known word was misspelt, read on as if it were not."""
        from outcomelang.surface.mistakes import Slip, explain

        slip = Slip(self.made, self.lexed, piece, stuck)
        self.diagnostics.append(explain(slip))
        meant = _lexer().phrases.get(slip.meant or "")
        if meant is None or slip.token.kind != "WORD":
            return None
        mended = [*piece[: stuck.at], slip.token._replace(kind=meant, text=slip.meant or ""), *piece[stuck.at + 1 :]]
        again = run(self.made, mended, self.build, self.leaf)
        return None if isinstance(again, Stuck) else cast(ast.Clause, again)

    def _names(self, piece: Sequence[Token]) -> list[ast.Term]:
        """The names that an unread clause may have declared: any name in it, and where a colon is missing perhaps only
        the first words of one. An empty one where its own name is missing.
        """
        terms = [token for token in piece[:MOST_NAMES] if token.kind == "TERM"]
        names = [cast(ast.Term, self.leaf(token)) for token in terms]
        first = piece[2 if piece[0].kind == "INSERT" else 1 :][:1]
        twice = [token for token in piece[1:3] if token.kind != piece[0].kind][:1]
        if terms and (terms[0] is piece[0] or terms[:1] in (first, twice)):
            words = self._whole(terms[0]).split()[:8]
            rows = [" ".join(words[:count]) for count in range(len(words), 0, -1)]
            return names + [ast.Term(row, span=names[0].span) for row in rows]
        nameless = piece[0].kind in _NAMED and not any(token.kind == "WORD" for token in first)
        if nameless or (not names and piece[0].kind in self.made.expected(0)):
            text = "" if nameless else piece[0].text  # a clause's first word: no name can be spelt so
            names.append(ast.Term(text, span=self.lexed.span(piece[0].start, piece[0].end)))
        return names

    def _whole(self, token: Token) -> str:
        """A name as it looks: with what characters that nobody sees have cut off."""
        stop = self.lexed.source.text.find("\n", token.end)
        rest = self.lexed.source.text[token.end : min(stop if stop >= 0 else token.end, token.end + 80)]
        found = re.match(rf"(?:[{INVISIBLE}]+[\w'’-]+(?: [A-Z][\w'’-]*)*)+", rest)
        return token.text + (re.sub(f"[{INVISIBLE}]", "", found[0]) if found else "")


MOST_NAMES = 400
"""Words of an unread clause in which names are looked for."""

_AT_THE_MARGIN = BAD | {"NUMBER", "FRACTION", "PERCENT", "TERM", "ALPHA", "ROMAN", "RPAR"}

_NAMES = """
COMMISSIONER PROVIDER ASSESSOR PARTY JOINT PARTICIPANT MEMBER GROUP COHORT COMPARISON PERIOD EVENT FIGURE STATE DEFINE
TABLE OUTCOME PLAN PAYMENT REPAYMENT _GUARANTEES EXIT USE
"""
_NAMED = frozenset(_NAMES.split())
"""First words of clauses that give something a name."""

_LEAVES = {name.removesuffix("_leaf").upper(): name for name in dir(Builder) if name.endswith("_leaf")}


def _nothing(lexed: Lexed) -> Diagnostic:
    """No tokens: the file is empty, or all of it is comment."""
    message = "This file is not read as a contract: it says nothing."
    start = Remedy("outcomelang new", "writes a small contract to start from")
    return Diagnostic("OL020", "empty-file", message, lexed.span(0, 0), remedies=(start,))


def _builds_nothing(*_: object) -> Any:
    raise AssertionError("a rule without a method of its own always stands for its only child")
