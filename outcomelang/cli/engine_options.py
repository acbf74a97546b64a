"""Options of commands that may run on an engine, and how such a command behaves while it runs for long."""

from __future__ import annotations

import re
import signal
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from outcomelang.cli.arguments import Parser, UsageExit
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from outcomelang.relational.accounts import Resources

SILENT_SECONDS = 2.0
"""What takes no longer needs no word."""
_MEMORY = re.compile(r"[0-9]+(\.[0-9]+)? ?([KMGT]i?B|%)", re.IGNORECASE)


def engine_arguments(parser: Parser, *engines: str) -> None:
    parser.add_argument(
        "--engine", choices=engines, default="auto", help=f"{', '.join(engines)}: what computes (auto: by size)"
    )
    parser.add_argument("--memory-limit", metavar="SIZE", help="the most memory an engine may take, as in 4GB")
    parser.add_argument("--threads", metavar="N", help="the most threads an engine may use")


def resources(options: Namespace) -> Resources:
    """What the options allow an engine. `UsageExit` for what is no size and no number."""
    from outcomelang.relational.accounts import Resources

    limit, threads = options.memory_limit, options.threads
    if limit is not None and not _MEMORY.fullmatch(limit):
        raise UsageExit(f"“{limit}” is no size of memory. Write 4GB or 800MB.", "outcomelang evaluate --help")
    if threads is not None and not (threads.isascii() and threads.isdigit() and 0 < int(threads) <= 1_024):
        raise UsageExit(f"“{threads}” is no number of threads. Write 1, 2, 3 …", "outcomelang evaluate --help")
    return Resources(limit, int(threads) if threads is not None else None, getattr(options, "master", None))


class Progress:
    """What is being done, on the last line of a terminal; nothing anywhere else."""

    def __init__(self, screen: Screen) -> None:
        self._screen, self._shown = screen, 0
        self._begun = monotonic()
        self._terminal = screen.err.isatty()

    def step(self, said: str) -> None:
        """Say it, if this takes long already."""
        if self._terminal and monotonic() - self._begun >= SILENT_SECONDS:
            self._write(f"{said} …" if self._screen.err not in self._screen.plain else f"{said} ...")

    def over(self) -> None:
        """Take away what was said."""
        if self._shown:
            self._write("")
            self._screen.err.write("\r")
            self._screen.err.flush()

    def _write(self, text: str) -> None:
        self._screen.err.write("\r" + text.ljust(self._shown))
        self._screen.err.flush()
        self._shown = len(text)


@contextmanager
def ending_well() -> Iterator[None]:
    """Within, a command that is told to end (by `kill`, or because its terminal goes) takes away what it has begun."""

    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    told = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), end) for name in told}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
