"""Relations between payments and time: prices that change when enough has been paid, second tiers, early endings."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.fixed_values import constant
from outcomelang.evaluation.drafts import ORDER, Draft, party_of
from outcomelang.evaluation.quantities import rounded
from outcomelang.evaluation.scope import Num
from outcomelang.evaluation.versions import holds

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
        price = m.priced(draft.flow.amount, draft.scope, draft.day)
    finally:
        del m.paid_values[table.name]
    return 0 if price is None else price


def divide(m: Meaning, stage: ir.Division, drafts: list[Draft]) -> list[Draft]:
    """Each party in turn takes its part of what is due for a unit, as far as it goes; the last has the rest."""
    divided: list[Draft] = []
    for _, entries in groupby(drafts, ORDER):
        unit = list(entries)
        if stage.flow in (unit[0].flow.name, unit[0].flow.card) and holds(m, stage, unit[0]):
            divided += _unit_divided(m, stage, unit)
        else:
            divided += unit
    return divided


def _unit_divided(m: Meaning, stage: ir.Division, unit: list[Draft]) -> list[Draft]:
    """The entries of one unit: several, where joint payers share it or another party bears an excess."""
    total, counted = sum((draft.amount for draft in unit), 0), max(draft.counted for draft in unit)
    left, passed = [draft.amount for draft in unit], []
    for part in stage.parts:
        last = stage.rest_to is None and part is stage.parts[-1]
        taken = left if last else _in_proportion(left, _wanted(m, part, total, counted))
        left = [amount - less for amount, less in zip(left, taken, strict=True)]
        passed += [(part.to, taken)]
    if stage.rest_to is not None:
        passed += [(stage.rest_to, left)]
    return [
        entry
        for position, draft in enumerate(unit)
        for entry in _passed_on(m, draft, [(to, amounts[position]) for to, amounts in passed])
    ]


def _wanted(m: Meaning, part: ir.Part, total: Num, counted: Num) -> Num:
    """A part of a unit, rounded where each amount is."""
    wanted = part.each * counted if part.each is not None else total * (part.share or 0)
    mode = next(((s.mode, s.to) for s in m.contract.stages if isinstance(s, ir.RoundEach)), None)
    return rounded(wanted, *mode) if mode is not None else wanted


def _in_proportion(amounts: list[Num], wanted: Num) -> list[Num]:
    """What each amount gives of so much, as far as they go; whole pennies stay whole."""
    total = sum(amounts, 0)
    wanted = min(wanted, total) if total > 0 else max(wanted, total)
    if not total or not wanted or total * wanted < 0:
        return [0 for _ in amounts]
    whole = Fraction(wanted).denominator == 1 and all(Fraction(amount).denominator == 1 for amount in amounts)
    running, given, taken = Fraction(0), Fraction(0), []
    for amount in amounts:
        running += Fraction(amount) * wanted / total
        upto = Fraction(rounded(running, "half up")) if whole else running
        taken.append(upto - given)
        given = upto
    return list(taken)


def _passed_on(m: Meaning, draft: Draft, parts: list[tuple[ir.Payer, Num]]) -> list[Draft]:
    """An entry for each party: one, where it gets several parts."""
    sums: dict[str, Num] = {}
    for to, amount in parts:
        payee = party_of(m, to, draft.scope)
        if payee is None:
            first = draft.rows[0] if draft.rows else None
            m.world.facts.notes.add("no-payee", f"{draft.flow.name}: nobody is named to get a part of it", first)
        else:
            sums[payee] = sums.get(payee, 0) + amount
    return [_part_of(draft, payee, amount) for payee, amount in sums.items()]


def _part_of(draft: Draft, payee: str, amount: Num) -> Draft:
    """The part of an entry that goes to one party; it carries the units."""
    passed = draft.copy()
    if draft.sign > 0:
        passed.payee = payee
    else:  # of a repayment, who gets the money back stands as payer
        passed.payer = payee
    passed.amount, passed.rounding = amount, 0
    passed.earned = amount
    passed.price = amount / Fraction(draft.counted) if draft.counted else amount
    passed.cuts = ()
    return passed


def fall_away(m: Meaning, stage: ir.FallAway, drafts: list[Draft]) -> list[Draft]:
    """Nothing that these flows would pay after the day is due, if the event happened by then; what is withheld is paid
    on its release."""
    last = stage.day.toordinal()
    if not any(row.day <= last for row in m.world.whole.rows_of(stage.event)):
        return drafts
    for draft in drafts:
        if draft.flow.name in stage.flows and max(draft.day, draft.released or draft.day) > last:
            draft.cut(stage.title, stage.origin.clause, draft.amount)
            draft.counted = 0
    return drafts


def withhold(m: Meaning, drafts: list[Draft]) -> list[Draft]:
    """What is withheld until a later day is not due yet; limits have counted it on the day on which it was earned."""
    for draft in drafts:
        withheld = draft.flow.withheld
        if withheld is not None and draft.released is not None and draft.released > m.world.as_of:
            draft.cut(withheld.title, withheld.origin.clause, draft.amount)
    return drafts
