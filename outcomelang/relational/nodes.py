"""The few nodes that each dialect writes in its own way."""

from __future__ import annotations

from sqlglot import exp


class AddDays(exp.Expression, exp.Func):
    """A day so many days later."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012  the form that SQLGlot asks for


class AddMonths(exp.Expression, exp.Func):
    """The corresponding date so many months later, as a date."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class DaysBetween(exp.Expression, exp.Func):
    """How many days later the second day is."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Widened(exp.Expression, exp.Func):
    """The same whole number with room for 38 digits."""

    arg_types = {"this": True}  # noqa: RUF012


class Quotient(exp.Expression, exp.Func):
    """A whole number over another without what is left, for numbers that fit into 63 bits."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class WideQuotient(exp.Expression, exp.Func):
    """The same with room for 38 digits."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Field(exp.Expression, exp.Func):
    """One named value of a structure."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Part(exp.Expression, exp.Func):
    """A field of each structure in a list, as a list."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Impossible(exp.Expression, exp.Func):
    """No number: whoever comes to it is told why, and nothing is made."""

    arg_types = {"this": True}  # noqa: RUF012


class CommonDivisor(exp.Expression, exp.Func):
    """The greatest whole number that divides two others; 1 of nothing and nothing."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Upto(exp.Expression, exp.Func):
    """A row for each whole number from 1 up to this one, among the columns of a query."""

    arg_types = {"this": True}  # noqa: RUF012


class Element(exp.Expression, exp.Func):
    """The element of a list at a place, from 1."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class FirstOf(exp.Expression, exp.Func):
    """So many elements of a list, from its beginning."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Position(exp.Expression, exp.Func):
    """The place of a value in a list, from 1."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


class Known(exp.Expression, exp.Func):
    """The values of a list that are known, in its order."""

    arg_types = {"this": True}  # noqa: RUF012
