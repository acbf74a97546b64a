"""Which Defined Terms a contract declares, and what a word in the text means: singular and plural are one name.

A regular English plural is understood both ways on the last word (`Family`/`Families`, `Success`/`Successes`); what is
irregular, or changes a middle word, the author declares in brackets: `Child (Children)`.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import Factory, define, frozen

from outcomelang.core.ir import Unit
from outcomelang.source import Span


class Sort(StrEnum):
    """What a name stands for, in the words of the diagnostics."""

    PARTY = "a party"
    JOINT = "a joint party"
    POPULATION = "a kind of participant"
    COMPARISON = "a comparison group"
    MEMBER = "a kind of member"
    GROUP = "a group"
    PERIOD = "a period"
    EVENT = "an event"
    STATE = "a state"
    MEASURE = "a defined quantity"
    TABLE = "a table"
    OUTCOME = "an outcome"
    PLAN = "a plan"
    PAYMENT = "a payment"
    UNREAD = "something that could not be read"
    """Declared by a clause that was refused or did not parse: known, and nothing further is said about it."""


@frozen
class Symbol:
    """A declared name. `other` is its other number: the plural, or the singular of a name declared in the plural."""

    name: str
    sort: Sort
    span: Span
    other: str


@frozen
class AttributeSymbol:
    """What rows of one event carry."""

    event: str
    name: str
    unit: Unit
    span: Span


_SIBILANTS = ("s", "x", "z", "ch", "sh")
_VOWELS = "aeiou"


def plural_of(name: str) -> str:
    """The regular plural of the last word: `Release Cohort` gives `Release Cohorts`."""
    lower = name.lower()
    if lower.endswith("y") and lower[-2:-1] not in _VOWELS:
        return f"{name[:-1]}ies"
    return f"{name}es" if lower.endswith(_SIBILANTS) else f"{name}s"


def singulars_of(name: str) -> tuple[str, ...]:
    """What `name` could be the regular plural of, likeliest first."""
    lower = name.lower()
    if not lower.endswith("s") or lower.endswith("ss"):
        return ()
    if lower.endswith("ies"):
        return (f"{name[:-3]}y", name[:-1])
    if lower.endswith("es") and lower[:-2].endswith(_SIBILANTS):
        return (name[:-2], name[:-1])
    return (name[:-1],)


def spelling(text: str) -> str:
    """A name with its white space folded and its apostrophes straight, as names are compared within a contract."""
    return " ".join(text.split()).replace("’", "'")


def other_number(name: str) -> str:
    """The plural of a singular name; the singular of a name that looks like a plural."""
    singulars = singulars_of(name)
    return singulars[0] if singulars else plural_of(name)


def _forms(name: str, other: str | None) -> tuple[str, ...]:
    """Every spelling that refers to `name`, the declared ones first."""
    declared = (name,) if other is None else (name, spelling(other))
    return (*declared, plural_of(name), *singulars_of(name))


@define
class Scope:
    """The names of one contract. Names are declared first and looked up afterwards; nothing is ever removed."""

    symbols: dict[str, Symbol] = Factory(dict)
    _declared: dict[str, Symbol] = Factory(dict)
    _derived: dict[str, Symbol] = Factory(dict)
    attributes: dict[str, dict[str, AttributeSymbol]] = Factory(dict)

    def declare(self, name: str, other: str | None, sort: Sort, span: Span) -> Symbol | None:
        """Declare a name; give the symbol that already holds it, if one does (then nothing is declared)."""
        text = spelling(name)
        taken = self._declared.get(text) or self._declared.get(spelling(other) if other else text)
        if taken is None and other is None:
            taken = self._derived.get(text)
        if taken is not None:
            return taken
        symbol = Symbol(text, sort, span, spelling(other) if other else other_number(text))
        self.symbols[text] = symbol
        for form in _forms(text, other)[: 1 if other is None else 2]:
            self._declared[form] = symbol
        for form in _forms(text, other):
            self._derived.setdefault(form, symbol)
        return None

    def declare_attribute(self, event: str, name: str, unit: Unit, span: Span) -> AttributeSymbol | None:
        """Declare what rows of `event` carry; give the attribute that already has the name."""
        own = self.attributes.setdefault(event, {})
        text = spelling(name)
        if text in own:
            return own[text]
        symbol = AttributeSymbol(event, text, unit, span)
        own[text] = symbol
        for form in _forms(text, None)[1:]:
            own.setdefault(form, symbol)
        return None

    def find(self, text: str) -> Symbol | None:
        """What a name means: first as it was declared, then as a regular plural or singular of what was declared."""
        word = spelling(text)
        return self._declared.get(word) or self._derived.get(word)

    def attribute(self, event: str, text: str) -> AttributeSymbol | None:
        """The attribute of an event's rows that bears the name."""
        return self.attributes.get(event, {}).get(spelling(text))

    def attributes_called(self, text: str) -> tuple[AttributeSymbol, ...]:
        """Attributes of that name on any event."""
        word = spelling(text)
        return tuple(own[word] for own in self.attributes.values() if word in own)

    def nearest(self, text: str, sorts: tuple[Sort, ...] = ()) -> tuple[str, ...]:
        """Declared names that look like `text`, the likeliest first, preferring those of the wanted sorts."""
        from difflib import get_close_matches

        words = {symbol.name: symbol.sort for symbol in self.symbols.values()}
        words |= {symbol.other: symbol.sort for symbol in self.symbols.values() if singulars_of(text)}
        wanted = [word for word, sort in words.items() if sort in sorts] if sorts else list(words)
        wanted += [form for own in self.attributes.values() for form in own if not sorts]
        folded = {word.lower(): word for word in wanted}
        found = get_close_matches(spelling(text).lower(), list(folded), n=3, cutoff=0.7)
        return tuple(folded[word] for word in found)
