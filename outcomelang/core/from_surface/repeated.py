"""What a clause says twice: of two deadlines, two orders or two recorders, nobody can tell which one counts.

Every part that may follow a clause's first words answers one question. A second answer to the same question is
reported at its own place; parts that add up (`logged as`, `stacks with`, filters) answer none of these questions.
"""

from __future__ import annotations

from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.declare import cite_of, declared
from outcomelang.core.from_surface.questions import Modifier, question
from outcomelang.core.scope import Sort, spelling
from outcomelang.surface import ast


def said_twice(e: Elaboration, file: ast.File) -> None:
    """Report every second answer to one question within a clause."""
    for clause in file.clauses:
        e.cite = cite_of(clause)
        first: dict[str, Modifier] = {}
        for modifier in _modifiers(clause):
            asked = _asked(e, modifier)
            if asked is not None and asked in first:
                _report(e, clause, asked, first[asked], modifier)
            elif asked is not None:
                first[asked] = modifier


def _asked(e: Elaboration, modifier: Modifier) -> str | None:
    """`for each Quarter` in a limit says in which period, as `in each Quarter` does."""
    if isinstance(modifier, ast.ForEachSubject):
        symbol = e.scope.find(modifier.term.text)
        if symbol is not None and symbol.sort is Sort.PERIOD:
            return "in which period it holds"
    return question(modifier)


def _modifiers(clause: ast.Clause) -> tuple[Modifier, ...]:
    match clause:
        case (
            ast.Participant()
            | ast.Group()
            | ast.Comparison()
            | ast.Event()
            | ast.Figure()
            | ast.State()
            | ast.StateIs()
            | ast.Table()
            | ast.Outcome()
            | ast.Payment()
            | ast.RateCard()
            | ast.Limit()
            | ast.Guarantee()
        ):
            return clause.modifiers
        case ast.Insert():
            return _modifiers(clause.clause)
        case ast.ChangeTo():
            return clause.to if isinstance(clause.to, tuple) else ()
        case _:
            return ()


def _report(e: Elaboration, clause: ast.Clause, asked: str, first: Modifier, again: Modifier) -> None:
    found = declared(clause)
    name = f"{spelling(found[0].text)} says" if found is not None else "This clause says"
    e.say(
        "said-twice",
        again.span,
        f"{name} twice {asked}, and nobody can tell which one counts.",
        label="said again",
        related=((first.span, "said here first"),),
    )
