"""Lengths reached: `Employment begun on or after Attachment reaches 26 weeks in total`, and amounts reached.

Between two stretches of a state lies the question that costs most money: do the days before the break count?
So a length of days says `in total`, `without a break` or `in any 26 weeks`; nothing is assumed.
"""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import refs, windows
from outcomelang.core.from_surface.context import NO_CONDITION, Elaboration, Scene, Typed
from outcomelang.core.from_surface.edits import added
from outcomelang.core.from_surface.quantities import quantity
from outcomelang.core.from_surface.subjects import words
from outcomelang.core.scope import Sort, Symbol
from outcomelang.core.types import Kind, same
from outcomelang.diagnostic import Edit, Remedy
from outcomelang.surface import ast
from outcomelang.tree import evolve


def reaches(e: Elaboration, written: ast.Reaches, here: Scene) -> ir.Condition:
    """A state that reaches a length, or a measure that reaches an amount; ladders are unrolled before this."""
    symbol = e.find(written.what, "what reaches something", Sort.STATE, Sort.MEASURE)
    if symbol is None or isinstance(written.target, ast.Ladder):
        return NO_CONDITION
    if symbol.sort is Sort.MEASURE:
        return _measure_reaches(e, written, written.target, here)
    target = quantity(e, written.target, here)
    _somebody(e, written, here)
    if target.kind is None:
        return NO_CONDITION
    if target.kind not in (Kind.DAYS, Kind.MONTHS):
        _not_a_length(e, written, symbol, target.kind)
        return NO_CONDITION
    return _settled(e, written, symbol, target, here)


def _measure_reaches(e: Elaboration, written: ast.Reaches, target: ast.Literal_ | ast.Ref, here: Scene) -> ir.Condition:
    left = refs.read(e, ast.Ref(written.what, span=written.what.span), here)
    right = quantity(e, target, here)
    if left.kind is None or right.kind is None:
        return NO_CONDITION
    if same(left.kind, right.kind) is None:
        e.say(
            "unlike-quantities",
            written.span,
            f"“{written.what.text}” is {left.kind} and can never reach {right.kind}.",
            label=f"{left.kind}, not {right.kind}",
        )
        return NO_CONDITION
    return ir.Compares(left.quantity, ">=", right.quantity, origin=e.at(written.span))


def _somebody(e: Elaboration, written: ast.Reaches, here: Scene) -> None:
    if isinstance(here.subject, ir.Whole | ir.PerGroup | ir.Pooled) or (
        isinstance(here.subject, ir.PerPeriod) and not isinstance(here.subject.of, ir.PerPerson)
    ):
        e.say(
            "nobody-at-hand",
            written.span,
            f"“{written.what.text}” lasts for one person, and this is said of {words(here.subject)}.",
            label="whose?",
            remedies=(Remedy("of a …", "makes each participant the subject"),),
        )


def _not_a_length(e: Elaboration, written: ast.Reaches, symbol: Symbol, kind: Kind) -> None:
    e.say(
        "unlike-quantities",
        written.span,
        f"“{symbol.name}” lasts for days, weeks or months, and this asks whether it reaches {kind}.",
        label="a length is needed",
        remedies=(Remedy(f"{symbol.name} reaches 26 weeks in total"),),
    )


def _settled(e: Elaboration, written: ast.Reaches, symbol: Symbol, target: Typed, here: Scene) -> ir.Condition:
    core = ir.Reaches(
        symbol.name, target.quantity, "without a break", further=written.further, origin=e.at(written.span)
    )
    for mode in written.modes:
        core = _with_mode(e, core, mode, written, target)
    if not written.modes:
        _break_rule_missing(e, written, symbol)
    for since in written.since:
        core = _with_since(e, core, since, here)
    return core


def _with_mode(
    e: Elaboration, core: ir.Reaches, mode: ast.ReachMode, written: ast.Reaches, target: Typed
) -> ir.Reaches:
    match mode:
        case ast.InTotal():
            if target.kind is Kind.MONTHS:
                _months_in_total(e, written)
            return evolve(core, mode="in total")
        case ast.WithoutBreak(None):
            return core
        case ast.WithoutBreak(longer_than):
            assert longer_than is not None
            months, days = windows.length(e, longer_than)
            if months:
                _break_in_months(e, longer_than)
            return evolve(core, allowed_break=days)
        case ast.InAny(length):
            months, days = windows.length(e, length)
            if target.kind is Kind.MONTHS:
                _months_in_total(e, written)
            return evolve(core, mode="in any", span_months=months, span_days=days)
        case _:
            assert_never(mode)


def _months_in_total(e: Elaboration, written: ast.Reaches) -> None:
    """Thirty days to a month, or twelve months to 52 weeks, or no adding up at all."""
    months = windows.length(e, written.target)[0] if isinstance(written.target, ast.Duration) else None
    ways: list[tuple[str, str, str]] = []
    if months:
        weeks = (months * 52 + 6) // 12
        ways = [
            (f"{weeks} weeks", "in total", "weeks add up over breaks; twelve months are 52 weeks"),
            (f"{months * 30} days", "in total", "days add up over breaks; a month is 30 days"),
            (f"{months} months", "without a break", "one stretch, by the calendar"),
        ]
    else:
        ways = [
            ("26 weeks", "in total", "weeks add up over breaks"),
            ("6 months", "without a break", "one stretch, by the calendar"),
        ]
    e.say(
        "months-in-total",
        written.span,
        f"Nobody can say how many months several stretches of {written.what.text} make: months differ in length.",
        label="months of separate stretches",
        remedies=tuple(
            Remedy(f"… {length} {mode}", effect, _reaching(written, length, mode) if months else ())
            for length, mode, effect in ways
        ),
    )


def _reaching(written: ast.Reaches, length: str, mode: str) -> tuple[Edit, ...]:
    """The same state with another length, reached in another way."""
    modes = [Edit(each.span, (mode,)) for each in written.modes if isinstance(each, ast.InTotal)]
    return (Edit(written.target.span, (length,)), *modes) if len(modes) == 1 else ()


def _break_in_months(e: Elaboration, longer_than: ast.Duration) -> None:
    e.say(
        "unlike-quantities",
        longer_than.span,
        "A break is measured in days, and a month is between 28 and 31 days long.",
        label="days or weeks are needed",
        remedies=(Remedy("longer than 28 days"),),
    )


def _break_rule_missing(e: Elaboration, written: ast.Reaches, symbol: Symbol) -> None:
    e.say(
        "break-rule-missing",
        written.span,
        f"It is not said whether days of {symbol.name} before a break still count, and that changes what is paid.",
        label="in total, or without a break?",
        remedies=(
            Remedy("in total", "adds up all days, whatever lies between them", added(written.span, "in total", " ")),
            Remedy("without a break", "starts anew after every break", added(written.span, "without a break", " ")),
        ),
    )


def _with_since(e: Elaboration, core: ir.Reaches, since: ast.Since, here: Scene) -> ir.Reaches:
    match since:
        case ast.Begun(day, strictly_after):
            first = ir.Edge(windows.anchor(e, day, here), days=1 if strictly_after else 0)
            return evolve(core, begun=_narrower(core.begun, ir.Window(first, None, origin=e.at(since.span))))
        case ast.BegunWithin(deadline):
            return evolve(core, begun=_narrower(core.begun, windows.deadline(e, deadline, here)))
        case ast.CountedFrom(day):
            return evolve(core, counted_from=windows.anchor(e, day, here))
        case _:
            assert_never(since)


def _narrower(known: ir.Window | None, new: ir.Window) -> ir.Window:
    """Two phrases about the beginning: `begun on or after A begun within …`; a later phrase fills the open edge."""
    if known is None:
        return new
    return ir.Window(new.first or known.first, new.last or known.last, origin=new.origin)
