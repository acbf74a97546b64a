"""Formulas of small contracts, as text and as SymPy objects."""

from __future__ import annotations

import sympy

from outcomelang import compile_contract
from outcomelang.formula.deriving import formulas
from outcomelang.formula.notation import written

from .contracts import HOMES


def test_a_payment_is_its_price_times_what_is_counted_up_to_its_limit() -> None:
    found = formulas(compile_contract(HOMES).core)
    assert [each.name for each in found.payments] == ["Start Fee", "Home Fee"]
    start, home = (each.due for each in found.payments)
    assert start is not None and home is not None
    assert written(start) == "100 × n_start_fee"
    assert written(home) == "min(900 × n_home_fee, 50000)"
    assert found.symbol("n_home_fee").said == "the number of achievements of Housed for which the Home Fee is earned"


def test_sympy_objects_are_ready_for_use() -> None:
    found = compile_contract(HOMES).formula()
    n = found.symbols["n_home_fee"]
    assert n.is_integer and n.is_nonnegative
    assert found.due["Start Fee"].diff(found.symbols["n_start_fee"]) == 100
    assert found.due["Home Fee"].subs(n, 60) == 50_000
    assert sympy.lambdify([n], found.due["Home Fee"], "math")(10) == 9000
    assert sympy.latex(found.due["Home Fee"])
