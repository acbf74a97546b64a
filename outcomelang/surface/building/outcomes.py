"""Outcomes and plans."""

from __future__ import annotations

from outcomelang.source import Span
from outcomelang.surface import ast
from outcomelang.surface.building.words import Words
from outcomelang.surface.lexer import Token


class Outcomes(Words):
    def outcome(
        self, at: Span, name: ast.Name, subject: ast.Subject | None, *modifiers: ast.OutcomeModifier
    ) -> ast.Outcome:
        return ast.Outcome(name, subject, modifiers, span=at)

    def partly_when(self, at: Span, condition: ast.Condition) -> ast.PartlyWhen:
        return ast.PartlyWhen(condition, span=at)

    def after_outcome(self, at: Span, outcome: ast.Ref) -> ast.AfterOutcome:
        return ast.AfterOutcome(outcome, span=at)

    def up_to_times(self, at: Span, number: ast.Number | ast.Term) -> ast.UpToTimes:
        if isinstance(number, ast.Number):
            self.whole(number, "a number of times")
        return ast.UpToTimes(number, span=at)

    def each_once(self, at: Span) -> ast.EachOnce:
        return ast.EachOnce(span=at)

    def each_time(self, at: Span) -> ast.EachTime:
        return ast.EachTime(span=at)

    def is_template(
        self,
        at: Span,
        template: ast.Term,
        values: tuple[ast.Stated, ...] | None,
        meant: tuple[ast.Meant, ...] | None,
    ) -> ast.IsTemplate:
        return ast.IsTemplate(template, values or (), meant or (), span=at)

    def monitor_only(self, at: Span) -> ast.MonitorOnly:
        return ast.MonitorOnly(span=at)

    def maintenance(self, at: Span) -> ast.Maintenance:
        return ast.Maintenance(span=at)

    def decided_by(self, at: Span, role: ast.Term, length: ast.Duration, negated: Token | None) -> ast.DecidedBy:
        return ast.DecidedBy(role, length, negated is None, span=at)

    def plan(
        self,
        at: Span,
        name: ast.Term,
        of: ast.Term,
        attribute: ast.Term | None,
        chooser: ast.Term | None,
        event: ast.Term | None,
        *rest: ast.Slot | ast.Cite | None,
    ) -> ast.Plan:
        slots = tuple(part for part in rest if isinstance(part, ast.SlotAll | ast.SlotBy | ast.SlotAny))
        cite = rest[-1] if isinstance(rest[-1], ast.Cite) else None
        return ast.Plan(name, of, attribute, chooser, event, slots, cite, span=at)

    def refs(self, at: Span, *outcomes: ast.Ref) -> tuple[ast.Ref, ...]:
        return outcomes

    def slot_all(self, at: Span, outcomes: tuple[ast.Ref, ...]) -> ast.SlotAll:
        return ast.SlotAll(outcomes, span=at)

    def slot_by(self, at: Span, group: ast.Term, *choices: tuple[ast.Text, ast.Ref]) -> ast.SlotBy:
        return ast.SlotBy(group, choices, span=at)

    def slot_choice(self, at: Span, label: ast.Text, outcome: ast.Ref) -> tuple[ast.Text, ast.Ref]:
        return label, outcome

    def slot_any(
        self,
        at: Span,
        number: ast.Number,
        outcomes: tuple[ast.Ref, ...],
        chosen_by: ast.Term,
        deadline: ast.Deadline | None,
    ) -> ast.SlotAny:
        self.whole(number, "a number of outcomes")
        return ast.SlotAny(number, outcomes, chosen_by, deadline, span=at)
