"""A contract to start from: that of a real scheme, or one that uses a library, with its figures marked."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.cli.shelf import library, text_of
from outcomelang.core.from_surface.fillings import shown
from outcomelang.core.from_surface.library_text import HIDDEN, Library
from outcomelang.core.review import review_of
from outcomelang.core.scope import Sort
from outcomelang.resources import scheme_file, scheme_review, scheme_text
from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.from_text import comments, figures, parse

MARK = "-- replace"
_STARTED = """\
-- Started from {what}.
-- Each line that ends in “{mark}” holds a figure of it: put yours in its place and take the mark away.
"""
_HEAD = f"""{_STARTED}\
-- The examples hold its figures too: derive yours by hand, then run outcomelang test.

"""
_TAKEN = (Sort.OUTCOME, Sort.MEASURE, Sort.TABLE, Sort.PERIOD, Sort.GROUP)


def from_scheme(name: str) -> str:
    """The contract of a scheme, its figures marked."""
    return _HEAD.format(what=f"the contract of the scheme {name}", mark=MARK) + marked(scheme_text(name))


def beside(name: str, contract: str) -> dict[str, str]:
    """The files that the contract of a scheme reads from its own folder: its holidays. And its review, if it has one,
    under the name that belongs to the new contract.
    """
    clauses = parse(Source(name, scheme_text(name)))[0].clauses
    files = [clause.file.value for clause in clauses if isinstance(clause, ast.Holidays)]
    found = {file: scheme_file(name, file) for file in files}
    review, held = review_of(contract), scheme_review(name)
    if review is not None and held is not None:
        found[review] = _STARTED.format(what=f"the review of the scheme {name}", mark=MARK) + "\n" + marked(held)
    return found


def title(name: str) -> str:
    """What the contract of a scheme is called, without reading it as a whole."""
    line = next(line for line in scheme_text(name).splitlines() if line.startswith("contract "))
    return line.split('"')[1]


def from_library(name: str) -> str:
    """A contract that uses every definition of a library, its figures marked."""
    found = library(name)
    written = "\n".join(_clauses(found, name)) + "\n"
    return _HEAD.format(what=f"the library {name}", mark=MARK) + marked(written)


def _clauses(found: Library, name: str) -> Iterator[str]:
    """The library as a contract: its definitions used instead of said, everything else as it stands."""
    lines, at = found.source.text.splitlines(), 0
    names = {clause.span: each for each, clause in found.clauses.items()}
    for clause in found.file.clauses:
        yield from (line for line in lines[at : clause.span.line - 1] if not isinstance(clause, ast.Blank))
        at = clause.span.end_line
        given = names.get(clause.span, "")
        if isinstance(clause, ast.Header):
            yield f'contract "{clause.title.value}"'
        elif given and (found.scope.symbols[given].sort in _TAKEN or any(found.blanks_in(given))):
            yield from _use(found, given, name)
        elif not isinstance(clause, ast.Blank):
            yield text_of(found.source, clause)
    yield from lines[at:]


def _use(found: Library, given: str, name: str) -> Iterator[str]:
    needed = [given]
    for each in needed:
        needed += [other for other in found.rests_on(each) if other not in needed and _hidden(found, other)]
    blanks = dict.fromkeys(blank for each in needed for blank in found.blanks_in(each))
    filled = [f"{blank} is {shown(found.blanks[blank].sample)}" for blank in blanks]
    yield f'use {given} from "{name}"' + (f", where {filled[0]}" if filled else "")
    yield from (f"  and {each}" for each in filled[1:])


def _hidden(found: Library, name: str) -> bool:
    return found.scope.symbols[name].sort in HIDDEN


def marked(text: str) -> str:
    """The text with a mark on every line that holds a figure; examples are left as they are."""
    source = Source("contract.outcome", text)
    examples = {
        line
        for clause in parse(source)[0].clauses
        if isinstance(clause, ast.Example)
        for line in range(clause.span.line, clause.span.end_line + 1)
    }
    wanted = figures(source) - examples
    said = {text.count("\n", 0, comment.start) + 1: comment for comment in comments(source)}
    lines = text.splitlines()
    for number in wanted:
        line, comment = lines[number - 1], said.get(number)
        bare = line[: line.rindex(comment.text)].rstrip() if comment is not None else line
        more = f": {comment.text.removeprefix('--').strip()}" if comment is not None else ""
        lines[number - 1] = f"{bare}     {MARK}{more}"
    return "\n".join(lines) + "\n"
