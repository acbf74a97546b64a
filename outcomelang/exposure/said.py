"""On what a figure rests, in one line each: the argument, and what is taken for granted."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.core.declared import declared
from outcomelang.core.money import count
from outcomelang.core.money import money as written_money
from outcomelang.exposure.analysis import Exposure, Of
from outcomelang.exposure.breakeven import BreakEven
from outcomelang.exposure.numbers import last_of_all
from outcomelang.histories.joining import people_of
from outcomelang.prose.english.proof import assumed_in_words


def money(contract: ir.Contract, minor: Fraction | int) -> str:
    """For people; whole pounds without pence."""
    said = written_money(Fraction(minor), contract.currency, contract.minor_digits)
    return said.removesuffix(f".{'0' * contract.minor_digits}") if contract.minor_digits else said


def share(part: Fraction) -> str:
    """12.5%: to one decimal."""
    tenths = round(part * 1000)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def limit_named(limit: ir.MoneyLimit | ir.CountLimit) -> str:
    """How people point at a limit: its title and clause."""
    title = limit.title or "the limit on numbers"
    return f"{title} (clause {limit.origin.clause})" if limit.origin.clause else title


def of_greatest(found: Exposure) -> str:
    """Why no more can be due, or what is missing for a bound."""
    greatest = found.greatest
    if greatest.most is None:
        names = list(dict.fromkeys(each.flow.name for each in greatest.unbounded))
        rest = f" and {len(names) - 3} more" if len(names) > 3 else ""
        return f"nothing bounds {', '.join(names[:3])}{rest}" if names else "nothing bounds what is due together"
    if greatest.binding:
        return "what binds: " + "; ".join(limit_named(each) for each in greatest.binding)
    return "no limit binds: it is the greatest number of units of each payment at its greatest price"


def of_tightness(found: Exposure) -> str:
    """Whether a history reaches it."""
    people, due = _people(found), money(found.contract, found.reached.paid.total)
    if found.tight:
        return f"tight: a history {people} reaches it"
    if found.greatest.most is None:
        return f"no bound to reach; a history {people} pays {due}"
    if not found.reached.history.facts:
        return "not shown to be tight: no history was made that meets what is assumed and pays anything"
    return f"not shown to be tight: the most found is {due}, in a history {people}"


def _people(found: Exposure) -> str:
    number = len(people_of(found.contract, found.reached.history))
    if not found.reached.history.happened:
        return "in which nothing happens"
    plural = "person or group" if number == 1 else "people or groups"
    return f"of {number:,} {plural}" if number else "in which nobody takes part"


def of_part(found: Exposure, part: Of) -> str:
    """What bounds a part: a limit, or number times price."""
    if part.most is None:
        return "no bound"
    if part.limit is not None:
        return limit_named(part.limit)
    if part.units is not None and part.price is not None:
        return f"at most {count(part.units)} at {money(found.contract, part.price)} or less"
    return ""


def of_idle(found: Exposure) -> str:
    """What is due with no outcome, of what the same people could have earned."""
    idle, full = found.idle.idle.paid.total, found.idle.whole
    if found.idle.share is None:
        return "no history was found in which anything is earned"
    whom = people_of(found.contract, found.idle.full.history)
    for_whom = "for one who achieves everything" if len(whom) == 1 else "for those with whom it was tried"
    due = f"{money(found.contract, idle)} of {money(found.contract, full)} ({share(found.idle.share)})"
    return f"{due} {for_whom}" if whom else due


def of_rate(contract: ir.Contract, of: BreakEven) -> str:
    """From which rate of success on the payments cover the costs."""
    spent, idle, full = (money(contract, each) for each in (of.cost_idle, of.paid_idle, of.paid_full))
    basis = f"{spent} spent on each, {idle} paid with nothing achieved and {full} with everything"
    whom = f"{of.group} “{of.row}”: " if of.row else ""
    if of.rate is None:
        return f"{whom}costs are covered at no rate of success: {basis}"
    if not of.rate:
        return f"{whom}costs are covered whatever is achieved: {basis}"
    return f"{whom}costs are covered from {share(of.rate)} success on: {basis}"


def premises(contract: ir.Contract) -> Iterator[str]:
    """What every figure takes for granted: that the log tells of the term, and what is assumed."""
    last = last_of_all(declared(contract))
    if contract.first_day is not None and last is not None:
        first = day_text(contract.first_day.toordinal())
        yield f"Nothing that counts happens before {first} or after {day_text(last)}."
    for each in contract.assumptions:
        yield assumed_in_words(each, contract)
