"""Results that go to a file: written aside and renamed, so that a reader sees the old file or the new one, whole."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: str, text: str) -> None:
    """Put `text` at `path`. On any failure the old file stays and nothing is left beside it; of two writers at once
    the last wins."""
    goal = Path(path).resolve()
    aside = goal.with_name(f".{goal.name}.{os.getpid()}.part")
    try:
        with aside.open("x", encoding="utf-8", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(goal)
    except FileNotFoundError as problem:
        raise FileNotFoundError(problem.errno, "There is no such folder to write to", path) from None
    finally:
        aside.unlink(missing_ok=True)
