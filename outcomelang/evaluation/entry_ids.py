"""The id of an entry: what it is for, and nothing that another row of the log could change.

It names the payment, the subject (participant, member, cohort, period), the unit (the row that makes it, else its
number), and the parties where the payment's clause alone does not say them. So it stays as it is when rows arrive late,
in another order or in other files, and no two entries of an account share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outcomelang.core import ir
from outcomelang.evaluation.drafts import Draft


class EntryIds:
    """Ids of the entries of one contract."""

    def __init__(self, contract: ir.Contract) -> None:
        self._names = [_name(contract.flows, index) for index in range(len(contract.flows))]
        self._again = {population.name for population in contract.populations if not population.once}
        self._by_row = {outcome.name for outcome in contract.outcomes if _always_a_row(outcome)}

    def of(self, draft: Draft) -> str:
        """The parts with ` / ` between them; a stroke inside a part is doubled, so that no part looks like two."""
        return _joined(self._parts(draft))

    def payment(self, index: int) -> str:
        """How the ids of a payment begin."""
        return _joined(self._names[index])

    @property
    def joins_again(self) -> frozenset[str]:
        """Populations in which somebody may take part several times: an id then names the row of joining."""
        return frozenset(self._again)

    def makes_rows(self, flow: ir.Flow) -> bool:
        """Whether each unit of a payment is made by one row, which its id then names."""
        return isinstance(flow.driver, ir.EachAchievement) and flow.driver.outcome in self._by_row

    def _parts(self, draft: Draft) -> Iterator[str]:
        of_a_payment = draft.index < len(self._names)
        yield from self._names[draft.index] if of_a_payment else draft.part
        yield from self._subject(draft, draft.scope.key)
        yield draft.outcome
        yield self._unit(draft)
        if draft.part or not _fixed(draft):
            yield draft.payer
            yield draft.payee
        yield from draft.part if of_a_payment else ()

    def _subject(self, draft: Draft, key: tuple[object, ...]) -> Iterator[str]:
        """From the key of a scope (`evaluation.scope`): who, then in which period."""
        person = draft.scope.person
        match key:
            case ("period", str(calendar), int(number), *base):
                yield from self._subject(draft, tuple(base))
                yield f"{calendar} {number}"
            case ("member", str(), str(name), *base):
                yield from self._subject(draft, tuple(base))
                yield name
            case ("person", str(population), str(participant), *_):
                yield participant
                if population in self._again and person is not None and person.row is not None:
                    yield person.row.id
            case ("row", str(row)):
                yield draft.scope.row.participant if draft.scope.row is not None else ""
                yield row
            case ("group", str(), str(label)):
                yield label
            case _:
                return

    def _unit(self, draft: Draft) -> str:
        """Which of the units of its subject: the row that made it where each row makes one, else its number."""
        if draft.outcome and draft.flow.instalments is None:  # the number is its place in the plan
            return ""
        if self.makes_rows(draft.flow) and draft.rows:
            return draft.rows[0].id
        return "" if draft.scope.key[0] == "row" and draft.sequence == 1 else str(draft.sequence)


def _joined(parts: Iterable[str]) -> str:
    return " / ".join(part.replace("/", "//") for part in parts if part)


def _name(flows: tuple[ir.Flow, ...], index: int) -> tuple[str, ...]:
    """The payment, for a line of a rate card below the card's name; numbered where two are called alike."""
    flow = flows[index]
    before = sum(1 for other in flows[:index] if (other.card, other.name) == (flow.card, flow.name))
    name = f"{flow.name} ({before + 1})" if before else flow.name
    return (name,) if flow.card in ("", flow.name) else (flow.card, name)


def _always_a_row(outcome: ir.Outcome) -> bool:
    """By all its words: an id does not change with an amendment."""
    return all(_each_is_a_row(words) for words in (outcome, *(each.outcome for each in outcome.amended)))


def _each_is_a_row(outcome: ir.Outcome) -> bool:
    """Whether the outcome can be achieved several times, by one row each."""
    if outcome.times is None and not outcome.each_time:
        return False
    match outcome.when:
        case ir.Happens(select=ir.Select(of=ir.Rows() | ir.People() | ir.Members()), negated=False):
            return True
        case _:
            return False


def _fixed(draft: Draft) -> bool:
    """Whether payer and payee are those that the clause names, for every entry of the payment."""
    flow = draft.flow
    payer, payee = (flow.payee, flow.payer) if flow.repays else (flow.payer, flow.payee)
    return payer == ir.NamedParty(draft.payer) and payee == ir.NamedParty(draft.payee)
