"""What a symbol is, in English: the part of a sentence that stands behind its name in the table of symbols."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.formula.symbols import (
    AfterSteps,
    Axis,
    ByLimit,
    BySubject,
    ByUnit,
    ByUnitsOf,
    EarnedBy,
    InTurn,
    Named,
    Narrowing,
    NotReplaced,
    Released,
    UnderLimit,
    Valued,
)
from outcomelang.formula.workspace import At, Workspace
from outcomelang.prose import english
from outcomelang.prose.english import selections, values
from outcomelang.prose.points import Point

_SHORT = 5
"""Words of a name that can still be read in a formula."""


def words(w: Workspace, subject: ir.Subject) -> english.Scope:
    return english.Scope(w.contract, subject, names=False)


def said_of_value(w: Workspace, of: ir.Quantity, at: At, name: str) -> tuple[str, str]:
    """What a count, sum or figure is (as the measure `name` calls it), and a short name for it."""
    said = english.quantity(of, words(w, at.subject))
    called = f"{name}: " if name and f"the {name}".casefold() not in said.casefold() else ""
    return f"{called}{said}{_whose(w, at)}", f"{name or _short_of(of)} {at.label}".strip()


def _short_of(of: ir.Quantity) -> str:
    match of:
        case ir.Counted(ir.Select(domain, among=among)):
            return f"{thing(domain)} {among or ''}".strip()
        case (
            ir.Read(name) | ir.Lookup(name) | ir.Summed(name) | ir.Attribute(name) | ir.Observed(name) | ir.DaysIn(name)
        ):
            return name
        case _:
            return "value"


def thing(of: ir.Domain) -> str:
    match of:
        case ir.Rows(name) | ir.People(name) | ir.Members(name) | ir.Achievements(name) | ir.Periods(name):
            return name
        case _:
            assert_never(of)


def _whose(w: Workspace, at: At) -> str:
    if at.label:
        return f", for {at.label}"
    if at.index:
        return f", for {each(w, at.subject)} {at.index}"
    return f", of {selections.subject(words(w, at.subject))}" if isinstance(at.subject, ir.Pooled) else ""


def each(w: Workspace, subject: ir.Subject) -> str:
    """Of many: `Client`, `Client in the Quarter`."""
    return selections.each(subject, words(w, subject), "each").removeprefix("each ")


def said_of_condition(w: Workspace, of: ir.Condition, at: At) -> tuple[str, str]:
    said = flat(english.condition(of, words(w, at.subject)))
    return f"1 where {said}, otherwise 0{_whose(w, at)}", "condition"


def flat(point: Point) -> str:
    """A point with its list, as one line."""
    parts = "; ".join(flat(each) for each in point.points)
    return f"{point.text} {parts}".strip() if parts else point.text


# ---------------------------------------------------------------- the units of a payment


def units_said(w: Workspace, flow: ir.Flow) -> str:
    """What is counted: `achievements of Job Start for which Job Fee is earned`."""
    match flow.driver:
        case ir.OneEach():
            every = selections.each(flow.subject, words(w, flow.subject))
            if not every:
                part = ", each instalment as its share of the sum" if flow.instalments is not None else ""
                return f"1 where the {flow.name} is earned, otherwise 0{part}"
            return f"the number of {selections.many_of(flow.subject, words(w, flow.subject))} for which {earned(flow)}"
        case ir.EachAchievement(outcome):
            return f"the number of achievements of {outcome} for which {earned(flow)}"
        case ir.EachRow(select):
            return f"the number of {english.select(select, words(w, flow.subject))} for which {earned(flow)}"
        case ir.EachUnit(quantity, _, scale):
            points = " in percentage points" if scale == 100 else ""
            return (
                f"{english.quantity(quantity, words(w, flow.subject))}{points}, added over all for whom {earned(flow)}"
            )
        case ir.EachInPlan(plan, partly):
            how = " in part" if partly else ""
            return f"the number of outcomes of the {plan} achieved{how} for which {earned(flow)}"
        case _:
            assert_never(flow.driver)


def earned(flow: ir.Flow) -> str:
    terms = f" (as amendment {flow.amendment} left it)" if flow.amendment else ""
    return f"the {flow.name}{terms} is earned"


def narrowed(w: Workspace, of: tuple[Narrowing, ...]) -> str:
    return "".join(f", {_narrowing(w, each)}" for each in of)


def _narrowing(w: Workspace, of: Narrowing) -> str:
    match of:
        case Valued(table, _, value):
            amount = "nothing" if value is None else values.const(value, w.contract)
            rows = " or ".join(_keys(w, row) for row in w.names.tables[table].rows if row.value == value)
            return f"at {amount} by the {table}" + (f" ({rows})" if rows and len(rows) < 160 else "")
        case UnderLimit(stage, inside):
            return f"{'those' if inside else 'not those'} that come under {limit_named(w.contract.stages[stage])}"
        case InTurn(stage, turn):
            return _turn(w, w.contract.stages[stage], turn)
        case NotReplaced(stage):
            found = w.contract.stages[stage]
            return f"where no {found.flow} is due" if isinstance(found, ir.Replace) else "where nothing replaces it"
        case Named(partition, names):
            return f"of those for whom the {partition} names {'a' if names else 'no'} party"
        case Released():
            return "no longer withheld on the day of the account"
        case EarnedBy(day, after):
            return f"{'after' if after else 'up to and including'} {day_text(day.toordinal())}"
        case AfterSteps(indexed, steps):
            return f"after {steps} anniversar{'y' if steps == 1 else 'ies'} of {day_text(indexed.since.toordinal())}"
        case _:
            assert_never(of)


def _turn(w: Workspace, stage: ir.Stage, turn: int) -> str:
    """The time during which a limit has one of its amounts."""
    assert isinstance(stage, ir.CountLimit | ir.MoneyLimit)
    days = [_begins(w, bound) for bound in stage.bounds]
    following = days[turn + 1] if turn + 1 < len(days) else None
    first = days[turn]
    since = "" if first is None else f"from {values.dated(first)} on"
    until = "" if following is None else f"before {values.dated(following)}"
    return " and ".join(part for part in (since, until) if part) or "at any time"


def _begins(w: Workspace, bound: ir.Bound) -> date | None:
    versions = [w.contract.versions[each] for each in bound.versions]
    return next((version.first for version in versions if version.population is None), None)


def shortly(w: Workspace, of: Narrowing) -> str:
    """The same in a word or two."""
    match of:
        case Valued(table, _, value):
            rows = [_keys(w, row) for row in w.names.tables[table].rows if row.value == value]
            if len(rows) == 1 and rows[0]:
                return rows[0]
            return f"at {'nothing' if value is None else values.const(value, w.contract).removesuffix('.00')}"
        case UnderLimit(_, inside):
            return "limited" if inside else "not limited"
        case InTurn(_, turn):
            return f"in turn {turn + 1}"
        case NotReplaced():
            return "not replaced"
        case Named(_, names):
            return "" if names else "unnamed"
        case Released():
            return "released"
        case EarnedBy(_, after):
            return "late" if after else "in time"
        case AfterSteps(_, steps):
            return f"after {steps}"
        case _:
            assert_never(of)


def _keys(w: Workspace, row: ir.TableRow) -> str:
    return ", ".join(_key(w, key) for key in row.keys)


def _key(w: Workspace, key: ir.TableKey) -> str:
    match key:
        case ir.LabelKey(label):
            return label
        case ir.PointKey(value):
            return values.const(value, w.contract)
        case ir.Bounds(first, first_in, last, last_in):
            low = "" if first is None else f"{'from' if first_in else 'above'} {values.const(first, w.contract)}"
            high = "" if last is None else f"{'to' if last_in else 'to below'} {values.const(last, w.contract)}"
            return " ".join(part for part in (low, high) if part) or "any"
        case _:
            assert_never(key)


def limit_named(stage: ir.Stage) -> str:
    """How people point at a stage: by its title."""
    title = stage.title if isinstance(stage, ir.CountLimit | ir.MoneyLimit | ir.FallAway) else ""
    if title:
        return title
    match stage:
        case ir.CountLimit():
            return "the limit on numbers"
        case ir.MoneyLimit():
            return "the limit"
        case ir.Replace(flow):
            return f"{flow} in place of others"
        case ir.SetOff(flow, against):
            return f"{flow} less {against}"
        case ir.RoundEach():
            return "the rounding of each amount"
        case ir.RoundTotal():
            return "the rounding of the total"
        case ir.Tier(_, table):
            return f"the {table}"
        case ir.Division(flow):
            return f"the division of {flow}"
        case ir.FallAway():
            return "the ending"
        case ir.ShareOut():
            return "the shares of joint parties"
        case ir.Withhold():
            return "what is withheld"
        case ir.Repay():
            return "the bound on repayments"
        case _:
            assert_never(stage)


def axis_said(w: Workspace, of: Axis) -> str:
    """What an index runs over."""
    match of:
        case ByUnit(flow):
            return f"each unit of the {w.contract.flows[flow].name} that is earned"
        case BySubject(flow, subject):
            return f"each {each(w, subject)} for which the {w.contract.flows[flow].name} has a value"
        case ByUnitsOf(flow):
            return f"each of those for whom the {w.contract.flows[flow].name} is earned"
        case ByLimit(per, calendar):
            whom = "" if per is None else selections.each(per, words(w, per))
            when = f"each {calendar}" if calendar is not None else ""
            return " in ".join(part for part in (whom, when) if part)
        case _:
            assert_never(of)
