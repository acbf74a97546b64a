"""The wheel holds all that the commands need: it is built, installed in a clean environment and run elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

WITH_LIBRARY = next(
    block.partition("```")[0]
    for block in (ROOT / "docs" / "standard-library.md").read_text("utf-8").split("```outcome\n")[1:]
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with the build backend that is installed here: nothing is fetched."""
    place = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, ROOT, cwd=place)
    (built,) = place.glob("*.whl")
    return built


def test_the_wheel_holds_grammar_library_schema_and_types(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "py.typed",
        "schema/artefact.schema.json",
        "schema/configuration.schema.json",
        "loopholes/clean.outcome",
        "_grammar/outcome.lark",
        "surface/tables.json",
    ):
        assert f"outcomelang/{wanted}" in names
    shipped = {p.name for p in (ROOT / "stdlib").glob("*.outcome")}
    assert {Path(n).name for n in names if n.startswith("outcomelang/_stdlib/") and n.endswith(".outcome")} == shipped
    schemes = {p.parent.name for p in (ROOT / "contracts").glob("*/contract.outcome")}
    assert {Path(n).parent.name for n in names if n.startswith("outcomelang/_contracts/")} == schemes
    assert not [
        n
        for n in names
        if n.startswith("outcomelang/_contracts/")
        and not n.endswith(("/contract.outcome", "/contract.review", "-holidays.csv"))
    ]
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "contracts/")) or "__pycache__" in name]


def test_the_wheel_runs_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "clean", cwd=tmp_path)
    binaries = tmp_path / "clean" / "bin"
    run(binaries / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    outcomelang = binaries / "outcomelang"
    assert run(outcomelang, "--version", cwd=tmp_path, env=clean) == "outcomelang 0.1.0\n"
    run(outcomelang, "new", "a.outcome", cwd=tmp_path, env=clean)
    assert run(outcomelang, "check", "a.outcome", cwd=tmp_path, env=clean) == ""
    run(outcomelang, "test", "a.outcome", cwd=tmp_path, env=clean)
    run(outcomelang, "new", "steady.outcome", "--from", "clean", cwd=tmp_path, env=clean)
    assert "proved" in run(outcomelang, "check", "steady.outcome", "--format", "markdown", cwd=tmp_path, env=clean)
    (tmp_path / "work.outcome").write_text(WITH_LIBRARY, "utf-8")
    run(outcomelang, "check", "work.outcome", "--fail-on", "error", cwd=tmp_path, env=clean)
    run(outcomelang, "test", "work.outcome", cwd=tmp_path, env=clean)
    assert "employment" in run(outcomelang, "new", "--list", cwd=tmp_path, env=clean)
    for name in ("work-programme", "employment"):
        run(outcomelang, "new", f"from-{name}.outcome", "--from", name, cwd=tmp_path, env=clean)
        run(outcomelang, "check", f"from-{name}.outcome", "--fail-on", "error", cwd=tmp_path, env=clean)
    assert run(outcomelang, "explain", "unknown-name", cwd=tmp_path, env=clean)
    home = run(binaries / "python", "-c", "import outcomelang; print(outcomelang.__file__)", cwd=tmp_path, env=clean)
    assert Path(home.strip()).is_relative_to(tmp_path)
