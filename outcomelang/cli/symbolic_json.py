"""Marginal prices, limits and sensitivity for programs: formulas as trees (as `formula --format json`) and in text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction

from outcomelang.core.money import exact
from outcomelang.exposure import said
from outcomelang.exposure.breakeven import BreakEven
from outcomelang.exposure.sensitivity import Sensitivity
from outcomelang.exposure.symbolic import Binding, Marginal, Symbolic
from outcomelang.formula.expression import Expression
from outcomelang.formula.json_tree import Value, tree
from outcomelang.formula.notation import truth, written


def symbolic_json(of: Symbolic, rates: Iterable[BreakEven], along: Sensitivity, digest: str) -> str:
    """One object; the same contract gives the same bytes."""
    record: dict[str, Value] = {
        "contract": of.contract.title,
        "digest": digest,
        "currency": of.contract.currency,
        "due": _formula(of.whole),
        "without_closed_form": [
            {"payments": list(each.payments), "from": each.step, "because": each.because} for each in of.without
        ],
        "marginal_prices": [_marginal(each) for each in of.marginals],
        "limits": [_limit(each) for each in of.limits],
        "no_outcome": {
            "due": _formula(of.idle),
            "set_to_nothing": [each.name for each in of.outcomes],
            "left_as_they_are": [each.name for each in of.unclear],
        },
        "break_even": [_rate(of, each) for each in rates],
        "sensitivity": _along(of, along),
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _formula(of: Expression) -> Value:
    return {"text": written(of), "tree": tree(of)}


def _marginal(of: Marginal) -> Value:
    return {
        "symbol": of.symbol.name,
        "index": of.symbol.index,
        "price": _formula(of.price),
        "before_limits": of.before_limits,
        "jumps": [truth(each) for each in of.jumps],
    }


def _limit(of: Binding) -> Value:
    return {
        "limit": said.limit_named(of.stage) if of.stage is not None else None,
        "index": of.index,
        "reached": _formula(of.reached),
        "room": _formula(of.room),
        "alone": {each.symbol.name: str(each.number) for each in of.alone},
    }


def _rate(of: Symbolic, each: BreakEven) -> Value:
    minor = Fraction(10) ** of.contract.minor_digits
    return {
        "group": each.group,
        "row": each.row,
        "cost_without": exact(each.cost_idle / minor),
        "cost_with": exact(each.cost_full / minor),
        "paid_without": exact(each.paid_idle / minor),
        "paid_with": exact(each.paid_full / minor),
        "rate": None if each.rate is None else str(each.rate),
    }


def _along(of: Symbolic, along: Sensitivity) -> Value:
    return {
        "people": str(along.people),
        "missing": [each.name for each in along.missing],
        "points": [
            {
                "rate": str(each.rate),
                "due": str(each.due),
                "binding": [said.limit_named(one.stage) if one.stage is not None else None for one in each.binding],
            }
            for each in along.points
        ],
    }
