"""Libraries: `use NAME from "LIBRARY"` and `outcome X of S is NAME with …`, written out on the tree as written.

A contract takes a definition, what it rests on, and nothing else. What the contract names itself stands for the
library's thing of that name; events, states, groups and periods that it lacks come along under the library's own names;
quantities, tables and outcomes that a definition reckons with come along under names that no author can write.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from attrs import Factory, define

from outcomelang.core.from_surface.context import listed
from outcomelang.core.from_surface.declare import declared, template_of
from outcomelang.core.from_surface.library_findings import Findings
from outcomelang.core.from_surface.library_text import Library
from outcomelang.core.from_surface.library_use import Taken, take
from outcomelang.core.scope import Scope, Sort, spelling
from outcomelang.diagnostic import Diagnostic, Remedy
from outcomelang.source import Source, Span
from outcomelang.surface import ast
from outcomelang.surface.from_text import parse

MOST_LIBRARIES = 50
"""How many libraries may use one another, each the next."""

Shelf = Callable[[str, str], Source]
"""Gives a library by its name in the text and the path of the file that names it; raises OSError or
UnicodeDecodeError where there is none to read.
"""


def with_libraries(file: ast.File, shelf: Shelf) -> tuple[ast.File, tuple[Source, ...], tuple[Diagnostic, ...]]:
    """The file with everything that it uses written out, the libraries read on the way, and what is wrong with that."""
    uses = _Uses(file, shelf, ())
    return uses.written_out(), tuple(uses.sources.values()), tuple(uses.findings.found)


@define
class _Uses:
    """One file, and what it takes from libraries; `above` are the files that led to this one."""

    file: ast.File
    shelf: Shelf
    above: tuple[str, ...]
    sources: dict[str, Source] = Factory(dict)
    samples: dict[str, Library | None] = Factory(dict)
    """Each library with its samples in its blanks, by its path."""
    findings: Findings = Factory(Findings)
    unread: list[ast.Term] = Factory(list)
    brought: dict[str, ast.Clause] = Factory(dict)
    clauses: list[ast.Clause] = Factory(list)
    taken_by: dict[str, tuple[Span, ...]] = Factory(dict)
    """What each taken thing was taken by: the use, and the outcome that completes it."""

    def written_out(self) -> ast.File:
        uses = [clause for clause in self.file.clauses if isinstance(clause, ast.Use)]
        own = self._own_names(uses)
        for clause in self.file.clauses:
            template = template_of(clause)
            if isinstance(clause, ast.Use):
                self._use(clause, own)
            elif template is not None:
                self._outcome(cast(ast.Outcome, clause), template, uses, own)
            else:
                self.clauses.append(clause)
        return ast.File(self.file.path, tuple(self.clauses), (*self.file.unread, *self.unread))

    def _own_names(self, uses: list[ast.Use]) -> Scope:
        """What the file declares itself, and what it takes under a name: that can stand for things of a library too."""
        scope = Scope()
        for clause in self.file.clauses:
            found = declared(clause)
            if found is not None and not isinstance(clause, ast.Use):
                name, sort = found
                scope.declare(name.text, name.other if isinstance(name, ast.Name) else None, sort, name.span)
        for use in uses:
            library = self._library(use, {}, use.span)
            taken = library.scope.find(use.name.text) if library is not None else None
            if taken is not None:
                name = use.renamed or use.name
                scope.declare(name.text, None, taken.sort, name.span)
        scope.declare_unread((term.text, term.span) for term in self.file.unread)
        return scope

    # ------------------------------------------------------------ the two clauses

    def _use(self, use: ast.Use, own: Scope) -> None:
        """What is no outcome, or an outcome that no clause of the file completes, is taken as the library says it."""
        local = spelling((use.renamed or use.name).text)
        templates = [found for clause in self.file.clauses if (found := template_of(clause)) is not None]
        if not any(_refers(own, template.template.text, local) for template in templates):
            taken = self._take(use, None, own)
            self._bring(taken, use.renamed or use.name, (use.span,))

    def _outcome(self, outcome: ast.Outcome, template: ast.IsTemplate, uses: list[ast.Use], own: Scope) -> None:
        wanted = template.template
        use = next((u for u in uses if _refers(own, wanted.text, spelling((u.renamed or u.name).text))), None)
        if use is None and not self._perhaps_used(wanted.text, uses, own):
            known = [f"“{(each.renamed or each.name).text}”" for each in uses]
            self.findings.say(
                "template-unknown",
                wanted.span,
                f"Nobody can tell when {outcome.name.text} is achieved: this contract uses no “{wanted.text}”.",
                label="used from which library?",
                remedies=(Remedy(f'use {wanted.text} from "…"', "names the library that defines it"),),
                details=(f"Used are {listed(known, 'and')}.",) if known else (),
            )
        taken = self._take(use, outcome, own) if use is not None else None
        spans = (use.span, outcome.span) if use is not None else ()
        self._bring(taken, ast.Term(outcome.name.text, span=outcome.name.span), spans)

    def _perhaps_used(self, wanted: str, uses: list[ast.Use], own: Scope) -> bool:
        """Whether a clause that uses it may have been meant: one not read, or one that misspells what it uses."""
        symbol = own.find(wanted)
        unread = own.nameless or (symbol is not None and symbol.sort is Sort.UNREAD)
        found = [(use, self._library(use, {}, use.span)) for use in uses]
        return unread or any(lib is not None and lib.scope.find(use.name.text) is None for use, lib in found)

    def _bring(self, taken: Taken | None, name: ast.Term, by: tuple[Span, ...]) -> None:
        """Put what is taken in the place of the clause that takes it; each thing that comes along comes once."""
        if taken is None:
            self.unread += [name, ast.Term("", span=name.span)]
            return
        for clause in taken.along:
            text = spelling(cast(tuple[ast.Term, object], declared(clause))[0].text)
            before = self.brought.setdefault(text, clause)
            self.taken_by[text] = by
            if before is clause:
                self.clauses.append(clause)
            elif before != clause:
                self.findings.say(
                    "name-also-in-library",
                    name.span,
                    f"“{text}” would come along twice, each time as something else.",
                    label=f"rests on “{text}” of the library",
                    related=((clause.span, "here it comes from"), (before.span, "here it came from before")),
                    remedies=(Remedy(f"where {text} is …", "says what of this contract stands for it"),),
                )
        self.clauses.append(taken.definition)
        self.taken_by[spelling(name.text)] = by

    # ------------------------------------------------------------ taking

    def _take(self, use: ast.Use, outcome: ast.Outcome | None, own: Scope) -> Taken | None:
        site = use.span if outcome is None else outcome.span
        library = self._library(use, {}, site)
        if library is None:
            return None
        found = library.scope.find(use.name.text)
        if found is None and use.name.text in {term.text for term in library.file.unread}:
            return None  # that clause of the library could not be read, which was said
        if found is None or found.name not in library.offered:
            self._no_definition(use, library)
            return None

        def again(fillings: dict[str, str], needed: tuple[str, ...]) -> Library | None:
            return self._library(use, fillings, site, library.only(needed))

        return take(library, found.name, use, outcome, own, again, self.findings)

    def _no_definition(self, use: ast.Use, library: Library) -> None:
        near = [name for name in library.scope.nearest(use.name.text) if name in library.offered]
        offered = [f"“{name}”" for name in library.offered]
        self.findings.say(
            "definition-unknown",
            use.name.span,
            f"The library “{use.library.value}” does not define “{use.name.text}”.",
            label=f"did you mean “{near[0]}”?" if near else "not in this library",
            details=(f"It defines {listed(offered, 'and')}.",) if offered and not near else (),
            remedies=tuple(Remedy(name) for name in near),
            related=((library.file.clauses[0].span, "this is the library"),) if library.file.clauses else (),
        )

    def _library(
        self, use: ast.Use, fillings: dict[str, str], via: Span, again: Source | None = None
    ) -> Library | None:
        """The library with its samples in its blanks, or `again` with this in them; None where it cannot be read."""
        name = use.library
        try:
            source = self.shelf(name.value, use.span.path)
        except (OSError, UnicodeDecodeError) as error:
            self._not_found(name, error)
            return None
        if again is None and source.path in self.samples:
            return self.samples[source.path]
        chain = (*self.above, self.file.path)
        if not self._may_follow(chain, source.path, name):
            return None
        self.sources.setdefault(source.path, source)
        written, said = parse(again or source, fillings, via)
        uses = _Uses(written, self.shelf, chain)
        whole = uses.written_out()
        self.sources.update(uses.sources)
        self.findings.add((*said, *uses.findings.found))
        library = Library(source, whole, uses.taken_by) if not uses.findings.found else None
        if again is None:
            self.samples[source.path] = library
        return library

    def _may_follow(self, chain: tuple[str, ...], path: str, name: ast.Text) -> bool:
        """Whether a library may be used here: none leads back to itself, and none stands at the end of a long row."""
        if len(chain) > MOST_LIBRARIES:
            before = f"{MOST_LIBRARIES} libraries before it use one another, each the next"
            self.findings.say("library-not-found", name.span, f"Nothing can be used from “{name.value}”: {before}.")
        elif path in chain:
            way = " → ".join([*chain[chain.index(path) :], path])
            message = f"This library uses itself ({way}), so nothing comes of it."
            self.findings.say("library-in-a-circle", name.span, message)
        else:
            return True
        return False

    def _not_found(self, name: ast.Text, error: Exception) -> None:
        missing = isinstance(error, FileNotFoundError)
        why = "there is no such library" if missing else "it cannot be read as text"
        near = list(error.args[1]) if missing and len(error.args) > 1 and isinstance(error.args[1], tuple) else []
        self.findings.say(
            "library-not-found",
            name.span,
            f"Nothing can be used from “{name.value}”: {why}.",
            label=f"did you mean “{near[0]}”?" if near else "not found",
            remedies=(
                *(Remedy(f'from "{each}"') for each in near),
                Remedy('from "….outcome"', "a file that stands beside this one"),
            ),
        )


def _refers(scope: Scope, text: str, name: str) -> bool:
    return spelling(text) == name or bool((found := scope.find(text)) and found.name == name)
