"""From text to core: read, work in the base, elaborate. Every mistake of the text is found in one run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.core.from_surface import elaborate
from outcomelang.core.from_surface.declare import template_of
from outcomelang.core.from_surface.variants import expand
from outcomelang.diagnostic import ContractError, Diagnostic, Severity, UsageError
from outcomelang.resources import stdlib_text
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
    """Compile a contract; `load` gives the text of its base by path. Raises ContractError with every mistake.

    Where a clause has several readings, the mistake says what each of them would pay.
    """
    try:
        compiled = _compiled(text, path, load)
    except ContractError as error:
        raise ContractError(_told(error.diagnostics, error.sources, path, load), error.sources) from None
    notes = _told(compiled.notes, compiled.sources, path, load)
    return compiled if notes is compiled.notes else evolve(compiled, notes=notes)


def _told(
    found: tuple[Diagnostic, ...], sources: tuple[Source, ...], path: str, load: Callable[[str], str]
) -> tuple[Diagnostic, ...]:
    """The findings, those with several readings with what each reading pays."""
    if not any(remedy.edits for each in found for remedy in each.remedies):
        return found
    from outcomelang.readings import with_readings  # a contract with one meaning has no use for it

    return with_readings(found, sources, lambda texts: _compiled_again(texts, path, load))


def _compiled_again(
    texts: Mapping[str, str], path: str, load: Callable[[str], str]
) -> ir.Contract | tuple[Diagnostic, ...]:
    """The contract with other texts of its files, or what is wrong with it."""
    try:
        return _compiled(texts[path], path, lambda name: texts[name] if name in texts else load(name)).core
    except ContractError as error:
        return error.diagnostics


def _compiled(text: str, path: str, load: Callable[[str], str]) -> Compiled:
    source = Source(path, text)
    written, said = parse(source)
    whole, bases, changed = expand(written, lambda base: _parsed(base, load))
    whole, libraries, wrong = _with_libraries(whole, load)
    complete = not (said or changed or wrong)
    core, meant = elaborate(whole, complete, load) if whole.clauses or not changed else (None, ())
    notes = _once((*said, *changed, *_placed((*wrong, *meant), written, libraries)))
    sources = (source, *bases, *libraries)
    if core is None or any(note.severity is Severity.ERROR for note in notes):
        raise ContractError(notes, sources)
    return Compiled(core, sources, notes)


def _parsed(path: str, load: Callable[[str], str]) -> tuple[Source, ast.File, tuple[Diagnostic, ...]]:
    source = Source(path, load(path))
    return source, *parse(source)


def _with_libraries(
    file: ast.File, load: Callable[[str], str]
) -> tuple[ast.File, tuple[Source, ...], tuple[Diagnostic, ...]]:
    """The file with what it takes from libraries written out; most take nothing, and load nothing for it."""
    if not any(isinstance(clause, ast.Use) or template_of(clause) is not None for clause in file.clauses):
        return file, (), ()
    from outcomelang.core.from_surface.libraries import with_libraries

    return with_libraries(file, lambda name, beside: _library(name, beside, load))


def _library(name: str, beside: str, load: Callable[[str], str]) -> Source:
    """A library: a file beside the one that names it, else one that comes with the language."""
    if not name.endswith(".outcome"):
        return Source(f"stdlib/{name}.outcome", stdlib_text(name))
    path = normpath(join(dirname(beside), name))
    return Source(path, load(path))


def _placed(found: tuple[Diagnostic, ...], written: ast.File, libraries: tuple[Source, ...]) -> tuple[Diagnostic, ...]:
    """What is wrong with a text of a library, said where it is used."""
    if not libraries:
        return found
    from outcomelang.core.from_surface.library_places import at_the_use

    paths = {library.path for library in libraries}
    first = next((clause.span for clause in written.clauses if isinstance(clause, ast.Use)), None)
    used = dict.fromkeys(paths, first) if first is not None else {}
    return tuple(at_the_use(each, used) for each in found)


def _once(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Each finding once, in the order of the text."""
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.span.path, each.span.line, each.span.column)))
