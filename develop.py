#!/usr/bin/env python3
"""Sets up and runs outcomelang in a fresh checkout; needs Python 3.11 or later and nothing else.

    python3 develop.py run evaluate CONTRACT --events FILE      any command of outcomelang
    python3 develop.py test                                     all tests (further words go to pytest)

The first call makes an environment in .venv; later ones use it until pyproject.toml changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
WORKERS = "2"


def main(words: list[str]) -> int:
    if not words or words[0] not in ("run", "test"):
        print(__doc__, end="", file=sys.stderr)
        return 0 if words in (["-h"], ["--help"]) else 2
    if sys.version_info < OLDEST:
        return elsewhere(words)
    set_up("dev" if words[0] == "test" else "")
    command = ["-m", "outcomelang"] if words[0] == "run" else ["-m", "pytest", "-n", WORKERS, "--dist", "loadgroup"]
    directory = None if words[0] == "run" else HERE
    try:
        return subprocess.run([PYTHON, *command, *words[1:]], cwd=directory, check=False).returncode
    except KeyboardInterrupt:
        return 130


def elsewhere(words: list[str]) -> int:
    """Start again with a Python that is new enough, or say that there is none."""
    newer = next(filter(None, (shutil.which(f"python3.{minor}") for minor in (11, 12, 13, 14))), None)
    if newer is None:
        print(f"outcomelang needs Python 3.11 or later; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    return subprocess.run([newer, __file__, *words], check=False).returncode


def set_up(extra: str) -> None:
    """An environment with this checkout in it, and with the extra if one is named. Does nothing if that is there."""
    pyproject = (HERE / "pyproject.toml").read_bytes()
    wanted = hashlib.sha256(pyproject + sys.version.encode() + str(HERE).encode()).hexdigest()
    ready = VENV / f"ready{extra and '-'}{extra}"
    if ready.is_file() and ready.read_text() == wanted and PYTHON.exists():
        return
    print("Setting up .venv (once; about a minute) …", file=sys.stderr, flush=True)
    if wanted not in (stamp.read_text() for stamp in VENV.glob("ready*")):
        quietly(sys.executable, "-m", "venv", "--clear", str(VENV))
    what = f"{HERE}[{extra}]" if extra else str(HERE)
    quietly(str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", what)
    # Where Python is told to write no bytecode, every command would else begin by compiling its modules again.
    quietly(str(PYTHON), "-m", "compileall", "-q", str(HERE / "outcomelang"))
    ready.write_text(wanted)


def quietly(*command: str) -> None:
    """Run a step of the set-up: its output shows only when it fails, and then nothing goes on."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        print("The set-up failed at: " + " ".join(command), file=sys.stderr)
        raise SystemExit(2)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
