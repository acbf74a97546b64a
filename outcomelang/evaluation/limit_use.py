"""How much of every limit is used and left, watched while the limits are applied."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY
from outcomelang.evaluation.amended_limits import kept_of_total, most_on, on_the_day
from outcomelang.evaluation.drafts import Draft, Key
from outcomelang.evaluation.ledger import LimitUse
from outcomelang.evaluation.limits import Bound, limit_scope, limited_scope, under_limit
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.scope import Num, Scope, in_period
from outcomelang.prose.english.stages import limited


class LimitUses:
    """Watches the stages of one account (`account.Watch`); `found` then holds the use of each limit, as declared."""

    def __init__(self, meaning: Meaning) -> None:
        self.m = meaning
        self.found: list[LimitUse] = []

    def watch(self, stage: ir.Stage, drafts: list[Draft]) -> Callable[[list[Draft]], None]:
        """The drafts that share the limit, as they are before it; afterwards what they have kept.

        What is carried forward stands in a later period than before.
        """
        match stage:
            case ir.CountLimit() | ir.MoneyLimit():
                carried, groups = stage.excess is ir.Excess_.CARRIED, under_limit(self.m, stage, drafts)
                before = {key: sum((draft.amount for draft in group), 0) for key, group in groups.items()}
                bound = on_the_day(self.m, stage, drafts)

                def after(kept: list[Draft]) -> None:
                    self._read(stage, under_limit(self.m, stage, kept) if carried else groups, before, bound)

                return after
            case _:
                return _nothing

    def _read(
        self,
        stage: ir.CountLimit | ir.MoneyLimit,
        groups: dict[Key, list[Draft]],
        before: dict[Key, Num],
        bound: Bound,
    ) -> None:
        uses = [
            self._use(stage, key, group, before.get(key), bound)
            for key, group in groups.items()
            if self._stands(stage, limit_scope(self.m, stage.per, group[0]))
        ]
        idle = self._idle(stage, groups, bound) if self._stands(stage, self.m.world.whole) else None
        self.found += [*uses, *([idle] if idle is not None else [])]

    def _stands(self, stage: ir.CountLimit | ir.MoneyLimit, scope: Scope) -> bool:
        """Whether there is such a limit on the day of the account."""
        return most_on(self.m, stage, scope, self.m.world.as_of) is not None

    def _most(self, stage: ir.CountLimit | ir.MoneyLimit, key: Key, scope: Scope, bound: Bound) -> Num | None:
        """The amount of the limit; None where it has no value."""
        amount = most_on(self.m, stage, scope, self.m.world.as_of)
        known = amount is not None and self.m.number(amount)(scope, LAST_DAY) is not None
        return bound(key, scope) if known else None

    def _use(
        self, stage: ir.CountLimit | ir.MoneyLimit, key: Key, group: list[Draft], before: Num | None, bound: Bound
    ) -> LimitUse:
        scope, period = limited_scope(self.m, stage, group[0]), key[1]
        most = self._most(stage, key, scope, bound)
        if isinstance(stage, ir.CountLimit):
            used: Num = sum((draft.counted for draft in group), 0)
        elif stage.order is ir.Order.FROM_TOTAL and stage.bounds:
            used = kept_of_total(self.m, stage, key, group)
        elif stage.order is ir.Order.FROM_TOTAL and before is not None:
            used = before if most is None else min(before, most)
        else:
            used = sum((draft.amount for draft in group), 0)
        return _made(stage, self._subject(stage, scope), period, most, used)

    def _idle(
        self, stage: ir.CountLimit | ir.MoneyLimit, groups: dict[Key, list[Draft]], bound: Bound
    ) -> LimitUse | None:
        """The limit that is one for all, of this period, where nothing has come under it yet."""
        if stage.per is not None and not isinstance(stage.per, ir.Whole):
            return None
        world = self.m.world
        period = world.period_at(stage.calendar, world.as_of) if stage.calendar is not None else None
        if (stage.calendar is not None and period is None) or any(key[1] == period for key in groups):
            return None
        scope = world.whole
        if stage.calendar is not None and period is not None:
            bounds_of = world.bounds_of_period(stage.calendar, period)
            scope = in_period(scope, world.calendars[stage.calendar], *bounds_of)
        return _made(stage, "", period, self._most(stage, (None, period), scope, bound), 0)

    def _subject(self, stage: ir.CountLimit | ir.MoneyLimit, scope: Scope) -> str:
        match stage.per:
            case None | ir.Whole():
                return ""
            case ir.PerPeriod():
                return scope.period_label or scope.label
            case ir.PerPerson() | ir.PerGroup() | ir.PerRow() | ir.PerMember() | ir.Pooled():
                return scope.label


def _nothing(kept: list[Draft]) -> None:
    """After a stage that is no limit."""


def _made(stage: ir.CountLimit | ir.MoneyLimit, subject: str, period: object, most: Num | None, used: Num) -> LimitUse:
    title = stage.title if isinstance(stage, ir.MoneyLimit) else limited(stage)
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
