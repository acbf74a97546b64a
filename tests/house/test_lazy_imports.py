"""What a command does not need is not loaded: start-up is part of the product."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "sympy",
    "duckdb",
    "sqlglot",
    "z3",
    "pyspark",
    "rich",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "ibis",
    "cyclopts",
}
SEE = "import sys; print(*sorted(n.partition('.')[0] for n in sys.modules))"


def loaded(code: str, cwd: Path) -> set[str]:
    done = subprocess.run([sys.executable, "-c", f"{code}\n{SEE}"], cwd=cwd, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_library_loads_nothing_else(tmp_path: Path) -> None:
    new = loaded("import outcomelang; dir(outcomelang)", tmp_path) - loaded("pass", tmp_path)
    assert new - {"__future__", "typing", "collections", "re", "enum"} <= {"outcomelang"} | set(sys.stdlib_module_names)
    assert not new & {"attrs", "attr", "lark", "argparse"}


def test_help_loads_neither_parser_nor_attrs(tmp_path: Path) -> None:
    assert not loaded("from outcomelang.cli import main; main(['--help'])", tmp_path) & {"attr", "lark"}


@pytest.mark.parametrize("verb", ["check", "test"])
def test_a_light_verb_loads_nothing_heavy(verb: str, tmp_path: Path) -> None:
    code = f"from outcomelang.cli import main; main(['new', 'a.outcome']); assert main(['{verb}', 'a.outcome']) == 0"
    assert not loaded(code, tmp_path) & HEAVY


def test_check_of_a_contract_with_mistakes_of_form_computes_nothing(tmp_path: Path) -> None:
    """Loopholes are shown by histories that the evaluator pays: only a contract that compiles loads it."""
    unused = ("outcomelang.evaluation", "outcomelang.exposure", "outcomelang.core.codec", "outcomelang.prose")
    see = f"import sys; assert not [n for n in sys.modules if n.startswith({unused})]"
    (tmp_path / "a.outcome").write_text('contract "No more than a title"\n', "utf-8")
    loaded(f"from outcomelang.cli import main; assert main(['check', 'a.outcome']) == 1\n{see}", tmp_path)


def test_check_of_a_sound_contract_reads_no_artefact_and_writes_no_prose(tmp_path: Path) -> None:
    unused = ("outcomelang.core.codec", "outcomelang.prose", "outcomelang.report.sarif", "outcomelang.report.junit")
    see = f"import sys; assert not [n for n in sys.modules if n.startswith({unused})]"
    loaded(
        f"from outcomelang.cli import main; main(['new', 'a.outcome']); main(['check', 'a.outcome'])\n{see}", tmp_path
    )


def test_the_library_checks_mistakes_of_form_without_the_rules(tmp_path: Path) -> None:
    unused = ("outcomelang.evaluation.reference", "outcomelang.loopholes", "outcomelang.histories")
    see = f"import sys; assert not [n for n in sys.modules if n.startswith({unused})]"
    loaded(f"import outcomelang; assert outcomelang.check('contract \\'A\\'\\n')\n{see}", tmp_path)
