"""On whose word a payment rests: whether those who are paid can prove what they are paid for all by themselves.

`Word.of` answers with the events by which, on the weakest path of evidence, the paid side alone proves something;
with none where there is nothing to prove; and with None where somebody else has to say so. What only opens a window,
and when it opens, is no success and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from outcomelang.core import ir
from outcomelang.core.declared import Declared, joining_events, parties_of
from outcomelang.core.plans import outcomes_of

Proof = frozenset[str] | None
"""The events that prove it; empty: there is nothing to prove; None: it takes the word of somebody else."""

_NOTHING: frozenset[str] = frozenset()
OWN_WORDS = ("self", "own ", "provider", "case note", "caseworker", "support worker", "declaration")
"""What kinds of evidence are called that the paid side, or the person, writes. A kind of evidence is free text."""


def payers(d: Declared, flow: ir.Flow) -> frozenset[str]:
    return frozenset(parties_of(d, flow.payer))


def payees(d: Declared, flow: ir.Flow) -> frozenset[str]:
    return frozenset(parties_of(d, flow.payee))


def paid_side(d: Declared, flow: ir.Flow) -> frozenset[str]:
    """Who is paid, and all other providers, unless they are independent."""
    providers = {party.name for party in d.contract.parties if party.role == "provider" and not party.independent}
    return payees(d, flow) | providers


class Word:
    """What the paid side of a payment can prove alone."""

    def __init__(self, d: Declared, side: frozenset[str]) -> None:
        self.d, self.side = d, side
        self._own = (*OWN_WORDS, *(name.casefold() for name in side))
        self._under_way: set[str] = set()

    def of(self, flow: ir.Flow) -> Proof:
        """What a payment rests on: what it is paid for, its gate and its price; else that people join."""
        proof = _all((self._driver(flow), self._gate(flow), self.quantity(flow.amount, flow.subject)))
        if proof == _NOTHING and isinstance(flow.driver, ir.OneEach) and isinstance(flow.subject, ir.PerPerson):
            proof = self._joining(flow.subject.population)
        return self._ruled(flow.rulings, proof)

    def _gate(self, flow: ir.Flow) -> Proof:
        return _NOTHING if flow.gate is None else self.condition(flow.gate, flow.subject)

    def _driver(self, flow: ir.Flow) -> Proof:
        match flow.driver:
            case ir.OneEach():
                return _NOTHING
            case ir.EachAchievement(outcome):
                return self.outcome(outcome)
            case ir.EachRow(select):
                return self.select(select)
            case ir.EachUnit(quantity):
                return self.quantity(quantity, flow.subject)
            case ir.EachInPlan(plan):
                return _any(self.outcome(name) for name in outcomes_of(self.d.plans[plan]))

    def _joining(self, population: str) -> Proof:
        """That somebody joins is proved by a row, unless somebody else selects who may."""
        selected = self.d.populations[population].selected_by
        if selected is not None and selected not in self.side:
            return None
        return _any(self.event(event) for event in joining_events(self.d, population))

    def outcome(self, name: str) -> Proof:
        outcome = self.d.outcomes[name]
        if name in self._under_way:
            return _NOTHING
        self._under_way.add(name)
        proof = self._ruled(outcome.rulings, self.condition(outcome.when, outcome.subject))
        self._under_way.discard(name)
        return proof

    def _ruled(self, rulings: Iterable[ir.Ruling], proof: Proof) -> Proof:
        """A ruling of somebody else, or a document of somebody else's, heals what it is about."""
        for ruling in rulings:
            if ruling.kind == "evidenced" and not any(self.is_own(kind) for kind in ruling.by):
                return None
            if ruling.kind != "evidenced" and not set(ruling.by) & self.side:
                return None
        return proof

    # ------------------------------------------------------------ events

    def event(self, name: str) -> Proof:
        """Whether a row of the paid side, or a document of its own, counts with no word of anybody else."""
        event = self.d.events[name]
        if event.verification is not None and not set(event.verification.by) & self.side:
            return None
        if event.verification is not None or set(event.recorded_by) & self.side:
            return frozenset({name})
        own = any(self.is_own(kind) for kind in event.evidenced_by) or not (event.recorded_by or event.evidenced_by)
        return frozenset({name}) if own else None

    def is_own(self, evidence: str) -> bool:
        words = evidence.casefold()
        return any(own in words for own in self._own)

    def select(self, select: ir.Select) -> Proof:
        more = [self.select(test.select) for test in select.tests if isinstance(test, ir.Has) and not test.negated]
        match select.of:
            case ir.Rows(event):
                return _all((self._row(event), *more))
            case ir.Achievements(outcome):
                return _all((self.outcome(outcome), *more))
            case ir.Members(member):
                return _all((self.event(self.d.members[member].event), *more))
            case ir.People() | ir.Periods():
                return _all(more)

    def _row(self, event: str) -> Proof:
        """A row; one that is no result and by which alone people join, only where nobody else selects them."""
        if self.d.events[event].kind not in ("outcome", "figure"):
            ways = [each for each in self.d.contract.populations if joining_events(self.d, each.name) == (event,)]
            if any(each.selected_by is not None and each.selected_by not in self.side for each in ways):
                return None
        return self.event(event)

    # ------------------------------------------------------------ conditions

    def condition(self, node: ir.Condition, subject: ir.Subject) -> Proof:
        match node:
            case ir.Compares(left, _, right):
                return _decides((self.quantity(left, subject), self.quantity(right, subject)))
            case ir.LabelIs(ir.GroupLabel()):
                return _NOTHING
            case ir.LabelIs(of) | ir.ValueGiven(of):
                assert not isinstance(of, ir.GroupLabel)
                return self.quantity(of, subject)
            case ir.Happens(select, negated):
                return self._absence(self.select(select)) if negated else self.select(select)
            case ir.Reaches(state):
                return self.days(self.d.states[state].days)
            case ir.Achieved(outcome, negated):
                return _NOTHING if negated else self.outcome(outcome)
            case ir.AtLeast():
                return self._list(node, subject)
            case ir.ForMembers(member, _, least, inner):
                if least == 0:
                    return _NOTHING
                return _all((self.event(self.d.members[member].event), self.condition(inner, subject)))

    def _absence(self, proof: Proof) -> Proof:
        """That something did not happen is in the hands of whoever records it; the silence of others proves nothing."""
        return _NOTHING if proof is None else proof

    def _list(self, node: ir.AtLeast, subject: ir.Subject) -> Proof:
        """Of a list the items that are easiest to prove, as many as it takes."""
        sure = [self.condition(item.condition, subject) for item in node.items if item.where is None]
        every = [self.condition(item.condition, subject) for item in node.items]
        if node.least is None:
            return _all(sure) if sure else _any(every)
        return _all(sorted(every, key=_strength)[: node.least])

    def days(self, node: ir.DaySet) -> Proof:
        """The days of a state: who says that it began."""
        match node:
            case ir.Spells(begins):
                return self.event(begins)
            case ir.InState(state):
                return self.days(self.d.states[state].days)
            case ir.NotDays(of):
                return self._absence(self.days(of))
            case ir.AllDays(parts):
                return _all(self.days(part) for part in parts)
            case ir.AnyDays(parts):
                return _any(self.days(part) for part in parts)

    def quantity(self, node: ir.Quantity, subject: ir.Subject) -> Proof:
        match node:
            case ir.Const() | ir.ContractValue() | ir.Indexed():
                return _NOTHING
            case ir.Attribute():
                return self._row(subject.event) if isinstance(subject, ir.PerRow) else _NOTHING
            case ir.Counted(select) | ir.Summed(_, select):
                return self.select(select)
            case ir.DaysIn(state):
                return self.days(self.d.states[state].days)
            case ir.Read(name):
                measure = self.d.measures[name]
                return self.quantity(measure.quantity, measure.subject)
            case ir.Lookup(name):
                keys = [key.quantity for key in self.d.tables[name].by if isinstance(key, ir.KeyByQuantity)]
                return _all(self.quantity(key, subject) for key in keys)
            case ir.Arith(_, left, right) | ir.Excess(left, right) | ir.ChangeOf(left, right):
                return _decides((self.quantity(left, subject), self.quantity(right, subject)))
            case ir.Rounded(of):
                return self.quantity(of, subject)
            case ir.Observed(figure):
                return self.event(figure)


def _all(proofs: Iterable[Proof]) -> Proof:
    """Everything has to be proved."""
    found = _NOTHING
    for proof in proofs:
        if proof is None:
            return None
        found |= proof
    return found


def _any(proofs: Iterable[Proof]) -> Proof:
    """The easiest to prove will do."""
    return min(proofs, key=_strength, default=_NOTHING)


def _decides(proofs: Iterable[Proof]) -> Proof:
    """A figure is in the hands of whoever records one side of it."""
    proofs = tuple(proofs)
    own = [proof for proof in proofs if proof]
    return frozenset().union(*own) if own else _all(proofs)


def _strength(proof: Proof) -> tuple[int, tuple[str, ...]]:
    """Own words first, then what needs no proof, then what takes the word of somebody else."""
    return (2, ()) if proof is None else (0 if proof else 1, tuple(sorted(proof)))
