"""Formulas as a page for people: payments, what several come to together, the symbols, and what has no closed form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outcomelang.formula.deriving import Formulas, PaymentFormula, Without
from outcomelang.formula.expression import Expression
from outcomelang.formula.notation import written
from outcomelang.report.plain import one_line, wrapped

_WIDTH = 100


def page(of: Formulas) -> str:
    """The whole text, ending in a line feed."""
    blocks = [
        [one_line(of.contract.title), f"Formulas, in {of.contract.currency}, told from the contract alone"],
        *(_payment(each) for each in of.payments),
        *(
            [_and(each.payments) + " together" if each.payments else each.title, *_equation("", each.due)]
            for each in of.shared
        ),
        [] if of.partial else _total(of),
        list(_symbols(of)),
        list(_without(of.without)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _payment(each: PaymentFormula) -> list[str]:
    clause = f" (clause {each.clause})" if each.clause else ""
    lines = [one_line(each.name) + clause]
    if each.due is not None:
        return [*lines, *_equation("", each.due)]
    if each.earned is not None:
        lines += _equation("before limits ", each.earned)
    why = "its formula is that of the payments it shares a limit with" if each.shared else "see below"
    return [*lines, f"  no closed form of its own: {why}"]


def _equation(lead: str, of: Expression) -> list[str]:
    return wrapped(written(of), _WIDTH, " " * (len(lead) + 4), first=f"  {lead}= ")


def _total(of: Formulas) -> list[str]:
    if of.total is None:
        return ["In all", "  no closed form: see below"]
    if of.says_total_elsewhere:
        return []
    return ["In all", *_equation("", of.total)]


def _symbols(of: Formulas) -> Iterator[str]:
    shown = of.shown()
    if shown:
        yield "Where"
    for each in shown:
        clause = f", clause {each.clause}" if each.clause else ""
        unit = "" if each.unit == "number" else f" [{each.unit}]"
        name = f"{each.name}[{each.index}]" if each.index else each.name
        yield from wrapped(f"{one_line(each.said)}{unit}{clause}", _WIDTH, "    ", first=f"  {name}: ")
    for index in of.indices:
        if all(each.index != index.name for each in shown):
            continue
        yield from wrapped(one_line(index.said), _WIDTH, "    ", first=f"  {index.name}: ")


def _without(every: Iterable[Without]) -> Iterator[str]:
    found = list(every)
    if found:
        yield "Without closed form"
    for each in found:
        clause = f" (clause {each.clause})" if each.clause else ""
        said = f"{_and(each.payments)}, from {each.step}{clause} on: {each.because}"
        yield from wrapped(one_line(said), _WIDTH, "    ", first="  ")
        if each.before is not None and each.stage:
            yield from (f"  {line}" for line in _equation("up to there ", each.before))


def _and(names: tuple[str, ...]) -> str:
    if len(names) > 4:
        return f"{names[0]}, {names[1]} and {len(names) - 2} others"
    return " and ".join(", ".join(names).rsplit(", ", 1)) if len(names) > 1 else "".join(names)
