"""Formulas in every format: what each says, that it is well-formed, and that it is the same every time."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
import sympy

from outcomelang import UsageError, compile_contract
from outcomelang.cli import main
from outcomelang.formula import expression as ex
from outcomelang.formula.deriving import Formulas, formulas, only
from outcomelang.formula.evaluating import Values, value
from outcomelang.formula.json_tree import document
from outcomelang.formula.latex import fragment
from outcomelang.formula.loading import sympy_source
from outcomelang.formula.python_source import module
from outcomelang.formula.roundings import RoundDown, RoundHalfEven, RoundHalfUp, RoundUp
from outcomelang.formula.symbolic import symbolic
from outcomelang.formula.text import page

from ..sampling import EVERYTHING
from .contracts import HOMES
from .test_agreement import FILES, each_contract

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "outcomelang" / "schema" / "formula.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
SIGNED = [path for path in FILES if path.stem in ("contract", "amended")]
VALIDATED = FILES if EVERYTHING else SIGNED
"""The formulas of a variant are of the same kinds; a validator takes long over each."""


def of(path: Path) -> Formulas:
    return formulas(compile_contract(path).core)


@each_contract
def test_the_json_is_valid_and_every_format_gives_the_same_bytes_again(path: Path) -> None:
    found, again = of(path), of(path)
    if path in VALIDATED:
        VALIDATOR.validate(json.loads(document(found, "")))
    for written in (page, fragment, module, sympy_source, lambda each: document(each, "")):
        assert written(found) == written(again)


@pytest.mark.parametrize("path", SIGNED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_sympy_agrees_with_the_tree_on_chosen_values(path: Path) -> None:
    """Every symbol a small number of its own: what SymPy computes is what the tree comes to."""
    found = of(path)
    made = symbolic(found)
    keys = (("a",), ("b",))
    single = {s.name: Fraction(n * 3 % 11) for n, s in enumerate(found.symbols, 2) if not s.index}
    many = {
        s.name: {key: Fraction((n * 5 + k) % 7) for k, key in enumerate(keys)}
        for n, s in enumerate(found.symbols, 1)
        if s.index
    }
    values = Values(single, many, {index.name: keys for index in found.indices})
    for payment in found.payments:
        if payment.due is not None:
            assert computed(made.due[payment.name], made, values) == value(payment.due, values)
    if found.total is not None:
        assert made.total is not None
        assert computed(made.total, made, values) == value(found.total, values)


def computed(of: sympy.Expr, made: object, values: Values) -> Fraction:
    symbols, sizes = made.symbols, made.sizes  # type: ignore[attr-defined]
    whole = of.subs(dict.fromkeys(sizes.values(), 2)).doit()
    put = {
        symbols[name][k]: rational(number)
        for name, by_key in values.many.items()
        for k, number in enumerate(by_key.values(), 1)
    }
    put |= {symbols[name]: rational(number) for name, number in values.single.items()}
    found = sympy.Rational(whole.xreplace(put).doit())
    return Fraction(int(found.p), int(found.q))


def rational(number: Fraction) -> sympy.Rational:
    return sympy.Rational(number.numerator, number.denominator)


def test_the_sympy_source_builds_the_same_objects() -> None:
    found = formulas(compile_contract(HOMES).core)
    built: dict[str, object] = {}
    exec(sympy_source(found), built)
    made = symbolic(found)
    assert (built["due"], built["earned"], built["total"]) == (made.due, made.earned, made.total)


@pytest.mark.parametrize(
    ("function", "mode"),
    [(RoundDown, "down"), (RoundUp, "up"), (RoundHalfUp, "half up"), (RoundHalfEven, "half even")],
)
def test_a_rounding_is_exact_on_numbers_and_stays_on_symbols(function: type[sympy.Function], mode: str) -> None:
    x = sympy.Symbol("x", real=True)
    penny = sympy.Rational(1, 100)
    assert function(x, penny).has(function)
    for thousandths in range(-2500, 2500, 5):
        exact = ex.rounded(Fraction(thousandths, 1000), mode, Fraction(1, 100))
        assert function(sympy.Rational(thousandths, 1000), penny) == rational(exact)
    assert sympy.lambdify([x], function(x, penny))(Fraction(1, 3)) == ex.rounded(Fraction(1, 3), mode, Fraction(1, 100))


def test_a_derivative_is_the_price_of_one_more() -> None:
    made = compile_contract(HOMES.replace("Charity £900", "Charity £900.50")).formula()
    n = made.symbols["n_home_fee"]
    marginal = made.without_rounding(made.due["Home Fee"]).diff(n)
    assert marginal.subs(n, 10) == sympy.Rational("900.5")
    assert marginal.subs(n, 100) == 0
    assert made.meaning(n) == "the number of achievements of Housed for which the Home Fee is earned"


# ---------------------------------------------------------------- the command


@pytest.fixture
def homes(tmp_path: Path) -> str:
    (tmp_path / "homes.outcome").write_text(HOMES, "utf-8")
    return str(tmp_path / "homes.outcome")


@pytest.mark.parametrize("form", ["text", "latex", "sympy", "python", "json"])
def test_the_command_writes_every_format(form: str, homes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formula", homes, "--format", form]) == 0
    said = capsys.readouterr()
    assert "n_home_fee" in said.out or "n_{\\text{Home Fee}}" in said.out
    assert said.err == ""


def test_one_payment_is_shown_alone_with_its_symbols(homes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formula", homes, "--payment", "Start Fee"]) == 0
    shown = capsys.readouterr().out
    assert "100 × n_start_fee" in shown
    assert "n_home_fee" not in shown
    assert main(["formula", homes, "--payment", "Stat Fee"]) == 2
    assert "Start Fee" in capsys.readouterr().err


def test_a_definition_may_stay_a_symbol(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rates.outcome"
    lines = "define Success Rate as the proportion of People with a Moving In\n"
    lines += "payment Rate Fee: the Council pays the Charity £100 for each percentage point of the Success Rate,\n"
    lines += "  parts in proportion\n"
    path.write_text(HOMES + lines + "rounding each amount to the nearest penny, half up\n", "utf-8")
    assert main(["formula", str(path), "--payment", "Rate Fee", "--keep", "Success Rate"]) == 0
    assert "10000 × x_success_rate" in capsys.readouterr().out
    assert main(["formula", str(path), "--payment", "Rate Fee"]) == 0
    assert "n_person" in capsys.readouterr().out
    assert main(["formula", str(path), "--keep", "Succes Rate"]) == 2
    assert "Success Rate" in capsys.readouterr().err


def test_what_is_asked_for_of_several_comes_with_the_limit_they_share() -> None:
    text = HOMES.replace("limit Home Fee to", "limit all payments to")
    found = only(formulas(compile_contract(text).core), ("Start Fee",))
    assert [each.payments for each in found.shared] == [("Start Fee", "Home Fee")]
    assert found.total is None
    assert {each.name for each in found.symbols} == {"n_start_fee", "n_home_fee"}


def test_without_sympy_the_line_that_installs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sympy", None)
    contract = compile_contract(HOMES)
    with pytest.raises(UsageError, match="SymPy"):
        contract.formula()
    found = formulas(contract.core)
    assert page(found) and module(found) and fragment(found) and document(found, "")


def test_how_much_of_the_library_has_a_closed_form(capsys: pytest.CaptureFixture[str]) -> None:
    """Measured: alone, together with those whose limit is shared, up to a step, or none; every gap with its reason."""
    alone = together = partly = none = 0
    for path in FILES:
        found = of(path)
        reasons = {name for each in found.without for name in each.payments}
        for payment in found.payments:
            if payment.due is not None:
                alone += 1
                continue
            assert payment.name in reasons, f"{path}: {payment.name}"
            if any(payment.name in shared.payments for shared in found.shared):
                together += 1
            elif payment.earned is not None:
                partly += 1
            else:
                none += 1
    with capsys.disabled():
        print(f"\nformulas of the library: {alone} alone, {together} together, {partly} up to a step, {none} none")
    assert none == 0
    assert alone + together >= 0.9 * (alone + together + partly)
