"""Where a piece of text stands: the one thing that every floor of the house may know."""

from __future__ import annotations

from attrs import field, frozen


@frozen(order=True)
class Span:
    """A stretch of one file. Lines and columns count from 1, columns in Unicode code points; the end is exclusive.

    `via` is the place in another file that brought this text in: where a contract uses a library.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    via: Span | None = field(default=None, eq=False, order=False, repr=False)

    def to(self, last: Span) -> Span:
        """The stretch from the start of this one to the end of `last` (same file)."""
        return Span(self.path, self.line, self.column, last.end_line, last.end_column, self.via)


NOWHERE = Span("", 0, 0, 0, 0)
"""The span of what nobody wrote: nodes made in tests or read back from a compiled artefact."""


@frozen
class Source:
    """One file of text as it was read. `path` is shown to people, so it is relative where it can be."""

    path: str
    text: str
    _lines: list[str] = field(factory=list, init=False, eq=False, repr=False)

    def line(self, number: int) -> str:
        """Line `number` (from 1) without its end; empty past the last line."""
        if not self._lines:
            self._lines.extend(self.text.splitlines())
        lines = self._lines
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def words(self, span: Span) -> str:
        """What stands at a place."""
        lines = self.text.splitlines(keepends=True)[span.line - 1 : span.end_line]
        if not lines:
            return ""
        lines[-1] = lines[-1][: span.end_column - 1]
        return lines[0][span.column - 1 :] + "".join(lines[1:])
