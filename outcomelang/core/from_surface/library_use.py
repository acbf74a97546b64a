"""One definition of a library as one clause of a contract uses it: what stands in its blanks and for its names."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from attrs import Factory, define, frozen

from outcomelang.core.from_surface.context import alike, listed
from outcomelang.core.from_surface.fillings import kind, shown, written
from outcomelang.core.from_surface.library_findings import Findings
from outcomelang.core.from_surface.library_text import HIDDEN, OWN, Library
from outcomelang.core.from_surface.questions import question
from outcomelang.core.from_surface.renaming import renamed
from outcomelang.core.scope import Scope, Sort, spelling
from outcomelang.diagnostic import Remedy
from outcomelang.source import Span
from outcomelang.surface import ast
from outcomelang.tree import evolve


@frozen
class Taken:
    """The definition under its name in the contract, and what comes along with it."""

    definition: ast.Clause
    along: tuple[ast.Clause, ...]


def take(
    library: Library,
    name: str,
    use: ast.Use,
    outcome: ast.Outcome | None,
    own: Scope,
    filled: Callable[[dict[str, str], tuple[str, ...]], Library | None],
    findings: Findings,
) -> Taken | None:
    """The definition written out, or None where something about it is wrong (which is then said)."""
    taking = _Taking(library, name, use, outcome, own)
    ready = taking.ready()
    findings.add(taking.findings.found)
    if ready is None:
        return None
    needed, fillings = ready
    whole = filled(fillings, tuple(needed))
    return taking.written_out(whole, needed) if whole is not None else None


_ALIKE = (
    frozenset({Sort.PARTY, Sort.JOINT}),
    frozenset({Sort.POPULATION, Sort.COMPARISON, Sort.MEMBER, Sort.GROUP}),
    frozenset({Sort.EVENT, Sort.OUTCOME}),
    frozenset({Sort.MEASURE, Sort.TABLE}),
)
"""Sorts of which one can stand for the other; the rest only for their own."""


@define
class _Taking:
    library: Library
    name: str
    use: ast.Use
    outcome: ast.Outcome | None
    own: Scope
    findings: Findings = Factory(Findings)
    unread: bool = False
    """Whether a clause that could not be read may say what is missing, so that nothing is said of it."""
    given: dict[str, ast.Meant] = Factory(dict)
    """What is said about each blank, by the blank's name."""
    names: dict[str, str] = Factory(dict)
    """Each name of the library and the name that stands for it in the contract."""

    @property
    def site(self) -> Span:
        return self.use.span if self.outcome is None else self.outcome.span

    @property
    def template(self) -> ast.IsTemplate | None:
        parts = self.outcome.modifiers if self.outcome is not None else ()
        return next((part for part in parts if isinstance(part, ast.IsTemplate)), None)

    @property
    def target(self) -> str:
        """The name under which the contract has the definition."""
        if self.outcome is not None:
            return self.outcome.name.text
        return self.use.renamed.text if self.use.renamed is not None else self.name

    def is_wrong(self) -> bool:
        return self.unread or bool(self.findings.found)

    def ready(self) -> tuple[list[str], dict[str, str]] | None:
        """What comes along and what stands in its blanks; None where something about it is wrong."""
        self.read_what_is_said()
        if self.is_wrong():
            return None
        needed = self.needed()
        fillings = self.fillings(needed)
        return (needed, fillings) if not self.is_wrong() else None

    # ------------------------------------------------------------ what is said where it is used

    def read_what_is_said(self) -> None:
        """What stands for names and blanks; what the outcome says goes before what the use says."""
        if self.outcome is not None and not isinstance(self.library.clauses[self.name], ast.Outcome):
            self.findings.say(
                "template-unknown",
                self.site,
                f"{self.outcome.name.text} cannot be like “{self.name}”, which is "
                f"{self.library.scope.symbols[self.name].sort}.",
                label="only an outcome can be like an outcome",
                related=((self.library.clauses[self.name].span, f"“{self.name}” in the library"),),
            )
        self._subject()
        template = self.template
        for meant in (*self.use.meant, *(template.meant if template is not None else ())):
            self._meant(meant)

    def _subject(self) -> None:
        """`outcome X of a Jobseeker is …`: the library's participant is the contract's Jobseeker."""
        definition = self.library.clauses[self.name]
        theirs = definition.subject if isinstance(definition, ast.Outcome) else None
        ours = self.outcome.subject if self.outcome is not None else None
        if isinstance(theirs, ast.OfEach) and isinstance(ours, ast.OfEach):
            for one, other in ((theirs.term, ours.term), (theirs.period, ours.period)):
                found = self.library.scope.find(one.text) if one is not None else None
                if found is not None and other is not None:
                    self.names[found.name] = other.text

    def _meant(self, meant: ast.Meant) -> None:
        word = spelling(meant.name.text)
        symbol = self.library.scope.find(word)
        if word in self.library.blanks:
            self.given[word] = meant
        elif symbol is None and self.library.scope.attributes_called(word):
            self._attribute(word, meant)
        elif symbol is None:
            near = (*alike(word, tuple(self.library.blanks)), *self.library.scope.nearest(word))
            self.findings.say(
                "library-name-unknown",
                meant.name.span,
                f"The library “{self.use.library.value}” has no “{meant.name.text}”.",
                label=f"did you mean “{near[0]}”?" if near else "neither a blank nor a name of this library",
                remedies=tuple(Remedy(name) for name in near),
                related=((self.library.clauses[self.name].span, f"“{self.name}” in the library"),),
            )
        elif isinstance(meant.filling, ast.Term):
            self._stand_in(symbol.name, symbol.sort, meant.name, meant.filling)
        else:
            self._misfit(meant, f"it is {symbol.sort}", symbol.span)

    def _attribute(self, word: str, meant: ast.Meant) -> None:
        symbol = self.library.scope.attributes_called(word)[0]
        if isinstance(meant.filling, ast.Term):
            self.names[symbol.name] = meant.filling.text
        else:
            self._misfit(meant, f"it is something that rows of {symbol.event} carry", symbol.span)

    def _misfit(self, meant: ast.Meant, wanted: str, there: Span) -> None:
        self.findings.say(
            "stand-in-does-not-fit",
            meant.span,
            f"{kind(meant.filling).capitalize()} cannot stand for “{meant.name.text}”: {wanted}.",
            label="a name of this contract is needed",
            related=((there, f"“{meant.name.text}” in the library"),),
        )

    def _stand_in(self, name: str, sort: Sort, written_as: ast.Term, term: ast.Term) -> None:
        ours = self.own.find(term.text)
        there = self.library.scope.symbols[name].span
        if ours is None and self.own.nameless and not self.own.slip_of(term.text):
            self.unread = True
        elif ours is None:
            near = self.own.nearest(term.text, _like(sort)) or self.own.nearest(term.text)
            self.findings.say(
                "unknown-name",
                term.span,
                f"The contract does not say what “{term.text}” is.",
                label=f"did you mean “{near[0]}”?" if near else "not declared",
                remedies=tuple(Remedy(each) for each in near),
                related=((there, f"it would stand for “{name}” of the library"),),
            )
        elif ours.sort not in _like(sort) and ours.sort is not Sort.UNREAD:
            self.findings.say(
                "stand-in-does-not-fit",
                term.span,
                f"“{term.text}” is {ours.sort} and cannot stand for “{written_as.text}”, which is {sort}.",
                label=f"declared as {ours.sort}",
                related=((there, f"“{name}” in the library"), (ours.span, f"“{ours.name}” is declared here")),
            )
        else:
            self.names[name] = term.text

    # ------------------------------------------------------------ what comes along

    def needed(self) -> list[str]:
        """The clauses of the library that come along, the definition first, each before what it rests on."""
        needed = [self.name]
        self.names[self.name] = self.target
        for name in needed:
            for found in self.library.rests_on(name):
                if found not in needed and found not in self.names and self._comes(found, name):
                    needed.append(found)
        return needed

    def _comes(self, name: str, for_what: str) -> bool:
        """Whether a thing of the library comes along, and under which name."""
        sort = self.library.scope.symbols[name].sort
        ours = self.own.find(name) if sort not in HIDDEN else None
        if sort in HIDDEN:
            self.names[name] = f"{name} of {self.target}"
        elif ours is not None and ours.sort in (*_like(sort), Sort.UNREAD):
            self.names[name] = ours.name
            return False
        elif sort in OWN:
            self._nobody(name, sort, for_what)
            return False
        elif ours is not None:
            self._also_ours(name, ours.span, ours.sort, sort)
            return False
        return True

    def _nobody(self, name: str, sort: Sort, for_what: str) -> None:
        if self.own.incomplete:
            self.unread = True
            return
        candidates = [symbol.name for symbol in self.own.symbols.values() if symbol.sort in _like(sort)]
        self.findings.say(
            "stand-in-missing",
            self.site,
            f"Nobody in this contract stands for “{name}”, which is {sort} of the library.",
            label=f"who is “{name}”?",
            remedies=tuple(Remedy(f"where {name} is {each}") for each in candidates[:4]),
            related=((self.library.clauses[for_what].span, f"“{for_what}” rests on it"),),
        )

    def _also_ours(self, name: str, here: Span, ours: Sort, theirs: Sort) -> None:
        self.findings.say(
            "name-also-in-library",
            self.site,
            f"“{name}” would mean two things: it is {ours} of this contract and {theirs} of the library.",
            label=f"rests on “{name}” of the library",
            remedies=(Remedy(f"where {name} is …", f"says what of this contract is {theirs} like it"),),
            related=((here, "declared here"), (self.library.scope.symbols[name].span, "in the library")),
        )

    # ------------------------------------------------------------ blanks

    def fillings(self, needed: list[str]) -> dict[str, str]:
        """What stands in each blank of what comes along; those of the definition itself are first in turn."""
        blanks = [blank for name in needed for blank in self.library.blanks_in(name)]
        open_ones = [name for name in self.library.blanks if name in blanks]
        self._in_turn(open_ones)
        found: dict[str, str] = {}
        for name in open_ones:
            meant, blank = self.given.get(name), self.library.blanks[name]
            if meant is None:
                self._not_filled(blank)
            elif not isinstance(meant.filling, ast.Term) and kind(meant.filling) != kind(blank.sample):
                self._does_not_fit(meant, blank)
            else:
                found[name] = written(meant.filling)
        return found

    def _in_turn(self, blanks: list[str]) -> None:
        """`with 26 weeks and 12 months`: one after the other, in the order in which the library declares its blanks."""
        template = self.template
        values = template.values if template is not None else ()
        waiting = [name for name in blanks if name not in self.given]
        for name, value in zip(waiting, values, strict=False):
            self.given[name] = ast.Meant(ast.Term(name, span=value.span), value, span=value.span)
        for value in values[len(waiting) :]:
            self.findings.say(
                "blank-does-not-fit",
                value.span,
                f"“{self.name}” has no blank left for this: {_counted(blanks)}.",
                label="more than there are blanks",
                related=((self.library.clauses[self.name].span, f"“{self.name}” in the library"),),
            )

    def _not_filled(self, blank: ast.Blank) -> None:
        if self.own.incomplete:
            self.unread = True
            return
        name = blank.name.text
        self.findings.say(
            "blank-not-filled",
            self.site,
            f"It is not said what stands in the blank “{name}” of “{self.name}”: {blank.meaning.value}.",
            label=f"“{name}” is left blank",
            remedies=(Remedy(f"where {name} is {shown(blank.sample)}", f"or any other: {kind(blank.sample)}"),),
            related=((blank.span, "the blank in the library"),),
        )

    def _does_not_fit(self, meant: ast.Meant, blank: ast.Blank) -> None:
        self.findings.say(
            "blank-does-not-fit",
            meant.filling.span,
            f"{kind(meant.filling).capitalize()} does not fill “{blank.name.text}” of “{self.name}”: it asks for "
            f"{kind(blank.sample)}, such as {shown(blank.sample)}.",
            label=f"{kind(blank.sample)} is needed",
            remedies=(Remedy(f"where {blank.name.text} is {self._steps(blank) or shown(blank.sample)}"),),
            related=((blank.span, f"{blank.meaning.value}"),),
        )

    def _steps(self, blank: ast.Blank) -> str:
        """`with 13 and 26 weeks` read as the row of steps that the blank asks for."""
        values = self.template.values if self.template is not None else ()
        if not isinstance(blank.sample, ast.Ladder) or len(values) < 2:
            return ""
        last = values[-1]
        firsts = [each.value for each in values[:-1] if isinstance(each, ast.Number)]
        if not isinstance(last, ast.Duration) or len(firsts) < len(values) - 1:
            return ""
        rungs = [evolve(last, count=count) for count in firsts]
        return written(ast.Ladder((*rungs, last), span=last.span))

    # ------------------------------------------------------------ written out

    def written_out(self, library: Library, needed: list[str]) -> Taken | None:
        """The clauses from the library with its blanks filled, under the contract's names."""
        if any(name not in library.clauses for name in needed):
            return None  # a clause that could not be read with what stands in its blanks; that was said
        along = [cast(ast.Clause, renamed(library.clauses[name], self._name)) for name in reversed(needed)]
        definition = along.pop()
        return Taken(self._completed(definition), tuple(along))

    def _name(self, name: ast.Term | ast.Name) -> ast.Term | ast.Name:
        if self.library.is_filled(name.span):
            return name  # the contract's own name, which stands in a blank
        symbol = self.library.scope.find(name.text)
        own = symbol.name if symbol is not None else spelling(name.text)
        new = self.names.get(own, name.text)
        if isinstance(name, ast.Name):
            return ast.Name(new, name.other if new == name.text else None, span=name.span)
        return evolve(name, text=new)

    def _completed(self, definition: ast.Clause) -> ast.Clause:
        """The contract's own outcome: its name and its subject, its parts instead of the library's."""
        if self.outcome is None or not isinstance(definition, ast.Outcome):
            return definition
        own = tuple(part for part in self.outcome.modifiers if not isinstance(part, ast.IsTemplate))
        anew = {question(part) for part in own} - {None}
        kept = tuple(part for part in definition.modifiers if question(part) not in anew)
        return evolve(self.outcome, subject=self.outcome.subject or definition.subject, modifiers=(*kept, *own))


def _like(sort: Sort) -> tuple[Sort, ...]:
    return tuple(next((alike for alike in _ALIKE if sort in alike), frozenset({sort})))


def _counted(blanks: list[str]) -> str:
    names = listed([f"“{name}”" for name in blanks], "and")
    return f"its blanks are {names}" if len(blanks) > 1 else f"its only blank is {names}" if blanks else "it has none"
