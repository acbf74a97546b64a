"""The recipe of docs/review.md, in a repository of its own: a commit that worsens a contract is stopped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .test_check import CLEAN, FEE, NAME

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "review.md").read_text("utf-8")
HOOK = next(block for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) if block.startswith("#!"))
SETTINGS = next(block for block in re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL))
BEFORE = next(block for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) if "--write-baseline" in block)

Git = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """`git` in a new repository, with `outcomelang` on the path and nothing of this machine's settings."""
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "outcomelang").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m outcomelang "$@"\n', "utf-8")
    (commands / "outcomelang").chmod(0o755)
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    env |= {"PATH": f"{commands}{os.pathsep}{env['PATH']}", "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}
    env |= {f"GIT_{who}_{what}": "a@b.invalid" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    place = tmp_path / "repository"
    place.mkdir()

    def run(*words: str, shell: str = "") -> subprocess.CompletedProcess[str]:
        command = ["sh", "-c", shell] if shell else ["git", *words]
        return subprocess.run(command, cwd=place, env=env, capture_output=True, encoding="utf-8")

    assert run("init", "--quiet").returncode == 0
    return run


@pytest.fixture
def contract(tmp_path: Path, git: Git) -> Path:
    """A signed contract with a loophole that is known, in a repository with the hook."""
    place = tmp_path / "repository"
    contract = place / "contracts" / "work.outcome"
    contract.parent.mkdir()
    contract.write_text(CLEAN + FEE, "utf-8")
    assert git(shell=BEFORE).returncode == 0
    (place / "outcomelang.toml").write_text(SETTINGS, "utf-8")
    hook = place / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK, "utf-8")
    hook.chmod(0o755)
    done = committed(git, "Signed")
    assert done.returncode == 0, done.stderr
    return contract


def committed(git: Git, message: str) -> subprocess.CompletedProcess[str]:
    git("add", "--all")
    return git("commit", "--message", message)


def commits(git: Git) -> int:
    return len(git("log", "--oneline").stdout.splitlines())


def test_a_commit_that_worsens_a_contract_is_stopped_with_the_finding(contract: Path, git: Git) -> None:
    contract.write_text(CLEAN + FEE + FEE.replace("Enrolment", "Starting"), "utf-8")
    done = committed(git, "A fee for starting")
    shown = done.stdout + done.stderr
    assert (done.returncode, commits(git)) == (1, 1), shown
    assert f"loophole · {NAME} (OC01)" in shown
    assert "contracts/work.outcome:" in shown
    assert "Starting Fee" in shown
    assert "payment Enrolment Fee" not in shown


def test_a_change_of_lines_passes_and_so_does_what_is_accepted(contract: Path, git: Git) -> None:
    contract.write_text("-- reviewed\n\n" + CLEAN + FEE, "utf-8")
    assert committed(git, "A comment").returncode == 0
    worse = CLEAN + FEE.replace("£1,200", "£1,250")
    contract.write_text(worse, "utf-8")
    assert committed(git, "A greater fee").returncode == 1
    accepted = "".join(f'accept {name} because "a service fee"\n' for name in (NAME, "advance-never-recovered"))
    contract.write_text(worse + accepted, "utf-8")
    done = committed(git, "A greater fee, openly")
    assert (done.returncode, commits(git)) == (0, 3), done.stderr


def test_what_is_committed_is_checked_and_not_what_lies_in_the_folder(contract: Path, git: Git) -> None:
    contract.write_text(CLEAN + FEE.replace("£1,200", "£1,250"), "utf-8")
    git("add", "--all")
    contract.write_text(CLEAN + FEE, "utf-8")
    assert git("commit", "--message", "A greater fee").returncode == 1


def test_the_hook_of_pre_commit_runs_a_command_that_there_is() -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    hook = dict(line.removeprefix("- ").strip().split(": ", 1) for line in text.splitlines())
    assert (hook["language"], hook["entry"]) == ("python", "outcomelang check")
    names = ("a/b.outcome", "b.review", "b.csv")
    assert [bool(re.search(hook["files"], name)) for name in names] == [True, True, False]
