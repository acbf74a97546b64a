"""The review beside a contract: what its own side accepts, assumes, spends and gains. It is no part of the agreement.

Its clauses are read as if they stood at the end of the contract, and keep their own place in every message.
"""

from __future__ import annotations

from outcomelang.core.diagnostics import code_of
from outcomelang.core.from_surface.declare import declared
from outcomelang.core.review import HELD, file_name
from outcomelang.diagnostic import Diagnostic, Remedy
from outcomelang.source import Source, Span
from outcomelang.surface import ast


def with_review(file: ast.File, review: Source, held: ast.File) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """The contract and its review as one file, and a finding for each clause that has no place in a review.

    The names of such clauses count as unread: whoever uses one is not told that it is unknown as well.
    """
    own = tuple(clause for clause in held.clauses if isinstance(clause, Held))
    others = [clause for clause in held.clauses if not isinstance(clause, Held)]
    names = (found[0] for clause in others if (found := declared(clause)) is not None)
    terms = tuple(ast.Term(name.text, span=name.span) for name in names)
    whole = ast.File(file.path, (*file.clauses, *own), (*file.unread, *held.unread, *terms))
    return whole, tuple(_misplaced(review, clause, file.path) for clause in others)


Held = ast.Accept | ast.Assume | ast.Cost | ast.Benefit


def _misplaced(review: Source, clause: ast.Clause, contract: str) -> Diagnostic:
    line = review.text.splitlines()[clause.span.line - 1]
    word = line[clause.span.column - 1 :].split(maxsplit=1)[0].rstrip(":,;")
    message = f"Nobody is bound by this “{word}”: a review is no part of the agreement, and holds only {HELD}."
    remedy = Remedy(f"the clause in {file_name(contract)}", "there it is agreed, and counts")
    return _finding("not-in-a-review", clause.span, message, "not for a review", remedy)


def _finding(name: str, span: Span, message: str, label: str, remedy: Remedy) -> Diagnostic:
    return Diagnostic(code_of(name), name, message, span, label=label, remedies=(remedy,))
