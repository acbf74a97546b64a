"""The clauses of a reading one by one: by the name that they declare, and by where they were written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.scope import plural_of, singulars_of
from outcomelang.prose import english
from outcomelang.prose.language import Declaration, Language, Topic
from outcomelang.prose.points import Clause
from outcomelang.prose.reading import declared


def clauses_of(contract: ir.Contract, name: str, language: Language = english) -> tuple[Clause, ...]:
    """What declares a name, in the singular or in the plural; what it is before what is paid for it. Or nothing."""
    forms = {name, plural_of(name), *singulars_of(name)}
    return tuple(language.clause(each, contract) for each in everything(contract) if forms & set(names_of(each)))


def clauses_at(contract: ir.Contract, path: str, line: int, language: Language = english) -> tuple[Clause, ...]:
    """What was written on a line of a file: of several clauses around it the shortest ones (a line of a rate card)."""
    around = [each for each in everything(contract) if covers(each.origin, path, line)]
    least = min((length(each.origin) for each in around), default=0)
    return tuple(language.clause(each, contract) for each in around if length(each.origin) == least)


def everything(contract: ir.Contract) -> Iterator[Declaration]:
    for topic in Topic:
        yield from declared(topic, contract)


def names_of(each: Declaration) -> tuple[str, ...]:
    """The names by which somebody may ask for a clause; a step and a line of a card have that of the whole as well."""
    match each:
        case ir.Population(name, plural) | ir.Member(name, plural):
            return (name, plural)
        case ir.Outcome(name, family=family, plural=plural):
            return tuple(filter(None, (name, family, plural)))
        case ir.Measure(name, plural=plural):
            return tuple(filter(None, (name, plural)))
        case ir.Flow(name, card):
            return (name, card)
        case (
            ir.Party(name)
            | ir.JointParty(name)
            | ir.Partition(name)
            | ir.Calendar(name)
            | ir.Event(name)
            | ir.State(name)
            | ir.Table(name)
            | ir.Plan(name)
        ):
            return (name,)
        case ir.CountLimit(title=title) | ir.MoneyLimit(title=title) | ir.FallAway(title=title):
            return (title,) if title else ()
        case (
            ir.Replace()
            | ir.SetOff()
            | ir.RoundEach()
            | ir.RoundTotal()
            | ir.Tier()
            | ir.ShareOut()
            | ir.Division()
            | ir.Withhold()
            | ir.Repay()
            | ir.Cost()
            | ir.Benefit()
            | ir.Acceptance()
            | ir.Assumption()
            | ir.Example()
        ):
            return ()
        case _:
            assert_never(each)


def covers(origin: ir.Origin, path: str, line: int) -> bool:
    return origin.path == path and origin.line <= line <= origin.end_line


def length(origin: ir.Origin) -> int:
    return origin.end_line - origin.line
