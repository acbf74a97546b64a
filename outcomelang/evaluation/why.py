"""Why an amount is due, or why nothing is: the sum with its numbers and rows, or the first condition that failed.

The lines are for people: money, dates and the author's own names. Most important first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.core.money import count as number_text
from outcomelang.core.money import exact, money
from outcomelang.diagnostic import Diagnostic, UsageError
from outcomelang.evaluation.event_log import EventLog, Row
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.miss import Miss
from outcomelang.evaluation.reference import Account, entry_id
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.evaluation.units import Draft
from outcomelang.evaluation.verdict import Standing

ROWS_SHOWN = 4


def why(contract: ir.Contract, log: EventLog, as_of: date | None, wanted: str) -> tuple[str, ...]:
    """The explanation of an entry (by its id) or of everything due, and not due, for a participant or a cohort.

    Raises `UsageError` where the log has no such participant and the account no such entry or cohort.
    """
    account = Account(contract, log, as_of)
    meaning = account.prepare()
    drafts = account.drafts(meaning)
    explain = _Explanation(account, meaning)
    chosen = [draft for draft in drafts if entry_id(draft) == wanted]
    if chosen:
        return tuple(line for draft in chosen for line in explain.paid(draft))
    about = [draft for draft in drafts if wanted in _names_of(draft)]
    known = bool(about) or any(row.participant == wanted for row in log.rows) or wanted in _group_labels(contract)
    if not known:
        raise UsageError((_nobody(wanted),))
    total = sum((draft.sign * draft.amount for draft in about), 0)
    lines = [f"{explain.money(total)} for {wanted} as of {day_text(account.as_of)}."]
    for draft in about:
        lines += ["", *explain.paid(draft)]
    lines += explain.not_paid(wanted, about)
    return tuple(lines) if len(lines) > 1 else (*lines, "", *explain.outside(wanted))


def _nobody(wanted: str) -> Diagnostic:
    return Diagnostic(
        code="OL401",
        name="nobody-of-that-name",
        message=f"There is no participant, cohort or entry “{wanted}” in this log and contract.",
        details=(
            "Participants are named as in the log's column `participant`; entry ids stand in `evaluate --format json`.",
        ),
    )


def _names_of(draft: Draft) -> tuple[str, ...]:
    person = draft.scope.person
    row = draft.scope.row
    names = (draft.scope.label, draft.scope.period_label, person.participant if person is not None else "")
    return (*names, row.participant if row is not None else "")


def _group_labels(contract: ir.Contract) -> set[str]:
    return {row.label for partition in contract.partitions for row in partition.rows}


class _Explanation:
    """Turns entries and their absence into lines."""

    def __init__(self, account: Account, meaning: Meaning) -> None:
        self.account, self.m, self.contract = account, meaning, account.contract
        self.miss = Miss(meaning)

    def money(self, minor: Num) -> str:
        return money(Fraction(minor), self.contract.currency, self.contract.minor_digits)

    # ------------------------------------------------------------ what is paid

    def paid(self, draft: Draft) -> Iterator[str]:
        clause = f" (clause {draft.flow.origin.clause})" if draft.flow.origin.clause else ""
        verb = "repaid to" if draft.sign < 0 else "from"
        period = f", {draft.scope.period_label}" if draft.scope.period_label not in ("", draft.scope.label) else ""
        yield f"{self.money(draft.sign * draft.amount)}  {draft.flow.name}{period}{clause}, {verb} {draft.payer}"
        yield (
            f"   earned on {day_text(draft.day)}: {number_text(Fraction(draft.units))} × {self.money(draft.price)}"
            + (f" = {self.money(draft.earned)}" if draft.units != 1 else "")
        )
        yield from self._price(draft)
        if draft.flow.gate is not None:
            yield f"   because {self.miss.condition(draft.flow.gate, draft.scope)}"
        for by, cited, taken in draft.cuts:
            place = f" (clause {cited})" if cited else ""
            yield f"   {by}{place} {'takes' if taken > 0 else 'adds'} {self.money(max(taken, -taken))}"
        if draft.rounding:
            word, size = ("adds", draft.rounding) if draft.rounding > 0 else ("takes", -draft.rounding)
            yield f"   rounding {word} {self.money(size)}"
        if draft.verified is not None and draft.verified > draft.day:
            yield f"   verified on {day_text(draft.verified)}"
        if draft.due is not None:
            yield f"   due on {day_text(draft.due)}"
        yield from self._rows(draft.rows)

    def _price(self, draft: Draft) -> Iterator[str]:
        """The named parts that a price or a number of units was made of."""
        parts: list[str] = []
        for quantity in (draft.flow.amount, *_driver_quantity(draft.flow)):
            parts += [f"{name} {value}" for name, value in self.miss.named_parts(quantity, draft.scope)]
        if parts:
            yield "   with " + ", ".join(dict.fromkeys(parts))

    def _rows(self, rows: Iterable[Row]) -> Iterator[str]:
        some = sorted({row.id: row for row in rows}.values(), key=lambda row: (row.day, row.id))
        for row in some[:ROWS_SHOWN]:
            ref = self.account.facts.notes.ref(row)
            yield f"   {ref.file}:{ref.line}  {row.event} {day_text(row.day)} ({row.id})"
        if len(some) > ROWS_SHOWN:
            more = f"{len(some) - ROWS_SHOWN} row{'s' if len(some) > ROWS_SHOWN + 1 else ''} more"
            yield f"   and {more}, the last {some[-1].event} {day_text(some[-1].day)}"

    # ------------------------------------------------------------ what is not paid

    def not_paid(self, wanted: str, about: list[Draft]) -> Iterator[str]:
        paid = {draft.flow.name for draft in about}
        told: set[str] = set()
        for flow in self.contract.flows:
            if flow.name in paid:
                continue
            for scope in self._scopes(flow, wanted):
                line = self._reason(flow, scope, wanted)
                if line is not None and line not in told:
                    told.add(line)
                    yield ""
                    yield line

    def outside(self, wanted: str) -> Iterator[str]:
        """For whom no payment is: who never joined, or counts only in a cohort, a group or the whole."""
        episodes = self.account.facts.of_participant.get(wanted, [])
        for episode in episodes:
            groups = [(p.name, self.m.world.label(episode, p.name)) for p in self.contract.partitions]
            where = [f"{name} “{label}”" for name, label in groups if label is not None]
            joined = f"{wanted} joined as {episode.population} on {day_text(episode.joined)}"
            yield f"{joined}; no payment is for one {episode.population} alone."
            if where:
                yield f"It counts in {' and '.join(where)}: ask why of that."
        if not episodes and wanted not in _group_labels(self.contract):
            yield f"{wanted} never joined as {' or '.join(p.name for p in self.contract.populations)}. The log has"
            yield from self._rows(row for row in self.account.log.rows if row.participant == wanted)

    def _scopes(self, flow: ir.Flow, wanted: str) -> Iterator[Scope]:
        subject = flow.subject
        match flow.driver:
            case ir.EachAchievement(outcome=outcome):
                subject = self.m.outcomes[outcome].subject
            case ir.OneEach() | ir.EachRow() | ir.EachUnit():
                pass
        for scope in self.m.world.instances(subject):
            person = scope.person
            if wanted in (scope.label, scope.period_label, person.participant if person is not None else ""):
                yield scope

    def _reason(self, flow: ir.Flow, scope: Scope, wanted: str) -> str | None:
        """One line: which payment, and the first thing that stood in its way."""
        head = f"nothing  {flow.name}{f' for {scope.label}' if scope.label != wanted else ''}: "
        if self.m.world.is_empty(scope):
            return f"{head}{scope.label} has nobody in it"
        match flow.driver:
            case ir.EachAchievement(outcome=outcome):
                if self.m.outcome(outcome)(scope).achievements:
                    return head + self._gate(flow, scope)
                return head + self.miss.outcome(outcome, scope)
            case ir.OneEach() if self.m.value(flow.amount, scope) is None:
                parts = [name for name, value in self.miss.named_parts(flow.amount, scope) if value == "no value"]
                return head + f"{parts[-1] if parts else 'its amount'} has no value"
            case ir.EachRow() | ir.OneEach():
                return head + self._gate(flow, scope) if flow.gate is not None else None
            case ir.EachUnit(quantity=quantity):
                value = self.m.value(quantity, scope)
                if flow.gate is not None and value:
                    return head + self._gate(flow, scope)
                return head + ("it has no value" if value is None else f"{exact(Fraction(value))} units")

    def _gate(self, flow: ir.Flow, scope: Scope) -> str:
        if flow.gate is None or self.m.condition(flow.gate)(scope).standing is Standing.MET:
            return "no price or payer can be found, or it is not yet due"
        return self.miss.condition(flow.gate, scope)


def _driver_quantity(flow: ir.Flow) -> tuple[ir.Quantity, ...]:
    return (flow.driver.quantity,) if isinstance(flow.driver, ir.EachUnit) else ()
