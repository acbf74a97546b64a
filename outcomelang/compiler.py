"""From text to core: read, work in the base, elaborate. Every mistake of the text is found in one run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.from_surface import elaborate
from outcomelang.core.from_surface.variants import expand
from outcomelang.diagnostic import ContractError, Diagnostic, Severity, UsageError
from outcomelang.source import NOWHERE, Source
from outcomelang.surface import ast
from outcomelang.surface.from_text import parse


@frozen
class Compiled:
    """A contract as meant, the texts it was made of (its own first, then its bases), and notes on it."""

    core: ir.Contract
    sources: tuple[Source, ...]
    notes: tuple[Diagnostic, ...]


def read_text(path: str) -> str:
    """The text of a file. Raises OSError or UnicodeDecodeError."""
    return Path(path).read_bytes().decode("utf-8-sig")


def compile_path(path: str | Path) -> Compiled:
    """Compile the contract in a file. Raises ContractError, or UsageError where there is no text to read."""
    try:
        text = read_text(str(path))
    except (OSError, UnicodeDecodeError) as error:
        why = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else (error.strerror or str(error))
        message = f"Nothing was read from {path}: {why}."
        raise UsageError((Diagnostic("OL901", "unreadable-file", message, NOWHERE),)) from error
    return compile_text(text, str(path))


def compile_text(text: str, path: str = "contract.outcome", load: Callable[[str], str] = read_text) -> Compiled:
    """Compile a contract; `load` gives the text of its base by path. Raises ContractError with every mistake."""
    source = Source(path, text)
    written, said = parse(source)
    whole, bases, changed = expand(written, lambda base: _parsed(base, load))
    core, meant = elaborate(whole, not (said or changed), load) if whole.clauses or not changed else (None, ())
    notes = _once((*said, *changed, *meant))
    sources = (source, *bases)
    if core is None or any(note.severity is Severity.ERROR for note in notes):
        raise ContractError(notes, sources)
    return Compiled(core, sources, notes)


def _parsed(path: str, load: Callable[[str], str]) -> tuple[Source, ast.File, tuple[Diagnostic, ...]]:
    source = Source(path, load(path))
    return source, *parse(source)


def _once(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Each finding once, in the order of the text."""
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.span.path, each.span.line, each.span.column)))
