"""Relations between payments and time: prices that change when enough has been paid, second tiers, early endings."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.evaluation.facts import constant
from outcomelang.evaluation.scope import Num
from outcomelang.evaluation.units import Draft, party_of

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning


def tiers(m: Meaning, stage: ir.Tier, drafts: list[Draft]) -> list[Draft]:
    """Reprice what lies past the threshold, in the total order; the unit at the margin is split exactly there."""
    table = m.tables[stage.table]
    assert table.until_paid is not None
    left: Num = table.until_paid.threshold
    for draft in drafts:
        if draft.flow.name not in stage.flows or not draft.amount:
            continue
        before = draft.amount
        part = min(Fraction(1), Fraction(left) / before) if before > 0 else Fraction(1)
        left = max(left - before * part, Fraction(0))
        if part < 1:
            after = before / Fraction(draft.price) * _price_after(m, table, draft)
            draft.cut(f"{table.name} past its amount", stage.origin.clause, (before - after) * (1 - part))
    return drafts


def _price_after(m: Meaning, table: ir.Table, draft: Draft) -> Num:
    """The price of a unit with the table's later value."""
    assert table.until_paid is not None
    later = table.until_paid.after
    m.paid_values[table.name] = 0 if later is None else constant(later)
    try:
        price = m.number(draft.flow.amount)(draft.scope, LAST_DAY)
    finally:
        del m.paid_values[table.name]
    return 0 if price is None else price


def divide(m: Meaning, stage: ir.Division, drafts: list[Draft]) -> list[Draft]:
    """Each party in turn takes its part of what is due for the units, as far as it goes; the last has the rest."""
    divided: list[Draft] = []
    for draft in drafts:
        if draft.flow.name != stage.flow and draft.flow.card != stage.flow:
            divided.append(draft)
            continue
        left = draft.amount
        for part in stage.parts:
            wanted = part.each * draft.counted if part.each is not None else draft.amount * (part.share or 0)
            taken = min(wanted, left)
            left -= taken
            divided += _passed_on(m, draft, part.to, taken)
        if stage.rest_to is not None:
            divided += _passed_on(m, draft, stage.rest_to, left)
    return divided


def _passed_on(m: Meaning, draft: Draft, to: ir.Payer, amount: Num) -> list[Draft]:
    """The part of an entry that goes to one party; it carries the units."""
    payee = party_of(m, to, draft.scope)
    if payee is None:
        first = draft.rows[0] if draft.rows else None
        m.world.facts.notes.add("no-payee", f"{draft.flow.name}: nobody is named to get a part of it", first)
        return []
    passed = draft.copy()
    passed.payee, passed.amount, passed.rounding = payee, amount, 0
    passed.earned = amount
    passed.price = amount / Fraction(draft.counted) if draft.counted else amount
    passed.cuts = []
    return [passed]


def fall_away(m: Meaning, stage: ir.FallAway, drafts: list[Draft]) -> list[Draft]:
    """Nothing that these flows would pay after the day is due, if the event happened by then."""
    last = stage.day.toordinal()
    if not any(row.day <= last for row in m.world.whole.rows_of(stage.event)):
        return drafts
    for draft in drafts:
        if draft.flow.name in stage.flows and draft.day > last:
            draft.cut(stage.title, stage.origin.clause, draft.amount)
            draft.counted = 0
    return drafts
