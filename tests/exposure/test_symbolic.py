"""Marginal prices, limits and rates of success: the slope of every formula, and figures worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest

from outcomelang.cli.sensitivity_chart import chart
from outcomelang.cli.symbolic_text import symbolic_text
from outcomelang.compiler import compile_path, compile_text
from outcomelang.core import ir
from outcomelang.exposure.sensitivity import sensitivity
from outcomelang.exposure.symbolic import Symbolic, symbolic
from outcomelang.formula import expression as ex
from outcomelang.formula.evaluating import Values, value
from outcomelang.formula.marginal import marginal, put, settled, unindexed

from ..homes import homes

ROOT = Path(__file__).parents[2] / "contracts"
FILES = sorted(ROOT.glob("*/contract.outcome"))
each_contract = pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)

X, Y = ex.Ref("x"), ex.Ref("y")


@cache
def found(path: Path) -> Symbolic:
    return symbolic(compile_path(path).core)


def small(terms: str) -> ir.Contract:
    return compile_text(homes(terms, people=40)).core


# ---------------------------------------------------------------- slopes


@each_contract
def test_a_marginal_price_is_the_slope_of_what_is_due(path: Path) -> None:
    of, random, looked = found(path), Random(7), 0
    for each in of.marginals:
        whole = smooth(of.whole) if not each.before_limits else smooth(of.formulas.payments[0].earned or ex.NOTHING)
        if each.before_limits or each.symbol.index:
            continue
        for _ in range(8):
            at = some_values(of, random)
            step = Fraction(1, 10**9)
            further = Values({**at.single, each.symbol.name: at.single[each.symbol.name] + step}, at.many, at.keys)
            try:
                rise = (value(whole, further) - value(whole, at)) / step
                price = value(smooth(each.price), at)
            except ZeroDivisionError:
                continue
            if abs(rise) < 10**7 or not each.jumps:  # a jump is no slope
                assert abs(rise - price) <= abs(price) * Fraction(1, 10**4) + Fraction(1, 10**3), each.symbol.name
                looked += 1
    single = [each for each in of.marginals if not each.symbol.index and not each.before_limits]
    assert looked or not single


def some_values(of: Symbolic, random: Random) -> Values:
    """Any value of each symbol, each index with two instances."""
    single, many = {}, {}
    keys = {index.name: ((1,), (2,)) for index in of.formulas.indices}
    for each in of.formulas.symbols:
        most = 1 if each.unit in ("0 or 1", "fraction") else random.choice((3, 100, 10_000))
        if each.index:
            many[each.name] = {key: Fraction(random.randint(0, most)) for key in keys[each.index]}
        else:
            single[each.name] = Fraction(random.randint(0 if most > 1 else 1, most))
    return Values(single, many, keys)


def smooth(of: ex.Expression) -> ex.Expression:
    """Without roundings: a slope looks through them."""
    made = _smooth(of)
    assert isinstance(made, ex.Expression)
    return made


def _smooth(of: object) -> object:
    if isinstance(of, ex.Rounding):
        return _smooth(of.of)
    if isinstance(of, tuple):
        return tuple(map(_smooth, of))
    if isinstance(of, ex.Tree):
        return type(of)(*(_smooth(getattr(of, field)) for field in of.__match_args__))
    return of


def test_on_the_line_of_a_limit_the_slope_is_that_of_the_next_one() -> None:
    price = marginal(ex.least(ex.times(ex.number(5), X), ex.number(100)), "x")
    assert [value(price, Values({"x": Fraction(n)})) for n in (0, 19, 20, 21)] == [5, 5, 0, 0]
    floor = marginal(ex.greatest(ex.times(ex.number(5), X), ex.number(100)), "x")
    assert [value(floor, Values({"x": Fraction(n)})) for n in (0, 19, 20, 21)] == [0, 0, 5, 5]


def test_two_that_rise_are_the_lesser_slope_where_they_meet() -> None:
    price = marginal(ex.least(ex.times(ex.number(3), X), ex.plus(X, Y)), "x")
    assert [value(price, Values({"x": Fraction(n), "y": Fraction(4)})) for n in (1, 2, 3)] == [3, 1, 1]


def test_a_quotient_has_the_slope_of_a_quotient() -> None:
    price = marginal(ex.Quotient(X, ex.plus(X, Y)), "x")
    assert value(price, Values({"x": Fraction(1), "y": Fraction(3)})) == Fraction(3, 16)


def test_what_is_put_in_settles_cases_and_divides_by_nothing_only_where_a_case_lets_it() -> None:
    guarded = ex.cases([(ex.Relation(Y, "!=", ex.NOTHING), ex.Quotient(X, Y))], ex.number(7))
    assert put(guarded, {"y": Fraction(0)}) == ex.number(7)
    assert put(guarded, {"x": Fraction(6), "y": Fraction(2)}) == ex.number(3)
    both = ex.All((ex.Relation(Y, ">", ex.NOTHING), ex.Relation(X, ">", ex.NOTHING)))
    assert settled(both) is None
    assert settled(ex.Not(ex.Relation(ex.ONE, "<", ex.NOTHING))) is True
    assert unindexed(ex.Ref("x", "i")) == X


# ---------------------------------------------------------------- figures worked out by hand


def test_a_limit_binds_from_so_many_of_each_alone() -> None:
    of = symbolic(small("limit all payments to £10,000; earliest first; the excess is not paid"))
    (limit,) = of.limits
    assert limit.stage is not None
    assert {each.symbol.name: each.number for each in limit.alone} == {"n_start_fee": 100, "n_home_fee": 12}
    assert [
        value(each.price, Values({"n_start_fee": Fraction(10), "n_home_fee": Fraction(9)})) for each in of.marginals
    ] == [
        100,
        900,
    ]
    assert {
        value(each.price, Values({"n_start_fee": Fraction(10), "n_home_fee": Fraction(10)})) for each in of.marginals
    } == {0}


def test_without_any_outcome_the_heads_are_left() -> None:
    of = symbolic(small(""))
    assert of.idle == ex.times(ex.number(100), ex.Ref("n_start_fee"))
    assert [each.name for each in of.outcomes] == ["n_home_fee"]
    assert of.unclear == ()


def test_the_table_goes_from_nobody_to_everybody() -> None:
    of = symbolic(small("limit all payments to £10,000; earliest first; the excess is not paid"))
    along = sensitivity(of, Fraction(20))
    assert [point.due for point in along.points] == [2000 + 1800 * n if n < 5 else 10_000 for n in range(11)]
    assert [bool(point.binding) for point in along.points] == [n > 4 for n in range(11)]
    assert sensitivity(of).people == 40


def test_what_is_not_said_is_asked_for_by_name() -> None:
    of = found(ROOT / "rhino-bond" / "contract.outcome")
    along = sensitivity(of)
    assert [each.name for each in along.missing] == ["x_first_count", "x_last_count"]
    given = {"x_first_count": Fraction(100), "x_last_count": Fraction(103)}
    assert {point.due for point in sensitivity(of, None, given).points} == {Fraction("73.38") * 150_000}


@each_contract
def test_every_contract_is_told_in_lines_that_fit(path: Path) -> None:
    of = found(path)
    along = sensitivity(of)
    text = symbolic_text(of, (), along)
    assert max(map(len, text.splitlines())) <= 100
    assert all(f"{each.symbol.name}" in text for each in of.marginals)
    assert ("Without closed form" in text) == bool(of.without)


def drawn() -> Iterator[tuple[Path, str]]:
    for path in FILES:
        along = sensitivity(found(path), None, None, 100)
        if along.points and any(point.due for point in along.points):
            yield path, chart(found(path), along)


def test_a_picture_is_well_formed_and_holds_nothing_from_elsewhere() -> None:
    pictures = dict(drawn())
    assert len(pictures) >= 10
    for picture in pictures.values():
        root = ElementTree.fromstring(picture)
        assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {
            "svg", "title", "desc", "style", "rect", "text", "line", "polyline", "circle",
        }  # fmt: skip
        assert picture.count("http") == 1, "the name of SVG alone"
