"""What every engine can do: take trees, keep relations under a name, and give rows back as Python has them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Protocol, Self

if TYPE_CHECKING:
    from sqlglot import exp


class EngineError(Exception):
    """An engine could not carry out a statement; in its own words."""

    @property
    def first_words(self) -> str:
        """Its words in one line, as far as somebody reads them."""
        return " ".join(str(self).split())[:120]


class Engine(Protocol):
    """A structure is given as a dict, a wide whole number as a number, a day as a date."""

    @property
    def dialect(self) -> str: ...

    folder: Path
    """For what passes: it goes with the engine."""

    def run(self, statement: exp.Expr) -> None:
        """Carry out a statement. A table that is made is kept; a view is worked out wherever it is read."""

    def keep(self, name: str, query: exp.Query, read: int) -> None:
        """Let a query be read under a name. What is read more than once (`read`) is worked out once."""

    def fetch(self, query: exp.Expr) -> list[tuple[Any, ...]]:
        """All rows of a query that has few."""

    def stream(self, query: exp.Expr) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a query in batches."""

    def write(self, query: exp.Query, path: Path) -> None:
        """The rows of a query as Parquet."""

    def close(self) -> None:
        """Let go of everything, and leave nothing behind."""


class Opened:
    """What all engines do from their opening to their end: a folder of their own, and all goes when they are closed."""

    def __init__(self, beside: Path | None) -> None:
        self._ending = ExitStack()
        self.folder = Path(mkdtemp(prefix="outcomelang-", dir=beside))
        self._ending.callback(rmtree, self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything, and leave nothing behind; the second time there is nothing left to do."""
        self._ending.close()
