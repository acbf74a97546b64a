"""Text of a contract is never code: not in Python, SymPy, LaTeX or a shell; and what has no end is refused in time."""

from __future__ import annotations

import ast
import builtins
import json
import runpy
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

from outcomelang import ContractError, compile_contract
from outcomelang.core import ir
from outcomelang.formula import latex, text
from outcomelang.formula.deriving import formulas
from outcomelang.formula.json_tree import document
from outcomelang.formula.naming import safe
from outcomelang.formula.python_source import module
from outcomelang.formula.symbolic import source, symbolic

from .contracts import HOMES

PACKAGE = Path(__file__).resolve().parents[2] / "outcomelang"
HOSTILE = (
    "__import__('os').system('touch pwned')",
    "x; import os",
    '"""\nimport os\n"""',
    "lambda: exit()",
    "\\input{/etc/passwd}",
    "$(touch pwned)`touch pwned`",
    "}\\end{document}\\write18{touch pwned}",
    "S.Zero",
    "\u202eevil\x1b[2J\x07",
    "a' + open('pwned', 'w').name + 'b",
    "名前",
    "",
    "%\n\\def\\x{\\x}\\x",
)


def renamed(name: str) -> ir.Contract:
    """The contract with a name in every place where a text of its author can stand."""
    core = compile_contract(HOMES).core
    flows = tuple(evolve(flow, name=name + flow.name[:1], card=name, amount=flow.amount) for flow in core.flows)
    stages = tuple(
        evolve(stage, title=name, flows=(flows[1].name,), origin=evolve(stage.origin, clause=name))
        for stage in core.stages
        if isinstance(stage, ir.MoneyLimit)
    )
    return evolve(core, title=name, currency="GBP", flows=flows, stages=stages)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_of_a_contract_is_ever_code(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    found = formulas(renamed(name))

    def never(*_: object, **__: object) -> None:
        raise AssertionError("text was run")

    with monkeypatch.context() as watched:
        watched.setattr(builtins, "eval", never)
        watched.setattr("sympy.parsing.sympy_parser.parse_expr", never)
        made = symbolic(found)
        written = source(made)
        shown = text.page(found) + latex.fragment(found) + document(found, "")
    assert all(symbol.isidentifier() and symbol.isascii() for symbol in made.symbols)
    assert "\x1b" not in shown
    (tmp_path / "amounts.py").write_text(module(found), "utf-8")
    run = runpy.run_path(str(tmp_path / "amounts.py"))
    assert run["CONTRACT"] == name
    assert run["total"](n_start=1, n_home=1) == 1000 if "n_start" in made.symbols else run["FORMULAS"]
    assert json.loads(document(found, ""))["contract"] == name
    compile(written, "formula", "exec")
    assert [each.name for each in tmp_path.iterdir()] == ["amounts.py"]
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("name", HOSTILE)
def test_latex_prints_text_as_it_stands(name: str) -> None:
    """Every backslash that the text brings in is the name of a sign; brackets stay in pairs."""
    said = latex.escaped(name)
    for sign in latex.SIGNS:
        said = said.replace(sign, "")
    assert not set(said) & set("\\{}$&#%_^~")
    assert all(mark.isprintable() for mark in said)


@pytest.mark.parametrize("name", [*HOSTILE, "Job Outcome Fee", "x" * 500, "Straße 1/2", "class", "É clair"])
def test_a_safe_name_is_made_of_letters_digits_and_underscores(name: str) -> None:
    assert not set(safe(name)) - set("abcdefghijklmnopqrstuvwxyz0123456789_")
    assert len(safe(name)) <= 60


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            yield (
                called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
            )


def test_nothing_in_the_package_turns_text_into_code() -> None:
    banned = {"eval", "exec", "sympify", "parse_expr", "parse_latex", "lambdify", "system", "popen", "__import__"}
    found = {p.relative_to(PACKAGE).as_posix(): banned & set(calls(p)) for p in PACKAGE.rglob("*.py")}
    assert {name: used for name, used in found.items() if used} == {}
    shells = [p.name for p in PACKAGE.rglob("*.py") if "subprocess" in p.read_text("utf-8")]
    assert shells == ["java.py"], "it asks a Java for its version, and no text of a contract passes there"
    java = next(PACKAGE.rglob("java.py")).read_text("utf-8")
    assert "shell=" not in java


# ---------------------------------------------------------------- what has no end


def term(number: int) -> str:
    """A name of two letters."""
    return f"Val {chr(65 + number // 26)}{chr(97 + number % 26)}q"


def chain(first: str, step: str, length: int) -> str:
    lines = [f"define {term(0)} as {first}"]
    lines += [f"define {term(n)} as {step.format(before=term(n - 1), n=n)}" for n in range(1, length)]
    fee = f"payment Chain Fee: the Council pays the Charity £1 for each {term(length - 1)}"
    return HOMES + "\n".join([*lines, fee, "rounding each amount to the nearest penny, half up"]) + "\n"


@pytest.mark.parametrize(
    "contract",
    [
        chain("the number of Housed", "{before} plus {before}", 40),
        chain("9999999", "{before} times {before}", 40),
        chain("the number of Housed", "the lesser of {before} plus 1 and {n}", 300),
    ],
    ids=["doubled again and again", "a huge power", "deep"],
)
def test_definitions_without_end_are_refused_in_time(contract: str) -> None:
    begun = time.monotonic()
    with pytest.raises(ContractError, match="Nobody can follow"):
        compile_contract(contract)
    assert time.monotonic() - begun < 10


def test_many_limits_on_one_another_end_in_time_with_a_reason() -> None:
    number = 120
    lines = [f"payment {term(n)} Fee: the Council pays the Charity £{n + 1} for each Housed" for n in range(number)]
    for n in range(1, number):
        names = " and ".join(f"{term(k)} Fee" for k in range(n + 1))
        lines.append(f"limit {names} to £{5000 - n}; earliest first; the excess is not paid")
    contract = compile_contract(HOMES + "\n".join(lines) + "\n").core
    begun = time.monotonic()
    found = formulas(contract)
    made = text.page(found) + latex.fragment(found) + module(found) + source(symbolic(found))
    assert time.monotonic() - begun < 20
    assert len(made) < 2_000_000
    assert "written out it would be too long for anybody to read" in {each.because for each in found.without}
