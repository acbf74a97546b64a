"""Where a verb writes: results on standard output, everything else on standard error, in UTF-8; a terminal that shows
plain ASCII only gets that."""

from __future__ import annotations

import os
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from outcomelang.report.style import Style

_WIDEST = 100
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python itself sets LC_CTYPE to where it finds the locale C: then LANG has what the person said."""
_SIGN = 3
"""How much wider a line gets whose £ becomes GBP."""


class Screen:
    """The two streams. What is written is made harmless (`report.plain`) unless it is `safe`: made so already."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self.out, self.err = out, err
        self.frames = draws_frames(out)
        self.plain = [stream for stream in (out, err) if stream.isatty() and only_ascii(stream)]
        for stream in (out, err):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")

    def result(self, text: str, safe: bool = False) -> None:
        self.out.write(self._for(self.out, text if safe else harmless(text)))

    def message(self, text: str, safe: bool = False) -> None:
        """A sentence for the person, on a line of its own."""
        with suppress(OSError):  # a reader that has gone is told of at the end
            self.out.flush()
        with suppress(OSError):
            self.err.write(self._for(self.err, text if safe else harmless(text)).rstrip("\n") + "\n")

    def _for(self, stream: TextIO, text: str) -> str:
        if stream not in self.plain or text.isascii():
            return text
        from outcomelang.report.letters import in_ascii

        return in_ascii(text)

    def style(self, stream: TextIO | None = None) -> Style:
        """How the terminal behind a stream (the results', if none is named) shows things."""
        from outcomelang.report.style import Style

        stream = stream or self.out
        terminal = stream.isatty()
        colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        if stream in self.plain:
            return Style(width_of(stream) - _SIGN, colour, self.frames, letters=False)
        return Style(width_of(stream) if terminal else _WIDEST, colour, self.frames)


def harmless(text: str) -> str:
    from outcomelang.report.plain import plain

    return plain(text)


def draws_frames(out: TextIO) -> bool:
    """Whether lines and bullets can be drawn: not on a dumb terminal, nor in a locale that says plain ASCII."""
    return os.environ.get("TERM") != "dumb" and not only_ascii(out)


def only_ascii(stream: TextIO) -> bool:
    """Whether the locale, or what Python was told of the stream, says that nothing else can be shown."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG", "")
    if not os.environ.get("LC_ALL") and locale in _COERCED:
        locale = os.environ.get("LANG", "")
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
    return locale in ("C", "POSIX") or not encoding.startswith("utf")


def width_of(stream: TextIO) -> int:
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(stream.fileno()).columns)
    except (OSError, ValueError):
        return _WIDEST
    return max(40, min(columns, _WIDEST))
