"""The functions that docs/real-data.md shows: the page is their only source, and these tests try them further."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "real-data.md"


@pytest.fixture(scope="session")
def definitions() -> SimpleNamespace:
    """What the page imports, its constants and its functions; what it prints is tried with the page itself."""
    names: dict[str, object] = {}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        kept = [statement for statement in ast.parse(block).body if defines(statement)]
        exec(compile(ast.Module(kept, type_ignores=[]), str(PAGE), "exec"), names)
    return SimpleNamespace(**names)


def defines(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef():
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name.isupper()
    return False


@pytest.fixture
def page(definitions: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.chdir(ROOT)
    return definitions
