"""From text to core: read, work in the base, elaborate. Every mistake of the text is found in one run."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from stat import S_ISREG
from typing import NoReturn

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.core.from_surface import elaborate
from outcomelang.core.from_surface.declare import template_of
from outcomelang.core.from_surface.variants import expand
from outcomelang.core.review import REVIEW, contract_of, review_of
from outcomelang.diagnostic import ContractError, Diagnostic, Severity, UsageError, is_doubt
from outcomelang.resources import stdlib_text
from outcomelang.source import NOWHERE, Source
from outcomelang.surface import ast
from outcomelang.surface.from_text import parse


@frozen
class Compiled:
    """A contract as meant, the texts it was made of (its own first, then its review and its bases), and notes on it."""

    core: ir.Contract
    sources: tuple[Source, ...]
    notes: tuple[Diagnostic, ...]
    is_library: bool = False
    """Definitions with blanks: its payments are samples, and no agreement."""


MOST_BYTES = 64_000_000
"""More than any contract or list of holidays; a device can be read for ever."""


def read_text(path: str) -> str:
    """The text of a file that a contract names. Raises OSError or UnicodeDecodeError."""
    try:
        regular = S_ISREG(Path(path).stat().st_mode)
    except ValueError as error:  # no path holds such a character
        raise FileNotFoundError(errno.ENOENT, "there is no such file", path) from error
    if not regular:
        raise OSError(errno.EINVAL, "it is not a file", path)
    return given_text(path)


def given_text(path: str) -> str:
    """The text at a path that the user gave, which may be a pipe. Raises OSError or UnicodeDecodeError."""
    with Path(path).open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise OSError(errno.EFBIG, f"it has more than {MOST_BYTES:,} bytes", path)
    return content.decode("utf-8-sig")


def compile_path(path: str | Path, review: str | None = None, doubts: bool = False) -> Compiled:
    """Compile the contract in a file, with the review beside it unless another one is given.

    Raises ContractError, or UsageError where there is no text to read.
    """
    name = str(path)
    whose = contract_of(name)
    if whose != name:
        there = Path(whose).is_file()
        _unreadable(name, f"it is a review; name {whose}" if there else f"it is a review, and there is no {whose}")
    try:
        text = given_text(name)
    except (OSError, UnicodeDecodeError) as error:
        _unreadable(name, error)
    beside = _review_beside(name, read_text) if review is None else review
    return compile_text(text, name, review=beside, doubts=doubts)


def _unreadable(path: str, why: str | Exception) -> NoReturn:
    if isinstance(why, OSError):
        reason = why.strerror or str(why)
    else:
        reason = why if isinstance(why, str) else "it is not UTF-8 text"
    message = f"Nothing was read from {path}: {reason}."
    raise UsageError((Diagnostic("OL901", "unreadable-file", message, NOWHERE),)) from None


@frozen
class _Texts:
    """What is compiled: a contract by its path and text, how others are read, and its own review."""

    text: str
    path: str
    load: Callable[[str], str]
    review: str | None


def compile_text(
    text: str,
    path: str = "contract.outcome",
    load: Callable[[str], str] = read_text,
    review: str | None = None,
    doubts: bool = False,
) -> Compiled:
    """Compile a contract; `load` gives the text of its base, and of the base's review, by path.

    `review` is the text of its own review. Raises ContractError with every mistake of all these texts; where a clause
    has several readings, the mistake says what each of them would pay. With `doubts`, the notes of a sound contract
    also say where another reading of it would pay otherwise: that is computed, and takes its time.
    """
    texts = _Texts(text, path, load, review)
    try:
        compiled = _compiled(texts)
    except ContractError as error:
        raise ContractError(_told(error.diagnostics, error.sources, texts), error.sources) from None
    if not any(is_doubt(note) for note in compiled.notes):
        return compiled
    if doubts:
        return evolve(compiled, notes=_told(compiled.notes, compiled.sources, texts))
    return evolve(compiled, notes=tuple(note for note in compiled.notes if not is_doubt(note)))


def _told(found: tuple[Diagnostic, ...], sources: tuple[Source, ...], texts: _Texts) -> tuple[Diagnostic, ...]:
    """The findings, those with several readings with what each reading pays."""
    if not any(remedy.edits for each in found for remedy in each.remedies):
        return found
    from outcomelang.readings import with_readings  # a contract with one meaning has no use for it

    return with_readings(found, sources, lambda changed: _compiled_again(changed, texts))


def _compiled_again(changed: Mapping[str, str], texts: _Texts) -> ir.Contract | tuple[Diagnostic, ...]:
    """The contract with other texts of its files, or what is wrong with it."""

    def load(name: str) -> str:
        return changed[name] if name in changed else texts.load(name)

    try:
        return _compiled(evolve(texts, text=changed[texts.path], load=load)).core
    except ContractError as error:
        return error.diagnostics


def _compiled(texts: _Texts) -> Compiled:
    load = texts.load
    own, written, said = _parsed(texts.path, texts.text, texts.review)
    whole, bases, changed = expand(written, lambda base: _parsed(base, load(base), _review_beside(base, load)))
    whole, libraries, wrong = _with_libraries(whole, load)
    complete = not (said or changed or wrong)
    core, meant = elaborate(whole, complete, load) if whole.clauses or not changed else (None, ())
    notes = _once((*said, *changed, *_placed((*wrong, *meant), written, libraries)))
    sources = (*own, *bases, *libraries)
    if core is None or any(note.severity is Severity.ERROR for note in notes):
        raise ContractError(notes, sources)
    return Compiled(
        core, sources, notes, any(isinstance(each, ast.Header) and each.is_library for each in written.clauses)
    )


def _parsed(path: str, text: str, review: str | None) -> tuple[tuple[Source, ...], ast.File, tuple[Diagnostic, ...]]:
    """A contract as written, with its review at its end."""
    source = Source(path, text)
    file, said = parse(source)
    if review is None:
        return (source,), file, said
    from outcomelang.core.from_surface.reviews import with_review

    beside = Source(review_of(path) or f"{path}{REVIEW}", review)
    held, wrong = parse(beside)
    whole, misplaced = with_review(file, beside, held)
    wrong = tuple(each for each in wrong if each.name != "empty-file")  # a review may say nothing
    return (source, beside), whole, (*said, *wrong, *misplaced)


def _review_beside(contract: str, load: Callable[[str], str]) -> str | None:
    """The text of the review beside a contract, if there is one."""
    path = review_of(contract)
    if path is None:
        return None
    try:
        return load(path)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        _unreadable(path, error)


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
