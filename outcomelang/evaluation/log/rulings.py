"""Rows that say something of an outcome or a payment: achieved, verified, evidenced; and of whom they say it.

Such a row names the outcome (or payment) in the column `about`, and whose it is: somebody, or the label of a cohort or
period, in the column `participant`; a row of the log in the column `verifies`; nobody where it is the contract's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.names import name_key
from outcomelang.core.words import rulings_of, words_of

WORDS: Mapping[str, tuple[str, bool]] = {
    "verified": ("verified", True),
    "rejected": ("verified", False),
    "achieved": ("decided", True),
    "not achieved": ("decided", False),
    "evidenced": ("evidenced", True),
}
"""The events of such rows: the kind of ruling, and whether it is in favour."""

SOMEBODY, LABEL, ROW, NOTHING = "somebody", "label", "row", "nothing"


@frozen
class Thing:
    """An outcome or payment of which something is to be said. `of` tells how a row names whose it is.

    `by`: for each kind of ruling whose word counts, by name key. `labels`: for a cohort or period, by name key.
    """

    name: str
    of: str
    by: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]

    def whose(self, participant: str) -> str | None:
        """The key of the one whose it is, as the cell names it; None where there is no such label."""
        if self.of == LABEL:
            return self.labels.get(name_key(participant))
        return participant if self.of == SOMEBODY else ""


def things(contract: ir.Contract) -> dict[str, Thing]:
    """Everything of which rows say something, by name key of its name and spellings."""
    found: dict[str, Thing] = {}
    for outcome in contract.outcomes:
        if needed := rulings_of(words_of(outcome)):
            thing = _thing(contract, outcome.name, outcome.subject, needed)
            found[name_key(outcome.name)] = thing
            if not outcome.family:
                for spelling in outcome.logged:
                    found.setdefault(name_key(spelling), thing)
    for name, terms in flows_by_name(contract).items():
        if needed := rulings_of(terms):
            found[name_key(name)] = _thing(contract, name, unit_of(contract, terms[0]), needed)
    return found


def flows_by_name(contract: ir.Contract) -> dict[str, list[ir.Flow]]:
    """The payments, each with its terms in every version."""
    found: dict[str, list[ir.Flow]] = {}
    for flow in contract.flows:
        found.setdefault(flow.name, []).append(flow)
    return found


def rulings(contract: ir.Contract) -> Iterator[ir.Ruling]:
    """Every ruling that the contract asks for."""
    for _, asked in asked_for(contract):
        yield from asked


def asked_for(contract: ir.Contract) -> Iterator[tuple[str, tuple[ir.Ruling, ...]]]:
    """Every outcome and payment, with what is to be said of it."""
    yield from ((outcome.name, rulings_of(words_of(outcome))) for outcome in contract.outcomes)
    yield from ((name, rulings_of(terms)) for name, terms in flows_by_name(contract).items())


def words(contract: ir.Contract) -> tuple[str, ...]:
    """The events by which a log of this contract says something of outcomes and payments."""
    kinds = {ruling.kind for ruling in rulings(contract)}
    return tuple(word for word, (kind, _) in WORDS.items() if kind in kinds)


def unit_of(contract: ir.Contract, flow: ir.Flow) -> ir.Subject:
    """Of whom, or of what, a unit of a payment is."""
    match flow.driver:
        case ir.EachAchievement(outcome=name):
            return next(outcome.subject for outcome in contract.outcomes if outcome.name == name)
        case ir.EachRow(select=ir.Select(of=ir.Rows(event=event))):
            return ir.PerRow(event)
        case ir.EachRow() | ir.OneEach() | ir.EachUnit() | ir.EachInPlan():
            return flow.subject


def _thing(contract: ir.Contract, name: str, subject: ir.Subject, needed: tuple[ir.Ruling, ...]) -> Thing:
    by = {ruling.kind: frozenset(map(name_key, ruling.by)) for ruling in needed}
    of, labels = _named(contract, subject)
    return Thing(name, of, by, labels)


def _named(contract: ir.Contract, subject: ir.Subject) -> tuple[str, dict[str, str]]:
    match subject:
        case ir.PerPerson():
            return SOMEBODY, {}
        case ir.PerRow():
            return ROW, {}
        case ir.PerGroup(partition=name):
            rows = next(partition.rows for partition in contract.partitions if partition.name == name)
            spelt = {name_key(text): row.label for row in rows for text in row.logged}
            return LABEL, spelt | {name_key(row.label): row.label for row in rows}
        case ir.PerPeriod(calendar=name):
            calendar = next(each for each in contract.calendars if each.name == name)
            labels = (f"{name} {number}" for number in range(1, _periods(contract, calendar) + 1))
            return LABEL, {name_key(label): label for label in labels}
        case ir.Whole() | ir.Pooled():
            return NOTHING, {}
        case ir.PerMember():
            raise TypeError("what is said of members is refused before evaluation")


def _periods(contract: ir.Contract, calendar: ir.Calendar) -> int:
    """No more periods than days from the first one to the last, and no fewer than there are."""
    last = calendar.last or contract.last_day or calendar.first
    days = max((last - calendar.first).days, 0)
    return days // (calendar.days + 28 * calendar.months) + 1
