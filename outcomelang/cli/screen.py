"""Where a verb writes: results on standard output, everything else on standard error, always UTF-8."""

from __future__ import annotations

import os
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from outcomelang.report.style import Style

_WIDEST = 100


class Screen:
    """The two streams. What is written is made harmless (`report.plain`) unless it is `safe`: made so already."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self.out, self.err = out, err
        self.frames = draws_frames(out)
        for stream in (out, err):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")

    def result(self, text: str, safe: bool = False) -> None:
        self.out.write(text if safe else harmless(text))

    def message(self, text: str, safe: bool = False) -> None:
        """A sentence for the person, on a line of its own."""
        with suppress(OSError):  # a reader that has gone is told of at the end
            self.out.flush()
        with suppress(OSError):
            self.err.write((text if safe else harmless(text)).rstrip("\n") + "\n")

    def style(self, stream: TextIO | None = None) -> Style:
        """How the terminal behind a stream (the results', if none is named) shows things."""
        from outcomelang.report.style import Style

        stream = stream or self.out
        terminal = stream.isatty()
        colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return Style(width_of(stream) if terminal else _WIDEST, colour, self.frames)


def harmless(text: str) -> str:
    from outcomelang.report.plain import plain

    return plain(text)


def draws_frames(out: TextIO) -> bool:
    """Whether lines and bullets can be drawn: not on a dumb terminal, nor in a locale that says plain ASCII."""
    locale = next((os.environ[n] for n in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(n)), "")
    encoding = (getattr(out, "encoding", None) or "utf-8").lower().replace("-", "")
    return os.environ.get("TERM") != "dumb" and locale not in ("C", "POSIX") and encoding.startswith("utf")


def width_of(stream: TextIO) -> int:
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(stream.fileno()).columns)
    except (OSError, ValueError):
        return _WIDEST
    return max(40, min(columns, _WIDEST))
