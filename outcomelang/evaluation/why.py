"""Why an amount is due, or why nothing is: the sum with its numbers and rows, or the first condition that failed.

The lines are for people: money, dates and the author's own names. Most important first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, day_text
from outcomelang.core.money import count as number_text
from outcomelang.core.money import exact, money
from outcomelang.core.names import name_key
from outcomelang.core.words import rulings_of, words_of
from outcomelang.diagnostic import Diagnostic, Remedy, UsageError
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.event_log import EventLog, Row
from outcomelang.evaluation.log.errors import Fault
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.miss import Miss, refused
from outcomelang.evaluation.reference import Account
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.evaluation.sums import Sums, valued
from outcomelang.evaluation.verdict import Standing

ROWS_SHOWN = 4


NOBODY = Fault(
    "OL401",
    "nobody-of-that-name",
    "is no participant, cohort, payment or entry of this log and contract",
    "Write a participant as the log does, or a cohort or a payment as the contract does; `evaluate --format json` has "
    "the id of every entry",
    "`why` explains what is due, or not due, to somebody or for something that the log or the contract names.",
)
FAULTS = (NOBODY,)


def why(contract: ir.Contract, log: EventLog, as_of: date | None, wanted: str) -> tuple[str, ...]:
    """The explanation of an entry (by its id), or of everything due, and not due, for a participant, a cohort or under
    a payment.

    Raises `UsageError` where the log has no such participant and the account no such entry, cohort or payment.
    """
    account = Account(contract, log, as_of)
    meaning = account.prepare()
    drafts = account.drafts(meaning)
    explain = _Explanation(account, meaning)
    chosen = [draft for draft in drafts if account.ids.of(draft) == wanted]
    if chosen:
        return tuple(line for draft in chosen for line in explain.paid(draft, named=False))
    about = [draft for draft in drafts if wanted in _names_of(draft)]
    if about or any(row.participant == wanted for row in log.rows) or wanted in _group_labels(contract):
        lines = list(explain.due(wanted, about))
        lines += explain.not_paid(wanted, about)
        return tuple(lines) if len(lines) > 1 else (*lines, "", *explain.outside(wanted))
    flows = [flow for flow in contract.flows if name_key(wanted) in (name_key(flow.name), name_key(flow.card))]
    if not flows:
        raise UsageError((_nobody(wanted),))
    names = {flow.name for flow in flows}
    about = [draft for draft in drafts if draft.flow.name in names]
    title = flows[0].name if len(names) == 1 else flows[0].card
    lines = list(explain.due(title, about))
    for flow in _lines(flows):
        lines += explain.unpaid(flow, about)
    return tuple(lines)


def _nobody(wanted: str) -> Diagnostic:
    adjustment = Remedy("Name the ledger that it adjusts: --since LEDGER") if wanted.startswith("adjustment ") else None
    return Diagnostic(
        code=NOBODY.code,
        name=NOBODY.name,
        message=f"There is no participant, cohort, payment or entry “{wanted}” in this log and contract.",
        remedies=(adjustment or Remedy(NOBODY.remedy),),
    )


def _lines(flows: Iterable[ir.Flow]) -> list[ir.Flow]:
    """The last terms of each payment."""
    return list({flow.name: flow for flow in flows}.values())


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
        self.miss, self.sums = Miss(meaning), Sums(meaning)

    def money(self, minor: Num) -> str:
        return money(Fraction(minor), self.contract.currency, self.contract.minor_digits)

    # ------------------------------------------------------------ what is paid

    def due(self, title: str, about: list[Draft]) -> Iterator[str]:
        """What it comes to, and each entry."""
        total = sum((draft.sign * draft.amount for draft in about), 0)
        yield f"{self.money(total)} for {title} as of {day_text(self.account.as_of)}."
        for draft in about:
            yield ""
            yield from self.paid(draft)

    def paid(self, draft: Draft, named: bool = True) -> Iterator[str]:
        """An entry: its sum, why it is due, what limits and rounding did to it, and its rows; `named` with its id."""
        yield self._head(draft)
        if named:
            yield f"   entry: {self.account.ids.of(draft)}"
        yield from self._sum(draft)
        amendment = self.account.amendment(self.m, draft)
        if amendment:
            yield f"   under amendment {amendment}"
        if draft.flow.gate is not None:
            yield f"   because {self.miss.condition(draft.flow.gate, draft.scope)}"
        for by, cited, taken in draft.cuts:
            place = f" (clause {cited})" if cited else ""
            yield f"   {by}{place} {'takes' if taken > 0 else 'adds'} {self.money(max(taken, -taken))}"
        if draft.rounding:
            word, size = ("adds", draft.rounding) if draft.rounding > 0 else ("takes", -draft.rounding)
            yield f"   rounding {word} {self.money(size)}"
        if draft.verified is not None and draft.verified > draft.day:
            yield f"   {self._said(draft)} on {day_text(draft.verified)}"
        if draft.due is not None:
            yield f"   due on {day_text(draft.due)}"
        yield from self._rows(draft.rows)

    def _said(self, draft: Draft) -> str:
        """What was said last of what is paid: that a row, or the outcome, is verified, or decided, or evidenced."""
        driver = draft.flow.driver
        words = words_of(self.m.outcomes[driver.outcome]) if isinstance(driver, ir.EachAchievement) else ()
        rulings = rulings_of(words)
        kinds = [ruling.kind for ruling in (*rulings, *draft.flow.rulings)]
        return kinds[-1] if kinds else "verified"

    def _head(self, draft: Draft) -> str:
        clause = f" (clause {draft.flow.origin.clause})" if draft.flow.origin.clause else ""
        verb = "repaid to" if draft.sign < 0 else "from"
        period = f", {draft.scope.period_label}" if draft.scope.period_label not in ("", draft.scope.label) else ""
        what = f"{draft.flow.name}{f', {draft.outcome}' if draft.outcome else ''}{period}{clause}"
        return f"{self.money(draft.sign * draft.amount)}  {what}, {verb} {draft.payer}"

    def _sum(self, draft: Draft) -> Iterator[str]:
        """The day, units × price, and what the names in it stand for."""
        flow, units = draft.flow, number_text(Fraction(draft.units))
        day = f"{'repayable from' if flow.repays else 'earned on'} {day_text(draft.day)}"
        price, formula = self.money(draft.price), self._formula(draft)
        equals = f"{formula} = {price}" if formula and not formula.endswith(f" {price}") else formula or price
        if not draft.units:
            yield f"   {day}"
        elif draft.units == 1:
            yield f"   {day}: {equals}"
        else:
            yield f"   {day}: {units} × {price} = {self.money(draft.earned)}"
            if formula:
                yield f"   at {equals}"
        parts = [*self.sums.beneath(flow.amount, draft.scope)]
        if isinstance(flow.driver, ir.EachUnit):
            parts = [*self.sums.named_parts(flow.driver.quantity, draft.scope), *parts]
        if parts and draft.units:
            yield "   with " + ", ".join(dict.fromkeys(valued(name, value) for name, value in parts))

    def _formula(self, draft: Draft) -> str:
        """How the price was computed; nothing where it is written as it is, or where a joint party pays a share."""
        amount, scope = draft.flow.amount, draft.scope
        if isinstance(amount, ir.Const) or self.m.priced(amount, scope, draft.day) != draft.price:
            return ""
        self.m.pricing_day = draft.day
        try:
            return self.sums.formula(amount, scope)
        finally:
            self.m.pricing_day = FIRST_DAY

    def _rows(self, rows: Iterable[Row]) -> Iterator[str]:
        some = sorted({row.id: row for row in rows}.values(), key=lambda row: (row.day, row.id))
        for row in some[:ROWS_SHOWN]:
            ref = self.account.facts.notes.ref(row)
            yield f"   {ref.file}:{ref.line}  {row.event} {day_text(row.day)} ({row.id})"
        if len(some) > ROWS_SHOWN:
            more = f"{len(some) - ROWS_SHOWN:,} row{'s' if len(some) > ROWS_SHOWN + 1 else ''} more"
            yield f"   and {more}, the last {some[-1].event} {day_text(some[-1].day)}"

    # ------------------------------------------------------------ what is not paid

    def not_paid(self, wanted: str, about: list[Draft]) -> Iterator[str]:
        paid = {draft.flow.name for draft in about}
        told: set[str] = set()
        for flow in _lines(self.contract.flows):
            if flow.name in paid and not isinstance(flow.driver, ir.EachInPlan):
                continue
            for scope in self._scopes(flow, wanted):
                for line in self._reasons(flow, scope, wanted):
                    if line not in told:
                        told.add(line)
                        yield ""
                        yield line
        for flow in self.contract.flows:
            yield from self._refused(flow, wanted)

    def _refused(self, flow: ir.Flow, wanted: str) -> Iterator[str]:
        """Rows of a participant that a payment for each row would be for, had they been verified."""
        match flow.driver:
            case ir.EachRow(select=ir.Select(of=ir.Rows(event=event))):
                for refusal in self.account.facts.refusals.get(wanted, ()):
                    if refusal.row.event == event:
                        yield ""
                        yield f"nothing  {flow.name}: {refused(refusal)}"
            case _:
                return

    def unpaid(self, flow: ir.Flow, about: list[Draft]) -> Iterator[str]:
        """For whom, or for what, a payment is not due."""
        paid = {(d.scope.label, d.scope.period_label) for d in about if d.flow.name == flow.name}
        for scope in self._instances(flow):
            if (scope.label, scope.period_label) not in paid or isinstance(flow.driver, ir.EachInPlan):
                for line in self._reasons(flow, scope, ""):
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
        for scope in self._instances(flow):
            person = scope.person
            if wanted in (scope.label, scope.period_label, person.participant if person is not None else ""):
                yield scope

    def _instances(self, flow: ir.Flow) -> Iterator[Scope]:
        """Everybody and everything that the payment could be for."""
        subject = flow.subject
        match flow.driver:
            case ir.EachAchievement(outcome=outcome):
                subject = self.m.outcomes[outcome].subject
            case ir.OneEach() | ir.EachRow() | ir.EachUnit() | ir.EachInPlan():
                pass
        yield from self.m.world.instances(subject)

    def _reasons(self, flow: ir.Flow, scope: Scope, wanted: str) -> Iterator[str]:
        """One line, or one for each outcome of a plan that is not earned."""
        if isinstance(flow.driver, ir.EachInPlan):
            head = self._nothing(flow, scope, wanted)
            gate = flow.gate is not None and self.m.condition(flow.gate)(scope).standing is not Standing.MET
            missed = (self._gate(flow, scope),) if gate else self.miss.plan(flow.driver, scope)
            yield from (head + said for said in missed)
        elif (line := self._reason(flow, scope, wanted)) is not None:
            yield line

    def _nothing(self, flow: ir.Flow, scope: Scope, wanted: str) -> str:
        period = f", {scope.period_label}" if scope.period_label not in ("", scope.label) else ""
        return f"nothing  {flow.name}{f' for {scope.label}' if scope.label not in ('', wanted) else ''}{period}: "

    def _reason(self, flow: ir.Flow, scope: Scope, wanted: str) -> str | None:
        """One line: which payment, and the first thing that stood in its way."""
        head = self._nothing(flow, scope, wanted)
        if self.m.world.is_empty(scope):
            return f"{head}{scope.label} has nobody in it"
        match flow.driver:
            case ir.EachAchievement(outcome=outcome):
                if self.m.outcome(outcome)(scope).achievements:
                    return head + self._gate(flow, scope)
                return head + self.miss.outcome(outcome, scope)
            case ir.OneEach() if self.m.value(flow.amount, scope) is None:
                parts = [name for name, value in self.sums.named_parts(flow.amount, scope) if value == "no value"]
                none = (parts[-1] if parts[-1][:1].isupper() else f"the {parts[-1]}") if parts else "its amount"
                return f"{head}{none} has no value"
            case ir.EachInPlan():
                return None
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
