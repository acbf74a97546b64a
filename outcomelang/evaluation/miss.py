"""The nearest miss: what stood in the way of an outcome or condition, and by how much."""

from __future__ import annotations

from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY, day_text
from outcomelang.core.money import count as number_text
from outcomelang.core.units import unit_of
from outcomelang.evaluation.days import bridged, clipped, length, most_in_any
from outcomelang.evaluation.facts import Refusal
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.observation import events_of
from outcomelang.evaluation.scope import Num, Scope
from outcomelang.evaluation.selections import anchor, window
from outcomelang.evaluation.sums import Sums, name_of
from outcomelang.evaluation.suspensions import time_limit
from outcomelang.evaluation.verdict import Result, Standing
from outcomelang.evaluation.versions import words_at
from outcomelang.prose import english
from outcomelang.prose.english.conditions import are
from outcomelang.prose.english.grammar import one
from outcomelang.prose.english.selections import single
from outcomelang.prose.english.values import COMPARATORS
from outcomelang.tree import evolve


class Miss:
    """Says, in the contract's names, why something is not met."""

    def __init__(self, meaning: Meaning) -> None:
        self.m, self.text = meaning, Sums(meaning).text

    # ------------------------------------------------------------ outcomes

    def outcome(self, name: str, scope: Scope) -> str:
        node = self.m.outcomes[name]
        own = self.m.world.projected(node.subject, scope)
        if node.amended:
            node = words_at(node, self.m.world.governing.at(own, self.m.world.as_of))[1]
        result = self.m.outcome(name)(own)
        claimed = self.m.world.claimed(own)
        if claimed is not None and self.m.outcome(name)(claimed).achievements:
            return f"{name} is awaiting verification"
        if result.waits and not result.achievements:
            until = f" until {day_text(result.waits_until)}" if result.waits_until is not None else ""
            return f"{name} is {result.waits}{until}"
        if node.rulings and (against := self._against(result)):
            return f"{name} is {self._standing(result.verdict.standing, result.verdict.day)}: {against}"
        begins = self._begins(node, own)
        if node.after is not None and begins == FIRST_DAY:
            return f"{name} comes after {node.after}, and {self.outcome(node.after, own)}"
        standing = self._standing(result.verdict.standing, result.verdict.day)
        limits = time_limit(self.m, node.deadline)(own) if node.deadline is not None else None
        said = self.condition(node.when, own, begins, limits[1] if limits is not None else LAST_DAY)
        return f"{name} is {standing}: {said}{self._deadline(node, own)}"

    def _against(self, result: Result) -> str:
        """The word that was said against it, or that none was said in time."""
        words, rows = {"not achieved": "decided otherwise", "rejected": "rejected"}, result.verdict.rows
        for row in reversed(rows):
            if row.event in words:
                return f"{words[row.event]} by {row.source} on {day_text(row.day)}"
        return f"nothing was said of {rows[-1].event} {day_text(rows[-1].day)} in time" if rows else ""

    def plan(self, driver: ir.EachInPlan, scope: Scope) -> tuple[str, ...]:
        """Which rules a plan breaks; where it is in order, which of its outcomes are not achieved."""
        reading = self.m.plan(driver.plan)
        last, earned = reading.stretches(scope)[-1], reading.earned(scope, driver.partly)
        if last.faults:
            return (f"{driver.plan} is not in order: {'; '.join(last.faults)}",)
        open_ = [outcome for outcome in last.agreed if outcome not in {unit.outcome for unit in earned}]
        if driver.partly:  # nobody asks for a part where the whole is achieved
            open_ = [outcome for outcome in open_ if not self.m.outcome(outcome)(scope).achievements]
        judged = (reading.judged(outcome, driver.partly) for outcome in open_)
        return tuple(self.outcome(name, scope) for name in judged if name is not None)

    def _standing(self, standing: Standing, day: int | None) -> str:
        """In the final account nothing can still come: what is open there, the log does not show to the end."""
        if standing is Standing.MET:
            return "achieved"
        if standing is not Standing.OPEN:
            return "not achieved"
        if self.m.world.as_of >= self.m.last_day:
            return "not decided by the log"
        return f"open until {day_text(day)}" if day is not None and day < LAST_DAY else "open"

    def _begins(self, node: ir.Outcome, scope: Scope) -> int:
        """The day after the outcome that must come before: from there further lengths are counted."""
        if node.after is None:
            return FIRST_DAY
        earlier = self.m.world.projected(self.m.outcomes[node.after].subject, scope)
        achievements = self.m.outcome(node.after)(earlier).achievements
        return achievements[0].day + 1 if achievements else FIRST_DAY

    def _deadline(self, node: ir.Outcome, scope: Scope) -> str:
        if node.deadline is None:
            return ""
        limits = time_limit(self.m, node.deadline)(scope)
        if limits is None:
            return "; its deadline has not begun"
        word = "closed" if limits[1] <= self.m.world.as_of else "closes"
        log_end = self.m.world.facts.log_end
        seen = f", and the log ends on {day_text(log_end)}" if word == "closed" and log_end < limits[1] else ""
        return f"; the window {word} on {day_text(limits[1])}{seen}"

    # ------------------------------------------------------------ conditions

    def condition(self, node: ir.Condition, scope: Scope, first: int = FIRST_DAY, last: int = LAST_DAY) -> str:
        """What the condition found; said whether it is met or not. A further length is counted from `first`; what
        came after `last`, the end of the deadline, came too late."""
        match node:
            case ir.Reaches():
                return self._reaches(node, scope, first, last)
            case ir.Happens():
                return self._happens(node, scope, last)
            case ir.Compares(left=left, comparator=comparator, right=right):
                a, b = self.m.value(left, scope), self.m.value(right, scope)
                limit = self.text(b, unit_of(right))
                what = name_of(left, self.m.contract)
                if a is None:
                    return f"there is no value for {what} (needed: {COMPARATORS[comparator]} {limit})"
                found = f"{self.text(a, unit_of(left))}, needed: {COMPARATORS[comparator]} {limit}"
                return f"{what} {are(left, what)} {found}"
            case ir.LabelIs() | ir.ValueGiven():
                return f"needed: {english.condition(node, self._words()).text}"
            case ir.Achieved(outcome=outcome):
                return self.outcome(outcome, scope)
            case ir.AtLeast():
                return self._list(node, scope, first, last)
            case ir.ForMembers():
                said = english.condition(node, self._words())
                return "the members do not meet it" if said.points else f"needed: {said.text}"

    def _words(self) -> english.Scope:
        """For a phrase of the reading in the middle of a sentence."""
        return english.Scope(self.m.contract, names=False)

    def _list(self, node: ir.AtLeast, scope: Scope, first: int, last: int) -> str:
        applicable = [
            item.condition
            for item in node.items
            if item.where is None or self.m.condition(item.where)(scope).standing is Standing.MET
        ]
        missing = [part for part in applicable if self.m.condition(part)(scope).standing is not Standing.MET]
        if not missing:
            return "nothing in the list applies"
        said = "; ".join(self.condition(part, scope, first, last) for part in missing)
        if node.least is None:
            return said
        met = len(applicable) - len(missing)
        found = f"{met or 'none'} of the conditions {'are' if met > 1 else 'is'} met"
        return f"{found}, needed: at least {node.least}; missing: {said}"

    def _happens(self, node: ir.Happens, scope: Scope, last: int) -> str:
        what = single(evolve(node.select, window=None), self._words())
        limits = window(self.m, node.select.window)(scope)
        when = (
            ""
            if limits is None or limits == (FIRST_DAY, LAST_DAY)
            else f" dated from {day_text(limits[0])} to {day_text(limits[1])}"
        )
        if node.negated:
            return f"there is {one(what)}{when}, or it is not known yet that there is none"
        late = self._found_after(node.select, scope, last)
        if late is not None:
            return f"there is {one(what)} only on {day_text(late)}"
        events = {node.select.of.event} if isinstance(node.select.of, ir.Rows) else set()
        return f"there is no {what}{when}{self._nearly(node, scope)}{self._refused(events, scope)}"

    def _found_after(self, select: ir.Select, scope: Scope, last: int) -> int | None:
        """The first day of what did occur, where that was only after the deadline."""
        found = self.m.rows_found(select)(scope, LAST_DAY) if isinstance(select.of, ir.Rows) else ()
        return found[0].day if found and found[0].day > last else None

    def _nearly(self, node: ir.Happens, scope: Scope) -> str:
        """A row of the event that another part of the selection refused."""
        select = node.select
        if not isinstance(select.of, ir.Rows):
            return ""
        for position, test in enumerate(select.tests):
            match test:
                case ir.AttributeCompares(attribute=attribute, value=value, comparator=comparator):
                    rest = ir.Select(of=select.of, tests=(*select.tests[:position], *select.tests[position + 1 :]))
                    near = self.m.rows_found(rest)(scope, LAST_DAY)
                    if near and isinstance(found := near[-1].attributes.get(attribute), (int, Fraction)):
                        got, wanted = self.text(found, value.unit), self.text(_number(value), value.unit)
                        needed = f"needed: {COMPARATORS[comparator]} {wanted}"
                        return f" (on {day_text(near[-1].day)} with {attribute} {got}, {needed})"
                case _:
                    continue
        return ""

    def _refused(self, events: set[str], scope: Scope) -> str:
        """Rows of these events that do not count because they were rejected, or nobody verified them in time."""
        person = scope.person
        refusals = self.m.world.facts.refusals.get(person.participant, ()) if person is not None else ()
        about = [refusal for refusal in refusals if refusal.row.event in events]
        if not about:
            return ""
        return f"; {refused(about[0])}" + (f", and {len(about) - 1} more rows" if len(about) > 1 else "")

    def _reaches(self, node: ir.Reaches, scope: Scope, first: int, last: int) -> str:
        target = self.m.value(node.target, scope)
        if target is None:
            return f"there is no length that {node.state} has to reach"
        runs, _ = self.m.state(node.state)(scope)
        if node.begun is not None and (limits := time_limit(self.m, node.begun)(scope)) is not None:
            runs = [run for run in runs if limits[0] <= run[0] <= limits[1]]
        if node.counted_from is not None:
            runs = clipped(runs, anchor(self.m, node.counted_from)(scope) or FIRST_DAY, LAST_DAY)
        runs = clipped(runs, first if node.further else FIRST_DAY, min(self.m.world.as_of, last))
        if node.mode == "in any":
            best = most_in_any(runs, node.span_months, node.span_days)
            word = f"in any {self._span(node)}"
        elif node.mode == "without a break":
            best = max((end - start + 1 for start, end in bridged(runs, node.allowed_break)), default=0)
            word = "without a break"
        else:
            best, word = length(runs), "in total"
        refused = self._refused(set(events_of(self.m, self.m.states[node.state].days)), scope)
        if unit_of(node.target) is ir.Unit.MONTHS:
            days = f"{number_text(Fraction(best))} day{'' if best == 1 else 's'}"
            return f"{node.state} lasted {days} {word}, needed: {self.text(target, ir.Unit.MONTHS)}{refused}"
        lasted = f"{node.state} lasted {self.text(best, ir.Unit.DAYS)} of {self.text(target, ir.Unit.DAYS)}"
        return f"{lasted} {word}{refused}"

    def _span(self, node: ir.Reaches) -> str:
        if node.span_months:
            return self.text(node.span_months, ir.Unit.MONTHS)
        return self.text(node.span_days, ir.Unit.DAYS)


def refused(refusal: Refusal) -> str:
    """Which row does not count, and since when: rejected, or not verified while its verifier had time."""
    row, why = refusal.row, "nobody verified it by" if refusal.by_silence else "it was rejected on"
    return f"{row.event} of {day_text(row.day)} (row {row.id}) does not count: {why} {day_text(refusal.day)}"


def _number(value: ir.Const) -> Num:
    assert isinstance(value.value, Fraction)
    return value.value
