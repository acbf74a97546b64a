"""The command as people run it, and a ledger with something of everything."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from outcomelang.cli import main
from outcomelang.evaluation.ledger import Cut, Entry, Ledger, Line, Pending, Report, RowRef

Done = subprocess.CompletedProcess[bytes]
Command = Callable[..., Done]


def told(env: dict[str, str]) -> dict[str, str]:
    """The environment of a command: nothing of how this machine speaks, and what a test says."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON", "COLUMNS", "NO_COLOR"))}
    return ours | {"LANG": "C.UTF-8", **env}


@pytest.fixture
def process(tmp_path: Path) -> Command:
    """Run `outcomelang` as a process in an empty directory; further variables of the environment as keywords."""

    def run(*words: str, code: str = "from outcomelang.cli import main; raise SystemExit(main())", **env: str) -> Done:
        return subprocess.run([sys.executable, "-c", code, *words], cwd=tmp_path, env=told(env), capture_output=True)

    return run


@pytest.fixture
def outcomelang(tmp_path: Path, process: Command) -> Command:
    """The same within this process, which spares a start: where no code and nothing of the interpreter is asked for."""

    def run(*words: str, **given: str) -> Done:
        if "code" in given or any(name.startswith(("PYTHON", "LANG", "LC_")) for name in given):
            return process(*words, **given)
        out, err = (TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with pytest.MonkeyPatch.context() as patched:
            patched.chdir(tmp_path)
            patched.setattr(os, "environ", told(given))
            patched.setattr("tempfile.tempdir", given.get("TMPDIR"))
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", err)
            code = main(list(words))
        return Done(words, code, *(stream.buffer.getvalue() for stream in (out, err)))  # type: ignore[attr-defined]

    return run


@pytest.fixture
def ledger() -> Ledger:
    rows = (RowRef("a b.csv", 2, "E1"), RowRef("a b.csv", 17, "E9"))
    entry = Entry(
        id="outcome-fee/P1/1", payment="Outcome Fee", card="Outcome Fee", clause="Schedule 1, 2", payer="Council",
        payee="=cmd|'x'!A1", participant="P1", subject="P1", period="", day=date(2026, 11, 30), sequence=1,
        units=Fraction(1), counted=Fraction(1), price=Fraction(250000), earned=Fraction(250000),
        cuts=(Cut("limit all payments", "3", Fraction(1000, 3)),), rounding=Fraction(1, 3),
        amount=Fraction(749001, 3), verified=date(2026, 12, 2), due=None, rows=rows,
    )  # fmt: skip
    return Ledger(
        contract="Homes \x1b[31mthat last", digest="ab" * 32, as_of=date(2029, 9, 30), final=False,
        log_ends=date(2029, 8, 31), currency="GBP", minor_digits=2, total=124_967_00,
        lines=(
            Line("Outcome Fee", "Council", "Charity", Fraction(51, 1), 127_467_00),
            Line("Repayment", "Council", "Charity", Fraction(-25, 2), -2_500_00),
        ),
        entries=(entry,),
        pending=(Pending("Home Kept", "open", 2, "P2", date(2026, 5, 3)),),
        reports=(Report("doubled-start", "A start in an open spell is nothing", RowRef("a.csv", 9, "E3"), 4),),
    )  # fmt: skip
