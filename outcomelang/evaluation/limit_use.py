"""How much of every limit is used and left, watched while the limits are applied."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.evaluation.ledger import LimitUse
from outcomelang.evaluation.limits import limit_scope, most_on, parts_under, under_count_limit, under_money_limit
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.evaluation.units import Draft, Key


class LimitUses:
    """Watches the stages of one account (`account.Watch`); `found` then holds the use of each limit, as declared."""

    def __init__(self, meaning: Meaning) -> None:
        self.m = meaning
        self.found: list[LimitUse] = []

    def watch(self, stage: ir.Stage, drafts: list[Draft]) -> Callable[[], None]:
        """The drafts that share the limit, as they are before it; afterwards what they have kept."""
        match stage:
            case ir.CountLimit():
                groups = under_count_limit(self.m, stage, drafts)
                return lambda: self._read(stage, groups)
            case ir.MoneyLimit():
                groups = under_money_limit(self.m, stage, drafts)
                return lambda: self._read(stage, groups)
            case _:
                return _nothing

    def _read(self, stage: ir.CountLimit | ir.MoneyLimit, groups: dict[Key, list[Draft]]) -> None:
        uses = [self._use(stage, key, group) for key, group in groups.items()]
        self.found += [use for use in (*uses, self._idle(stage, groups)) if use is not None]

    def _use(self, stage: ir.CountLimit | ir.MoneyLimit, key: Key, group: list[Draft]) -> LimitUse | None:
        scope, period = limit_scope(self.m, stage.per, group[0]), key[1]
        amount = most_on(self.m, stage, scope, self.m.world.as_of)
        if amount is None:
            return None
        most = self.m.number(amount)(scope, LAST_DAY)
        if isinstance(stage, ir.CountLimit):
            used: Num = sum((draft.counted for draft in group), 0)
        elif stage.order is ir.Order.FROM_TOTAL and most is not None:
            used = self._kept_of_total(stage, group)
        else:
            used = sum((draft.amount for draft in group), 0)
        return _made(stage, self._subject(stage, scope), period, most, used)

    def _kept_of_total(self, stage: ir.MoneyLimit, group: list[Draft]) -> Num:
        """What a limit leaves of the sum; under several amounts of an amended limit, of each sum in turn."""
        used: Num = 0
        for part, bound in parts_under(self.m, stage, group):
            total = sum((draft.amount for draft in part), 0)
            used += total if bound is None else min(total, max(bound - used, 0))
        return used

    def _idle(self, stage: ir.CountLimit | ir.MoneyLimit, groups: dict[Key, list[Draft]]) -> LimitUse | None:
        """The limit that is one for all, of this period, where nothing has come under it yet."""
        if stage.per is not None and not isinstance(stage.per, ir.Whole):
            return None
        world = self.m.world
        period = world.period_at(stage.calendar, world.as_of) if stage.calendar is not None else None
        if (stage.calendar is not None and period is None) or any(key[1] == period for key in groups):
            return None
        amount = most_on(self.m, stage, world.whole, world.as_of)
        return None if amount is None else _made(stage, "", period, self.m.number(amount)(world.whole, LAST_DAY), 0)

    def _subject(self, stage: ir.CountLimit | ir.MoneyLimit, scope: Scope) -> str:
        match stage.per:
            case None | ir.Whole():
                return ""
            case ir.PerPeriod():
                return scope.period_label or scope.label
            case ir.PerPerson() | ir.PerGroup() | ir.PerRow() | ir.PerMember() | ir.Pooled():
                return scope.label


def _nothing() -> None:
    """After a stage that is no limit."""


def _made(stage: ir.CountLimit | ir.MoneyLimit, subject: str, period: object, most: Num | None, used: Num) -> LimitUse:
    title = stage.title if isinstance(stage, ir.MoneyLimit) else f"limit on {' and '.join(stage.flows)}"
    return LimitUse(
        title=title,
        clause=stage.origin.clause,
        kind="money" if isinstance(stage, ir.MoneyLimit) else "number",
        subject=subject,
        period=f"{stage.calendar} {period}" if period is not None else "",
        most=Fraction(max(most, 0)) if most is not None else None,
        used=Fraction(used),
        left=Fraction(max(max(most, 0) - used, 0)) if most is not None else Fraction(0),
    )
