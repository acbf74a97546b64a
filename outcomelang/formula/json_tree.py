"""Formulas as JSON: every expression a tree of operations, numbers as exact texts.

`outcomelang/schema/formula.schema.json` describes it.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import assert_never

from outcomelang.core.money import exact
from outcomelang.formula import expression as ex
from outcomelang.formula.deriving import Formulas, PaymentFormula, SharedFormula, Without
from outcomelang.formula.expression import Expression, Truth
from outcomelang.formula.notation import written
from outcomelang.formula.symbols import Symbol

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]


def document(of: Formulas, digest: str) -> str:
    """One object; the same contract gives the same bytes."""
    return json.dumps(record(of, digest), ensure_ascii=False, indent=1) + "\n"


def record(of: Formulas, digest: str) -> dict[str, Value]:
    return {
        "contract": of.contract.title,
        "digest": digest,
        "currency": of.contract.currency,
        "payments": [_payment(each) for each in of.payments],
        "together": [_together(each) for each in of.shared],
        "total": _formula(of.total),
        "symbols": [_symbol(each) for each in of.symbols],
        "indices": [{"name": each.name, "over": each.said} for each in of.indices],
        "without_closed_form": [_without(each) for each in of.without],
    }


def _payment(of: PaymentFormula) -> Value:
    return {
        "payment": of.name,
        "clause": of.clause,
        "earned": _formula(of.earned),
        "due": _formula(of.due),
        "shares_a_limit_with": [name for name in of.shared if name != of.name],
    }


def _together(of: SharedFormula) -> Value:
    return {
        "payments": list(of.payments),
        "lines": list(of.lines),
        "title": of.title,
        "clause": of.clause,
        "due": _formula(of.due),
    }


def _without(of: Without) -> Value:
    return {
        "payments": list(of.payments),
        "from": of.step,
        "clause": of.clause,
        "because": of.because,
        "until_then": _formula(of.before),
    }


def _formula(of: Expression | None) -> Value:
    return None if of is None else {"text": written(of), "tree": tree(of)}


def _symbol(of: Symbol) -> Value:
    return {
        "name": of.name,
        "means": of.said,
        "unit": of.unit,
        "clause": of.clause,
        "index": of.index or None,
        "whole": of.whole,
        "never_negative": not of.signed,
    }


def tree(of: Expression) -> dict[str, Value]:
    match of:
        case ex.Number(value):
            return {"number": _number(value)}
        case ex.Ref(symbol, index):
            return {"symbol": symbol, "index": index} if index else {"symbol": symbol}
        case ex.Plus(parts):
            return {"op": "plus", "of": [tree(part) for part in parts]}
        case ex.Times(parts):
            return {"op": "times", "of": [tree(part) for part in parts]}
        case ex.Quotient(above, below):
            return {"op": "divided by", "of": [tree(above), tree(below)]}
        case ex.Least(parts):
            return {"op": "least", "of": [tree(part) for part in parts]}
        case ex.Greatest(parts):
            return {"op": "greatest", "of": [tree(part) for part in parts]}
        case ex.Rounding(inner, mode, step):
            return {"op": "rounded", "mode": mode, "to": _number(step), "of": [tree(inner)]}
        case ex.Total(index, inner):
            return {"op": "sum", "over": index, "of": [tree(inner)]}
        case ex.Cases(branches, otherwise):
            cases: list[Value] = [{"when": truth(each.when), "value": tree(each.value)} for each in branches]
            return {"op": "cases", "cases": cases, "otherwise": tree(otherwise)}
        case _:
            assert_never(of)


def truth(of: Truth) -> dict[str, Value]:
    match of:
        case ex.Relation(left, comparator, right):
            return {"op": comparator, "of": [tree(left), tree(right)]}
        case ex.All(parts):
            return {"op": "all", "of": [truth(part) for part in parts]}
        case ex.Any(parts):
            return {"op": "any", "of": [truth(part) for part in parts]}
        case ex.Not(inner):
            return {"op": "not", "of": [truth(inner)]}
        case _:
            assert_never(of)


def _number(value: Fraction) -> str:
    """A decimal where one is exact, else a quotient."""
    return exact(value)
