"""With the counts of a log put in, every formula gives what the evaluator pays: as algebra, in SymPy and in Python."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from outcomelang import compile_contract
from outcomelang.core import ir
from outcomelang.evaluation.examples import stipulate
from outcomelang.evaluation.log import read_log
from outcomelang.formula.deriving import Formulas, formulas
from outcomelang.formula.evaluating import Values
from outcomelang.formula.python_source import module
from outcomelang.substitution.agreement import Substituted, on, substituted

CONTRACTS = Path(__file__).resolve().parents[2] / "contracts"
FILES = sorted(CONTRACTS.glob("*/*.outcome"))

each_contract = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")


@cache
def core(path: Path) -> ir.Contract:
    return compile_contract(path).core


def logs(path: Path) -> Iterator[tuple[Path, date | None]]:
    """The logs of the examples that a contract is for, with the day of their accounts."""
    for events in sorted(path.parent.glob("*/events.csv")):
        own = path.parent / f"{events.parent.name}.outcome"
        if own == path or (path.stem == "contract" and not own.exists()):
            day = events.parent / "as-of.txt"
            yield events, date.fromisoformat(day.read_text("utf-8").strip()) if day.exists() else None


def disagreements(found: Substituted) -> list[str]:
    """What differs, of all that is decided on the day of the account."""
    return [
        f"{' and '.join(each.what) or 'total'} {each.until}: {each.formula} by formula, {each.due} due"
        for each in found.compared
        if not each.agrees and not (set(each.what) & set(found.waiting)) and (each.what or not found.waiting)
    ]


@each_contract
def test_on_every_log_of_the_library_a_formula_gives_what_is_due(path: Path) -> None:
    of = formulas(core(path))
    found = {events.parent.name: substituted(of, read_log(core(path), (events,)), day) for events, day in logs(path)}
    assert found
    assert {name: disagreements(each) for name, each in found.items() if disagreements(each)} == {}


@each_contract
def test_on_every_example_of_a_contract_a_formula_gives_what_is_due(path: Path) -> None:
    """What an example stipulates of a measure stands as a symbol; all else is written out."""
    for example in core(path).examples:
        kept = [given.name for given in example.givens if isinstance(given, ir.GivenValue)]
        of = formulas(core(path), kept)
        for expected in example.expects:
            found = on(of, *stipulate(core(path), example.givens, expected.as_of))
            assert disagreements(found) == [], example.title


# ---------------------------------------------------------------- the Python module, alone


RUN = """
import json, runpy, sys
from fractions import Fraction
module = runpy.run_path(sys.argv[1])
assert not [name for name in sys.modules if name.partition(".")[0] in ("outcomelang", "sympy", "attrs", "attr")]
for values in json.load(sys.stdin):
    read = {n: [Fraction(x) for x in v] if isinstance(v, list) else Fraction(v) for n, v in values.items()}
    given = {}
    for what, function in module["FORMULAS"].items():
        names = function.__code__.co_varnames[: function.__code__.co_kwonlyargcount]
        given["|".join(what)] = str(function(**{name: read[name] for name in names}))
    print(json.dumps(given))
"""


def as_json(of: Formulas, values: Values) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {name: str(value) for name, value in values.single.items()}
    for symbol in of.symbols:
        if symbol.index:
            many = values.many[symbol.name]
            found[symbol.name] = [str(many.get(key, Fraction(0))) for key in values.keys[symbol.index]]
    return found


@each_contract
def test_the_python_module_runs_alone_and_gives_the_same(path: Path, tmp_path: Path) -> None:
    of = formulas(core(path))
    (tmp_path / "amounts.py").write_text(module(of), "utf-8")
    found = [substituted(of, read_log(core(path), (events,)), day) for events, day in logs(path)]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", RUN, str(tmp_path / "amounts.py")],
        input=json.dumps([as_json(of, each.values) for each in found]),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    given = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(given) == len(found)
    for each, answers in zip(found, given, strict=True):
        for compared in (every for every in each.compared if not every.until):
            key = "|".join(("due", *compared.what)) if compared.what else "total"
            assert Fraction(answers[key]) == compared.formula
