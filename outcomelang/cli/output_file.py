"""Results that go to a file: written aside and renamed, so that a reader sees the old file or the new one, whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from stat import S_IMODE


def write_whole(path: str, text: str | Iterable[str]) -> None:
    """Put `text` (or its pieces, one after another) at `path`. On any failure the old file stays and nothing is left
    beside it; of two writers at once the last wins. Who may read and write an old file may do so with the new one."""

    def write(aside: Path) -> None:
        with aside.open("x", encoding="utf-8", newline="") as out:
            for piece in [text] if isinstance(text, str) else text:
                out.write(piece)

    replace_whole(path, write)


def replace_whole(path: str, write: Callable[[Path], None]) -> None:
    """The same for a file that `write` makes at the path it is given."""
    goal = Path(path).resolve()
    aside = goal.with_name(f".{goal.name}.{os.getpid()}.part")
    try:
        write(aside)
        with aside.open("rb") as written:
            os.fsync(written.fileno())
        if goal.is_file():
            aside.chmod(S_IMODE(goal.stat().st_mode))
        aside.replace(goal)
    except FileNotFoundError as problem:
        raise FileNotFoundError(problem.errno, "There is no such folder to write to", path) from None
    finally:
        aside.unlink(missing_ok=True)
