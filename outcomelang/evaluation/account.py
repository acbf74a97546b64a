"""From units to what is due: the stages of the contract, in the order of calculation.

Each stage is a function from drafts to drafts. Amounts are exact until a declared rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.evaluation.quantities import rounded
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.evaluation.selections import scope_test
from outcomelang.evaluation.units import Draft, party_of

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning

Key = tuple[object, ...]


def due(m: Meaning, drafts: list[Draft]) -> list[Draft]:
    """Apply every stage in turn; what is left in `amount` is due."""
    drafts = [draft for draft in drafts if _named(m, draft)]
    for stage in m.contract.stages:
        drafts = apply(m, stage, drafts)
        drafts.sort(key=Draft.order)
    return drafts


def _named(m: Meaning, draft: Draft) -> bool:
    """Name payer and payee: of a repayment, the one who gets the money back stands as payer, with a negative amount."""
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
            return _count_limit(m, stage, drafts)
        case ir.Replace():
            return _replace(m, stage, drafts)
        case ir.SetOff():
            return _set_off(m, stage, drafts)
        case ir.RoundEach():
            return _round_each(stage, drafts)
        case ir.MoneyLimit():
            return _money_limit(m, stage, drafts)
        case ir.ShareOut():
            return _share_out(m, drafts)
        case ir.Repay():
            return _repay(drafts)
        case ir.RoundTotal():
            return _round_total(m, stage, drafts)


# ---------------------------------------------------------------- whose limit, in which period


def _belonging(m: Meaning, per: ir.Subject | None, calendar: str | None, by_claim_date: bool) -> Callable[[Draft], Key]:
    """Drafts with the same key share one limit."""

    def key(draft: Draft) -> Key:
        day = draft.verified if by_claim_date and draft.verified is not None else draft.day
        period = m.world.period_at(calendar, day) if calendar is not None else None
        return _of(m, per, draft), period

    return key


def _of(m: Meaning, per: ir.Subject | None, draft: Draft) -> object:
    match per:
        case None | ir.Whole():
            return None
        case ir.PerPerson():
            person = draft.scope.person
            return draft.scope.label if person is None else (person.participant, person.number)
        case ir.PerGroup(partition=partition):
            return m.world.scope_label(draft.scope, partition)
        case ir.PerPeriod(calendar=calendar):
            return draft.scope.period or m.world.period_at(calendar, draft.day)
        case ir.PerRow():
            return draft.rows[0].id if draft.rows else draft.scope.key
        case ir.PerMember() | ir.Pooled():
            raise TypeError(f"{type(per).__name__} is refused before evaluation")


def _limit_scope(m: Meaning, per: ir.Subject | None, draft: Draft) -> Scope:
    """The subject in which the amount of a limit is read."""
    return m.world.whole if per is None else m.world.projected(per, draft.scope)


def _grouped(drafts: Iterable[Draft], key: Callable[[Draft], Key]) -> dict[Key, list[Draft]]:
    groups: dict[Key, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(key(draft), []).append(draft)
    return groups


# ---------------------------------------------------------------- units


def _count_limit(m: Meaning, stage: ir.CountLimit, drafts: list[Draft]) -> list[Draft]:
    """Refuse whole things beyond the number, the earliest first; a measured number of units is cut at the number."""
    most = m.number(stage.most)
    tests = [scope_test(m, test) for test in stage.tests]
    limited = [d for d in drafts if d.flow.name in stage.flows and all(test(d.scope) for test in tests)]
    for group in _grouped(limited, _belonging(m, stage.per, stage.calendar, False)).values():
        bound = most(_limit_scope(m, stage.per, group[0]), LAST_DAY)
        left: Num = 0 if bound is None else bound
        for draft in group:
            kept = draft.counted if draft.counted <= left else left if _is_measured(draft) else 0
            kept = max(kept, 0)
            if kept != draft.counted:
                draft.cut(f"limit on {draft.flow.name}", stage.origin.clause, (draft.counted - kept) * draft.price)
                draft.counted = kept
            left -= kept
    return drafts


def _is_measured(draft: Draft) -> bool:
    return isinstance(draft.flow.driver, ir.EachUnit)


def _replace(m: Meaning, stage: ir.Replace, drafts: list[Draft]) -> list[Draft]:
    """Where the flow is due, the replaced ones are not, within one participant, group or period."""
    keys = {_of_subject(draft) for draft in drafts if draft.flow.name == stage.flow and draft.amount}
    for draft in drafts:
        if draft.flow.name in stage.replaced and _of_subject(draft) in keys:
            draft.cut(f"replaced by {stage.flow}", stage.origin.clause, draft.amount)
            draft.counted = 0
    return drafts


def _of_subject(draft: Draft) -> Key:
    person = draft.scope.person
    if person is not None:
        return "person", person.population, person.participant, person.number
    return (draft.scope.kind, draft.scope.label, draft.scope.period)


def _set_off(m: Meaning, stage: ir.SetOff, drafts: list[Draft]) -> list[Draft]:
    """Reduce by what the other payment pays, each of its amounts once, as rounded where each amount is rounded."""
    mode = next(((s.mode, s.to) for s in m.contract.stages if isinstance(s, ir.RoundEach)), None)
    against: dict[Key, Num] = {}
    for draft in drafts:
        if draft.flow.name == stage.against or draft.flow.card == stage.against:
            amount = rounded(draft.amount, *mode) if mode is not None else draft.amount
            against[_of_subject(draft)] = against.get(_of_subject(draft), 0) + amount
    for draft in drafts:
        if draft.flow.name == stage.flow and (taken := min(against.get(_of_subject(draft), 0), draft.amount)):
            draft.cut(f"less {stage.against}", stage.origin.clause, taken)
            against[_of_subject(draft)] -= taken
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
    for group in _grouped(drafts, lambda d: (d.index, d.payee if not d.flow.repays else "")).values():
        totals: dict[str, Num] = {}
        for draft in group:
            totals[draft.payer] = totals.get(draft.payer, 0) + draft.amount
        targets = _rounded_totals(totals, _odd_units_to(m, group[0].flow), stage)
        for payer, total in totals.items():
            if targets[payer] != total:
                last = [draft for draft in group if draft.payer == payer][-1].copy()
                last.units = last.counted = last.earned = 0
                last.cuts, last.rows, last.amount = [], (), targets[payer] - total
                last.rounding, last.sequence, last.tie = last.amount, last.sequence + 1, "rounding"
                closing.append(last)
    return [*drafts, *closing]


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


# ---------------------------------------------------------------- limits of money


def _money_limit(m: Meaning, stage: ir.MoneyLimit, drafts: list[Draft]) -> list[Draft]:
    limited = [
        draft
        for draft in drafts
        if draft.sign > 0
        and (not stage.flows or draft.flow.name in stage.flows)
        and (stage.payer is None or draft.payer == stage.payer)
    ]
    most, extra = m.number(stage.most), []
    for group in _grouped(limited, _belonging(m, stage.per, stage.calendar, stage.by_claim_date)).values():
        bound = most(_limit_scope(m, stage.per, group[0]), LAST_DAY)
        if bound is not None:
            extra += _allocate(stage, group, bound)
    return [*drafts, *extra]


def _allocate(stage: ir.MoneyLimit, group: list[Draft], bound: Num) -> list[Draft]:
    """Share a limit out over drafts in the total order; the entries that the excess makes are returned."""
    total = sum((draft.amount for draft in group), 0)
    taken: list[tuple[Draft, Num]]
    match stage.order:
        case ir.Order.FROM_TOTAL:
            return [_reduction(stage, group[-1], total - bound)] if total > bound else []
        case ir.Order.PROPORTION:
            taken = _in_proportion(group, total, bound)
        case ir.Order.IN_ORDER:
            ranks = {name: rank for rank, name in enumerate(stage.names)}
            ranked = sorted(group, key=lambda d: (_rank(ranks, d), d.order()))
            taken = _in_turn(ranked, bound)
        case ir.Order.EARLIEST:
            taken = _in_turn(group, bound)
    extra = []
    for draft, excess in taken:
        draft.cut(stage.title, stage.origin.clause, excess)
        if excess and stage.excess is ir.Excess_.PAID_BY and stage.excess_to is not None:
            extra.append(_taken_over(stage, draft, excess))
    return extra


def _rank(ranks: dict[str, int], draft: Draft) -> int:
    names = (draft.payee, draft.flow.name, draft.flow.card)
    return min((ranks[name] for name in names if name in ranks), default=len(ranks))


def _in_turn(group: list[Draft], bound: Num) -> list[tuple[Draft, Num]]:
    """Each takes what is left; a negative amount makes room for later ones."""
    left, taken = bound, []
    for draft in group:
        kept = min(draft.amount, max(left, 0)) if draft.amount > 0 else draft.amount
        left -= kept
        taken.append((draft, draft.amount - kept))
    return taken


def _in_proportion(group: list[Draft], total: Num, bound: Num) -> list[tuple[Draft, Num]]:
    """Each keeps bound/total of its amount; whole minor units stay whole (running totals are rounded half up)."""
    if total <= bound:
        return [(draft, 0) for draft in group]
    whole = all(Fraction(draft.amount).denominator == 1 for draft in group) and Fraction(bound).denominator == 1
    running: Num = 0
    paid: Num = 0
    taken: list[tuple[Draft, Num]] = []
    for draft in group:
        running += draft.amount
        share = Fraction(running) * bound / total
        upto: Num = rounded(share, "half up") if whole else share
        taken.append((draft, draft.amount - (upto - paid)))
        paid = upto
    return taken


def _reduction(stage: ir.MoneyLimit, last: Draft, excess: Num) -> Draft:
    """`taken from the total`: a line of its own, on the day of the last amount under the limit."""
    reduction = last.copy()
    reduction.flow = ir.Flow(
        name=stage.title,
        card=stage.title,
        repays=False,
        payer=last.flow.payer,
        payee=last.flow.payee,
        amount=last.flow.amount,
        subject=ir.Whole(),
        driver=ir.OneEach(),
        origin=stage.origin,
    )
    reduction.units = reduction.counted = reduction.earned = 0
    reduction.cuts, reduction.rows, reduction.tie = [], (), ""
    reduction.amount = 0
    reduction.cut(stage.title, stage.origin.clause, excess)
    return reduction


def _taken_over(stage: ir.MoneyLimit, draft: Draft, excess: Num) -> Draft:
    """The excess paid by another party: money moves, units do not."""
    other = draft.copy()
    other.payer = stage.excess_to or draft.payer
    other.units = other.counted = other.earned = 0
    other.rounding, other.cuts = 0, [(f"excess over {stage.title}", stage.origin.clause, -excess)]
    other.amount = excess
    return other


# ---------------------------------------------------------------- shares and repayments


def _share_out(m: Meaning, drafts: list[Draft]) -> list[Draft]:
    """Joint parties take their shares; all carry every unit. Shares are rounded where each amount is."""
    joints = {party.name: party for party in m.contract.joint_parties}
    mode = next(((s.mode, s.to) for s in m.contract.stages if isinstance(s, ir.RoundEach)), None)
    shared: list[Draft] = []
    for draft in drafts:
        if draft.payer in joints:
            shared += _shares(draft, joints[draft.payer], mode)
        else:
            shared.append(draft)
    return shared


def _shares(draft: Draft, joint: ir.JointParty, mode: tuple[str, int] | None) -> list[Draft]:
    parts: list[Draft] = []
    for party, share in joint.shares:
        part = draft.copy()
        part.payer = party
        part.earned, part.price = draft.earned * share, draft.price * share
        part.cuts = [(by, clause, taken * share) for by, clause, taken in draft.cuts]
        part.rounding = draft.rounding * share
        part.amount = draft.amount * share
        if mode is not None:
            _round_draft(part, *mode)
        parts.append(part)
    rest = next((part for part in parts if part.payer == joint.odd_units_to), None)
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
