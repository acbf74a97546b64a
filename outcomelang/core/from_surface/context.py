"""What every part of elaboration shares: the names, what is known about them so far, and the mistakes found.

A part that meets a mistake reports it here and goes on with a hole, so that one run finds every mistake and none twice:
whatever is computed from a hole is a hole and says nothing. Holes never leave elaboration, because a contract with a
mistake is not handed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

from attrs import Factory, define, frozen

from outcomelang.core import ir
from outcomelang.core.diagnostics import code_of
from outcomelang.core.diagnostics.clauses import clause_of
from outcomelang.core.scope import AttributeSymbol, Scope, Sort, Symbol, other_number, plural_of, singulars_of, spelling
from outcomelang.core.types import Kind
from outcomelang.diagnostic import Diagnostic, Remedy, Severity
from outcomelang.source import NOWHERE, Span
from outcomelang.surface import ast


@frozen
class Typed:
    """A quantity and its kind; `kind` None is a hole."""

    quantity: ir.Quantity
    kind: Kind | None


HOLE = Typed(ir.Const(Fraction(0), ir.Unit.NUMBER), None)
NO_CONDITION = ir.AtLeast((), None)
"""The hole among conditions."""

NOBODY = ir.PerPerson("")
"""The hole among subjects: of somebody whose kind could not be read. Everything may be read for them."""


@frozen
class Scene:
    """Of whom, or of what, something is said at this place: who the person at hand may be, which row is at hand."""

    subject: ir.Subject
    populations: tuple[str, ...]
    row: str | None = None
    member: str | None = None
    pricing: bool = False
    """What a payment comes to is read: prices that depend on the day or on what has been paid may stand here."""
    defining: str | None = None
    """The definition that is read: whether such a price may stand in it, its own readers tell."""


Rung = tuple[Kind, Fraction]


@frozen
class OutcomeShape:
    """What others need to know of an outcome: its subject, its rungs (by target) and whether it can repeat."""

    subject: ir.Subject
    rungs: dict[Rung, str] | None
    repeats: bool
    monitored: bool = False
    """Declared `monitor only`: it is never paid for."""
    partly: bool = False
    """It has a lesser success beside the whole one."""


@frozen
class PartitionShape:
    of: str
    labels: tuple[str, ...]
    spellings: dict[str, str]
    """From every folded spelling (declared or logged) to the declared label."""


@frozen
class TableShape:
    kind: Kind | None
    keys: tuple[ir.KeySource, ...]
    indexed: ast.Indexed | None = None
    until_paid: bool = False


@frozen
class Driven:
    """The subject of a payment, what is counted, and what the driver's own words ask besides."""

    subject: ir.Subject
    driver: ir.Driver
    gates: tuple[ir.Condition, ...] = ()


@frozen
class PlanShape:
    """Whose plan it is, and every outcome that can stand in it."""

    population: str
    outcomes: tuple[str, ...]


@define
class Elaboration:
    """One contract being elaborated. `cite` is the author's number of the clause at hand."""

    scope: Scope = Factory(Scope)
    currency: str = ""
    cite: str = ""
    value: Fraction | None = None
    """The declared value of the contract in minor units."""
    last_day: date | None = None
    """The last day of the term."""
    findings: list[Diagnostic] = Factory(list)
    unknown: dict[str, list[tuple[Span, str, tuple[Sort, ...]]]] = Factory(dict)
    refused: dict[str, list[tuple[Span, str, str]]] = Factory(dict)
    populations: dict[str, tuple[str, ...]] = Factory(dict)
    """Each population (comparisons too) with the events on which it joins."""
    comparisons: dict[str, str] = Factory(dict)
    """Each comparison group with the population whose members it is compared with."""
    members: dict[str, ir.Member] = Factory(dict)
    event_of: dict[str, str | None] = Factory(dict)
    partitions: dict[str, PartitionShape] = Factory(dict)
    calendars: dict[str, ir.Calendar] = Factory(dict)
    state_events: dict[str, str] = Factory(dict)
    """Each state that is made of spells, with the event on which it begins."""
    outcomes: dict[str, OutcomeShape] = Factory(dict)
    families: dict[str, str] = Factory(dict)
    """Each rung, and each lesser success, with the outcome that it is one of."""
    row_outcomes: dict[str, str] = Factory(dict)
    """Each outcome (or rung) of an event's rows, with that event."""
    holidays: tuple[date, ...] | None = None
    """Days on which nobody works; None where the contract does not name them."""
    working: list[ast.Duration] = Factory(list)
    """Every length in working days."""
    decided: set[str] = Factory(set)
    """The outcomes (or rungs) on which somebody decides."""
    label_sources: dict[tuple[str, str], str] = Factory(dict)
    """Each event and attribute from which a group is read, with that group."""
    plans: dict[str, PlanShape] = Factory(dict)
    plan_sources: set[tuple[str, str]] = Factory(set)
    """Each event and attribute in which the outcomes of a plan are named."""
    outcome_spellings: set[str] = Factory(set)
    """How a log may call outcomes, as names are compared."""
    chosen: str = ""
    """The event that plans declare because nothing else says where choices are logged."""
    subjects: dict[str, ir.Subject] = Factory(dict)
    """The subject of each measure."""
    tables: dict[str, TableShape] = Factory(dict)
    measures: dict[str, tuple[ir.Measure, Kind | None]] = Factory(dict)
    finished_tables: dict[str, ir.Table] = Factory(dict)
    repaying: set[str] = Factory(set)
    """The flows that pay money back."""
    grains: dict[str, Fraction | None] = Factory(dict)
    """The grain of each measure that was asked for."""
    price_only: dict[str, str] = Factory(dict)
    """Each measure that only a payment can read, with the table for which that is so."""
    cards: dict[str, tuple[str, ...]] = Factory(dict)
    """The flows of each payment clause."""
    read_measure: Callable[[str], Kind | None] = lambda name: None
    """Elaborates a `define` where it is first needed, so that definitions may stand in any order."""

    # ------------------------------------------------------------ mistakes

    def say(
        self,
        name: str,
        span: Span,
        message: str,
        *details: str,
        label: str = "",
        remedies: tuple[Remedy, ...] = (),
        related: tuple[tuple[Span, str], ...] = (),
        severity: Severity = Severity.ERROR,
        template: str = "",
    ) -> None:
        """Report a mistake; `name` is one of the catalogue in `core.diagnostics`."""
        self.findings.append(
            Diagnostic(
                code_of(name),
                name,
                message,
                span,
                severity,
                self.cite,
                label,
                details,
                remedies,
                template or clause_of(name),
                related,
            )
        )

    def refuse(self, construct: str, span: Span, words: str) -> None:
        """Refuse by name what the core does not carry yet: one finding for each construct, every place in it."""
        self.refused.setdefault(construct, []).append((span, words, self.cite))

    def not_declared(self, text: str, span: Span, sorts: tuple[Sort, ...]) -> None:
        """A name that nothing declares: one finding for each name, every place in it."""
        if self.scope.nameless and not self.scope.slip_of(text):
            return
        forms = (text, plural_of(text), *singulars_of(text))
        key = next((form for form in forms if form in self.unknown), text)
        self.unknown.setdefault(key, []).append((span, self.cite, sorts))

    # ------------------------------------------------------------ names

    def find(self, term: ast.Term, role: str, *sorts: Sort) -> Symbol | None:
        """What a term means, if it is of a wanted sort; otherwise the mistake is reported and None is given."""
        symbol = self.scope.find(term.text)
        if symbol is None:
            self.not_declared(term.text, term.span, sorts)
            return None
        if symbol.sort is Sort.UNREAD:
            return None
        if sorts and symbol.sort not in sorts:
            self.wrong_sort(term, symbol, role, sorts)
            return None
        return symbol

    def wrong_sort(self, term: ast.Term, symbol: Symbol, role: str, sorts: tuple[Sort, ...], *remedies: Remedy) -> None:
        """Report a name that stands where another sort of thing belongs."""
        wanted = listed([str(sort) for sort in sorts], "or")
        self.say(
            "wrong-kind-of-name",
            term.span,
            f"“{term.text}” is {symbol.sort}; {role} must be {wanted}.",
            label=f"declared as {symbol.sort}",
            remedies=remedies,
            related=((symbol.span, f"“{symbol.name}” is declared here"),),
        )

    def attribute(self, event: str, term: ast.Term) -> AttributeSymbol | None:
        """An attribute that the event must have; reported if it has none of that name."""
        symbol = self.scope.attribute(event, term.text)
        if symbol is None and event:
            known = [own.name for own in dict.fromkeys(self.scope.attributes.get(event, {}).values())]
            carried = listed([f"“{name}”" for name in known], "and") if known else "nothing"
            near = alike(term.text, known)
            self.say(
                "attribute-unknown",
                term.span,
                f"A row of {event} does not say what its “{term.text}” is; it carries {carried}.",
                label=f"did you mean “{near[0]}”?" if near else f"not among what {event} has",
                remedies=(
                    *(Remedy(name) for name in near),
                    Remedy(f"has {term.text} as …", f"in the clause that declares {event}"),
                ),
            )
        return symbol

    # ------------------------------------------------------------ places

    def at(self, span: Span) -> ir.Origin:
        """Where a part of the core was written."""
        if span is NOWHERE:
            return ir.Origin(clause=self.cite)
        return ir.Origin(span.path, span.line, span.column, span.end_line, span.end_column, self.cite)

    def other_number(self, name: str) -> str:
        """The plural of a declared name (the singular of one declared in the plural)."""
        symbol = self.scope.symbols.get(name)
        return symbol.other if symbol is not None else other_number(name)

    def main_populations(self) -> tuple[str, ...]:
        """Every population of participants, comparisons left out."""
        return tuple(name for name in self.populations if name not in self.comparisons)


_Named = (
    ast.Party
    | ast.Joint
    | ast.Participant
    | ast.Comparison
    | ast.Member
    | ast.Group
    | ast.Period
    | ast.Event
    | ast.Figure
    | ast.State
    | ast.StateIs
    | ast.Define
    | ast.Table
    | ast.Outcome
    | ast.Plan
    | ast.Payment
    | ast.RateCard
    | ast.UntilPaid
    | ast.Guarantee
    | ast.Exit
)


def name_of(clause: _Named) -> str:
    """The name that a clause declares, spelled as names are compared."""
    return spelling(clause.name.text)


def alike(word: str, words: Iterable[str]) -> list[str]:
    """At most two of the words of which the one may be a slip, the likeliest first."""
    from difflib import get_close_matches

    return get_close_matches(word, list(words), n=2, cutoff=0.7)


def listed(words: list[str], joined_by: str) -> str:
    """`a, b and c`"""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joined_by} {words[-1]}"
