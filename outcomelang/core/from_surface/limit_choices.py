"""What a limit that leaves something open could say: who is cut, what becomes of the excess, which day decides."""

from __future__ import annotations

from outcomelang.core.from_surface.edits import added
from outcomelang.diagnostic import Edit, Remedy
from outcomelang.surface import ast


def orders(clause: ast.Limit) -> tuple[Remedy, ...]:
    """Who is cut: each order with what it would write."""
    named = _in_their_order(clause)
    in_order = Remedy(named or "in the order A, B", "the last named is left out first", _written(clause, named))
    first, *others = [Remedy(words, effect, _written(clause, words)) for words, effect in _ORDERS]
    return (first, in_order, *others)


def _written(clause: ast.Limit, words: str) -> tuple[Edit, ...]:
    return added(clause.span, words, "; ") if words else ()


def _in_their_order(clause: ast.Limit) -> str:
    """The payments in the order in which the limit names them."""
    if not isinstance(clause.limited, ast.NamedPayments) or len(clause.limited.selects) < 2:
        return ""
    return f"in the order {', '.join(select.head.term.text for select in clause.limited.selects)}"


_ORDERS = (
    ("earliest first", "later ones are left out"),
    ("in proportion", "every payment is cut alike"),
    ("taken from the total", "only the sum is cut"),
)


def excesses(clause: ast.Limit, other: str | None) -> tuple[Remedy, ...]:
    """`other` is a party that could bear it; in each period it could be carried forward."""
    unpaid, carried, borne = "the excess is not paid", "the excess is carried forward", "the excess is paid by …"
    by = f"the excess is paid by {other}"
    in_periods = any(isinstance(modifier, ast.InEachPeriod) for modifier in clause.modifiers)
    return (
        Remedy(unpaid, "the provider bears it", added(clause.span, unpaid, "; ")),
        *([Remedy(carried, "it is due in a later period", added(clause.span, carried, "; "))] if in_periods else []),
        Remedy(borne, "another party bears it", added(clause.span, by, "; ") if other is not None else ()),
    )


def dates(clause: ast.Limit) -> tuple[Remedy, ...]:
    period = next(modifier for modifier in clause.modifiers if isinstance(modifier, ast.InEachPeriod))
    days = ("by date achieved", "by date claimed")
    return tuple(Remedy(words, edits=added(period.span, words, " ")) for words in days)
