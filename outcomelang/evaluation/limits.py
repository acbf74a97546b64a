"""Limits: how many things, or how much money, and who goes short when there is not enough."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.evaluation.quantities import rounded
from outcomelang.evaluation.scope import Num, Number, Scope, in_period
from outcomelang.evaluation.selections import scope_test
from outcomelang.evaluation.units import ORDER, Draft, Key, claim_day, grouped

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning


# ---------------------------------------------------------------- whose limit, in which period


def belonging(m: Meaning, per: ir.Subject | None, calendar: str | None, by_claim_date: bool) -> Callable[[Draft], Key]:
    """Drafts with the same key share one limit."""

    def key(draft: Draft) -> Key:
        period = m.world.period_at(calendar, _limit_day(draft, by_claim_date)) if calendar is not None else None
        return _of(m, per, draft), period

    return key


def _limit_day(draft: Draft, by_claim_date: bool) -> int:
    return claim_day(draft) if by_claim_date else draft.day


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
            return draft.scope.key


def limit_scope(m: Meaning, per: ir.Subject | None, draft: Draft) -> Scope:
    """The subject in which the amount of a limit is read."""
    return m.world.whole if per is None else m.world.projected(per, draft.scope)


def _bound(m: Meaning, stage: ir.CountLimit | ir.MoneyLimit, most: Number, group: list[Draft]) -> Num:
    """The amount of a limit, read in its subject. Without a value nothing is paid under it, and that is reported."""
    scope = limit_scope(m, stage.per, group[0])
    bound = most(scope, LAST_DAY)
    if bound is None:
        flows = " and ".join(stage.flows) or "all payments"
        m.world.facts.notes.add("no-limit", f"The limit on {flows} has no value: nothing is paid under it", None)
        return 0
    return max(bound, 0)


# ---------------------------------------------------------------- units


def count_limit(m: Meaning, stage: ir.CountLimit, drafts: list[Draft]) -> list[Draft]:
    """Refuse whole things beyond the number, the earliest first; a measured number of units is cut at the number."""
    most = m.number(stage.most)
    for group in under_count_limit(m, stage, drafts).values():
        left = _bound(m, stage, most, group)
        for draft in group:
            kept = draft.counted if draft.counted <= left else left if _is_measured(draft) else 0
            kept = max(kept, 0)
            if kept != draft.counted:
                refused = draft.amount * (1 - Fraction(kept) / draft.counted)
                draft.cut(f"limit on {draft.flow.name}", stage.origin.clause, refused)
                draft.counted = kept
            left -= kept
    return drafts


def under_count_limit(m: Meaning, stage: ir.CountLimit, drafts: list[Draft]) -> dict[Key, list[Draft]]:
    """The drafts that share the limit, by whose it is and in which period."""
    tests = [scope_test(m, test) for test in stage.tests]
    limited = [d for d in drafts if d.flow.name in stage.flows and all(test(d.scope) for test in tests)]
    return grouped(limited, belonging(m, stage.per, stage.calendar, False))


def _is_measured(draft: Draft) -> bool:
    return isinstance(draft.flow.driver, ir.EachUnit)


# ---------------------------------------------------------------- limits of money


def money_limit(m: Meaning, stage: ir.MoneyLimit, drafts: list[Draft]) -> list[Draft]:
    most, extra = m.number(stage.most), []
    for group in under_money_limit(m, stage, drafts).values():
        extra += _allocate(m, stage, group, _bound(m, stage, most, group))
    return [*drafts, *extra]


def under_money_limit(m: Meaning, stage: ir.MoneyLimit, drafts: list[Draft]) -> dict[Key, list[Draft]]:
    """The drafts that share the limit, by whose it is and in which period, in the order in which they claim it."""
    limited = [
        draft
        for draft in drafts
        if draft.sign > 0
        and (not stage.flows or draft.flow.name in stage.flows)
        and (stage.payer is None or draft.payer == stage.payer)
    ]
    if stage.by_claim_date:
        limited.sort(key=lambda draft: (claim_day(draft), ORDER(draft)))
    return grouped(limited, belonging(m, stage.per, stage.calendar, stage.by_claim_date))


def _allocate(m: Meaning, stage: ir.MoneyLimit, group: list[Draft], bound: Num) -> list[Draft]:
    """Share a limit out over drafts in the total order; the entries that the excess makes are returned."""
    total = sum((draft.amount for draft in group), 0)
    taken: list[tuple[Draft, Num]]
    match stage.order:
        case ir.Order.FROM_TOTAL:
            return _reductions(m, stage, group, total, bound) if total > bound else []
        case ir.Order.PROPORTION:
            taken = _in_proportion(group, total, bound)
        case ir.Order.IN_ORDER:
            ranks = {name: rank for rank, name in enumerate(stage.names)}
            ranked = sorted(group, key=lambda d: (_rank(ranks, d), ORDER(d)))
            taken = _in_turn(ranked, bound)
        case ir.Order.EARLIEST:
            taken = _in_turn(group, bound)
    extra = []
    for draft, excess in taken:
        draft.cut(stage.title, stage.origin.clause, excess)
        if excess and stage.excess is ir.Excess_.PAID_BY and stage.excess_to is not None:
            extra.append(_taken_over(m, stage, draft, excess))
    return extra


def _rank(ranks: dict[str, int], draft: Draft) -> int:
    names = (draft.payee, draft.flow.name, draft.flow.card)
    return min((ranks[name] for name in names if name in ranks), default=len(ranks))


def _in_turn(group: list[Draft], bound: Num) -> list[tuple[Draft, Num]]:
    """Each unit takes what is left (its joint payers in proportion); a negative amount makes room for later ones."""
    left: Num = bound
    taken: list[tuple[Draft, Num]] = []
    for _, parts in groupby(group, ORDER):
        unit = list(parts)
        amount = sum((draft.amount for draft in unit), 0)
        kept = min(amount, max(left, 0)) if amount > 0 else amount
        left -= kept
        taken += _in_proportion(unit, amount, kept)
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


def _reductions(m: Meaning, stage: ir.MoneyLimit, group: list[Draft], total: Num, bound: Num) -> list[Draft]:
    """`taken from the total`: a line of its own for each payer and payee, in proportion to what stands between them."""
    last = {(draft.payer, draft.payee): draft for draft in group}
    sums = {between: draft.copy() for between, draft in last.items()}
    for between, sum_of in sums.items():
        sum_of.amount = sum((d.amount for d in group if (d.payer, d.payee) == between), 0)
    excesses = _in_proportion(list(sums.values()), total, bound)
    return [_reduction(m, stage, last[draft.payer, draft.payee], excess) for draft, excess in excesses if excess]


def _reduction(m: Meaning, stage: ir.MoneyLimit, last: Draft, excess: Num) -> Draft:
    """The reduction for the limit's subject, on the day of its last amount; it stands below every payment."""
    reduction = last.copy()
    reduction.index = len(m.contract.flows)
    reduction.scope, reduction.sequence = _limited_scope(m, stage, last), 1
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
    reduction.units = reduction.counted = reduction.earned = reduction.rounding = 0
    reduction.cuts, reduction.rows, reduction.tie = (), (), ""
    joints = {party.name for party in m.contract.joint_parties} & {last.payer, last.payee}
    reduction.amount, reduction.part = 0, (_own_title(m, stage), *sorted(joints))
    reduction.cut(stage.title, stage.origin.clause, excess)
    return reduction


def _own_title(m: Meaning, stage: ir.MoneyLimit) -> str:
    """The title of a limit, numbered where several are called alike."""
    alike = [other for other in m.contract.stages if isinstance(other, ir.MoneyLimit) and other.title == stage.title]
    before = alike.index(stage)
    return f"{stage.title} ({before + 1})" if before else stage.title


def _limited_scope(m: Meaning, stage: ir.MoneyLimit, draft: Draft) -> Scope:
    """The subject of a limit in the period of the draft: the same whosever amounts are under the limit."""
    base = limit_scope(m, stage.per, draft)
    if stage.calendar is None:
        return base
    number = m.world.period_at(stage.calendar, _limit_day(draft, stage.by_claim_date))
    if number is None:
        return base
    return in_period(base, m.world.calendars[stage.calendar], *m.world.bounds_of_period(stage.calendar, number))


def _taken_over(m: Meaning, stage: ir.MoneyLimit, draft: Draft, excess: Num) -> Draft:
    """The excess paid by another party: money moves, units do not."""
    other = draft.copy()
    other.payer = stage.excess_to or draft.payer
    other.units = other.counted = other.earned = 0
    other.rounding, other.cuts = 0, ((f"excess over {stage.title}", stage.origin.clause, -excess),)
    other.amount, other.part = excess, (*draft.part, f"excess of {draft.payer} over {_own_title(m, stage)}")
    return other
