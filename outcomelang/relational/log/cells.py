"""How an engine reads the text of a cell: exactly what `evaluation.log.values` makes of it, or nothing.

Each kind has a test and a value. A text that fails the test is not wrong yet: the reference reads its row.
"""

from __future__ import annotations

from datetime import date

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational.log.lines import call
from outcomelang.relational.primitives import E, day, plus, quotient, text, whole

_WHITE = "".join(f"\\x{{{code:x}}}" for code in range(0x3100) if chr(code).isspace())
_EDGES = f"^[{_WHITE}]|[{_WHITE}]$"
_NUMBER = "[0-9]{1,15}|[0-9]{1,9}\\.[0-9]{1,9}"
FIRST_DATE, LAST_DATE = date(1900, 1, 1), date(2100, 12, 31)


def matches(cell: E, pattern: str) -> E:
    """Whether the whole of a cell has a form."""
    return call("regexp_full_match", cell, text(pattern))


def bare(cell: E) -> E:
    """Whether nothing blank stands at either end of a cell: told fast where both ends are plain letters or signs."""
    last = call("right", cell, whole(1))
    plain = exp.and_(
        exp.Between(this=cell.copy(), low=text("!"), high=text("\x7f")),
        exp.Between(this=last, low=text("!"), high=text("\x7f")),
    )
    return exp.or_(empty(cell), plain, exp.Not(this=call("regexp_matches", cell, text(_EDGES))))


def filled(cell: E) -> E:
    return exp.NEQ(this=cell.copy(), expression=text(""))


def empty(cell: E) -> E:
    return exp.EQ(this=cell.copy(), expression=text(""))


def day_of(cell: E) -> E:
    return exp.TryCast(this=cell.copy(), to=exp.DataType.build("date"))


def is_day(cell: E, first: date, last: date, found: E | None = None) -> E:
    """Whether a cell is a date as a log writes it, between two days; `found` is the day, where it is known already."""
    found = day_of(cell) if found is None else found.copy()
    return exp.and_(
        exp.EQ(this=exp.cast(found.copy(), "varchar"), expression=cell.copy()),
        exp.Between(this=found, low=day(first), high=day(last)),
    )


def is_value(cell: E, unit: ir.Unit, minor_digits: int) -> E:
    """Whether a cell that is not empty is a value of a unit that `value` tells."""
    match unit:
        case ir.Unit.MONEY:
            pennies = f"(\\.[0-9]{{1,{minor_digits}}})?" if minor_digits else ""
            return matches(cell, f"[0-9]{{1,{18 - minor_digits if minor_digits > 3 else 15}}}{pennies}")
        case ir.Unit.NUMBER:
            return matches(cell, f"-?({_NUMBER})")
        case ir.Unit.DAYS | ir.Unit.MONTHS:
            return matches(cell, _NUMBER)
        case ir.Unit.PERCENTAGE:
            return matches(cell, "-?[0-9]{1,9}(\\.[0-9]{1,7})?%")
        case ir.Unit.DATE:
            return is_day(cell, FIRST_DATE, LAST_DATE)
        case ir.Unit.FLAG:
            return exp.In(this=exp.Lower(this=cell.copy()), expressions=[text(each) for each in (*_YES, *_NO)])
        case ir.Unit.LABEL:
            return bare(cell)


_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")


def values(cell: E, unit: ir.Unit, minor_digits: int) -> tuple[E, ...]:
    """What stands in the columns of an attribute for a cell; NULL where it is empty."""
    match unit:
        case ir.Unit.MONEY:
            return (_money(cell, minor_digits),)
        case ir.Unit.NUMBER | ir.Unit.DAYS | ir.Unit.MONTHS:
            return _exact(cell, 0)
        case ir.Unit.PERCENTAGE:
            return _exact(call("rtrim", cell, text("%")), 2)
        case ir.Unit.DATE:
            return (day_of(cell),)
        case ir.Unit.FLAG:
            yes = exp.In(this=exp.Lower(this=cell.copy()), expressions=[text(each) for each in _YES])
            return (exp.Case(ifs=[exp.If(this=filled(cell), true=yes)]),)
        case ir.Unit.LABEL:
            return (exp.Nullif(this=cell.copy(), expression=text("")),)


def _whole(digits: E) -> E:
    return exp.TryCast(this=digits, to=exp.DataType.build("bigint"))


def _money(cell: E, minor_digits: int) -> E:
    pounds = call("split_part", cell, text("."), whole(1))
    pennies = call("rpad", call("split_part", cell, text("."), whole(2)), whole(minor_digits), text("0"))
    minor = _whole(exp.Concat(expressions=[pounds, pennies], safe=True, coalesce=False))
    return exp.Case(ifs=[exp.If(this=filled(cell), true=minor)])


def _exact(cell: E, shift: int) -> tuple[E, E]:
    """The digits over a power of ten, in lowest terms."""
    digits = _whole(call("replace", cell, text("."), text("")))
    noughts = plus(exp.Length(this=call("split_part", cell, text("."), whole(2))), whole(1 + shift))
    power = _whole(call("rpad", text("1"), exp.cast(noughts, "int"), text("0")))
    common = call("gcd", exp.Abs(this=digits.copy()), power)
    number, over = quotient(digits, common), quotient(power, common)
    return number, exp.Case(ifs=[exp.If(this=filled(cell), true=over)])
