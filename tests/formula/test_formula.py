"""Formulas of small contracts, as text and as SymPy objects."""

from __future__ import annotations

import sympy

from outcomelang import compile_contract
from outcomelang.formula.deriving import formulas
from outcomelang.formula.notation import written

HOMES = """
contract "Homes that last"
commissioner Council
provider Charity
currency GBP
term beginning on 1 April 2024 and ending on 31 March 2026
claims up to and including 30 September 2026
participant Person (People), joins on Referral between 1 April 2024 and 31 March 2025, once, selected by the Council,
  up to 100
event Referral of a Person is an input, recorded by the Council
event Moving In of a Person is an outcome, recorded by the Council, more is better
outcome Housed of a Person
  when a Moving In occurs
  within 6 months of Referral
  once
payment Start Fee: the Council pays the Charity £100 for each Person
payment Home Fee: the Council pays the Charity £900 for each Housed
limit Home Fee to £50,000; earliest first; the excess is not paid
"""


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
