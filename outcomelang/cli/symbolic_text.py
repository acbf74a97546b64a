"""Marginal prices, limits and sensitivity as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.money import exact
from outcomelang.exposure import said
from outcomelang.exposure.breakeven import BreakEven
from outcomelang.exposure.sensitivity import Sensitivity
from outcomelang.exposure.symbolic import Alias, Binding, Marginal, Symbolic, aliases
from outcomelang.formula import expression as ex
from outcomelang.formula.expression import Expression
from outcomelang.formula.marginal import free_index, named
from outcomelang.formula.notation import truth, written
from outcomelang.formula.symbols import Symbol
from outcomelang.report.plain import columns, one_line, wrapped

_WIDTH = 100
_SHOWN = 3
_LONGEST = 1_200


def symbolic_text(of: Symbolic, rates: Iterable[BreakEven], along: Sensitivity) -> str:
    """The whole text, ending in a line feed."""
    short = aliases(of)
    blocks = [
        [
            one_line(of.contract.title),
            f"Exposure in formulas, in {of.contract.currency}, told from the contract alone",
        ],
        list(_prices(of, short)),
        list(_limits(of, short)),
        list(_aliases(short)),
        list(_idle(of, short)),
        [line for each in rates for line in _break_even(of.contract, each)],
        list(_sensitivity(of, along)),
        list(_where(of)),
        list(_without(of)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _prices(of: Symbolic, short: tuple[Alias, ...]) -> Iterator[str]:
    yield "One more of each adds"
    for each in of.marginals:
        before = ", before any limit" if each.before_limits else ""
        yield from _indented(f"{_ref(each.symbol)}: {_said(each.price, short)}{before}")
        yield from (f"    {line}" for line in _jumps(each, short))


def _jumps(of: Marginal, short: tuple[Alias, ...]) -> Iterator[str]:
    """The lines at which the amount can also jump."""
    if not of.jumps:
        return
    shown = [truth(shortened_relation(each, short)) for each in of.jumps[:_SHOWN]]
    rest = len(of.jumps) - len(shown)
    more = f", and at {rest} further lines" if rest else ""
    yield from wrapped(f"and what is due can jump at {'; '.join(shown)}{more}", _WIDTH - 4, "  ")


def shortened(of: Expression, short: Iterable[Alias]) -> Expression:
    """With the short names of sums that limits are set against."""
    return named(of, {each.of: ex.Ref(each.name, free_index(each.of)) for each in short})


def shortened_relation(of: ex.Relation, short: Iterable[Alias]) -> ex.Relation:
    short = tuple(short)
    return ex.Relation(shortened(of.left, short), of.comparator, shortened(of.right, short))


def _said(of: Expression, short: tuple[Alias, ...]) -> str:
    """A formula that nobody would read is in the other formats."""
    text = written(shortened(of, short))
    return text if len(text) <= _LONGEST else f"a formula of {len(text):,} characters, which --format json has"


def _limits(of: Symbolic, short: tuple[Alias, ...]) -> Iterator[str]:
    if of.limits:
        yield "Limits bind"
    for each in of.limits:
        reached = written(shortened(each.reached, short))
        yield from _indented(f"{limit_said(each)}: from {reached} ≥ {written(shortened(each.room, short))} on")
        alone = [f"{one.symbol.name} = {number(one.number)}" for one in each.alone]
        if alone:
            yield from (
                f"    {line}" for line in wrapped(f"by one thing alone: {', or '.join(alone)}", _WIDTH - 4, "  ")
            )


def limit_said(of: Binding) -> str:
    """How people point at a limit."""
    name = said.limit_named(of.stage) if of.stage is not None else "a limit"
    return f"{one_line(name)}, for each {of.index}" if of.index else one_line(name)


def number(value: Fraction) -> str:
    """Whole, or up to the next hundredth: from so many on a limit is reached."""
    return exact(Fraction(-(-value.numerator * 100 // value.denominator), 100))


def _aliases(short: tuple[Alias, ...]) -> Iterator[str]:
    if short:
        yield "With"
    for place, each in enumerate(short):
        index = free_index(each.of)
        name = f"{each.name}[{index}]" if index else each.name
        yield from _indented(f"{name} = {written(_within(each, short[:place] + short[place + 1 :]))}")


def _within(of: Alias, others: tuple[Alias, ...]) -> Expression:
    """A sum may hold others."""
    return shortened(of.of, others)


def _idle(of: Symbolic, short: tuple[Alias, ...]) -> Iterator[str]:
    yield "Due without any outcome" + (", as far as it has a closed form" if of.without else "")
    if of.whole == ex.NOTHING:
        yield "  no closed form: see below"
        return
    yield from _indented(_said(of.idle, short))
    if of.idle != ex.NOTHING and of.whole != of.idle:
        yield from _indented(f"as a share of what is due: ({_said(of.idle, short)}) / ({_said(of.whole, short)})")
    if of.unclear:
        names = ", ".join(each.name for each in of.unclear)
        yield from _indented(f"left as they are, because more of them may be better or worse: {names}")


def _break_even(contract: ir.Contract, each: BreakEven) -> Iterator[str]:
    """Costs and payments for one person are straight lines in the rate of success."""
    money = [
        said.money(contract, value)
        for value in (
            each.cost_idle,
            each.cost_full - each.cost_idle,
            each.paid_idle,
            each.paid_full - each.paid_idle,
        )
    ]
    whose = f" ({one_line(each.group)}: {one_line(each.row)})" if each.row else ""
    yield f"Break-even{whose}, r being the rate of success"
    yield from _indented(f"cost for one person = {money[0]} + r × {money[1]}; paid = {money[2]} + r × {money[3]}")
    rate = each.rate
    yield from _indented("no rate covers the costs" if rate is None else f"covered from r = {said.share(rate)} on")


# ---------------------------------------------------------------- sensitivity


def _sensitivity(of: Symbolic, along: Sensitivity) -> Iterator[str]:
    if of.whole == ex.NOTHING:
        return
    if along.missing:
        names = ", ".join(each.name for each in along.missing)
        yield "What is due at each rate of success"
        yield from _indented(f"cannot be said without a value of {names}: give it with --at NAME=VALUE")
        return
    of_what = "What is due" if not of.without else "What is due, as far as it has a closed form,"
    yield f"{of_what} at each rate of success, with {exact(along.people)} people"
    rows = [("Rate", "Due", "Of it without outcome", "Limits that bind")]
    idle, minor = along.points[0].due, Fraction(10) ** of.contract.minor_digits
    for each in along.points:
        limits = "; ".join(dict.fromkeys(map(limit_said, each.binding)))
        share = said.share(idle / each.due) if each.due > 0 and 0 <= idle <= each.due else ""
        rows.append((said.share(each.rate), said.money(of.contract, each.due * minor), share, limits))
    widths = [max(columns(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [" " * (width - columns(cell)) + cell for width, cell in zip(widths, row, strict=False)]
        figures = f"  {'  '.join(cells)}  "
        limits, *more = wrapped(row[3], _WIDTH - len(figures)) or [""]
        yield (figures + limits).rstrip()
        yield from (" " * len(figures) + line for line in more)
    yield from _indented(
        "the same rate for every outcome; a payment with several prices spread evenly over them, and a limit for each "
        "period or person evenly over these"
    )


# ---------------------------------------------------------------- symbols


def _where(of: Symbolic) -> Iterator[str]:
    held = {each.symbol.name for each in of.marginals}
    held |= {ref.symbol for each in (of.whole, of.idle) for ref in ex.refs(each)}
    yield "Where"
    for each in of.formulas.symbols:
        if each.name in held:
            unit = "" if each.unit == "number" else f" [{each.unit}]"
            yield from _indented(f"{_ref(each)}: {one_line(each.said)}{unit}")
    for index in of.formulas.indices:
        yield from _indented(f"{index.name}: {one_line(index.said)}")


def _without(of: Symbolic) -> Iterator[str]:
    if of.without:
        yield "Without closed form: what is due here is what it comes to before that step"
    for each in of.without:
        names = " and ".join(each.payments) if len(each.payments) < 4 else f"{each.payments[0]} and others"
        yield from _indented(one_line(f"{names}, from {each.step} on: {each.because}"))


def _ref(symbol: Symbol) -> str:
    return f"{symbol.name}[{symbol.index}]" if symbol.index else symbol.name


def _indented(line: str) -> list[str]:
    return wrapped(line, _WIDTH, "      ", first="  ")
