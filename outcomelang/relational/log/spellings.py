"""What the words of a log mean, as small tables that its rows are joined to: every spelling met, as it is written.

The meaning is the reference's vocabulary; here it is only looked up for the texts that a log holds. A text that is in
no table is no row's mistake yet: such a row is read by the reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from outcomelang.core.calendar import FIRST_DAY, LAST_DAY
from outcomelang.core.names import name_key
from outcomelang.evaluation.log.dated import Dated, meant
from outcomelang.evaluation.log.rulings import LABEL
from outcomelang.evaluation.log.values import Flaw
from outcomelang.evaluation.log.vocabulary import VERDICTS, Plan, Vocabulary


@frozen
class Head:
    """What the cells of event and source mean between two days: the plan by its number, the declared names."""

    event_text: str
    source_text: str
    first: date
    last: date
    plan: int
    event: str
    source: str
    counts: bool
    named: bool
    """Whether such a row names a participant."""
    verdict: bool | None
    of_row: bool
    """A verdict that may speak of a row."""
    kind: str


@frozen
class Label:
    """A text of a column whose labels are declared, for one plan, between two days: what the row then carries."""

    plan: int
    name: str
    text: str
    first: date
    last: date
    value: str


@frozen
class Said:
    """What a row of a kind says something of, by the text that names it."""

    text: str
    kind: str
    name: str
    of: str


def plans_of(words: Vocabulary) -> tuple[Plan, ...]:
    """Every plan once, also of events that share a spelling; its place is its number."""
    every = (plan for first in words.plans.values() for plan in (first, *first.others))
    return tuple({id(plan): plan for plan in every}.values())


def spans(dated: Dated) -> Iterator[tuple[date, date]]:
    """The whole calendar, cut where some spelling begins to hold."""
    known = (
        *dated.events.values(),
        *dated.sources.values(),
        *(each for of in dated.labels.values() for each in of.values()),
    )
    starts = sorted({FIRST_DAY, *(first for since in known for first, _ in since)})
    for first, after in zip(starts, (*starts[1:], LAST_DAY + 1), strict=True):
        yield date.fromordinal(first), date.fromordinal(after - 1)


def heads(words: Vocabulary, texts: Iterable[tuple[str, str]]) -> list[Head]:
    """Those of the texts of event and source that mean something."""
    numbers = {id(plan): number for number, plan in enumerate(plans_of(words))}
    found: list[Head] = []
    for event_text, source_text in texts:
        for first, last in spans(words.dated):
            event = meant(words.dated.events, event_text, first.toordinal()) or event_text
            source = meant(words.dated.sources, source_text, first.toordinal()) or source_text
            plan = words.plan(event, source)
            known = plan.sources.get(name_key(source.strip())) if plan else None
            if plan is not None and known is not None:
                found.append(
                    Head(
                        *(event_text, source_text, first, last, numbers[id(plan)], plan.event, *known),
                        named=plan.needs_participant,
                        verdict=plan.verdict,
                        of_row=plan.event in VERDICTS,
                        kind=plan.kind,
                    )
                )
    return found


def labels(words: Vocabulary, key: str, texts: Iterable[str]) -> list[Label]:
    """Those of the texts in the column of a key that are labels of some event."""
    found: list[Label] = []
    known = tuple(texts)
    for number, plan in enumerate(plans_of(words)):
        cell = plan.cells.get(key)
        for text in known if cell is not None else ():
            for first, last in spans(words.dated):
                since = words.dated.labels.get((plan.event, cell.name), {}) if cell is not None else {}
                value = cell.read((meant(since, text, first.toordinal()) or text).strip()) if cell is not None else None
                if cell is not None and isinstance(value, str) and not isinstance(value, Flaw):
                    found.append(Label(number, cell.name, text, first, last, value))
    return found


def said_of(words: Vocabulary, texts: Iterable[str]) -> list[Said]:
    """Those of the texts that name an outcome or a payment, for each kind of ruling on it.

    Of a cohort or period something is said so rarely that the reference reads it.
    """
    found: list[Said] = []
    for text in texts:
        thing = words.things.get(name_key(text))
        if thing is not None and thing.of != LABEL:
            found += [Said(text, kind, thing.name, thing.of) for kind in thing.by]
    return found
