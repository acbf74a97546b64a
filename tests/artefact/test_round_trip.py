"""The artefact and the core are two forms of one value."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path

import attrs
import pytest
from jsonschema import Draft202012Validator

from outcomelang.core import ir
from outcomelang.core.artefact import digest, from_json, to_json
from outcomelang.core.artefact_schema import text
from outcomelang.core.codec import shape

AnyCore = Callable[[int], ir.Contract]
SEEDS = range(60)
WITHOUT_EFFECT = {"purpose", "examples", "acceptances", "assumptions", "costs", "benefits"}
"""What changes no payment, and has no part in the digest."""


@cache
def validator() -> Draft202012Validator:
    schema = json.loads(files("outcomelang").joinpath("schema/artefact.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_core_read_back_is_the_same_core(seed: int, any_core: AnyCore) -> None:
    core = any_core(seed)
    again = from_json(to_json(core))
    assert again == core
    assert to_json(again) == to_json(core)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_artefact_fits_the_shipped_schema(seed: int, any_core: AnyCore) -> None:
    problems = [
        e.json_path + ": " + e.message[:200] for e in validator().iter_errors(json.loads(to_json(any_core(seed))))
    ]
    assert problems == []


def test_the_shipped_schema_is_the_one_that_the_classes_give() -> None:
    shipped = files("outcomelang").joinpath("schema/artefact.schema.json").read_text("utf-8")
    assert shipped == text(), "python -m outcomelang.core.artefact_schema > outcomelang/schema/artefact.schema.json"


def test_random_cores_hold_every_class_of_the_core(any_core: AnyCore) -> None:
    written = "".join(to_json(any_core(seed)) for seed in range(200))
    defined = json.loads(text())["$defs"]
    assert [name for name in defined if name != "Origin" and f'"is":"{name}"' not in written] == []


def test_every_class_of_the_core_can_stand_in_a_contract() -> None:
    nodes = {
        name for name, cls in vars(ir).items() if attrs.has(cls) and issubclass(cls, ir.Node) and cls is not ir.Node
    }
    assert nodes <= set(json.loads(text())["$defs"])


def test_the_origin_is_carried_and_is_no_part_of_the_digest(any_core: AnyCore) -> None:
    core = any_core(3)
    moved = attrs.evolve(core, origin=ir.Origin("elsewhere.outcome", 7, 1, 7, 9, "2.1"))
    assert digest(moved) == digest(core)
    assert from_json(to_json(moved)).origin == moved.origin


def test_what_changes_no_payment_is_no_part_of_the_digest(any_core: AnyCore) -> None:
    core = any_core(4)
    other = attrs.evolve(core, examples=(), acceptances=(), purpose="other", costs=(), benefits=(), assumptions=())
    assert digest(other) == digest(core)


@pytest.mark.parametrize("seed", range(10))
def test_every_other_change_changes_the_digest(seed: int, any_core: AnyCore) -> None:
    core = any_core(seed)
    for name in sorted(set(shape(ir.Contract)) - WITHOUT_EFFECT):
        value = getattr(core, name)
        other: object = value + "x" if isinstance(value, str) else None
        if isinstance(value, tuple):
            other = value[1:] if value else (ir.Party("New", "party"),)
        elif isinstance(value, int):
            other = value + 1
        elif value is None:
            other = 7 if name == "value" else date(2001, 1, 1)
        assert digest(attrs.evolve(core, **{name: other})) != digest(core), name


def test_a_value_says_what_kind_it_is() -> None:
    def kept(value: Fraction | date | str) -> object:
        expected = ir.GivenValue("Stage", "", ir.Const(value, ir.Unit.LABEL))
        core = contract(examples=(ir.Example("x", (expected,), ()),))
        again = from_json(to_json(core)).examples[0].givens[0]
        assert isinstance(again, ir.GivenValue)
        return again.value.value

    assert kept("1/2") == "1/2"
    assert kept(Fraction(1, 2)) == Fraction(1, 2)
    assert kept("2012-01-09") == "2012-01-09"
    assert kept(date(2012, 1, 9)) == date(2012, 1, 9)


def test_a_whole_number_and_its_fraction_are_one_value() -> None:
    def with_price(price: Fraction) -> ir.Contract:
        return contract(measures=(ir.Measure("M", ir.Whole(), ir.Const(price, ir.Unit.MONEY), ir.Unit.MONEY),))

    assert to_json(with_price(3)) == to_json(with_price(Fraction(3)))  # type: ignore[arg-type]


def contract(**more: object) -> ir.Contract:
    empty = {name: () for name, (a, _) in shape(ir.Contract).items() if a.default is attrs.NOTHING}
    plain = {
        "title": "T",
        "currency": "GBP",
        "minor_digits": 2,
        "first_day": None,
        "last_day": None,
        "last_claim": None,
    }
    return ir.Contract(**{**empty, **plain, "value": None, **more})  # type: ignore[arg-type]


def test_the_digest_of_a_contract_never_changes_by_accident() -> None:
    assert digest(contract()) == DIGEST


DIGEST = "a331ea26bf99596585ccb82e7ea3f8563f8347625dbb203b3efc10f15d18eacd"


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path, any_core: AnyCore) -> None:
    (tmp_path / "a.json").write_text(to_json(any_core(5)), "utf-8")
    read = "from_json(pathlib.Path('a.json').read_text('utf-8'))"
    code = f"from outcomelang.core.artefact import *; import pathlib; print(to_json({read}), end='')"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert outputs == {(tmp_path / "a.json").read_bytes()}
