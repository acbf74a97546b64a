"""The two commands of the README and CI's are one script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_readme_opens_with_exactly_two_commands_of_the_script() -> None:
    _, block, *_ = (ROOT / "README.md").read_text("utf-8").split("```")
    commands = block.strip().replace("\\\n", " ").splitlines()[1:]
    assert [" ".join(command.split()[:3]) for command in commands] == [
        "python3 develop.py run",
        "python3 develop.py test",
    ]


def test_ci_runs_the_second_command() -> None:
    assert "python3 develop.py test" in (ROOT / ".ci" / "run").read_text("utf-8")
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_script_needs_nothing_but_python() -> None:
    done = subprocess.run([sys.executable, "-I", "-S", ROOT / "develop.py"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "python3 develop.py test" in done.stderr
