"""From units to what is due: the stages of the contract, in the order of calculation.

Each stage is a function from drafts to drafts. Amounts are exact until a declared rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.evaluation.drafts import ORDER, Draft, Key, grouped, party_of
from outcomelang.evaluation.limits import count_limit, money_limit
from outcomelang.evaluation.quantities import rounded
from outcomelang.evaluation.relations import divide, fall_away, tiers, withhold
from outcomelang.evaluation.scope import Num
from outcomelang.evaluation.versions import holds

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning


Watch = Callable[[ir.Stage, list[Draft]], Callable[[list[Draft]], None]]
"""Told of every stage and the drafts before it; what it returns is called after the stage."""


def due(m: Meaning, drafts: list[Draft], watch: Watch | None = None) -> list[Draft]:
    """Apply every stage in turn; what is left in `amount` is due. A stage serves drafts in the total order, and gives
    them in it; where nothing asks for the order, nobody spends time on it."""
    fixed = {id(flow): _fixed_parties(flow) for flow in m.contract.flows}
    if m.contract.stages or None in fixed.values():
        drafts.sort(key=ORDER)
    drafts = [draft for draft in drafts if _named(m, draft, fixed[id(draft.flow)])]
    for stage in m.contract.stages:
        after = watch(stage, drafts) if watch is not None else None
        drafts = apply(m, stage, drafts)
        drafts.sort(key=ORDER)
        if after is not None:
            after(drafts)
    return drafts


def _fixed_parties(flow: ir.Flow) -> tuple[str, str] | None:
    """Payer and payee of a payment that do not depend on whom it is paid for."""
    if flow.repays or not isinstance(flow.payer, ir.NamedParty) or not isinstance(flow.payee, ir.NamedParty):
        return None
    return flow.payer.party, flow.payee.party


def _named(m: Meaning, draft: Draft, fixed: tuple[str, str] | None) -> bool:
    """Name payer and payee: of a repayment, the one who gets the money back stands as payer, with a negative amount."""
    if fixed is not None:
        draft.payer, draft.payee = fixed
        return True
    flow = draft.flow
    payer, payee = party_of(m, flow.payer, draft.scope), party_of(m, flow.payee, draft.scope)
    if payer is None or payee is None:
        first = draft.rows[0] if draft.rows else None
        m.world.facts.notes.add("no-payer", f"{flow.name}: nobody is named to pay or to be paid", first)
        return False
    draft.payer, draft.payee = (payee, payer) if flow.repays else (payer, payee)
    return True


def apply(m: Meaning, stage: ir.Stage, drafts: list[Draft]) -> list[Draft]:
    match stage:
        case ir.CountLimit():
            return count_limit(m, stage, drafts)
        case ir.Replace():
            return _replace(m, stage, drafts)
        case ir.SetOff():
            return _set_off(m, stage, drafts)
        case ir.RoundEach():
            return _round_each(stage, drafts)
        case ir.MoneyLimit():
            return money_limit(m, stage, drafts)
        case ir.Tier():
            return tiers(m, stage, drafts)
        case ir.Division():
            return divide(m, stage, drafts)
        case ir.FallAway():
            return fall_away(m, stage, drafts)
        case ir.ShareOut():
            return _share_out(m, drafts)
        case ir.Withhold():
            return withhold(m, drafts)
        case ir.Repay():
            return _repay(drafts)
        case ir.RoundTotal():
            return _round_total(m, stage, drafts)


# ---------------------------------------------------------------- replacement and set-off


def _replace(m: Meaning, stage: ir.Replace, drafts: list[Draft]) -> list[Draft]:
    """Where the flow is due, the replaced ones are not, within one participant, group, period or outcome of a plan."""
    acting = [draft for draft in drafts if draft.flow.name == stage.flow and draft.amount and holds(m, stage, draft)]
    plan = _plan_of(acting[0]) if acting else None
    keys = {_of_unit(draft, plan) for draft in acting} | {subject_of(draft) for draft in acting}
    for draft in drafts:
        if draft.flow.name in stage.replaced and _of_unit(draft, plan) in keys:
            draft.cut(f"replaced by {stage.flow}", stage.origin.clause, draft.amount)
            draft.counted = 0
    return drafts


def subject_of(draft: Draft) -> Key:
    person = draft.scope.person
    if person is not None:
        return "person", person.population, person.participant, person.number
    return (draft.scope.kind, draft.scope.label, draft.scope.period)


def _plan_of(draft: Draft) -> str | None:
    """The plan for whose outcomes it is paid."""
    driver = draft.flow.driver
    return driver.plan if isinstance(driver, ir.EachInPlan) else None


def _of_unit(draft: Draft, plan: str | None) -> Key:
    """Within what two payments act on each other: one outcome, where both are paid for the outcomes of this plan."""
    same = plan is not None and _plan_of(draft) == plan
    return (*subject_of(draft), draft.outcome) if same else subject_of(draft)


def _set_off(m: Meaning, stage: ir.SetOff, drafts: list[Draft]) -> list[Draft]:
    """Reduce by what the other payment pays, each of its amounts once, as rounded where each amount is rounded."""
    mode = next(((s.mode, s.to) for s in m.contract.stages if isinstance(s, ir.RoundEach)), None)
    reduced = [draft for draft in drafts if draft.flow.name == stage.flow and holds(m, stage, draft)]
    plan = _plan_of(reduced[0]) if reduced else None
    against: dict[Key, Num] = {}
    for draft in drafts:
        if draft.flow.name == stage.against or draft.flow.card == stage.against:
            amount, own = rounded(draft.amount, *mode) if mode is not None else draft.amount, _of_unit(draft, plan)
            against[own] = against.get(own, 0) + amount
    for draft in reduced:
        for own in dict.fromkeys((_of_unit(draft, plan), subject_of(draft))):
            if taken := min(against.get(own, 0), draft.amount):
                draft.cut(f"less {stage.against}", stage.origin.clause, taken)
                against[own] -= taken
    return drafts


# ---------------------------------------------------------------- rounding


def _round_each(stage: ir.RoundEach, drafts: list[Draft]) -> list[Draft]:
    for draft in drafts:
        _round_draft(draft, stage.mode, stage.to)
    return drafts


def _round_draft(draft: Draft, mode: str, to: int) -> None:
    whole = rounded(draft.amount, mode, to)
    draft.rounding += whole - draft.amount
    draft.amount = whole


def _round_total(m: Meaning, stage: ir.RoundTotal, drafts: list[Draft]) -> list[Draft]:
    """One rounding entry for each payment and payer; of joint payers the others are rounded, one pays the rest."""
    closing: list[Draft] = []
    for group in grouped(drafts, lambda d: (d.index, d.flow.name, d.payee if not d.flow.repays else "")).values():
        totals: dict[str, Num] = {}
        for draft in group:
            totals[draft.payer] = totals.get(draft.payer, 0) + draft.amount
        targets = _rounded_totals(totals, _odd_units_to(m, group[0].flow), stage)
        for payer, total in totals.items():
            if targets[payer] != total:
                last = [draft for draft in group if draft.payer == payer][-1]
                closing.append(_closing(m, last, targets[payer] - total))
    return [*drafts, *closing]


def _closing(m: Meaning, last: Draft, amount: Num) -> Draft:
    """The rounding entry of a line: of the contract as a whole, on the day of the line's last entry."""
    closing = last.copy()
    closing.scope, closing.sequence, closing.tie, closing.part = m.world.whole, 1, "rounding", ("rounding",)
    closing.units = closing.counted = closing.earned = 0
    closing.cuts, closing.rows, closing.verified, closing.due = (), (), None, None
    closing.rounding = closing.amount = amount
    return closing


def _rounded_totals(totals: dict[str, Num], rest_to: str | None, stage: ir.RoundTotal) -> dict[str, int]:
    targets = {payer: rounded(total, stage.mode, stage.to) for payer, total in totals.items()}
    if rest_to in targets:
        others = sum(amount for payer, amount in targets.items() if payer != rest_to)
        targets[rest_to] = rounded(sum(totals.values(), 0), stage.mode, stage.to) - others
    return targets


def _odd_units_to(m: Meaning, flow: ir.Flow) -> str | None:
    joint = flow.payee if flow.repays else flow.payer
    if not isinstance(joint, ir.Jointly):
        return None
    return next(party.odd_units_to for party in m.contract.joint_parties if party.name == joint.joint)


# ---------------------------------------------------------------- shares and repayments


def _share_out(m: Meaning, drafts: list[Draft]) -> list[Draft]:
    """Joint parties take their shares; all carry every unit. Shares are rounded where each amount is."""
    joints = {party.name: party for party in m.contract.joint_parties}
    mode = next(((s.mode, s.to) for s in m.contract.stages if isinstance(s, ir.RoundEach)), None)
    shared: list[Draft] = []
    for draft in drafts:
        by_payer = _shares(draft, joints[draft.payer], "payer", mode) if draft.payer in joints else [draft]
        for part in by_payer:
            shared += _shares(part, joints[part.payee], "payee", mode) if part.payee in joints else [part]
    return shared


def _shares(draft: Draft, joint: ir.JointParty, side: str, mode: tuple[str, int] | None) -> list[Draft]:
    parts: list[Draft] = []
    for party, share in joint.shares:
        part = draft.copy()
        setattr(part, side, party)
        part.earned, part.price = draft.earned * share, draft.price * share
        part.cuts = tuple([(by, clause, taken * share) for by, clause, taken in draft.cuts])
        part.rounding = draft.rounding * share
        part.amount = draft.amount * share
        if mode is not None:
            _round_draft(part, *mode)
        parts.append(part)
    rest = next((part for part in parts if getattr(part, side) == joint.odd_units_to), None)
    if rest is not None and mode is not None:
        remainder = draft.amount - sum((part.amount for part in parts if part is not rest), 0)
        rest.rounding += remainder - rest.amount
        rest.amount = remainder
    return parts


def _repay(drafts: list[Draft]) -> list[Draft]:
    """Cut bounded repayments, the earliest first, to what their payer has been paid; then they count negative."""
    paid: dict[tuple[str, str], Num] = {}
    for draft in drafts:
        if draft.sign > 0:
            paid[draft.payer, draft.payee] = paid.get((draft.payer, draft.payee), 0) + draft.amount
    for draft in drafts:
        if draft.sign < 0:
            between = draft.payer, draft.payee
            if draft.flow.up_to_paid:
                draft.cut("the amount paid", draft.flow.origin.clause, max(draft.amount - paid.get(between, 0), 0))
            paid[between] = paid.get(between, 0) - draft.amount
    return drafts
