"""The import floors of pyproject.toml, and who may import what from outside."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "outcomelang"
MODULES = sorted(p for p in PACKAGE.rglob("*.py"))

ONLY_FROM = {
    "lark": {"surface/from_text.py", "surface/lexer.py", "surface/tables.py"},
    "sympy": {"formula/roundings.py", "formula/symbolic.py"},
    "duckdb": {"relational/duckdb_engine.py"},
    "pyspark": {"relational/spark_application.py", "relational/spark_engine.py"},
}


def test_each_floor_imports_only_from_floors_below() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def imported(path: Path) -> set[str]:
    """The top names of all packages that a module imports, anywhere in it."""
    found = set[str]()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("outside", ONLY_FROM)
def test_one_module_alone_knows_an_outside_package(outside: str) -> None:
    users = {p.relative_to(PACKAGE).as_posix() for p in MODULES if outside in imported(p)}
    assert users <= ONLY_FROM[outside]


def test_the_package_needs_what_it_declares_and_nothing_else() -> None:
    outside = set.union(*map(imported, MODULES)) - set(sys.stdlib_module_names) - {"outcomelang", "__future__"}
    extras = {"narwhals", "pyarrow", "python_calamine", "sympy", "duckdb", "sqlglot", "pyspark", "py4j"}
    assert outside <= {"attrs", "lark"} | extras


@pytest.mark.parametrize(
    ("package", "distribution", "module", "extra"),
    [
        ("narwhals", "narwhals", "frames.py", "dataframes"),
        ("pyarrow", "pyarrow", "parquet.py", "parquet"),
        ("python_calamine", "python-calamine", "workbook.py", "excel"),
    ],
)
def test_each_form_of_a_log_is_read_in_one_place_with_an_extra_of_its_own(
    package: str, distribution: str, module: str, extra: str
) -> None:
    assert {p.name for p in MODULES if package in imported(p)} == {module}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert any(one.startswith(distribution) for one in project["optional-dependencies"][extra])
    assert not any(one.startswith(distribution) for one in project["dependencies"])


def test_queries_are_built_in_the_relational_plan_alone() -> None:
    users = {p.relative_to(PACKAGE).parts[0] for p in MODULES if "sqlglot" in imported(p)}
    assert users <= {"relational"}
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert all(any(one.startswith("sqlglot") for one in extras[extra]) for extra in ("fast", "spark"))


def test_no_module_imports_relatively() -> None:
    relative = [
        p.name
        for p in MODULES
        for node in ast.walk(ast.parse(p.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []
