"""Limits: how many things, or how much money, and who goes short when there is not enough."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.evaluation import amended_limits, carrying
from outcomelang.evaluation.drafts import ORDER, Draft, Key, claim_day, grouped
from outcomelang.evaluation.quantities import rounded
from outcomelang.evaluation.scope import Num, Scope, in_period
from outcomelang.evaluation.selections import scope_test, window

if TYPE_CHECKING:
    from outcomelang.evaluation.meaning import Meaning


# ---------------------------------------------------------------- whose limit, in which period


def belonging(m: Meaning, stage: ir.CountLimit | ir.MoneyLimit) -> Callable[[Draft], Key]:
    """Drafts with the same key, of whom and in which period, share one limit."""
    per, calendar, by_claim_date = stage.per, stage.calendar, stage.by_claim_date

    def key(draft: Draft) -> Key:
        period = m.world.period_at(calendar, limit_day(draft, by_claim_date)) if calendar is not None else None
        return _of(m, per, draft), period

    return key


def limit_day(draft: Draft, by_claim_date: bool) -> int:
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


Bound = Callable[[Key, Scope], Num]
"""How much there is for a key (of whom, in which period) and the limit's subject in it."""


def bounds(
    m: Meaning, stage: ir.CountLimit | ir.MoneyLimit, drafts: list[Draft], amount: ir.Quantity | None = None
) -> Bound:
    """The amount of a limit (or another in its place), read in its subject. Without a value nothing is paid under it,
    and that is reported.

    An amount of money is rounded where each amount is; a share of what was paid goes by the drafts that pay it.
    """
    most, of = m.number(stage.most if amount is None else amount), belonging(m, stage)
    money = isinstance(stage, ir.MoneyLimit)
    mode = next(((s.mode, s.to) for s in m.contract.stages if isinstance(s, ir.RoundEach)), None) if money else None
    share_of = stage.share_of if isinstance(stage, ir.MoneyLimit) else ()
    paid: dict[Key, Num] = {}
    for draft in drafts if share_of else ():
        if draft.flow.name in share_of:
            paid[of(draft)] = paid.get(of(draft), 0) + draft.amount

    def bound(key: Key, scope: Scope) -> Num:
        found = most(scope, LAST_DAY)
        if found is None:
            flows = " and ".join(stage.flows) or "all payments"
            m.world.facts.notes.add("no-limit", f"The limit on {flows} has no value: nothing is paid under it", None)
            return 0
        room = max(found * paid.get(key, 0) if share_of else found, 0)
        return room if mode is None else rounded(room, *mode)

    return bound


# ---------------------------------------------------------------- units


def count_limit(m: Meaning, stage: ir.CountLimit, drafts: list[Draft]) -> list[Draft]:
    """Refuse whole things beyond the number, the last in the order first; a measured number is cut at the number."""
    if stage.bounds:
        return [*drafts, *amended_limits.in_turn(m, stage, drafts, partial(_count, m, stage))]
    bound, extra = bounds(m, stage, drafts), []
    if stage.excess is ir.Excess_.CARRIED:
        carrying.carry_things(m, stage, limited(m, stage, drafts), bound)
        return drafts
    for key, group in under_limit(m, stage, drafts).items():
        extra += _count(m, stage, group, bound(key, limited_scope(m, stage, group[0])))
    return [*drafts, *extra]


def limited(m: Meaning, stage: ir.CountLimit | ir.MoneyLimit, drafts: list[Draft]) -> list[Draft]:
    """What comes under a limit, in the order in which it claims it."""
    covers = coverage(m, stage.covered)
    tests = [scope_test(m, test) for test in stage.tests] if isinstance(stage, ir.CountLimit) else []
    payer = stage.payer if isinstance(stage, ir.MoneyLimit) else None
    found = [
        draft
        for draft in drafts
        if (draft.sign > 0 or draft.flow.name in stage.flows)
        and (not stage.flows or draft.flow.name in stage.flows)
        and (payer is None or draft.payer == payer)
        and all(test(draft.scope) for test in tests)
        and covers(draft)
    ]
    if stage.by_claim_date:
        found.sort(key=lambda draft: (claim_day(draft), ORDER(draft)))
    return found


def under_limit(m: Meaning, stage: ir.CountLimit | ir.MoneyLimit, drafts: list[Draft]) -> dict[Key, list[Draft]]:
    """The drafts that share a limit, by whose it is and in which period."""
    return grouped(limited(m, stage, drafts), belonging(m, stage))


def _count(m: Meaning, stage: ir.CountLimit, group: list[Draft], left: Num) -> list[Draft]:
    """Refuse what is beyond the number; the entries of whoever pays it instead are returned."""
    extra = []
    for draft in in_rank(stage, group):
        kept = draft.counted if draft.counted <= left else left if _is_measured(draft) else 0
        kept = max(kept, 0)
        if kept != draft.counted:
            refused = draft.amount * (1 - Fraction(kept) / draft.counted)
            draft.cut(f"limit on {draft.flow.name}", stage.origin.clause, refused)
            draft.counted = kept
            if stage.excess_to is not None and refused:
                extra.append(_taken_over(m, stage, draft, refused))
        left -= kept
    return extra


def in_rank(stage: ir.CountLimit | ir.MoneyLimit, group: list[Draft]) -> list[Draft]:
    """The drafts in the order in which a limit serves them."""
    if stage.order is not ir.Order.IN_ORDER:
        return group
    ranks = {name: rank for rank, name in enumerate(stage.names)}
    return sorted(group, key=lambda draft: _rank(ranks, draft))


def _is_measured(draft: Draft) -> bool:
    return isinstance(draft.flow.driver, ir.EachUnit)


def coverage(m: Meaning, covered: tuple[ir.Covered, ...]) -> Callable[[Draft], bool]:
    """Whether what a draft pays for comes under a limit: it passes the tests, and its day lies in the window."""
    if not covered:
        return lambda draft: True
    parts = [(part.flows, [scope_test(m, t) for t in part.tests], window(m, part.window)) for part in covered]
    open_ended = [part.window is None for part in covered]

    def covers(draft: Draft) -> bool:
        for (flows, tests, bounds), free in zip(parts, open_ended, strict=True):
            if draft.flow.name in flows and all(test(draft.scope) for test in tests):
                days = bounds(draft.scope) if not free else None
                if free or (days is not None and days[0] <= draft.day <= days[1]):
                    return True
        return False

    return covers


# ---------------------------------------------------------------- limits of money


def money_limit(m: Meaning, stage: ir.MoneyLimit, drafts: list[Draft]) -> list[Draft]:
    if stage.bounds:
        return [*drafts, *amended_limits.in_turn(m, stage, drafts, partial(_allocate, m, stage))]
    bound, extra = bounds(m, stage, drafts), []
    if stage.excess is ir.Excess_.CARRIED:
        return [*drafts, *carrying.carry_money(m, stage, limited(m, stage, drafts), bound)]
    for key, group in under_limit(m, stage, drafts).items():
        extra += _allocate(m, stage, group, bound(key, limited_scope(m, stage, group[0])))
    return [*drafts, *extra]


def _allocate(m: Meaning, stage: ir.MoneyLimit, group: list[Draft], bound: Num) -> list[Draft]:
    """Share a limit out over drafts in the total order; the entries that the excess makes are returned."""
    total = sum((draft.amount for draft in group), 0)
    if stage.order is ir.Order.FROM_TOTAL:
        return _reductions(m, stage, group, total, bound) if total > bound else []
    extra = []
    for draft, excess in shares(stage, group, bound):
        draft.cut(stage.title, stage.origin.clause, excess)
        if excess and stage.excess is ir.Excess_.PAID_BY and stage.excess_to is not None:
            extra.append(_taken_over(m, stage, draft, excess))
    return extra


def shares(stage: ir.MoneyLimit, group: list[Draft], bound: Num) -> list[tuple[Draft, Num]]:
    """What a limit takes from each of the drafts."""
    if stage.order is ir.Order.PROPORTION:
        return _in_proportion(group, sum((draft.amount for draft in group), 0), bound)
    return _in_turn(in_rank(stage, group), bound)


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
    reduction.scope, reduction.sequence = limited_scope(m, stage, last), 1
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
    reduction.cuts, reduction.rows, reduction.tie, reduction.words = (), (), "", 0
    joints = {party.name for party in m.contract.joint_parties} & {last.payer, last.payee}
    reduction.amount, reduction.part = 0, (own_title(m, stage), *sorted(joints))
    reduction.cut(stage.title, stage.origin.clause, excess)
    return reduction


def own_title(m: Meaning, stage: ir.CountLimit | ir.MoneyLimit) -> str:
    """The title of a limit, numbered where several are called alike."""
    alike = [other for other in m.contract.stages if isinstance(other, type(stage)) and other.title == stage.title]
    before = alike.index(stage)
    return f"{stage.title} ({before + 1})" if before else stage.title


def limited_scope(m: Meaning, stage: ir.CountLimit | ir.MoneyLimit, draft: Draft) -> Scope:
    """The subject of a limit in the period of the draft: the same whosever amounts are under the limit."""
    base = limit_scope(m, stage.per, draft)
    if stage.calendar is None:
        return base
    number = m.world.period_at(stage.calendar, limit_day(draft, stage.by_claim_date))
    if number is None:
        return base
    return in_period(base, m.world.calendars[stage.calendar], *m.world.bounds_of_period(stage.calendar, number))


def _taken_over(m: Meaning, stage: ir.CountLimit | ir.MoneyLimit, draft: Draft, excess: Num) -> Draft:
    """The excess paid by another party: money moves, units do not."""
    other = draft.copy()
    other.payer = stage.excess_to or draft.payer
    other.units = other.counted = other.earned = 0
    other.rounding, other.cuts = 0, ((f"excess over {stage.title}", stage.origin.clause, -excess),)
    other.amount, other.part = excess, (*draft.part, f"excess of {draft.payer} over {own_title(m, stage)}")
    return other
