"""The way to SymPy, which only some installations have."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from outcomelang.diagnostic import Diagnostic, UsageError
from outcomelang.formula.deriving import Formulas
from outcomelang.source import NOWHERE

if TYPE_CHECKING:
    from outcomelang.formula.symbolic import SymbolicFormulas


def symbolic(of: Formulas) -> SymbolicFormulas:
    """The formulas as SymPy objects; a `UsageError` with the line that installs it where SymPy is missing."""
    _found()
    from outcomelang.formula.symbolic import symbolic as made

    return made(of)


def sympy_source(of: Formulas) -> str:
    """Python that builds the SymPy objects; the same `UsageError`."""
    _found()
    from outcomelang.formula.symbolic import source

    return source(symbolic(of))


def _found() -> None:
    try:
        import_module("sympy")
    except ModuleNotFoundError as missing:
        if missing.name != "sympy":
            raise
        message = "Formulas as SymPy objects need SymPy, which is not installed."
        remedy = 'Install it with: pip install "outcomelang[formula]". Text, Python and JSON need nothing more.'
        raise UsageError((Diagnostic("OL905", "sympy-missing", message, NOWHERE, details=(remedy,)),)) from None
